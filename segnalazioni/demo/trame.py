"""How a story goes: its steps, how long it lasts against its term, and when each step happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import get_current_timezone, localtime

from core.calendario import lavorativo, piu_lavorativi

UN_GIORNO = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trama:
    """One kind of story.

    quante: of three hundred. passi: after the report has come in. dura: from the confirmation to the last step, or
    for a story that is still open to this moment, in parts of its term. eta: days since the last step; None: open.
    gruppi: groups of categories it may be about (() = any). chi: "chiunque", or "reperibile" when the reporter acts.
    """

    nome: str
    quante: int
    passi: tuple[str, ...]
    dura: tuple[float, float] = (0.1, 0.8)
    eta: tuple[int, int] | None = None
    gruppi: tuple[str, ...] = ()
    chi: str = "chiunque"


def _t(
    nome: str,
    quante: int,
    passi: str,
    dura: tuple[float, float] = (0.15, 0.8),
    eta: tuple[int, int] | None = None,
    *,
    gruppi: str = "",
    chi: str = "chiunque",
) -> Trama:
    return Trama(nome, quante, tuple(passi.split()), dura, eta, tuple(gruppi.split()), chi)


_LAVORO = "assegna prendi_in_carico"
_TERZI = "luce acqua rifiuti verde arredo edifici"
_ALTRI_ENTI = "strade acqua animali ambiente altro"
_RIGETTO = "luce proposte verde"
_DUE_MESI, _TRENTA = (32, 118), (1, 28)

TRAME: tuple[Trama, ...] = (
    # still open
    _t("ricevuta", 15, "", (0.02, 0.3)),
    _t("ricevuta_tardi", 2, "", (1.1, 1.4)),
    _t("assegnata", 14, "assegna", (0.1, 0.6)),
    _t("in_lavorazione", 24, _LAVORO, (0.2, 0.9)),
    _t("in_lavorazione_tardi", 8, _LAVORO, (1.1, 1.7)),
    _t("programmata", 11, f"{_LAVORO} programma", (0.3, 0.8)),
    _t("programmata_di_nuovo", 6, f"{_LAVORO} programma riprogramma", (0.7, 1.3)),
    _t("domanda", 6, f"{_LAVORO} chiedi", (0.2, 0.7), chi="reperibile"),
    _t("terzi", 6, f"{_LAVORO} attendi", (0.4, 0.9), gruppi=_TERZI),
    _t("terzi_tardi", 3, f"{_LAVORO} attendi", (1.2, 1.6), gruppi=_TERZI),
    _t("preavviso", 3, f"{_LAVORO} preavvisa", (0.5, 0.8), gruppi=_RIGETTO, chi="reperibile"),
    _t("contestata", 4, f"{_LAVORO} risolvi contesta", (0.6, 1.1), chi="reperibile"),
    _t("riaperta", 2, f"{_LAVORO} risolvi contesta riapri", (0.6, 1.0), chi="reperibile"),
    # concluded a short time ago
    _t("risolta", 24, f"{_LAVORO} risolvi", (0.1, 0.8), _TRENTA),
    _t("risolta_ora", 12, f"{_LAVORO} risolvi", (0.1, 0.8), (0, 6)),
    _t("risolta_tardi", 6, f"{_LAVORO} risolvi", (1.05, 1.5), _TRENTA),
    _t("risolta_di_nuovo", 2, f"{_LAVORO} risolvi contesta riapri risolvi", (0.6, 1.1), _TRENTA, chi="reperibile"),
    _t("risolta_dopo_domanda", 6, f"{_LAVORO} chiedi rispondi risolvi", (0.3, 0.8), _TRENTA, chi="reperibile"),
    _t("risolta_nel_giorno", 8, f"{_LAVORO} programma risolvi", (0.3, 0.9), _TRENTA),
    _t("risolta_dopo_altri", 4, f"{_LAVORO} attendi riprendi risolvi", (0.5, 1.2), _TRENTA, gruppi=_TERZI),
    _t("rimbalzo", 4, "assegna rifiuta assegna prendi_in_carico risolvi", (0.3, 0.9), _TRENTA),
    _t("passata", 4, f"{_LAVORO} passa prendi_in_carico risolvi", (0.3, 0.9), _TRENTA),
    _t(
        "accolta",
        2,
        f"{_LAVORO} preavvisa osserva accogli risolvi",
        (0.5, 0.9),
        _TRENTA,
        gruppi=_RIGETTO,
        chi="reperibile",
    ),
    _t("respinta", 4, "respingi", (0.05, 0.4), _TRENTA),
    _t(
        "respinta_con_preavviso",
        3,
        f"{_LAVORO} preavvisa osserva respingi",
        (0.5, 0.9),
        _TRENTA,
        gruppi=_RIGETTO,
        chi="reperibile",
    ),
    _t("di_altri", 8, "assegna inoltra", (0.05, 0.4), _TRENTA, gruppi=_ALTRI_ENTI),
    _t("ritirata", 7, "assegna ritira", (0.05, 0.4), (1, 100), chi="reperibile"),
    _t("scartata", 3, "scarta", (0.1, 0.2), (4, 100), chi="ospite"),
    _t("da_confermare", 4, "", (0.0, 0.0), chi="ospite"),
    # closed
    _t("chiusa", 44, f"{_LAVORO} risolvi archivia", (0.1, 0.8), _DUE_MESI),
    _t("chiusa_tardi", 10, f"{_LAVORO} risolvi archivia", (1.05, 1.5), _DUE_MESI),
    _t("chiusa_contenti", 14, f"{_LAVORO} risolvi archivia_chi_segnala", (0.1, 0.8), (2, 100), chi="reperibile"),
    _t("chiusa_nel_giorno", 9, f"{_LAVORO} programma riprogramma risolvi archivia", (0.6, 1.2), _DUE_MESI),
    _t("chiusa_domanda", 6, f"{_LAVORO} chiedi rispondi risolvi archivia", (0.3, 0.9), _DUE_MESI, chi="reperibile"),
    _t("chiusa_altri", 6, f"{_LAVORO} attendi riprendi risolvi archivia", (0.5, 1.3), _DUE_MESI, gruppi=_TERZI),
    _t("chiusa_di_altri", 7, "assegna inoltra archivia", (0.05, 0.4), _DUE_MESI, gruppi=_ALTRI_ENTI),
    _t("chiusa_respinta", 3, "respingi archivia", (0.05, 0.4), _DUE_MESI),
    _t("chiusa_contestata", 3, f"{_LAVORO} risolvi contesta chiudi", (0.5, 1.1), (3, 60), chi="reperibile"),
)
DUPLICATE = 9  # of three hundred: told by the story they are merged with


# --- when -------------------------------------------------------------------------------------------------


def orario(giorno: date, caso: Random) -> datetime:
    """Some moment of the office's day."""
    ore = caso.choice((8, 9, 9, 10, 10, 11, 11, 12, 15, 16))
    return datetime.combine(giorno, time(ore, caso.randrange(60)), get_current_timezone())


