"""People who log in: with their e-mail address, never with a user name."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes people out of an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A person; without a password they log in by code."""
        if not email:
            raise ValueError("an e-mail address is needed")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """A person with every permission; used by `manage.py createsuperuser`."""
        return self.create_user(email, password, **{**extra, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person. Erasure empties the row and keeps it: other rows go on pointing at nobody in particular."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("indirizzo e-mail"),
        unique=True,
        error_messages={"unique": _("C’è già una persona con questo indirizzo.")},
    )
    # The pseudonym that histories carry: it outlives name and address.
    uid = models.UUIDField(_("pseudonimo"), default=uuid.uuid4, unique=True, editable=False)
    cancellato_il = models.DateTimeField(_("cancellato il"), null=True, blank=True)
    # Single-key shortcuts of the desk answer unless this person has switched them off (WCAG 2.1.4).
    scorciatoie = models.BooleanField(_("scorciatoie da tastiera"), default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("persone")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="persona_email_una_sola",
                violation_error_message=_("C’è già una persona con questo indirizzo."),
            )
        ]

    def __str__(self) -> str:
        return self.nome

    def clean(self) -> None:
        """Addresses are kept in small letters, as allauth keeps them, also where a form would not."""
        super().clean()
        self.email = self.email.lower()

    @property
    def nome(self) -> str:
        """First and last name, else what stands before the @; for a person erased, a word."""
        if self.cancellato_il:
            return str(_("Persona cancellata"))
        return self.get_full_name() or self.email.split("@")[0]

    @property
    def di_servizio(self) -> bool:
        """Works for the Comune: sees the way to the desk (what is on it depends on the roles)."""
        return self.is_active and self.is_staff

    @property
    def sigla(self) -> str:
        """Two letters for the round sign of a colleague."""
        parole = self.nome.split()
        return "".join(p[0] for p in parole[:2]).upper()


class LinkMagico(models.Model):
    """A link sent to a mailbox, good for one page. Only the digest of its secret is kept (see accounts.magic)."""

    impronta = models.CharField(_("impronta"), max_length=64, unique=True)
    email = models.EmailField(_("indirizzo e-mail"))
    percorso = models.CharField(_("percorso"), max_length=500)
    scade_il = models.DateTimeField(_("scade il"), db_index=True)
    usato_il = models.DateTimeField(_("usato la prima volta il"), null=True, blank=True)
    usi = models.PositiveSmallIntegerField(_("quante volte usato"), default=0)
    created_at = models.DateTimeField(_("creato il"))

    class Meta:
        verbose_name = _("link magico")
        verbose_name_plural = _("link magici")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(usi=0, usato_il__isnull=True) | models.Q(usi__in=(1, 2), usato_il__isnull=False),
                name="link_magico_al_piu_due_usi",
            )
        ]

    def __str__(self) -> str:
        return self.percorso
