"""The register of what came in: one row per contribution, which is its outbox until it has a number and history after.

Source: D.P.R. 445/2000, art. 53 (number, date, sender, subject, digest of the document, all in a form that nobody can
change) and art. 57 (numbers follow one another and begin again with the year).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ascolto.models import Contributo
from core.codici import cerca_codice
from core.models import RigaImmutabile
from core.templatetags.lp import data_lunga
from core.tempo import adesso

INTERNO = "interno"
# After the first attempt, the second…; then the last of them for ever: a registration is owed, it is never given up.
ATTESE = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
# Who takes a row has it for this long; a process killed in the middle leaves it to the sweep after that.
PRESTITO = timedelta(minutes=5)
# The carrier of a new row starts at once: the sweep looks at it only when that has plainly not happened.
TOCCA_AL_PORTATORE = timedelta(minutes=1)


class StatoProtocollo(models.TextChoices):
    """Where a registration stands."""

    DA_INVIARE = "da_inviare", _("Da registrare")
    INVIATO = "inviato", _("Inviata, senza risposta")
    ERRORE = "errore", _("Da guardare")
    PROTOCOLLATO = "protocollato", _("Registrata")


IN_CORSO = (StatoProtocollo.DA_INVIARE, StatoProtocollo.INVIATO)


class Registro(models.Model):
    """The counter of one year of the internal register. Whoever takes a number holds this row until it is written."""

    anno = models.PositiveSmallIntegerField(_("anno"), unique=True)
    ultimo = models.PositiveIntegerField(_("ultimo numero"), default=0)
    ultimo_il = models.DateTimeField(_("dato il"), null=True, blank=True)

    class Meta:
        verbose_name = _("registro")
        verbose_name_plural = _("registri")

    def __str__(self) -> str:
        return f"{self.ultimo}/{self.anno}"


class RegistrazioneQuerySet(models.QuerySet["Registrazione"]):
    """Questions with a name, and the one way to take a row."""

    def protocollate(self) -> RegistrazioneQuerySet:
        """Those with a number, newest first."""
        return self.filter(stato=StatoProtocollo.PROTOCOLLATO).order_by("-registrata_il", "-numero", "-pk")

    def in_errore(self) -> RegistrazioneQuerySet:
        """Those that wait for a person, oldest first."""
        return self.filter(stato=StatoProtocollo.ERRORE).order_by("created_at", "pk")

    def in_corso(self) -> RegistrazioneQuerySet:
        """Those without a number that need nobody, oldest first."""
        return self.filter(stato__in=IN_CORSO).order_by("created_at", "pk")

    def libere(self, ora: datetime) -> RegistrazioneQuerySet:
        """Those without a number that nobody has in hand, and whose time has come."""
        return self.in_corso().filter(Q(riprova_il__isnull=True) | Q(riprova_il__lte=ora))

    def rimaste(self, ora: datetime) -> RegistrazioneQuerySet:
        """What the sweep takes: due again, or never tried though its carrier had the time to."""
        mai_prese = Q(created_at__lte=ora - TOCCA_AL_PORTATORE)
        return self.libere(ora).filter(Q(riprova_il__isnull=False) | mai_prese)

    def prenota(self, pk: int) -> Registrazione | None:
        """Takes a row for PRESTITO, or answers None: somebody has it, it has a number, it is not its time.

        One conditional UPDATE: of two processes that ask together, one changes the row.
        """
        ora = adesso()
        libera = self.libere(ora).order_by().filter(pk=pk)
        if not libera.update(
            stato=StatoProtocollo.INVIATO, tentativi=F("tentativi") + 1, riprova_il=ora + PRESTITO, errore=""
        ):
            return None
        return self.select_related("contributo").get(pk=pk)

    def cerca(self, testo: str) -> RegistrazioneQuerySet:
        """By number («123», «123/2026»), by the number of the contribution, or by words of the subject."""
        if trovato := re.fullmatch(r"(\d{1,9})(?:/(\d{4}))?", testo.strip(), re.ASCII):
            di_quello = self.filter(numero=int(trovato[1]))
            return di_quello.filter(anno=int(trovato[2])) if trovato[2] else di_quello
        if codice := cerca_codice(testo):
            return self.filter(contributo__codice=codice)
        trovate = self
        for parola in testo.split()[:6]:
            trovate = trovate.filter(oggetto__icontains=parola)
        return trovate


class Registrazione(models.Model):
    """One contribution in the register, or on its way there. With a number nothing of it ever changes."""

    contributo = models.OneToOneField(Contributo, on_delete=models.PROTECT, related_name="registrazione")
    stato = models.CharField(_("stato"), max_length=12, choices=StatoProtocollo, default=StatoProtocollo.DA_INVIARE)
    oggetto = models.CharField(_("oggetto"), max_length=200)
    # Kept as long as the register: the law wants the sender in it (art. 53, letter c).
    mittente = models.CharField(_("mittente"), max_length=254)
    impronta = models.CharField(_("impronta del documento (SHA-256)"), max_length=64)
    arrivato_il = models.DateTimeField(_("arrivato il"))
    tentativi = models.PositiveIntegerField(_("tentativi"), default=0)
    riprova_il = models.DateTimeField(_("riprova dal"), null=True, blank=True)
    errore = models.CharField(_("ultimo errore"), max_length=40, blank=True)
    registro = models.CharField(_("registro"), max_length=60, blank=True)
    anno = models.PositiveSmallIntegerField(_("anno"), null=True, blank=True)
    numero = models.PositiveBigIntegerField(_("numero"), null=True, blank=True)
    registrata_il = models.DateTimeField(_("registrata il"), null=True, blank=True)
    created_at = models.DateTimeField(_("scritta il"))

    _chiusa = False

    objects = RegistrazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrazione di protocollo")
        verbose_name_plural = _("registrazioni di protocollo")
        constraints = [
            models.CheckConstraint(condition=Q(stato__in=StatoProtocollo.values), name="registrazione_stato_noto"),
            models.CheckConstraint(
                condition=Q(
                    ~Q(registro=""), stato=StatoProtocollo.PROTOCOLLATO, anno__isnull=False, numero__gt=0,
                    registrata_il__isnull=False,
                )
                | Q(
                    ~Q(stato=StatoProtocollo.PROTOCOLLATO), registro="", anno__isnull=True, numero__isnull=True,
                    registrata_il__isnull=True,
                ),
                name="registrazione_col_suo_numero",
            ),
            models.UniqueConstraint(
                fields=["registro", "anno", "numero"],
                condition=Q(stato=StatoProtocollo.PROTOCOLLATO),
                name="registrazione_un_solo_numero",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["created_at"], condition=~Q(stato=StatoProtocollo.PROTOCOLLATO), name="registrazione_da_fare"
            ),
            models.Index(fields=["-registrata_il", "-numero"], name="registrazione_in_ordine"),
        ]

    def __str__(self) -> str:
        return self.in_parole

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes a row that has no number yet, the number included; after that nothing (RigaImmutabile)."""
        if self._chiusa:
            raise RigaImmutabile(f"Registrazione {self.pk} has its number")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RigaImmutabile(f"Registrazione {self.pk} is never deleted")

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **altro: Any) -> Registrazione:
        """A row as it was read: with a number it is closed."""
        riga = super().from_db(db, field_names, values, **altro)
        riga._chiusa = "stato" in field_names and riga.stato == StatoProtocollo.PROTOCOLLATO
        return riga

    @property
    def chiave(self) -> str:
        """What a server that is asked twice knows the request by: the public number of the contribution."""
        return self.contributo.codice

    @property
    def protocollata(self) -> bool:
        """It has its number."""
        return self.stato == StatoProtocollo.PROTOCOLLATO

    @property
    def segnatura(self) -> str:
        """«123/2026», "" without a number."""
        return f"{self.numero}/{self.anno}" if self.protocollata else ""

    @property
    def in_parole(self) -> str:
        """What anybody reads: «n. 123/2026 del 25 novembre 2026», or that it is on its way."""
        if not self.protocollata or self.registrata_il is None:
            return _now("in corso di registrazione")
        dati = {"numero": self.segnatura, "giorno": data_lunga(localtime(self.registrata_il))}
        return _now("n. %(numero)s del %(giorno)s") % dati
