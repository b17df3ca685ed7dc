"""How the public list is narrowed: by a link that can be kept, shared, followed as a feed and taken away as CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comune.models import Quartiere
from core.codici import cerca_codice
from core.ricerca import Domanda
from core.tempo import adesso
from segnalazioni.models import Categoria
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.workflow import CONCLUSE


def _risolte(casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
    return casi.filter(stato__in=CONCLUSE, risolta_il__isnull=False)


def _risolte_da_poco(casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
    # The list that the figure of the home page counts: SegnalazioneQuerySet.numeri_pubblici.
    return casi.filter(risolta_il__gte=adesso() - timedelta(days=7))


def _altre_concluse(casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
    return casi.filter(stato__in=CONCLUSE, risolta_il__isnull=True)


# Value in the address → words, and which cases.
STATI: dict[str, tuple[Any, Callable[[SegnalazioneQuerySet], SegnalazioneQuerySet]]] = {
    "aperte": (gettext_lazy("Aperte"), lambda casi: casi.aperte()),
    "in_ritardo": (gettext_lazy("Oltre il termine"), lambda casi: casi.in_ritardo()),
    "risolte": (gettext_lazy("Risolte"), _risolte),
    "risolte_settimana": (gettext_lazy("Risolte negli ultimi 7 giorni"), _risolte_da_poco),
    "altre": (gettext_lazy("Chiuse senza intervento"), _altre_concluse),
}


def che_si_conta(giorno: date) -> None:
    """Only a day one can count from: the calendar's ends would overflow."""
    if not 1990 <= giorno.year <= 2100:
        raise forms.ValidationError(_("Questo giorno non può essere."))


def numero_cercato(scritto: str) -> str | None:
    """The number of a case when that is what stands in a search box, whether or not there is such a case."""
    # A word is not a number: «lampioni» has eight letters that one time in 32 would pass for one.
    if not any(c.isdigit() or c == "-" for c in scritto):
        return None
    return cerca_codice(scritto)


class FiltriElenco(forms.Form):
    """The filters of the list (GET). What we do not understand narrows nothing and is named in `ignorati`."""

    q = forms.CharField(
        label=gettext_lazy("Parole, via o numero della segnalazione"), required=False, max_length=200, strip=True
    )
    stato = forms.ChoiceField(label=gettext_lazy("Stato"), required=False)
    categoria = forms.ChoiceField(label=gettext_lazy("Che cosa"), required=False)
    quartiere = forms.ChoiceField(label=gettext_lazy("Dove"), required=False)
    fino_al = forms.DateField(
        label=gettext_lazy("Arrivate fino al"),
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[che_si_conta],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="f-%s")
        gruppi = Categoria.objects.filter(madre__isnull=True).order_by("ordine", "codice").values_list("codice", "nome")
        self._scegli("stato", _("Tutte"), [(valore, str(parole)) for valore, (parole, _quali) in STATI.items()])
        self._scegli("categoria", _("Tutto"), list(gruppi))
        self._scegli("quartiere", _("Tutto il comune"), list(Quartiere.objects.values_list("slug", "nome")))
        self.is_valid()

    def _scegli(self, nome: str, tutte: str, scelte: list[tuple[str, str]]) -> None:
        self.fields[nome].choices = [("", tutte), *scelte]  # type: ignore[attr-defined]

    @property
    def valori(self) -> dict[str, str]:
        """What narrows the list now: name → value as it stands in the address, in the order of the fields."""
        return {nome: str(self.cleaned_data[nome]) for nome in self.fields if self.cleaned_data.get(nome)}

    @property
    def ignorati(self) -> list[str]:
        """Labels of the filters whose value means nothing to us."""
        return [str(self.fields[nome].label).lower() for nome in self.errors]

    @property
    def scelte(self) -> list[dict[str, Any]]:
        """The fields that are chosen from a list, for the form at the side: {nome, etichetta, scelte, valore}."""
        return [
            {
                "nome": nome,
                "etichetta": self.fields[nome].label,
                "scelte": self.fields[nome].choices,  # type: ignore[attr-defined]
                "valore": self.valori.get(nome, ""),
            }
            for nome in ("categoria", "quartiere")
        ]

    @property
    def codice(self) -> str | None:
        """The number of a case, when that is what was searched for; with or without its first letters."""
        return numero_cercato(self.cleaned_data.get("q", ""))

    def query(self, **altro: str) -> str:
        """The query string of these filters, changed by `altro` ("" takes one away); "" when nothing is left."""
        rimasti = {nome: valore for nome, valore in {**self.valori, **altro}.items() if valore}
        return f"?{urlencode(rimasti)}" if rimasti else ""

    def applica(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        """The cases left; every word searched for must stand, in some form, in what anybody reads of the case."""
        dati = self.cleaned_data
        if stato := dati.get("stato"):
            casi = STATI[stato][1](casi)
        if gruppo := dati.get("categoria"):
            casi = casi.filter(
                categoria__in=list(Categoria.objects.filter(madre__codice=gruppo).values_list("pk", flat=True))
            )
        if quartiere := dati.get("quartiere"):
            casi = casi.filter(contributo__quartiere__slug=quartiere)
        if fino_al := dati.get("fino_al"):
            casi = casi.filter(confermata_il__lt=make_aware(datetime.combine(fino_al + timedelta(days=1), time())))
        if scritto := dati.get("q"):
            casi = casi.filter(ricercabile__pubbliche__trova=Domanda.leggi(scritto))
        return casi
