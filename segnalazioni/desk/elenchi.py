"""The saved lists of the queue, and the bands that a list is cut into. Conditions only: SQL, no row is read here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.functional import Promise
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from comune.ruoli import e_urp
from core.calendario import piu_lavorativi
from core.tempo import oggi
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.racconto.pillole import PRESTO
from segnalazioni.workflow import APERTE, CONCLUSE, Stato

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Sguardo:
    """From where the queue is looked at: the day, and whether the URP looks. Lists are conditions on it."""

    giorno: date
    urp: bool

    @classmethod
    def di(cls, user: User) -> Sguardo:
        """Today, with the eyes of this colleague."""
        return cls(oggi(), e_urp(user))

    @property
    def presto(self) -> date:
        """The last day that is near."""
        return piu_lavorativi(self.giorno, PRESTO)


@dataclass(frozen=True, slots=True)
class Elenco:
    """A saved list. quali: its condition; tono: class of its count when there is any; vuoto: said when it is empty."""

    slug: str
    nome: Promise
    quali: Callable[[Sguardo], Q]
    vuoto: Promise
    tono: str = ""
    solo_urp: bool = False
    # Where nothing more is owed there are no bands: newest first, by this column.
    ordine: str = ""
    # A count that would have to read the whole archive is not taken on every page.
    contato: bool = True


@dataclass(frozen=True, slots=True)
class Banda:
    """A part of a list, in order of urgency. segno: which sign stands before its name."""

    nome: Promise
    classe: str
    segno: str
    quali: Callable[[Sguardo], Q]


CONCLUSE_DA = timedelta(days=30)
_APERTA = Q(stato__in=APERTE)
_CORRE = _APERTA & ~Q(stato=Stato.ATTESA_CITTADINO)


def _pericolo(_sguardo: Sguardo) -> Q:
    return _APERTA & Q(categoria__urgente=True)


def _oltre(sguardo: Sguardo) -> Q:
    return _CORRE & Q(scadenza__lt=sguardo.giorno)


def _presto(sguardo: Sguardo) -> Q:
    return _CORRE & Q(scadenza__lte=sguardo.presto)


def _risposto(_sguardo: Sguardo) -> Q:
    return Q(stato=Stato.IN_LAVORAZIONE) & Q(risposto=True)


def _contestata(_sguardo: Sguardo) -> Q:
    return Q(stato=Stato.CONTESTATA)


def _nuove(sguardo: Sguardo) -> Q:
    return Q(stato=Stato.RICEVUTA if sguardo.urp else Stato.ASSEGNATA)


def _concluse(sguardo: Sguardo) -> Q:
    dal = make_aware(datetime.combine(sguardo.giorno - CONCLUSE_DA, time.min))
    return Q(stato__in=CONCLUSE, conclusa_il__gte=dal)


def _adesso(sguardo: Sguardo) -> Q:
    """What waits for a move of ours: danger, due, answered, contested, new, or planned for a day that has come."""
    e_il_giorno = Q(stato=Stato.PROGRAMMATA, prevista_il__lte=sguardo.giorno)
    tocca_a_noi = _pericolo(sguardo) | _presto(sguardo) | _risposto(sguardo) | _contestata(sguardo)
    return _CORRE & (tocca_a_noi | _nuove(sguardo) | e_il_giorno)


BANDE: tuple[Banda, ...] = (
    Banda(_("Pericolo"), "s-mattone", "pericolo", _pericolo),
    Banda(_("Oltre il termine"), "s-mattone", "termine", _oltre),
    Banda(_("Scadono entro 3 giorni lavorativi"), "s-ocra", "termine", _presto),
    Banda(_("Chi ha segnalato ha risposto"), "", "risposta", _risposto),
    Banda(_("Contestate da decidere"), "", "contesa", _contestata),
    Banda(_("Altre"), "", "", lambda _sguardo: Q()),
)
RISPOSTE = 3  # the band of those who have answered

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
    Elenco("aperte", _("Aperte"), lambda _s: _APERTA, _("Nessuna segnalazione è aperta.")),
    Elenco(
        "concluse",
        _("Concluse in 30 giorni"),
        _concluse,
        _("Nessuna è stata conclusa negli ultimi 30 giorni."),
        ordine="-conclusa_il",
    ),
    Elenco(
        "tutte",
        _("Tutte"),
        lambda _s: Q(),
        _("Non c’è ancora nessuna segnalazione."),
        ordine="-confermata_il",
        contato=False,
    ),
)
_GRUPPI: tuple[tuple[Promise, tuple[Elenco, ...]], ...] = (
    (_("I miei elenchi"), _MIEI),
    (_("Dell’URP"), _URP),
    (_("Tutte"), _TUTTE),
)


def gruppi_per(sguardo: Sguardo) -> list[tuple[Promise, list[Elenco]]]:
    """The lists this colleague has, in their groups."""
    gruppi = [(titolo, [e for e in elenchi if sguardo.urp or not e.solo_urp]) for titolo, elenchi in _GRUPPI]
    return [(titolo, elenchi) for titolo, elenchi in gruppi if elenchi]


def elenco_di(slug: str, sguardo: Sguardo) -> Elenco:
    """The list with this name, or the first: a wrong name is not worth an error."""
    tutti = [elenco for _titolo, elenchi in gruppi_per(sguardo) for elenco in elenchi]
    return next((elenco for elenco in tutti if elenco.slug == slug), tutti[0])


def base(user: User) -> SegnalazioneQuerySet:
    """All this colleague works on, with `risposto`: the last step was an answer of who reported."""
    ultimo = Passaggio.objects.filter(segnalazione=OuterRef("pk"), numero=OuterRef("versione"), passo="rispondi")
    return Segnalazione.objects.del_servizio(user).alias(risposto=Exists(ultimo))


def conti(user: User, sguardo: Sguardo) -> dict[str, int]:
    """How many cases each list has, but those that are not counted: in one query, which reads no older case."""
    elenchi = [e for _titolo, gruppo in gruppi_per(sguardo) for e in gruppo if e.contato]
    colonne: dict[str, Any] = {e.slug: Count("pk", filter=e.quali(sguardo)) for e in elenchi}
    return base(user).filter(_APERTA | _concluse(sguardo)).aggregate(**colonne)


def in_bande(casi: SegnalazioneQuerySet, sguardo: Sguardo) -> SegnalazioneQuerySet:
    """With `banda` (index in BANDE), the most urgent first, then by due date."""
    rami = [When(banda.quali(sguardo), then=Value(n)) for n, banda in enumerate(BANDE[:-1])]
    banda = Case(*rami, default=Value(len(BANDE) - 1), output_field=IntegerField())
    return casi.annotate(banda=banda).order_by("banda", F("scadenza").asc(nulls_last=True), "pk")
