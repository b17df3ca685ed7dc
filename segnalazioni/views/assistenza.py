"""«Richiedi assistenza»: three pages, then the receipt of every report. One procedure, one queue: a case of a kind.

What is typed is kept in a draft of its own, beside that of a report: one browser may have both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core.ratelimit import troppe
from core.tempo import adesso
from core.views import too_often
from segnalazioni.accesso import ricorda_inviata
from segnalazioni.actions import invia
from segnalazioni.actions.bozza import DURATA, salva_bozza
from segnalazioni.forms.assistenza import AiutoForm, RecapitoForm, Richiesta, argomenti, categoria_di_assistenza
from segnalazioni.models import Bozza, Categoria, Segnalazione
from segnalazioni.views.nuova._bozza import scritto, si_tiene, voci_di
from segnalazioni.views.nuova.rivedi import Riga, termine_se_oggi

INVII_ALL_ORA = 10
_SESSIONE = "bozza_assistenza"
_NOMI = {"aiuto": "assistenza:aiuto", "chi": "assistenza:chi"}
_SERVE = {
    "aiuto": gettext_lazy("Prima scrivi di che cosa hai bisogno."),
    "chi": gettext_lazy("Prima scegli come ti rispondiamo."),
}
# First part of an address → what help about it is called, where the list has such a topic.
_DI_CHE = {
    "servizi": "Un servizio online o questo sito",
    "segnalazioni": "Un servizio online o questo sito",
    "partecipa": "Partecipazione e incontri",
    "amministrazione-trasparente": "Trasparenza e accesso agli atti",
    "prenota": "Uffici, orari e appuntamenti",
    "amministrazione": "Uffici, orari e appuntamenti",
}

Vista = Callable[[HttpRequest, Richiesta], HttpResponse]


def passo(vista: Vista) -> Callable[[HttpRequest], HttpResponse]:
    """A page of asking for help: it gets the draft of this browser. Without its category nothing can be asked here."""

    @cache_control(private=True, max_age=0)  # «back» finds the words
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(vista)
    def porta(request: HttpRequest) -> HttpResponse:
        categoria = categoria_di_assistenza()
        if categoria is None:
            return render(request, "segnalazioni/assistenza/chiusa.html")
        return vista(request, _apri(request, categoria))

    return porta


def _apri(request: HttpRequest, categoria: Categoria) -> Richiesta:
    chiave = request.session.get(_SESSIONE)
    bozza = Bozza.objects.valide().filter(chiave=chiave).first() if chiave else None
    return Richiesta(bozza, categoria, request.user)


def _salva(request: HttpRequest, richiesta: Richiesta, **parti: Any) -> None:
    bozza = salva_bozza(richiesta.bozza, parti)
    request.session[_SESSIONE] = str(bozza.chiave)


def _avanti(request: HttpRequest, dopo: str) -> HttpResponse:
    """To the next page, or back to the review after a «Modifica»."""
    return redirect("assistenza:rivedi" if request.GET.get("poi") == "rivedi" else dopo)


def _pagina(request: HttpRequest, nome: str, contesto: dict[str, Any], voci: list[tuple[str, str]]) -> HttpResponse:
    qui = reverse(_NOMI[nome]) + ("?poi=rivedi" if request.GET.get("poi") == "rivedi" else "")
    tutto = {"azione": qui, "voci": voci, **contesto}
    return render(request, f"segnalazioni/assistenza/{nome}.html", tutto, status=422 if voci else 200)


# --- 1 what it is about -----------------------------------------------------------------------------------


@passo
def aiuto(request: HttpRequest, richiesta: Richiesta) -> HttpResponse:
    """The topic and the words. `su`: the page one comes from, which chooses the topic and is written down."""
    if request.method != "POST":
        iniziali = {**_da_dove(request, richiesta.categoria), **richiesta.di("aiuto")}
        form = AiutoForm(None, categoria=richiesta.categoria, initial=iniziali)
        return _pagina(request, "aiuto", {"form": form}, [])
    dati = scritto(request, ("argomento", "testo", "pagina"))
    form = AiutoForm(dati, categoria=richiesta.categoria)
    if not form.is_valid():
        return _pagina(request, "aiuto", {"form": form}, voci_di(form))
    _salva(request, richiesta, aiuto=dati)
    return _avanti(request, "assistenza:chi")


def _da_dove(request: HttpRequest, categoria: Categoria) -> dict[str, str]:
    """What the address one comes from says: the page, and the topic of its section."""
    su = request.GET.get("su", "").replace("\x00", "").split("?")[0]
    if not su.startswith("/") or su.startswith("//") or len(su) > 200:
        return {}
    argomento = _DI_CHE.get(su.strip("/").partition("/")[0], "")
    return {"pagina": su, "argomento": argomento if argomento in argomenti(categoria) else ""}


# --- 2 how to answer --------------------------------------------------------------------------------------


@passo
def chi(request: HttpRequest, richiesta: Richiesta) -> HttpResponse:
    """An address or an account; a telephone besides. Logging in leads back here, all as it was."""
    if not (richiesta.di("aiuto") and richiesta.aiuto.is_valid()):
        return _prima(request, "aiuto")
    if request.method != "POST":
        return _mostra_chi(request, richiesta, richiesta.di("chi"))
    dati = scritto(request, ("contatto", "email", "telefono"))
    if dati["contatto"] == "account" and not request.user.is_authenticated and si_tiene(dati):
        _salva(request, richiesta, chi=dati)
        torna = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_login')}?{torna}")
    form = RecapitoForm(
        {**dati, "sito": request.POST.get("sito", "")},
        categoria=richiesta.categoria,
        entrato=request.user.is_authenticated,
    )
    if not form.is_valid():
        return _mostra_chi(request, richiesta, dati, form)
    _salva(request, richiesta, chi=dati)
    return redirect("assistenza:rivedi")


def _mostra_chi(
    request: HttpRequest, richiesta: Richiesta, dati: dict[str, Any], form: RecapitoForm | None = None
) -> HttpResponse:
    entrato = request.user.is_authenticated
    scelto = dati.get("contatto") or ("account" if entrato else "")
    forma = form or RecapitoForm(None, categoria=richiesta.categoria, entrato=entrato)
    if form is None:
        forma.initial = dati
    contesto = {
        "form": forma,
        "sbagli": {nome: " ".join(map(str, forma.errors.get(nome, []))) for nome in ("contatto", "email", "sito")},
        "con_mail": scelto == "email",
        "con_account": scelto == "account",
        "anonimo": False,
        "email": dati.get("email", ""),
        "categoria": richiesta.categoria,
        "account_testo": _account(request),
    }
    return _pagina(request, "chi", contesto, voci_di(form, contatto="k-email"))


def _account(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return _("Hai fatto l’accesso come %(email)s: niente da confermare.") % {"email": request.user.email}
    return _("Accedi o crea un account: torni qui con tutto al suo posto. Niente da confermare.")


def _prima(request: HttpRequest, manca: str) -> HttpResponse:
    messages.info(request, _SERVE[manca])
    return redirect(_NOMI[manca])


# --- 3 review and send ------------------------------------------------------------------------------------


@passo
def rivedi(request: HttpRequest, richiesta: Richiesta) -> HttpResponse:
    """The review; POST sends. A second press finds the request that the first one filed."""
    if request.method == "POST" and (gia := _gia_inviata(request, richiesta)):
        return _inviata(request, gia)
    if manca := richiesta.manca():
        return _prima(request, manca)
    if request.method != "POST":
        return _rivedi(request, richiesta)
    if _chiave(request) != _sua(richiesta) or request.POST.get("riletta") != richiesta.impronta:
        messages.info(request, _("Nel frattempo la bozza è cambiata: rileggi prima di inviare."))
        return redirect("assistenza:rivedi")
    if troppe(request, "assistenza", quante=INVII_ALL_ORA, secondi=3600):
        return too_often(request, 3600)
    return _inviata(request, invia(richiesta.nuova_segnalazione(), autore=richiesta.autore, bozza=richiesta.bozza))


def _sua(richiesta: Richiesta) -> UUID | None:
    return richiesta.bozza.chiave if richiesta.bozza else None


def _chiave(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("chiave", ""))
    except ValueError:
        return None


def _gia_inviata(request: HttpRequest, richiesta: Richiesta) -> Segnalazione | None:
    """The request with the key of this page, when its draft is not here any more."""
    chiave = _chiave(request)
    if chiave is None or chiave == _sua(richiesta):
        return None
    da_poco = Segnalazione.objects.filter(contributo__created_at__gt=adesso() - DURATA)
    return da_poco.per_elenco().filter(chiave_invio=chiave).first()


def _inviata(request: HttpRequest, caso: Segnalazione) -> HttpResponse:
    ricorda_inviata(request.session, caso)
    request.session.pop(_SESSIONE, None)
    return redirect(caso.url("inviata"))


def _rivedi(request: HttpRequest, richiesta: Richiesta) -> HttpResponse:
    contesto = {
        "righe": _righe(richiesta),
        "chiave": _sua(richiesta),
        "riletta": richiesta.impronta,
        "con_mail": richiesta.chi.cleaned_data["contatto"] == "email",
        **termine_se_oggi(richiesta.categoria),
    }
    return render(request, "segnalazioni/assistenza/rivedi.html", contesto)


def _righe(richiesta: Richiesta) -> list[Riga]:
    detto, chi_e = richiesta.aiuto.cleaned_data, richiesta.chi.cleaned_data
    primo, secondo = (f"{reverse(_NOMI[nome])}?poi=rivedi" for nome in ("aiuto", "chi"))
    if richiesta.autore:
        come = _("Con il tuo account, %(email)s") % {"email": richiesta.autore.email}
    else:
        come = _("Con una mail a %(email)s") % {"email": chi_e["email"]}
    righe = [
        Riga(_("Di che cosa si tratta"), detto["argomento"], f"{primo}#id_argomento_0", _("l’argomento")),
        Riga(_("Di che cosa hai bisogno"), detto["testo"], f"{primo}#id_testo", _("che cosa hai scritto")),
        Riga(_("La pagina o il servizio"), detto["pagina"], f"{primo}#id_pagina", _("la pagina")),
        Riga(_("Ti rispondiamo"), come, f"{secondo}#k-email", _("come ti rispondiamo")),
        Riga(_("Telefono"), chi_e["telefono"], f"{secondo}#id_telefono", _("il telefono")),
    ]
    return [riga for riga in righe if riga.valore]
