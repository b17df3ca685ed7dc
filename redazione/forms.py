"""Pages that say which office they are of: who writes for one office does not write in the name of another."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm

from comune.models import Ufficio
from redazione.models import Redazione


class PaginaDiUfficioForm(WagtailAdminPageForm):
    """Offers the offices that who writes is of, and takes the only one as said; who approves chooses among all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uffici: list[Ufficio] = []
        campo, chi = self.fields.get("ufficio"), self.for_user
        redazioni = Redazione.objects.filter(gruppo__user=chi) if chi else Redazione.objects.none()
        if campo is None or chi is None or chi.is_superuser or not redazioni or any(r.approva for r in redazioni):
            return
        uffici = {r.ufficio_id for r in redazioni if r.ufficio_id}
        self.uffici = list(Ufficio.objects.filter(pk__in=uffici))
        campo.queryset = Ufficio.objects.filter(pk__in=uffici | {self.instance.ufficio_id})
        if len(self.uffici) == 1 and self.instance.ufficio_id is None:
            self.initial["ufficio"] = self.uffici[0].pk

    def clean_ufficio(self) -> Ufficio | None:
        """Left empty, it is the office of who writes."""
        scelto: Ufficio | None = self.cleaned_data["ufficio"]
        return scelto or (self.uffici[0] if len(self.uffici) == 1 else None)
