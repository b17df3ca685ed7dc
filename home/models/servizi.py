"""Servizi: categories, and the sheet of a service as the model of Italian municipal sites wants it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import SezioneBlock
from cms.collegamenti import un_indirizzo
from cms.models import BasePage
from home.models.amministrazione import UfficioPage
from home.models.pagina import Elenco, PaginaDelSito

# The sections of a sheet: (id, title, data-element), in the one order that the model allows.
SEZIONI = (
    ("a_chi", gettext_lazy("A chi è rivolto"), "service-addressed"),
    ("come_fare", gettext_lazy("Come fare"), "service-how-to"),
    ("cosa_serve", gettext_lazy("Cosa serve"), "service-needed"),
    ("cosa_si_ottiene", gettext_lazy("Cosa si ottiene"), "service-achieved"),
    ("tempi", gettext_lazy("Tempi e scadenze"), "service-calendar-text"),
    ("accedi", gettext_lazy("Accedi al servizio"), ""),
    ("condizioni", gettext_lazy("Condizioni di servizio"), ""),
    ("contatti", gettext_lazy("Contatti"), ""),
)

PRIMA = ("a_chi", "come_fare", "cosa_serve", "cosa_si_ottiene", "tempi")  # fields of their own, before the ways in


class ServiziPage(Elenco):
    """The first level: categories, and the services asked for most."""

    template = "home/servizi.html"
    dato_figlia = "service-category-link"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.CategoriaServiziPage"]

    class Meta:
        verbose_name = gettext_lazy("servizi")
        verbose_name_plural = gettext_lazy("servizi")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tutti = ServizioPage.objects.descendant_of(self).live().public().order_by("title")
        in_evidenza = list(tutti.filter(in_evidenza=True)[:6])
        return super().get_context(request, *args, **kwargs) | {"in_evidenza": in_evidenza, "quanti": tutti.count()}


class CategoriaServiziPage(Elenco):
    """Services of one kind."""

    template = "home/elenco.html"
    dato_figlia = "service-link"
    parent_page_types = ["home.ServiziPage"]
    subpage_types = ["home.ServizioPage"]

    class Meta:
        verbose_name = gettext_lazy("categoria di servizi")
        verbose_name_plural = gettext_lazy("categorie di servizi")

    def righe(self, request: HttpRequest) -> models.QuerySet[Any]:
        """By name."""
        servizi: models.QuerySet[Any] = self.get_children().live().public().order_by("title")
        return servizi


def _sezione(nome: str, aiuto: str = "") -> Any:
    return StreamField(SezioneBlock(), verbose_name=gettext_lazy(nome), help_text=aiuto)


class ServizioPage(PaginaDelSito):
    """What one can ask of the Comune, and how: every part is there, in the order of SEZIONI."""

    attivo = models.BooleanField(gettext_lazy("attivo"), default=True)
    perche_fermo = models.CharField(gettext_lazy("perché non è attivo"), max_length=255, blank=True)
    in_evidenza = models.BooleanField(gettext_lazy("in evidenza"), default=False)
    quanto_ci_vuole = models.CharField(gettext_lazy("quanto ci vuole"), max_length=60)
    quanto_costa = models.CharField(gettext_lazy("quanto costa"), max_length=60)
    account = models.CharField(gettext_lazy("serve un account?"), max_length=60)

    a_chi = _sezione("A chi è rivolto")
    come_fare = _sezione("Come fare")
    cosa_serve = _sezione("Cosa serve")
    cosa_si_ottiene = _sezione("Cosa si ottiene")
    tempi = _sezione("Tempi e scadenze")
    condizioni = _sezione("Condizioni di servizio")

    online_testo = models.CharField(gettext_lazy("parole del bottone"), max_length=60, blank=True)
    online_indirizzo = models.CharField(
        gettext_lazy("dove porta"), max_length=255, blank=True, validators=[un_indirizzo]
    )
    appuntamento = models.BooleanField(gettext_lazy("si può prenotare un appuntamento"), default=True)
    di_persona = models.CharField(
        gettext_lazy("di persona o per telefono"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("Come si fa per chi non usa il sito."),
    )
    ufficio = models.ForeignKey(
        UfficioPage, verbose_name=gettext_lazy("chi risponde"), on_delete=models.PROTECT, related_name="servizi"
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("attivo"), FieldPanel("in_evidenza")]),
        FieldPanel("perche_fermo"),
        MultiFieldPanel(
            [FieldPanel("quanto_ci_vuole"), FieldPanel("quanto_costa"), FieldPanel("account")],
            heading=gettext_lazy("In breve"),
        ),
        *(FieldPanel(nome) for nome in PRIMA),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("online_testo"), FieldPanel("online_indirizzo")]),
                FieldPanel("appuntamento"),
                FieldPanel("di_persona"),
            ],
            heading=gettext_lazy("Accedi al servizio"),
        ),
        FieldPanel("condizioni"),
        FieldPanel("ufficio"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *(index.SearchField(nome) for nome in (*PRIMA, "condizioni")),
    ]
    specie = "servizi"
    template = "home/servizio.html"
    tipo_dato = "GovernmentService"
    parent_page_types = ["home.CategoriaServiziPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("servizio")
        verbose_name_plural = gettext_lazy("servizi")

    def clean(self) -> None:
        """A service that is not running says why; a button has words and a destination."""
        super().clean()
        errori = {}
        if not self.attivo and not self.perche_fermo:
            errori["perche_fermo"] = _("Di’ perché non è attivo.")
        if bool(self.online_testo) != bool(self.online_indirizzo):
            errori["online_indirizzo"] = _("Il bottone ha bisogno di parole e di un indirizzo.")
        if not (self.online_indirizzo or self.appuntamento or self.di_persona):
            errori["di_persona"] = _("Almeno un modo per accedere al servizio ci vuole.")
        if errori:
            raise ValidationError(errori)

    def indice(self) -> list[tuple[str, str]]:
        """Always all of them."""
        return [(chiave, str(titolo)) for chiave, titolo, _dato in SEZIONI]

    def dati_per_macchine(self, request: HttpRequest) -> dict[str, Any]:
        """With who gives it and where."""
        canale: dict[str, Any] = {"@type": "ServiceChannel"}
        if self.online_indirizzo:
            canale["serviceUrl"] = request.build_absolute_uri(self.online_indirizzo)
        canale["serviceLocation"] = {"@type": "Place", "name": self.ufficio.title, "address": self.ufficio.sede}
        return super().dati_per_macchine(request) | {
            "serviceType": self.title,
            "serviceOperator": {"@type": "GovernmentOrganization", "name": "Comune di Lucca"},
            "areaServed": {"@type": "AdministrativeArea", "name": "Lucca"},
            "availableChannel": canale,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        parti = [(chiave, titolo, dato, getattr(self, chiave, None)) for chiave, titolo, dato in SEZIONI]
        return context | {"parti": parti, "recapiti": self.ufficio.recapiti()}
