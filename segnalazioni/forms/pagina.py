"""What citizens send from the page of a case: an answer, a withdrawal, the wish to follow, an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from segnalazioni.forms.nuova import TestoPubblico
from segnalazioni.forms.scrivania import FotoField
from segnalazioni.models import Risolto

TESTO_MASSIMO = 5000  # characters of what a citizen says in one go


class _Modulo(forms.Form):
    """No browser bubbles: they would hide our summary and speak the browser's language."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # One page carries several forms: ids must differ.
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}-%s")
        super().__init__(*args, **kwargs)


def _parole(*, righe: int, **altro: Any) -> forms.CharField:
    # A validator and not max_length: the browser would cut what is pasted without saying so.
    widget = forms.Textarea(attrs={"rows": righe})
    return forms.CharField(widget=widget, validators=[MaxLengthValidator(TESTO_MASSIMO)], **altro)


def _email(**altro: Any) -> forms.EmailField:
    return forms.EmailField(
        label=_("Indirizzo e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Scrivi il tuo indirizzo e-mail."),
            "invalid": _("Controlla l’indirizzo: è fatto come nome@esempio.it."),
        },
        **altro,
    )


class _Pubblico(_Modulo, TestoPubblico):
    """Words that end up on the page of the case: personal data stop it where the page is public."""

    altrove = _("L’ufficio il tuo recapito, se l’hai lasciato, ce l’ha già.")
    _pubblici = ("testo",)

    def __init__(self, *args: Any, pubblica: bool = True, **kwargs: Any) -> None:
        """pubblica: anybody may read the case."""
        super().__init__(*args, **kwargs)
        self.si_legge = pubblica

    @property
    def dati(self) -> dict[str, Any]:
        """What the action takes."""
        return {nome: valore for nome, valore in self.cleaned_data.items() if nome != self.casella}


class _ConFoto(_Pubblico):
    """Words and photos."""

    foto = FotoField(
        label=_("Foto"),
        required=False,
        help_text=_("Fino a 5: JPEG, PNG, WebP o HEIC. Togliamo posizione e dati del telefono."),
        widget=FotoField.widget(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,.heic"}),
    )

    def clean(self) -> dict[str, Any]:
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and self.files and "foto" not in self.errors:
            self.add_error("foto", _("Scegli di nuovo le foto: il browser non le tiene da parte."))
        return dati


class RispostaForm(_ConFoto):
    """The answer to the office's question, with photos."""

    testo = _parole(
        righe=4,
        label=_("La tua risposta"),
        error_messages={"required": _("Scrivi la risposta, anche breve.")},
    )
    field_order = ("testo", "foto")


class OsservazioniForm(_ConFoto):
    """What who reported answers to a preavviso di rigetto."""

    testo = _parole(
        righe=5,
        label=_("Le tue osservazioni"),
        help_text=_("Scrivi perché, secondo te, la segnalazione va accolta. L’ufficio ne tiene conto."),
        error_messages={"required": _("Scrivi le osservazioni, anche brevi.")},
    )
    field_order = ("testo", "foto")


class ContestazioneForm(_ConFoto):
    """Why the answer does not do."""

    testo = _parole(
        righe=4,
        label=_("Che cosa non va nella risposta"),
        error_messages={"required": _("Scrivi che cosa non va: chi decide parte da qui.")},
    )
    field_order = ("testo", "foto")


class SollecitoForm(_Pubblico):
    """Asking for who may step in; the words are a kindness."""

    testo = _parole(
        righe=3,
        label=_("Vuoi aggiungere qualcosa?"),
        required=False,
        help_text=_("Non è necessario: chi interviene vede già tutta la storia."),
    )


class GradimentoForm(_Modulo):
    """What who reported thinks of how it ended. Read by the office only."""

    risolto = forms.ChoiceField(
        label=_("Il problema è risolto?"),
        choices=Risolto.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Di’ se il problema è risolto.")},
    )
    voto = forms.TypedChoiceField(
        label=_("Da 1 a 5, come è andata?"),
        choices=[(1, _("1, male")), (2, "2"), (3, "3"), (4, "4"), (5, _("5, bene"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli un voto da 1 a 5.")},
    )
    parole = _parole(
        righe=3, label=_("Vuoi dire perché?"), required=False, help_text=_("Lo legge solo il Comune, non il pubblico.")
    )


class RitiroForm(_Pubblico):
    """Taking the report back; the reason is a kindness."""

    testo = _parole(
        righe=2,
        label=_("Perché la ritiri"),
        required=False,
        help_text=_("Per esempio: si è risolto da solo. Si leggerà nella pagina."),
    )


class SeguiForm(_Modulo):
    """ "Anche a me" or only following; the address is for who has no account and wants the updates."""

    FIRMA, SEGUI, SMETTI = "firma", "segui", "smetti"

    che = forms.ChoiceField(
        choices=[(FIRMA, FIRMA), (SEGUI, SEGUI), (SMETTI, SMETTI)],
        widget=forms.HiddenInput,
        error_messages={"required": _("Scegli che cosa fare."), "invalid_choice": _("Scegli che cosa fare.")},
    )
    email = _email(required=False)

    def __init__(self, *args: Any, serve_email: bool = False, **kwargs: Any) -> None:
        """serve_email: a guest who wants to follow has to say where we write."""
        super().__init__(*args, **kwargs)
        self.serve_email = serve_email

    def clean(self) -> dict[str, Any]:
        dati: dict[str, Any] = super().clean() or self.cleaned_data
        manca = not dati.get("email") and "email" not in self.errors
        if self.serve_email and manca and dati.get("che") == self.SEGUI:
            self.add_error("email", _("Scrivi il tuo indirizzo e-mail: le novità arrivano lì."))
        return dati


class IndirizzoForm(_Modulo):
    """An address to write to."""

    email = _email()
