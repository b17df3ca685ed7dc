"""How the figures are narrowed (GET). A value that does not exist narrows nothing: an old link still opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Canale
from comune.models import Quartiere, Ufficio
from core.tempo import oggi
from segnalazioni.forms.elenco import che_si_conta
from segnalazioni.models import Categoria
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.statistiche import Periodo

SETTIMANE, ANNO = 12, 365
PERIODI = {
    "settimane": gettext_lazy("ultime 12 settimane"),
    "anno": gettext_lazy("ultimo anno"),
    "sempre": gettext_lazy("da sempre"),
    "date": gettext_lazy("da quando a quando"),
}


def _giorno(etichetta: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=etichetta, required=False, widget=widget, validators=[che_si_conta])


class FiltriStatistiche(forms.Form):
    """The period of arrival, and what the queue can be narrowed by too."""

    periodo = forms.ChoiceField(label=gettext_lazy("Periodo"), required=False)
    dal = _giorno(gettext_lazy("Dal"))
    al = _giorno(gettext_lazy("Al"))
    categoria = forms.ChoiceField(label=gettext_lazy("Categoria"), required=False)
    quartiere = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    ufficio = forms.ChoiceField(label=gettext_lazy("Ufficio"), required=False)
    canale = forms.ChoiceField(label=gettext_lazy("Canale"), required=False)

    _DOVE = {
        "ufficio": "ufficio__slug",
        "categoria": "categoria__madre__codice",
        "quartiere": "contributo__quartiere__slug",
        "canale": "contributo__canale",
    }

    def __init__(self, data: Mapping[str, Any], *, uffici: frozenset[int] | None) -> None:
        """uffici: keys of the offices to choose from; None for all (URP)."""
        super().__init__(data)
        for nome, scelte in self._scelte(uffici).items():
            campo = self.fields[nome]
            if isinstance(campo, forms.ChoiceField):
                campo.choices = scelte
        self.is_valid()

    @staticmethod
    def _scelte(uffici: frozenset[int] | None) -> dict[str, list[tuple[str, str]]]:
        casa = Ufficio.objects.all() if uffici is None else Ufficio.objects.filter(pk__in=uffici)
        gruppi = Categoria.objects.filter(madre__isnull=True).order_by("ordine", "codice")
        return {
            "periodo": [(valore, str(parole)) for valore, parole in PERIODI.items()],
            "categoria": [("", _("tutte")), *gruppi.values_list("codice", "nome")],
            "quartiere": [("", _("tutte")), *Quartiere.objects.values_list("slug", "nome")],
            "ufficio": [("", _("tutti")), *casa.values_list("slug", "nome")],
            "canale": [("", _("tutti")), *((v, str(parola).lower()) for v, parola in Canale.choices)],
        }

    @property
    def periodo_scelto(self) -> str:
        """A name of PERIODI: the one asked for, else dates if there are any, else the last weeks."""
        chiesto = self.cleaned_data.get("periodo")
        if not chiesto and (self.cleaned_data.get("dal") or self.cleaned_data.get("al")):
            return "date"
        return chiesto or "settimane"

    @property
    def periodo_in_giorni(self) -> Periodo:
        """The days of arrival that are counted; of two dates the earlier comes first."""
        fine = oggi()
        if self.periodo_scelto == "settimane":
            return Periodo(fine - timedelta(days=7 * SETTIMANE - 1), fine)
        if self.periodo_scelto == "anno":
            return Periodo(fine - timedelta(days=ANNO - 1), fine)
        dal: date | None = self.cleaned_data.get("dal")
        al: date = self.cleaned_data.get("al") or fine
        if self.periodo_scelto == "sempre":
            return Periodo(None, fine)
        return Periodo(min(dal, al), max(dal, al)) if dal else Periodo(None, al)

    @property
    def valori(self) -> dict[str, str]:
        """What the figures are narrowed by, as a query string has it; the dates only where they count."""
        date_scelte = ("dal", "al") if self.periodo_scelto == "date" else ()
        nomi = [n for n in self.fields if n not in ("dal", "al") or n in date_scelte]
        scelti = {nome: self.cleaned_data.get(nome) for nome in nomi} | {"periodo": self.periodo_scelto}
        return {n: v.isoformat() if isinstance(v, date) else v for n, v in scelti.items() if v}

    @property
    def campi(self) -> list[dict[str, Any]]:
        """The choices as components/setaccio_scrivania.html wants them."""
        return [
            {
                "id": f"s-{nome}",
                "nome": nome,
                "etichetta": campo.label,
                "scelte": campo.choices,
                "valore": self.valori.get(nome, ""),
                "sempre": nome == "periodo",
            }
            for nome, campo in self.fields.items()
            if isinstance(campo, forms.ChoiceField)
        ]

    def applica(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        """The cases left, whatever the period."""
        scelti = {dove: self.cleaned_data.get(nome) for nome, dove in self._DOVE.items()}
        return casi.filter(**{dove: valore for dove, valore in scelti.items() if valore})
