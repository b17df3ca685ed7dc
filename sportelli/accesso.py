"""Who may see an appointment as a citizen: whoever has it. For all others it does not exist.

The account that booked it; the browser that booked it, for 24 hours; the browser that proved its mailbox
(accounts.magic). Colleagues read at their desk.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest

from accounts.magic import ha_dimostrato
from core.codici import leggi_codice
from core.tempo import adesso
from sportelli.models import Appuntamento

RICORDO = timedelta(hours=24)
RICORDI = 10
_PRESI = "appuntamenti_presi"


def ricorda_preso(request: HttpRequest, appuntamento: Appuntamento) -> None:
    """This browser has just booked it; good for 24 hours."""
    altri = sorted(_ricordi(request).items(), key=lambda voce: voce[1])[1 - RICORDI :]
    request.session[_PRESI] = {**dict(altri), appuntamento.codice: adesso().timestamp()}


def _ricordi(request: HttpRequest) -> dict[str, float]:
    da = (adesso() - RICORDO).timestamp()
    return {codice: quando for codice, quando in request.session.get(_PRESI, {}).items() if quando > da}


def appuntamento_di(request: HttpRequest, codice: str) -> Appuntamento:
    """The appointment, if it is this visitor's; else 404, as if it did not exist."""
    suo = Appuntamento.objects.per_elenco().filter(codice=leggi_codice(codice) or "").first()
    if suo is None or not _e_suo(request, suo):
        raise Http404
    return suo


def _e_suo(request: HttpRequest, appuntamento: Appuntamento) -> bool:
    if appuntamento.utente is not None and request.user.is_authenticated:
        return bool(appuntamento.utente_id == request.user.pk)
    if appuntamento.utente is None and appuntamento.codice in _ricordi(request):
        return True
    return appuntamento.utente is None and ha_dimostrato(request, appuntamento.email)
