"""The opinion as it is sent, and why its words are covered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiarezza.domande import PAROLE_MASSIMO, STELLE, Motivo
from chiarezza.models import MotivoOscuramento
from core.dati_personali import elenca, trova


class GiudizioForm(forms.Form):
    """Stars, then one reason, then words. Words with personal data are sent back: nobody here could answer them."""

    voto = forms.TypedChoiceField(
        coerce=int,
        choices=[(n, str(n)) for n in STELLE],
        error_messages={
            "required": gettext_lazy("Scegli da 1 a 5 stelle."),
            "invalid_choice": gettext_lazy("Scegli da 1 a 5 stelle."),
        },
    )
    motivo = forms.ChoiceField(choices=Motivo.choices, required=False)
    # Its length is said, never cut: a long paste would be eaten.
    parole = forms.CharField(required=False)
    # For programs that fill in whatever they find: people do not see it.
    sito = forms.CharField(required=False)

    def clean_parole(self) -> str:
        parole: str = self.cleaned_data["parole"].replace("\r\n", "\n")
        if len(parole) > PAROLE_MASSIMO:
            di_meno = _("È troppo lungo: al massimo %(n)d caratteri. Il testo è ancora qui, accorcialo.")
            raise ValidationError(di_meno % {"n": PAROLE_MASSIMO}, code="max_length")
        if trovati := trova(parole):
            togli = _(
                "Togli %(cose)s: qui non possiamo rispondere a nessuno. Per avere una risposta chiedi assistenza."
            )
            raise ValidationError(togli % {"cose": elenca(trovati)}, code="dati_personali")
        return parole

    def clean_sito(self) -> str:
        if self.cleaned_data["sito"]:
            raise ValidationError(_("Svuota questo campo: serve a fermare i programmi che scrivono da soli."))
        return ""

    @property
    def voto_scelto(self) -> int | None:
        """The stars, also where something else is wrong; None when they are not chosen, or a program wrote."""
        if "sito" in self.errors:
            return None
        voto: Any = self.cleaned_data.get("voto")
        return voto or None


class OscuraForm(forms.Form):
    """Why words are covered."""

    motivo = forms.ChoiceField(label=gettext_lazy("Perché"), choices=MotivoOscuramento.choices)