def sera(giorno: date, caso: Random) -> datetime:
    """Some moment when people have time to write."""
    ore = caso.choice((7, 8, 9, 11, 13, 14, 17, 18, 18, 19, 20, 21, 22))
    return datetime.combine(giorno, time(ore, caso.randrange(60)), get_current_timezone())


def fra(da: datetime, a: datetime, caso: Random, *, ufficio: bool) -> datetime:
    """A moment between two, in office hours or when people write where there is one."""
    for _prova in range(30):
        giorno = localtime(da + (a - da) * caso.random()).date()
        istante = orario(giorno, caso) if ufficio else sera(giorno, caso)
        if da < istante < a and (lavorativo(giorno) or not ufficio):
            return istante
    return da + (a - da) / 2


def indietro(giorno: date, lavorativi: int) -> date:
    """The day `lavorativi` working days before."""
    while lavorativi > 0:
        giorno -= UN_GIORNO
        lavorativi -= lavorativo(giorno)
    return giorno


def istanti(trama: Trama, termine: int, adesso: datetime, caso: Random) -> list[datetime]:
    """When the report comes in and when each step happens: in order, none in the future.

    termine: working days of its category.
    """
    if trama.chi == "ospite":
        return _mai_confermata(trama, adesso, caso)
    giorni = max(1, round(termine * caso.uniform(*trama.dura)))
    oggi = localtime(adesso).date()
    ultimo = _ultimo_giorno_di_ufficio(adesso)
    fine = min(_ultimo_lavorativo(oggi - timedelta(days=caso.randint(*trama.eta))), ultimo) if trama.eta else oggi
    inizio = indietro(fine, giorni)
    archivia = sum(passo == "archivia" for passo in trama.passi)
    # An open story goes on after its last step; a concluded one ends with it.
    parti = sorted(caso.random() ** 1.6 for _passo in range(len(trama.passi) - archivia))
    if trama.eta and parti:
        parti[-1] = 1.0
    giorni_dei_passi = [min(piu_lavorativi(inizio, max(1, round(giorni * parte))), ultimo) for parte in parti]
    giorni_dei_passi = _in_tempo(trama.passi, giorni_dei_passi)
    quando = [_arrivo(inizio, subito=inizio in giorni_dei_passi, caso=caso), *_orari(giorni_dei_passi, caso)]
    quando += [quando[-1] + timedelta(days=31, hours=caso.randint(1, 5))] * archivia
    return _non_oltre(quando, adesso)


