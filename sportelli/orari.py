"""When a counter is open: from its week, its closures and extraordinary openings, holidays and the patron's day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.calendario import UN_GIORNO, festivo
from core.templatetags.lp import giorno_settimana
from core.tempo import adesso
from sportelli.models import PASSO, Accesso, Giorno, Orario, Sportello

CERCA_PER = 60  # days ahead in which the next opening is looked for


@dataclass(frozen=True, slots=True, order=True)
class Fascia:
    """A stretch of one day, in local time."""

    dalle: time
    alle: time
    accesso: str
    postazioni: int


@dataclass(frozen=True, slots=True)
class Adesso:
    """How a counter stands at this moment. aperto: somebody may go there now; tono, as components/stato.html wants."""

    aperto: bool
    parola: str
    poi: str
    tono: str


def chiuso_perche(sportello: Sportello, giorno: date) -> str | None:
    """Why it is closed on this day whatever the week says; None when it is not."""
    if festivo(giorno):
        return _("giorno festivo")
    return next((chiusura.motivo for chiusura in sportello.chiusure.all() if chiusura.comprende(giorno)), None)


def fasce_del(sportello: Sportello, giorno: date) -> list[Fascia]:
    """The hours of one day, in order. Asks nothing more of a counter fetched with `con_gli_orari`."""
    straordinarie = [a for a in sportello.aperture.all() if a.giorno == giorno]
    settimana = [] if chiuso_perche(sportello, giorno) is not None else sportello.orari.all()
    righe: Iterable[Orario] = [o for o in settimana if o.giorno == giorno.weekday()]
    return sorted(Fascia(r.dalle, r.alle, r.accesso, r.postazioni) for r in [*righe, *straordinarie])


def ha_orari(sportello: Sportello) -> bool:
    """Has anybody said when it is open?"""
    return bool(list(sportello.orari.all()) or list(sportello.aperture.all()))


def come_sta(sportello: Sportello) -> Adesso:
    """Open or not at this instant (Europe/Rome), and until or from when."""
    if not ha_orari(sportello):
        return Adesso(False, _("Orari da confermare"), "", "s-pietra")
    qui = timezone.localtime(adesso())
    for fascia in fasce_del(sportello, qui.date()):
        if fascia.dalle <= qui.time() < fascia.alle:
            return _aperto(sportello, qui, fascia)
    return Adesso(False, _("Chiuso adesso"), _riapre(sportello, qui), "s-pietra")


def _aperto(sportello: Sportello, qui: datetime, fascia: Fascia) -> Adesso:
    chiude = _fino_a(fasce_del(sportello, qui.date()), fascia.alle)
    if fascia.accesso == Accesso.APPUNTAMENTO:
        return Adesso(True, _("Riceve su appuntamento"), _("fino alle %(ora)s") % {"ora": ora(chiude)}, "s-cielo mezzo")
    return Adesso(True, _("Aperto adesso"), _("chiude alle %(ora)s") % {"ora": ora(chiude)}, "s-bosco pieno")


def _fino_a(fasce: list[Fascia], fine: time) -> time:
    """Where the stretches that follow without a break end."""
    for fascia in fasce:
        if fascia.dalle <= fine < fascia.alle:
            fine = fascia.alle
    return fine


def _riapre(sportello: Sportello, qui: datetime) -> str:
    for n in range(CERCA_PER):
        giorno = qui.date() + n * UN_GIORNO
        prossime = [f for f in fasce_del(sportello, giorno) if n or f.dalle > qui.time()]
        if prossime:
            return _quando_riapre(n, giorno, ora(prossime[0].dalle))
    return ""


def _quando_riapre(fra_giorni: int, giorno: date, alle: str) -> str:
    if fra_giorni == 0:
        return _("apre alle %(ora)s") % {"ora": alle}
    if fra_giorni == 1:
        return _("riapre domani alle %(ora)s") % {"ora": alle}
    nome = str(Giorno(giorno.weekday()).label).lower() if fra_giorni < 7 else giorno_settimana(giorno)
    return _("riapre %(giorno)s alle %(ora)s") % {"giorno": nome, "ora": alle}


def ora(valore: time | datetime) -> str:
    """«9:00»."""
    locale = timezone.localtime(valore) if isinstance(valore, datetime) else valore
    return date_format(locale, "G:i") if isinstance(locale, datetime) else f"{locale.hour}:{locale.minute:02d}"


def settimana(sportello: Sportello) -> list[tuple[str, list[Orario]]]:
    """The week as a table: day, its hours; only days with any."""
    righe = list(sportello.orari.all())
    giorni = [(str(giorno.label), [o for o in righe if o.giorno == giorno]) for giorno in Giorno]
    return [(nome, fasce) for nome, fasce in giorni if fasce]


def quarti(sportello: Sportello, giorno: date) -> dict[datetime, int]:
    """The quarters of an hour of this day that may be booked → how many desks."""
    trovati: dict[datetime, int] = {}
    for fascia in fasce_del(sportello, giorno):
        if fascia.accesso != Accesso.APPUNTAMENTO:
            continue
        quando, fine = datetime.combine(giorno, fascia.dalle), datetime.combine(giorno, fascia.alle)
        while quando + PASSO <= fine:
            istante = timezone.make_aware(quando)
            trovati[istante] = max(trovati.get(istante, 0), fascia.postazioni)
            quando += PASSO
    return trovati
