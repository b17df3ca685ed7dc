"""History: one link of the chain per step. Added, never edited."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comune.models import Ufficio
from core.models import Anello, SoloAggiunta
from core.tempo import oggi
from segnalazioni.models.segnalazione import Segnalazione
from segnalazioni.termini import Evento, Termine, TipoEvento, TipoTermine, calcola
from segnalazioni.workflow import RISPOSTE, RuoloCaso, Stato

if TYPE_CHECKING:
    from accounts.models import User

# Steps that no public history tells: what was never confirmed was never anybody's report.
PASSI_INTERNI = frozenset({"scarta"})


class Passaggio(Anello):
    """One step of a case. The words stand in TestoPassaggio, which retention deletes; their digest stands here."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="passaggi")
    passo = models.CharField(_("passo"), max_length=24)
    da = models.CharField(_("da"), max_length=20, blank=True)
    a = models.CharField(_("a"), max_length=20, choices=Stato)
    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruolo = models.CharField(_("in veste di"), max_length=12, choices=RuoloCaso)
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ente = models.CharField(_("ente"), max_length=200, blank=True)
    giorno = models.DateField(_("giorno"), null=True, blank=True)
    impronta_testo = models.CharField(_("impronta delle parole"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("passaggio")
        verbose_name_plural = _("passaggi")
        ordering = ["segnalazione", "numero"]
        constraints = [models.UniqueConstraint(fields=["segnalazione", "numero"], name="passaggio_un_solo_numero")]
        indexes = [
            models.Index(fields=["segnalazione"], condition=models.Q(passo="contesta"), name="passaggio_contestate"),
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} #{self.numero} {self.passo}"

    def contenuto(self) -> dict[str, Any]:
        """The JSON that the digest covers: no name, no word of anybody, only the author's pseudonym."""
        return {
            "segnalazione": self.segnalazione.codice,
            "uid": str(self.uid),
            "passo": self.passo,
            "da": self.da,
            "a": self.a,
            "autore": str(self.autore.uid) if self.autore else "",
            "ruolo": self.ruolo,
            "ufficio": self.ufficio.slug if self.ufficio else "",
            "ente": self.ente,
            "giorno": self.giorno.isoformat() if self.giorno else "",
            "testo": self.impronta_testo,
            "quando": self.created_at.astimezone(UTC).isoformat(),
        }


class TestoPassaggio(models.Model):
    """The words of a step. Retention may delete this row: the salt goes with it, and the digest says nothing more."""

    passaggio = models.OneToOneField(Passaggio, on_delete=models.PROTECT, related_name="parole")
    testo = models.TextField(_("testo pubblico"), blank=True)
    nota = models.TextField(_("nota interna"), blank=True)
    prova = models.TextField(_("prova dell’inoltro"), blank=True)
    sale = models.CharField(_("sale"), max_length=32)

    class Meta:
        verbose_name = _("parole di un passaggio")
        verbose_name_plural = _("parole dei passaggi")

    def __str__(self) -> str:
        return f"{self.passaggio_id}"


def impronta_parole(sale: str, testo: str, nota: str, prova: str) -> str:
    """Salted digest of the words of a step: checks them while they are kept, reveals nothing afterwards."""
    corpo = json.dumps([sale, testo, nota, prova], ensure_ascii=False)
    return hashlib.sha256(corpo.encode()).hexdigest()


def gia_contestata(caso: Segnalazione) -> bool:
    """Has who reported contested an answer of this case before?"""
    return Passaggio.objects.filter(segnalazione=caso, passo="contesta", ruolo=RuoloCaso.SEGNALANTE).exists()


def ha_concluso(caso: Segnalazione, persona: User) -> bool:
    """Has this colleague ever given the case an answer, or held to one?"""
    suoi = Passaggio.objects.filter(segnalazione=caso, autore=persona, a__in={*RISPOSTE, Stato.CHIUSA})
    return suoi.exclude(ruolo=RuoloCaso.SEGNALANTE).exists()


class EventoTermine(SoloAggiunta):
    """What started, stopped or restarted the clock; the due date is recomputed from these rows.

    tipo_termine, giorni_termine: the term that an AVVIO starts, as the category said it on that day; "" and 0 of any
    other event. Nothing else says how long the term of a case is.
    """

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="eventi_termine")
    passaggio = models.ForeignKey(Passaggio, on_delete=models.PROTECT, related_name="+")
    evento = models.CharField(_("evento"), max_length=12, choices=TipoEvento)
    giorno = models.DateField(_("giorno"))
    tipo_termine = models.CharField(_("come si contano i giorni"), max_length=12, choices=TipoTermine, blank=True)
    giorni_termine = models.PositiveSmallIntegerField(_("giorni per rispondere"), default=0)

    class Meta:
        verbose_name = _("evento del termine")
        verbose_name_plural = _("eventi del termine")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(evento=TipoEvento.AVVIO, tipo_termine__in=TipoTermine.values)
                | ~models.Q(evento=TipoEvento.AVVIO) & models.Q(tipo_termine="", giorni_termine=0),
                name="evento_termine_scritto_all_avvio",
            )
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.evento} {self.giorno}"

    @classmethod
    def di_oggi(cls, caso: Segnalazione, evento: str) -> EventoTermine:
        """One that happens today, not saved. A term that starts lasts what the category says today, whatever it says
        later."""
        riga = cls(segnalazione=caso, evento=evento, giorno=oggi())
        if evento == TipoEvento.AVVIO:
            riga.tipo_termine, riga.giorni_termine = caso.categoria.tipo_termine, caso.categoria.giorni
        return riga

    @property
    def riga(self) -> Evento:
        """As the clock reads it."""
        return Evento(self.evento, self.giorno, self.tipo_termine, self.giorni_termine)


def eventi_di(caso: Segnalazione) -> list[Evento]:
    """The rows of the clock of a case, in the order written (one query)."""
    return [evento.riga for evento in EventoTermine.objects.filter(segnalazione=caso).order_by("pk")]


def termine_di(caso: Segnalazione, *, in_piu: Iterable[str] = ()) -> Termine | None:
    """The term of a case out of its rows (one query); None before it has started. in_piu: events of today that are
    not written yet."""
    return calcola([*eventi_di(caso), *(EventoTermine.di_oggi(caso, evento).riga for evento in in_piu)])


def segna_termine(caso: Segnalazione, termine: Termine | None) -> None:
    """Writes on the case, not saved, what lists ask for: the due date, and until when it stands still."""
    caso.scadenza = termine.scade if termine else None
    caso.sospesa_fino_al = termine.in_corso.fino_al if termine and termine.in_corso else None
