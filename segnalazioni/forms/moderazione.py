"""What colleagues send when they cover, uncover or look at what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Visibilita
from core.immagini import Zona
from segnalazioni.actions import Perche
from segnalazioni.models import MotivoConsultazione, MotivoModerazione
from segnalazioni.parti import Parte

SPIEGAZIONE_MASSIMO = 1000
FRASI_MASSIMO = 20
ZONE_PER_VOLTA = 4


class _Perche(forms.Form):
    """A reason, and what the author will read."""

    use_required_attribute = False

    motivo = forms.ChoiceField(
        label=gettext_lazy("Perché"),
        choices=[("", gettext_lazy("Scegli un motivo")), *MotivoModerazione.choices],
        error_messages={"required": gettext_lazy("Scegli un motivo: lo legge chi ha segnalato.")},
    )
    spiegazione = forms.CharField(
        label=gettext_lazy("Spiegazione per chi ha segnalato"),
        required=False,
        max_length=SPIEGAZIONE_MASSIMO,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # One page carries several of these forms: ids must differ.
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        if dati.get("motivo") == MotivoModerazione.ALTRO and not dati.get("spiegazione"):
            self.add_error("spiegazione", _("Se il motivo è un altro, spiegalo."))
        return dati

    @property
    def perche(self) -> Perche:
        """The reason, as the actions take it."""
        return Perche(self.cleaned_data["motivo"], self.cleaned_data["spiegazione"])


class CopriForm(_Perche):
    """Phrases, one per line, and parts to cover from end to end."""

    frasi = forms.CharField(
        label=gettext_lazy("Parole da coprire, una voce per riga"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Si coprono dovunque si leggono: titolo, testo, risposte, passi, luogo."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    intere = forms.MultipleChoiceField(
        label=gettext_lazy("Oppure coprine una per intero"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["frasi", "intere", "motivo", "spiegazione"]

    def __init__(self, *args: Any, parti: Sequence[Parte], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intere"].choices = [(p.chiave, p.nome) for p in parti]  # type: ignore[attr-defined]

    def clean_frasi(self) -> list[str]:
        """The phrases, without empty lines."""
        frasi = [riga.strip() for riga in self.cleaned_data["frasi"].splitlines() if riga.strip()]
        if len(frasi) > FRASI_MASSIMO:
            raise forms.ValidationError(_("Al massimo %(n)d voci per volta."), params={"n": FRASI_MASSIMO})
        return frasi

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        if not dati.get("frasi") and not dati.get("intere") and not {"frasi", "intere"} & set(self.errors):
            self.add_error("frasi", _("Scrivi che cosa coprire, o scegline una per intero."))
        return dati


class ScopriForm(_Perche):
    """Covered parts to put back."""

    parti = forms.MultipleChoiceField(
        label=gettext_lazy("Che cosa scoprire"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Scegli che cosa scoprire.")},
    )
    field_order = ["parti", "motivo", "spiegazione"]

    def __init__(self, *args: Any, parti: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parti"].choices = parti  # type: ignore[attr-defined]


class VisibilitaForm(_Perche):
    """Who may read the case. "Oscurata" is not chosen: it follows from what is covered."""

    visibilita = forms.ChoiceField(
        label=gettext_lazy("Chi la può leggere"),
        choices=[
            (Visibilita.PUBBLICA, gettext_lazy("Tutti")),
            (Visibilita.PRIVATA, gettext_lazy("Solo chi ha segnalato")),
            (Visibilita.RIMOSSA, gettext_lazy("Fuori dagli uffici nessuno, nemmeno chi ha segnalato")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Scegli chi la può leggere.")},
    )
    field_order = ["visibilita", "motivo", "spiegazione"]


class PercheFotoForm(_Perche):
    """Why a photo is covered or uncovered."""


class ZonaForm(forms.Form):
    """One area of a photo, in per cent from the upper left corner."""

    use_required_attribute = False

    @staticmethod
    def _percento(nome: Any, minimo: float = 0) -> forms.FloatField:
        attrs = {"step": "any", "inputmode": "decimal"}
        return forms.FloatField(label=nome, min_value=minimo, max_value=100, widget=forms.NumberInput(attrs=attrs))

    x = _percento(gettext_lazy("Da sinistra, %"))
    y = _percento(gettext_lazy("Dall’alto, %"))
    larghezza = _percento(gettext_lazy("Larga, %"), 0.5)
    altezza = _percento(gettext_lazy("Alta, %"), 0.5)

    @property
    def zona(self) -> Zona:
        """The area."""
        return Zona(**{nome: self.cleaned_data[nome] for nome in ("x", "y", "larghezza", "altezza")})


ZoneFormSet = formset_factory(ZonaForm, extra=ZONE_PER_VOLTA, max_num=20, absolute_max=20, validate_max=True)


class ConsultaForm(forms.Form):
    """Why somebody needs to look."""

    use_required_attribute = False

    motivo = forms.ChoiceField(
        label=gettext_lazy("Perché ti serve"),
        choices=[("", gettext_lazy("Scegli")), *MotivoConsultazione.choices],
        error_messages={
            "required": gettext_lazy("Scegli perché ti serve: resta scritto."),
            "invalid_choice": gettext_lazy("Scegli perché ti serve: resta scritto."),
        },
    )
