"""Asking for help: what it is about, how to answer; and the same read again before it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from accounts.models import User
from segnalazioni.actions import NuovaSegnalazione
from segnalazioni.forms.nuova import TESTO_MASSIMO, TESTO_MINIMO, ChiForm, TestoLibero
from segnalazioni.models import ASSISTENZA, Bozza, Categoria

PASSI = ("aiuto", "chi")
PAGINA_MASSIMO = 200


def categoria_di_assistenza() -> Categoria | None:
    """The category that help is asked under, while it is on."""
    return Categoria.objects.foglie().filter(codice=ASSISTENZA).first()


def argomenti(categoria: Categoria) -> list[str]:
    """What help may be about: the answers to the first question of the category."""
    domanda = next((d for d in categoria.domande if d["chiave"] == "argomento"), None)
    return list(domanda.get("opzioni", [])) if domanda else []


class AiutoForm(forms.Form):
    """What it is about, and the words. Nobody else reads them: personal data is no error here."""

    argomento = forms.ChoiceField(
        label=gettext_lazy("Di che cosa si tratta?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Scegli di che cosa si tratta. Va bene anche «Altro».")},
    )
    testo = TestoLibero(
        label=gettext_lazy("Di che cosa hai bisogno?"),
        help_text=gettext_lazy("Dillo con parole tue: che cosa volevi fare, che cosa è successo."),
        minimo=TESTO_MINIMO,
        massimo=TESTO_MASSIMO,
        righe=5,
        error_messages={"required": gettext_lazy("Scrivi di che cosa hai bisogno.")},
    )
    pagina = TestoLibero(label=gettext_lazy("La pagina o il servizio"), massimo=PAGINA_MASSIMO, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, categoria: Categoria, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.use_required_attribute = False
        scelte = [(voce, voce) for voce in argomenti(categoria)]
        self.fields["argomento"].choices = scelte  # type: ignore[attr-defined]


class RecapitoForm(ChiForm):
    """How to answer: e-mail or account; a telephone besides, for who wants to be rung."""

    telefono = forms.CharField(
        label=gettext_lazy("Telefono"),
        help_text=gettext_lazy("Solo se preferisci che ti chiamiamo."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        validators=[
            RegexValidator(
                r"^\+?(?:[ ./-]?\d){6,15}$", gettext_lazy("Scrivi il numero con le sole cifre, come 0583 4422.")
            )
        ],
    )


class Richiesta:
    """A request being written; bozza None: nothing has been written yet. Read again each time, by the same forms."""

    def __init__(self, bozza: Bozza | None, categoria: Categoria, user: User | AnonymousUser) -> None:
        self.bozza, self.categoria, self.user = bozza, categoria, user

    def di(self, passo: str) -> dict[str, Any]:
        """What was typed in a step, {} if it has not been seen."""
        return dict(self.bozza.dati.get(passo, {})) if self.bozza else {}

    @property
    def impronta(self) -> str:
        """Digest of all that was typed: what was reviewed is what is sent."""
        return hashlib.sha256(json.dumps(self.bozza.dati if self.bozza else {}, sort_keys=True).encode()).hexdigest()

    @cached_property
    def aiuto(self) -> AiutoForm:
        """Step 1, read again."""
        return AiutoForm(self.di("aiuto"), categoria=self.categoria)

    @cached_property
    def chi(self) -> RecapitoForm:
        """Step 2, read again."""
        return RecapitoForm(self.di("chi"), categoria=self.categoria, entrato=self.user.is_authenticated)

    def manca(self) -> str | None:
        """The first step that is not as it should be, or None."""
        forme: dict[str, forms.Form] = {"aiuto": self.aiuto, "chi": self.chi}
        return next((passo for passo in PASSI if not (self.di(passo) and forme[passo].is_valid())), None)

    @property
    def autore(self) -> User | None:
        """Who signs: the account in hand, when that way was chosen."""
        con_account = self.chi.cleaned_data["contatto"] == "account"
        return self.user if con_account and isinstance(self.user, User) else None

    def nuova_segnalazione(self) -> NuovaSegnalazione:
        """What the action files. Call it once nothing is missing."""
        aiuto, chi = self.aiuto.cleaned_data, self.chi.cleaned_data
        risposte = {nome: aiuto[nome] for nome in ("argomento", "pagina") if aiuto[nome]}
        return NuovaSegnalazione(
            categoria=self.categoria,
            testo=aiuto["testo"],
            risposte=risposte,
            email=chi["email"] if chi["contatto"] == "email" else "",
            telefono=chi["telefono"],
            chiave_invio=self.bozza.chiave if self.bozza else None,
        )
