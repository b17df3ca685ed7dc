"""Forms of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NomeForm(forms.Form):
    """What sign-up asks beside address and password: how to call you, if you like."""

    nome = forms.CharField(
        label=_("Come ti chiami"),
        required=False,
        max_length=150,
        help_text=_("Facoltativo. Nelle pagine pubbliche non compare mai."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Called by allauth once the person is saved."""
        user.first_name = self.cleaned_data["nome"]
        user.save(update_fields=["first_name"])
