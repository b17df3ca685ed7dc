"""The saved lists of the queue, and the bands that a list is cut into. Conditions only: SQL, no row is read here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When
from django.utils.functional import Promise
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from comune.ruoli import e_titolare, e_urp
from core.calendario import piu_lavorativi
from core.tempo import oggi
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.racconto.pillole import PRESTO
from segnalazioni.workflow import CONCLUSE, Stato

if TYPE_CHECKING:
    from accounts.models import User


_PER_URGENZA = _("In ordine di urgenza e di scadenza. I giorni sono lavorativi.")
_DALLE_NUOVE = _("Dalla più recente.")


@dataclass(frozen=True, slots=True)
class Sguardo:
    """From where the queue is looked at: the day, and in which capacity. Lists are conditions on it."""

    giorno: date
    urp: bool
    titolare: bool = False

    @classmethod
    def di(cls, user: User) -> Sguardo:
        """Today, with the eyes of this colleague."""
        return cls(oggi(), e_urp(user), e_titolare(user))

    def vede(self, elenco: Elenco) -> bool:
        """Is this list one of theirs?"""
        return (self.urp or not elenco.solo_urp) and (self.titolare or not elenco.solo_titolare)

    @property
    def presto(self) -> date:
        """The last day that is near."""
        return piu_lavorativi(self.giorno, PRESTO)


@dataclass(frozen=True, slots=True)
class Elenco:
    """A saved list. quali: its condition; tono: class of its count when there is any; vuoto: said when it is empty.

    The condition is one on open cases; on all of them where there is an `ordine`.
    """

    slug: str
    nome: Promise
    quali: Callable[[Sguardo], Q]
    vuoto: Promise
    tono: str = ""
    solo_urp: bool = False
    solo_titolare: bool = False
    # Without bands, by this column: newest first where nothing more is owed.
    ordine: str = ""
    didascalia: Promise = _PER_URGENZA
    # Few among many, found from another table: counted by a query of their own.
    a_parte: bool = False
    # A count that would have to read the whole archive is not taken on every page.
    contato: bool = True


@dataclass(frozen=True, slots=True)
class Banda:
    """A part of a list of open cases, in order of urgency. segno: which sign stands before its name."""

    nome: Promise
    classe: str
    segno: str
    quali: Callable[[Sguardo], Q]


_CONFRONTI = frozenset({"isnull", "lt", "lte", "gte", "in"})
CONCLUSE_DA = timedelta(days=30)


def _corre(sguardo: Sguardo) -> Q:
    """Its clock is running. One that stands still has no near due date: the days it may stand are in it."""
    return Q(sospesa_fino_al__isnull=True) | Q(sospesa_fino_al__lt=sguardo.giorno)


def _pericolo(_sguardo: Sguardo) -> Q:
    return Q(categoria__urgente=True)


def _oltre(sguardo: Sguardo) -> Q:
    return Q(scadenza__lt=sguardo.giorno)


def _presto(sguardo: Sguardo) -> Q:
    return _corre(sguardo) & Q(scadenza__lte=sguardo.presto)


def _risposto(_sguardo: Sguardo) -> Q:
    return Q(stato=Stato.IN_LAVORAZIONE, ultimo_passo="rispondi")


def _contestata(_sguardo: Sguardo) -> Q:
    return Q(stato=Stato.CONTESTATA)


def _da_decidere(sguardo: Sguardo) -> Q:
    """A preavviso whose observations have come, or have not come in time."""
    finita = Q(attesa_fino_al__isnull=True) | Q(attesa_fino_al__lt=sguardo.giorno)
    return Q(stato=Stato.PREAVVISO_RIGETTO) & finita


def _interventi(sguardo: Sguardo) -> Q:
    return Q(intervento__esito="")


def _nuove(sguardo: Sguardo) -> Q:
    return Q(stato=Stato.RICEVUTA if sguardo.urp else Stato.ASSEGNATA)


def _concluse(sguardo: Sguardo) -> Q:
    dal = make_aware(datetime.combine(sguardo.giorno - CONCLUSE_DA, time.min))
    return Q(stato__in=CONCLUSE, conclusa_il__gte=dal)


def _adesso(sguardo: Sguardo) -> Q:
    """What waits for a move of ours: danger, due, answered, contested, new, or planned for a day that has come."""
    e_il_giorno = Q(stato=Stato.PROGRAMMATA, prevista_il__lte=sguardo.giorno)
    tocca_a_noi = _pericolo(sguardo) | _presto(sguardo) | _risposto(sguardo) | _contestata(sguardo)
    return _corre(sguardo) & (tocca_a_noi | _nuove(sguardo) | e_il_giorno | _da_decidere(sguardo))


BANDE: tuple[Banda, ...] = (
    Banda(_("Pericolo"), "s-mattone", "pericolo", _pericolo),
    Banda(_("Oltre il termine"), "s-mattone", "termine", _oltre),
    Banda(_("Scadono entro 3 giorni lavorativi"), "s-ocra", "termine", _presto),
    Banda(_("Chi ha segnalato ha risposto"), "", "risposta", _risposto),
    Banda(_("Contestate da decidere"), "", "contesa", _contestata),
    Banda(_("Altre"), "", "", lambda _sguardo: Q()),
)
RISPOSTE = 3  # the band of those who have answered

_SOSTITUTIVI: tuple[Elenco, ...] = (
    Elenco(
        "interventi",
        _("Interventi da decidere"),
        _interventi,
        _("Nessuno aspetta che tu decida un intervento."),
        solo_titolare=True,
        tono="tardi",
        ordine="intervento__scadenza",
        didascalia=_("Prima quelli la cui decisione scade prima."),
        a_parte=True,
    ),
)
_MIEI: tuple[Elenco, ...] = (
    Elenco(
        "adesso", _("Da lavorare adesso"), _adesso, _("Niente da fare adesso: nessun termine vicino, nessuna novità.")
    ),
    Elenco("oltre", _("Oltre il termine"), _oltre, _("Nessuna segnalazione è oltre il termine."), tono="tardi"),
    Elenco("pericolo", _("Pericolo"), _pericolo, _("Nessuna segnalazione di pericolo è aperta."), tono="tardi"),
    Elenco(
        "da-prendere",
        _("Da prendere in carico"),
        lambda _s: Q(stato=Stato.ASSEGNATA),
        _("Nessuna segnalazione aspetta di essere presa in carico."),
    ),
)
_URP: tuple[Elenco, ...] = (
    Elenco(
        "da-assegnare",
        _("Da assegnare"),
        lambda _s: Q(stato=Stato.RICEVUTA),
        _("Nessuna segnalazione aspetta un ufficio."),
        solo_urp=True,
    ),
    Elenco(
        "rifiutate",
        _("Rifiutate, da riassegnare"),
        lambda _s: Q(stato=Stato.RICEVUTA, ultimo_passo="rifiuta"),
        _("Nessun ufficio ha rimandato indietro niente."),
        tono="tardi",
        solo_urp=True,
    ),
)
_TUTTE: tuple[Elenco, ...] = (
    Elenco(
        "attesa",
        _("In attesa di risposta"),
        lambda _s: Q(stato=Stato.ATTESA_CITTADINO),
        _("Nessuna domanda aspetta risposta."),
    ),
    Elenco(
        "altri-enti",
        _("In attesa di altri enti"),
        lambda _s: Q(stato=Stato.ATTESA_TERZI),
        _("Nessuna segnalazione aspetta un altro ente."),
    ),
    Elenco(
        "programmate",
        _("Programmate"),
        lambda _s: Q(stato=Stato.PROGRAMMATA),
        _("Nessun intervento è programmato."),
    ),
    Elenco("aperte", _("Aperte"), lambda _s: Q(), _("Nessuna segnalazione è aperta.")),
    Elenco(
        "concluse",
        _("Concluse in 30 giorni"),
        _concluse,
        _("Nessuna è stata conclusa negli ultimi 30 giorni."),
        ordine="-conclusa_il",
        didascalia=_DALLE_NUOVE,
    ),
    Elenco(
        "tutte",
        _("Tutte"),
        lambda _s: Q(),
        _("Non c’è ancora nessuna segnalazione."),
        ordine="-confermata_il",
        didascalia=_DALLE_NUOVE,
        contato=False,
    ),
)
_GRUPPI: tuple[tuple[Promise, tuple[Elenco, ...]], ...] = (
    (_("Potere sostitutivo"), _SOSTITUTIVI),
    (_("I miei elenchi"), _MIEI),
    (_("Dell’URP"), _URP),
    (_("Tutte"), _TUTTE),
)


def gruppi_per(sguardo: Sguardo) -> list[tuple[Promise, list[Elenco]]]:
    """The lists this colleague has, in their groups."""
    gruppi = [(titolo, [e for e in elenchi if sguardo.vede(e)]) for titolo, elenchi in _GRUPPI]
    return [(titolo, elenchi) for titolo, elenchi in gruppi if elenchi]


def elenco_di(slug: str, sguardo: Sguardo) -> Elenco:
    """The list with this name, or the first: a wrong name is not worth an error."""
    tutti = [elenco for _titolo, elenchi in gruppi_per(sguardo) for elenco in elenchi]
    return next((elenco for elenco in tutti if elenco.slug == slug), tutti[0])


def casi_di(user: User, elenco: Elenco, sguardo: Sguardo) -> SegnalazioneQuerySet:
    """The cases of a list that this colleague works on, in no order."""
    casi = Segnalazione.objects.del_servizio(user)
    return (casi if elenco.ordine else casi.aperte()).filter(elenco.quali(sguardo))


def conti(
    user: User, sguardo: Sguardo, *, viste: Mapping[str, tuple[Elenco, Q]], bande_di: Elenco | None = None
) -> dict[str, int]:
    """How many cases each list has, but those that are not counted: two queries, which read no older case, and for who
    may step in one more.

    viste: name → list and condition of those that people keep. bande_di: a list of which each band is counted too,
    as "banda_0" and so on.
    """
    elenchi = [e for _titolo, gruppo in gruppi_per(sguardo) for e in gruppo if e.contato]
    tutti = {e.slug: (e, e.quali(sguardo)) for e in elenchi} | dict(viste)
    aperti = {nome: quale for nome, (elenco, quale) in tutti.items() if not elenco.ordine}
    if bande_di is not None:
        aperti |= {f"banda_{n}": Q(banda=n) for n in range(len(BANDE))}
    archivio = {nome: Count("pk", filter=q) for nome, (e, q) in tutti.items() if e.ordine and not e.a_parte}
    a_parte = {nome: Count("pk", filter=q) for nome, (e, q) in tutti.items() if e.a_parte}
    suoi = Segnalazione.objects.del_servizio(user)
    casi = suoi.aperte().annotate(banda=_banda(sguardo, bande_di))
    conti = {**_per_gruppi(casi, aperti), **suoi.filter(_concluse(sguardo)).aggregate(**archivio)}
    return {**conti, **suoi.filter(_interventi(sguardo)).aggregate(**a_parte)} if a_parte else conti


def _per_gruppi(casi: SegnalazioneQuerySet, quali: Mapping[str, Q]) -> dict[str, int]:
    """How many cases each condition has. Those that are equal in all that is asked for are one row here: a thousand
    rows are asked, not all the cases, and those are read from the index segnalazione_coda alone."""
    colonne = sorted(set().union(*(_colonne(quale) for quale in quali.values())))
    insieme: Any = casi.order_by().values(*colonne)
    somme = {nome: Sum("n", filter=quale, default=0) for nome, quale in quali.items()}
    quante: dict[str, int] = insieme.annotate(n=Count("pk")).aggregate(**somme)
    return quante


def _colonne(quale: Q) -> set[str]:
    """The columns that a condition asks for."""
    trovate: set[str] = set()
    figli: Any = quale.children
    for figlio in figli:
        if isinstance(figlio, Q):
            trovate |= _colonne(figlio)
        else:
            colonna, _, confronto = str(figlio[0]).rpartition("__")
            trovate.add(colonna if confronto in _CONFRONTI else str(figlio[0]))
    return trovate


def _banda(sguardo: Sguardo, elenco: Elenco | None = None) -> Case:
    """Index in BANDE: the first whose condition holds. elenco: None for cases that are not in this list."""
    rami = [When(banda.quali(sguardo), then=Value(n)) for n, banda in enumerate(BANDE[:-1])]
    banda = Case(*rami, default=Value(len(BANDE) - 1), output_field=IntegerField())
    quali = elenco.quali(sguardo) if elenco else Q()
    return Case(When(quali, then=banda)) if quali else banda


def in_bande(casi: SegnalazioneQuerySet, sguardo: Sguardo) -> SegnalazioneQuerySet:
    """With `banda`, the most urgent first, then by due date."""
    return casi.annotate(banda=_banda(sguardo)).order_by("banda", F("scadenza").asc(nulls_last=True), "pk")
