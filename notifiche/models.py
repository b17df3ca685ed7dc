"""The outbox: a row per person, event and channel, written in the transaction of what it tells."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.tempo import adesso

if TYPE_CHECKING:
    from accounts.models import User

# After the first attempt, the second… When they are used up the notice is given up: three and a half days.
ATTESE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=48),
)
TENTATIVI = len(ATTESE) + 1
# Who takes a row has it for this long; a process killed in the middle leaves it to the sweep after that.
PRESTITO = timedelta(minutes=10)
# The carrier of a new row starts at once: the sweep looks at it only when that has plainly not happened.
TOCCA_AL_PORTATORE = timedelta(minutes=2)


class CanaleAvviso(models.TextChoices):
    """How a notice travels."""

    EMAIL = "email", _("E-mail")
    SITO = "sito", _("Nel sito")


class StatoAvviso(models.TextChoices):
    """Where a notice stands."""

    DA_INVIARE = "da_inviare", _("Da inviare")
    INVIATA = "inviata", _("Inviata")
    RINUNCIATA = "rinunciata", _("Rinunciata")


class NotificaQuerySet(models.QuerySet["Notifica"]):
    """Questions with a name, and the one way to take a row."""

    def nel_sito(self, utente: User) -> NotificaQuerySet:
        """What this person reads on the site, newest first."""
        return self.filter(utente=utente, canale=CanaleAvviso.SITO).order_by("-created_at", "-pk")

    def non_lette(self) -> NotificaQuerySet:
        """Not yet read."""
        return self.filter(letta_il__isnull=True)

    def da_inviare(self) -> NotificaQuerySet:
        """Mails that have not left and are not given up."""
        return self.filter(canale=CanaleAvviso.EMAIL, stato=StatoAvviso.DA_INVIARE)

    def libere(self, ora: datetime) -> NotificaQuerySet:
        """Those nobody has in hand, and whose time has come."""
        return self.da_inviare().filter(Q(riprova_il__isnull=True) | Q(riprova_il__lte=ora))

    def da_rimandare(self, ora: datetime) -> NotificaQuerySet:
        """What the sweep sends, oldest first: due again, or never tried though its carrier had the time to."""
        return (
            self.libere(ora)
            .filter(Q(riprova_il__isnull=False) | Q(created_at__lte=ora - TOCCA_AL_PORTATORE))
            .filter(tentativi__lt=TENTATIVI)
            .order_by("created_at", "pk")
        )

    def prenota(self, pk: int) -> Notifica | None:
        """Takes a row for PRESTITO, or answers None: somebody has it, it has left, it is not its time.

        One conditional UPDATE: of two processes that ask together, one changes the row.
        """
        ora = adesso()
        libera = self.libere(ora).filter(pk=pk, tentativi__lt=TENTATIVI)
        if not libera.update(tentativi=F("tentativi") + 1, riprova_il=ora + PRESTITO):
            return None
        return self.select_related("utente").get(pk=pk)


class Notifica(models.Model):
    """One notice to one person by one channel."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    tipo = models.CharField(_("tipo"), max_length=60)
    evento = models.CharField(_("evento"), max_length=120)
    canale = models.CharField(_("canale"), max_length=8, choices=CanaleAvviso)
    # Who is told, as a keyed digest: an account and its bare address are the same person, and get one mail.
    chi = models.CharField(_("impronta di chi riceve"), max_length=64, editable=False)
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="notifiche"
    )
    # Only for who has no account: an account is written to at the address it has when the mail leaves.
    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    percorso = models.CharField(_("percorso"), max_length=500)
    dati: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("dati"), default=dict)
    stato = models.CharField(_("stato"), max_length=12, choices=StatoAvviso, default=StatoAvviso.DA_INVIARE)
    tentativi = models.PositiveSmallIntegerField(_("tentativi"), default=0)
    riprova_il = models.DateTimeField(_("riprova dal"), null=True, blank=True)
    inviata_il = models.DateTimeField(_("inviata il"), null=True, blank=True)
    letta_il = models.DateTimeField(_("letta il"), null=True, blank=True)
    created_at = models.DateTimeField(_("scritta il"))

    objects = NotificaQuerySet.as_manager()

    class Meta:
        verbose_name = _("notifica")
        verbose_name_plural = _("notifiche")
        constraints = [
            models.UniqueConstraint(fields=["evento", "canale", "chi"], name="notifica_una_per_persona"),
            models.CheckConstraint(
                condition=Q(canale=CanaleAvviso.EMAIL) | Q(utente__isnull=False), name="notifica_nel_sito_di_qualcuno"
            ),
            models.CheckConstraint(
                condition=Q(utente__isnull=False, email="") | (Q(utente__isnull=True) & ~Q(email="")),
                name="notifica_account_o_indirizzo",
            ),
            models.CheckConstraint(condition=Q(stato__in=StatoAvviso.values), name="notifica_stato_noto"),
            models.CheckConstraint(
                condition=~Q(stato=StatoAvviso.INVIATA) | Q(inviata_il__isnull=False), name="notifica_inviata_quando"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(stato="da_inviare"), name="notifica_da_inviare"),
            models.Index(fields=["utente", "canale", "-created_at"], name="notifica_nel_sito"),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.uid}"
