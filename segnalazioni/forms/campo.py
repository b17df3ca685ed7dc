"""What a phone sends from the street: where it is, and what was done."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comune.models import Quartiere
from segnalazioni.actions import PASSI_DAL_CAMPO
from segnalazioni.forms.scrivania import TESTO_MASSIMO, FotoField


class PuntoForm(forms.Form):
    """A position of the device, WGS84 degrees."""

    lat = forms.FloatField(min_value=-90, max_value=90)
    lon = forms.FloatField(min_value=-180, max_value=180)


class DoveForm(forms.Form):
    """Where to look around, for who does not give a position: an address or an area."""

    q = forms.CharField(label=gettext_lazy("Via, piazza o luogo"), required=False, max_length=200)
    quartiere = forms.ModelChoiceField(
        label=gettext_lazy("Area"),
        queryset=Quartiere.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("scegli"),
    )


class FattoForm(forms.Form):
    """One step. chiave: made anew for each sending, by the phone or here; the same twice is done once."""

    chiave = forms.UUIDField(widget=forms.HiddenInput)
    versione = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    passo = forms.ChoiceField(choices=[(passo, passo) for passo in PASSI_DAL_CAMPO])
    testo = forms.CharField(required=False, max_length=TESTO_MASSIMO)
    foto = FotoField(required=False)

    @staticmethod
    def chiave_nuova() -> str:
        """For a form that is sent without a script."""
        return str(uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        """Done wants words for who reported."""
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        if dati.get("passo") == "risolvi" and not dati.get("testo", "").strip():
            self.add_error("testo", _("Scrivi che cosa è stato fatto: lo legge chi ha segnalato."))
        if dati.get("passo") != "risolvi":
            dati["foto"] = []
        return dati
