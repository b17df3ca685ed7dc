"""A rule of assignment as the URP writes it. The questions it may ask follow from the categories it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comune.models import Quartiere, Ufficio
from core.codici import cerca_codice
from segnalazioni.actions import DatiRegola
from segnalazioni.models import Categoria, Domanda, Regola, Segnalazione

NOTA_MASSIMA = 1000  # characters
_SI_NO = [("si", gettext_lazy("sì")), ("no", gettext_lazy("no"))]


def _ora(**altro: Any) -> forms.TimeField:
    return forms.TimeField(required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), **altro)


def _giorno(**altro: Any) -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **altro)


class RegolaForm(forms.Form):
    """One rule. With no condition at all it would take every report: that is refused."""

    versione = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    nome = forms.CharField(
        label=gettext_lazy("Nome"),
        max_length=120,
        help_text=gettext_lazy("Per esempio «Luce nel centro storico»: si legge nella storia dei casi."),
        widget=forms.TextInput(attrs={"type": "text", "autocomplete": "off"}),
    )
    ufficio = forms.ModelChoiceField(
        label=gettext_lazy("Va all’ufficio"),
        queryset=Ufficio.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Scegli un ufficio"),
    )
    categorie = forms.MultipleChoiceField(label=gettext_lazy("Categorie"), required=False)
    quartieri = forms.MultipleChoiceField(
        label=gettext_lazy("Quartieri"), required=False, widget=forms.CheckboxSelectMultiple
    )
    giorni = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Giorni della settimana"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Di quando viene confermata. Nessuno scelto: tutti."),
    )
    dalle, alle = _ora(label=gettext_lazy("Dalle ore")), _ora(label=gettext_lazy("Alle ore"))
    dal, al = _giorno(label=gettext_lazy("Dal giorno")), _giorno(label=gettext_lazy("Al giorno, compreso"))
    nota = forms.CharField(
        label=gettext_lazy("Perché, per i colleghi"),
        required=False,
        max_length=NOTA_MASSIMA,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, regola: Regola | None = None) -> None:
        """regola: the one that is changed; None for a new one."""
        super().__init__(data, initial=_iniziali(regola) if regola else {"versione": 0})
        self.regola = regola
        self.use_required_attribute = False
        self.foglie = list(Categoria.objects.foglie().in_ordine())
        self._scelte("categorie", self._codici())
        self._scelte("quartieri", list(Quartiere.objects.values_list("slug", "nome")))
        self._scelte("giorni", [(n, str(nome).capitalize()) for n, nome in WEEKDAYS.items()])
        uffici = self.fields["ufficio"]
        assert isinstance(uffici, forms.ModelChoiceField)  # noqa: S101  # declared above
        uffici.queryset = Ufficio.objects.filter(attivo=True)
        self.domande = domande_comuni(self.foglie, self._volute())
        for domanda in self.domande:
            self.fields[f"r_{domanda['chiave']}"] = _risposta(domanda, regola)

    def _scelte(self, nome: str, scelte: list[Any]) -> None:
        campo = self.fields[nome]
        assert isinstance(campo, forms.ChoiceField)  # noqa: S101  # declared above
        campo.choices = scelte

    def _codici(self) -> list[tuple[str, str]]:
        gruppi = {c.madre.codice: c.madre.nome for c in self.foglie if c.madre}
        return [*gruppi.items(), *((c.codice, c.nome) for c in self.foglie)]

    def _volute(self) -> list[str]:
        if self.is_bound:
            return list(self.data.getlist("categorie")) if hasattr(self.data, "getlist") else []
        return list(self.initial.get("categorie", []))

    @property
    def gruppi(self) -> list[dict[str, Any]]:
        """The taxonomy as ticks: groups, each with its categories; aperto: something in it is chosen."""
        scelte = set(self._volute())
        gruppi: dict[str, dict[str, Any]] = {}
        for foglia in self.foglie:
            madre = foglia.madre
            if madre is None:
                continue
            gruppo = gruppi.setdefault(
                madre.codice,
                {"codice": madre.codice, "nome": madre.nome, "scelto": madre.codice in scelte, "voci": [], "quante": 0},
            )
            gruppo["voci"].append({"codice": foglia.codice, "nome": foglia.nome, "scelto": foglia.codice in scelte})
            gruppo["quante"] += foglia.codice in scelte
        return list(gruppi.values())

    @property
    def campi_risposte(self) -> list[forms.BoundField]:
        """The fields of the questions that may be asked."""
        return [self[f"r_{domanda['chiave']}"] for domanda in self.domande]

    def clean(self) -> dict[str, Any]:
        """What is wrong with several fields together."""
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(dati.get("dalle")) != bool(dati.get("alle")) and not {"dalle", "alle"} & set(self.errors):
            manca = "alle" if dati.get("dalle") else "dalle"
            self.add_error(manca, _("Le ore si scrivono tutte e due."))
        if dati.get("dal") and dati.get("al") and dati["al"] < dati["dal"]:
            self.add_error("al", _("Finisce prima di cominciare."))
        if not self.errors and not self._qualcosa(dati):
            self.add_error(None, _("Senza nessuna condizione prenderebbe tutte le segnalazioni: mettine almeno una."))
        return dati

    def _qualcosa(self, dati: dict[str, Any]) -> bool:
        condizioni = ("categorie", "quartieri", "giorni", "dalle", "dal", "al")
        return any(dati.get(nome) is not None and dati.get(nome) != [] for nome in condizioni)

    @property
    def dati(self) -> DatiRegola:
        """What the actions take."""
        puliti = self.cleaned_data
        campi = ("nome", "ufficio", "categorie", "quartieri", "giorni", "dalle", "alle", "dal", "al", "nota")
        risposte = [[d["chiave"], puliti[f"r_{d['chiave']}"]] for d in self.domande if puliti[f"r_{d['chiave']}"]]
        return DatiRegola(**{nome: puliti[nome] for nome in campi}, risposte=risposte)


def _iniziali(regola: Regola) -> dict[str, Any]:
    campi = ("nome", "categorie", "quartieri", "giorni", "dalle", "alle", "dal", "al", "nota", "versione")
    return {nome: getattr(regola, nome) for nome in campi} | {
        "ufficio": regola.ufficio.slug if regola.ufficio.attivo else None
    }


def domande_comuni(foglie: list[Categoria], codici: list[str]) -> list[Domanda]:
    """The questions with set answers that all of these categories ask in the same way; none without categories."""
    scelte = [c for c in foglie if c.codice in codici or (c.madre and c.madre.codice in codici)]
    if not scelte:
        return []
    prime = [d for d in scelte[0].domande if d.get("tipo") in ("scelta", "si_no")]
    return [d for d in prime if all(_la_fa(c, d) for c in scelte)]


def _la_fa(categoria: Categoria, domanda: Domanda) -> bool:
    uguali = (d for d in categoria.domande if d["chiave"] == domanda["chiave"])
    return any(d.get("opzioni") == domanda.get("opzioni") and d.get("tipo") == domanda.get("tipo") for d in uguali)


def _risposta(domanda: Domanda, regola: Regola | None) -> forms.ChoiceField:
    opzioni = _SI_NO if domanda.get("tipo") == "si_no" else [(o, o) for o in domanda.get("opzioni", [])]
    volute = dict(coppia for coppia in regola.risposte if len(coppia) == 2) if regola else {}
    return forms.ChoiceField(
        label=domanda["testo"],
        required=False,
        choices=[("", _("qualunque risposta")), *opzioni],
        initial=volute.get(domanda["chiave"], ""),
    )


class ProvaForm(forms.Form):
    """One report by its number, to see what the rules would do with it (GET)."""

    numero = forms.CharField(
        label=gettext_lazy("Numero di una segnalazione"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "text", "autocomplete": "off", "spellcheck": "false"}),
    )
    caso: Segnalazione | None = None
    use_required_attribute = False

    def clean_numero(self) -> str:
        """The report stands in `caso`."""
        scritto: str = self.cleaned_data["numero"]
        if not scritto.strip():
            return ""
        codice = cerca_codice(scritto)
        if codice is None:
            raise forms.ValidationError(_("Non è un numero di segnalazione: è fatto come LU-7K3F-92QD."))
        self.caso = Segnalazione.objects.confermate().per_codice(codice).first()
        if self.caso is None:
            raise forms.ValidationError(_("Nessuna segnalazione con questo numero. Controlla le lettere."))
        return codice
