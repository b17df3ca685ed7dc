"""An appointment being booked, in the session of the browser: its choices for a day, until it is made or dropped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest

from core.codici import leggi_numero
from core.tempo import adesso
from sportelli.forms import ChiForm, leggi_istante
from sportelli.models import Prestazione

DURATA = timedelta(hours=24)
_BOZZA = "appuntamento_bozza"


class Bozza:
    """What has been chosen so far. Whether it will do is asked each time: nothing is booked because it once was so."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        dati = request.session.get(_BOZZA, {})
        fresca = dati.get("fino_a", 0) > adesso().timestamp()
        self.dati: dict[str, Any] = dict(dati) if fresca else {"chiave": str(uuid4())}

    def salva(self, **nuovi: Any) -> None:
        """Adds these choices."""
        self.dati |= nuovi
        self._request.session[_BOZZA] = {**self.dati, "fino_a": (adesso() + DURATA).timestamp()}

    def butta(self) -> None:
        """Forgets it all."""
        self._request.session.pop(_BOZZA, None)

    @property
    def chiave(self) -> UUID:
        """Of the form: sent twice, it books once."""
        return UUID(self.dati["chiave"])

    @property
    def prestazione(self) -> Prestazione | None:
        """What for, while it may still be booked."""
        numero = leggi_numero(str(self.dati.get("per", "")))
        return Prestazione.objects.prenotabili().filter(pk=numero).first() if numero else None

    @property
    def inizio(self) -> datetime | None:
        """The instant chosen."""
        return leggi_istante(str(self.dati.get("quando", "")))

    @property
    def chi(self) -> ChiForm | None:
        """Who comes, read again; None when nobody has said it, or it will not do."""
        if "chi" not in self.dati:
            return None
        form = ChiForm(self.dati["chi"], entrato=self._request.user.is_authenticated)
        return form if form.is_valid() else None
