""" "Anche a me", following, and no longer following: with an account, with an e-mail address, or with nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.ratelimit import troppe
from segnalazioni import actions
from segnalazioni.accesso import Accesso, Visitatore, segno_del_browser, seguaci_di
from segnalazioni.forms.pagina import SeguiForm
from segnalazioni.views.porta import del_caso
from segnalazioni.views.scheda import Moduli, mostra

QUANTE, IN_SECONDI = 30, 3600  # from one address: a school or an office shares it


@del_caso
def segui(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """Adds this visitor to the followers of the case, or takes them away."""
    if request.method != "POST":
        return redirect(accesso.caso)
    chi = Visitatore.di(request)
    modulo = SeguiForm(request.POST, serve_email=chi.account is None)
    if not modulo.is_valid():
        return mostra(request, accesso, moduli=Moduli(segui=modulo), status=422)
    if troppe(request, "segui", quante=QUANTE, secondi=IN_SECONDI):
        modulo.add_error(None, _("Da questo collegamento sono arrivate troppe richieste: riprova fra un’ora."))
        return mostra(request, accesso, moduli=Moduli(segui=modulo), status=429)
    messages.success(request, _compi(accesso, chi, **modulo.cleaned_data))
    return redirect(accesso.caso)


def _compi(accesso: Accesso, chi: Visitatore, *, che: str, email: str) -> str:
    """Does what was asked and says so. To an address always the same, whether or not we knew it."""
    if che == SeguiForm.SMETTI:
        return _smetti(accesso, chi)
    firma = che == SeguiForm.FIRMA
    if chi.account is not None:
        actions.segui(accesso.caso, firma=firma, utente=chi.account)
        return _("Fatto: ti scriviamo a ogni novità.")
    if not email:
        actions.segui(accesso.caso, firma=True, sessione=segno_del_browser(chi.session, nuovo=True))
        return _("Grazie: ora chi ci lavora sa che riguarda anche te.")
    # The signature is the browser's, the address only follows: the count says nothing about whose address we know.
    if firma and not seguaci_di(accesso.caso, chi).filter(firma=True).exists():
        actions.segui(accesso.caso, firma=True, sessione=segno_del_browser(chi.session, nuovo=True))
    actions.segui(accesso.caso, firma=False, email=email)
    return _("Ti abbiamo mandato una mail: aprila e conferma che vuoi seguire la segnalazione.")


def _smetti(accesso: Accesso, chi: Visitatore) -> str:
    mie = list(seguaci_di(accesso.caso, chi).filter(segnalante=False))
    for seguace in mie:
        actions.smetti_di_seguire(seguace)
    if any(seguace.utente_id or seguace.email for seguace in mie):
        return _("Fatto: non ti scriviamo più di questa segnalazione.")
    return _("Fatto: la tua firma non c’è più.")
