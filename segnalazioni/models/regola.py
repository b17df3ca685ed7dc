"""Rules of assignment, as the URP writes them, and the history of who changed them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from comune.models import Ufficio
from core.models import SoloAggiunta
from segnalazioni.regole import Condizioni, RegolaGuasta


class RegolaQuerySet(models.QuerySet["Regola"]):
    """Questions with a name."""

    def in_ordine(self) -> RegolaQuerySet:
        """As they are asked, the first first, with the office of each."""
        return self.select_related("ufficio").order_by("ordine", "pk")

    def attive(self) -> RegolaQuerySet:
        """Those that are asked."""
        return self.in_ordine().filter(attiva=True)


class Regola(models.Model):
    """One rule: when its conditions hold, the report goes to its office. Switched off, never deleted.

    categorie, quartieri: codes and slugs; risposte: [question, answer]; giorni: 0 = Monday. guasto: why it could not
    be asked the last time, "" when nothing is wrong.
    """

    nome = models.CharField(_("nome"), max_length=120)
    ordine = models.PositiveIntegerField(_("posto"), default=0)
    attiva = models.BooleanField(_("attiva"), default=True)
    ufficio = models.ForeignKey(Ufficio, verbose_name=_("ufficio"), on_delete=models.PROTECT, related_name="+")
    categorie: models.JSONField[list[str], list[str]] = models.JSONField(_("categorie"), default=list, blank=True)
    quartieri: models.JSONField[list[str], list[str]] = models.JSONField(_("quartieri"), default=list, blank=True)
    risposte: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(
        _("risposte"), default=list, blank=True
    )
    giorni: models.JSONField[list[int], list[int]] = models.JSONField(_("giorni"), default=list, blank=True)
    dalle = models.TimeField(_("dalle"), null=True, blank=True)
    alle = models.TimeField(_("alle"), null=True, blank=True)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    nota = models.TextField(_("nota per i colleghi"), blank=True)
    guasto = models.CharField(_("guasto"), max_length=300, blank=True)
    versione = models.PositiveIntegerField(_("versione"), default=1)

    objects = RegolaQuerySet.as_manager()

    class Meta:
        verbose_name = _("regola di assegnazione")
        verbose_name_plural = _("regole di assegnazione")
        ordering = ["ordine", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dal__isnull=True) | Q(al__isnull=True) | Q(al__gte=models.F("dal")),
                name="regola_finisce_dopo",
            ),
            models.CheckConstraint(
                condition=Q(dalle__isnull=True, alle__isnull=True) | Q(dalle__isnull=False, alle__isnull=False),
                name="regola_ore_intere",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def url(self) -> str:
        """Where the URP changes it."""
        return reverse("regole:modifica", kwargs={"pk": self.pk})

    @property
    def meta(self) -> int:
        """Key of the office it gives the report to."""
        return self.ufficio_id

    @property
    def ufficio_chiuso(self) -> bool:
        """Its office receives nothing any more."""
        return not self.ufficio.attivo

    @property
    def condizioni(self) -> Condizioni:
        """What it asks. Raises RegolaGuasta when what is written cannot be read."""
        return Condizioni(
            categorie=_parole(self.categorie),
            quartieri=_parole(self.quartieri),
            risposte=_coppie(self.risposte),
            giorni=_giorni(self.giorni),
            dalle=self.dalle,
            alle=self.alle,
            dal=self.dal,
            al=self.al,
        )

    def fotografia(self) -> dict[str, Any]:
        """All that it says, as JSON: a row of its history."""
        return {
            "nome": self.nome,
            "ordine": self.ordine,
            "attiva": self.attiva,
            "ufficio": self.ufficio.slug,
            "categorie": self.categorie,
            "quartieri": self.quartieri,
            "risposte": self.risposte,
            "giorni": self.giorni,
            "nota": self.nota,
            **{nome: _iso(getattr(self, nome)) for nome in ("dalle", "alle", "dal", "al")},
        }


def _iso(valore: date | time | None) -> str:
    return valore.isoformat() if valore else ""


def _non_si_legge() -> RegolaGuasta:
    return RegolaGuasta(_text("Una condizione è scritta in un modo che non si capisce."))


def _parole(valore: object) -> list[str]:
    if not isinstance(valore, list) or not all(isinstance(voce, str) for voce in valore):
        raise _non_si_legge()
    return valore


def _coppie(valore: object) -> list[tuple[str, str]]:
    if not isinstance(valore, list):
        raise _non_si_legge()
    coppie = [tuple(_parole(voce)) for voce in valore]
    if any(len(coppia) != 2 for coppia in coppie):
        raise _non_si_legge()
    return [(coppia[0], coppia[1]) for coppia in coppie]


def _giorni(valore: object) -> list[int]:
    if not isinstance(valore, list) or not all(isinstance(voce, int) and 0 <= voce <= 6 for voce in valore):
        raise _non_si_legge()
    return valore


class CosaCambia(models.TextChoices):
    """What happened to a rule."""

    CREATA = "creata", _("Creata")
    CAMBIATA = "cambiata", _("Cambiata")
    SPOSTATA = "spostata", _("Spostata")
    ACCESA = "accesa", _("Accesa")
    SPENTA = "spenta", _("Spenta")
    GUASTA = "guasta", _("Non ha funzionato")


class CambioRegola(SoloAggiunta):
    """One change of a rule: who, when, what it says since then. autore None: the system. The newest key is the
    version of the whole list."""

    regola = models.ForeignKey(Regola, on_delete=models.PROTECT, related_name="cambi")
    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cosa = models.CharField(_("che cosa"), max_length=10, choices=CosaCambia)
    nota = models.CharField(_("motivo"), max_length=300, blank=True)
    dopo: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("come è adesso"))

    class Meta:
        verbose_name = _("cambio di una regola")
        verbose_name_plural = _("cambi delle regole")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.regola_id} {self.cosa}"
