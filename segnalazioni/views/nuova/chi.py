"""Step 4, how to tell the author."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import ChiForm
from segnalazioni.views.nuova._bozza import (
    avanti,
    frasi_di,
    indietro,
    indirizzo,
    pagina,
    passo,
    salva,
    scritto,
    voci_di,
)

_CAMPI = ("contatto", "email")


@passo("chi")
def chi(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """An address, an account, or nobody where the category allows. Logging in leads back here, the draft as it was."""
    if request.method != "POST":
        return _mostra(request, comp, comp.di("chi"))
    dati = scritto(request, _CAMPI)
    if request.POST.get("vai") == "indietro":
        return indietro(request, salva(request, comp, chi=_corti(dati)), "chi")
    if dati["contatto"] == "account" and not request.user.is_authenticated:
        salva(request, comp, chi=_corti(dati))
        torna = urlencode({"next": indirizzo(request, "chi")})
        return HttpResponseRedirect(f"{reverse('account_login')}?{torna}")
    form = _form(request, comp, {**dati, "sito": request.POST.get("sito", "")})
    if not form.is_valid():
        return _mostra(request, comp, dati, form=form)
    return avanti(request, salva(request, comp, chi=dati), "chi")


def _corti(dati: dict[str, str]) -> dict[str, str]:
    # Kept before it is valid: no longer than an address can be.
    return {nome: valore[:320] for nome, valore in dati.items()}


def _form(request: HttpRequest, comp: Compilazione, dati: dict[str, str]) -> ChiForm:
    if comp.categoria is None:
        raise RuntimeError("the guard of this step lets nobody in without a category")
    return ChiForm(dati, categoria=comp.categoria, entrato=request.user.is_authenticated)


def _mostra(
    request: HttpRequest, comp: Compilazione, dati: dict[str, str], *, form: ChiForm | None = None
) -> HttpResponse:
    scelto = dati.get("contatto") or ("account" if request.user.is_authenticated else "")
    contesto = {
        "sbagli": frasi_di(form, "contatto", "email", "sito"),
        "con_mail": scelto == "email",
        "con_account": scelto == "account",
        "anonimo": scelto == "anonimo",
        "account_testo": _account(request),
        "email": dati.get("email", ""),
        "categoria": comp.categoria,
    }
    return pagina(request, comp, "chi", contesto, errori=voci_di(form, contatto="k-email"))


def _account(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        dati = {"email": request.user.email}
        return _("Hai fatto l’accesso come %(email)s. Niente da confermare: il termine parte subito.") % dati
    return _(
        "Accedi o crea un account: torni qui con tutto al suo posto. Niente da confermare: il termine parte subito."
    )
