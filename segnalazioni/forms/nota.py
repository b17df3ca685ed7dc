"""What a colleague writes to the others about a case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from segnalazioni.forms.scrivania import TESTO_MASSIMO


class NotaForm(forms.Form):
    """An internal note. avvisa: somebody to tell, for who does not write an @ by hand."""

    prefix = "annota"

    chiave = forms.UUIDField(widget=forms.HiddenInput)
    corregge = forms.UUIDField(widget=forms.HiddenInput, required=False)
    testo = forms.CharField(
        label=gettext_lazy("Nota per i colleghi"),
        max_length=TESTO_MASSIMO,
        widget=forms.Textarea(attrs={"rows": 2, "data-lp-menziona": ""}),
    )
    avvisa = forms.ChoiceField(
        label=gettext_lazy("Avvisa"), required=False, widget=forms.Select(attrs={"data-lp-colleghi": ""})
    )

    def __init__(self, data: Any = None, *, colleghi: dict[str, User], **altro: Any) -> None:
        """colleghi: who may be called, by what they are called."""
        altro.setdefault("initial", {}).setdefault("chiave", uuid.uuid4())
        super().__init__(data, **altro)
        scelte = sorted((chi.nome, nome) for nome, chi in colleghi.items())
        campo = self.fields["avvisa"]
        if isinstance(campo, forms.ChoiceField):
            campo.choices = [("", _("nessuno")), *((nome, f"{chi} (@{nome})") for chi, nome in scelte)]
        self.fields["testo"].help_text = _("Per avvisare qualcuno scrivi @ e il suo nome, per esempio @%(nome)s.") % {
            "nome": scelte[0][1] if scelte else "nome.cognome"
        }

    def clean(self) -> dict[str, Any]:
        """Who was chosen from the list is called in the words, as if by hand."""
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        testo, avvisa = dati.get("testo", ""), dati.get("avvisa")
        if testo and avvisa and f"@{avvisa}" not in testo:
            dati["testo"] = f"@{avvisa} {testo}"
        return dati
