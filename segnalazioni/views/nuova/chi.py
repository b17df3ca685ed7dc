"""Step 4, how to tell the author."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import ChiForm
from segnalazioni.views.nuova._bozza import avanti, indietro, indirizzo, pagina, passo, salva, scritto, voci_di

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


def _form(request: HttpRequest, comp: Compilazione, dati: dict[str, str] | None) -> ChiForm:
    if comp.categoria is None:
        raise RuntimeError("the guard of this step lets nobody in without a category")
    return ChiForm(dati, categoria=comp.categoria, entrato=request.user.is_authenticated)


def _mostra(
    request: HttpRequest, comp: Compilazione, dati: dict[str, str], *, form: ChiForm | None = None
) -> HttpResponse:
    vuoto = form or _form(request, comp, None)
    predefinito = "account" if request.user.is_authenticated else ""
    contesto = {
        "form": vuoto,
        "contatto": dati.get("contatto") or predefinito,
        "email": dati.get("email", ""),
        "categoria": comp.categoria,
        "trappola": "sito" in vuoto.errors,
    }
    return pagina(request, comp, "chi", contesto, errori=voci_di(form, contatto="k-email"))
