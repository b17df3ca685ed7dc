"""What colleagues send about their own tools: views that they keep, canned answers, one step on many cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comune.models import Ruolo, Ufficio
from comune.ruoli import e_urp, incarichi_di, uffici_di
from core.testo import pulito
from segnalazioni.forms.scrivania import TESTO_MASSIMO
from segnalazioni.models import RispostaPronta, VistaSalvata
from segnalazioni.racconto.variabili import VARIABILI, sconosciute
from segnalazioni.workflow import PROCEDURA

if TYPE_CHECKING:
    from accounts.models import User


def senza_sconosciute(testo: str) -> str:
    """The words, clean; refuses braces that hold no variable, or one day a citizen would read them."""
    testo = pulito(testo)
    if strane := sconosciute(testo):
        raise forms.ValidationError(
            _("%(strane)s: non è una variabile. Ci sono %(note)s.")
            % {
                "strane": ", ".join(f"{{{nome}}}" for nome in strane),
                "note": get_text_list([f"{{{nome}}}" for nome in VARIABILI], _("e")),
            }
        )
    return testo


class _ConUfficio(forms.ModelForm):  # type: ignore[type-arg]  # no subscript at run time
    """`ufficio`: one of those that this colleague may choose, or nobody's in particular."""

    def scegli_ufficio(self, quali: Any, *, nessuno: str | None) -> None:
        """quali: the offices; nessuno: words of the choice without one, None where there must be one."""
        campo: Any = self.fields["ufficio"]
        campo.queryset, campo.empty_label, campo.required = quali, nessuno, nessuno is None
        self.use_required_attribute = False


class VistaForm(_ConUfficio):
    """A view that is kept: its name, with whom it is shared, its place in the list."""

    class Meta:
        model = VistaSalvata
        fields = ["nome", "ufficio", "ordine"]
        labels = {"ufficio": gettext_lazy("Chi la vede")}
        widgets = {"nome": forms.TextInput(attrs={"type": "text", "autocomplete": "off"})}

    def __init__(self, utente: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utente = utente
        self.scegli_ufficio(Ufficio.objects.filter(pk__in=uffici_di(utente)), nessuno=_("solo io"))
        if self.instance.pk is None:
            del self.fields["ordine"]

    def clean_nome(self) -> str:
        """One name, one view of mine."""
        nome = pulito(self.cleaned_data["nome"])
        altre = VistaSalvata.objects.filter(utente=self.utente, nome=nome).exclude(pk=self.instance.pk)
        if self.instance.pk is not None and altre.exists():
            raise forms.ValidationError(_("Hai già un elenco con questo nome."))
        return nome


class RispostaForm(_ConUfficio):
    """A canned answer; who heads an office writes for that office, the URP for all."""

    passi = forms.MultipleChoiceField(
        label=gettext_lazy("Per quali passi"),
        required=False,
        help_text=gettext_lazy("Nessuno scelto: per tutti."),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = RispostaPronta
        fields = ["titolo", "testo", "ufficio", "passi", "attiva", "ordine"]
        labels = {"ufficio": gettext_lazy("Per chi")}
        widgets = {
            "titolo": forms.TextInput(attrs={"type": "text", "autocomplete": "off"}),
            "testo": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, utente: User, passi: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """passi: (step, words) to choose from."""
        super().__init__(*args, **kwargs)
        campo: Any = self.fields["passi"]
        campo.choices = passi
        self.fields["testo"].help_text = _("Fra graffe quello che cambia: %(note)s.") % {
            "note": ", ".join(f"{{{nome}}} {che}" for nome, (che, _f) in VARIABILI.items())
        }
        self.scegli_ufficio(uffici_scrivibili(utente), nessuno=_("tutti gli uffici") if e_urp(utente) else None)

    def clean_testo(self) -> str:
        """Only variables that there are."""
        return senza_sconosciute(self.cleaned_data["testo"])


def uffici_scrivibili(utente: User) -> Any:
    """The offices whose canned answers this colleague may write: all for the URP, those they head for others."""
    if e_urp(utente):
        return Ufficio.objects.filter(attivo=True)
    return Ufficio.objects.filter(pk__in=diretti_da(utente))


def diretti_da(utente: User) -> frozenset[int]:
    """Keys of the offices that somebody heads today."""
    return frozenset(ufficio for ufficio, ruolo in incarichi_di(utente) if ruolo == Ruolo.RESPONSABILE)


class MassaForm(forms.Form):
    """The data of a step for many: those of its line of the table, the same for all but for the variables."""

    ufficio = forms.ModelChoiceField(
        label=gettext_lazy("Ufficio"),
        queryset=Ufficio.objects.filter(attivo=True),
        to_field_name="slug",
        empty_label=gettext_lazy("Scegli un ufficio"),
    )
    testo = forms.CharField(max_length=TESTO_MASSIMO, widget=forms.Textarea(attrs={"rows": 5}))
    nota = forms.CharField(
        label=gettext_lazy("Nota per i colleghi"),
        required=False,
        max_length=TESTO_MASSIMO,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, passo: str, parole: str, data: Mapping[str, Any] | None = None, **altro: Any) -> None:
        """parole: what the public words are in this step."""
        super().__init__(data, **altro)
        riga = next(r for r in PROCEDURA.righe if r.passo == passo)
        for nome in [n for n in self.fields if n not in (*riga.serve, *riga.puo)]:
            del self.fields[nome]
        if "testo" in self.fields:
            self.fields["testo"].label = parole
            self.fields["testo"].required = "testo" in riga.serve
            self.fields["testo"].help_text = _(
                "Vale per tutte: {numero}, {luogo} e le altre variabili cambiano da sole."
            )
        self.use_required_attribute = False

    def clean_testo(self) -> str:
        """Only variables that there are."""
        return senza_sconosciute(self.cleaned_data["testo"])
