"""People in Wagtail's administration (/cms/users/): without user name, with the tick that opens the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import DeleteView, UserViewSet

if TYPE_CHECKING:
    from accounts.models import User


class _ConScrivania(forms.Form):
    """Mixed into Wagtail's forms: `is_staff`, in words."""

    is_staff = forms.BooleanField(
        label=_("Lavora per il Comune"),
        required=False,
        help_text=_("Apre la scrivania. Che cosa ci si vede dipende dagli incarichi."),
    )


class NuovaPersonaForm(_ConScrivania, UserCreationForm):
    """A new person."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"is_staff"}


class PersonaForm(_ConScrivania, UserEditForm):
    """A person as they are."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"is_staff"}


class TogliPersonaView(DeleteView):
    """Takes away only who has left no trace: whoever histories point at is closed, or erased, never deleted."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return cast(HttpResponse, super().post(request, *args, **kwargs))
        except ProtectedError:
            persona = cast("User", self.object)
            testo = _g("%(persona)s compare nelle storie del sito: togli la spunta «Attivo» invece di eliminare.")
            messages.error(request, testo % {"persona": persona.nome})
            return redirect("wagtailusers_users:edit", self.object.pk)


class PersoneViewSet(UserViewSet):
    """/cms/users/."""

    delete_view_class = TogliPersonaView

    def get_form_class(self, for_update: bool = False) -> type[forms.Form]:
        return PersonaForm if for_update else NuovaPersonaForm
