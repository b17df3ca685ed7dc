"""In the editors' site the office keeps its counters: where they are, when they open, what one may book."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from comune.wagtail_hooks import Registro, SoloSeNonUsato
from sportelli.actions import applica_gli_orari, nelle_chiusure
from sportelli.models import Sportello

register_permission_policy(Sportello, SoloSeNonUsato(Sportello))


class SportelloForm(WagtailAdminModelForm):
    """Refuses what would leave appointments without what they are for, and hours that run into each other; asks once
    more before a closure cancels appointments."""

    conferma = forms.BooleanField(
        required=False,
        label=gettext_lazy("Sì, annulla gli appuntamenti di quei giorni e avvisa le persone"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["conferma"]

    def is_valid(self) -> bool:
        """Last, on the rows as they would be saved: how many appointments go. The tick is there only when some do."""
        valido = bool(super().is_valid())
        quanti = len(nelle_chiusure(self.save(commit=False))) if valido and self.instance.pk else 0
        if not quanti:
            self.fields.pop("conferma", None)
        elif not self.cleaned_data["conferma"]:
            frase = ngettext(
                "%(n)d appuntamento sarà annullato e la persona avvisata: confermi? Spunta la casella e salva di "
                "nuovo.",
                "%(n)d appuntamenti saranno annullati e le persone avvisate: confermi? Spunta la casella e salva di "
                "nuovo.",
                quanti,
            )
            self.add_error("conferma", frase % {"n": quanti})
        return valido and not self.errors

    def clean(self) -> dict[str, Any]:
        """Also looks into the rows of the inline panels."""
        dati: dict[str, Any] = super().clean()
        for riga in self.formsets["prestazioni"].deleted_forms:
            if riga.instance.pk and riga.instance.appuntamenti.exists():
                riga.add_error(None, _("Ha degli appuntamenti: invece di toglierla, spegnila."))
                self.add_error(None, _("«%(nome)s» ha degli appuntamenti: spegnila.") % {"nome": riga.instance})
        if self._sovrapposti():
            self.add_error(None, _("Due orari dello stesso giorno si sovrappongono: correggili."))
        return dati

    def _sovrapposti(self) -> bool:
        self.formsets["orari"].is_valid()  # Wagtail asks the rows only after the form
        righe = [riga.cleaned_data for riga in self.formsets["orari"].forms if getattr(riga, "cleaned_data", None)]
        fasce = sorted(
            (riga["giorno"], riga["dalle"], riga["alle"])
            for riga in righe
            if not riga.get("DELETE") and all(riga.get(nome) is not None for nome in ("giorno", "dalle", "alle"))
        )
        return any(una[0] == altra[0] and altra[1] < una[2] for una, altra in pairwise(fasce))


_FASCIA = [
    FieldRowPanel([FieldPanel("dalle"), FieldPanel("alle")]),
    FieldRowPanel([FieldPanel("accesso"), FieldPanel("postazioni")]),
]


class SportelloViewSet(Registro):
    """The counters. One that is no more is switched off: its appointments go on being told."""

    model = Sportello
    icon = "site"
    menu_order = 252
    add_to_admin_menu = True
    con = ("ufficio",)
    list_display = ["nome", "ufficio", "indirizzo", BooleanColumn("attivo")]
    list_filter = ["attivo", "ufficio"]
    search_fields = ["nome", "slug", "scopo"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "Quello che non è certo lascialo vuoto: sul sito si legge «da confermare». I giorni festivi e il "
                    "12 luglio sono chiusi da soli. Se cambi gli orari, gli appuntamenti già presi restano; se scrivi "
                    "una chiusura, quelli di quei giorni vengono annullati e le persone avvisate: prima di farlo ti "
                    "chiediamo conferma."
                )
            ),
            TitleFieldPanel("nome", targets=["slug"]),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("scopo"),
            FieldPanel("ufficio"),
            FieldPanel("indirizzo"),
            FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
            FieldRowPanel([FieldPanel("telefono"), FieldPanel("email"), FieldPanel("pec")]),
            FieldPanel("come_arrivare"),
            FieldRowPanel([FieldPanel("ordine"), FieldPanel("attivo")]),
            InlinePanel("orari", [FieldPanel("giorno"), *_FASCIA], heading=gettext_lazy("Orari della settimana")),
            InlinePanel(
                "chiusure",
                [FieldRowPanel([FieldPanel("dal"), FieldPanel("al")]), FieldPanel("motivo")],
                heading=gettext_lazy("Chiusure"),
            ),
            FieldPanel("conferma"),
            InlinePanel(
                "aperture",
                [FieldPanel("giorno"), *_FASCIA, FieldPanel("motivo")],
                heading=gettext_lazy("Aperture straordinarie"),
            ),
            InlinePanel(
                "prestazioni",
                [
                    FieldPanel("nome"),
                    FieldRowPanel([FieldPanel("minuti"), FieldPanel("ordine"), FieldPanel("attiva")]),
                    FieldPanel("da_portare"),
                ],
                heading=gettext_lazy("Per che cosa si prenota"),
            ),
        ],
        base_form_class=SportelloForm,
    )


register_snippet(SportelloViewSet)


def dopo_lo_sportello(request: HttpRequest, instance: Model) -> None:
    """Turns follow the hours at once; whoever saved is told how many appointments a closure has cancelled."""
    if not isinstance(instance, Sportello):
        return
    annullati = applica_gli_orari(instance).annullati
    if annullati:
        frase = ngettext(
            "%(n)d appuntamento annullato per la chiusura: la persona è stata avvisata.",
            "%(n)d appuntamenti annullati per la chiusura: le persone sono state avvisate.",
            annullati,
        )
        messages.warning(request, frase % {"n": annullati})


hooks.register("after_create_snippet", dopo_lo_sportello)
hooks.register("after_edit_snippet", dopo_lo_sportello)
