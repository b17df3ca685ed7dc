"""The one page on which a colleague files for somebody: the forms of filing, read together, and who it is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Canale
from comune import luoghi
from segnalazioni.actions import NuovaSegnalazione
from segnalazioni.forms.nuova import CosaForm, DomandeForm, DoveForm, TestoLibero
from segnalazioni.models import Categoria

_ALTROVE = gettext_lazy("I recapiti si scrivono più sotto, e restano fra noi.")


class CosaAlloSportello(CosaForm):
    """What happens, in the caller's words."""

    altrove = _ALTROVE


class DomandeAlloSportello(DomandeForm):
    """The questions of the category."""

    altrove = _ALTROVE


class DoveAlloSportello(DoveForm):
    """Where: by search or in words; there is no map at the counter."""

    altrove = _ALTROVE
    casella = "dove_va_bene"


class ChiChiamaForm(forms.Form):
    """How the person came, who it is, and how to reach them; nothing but the first is needed."""

    canale = forms.ChoiceField(
        label=gettext_lazy("Come è arrivata"),
        choices=[
            (Canale.TELEFONO, gettext_lazy("Al telefono")),
            (Canale.SPORTELLO, gettext_lazy("Allo sportello")),
            (Canale.CARTA, gettext_lazy("Su carta")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Scegli come è arrivata.")},
    )
    per_conto_di = TestoLibero(
        label=gettext_lazy("Per conto di"),
        help_text=gettext_lazy("Nome e cognome, se la persona li dice. Va nel protocollo, non nella pagina pubblica."),
        massimo=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "text", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Rileggila a voce alta: gli avvisi partono subito."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Scrivi l’indirizzo per intero, come nome@esempio.it.")},
    )
    telefono = forms.CharField(
        label=gettext_lazy("Telefono"),
        help_text=gettext_lazy("Di chi non ha la mail. Lo vede solo chi lavora al caso."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        validators=[
            RegexValidator(
                r"^\+?(?:[ ./-]?\d){6,15}$", gettext_lazy("Scrivi il numero con le sole cifre, come 0583 4422.")
            )
        ],
    )

    def __init__(self, data: Mapping[str, Any] | None, *, categoria: Categoria | None) -> None:
        super().__init__(data)
        self.categoria = categoria
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Some categories need somebody who can be reached."""
        dati = super().clean() or {}
        senza = not dati.get("email") and not dati.get("telefono") and not {"email", "telefono"} & self.errors.keys()
        if senza and self.categoria is not None and not self.categoria.anonima:
            self.add_error("email", _("Per questa categoria serve un recapito: la mail o il telefono."))
        return dati


class Modulo:
    """All of the page as it was sent; dati None: the page as it opens."""

    def __init__(self, dati: QueryDict | None) -> None:
        self.dati = dati
        self.categorie = {c.codice: c for c in Categoria.objects.foglie().in_ordine()}

    def scritto(self, nome: str) -> str:
        """What was typed in a field, as it is."""
        return self.dati.get(nome, "").replace("\x00", "") if self.dati is not None else ""

    @cached_property
    def categoria(self) -> Categoria | None:
        """The one chosen: from the whole list, else among those that the words suggest."""
        return self.categorie.get(self.scritto("elenco") or self.scritto("categoria"))

    @cached_property
    def chiave(self) -> UUID:
        """Of this page: sent twice it files once."""
        try:
            return UUID(self.scritto("chiave"))
        except ValueError:
            return uuid4()

    def _campi(self, *nomi: str) -> dict[str, str]:
        return {nome: self.scritto(nome) for nome in nomi}

    @cached_property
    def cosa(self) -> CosaAlloSportello:
        """Words and category."""
        dati = self._campi("testo", "va_bene") | {"categoria": self.categoria.codice if self.categoria else ""}
        return CosaAlloSportello(dati if self.dati is not None else None, categorie=self.categorie)

    @cached_property
    def domande(self) -> DomandeAlloSportello | None:
        """The questions of the category chosen; unbound while the page has not shown them yet. None without any."""
        if self.categoria is None or not self.categoria.domande:
            return None
        viste = self.scritto("domande_di") == self.categoria.codice
        return DomandeAlloSportello(self.dati if viste else None, categoria=self.categoria)

    @cached_property
    def dove(self) -> DoveAlloSportello | None:
        """The place; None while there is no category, which says whether one is needed."""
        if self.categoria is None or self.dati is None:
            return None
        return DoveAlloSportello(
            self._campi("cerca", "posto", "parole", "dove_va_bene", "fuori_va_bene"), categoria=self.categoria
        )

    @cached_property
    def chi(self) -> ChiChiamaForm:
        """Who it is for."""
        return ChiChiamaForm(self.dati, categoria=self.categoria)

    @property
    def forme(self) -> list[forms.Form]:
        """Those that there are, in the order of the page."""
        return [forma for forma in (self.cosa, self.domande, self.dove, self.chi) if forma is not None]

    def in_ordine(self) -> bool:
        """Nothing is missing and nothing is wrong; every form is looked at, so that all errors are said together."""
        return all([forma.is_valid() for forma in self.forme]) and self.dove is not None  # noqa: C419

    @property
    def punto(self) -> tuple[float, float] | None:
        """The point of the place chosen, if it has one."""
        if self.dove is None or not self.dove.is_bound:
            return None
        self.dove.is_valid()
        punto: tuple[float, float] | None = self.dove.cleaned_data.get("punto")
        return punto

    @property
    def _indirizzo(self) -> str:
        if self.dove is not None and self.dove.luogo is not None:
            return self.dove.luogo.nome
        return luoghi.descrivi(*self.punto) if self.punto else ""

    def nuova_segnalazione(self) -> NuovaSegnalazione:
        """What the action files. Call it once all is in order."""
        assert self.dove is not None  # noqa: S101  # in_ordine
        lat, lon = self.punto or (None, None)
        chi = self.chi.cleaned_data
        return NuovaSegnalazione(
            categoria=self.cosa.cleaned_data["categoria"],
            testo=self.cosa.cleaned_data["testo"],
            risposte=self.domande.risposte() if self.domande else {},
            lat=lat,
            lon=lon,
            indirizzo=self._indirizzo[:200],
            luogo_a_parole=self.dove.cleaned_data["parole"],
            canale=chi["canale"],
            email=chi["email"],
            telefono=chi["telefono"],
            per_conto_di=chi["per_conto_di"],
            chiave_invio=self.chiave,
        )
