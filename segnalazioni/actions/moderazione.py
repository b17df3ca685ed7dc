"""Words covered and uncovered, and who may read a case: the state of the procedure is another matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from ascolto.models import Visibilita
from core.errors import DomainError
from core.public_cache import touch
from core.realtime import annuncia
from core.tempo import adesso
from core.testo import pulito
from notifiche.actions import avvisa
from segnalazioni.actions.avvisi import dati_pubblici, segnalante_di
from segnalazioni.actions.moderazione_avvisi import copri_gli_avvisi, evento_dell_atto, togli_gli_avvisi
from segnalazioni.actions.passi import GRUPPO_CODA, blocca
from segnalazioni.models import (
    Atto,
    Moderazione,
    MotivoModerazione,
    OriginaleFoto,
    ParoleModerazione,
    ParteCoperta,
    Segnalazione,
    TestoPassaggio,
    ruoli_di_servizio,
)
from segnalazioni.parti import Parte, copri, parti_di, trova_tratti, uniti
from segnalazioni.ricerca import indicizza
from segnalazioni.workflow import RuoloCaso, in_veste_di

MODERATORI = frozenset({RuoloCaso.URP, RuoloCaso.RESPONSABILE})
# Where a case is told about that nobody can open any more: the page of one's own data, of riservatezza further up.
I_TUOI_DATI = "/i-tuoi-dati/"


@dataclass(frozen=True, slots=True)
class Perche:
    """Why something is covered: one of MotivoModerazione, and what who reported will read about it."""

    motivo: str
    spiegazione: str = ""


@transaction.atomic
def copri_parole(
    segnalazione: Segnalazione,
    *,
    operatore: User,
    perche: Perche,
    frasi: Sequence[str] = (),
    intere: Sequence[str] = (),
) -> Segnalazione:
    """Covers these phrases wherever the public words of the case hold them, and these parts (keys) from end to end.

    Raises DomainError "non_puoi_moderare", "manca_il_motivo" or "parole_non_trovate".
    """
    _blocca_con_le_unite(segnalazione)
    caso, ruolo = moderabile(segnalazione, operatore, perche)
    titoli = _titoli(caso) if "titolo" in intere else []
    toccate = _copri_le_parti(caso, parti_di(caso), frasi, intere)
    if not toccate:
        raise DomainError(
            "parole_non_trovate", _("Queste parole non ci sono, o sono già coperte: controlla come sono scritte.")
        )
    _copri_anche_le_unite(caso, [*frasi, *titoli], operatore, ruolo, perche)
    return registra(caso, Atto.COPRE_PAROLE, operatore, ruolo, perche, parti=toccate)


def _copri_le_parti(
    caso: Segnalazione, parti: Iterable[Parte], frasi: Sequence[str], intere: Sequence[str] = ()
) -> list[str]:
    """Covers in these parts of a case, and in the notices that hold their words; answers the keys of those touched."""
    toccate, cambi = [], dict[str, str]()
    gia = {parte.chiave: parte for parte in ParteCoperta.objects.filter(segnalazione=caso)}
    for parte in parti:
        prima = parte.testo
        if _copri_parte(caso, parte, gia.get(parte.chiave), frasi, intera=parte.chiave in intere):
            toccate.append(parte.chiave)
            cambi[prima] = parte.testo
    if toccate:
        copri_gli_avvisi(caso, cambi, frasi)
    return toccate


def _copri_parte(
    caso: Segnalazione, parte: Parte, gia: ParteCoperta | None, frasi: Sequence[str], *, intera: bool
) -> bool:
    """Covers what is to be covered in one part; answers whether that was anything new."""
    originale = gia.originale if gia and gia.originale else parte.testo
    vecchi = gia.tratti if gia and gia.originale else []
    nuovi = [(0, len(originale))] if intera else trova_tratti(originale, frasi)
    tratti = uniti([*vecchi, *nuovi])
    if tratti == uniti(vecchi):
        return False
    # Where retention has dropped the original, what is covered now cannot be uncovered either.
    tieni = "" if gia and not gia.originale else originale
    ParteCoperta.objects.update_or_create(
        segnalazione=caso,
        chiave=parte.chiave,
        defaults={"originale": tieni, "tratti": tratti, "created_at": adesso()},
    )
    parte.scrivi(copri(originale, tratti))
    return True


@transaction.atomic
def scopri_parole(segnalazione: Segnalazione, *, operatore: User, perche: Perche, parti: Sequence[str]) -> Segnalazione:
    """Puts the words of these parts (keys) back as they were.

    Raises DomainError "non_puoi_moderare", "manca_il_motivo" or "niente_da_scoprire" (also once the original is gone).
    """
    caso, ruolo = moderabile(segnalazione, operatore, perche)
    coperte = ParteCoperta.objects.filter(segnalazione=caso, chiave__in=parti).exclude(originale="")
    originali = {parte.chiave: parte for parte in coperte}
    fatte = [parte for parte in parti_di(caso) if parte.chiave in originali]
    if not fatte:
        raise DomainError("niente_da_scoprire", _("Non c’è niente da scoprire: come era prima non si conserva più."))
    for parte in fatte:
        parte.scrivi(originali[parte.chiave].originale)
        originali[parte.chiave].delete()
    return registra(caso, Atto.SCOPRE_PAROLE, operatore, ruolo, perche, parti=[parte.chiave for parte in fatte])


@transaction.atomic
def cambia_visibilita(
    segnalazione: Segnalazione, *, operatore: User, perche: Perche, visibilita: Visibilita
) -> Segnalazione:
    """Who may read the case. Public with something covered is "oscurata", whichever of the two was asked for.

    Raises DomainError "non_puoi_moderare", "manca_il_motivo" or "e_gia_cosi".
    """
    _blocca_con_le_unite(segnalazione)
    caso, ruolo = moderabile(segnalazione, operatore, perche)
    if _come_sta(caso, visibilita) == caso.contributo.visibilita:
        raise DomainError("e_gia_cosi", _("È già così."))
    caso = registra(caso, Atto.VISIBILITA, operatore, ruolo, perche, visibilita=visibilita)
    if not caso.pubblica:
        _copri_anche_le_unite(caso, _titoli(caso), operatore, ruolo, perche)
    return caso


# --- the same words in the cases joined to it --------------------------------------------------------------


def _parole_di_unione(caso: Segnalazione) -> QuerySet[TestoPassaggio]:
    """What was said when other cases were joined to this one: also of one that has been detached since."""
    di_questa = Q(passaggio__segnalazione__originale=caso.pk) | Q(testo__contains=caso.codice)
    return TestoPassaggio.objects.filter(di_questa, passaggio__passo="unisci").exclude(passaggio__segnalazione=caso.pk)


def _blocca_con_le_unite(caso: Segnalazione) -> None:
    """Locks the case and those whose words are covered with its own, in the order of their keys, as blocca_gruppo."""
    altre = _parole_di_unione(caso).values("passaggio__segnalazione")
    tutte = Segnalazione.objects.filter(Q(pk=caso.pk) | Q(radice=caso.pk) | Q(pk__in=altre))
    list(tutte.select_for_update().order_by("pk").values_list("pk", flat=True))


def _titoli(caso: Segnalazione) -> list[str]:
    """The title as it is read, and as it was before anything in it was covered."""
    prima = ParteCoperta.objects.filter(segnalazione=caso, chiave="titolo").exclude(originale="")
    return [caso.titolo, *prima.values_list("originale", flat=True)]


def _copri_anche_le_unite(
    caso: Segnalazione, frasi: Sequence[str], operatore: User, ruolo: str, perche: Perche
) -> None:
    """Covers these words of the case also where another one was joined to it; that is written down there, without the
    explanation, which is about this case."""
    numeri: dict[int, set[str]] = defaultdict(set)
    for chiave, numero in _parole_di_unione(caso).values_list("passaggio__segnalazione", "passaggio__numero"):
        numeri[chiave].add(f"passo:{numero}:testo")
    for altra in Segnalazione.objects.filter(pk__in=numeri).per_elenco().order_by("pk"):
        parti = [parte for parte in parti_di(altra) if parte.chiave in numeri[altra.pk]]
        if toccate := _copri_le_parti(altra, parti, frasi):
            _scrivi(altra, Atto.COPRE_PAROLE, operatore, ruolo, Perche(perche.motivo), parti=toccate)


# --- what every act of moderation does ---------------------------------------------------------------------


def moderabile(segnalazione: Segnalazione, operatore: User, perche: Perche) -> tuple[Segnalazione, str]:
    """The case locked, and the role in which this colleague may cover.

    Raises DomainError "non_puoi_moderare" or "manca_il_motivo".
    """
    caso = blocca(segnalazione)
    ruoli = ruoli_di_servizio(caso, operatore) & MODERATORI
    if not ruoli:
        raise DomainError(
            "non_puoi_moderare", _("Coprono e scoprono l’URP e il responsabile dell’ufficio che ha il caso.")
        )
    if perche.motivo not in MotivoModerazione.values or (
        perche.motivo == MotivoModerazione.ALTRO and not perche.spiegazione.strip()
    ):
        raise DomainError("manca_il_motivo", _("Scegli un motivo; se è un altro, spiegalo."))
    return caso, in_veste_di(ruoli)


def _come_sta(caso: Segnalazione, visibilita: str) -> str:
    """Public and "oscurata" follow from what is covered; the others are as asked."""
    if visibilita not in (Visibilita.PUBBLICA, Visibilita.OSCURATA):
        return visibilita
    coperta = (
        ParteCoperta.objects.filter(segnalazione=caso).exists()
        or OriginaleFoto.objects.filter(foto__segnalazione=caso).exists()
    )
    return Visibilita.OSCURATA if coperta else Visibilita.PUBBLICA


def registra(
    caso: Segnalazione,
    atto: Atto,
    operatore: User,
    ruolo: str,
    perche: Perche,
    *,
    parti: Sequence[str] = (),
    visibilita: str | None = None,
) -> Segnalazione:
    """Writes one act down with all that follows: visibility, edition of the page, notice, open pages."""
    riga = _scrivi(caso, atto, operatore, ruolo, perche, parti=parti, visibilita=visibilita)
    if not caso.pubblica:
        togli_gli_avvisi(caso)
    _avvisa_chi_ha_segnalato(caso, riga, pulito(perche.spiegazione))
    return caso


def _scrivi(
    caso: Segnalazione,
    atto: Atto,
    operatore: User,
    ruolo: str,
    perche: Perche,
    *,
    parti: Sequence[str] = (),
    visibilita: str | None = None,
) -> Moderazione:
    contributo = caso.contributo
    da, contributo.visibilita = contributo.visibilita, _come_sta(caso, visibilita or contributo.visibilita)
    contributo.save(update_fields=["visibilita"])
    riga = Moderazione.objects.create(
        segnalazione=caso,
        atto=atto,
        parti=list(parti),
        da=da,
        a=contributo.visibilita,
        motivo=perche.motivo,
        autore=operatore,
        ruolo=ruolo,
        created_at=adesso(),
    )
    if spiegazione := pulito(perche.spiegazione):
        ParoleModerazione.objects.create(moderazione=riga, spiegazione=spiegazione)
    caso.revisione += 1
    caso.aggiornata_il = adesso()
    caso.save(update_fields=["revisione", "aggiornata_il"])
    indicizza(caso)  # what is covered is no longer found
    annuncia(caso.gruppo, caso.edizione)
    annuncia(GRUPPO_CODA, 0)
    touch("segnalazioni")
    return riga


def _avvisa_chi_ha_segnalato(caso: Segnalazione, riga: Moderazione, spiegazione: str) -> None:
    avvisa(
        segnalante_di(caso),
        "segnalazione_moderata",
        evento=evento_dell_atto(riga.uid),
        percorso=I_TUOI_DATI if caso.contributo.visibilita == Visibilita.RIMOSSA else caso.url(),
        dati=dati_pubblici(caso, spiegazione)
        | {"atto": riga.atto, "visibilita": riga.a, "motivo": str(MotivoModerazione(riga.motivo).label).lower()},
    )
