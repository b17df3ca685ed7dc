"""The door of internal notes. What colleagues write to one another moves nothing, and is read at the desk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comune.porte import RichiestaDiServizio, di_servizio
from core.errors import DomainError
from segnalazioni.actions import annota
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.caso import nota_di, pagina
from segnalazioni.desk.coda import posto_di
from segnalazioni.desk.fascicolo import modulo_nota
from segnalazioni.desk.passi import passata_ad_altri
from segnalazioni.forms.nota import NotaForm
from segnalazioni.models import Segnalazione

if TYPE_CHECKING:
    from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def nota(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Writes a note. 422: nothing written; 409: a rule refuses, such as a name of somebody who may not see the case.

    Opened by hand it leads to the form, on the page of the case.
    """
    if request.method != "POST":
        return redirect(f"{caso_di(request.user, codice).url_scrivania()}#note")
    try:
        caso = caso_di(request.user, codice)
    except Http404:
        return passata_ad_altri(request, codice)
    form = modulo_nota(caso, request.user, data=request.POST)
    if not form.is_valid():
        return pagina(request, caso, form_nota=form, status=422)
    try:
        fatta = annota(caso, operatore=request.user, **_dati(form, caso, request.user))
    except DomainError as rifiuto:
        form.add_error("testo", rifiuto.messaggio)
        return pagina(request, caso, form_nota=form, status=409)
    messages.success(request, _("Nota scritta: la leggono solo i colleghi."))
    _posto, query = posto_di(caso, request.user, request.GET)
    return redirect(f"{caso.url_scrivania()}{query}#nota-{fatta.uid}")


def _dati(form: NotaForm, caso: Segnalazione, user: User) -> dict[str, Any]:
    dati = form.cleaned_data
    corregge = nota_di(caso, user, dati["corregge"])
    if dati["corregge"] and corregge is None:
        raise DomainError("nota_non_tua", _("Una nota la corregge solo chi l’ha scritta."))
    return {"testo": dati["testo"], "chiave": dati["chiave"], "corregge": corregge}