# Days after the step before: who reports has no more, and takes a few less.
_ENTRO = {"osserva": 8, "contesta": 25}


def _in_tempo(passi: tuple[str, ...], giorni: list[date]) -> list[date]:
    """The same days, those of the citizen within the time they have."""
    for n, (passo, giorno) in enumerate(zip(passi, giorni, strict=False)):
        if passo in _ENTRO and n:
            giorni[n] = min(giorno, giorni[n - 1] + timedelta(days=_ENTRO[passo]))
    return giorni


def _ultimo_giorno_di_ufficio(adesso: datetime) -> date:
    """Today once the morning is over, else the working day before: nobody works at night for a demonstration."""
    ora = localtime(adesso)
    return _ultimo_lavorativo(ora.date() if ora.hour >= 12 else ora.date() - UN_GIORNO)


def _arrivo(giorno: date, *, subito: bool, caso: Random) -> datetime:
    """When the report comes in: before office hours where the office acts on the same day."""
    if subito:
        return datetime.combine(giorno, time(7, caso.randrange(50)), get_current_timezone())
    # People write on Sundays too.
    return sera(giorno - UN_GIORNO * (giorno.weekday() == 0 and caso.choice((0, 1, 2))), caso)


def _orari(giorni: list[date], caso: Random) -> list[datetime]:
    """A moment of the office's day for each of these days (in order), a quarter of an hour apart at least."""
    quando: list[datetime] = []
    for istante in sorted(orario(giorno, caso) for giorno in giorni):
        minimo = quando[-1] + timedelta(minutes=15) if quando else istante
        quando.append(max(istante, minimo))
    return quando


def _mai_confermata(trama: Trama, adesso: datetime, caso: Random) -> list[datetime]:
    """Still waiting for its link, or thrown away when the 72 hours were over."""
    if trama.eta is None:
        return [adesso - timedelta(hours=caso.uniform(1, 50))]
    inizio = adesso - timedelta(days=caso.randint(*trama.eta))
    return [inizio, inizio + timedelta(hours=72, minutes=caso.randint(1, 15))]


def _ultimo_lavorativo(giorno: date) -> date:
    while not lavorativo(giorno):
        giorno -= UN_GIORNO
    return giorno


def _non_oltre(quando: list[datetime], adesso: datetime) -> list[datetime]:
    """The last ones pressed together, a few minutes apart, where the day is still young."""
    limite = adesso - timedelta(minutes=2)
    for posto in range(len(quando) - 1, -1, -1):
        quando[posto] = min(quando[posto], limite)
        limite = quando[posto] - timedelta(minutes=3)
    return quando
