"""What people choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.lingue import IN_ITALIANO
from cms.models import Argomento
from home.models import RubricaPage
from notiziario.actions import Scelte
from notiziario.models import Abbonamento, Cadenza


class SceltaForm(forms.Form):
    """Topics, kinds, frequency."""

    use_required_attribute = False

    argomenti = forms.ModelMultipleChoiceField(
        label=_("Di che cosa"),
        help_text=_("Se non ne scegli nessuno, ricevi tutto."),
        queryset=Argomento.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rubriche = forms.ModelMultipleChoiceField(
        label=_("Quali novità"),
        help_text=_("Se non ne scegli nessuna, le ricevi tutte."),
        queryset=RubricaPage.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cadenza = forms.ChoiceField(
        label=_("Ogni quanto"),
        choices=Cadenza.choices,
        initial=Cadenza.SUBITO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli ogni quanto.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        italiane = RubricaPage.objects.live().public().filter(IN_ITALIANO)
        self.fields["rubriche"].queryset = italiane.order_by("path")  # type: ignore[attr-defined]

    @property
    def scelte(self) -> Scelte:
        """What a valid form says."""
        dati = self.cleaned_data
        return Scelte(tuple(dati["argomenti"]), tuple(dati["rubriche"]), dati["cadenza"])


class IscrivitiForm(SceltaForm):
    """The same, and the mailbox of who has no account."""

    email = forms.EmailField(
        label=_("Indirizzo e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Scrivi il tuo indirizzo e-mail."),
            "invalid": _("Controlla l’indirizzo: è fatto come nome@esempio.it."),
        },
    )


def iniziali(abbonamento: Abbonamento) -> dict[str, Any]:
    """What a subscription says, as the form shows it."""
    argomenti = abbonamento.seguiti.filter(argomento__isnull=False)
    rubriche = abbonamento.rubriche.filter(rubrica__isnull=False)
    return {
        "argomenti": list(argomenti.values_list("argomento__slug", flat=True)),
        "rubriche": list(rubriche.values_list("rubrica__slug", flat=True)),
        "cadenza": abbonamento.cadenza,
    }
