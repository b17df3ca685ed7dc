"""What people send about their own data."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CasellaForm(forms.Form):
    """The mailbox of who has no account."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Indirizzo e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Scrivi il tuo indirizzo e-mail."),
            "invalid": _("Controlla l’indirizzo: è fatto come nome@esempio.it."),
        },
    )


class CancellaForm(forms.Form):
    """A tick, so that erasing takes two gestures."""

    use_required_attribute = False

    sicura = forms.BooleanField(
        label=_("Ho letto che cosa resta, e voglio cancellare i miei dati."),
        error_messages={"required": _("Segna la casella se vuoi cancellare davvero.")},
    )
