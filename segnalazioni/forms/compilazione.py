"""A draft seen through its forms: what is there, what is missing, what it will be sent as.

The draft holds what was typed, step by step; whether it will do is asked each time, by the same forms. So nothing
invalid can be sent because it was valid yesterday (a category switched off, anonymity no longer allowed).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from comune import luoghi
from segnalazioni.actions import NuovaSegnalazione
from segnalazioni.forms.nuova import ChiForm, CosaForm, DomandeForm, DoveForm
from segnalazioni.models import Bozza, Categoria, Foto

# Photos are asked for and never needed, so they miss from this list.
PASSI = ("cosa", "domande", "dove", "chi")


class Compilazione:
    """A report being written. bozza None: nothing has been written yet."""

    def __init__(self, bozza: Bozza | None, user: User | AnonymousUser) -> None:
        self.bozza = bozza
        self.user = user

    @property
    def impronta(self) -> str:
        """Digest of all that was typed and of the photos: what was reviewed is what is sent."""
        if self.bozza is None:
            return ""
        foto = list(self.bozza.foto.order_by("pk").values_list("impronta", "didascalia"))
        return hashlib.sha256(json.dumps([self.bozza.dati, foto], sort_keys=True).encode()).hexdigest()

    def di(self, passo: str) -> dict[str, Any]:
        """What was typed in a step, {} if it has not been seen."""
        return dict(self.bozza.dati.get(passo, {})) if self.bozza else {}

    @cached_property
    def categoria(self) -> Categoria | None:
        """The category chosen, while it may still be chosen."""
        codice = self.di("cosa").get("categoria")
        return Categoria.objects.foglie().filter(codice=codice).first() if codice else None

    @property
    def _scelta(self) -> Categoria:
        if self.categoria is None:
            raise RuntimeError("asked before a category was chosen: the guard of the step is missing")
        return self.categoria

    @cached_property
    def foto(self) -> list[Foto]:
        """The photos, in the order they came."""
        return list(Foto.objects.filter(bozza=self.bozza).order_by("pk")) if self.bozza else []

    @cached_property
    def cosa(self) -> CosaForm:
        """Step 1, read again."""
        scelta = {self.categoria.codice: self.categoria} if self.categoria else {}
        return CosaForm(self.di("cosa"), categorie=scelta)

    @cached_property
    def domande(self) -> DomandeForm | None:
        """The questions of the category, read again; None when it has none."""
        if self.categoria is None or not self.categoria.domande:
            return None
        return DomandeForm(self.risposte_date(), categoria=self.categoria)

    def risposte_date(self) -> dict[str, Any]:
        """What was typed as answers to the present category; those to another one do not count."""
        date = self.di("domande")
        return date if self.categoria and date.get("di") == self.categoria.codice else {}

    @cached_property
    def dove(self) -> DoveForm:
        """Step 2, read again. Only where there is a category."""
        return DoveForm(self.di("dove"), categoria=self._scelta, avvisa=False)

    @cached_property
    def chi(self) -> ChiForm:
        """Step 4, read again. Only where there is a category."""
        return ChiForm(self.di("chi"), categoria=self._scelta, entrato=self.user.is_authenticated)

    # --- what is missing -----------------------------------------------------------------------------------

    def manca(self, prima_di: str = "") -> str | None:
        """The first step that is not as it should be (before the step named), or None."""
        for passo in PASSI:
            if passo == prima_di:
                return None
            if not self._va_bene(passo):
                return passo
        return None

    def _va_bene(self, passo: str) -> bool:
        if passo == "domande":
            return self.domande is None or self.domande.is_valid()
        forme: dict[str, Callable[[], forms.Form]] = {
            "cosa": lambda: self.cosa,
            "dove": lambda: self.dove,
            "chi": lambda: self.chi,
        }
        # A step never seen is missing, even one that may be left empty.
        return bool(self.bozza and passo in self.bozza.dati) and forme[passo]().is_valid()

    # --- what it will be sent as ---------------------------------------------------------------------------

    @property
    def punto(self) -> tuple[float, float] | None:
        """The point chosen, WGS84. Call it once the step "dove" is in order."""
        punto: tuple[float, float] | None = self.dove.cleaned_data["punto"]
        return punto

    @cached_property
    def indirizzo(self) -> str:
        """The name of the place, as chosen or as found near the point (looked up once, when the point was accepted)."""
        if self.dove.luogo:
            return self.dove.luogo.nome
        trovato: str | None = self.di("dove").get("vicino_a")
        if trovato is not None or self.punto is None:
            return trovato or ""
        return luoghi.descrivi(*self.punto)

    @property
    def autore(self) -> User | None:
        """Who signs: the account in hand, when that way was chosen."""
        con_account = self.chi.cleaned_data["contatto"] == "account" and self.user.is_authenticated
        return self.user if con_account and isinstance(self.user, User) else None

    def nuova_segnalazione(self) -> NuovaSegnalazione:
        """What the action files. Call it once nothing is missing."""
        lat, lon = self.punto or (None, None)
        chi = self.chi.cleaned_data
        return NuovaSegnalazione(
            categoria=self._scelta,
            testo=self.cosa.cleaned_data["testo"],
            risposte=self.domande.risposte() if self.domande else {},
            lat=lat,
            lon=lon,
            indirizzo=self.indirizzo[:200],
            luogo_a_parole=self.dove.cleaned_data["parole"],
            email=chi["email"] if chi["contatto"] == "email" else "",
            chiave_invio=self.bozza.chiave if self.bozza else None,
        )
