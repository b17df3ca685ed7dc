"""One case: its page, and the parts of it that change by themselves. One renderer for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from core.tempo import oggi
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.coda import posto_di
from segnalazioni.desk.fascicolo import contesto, modulo_nota
from segnalazioni.forms.nota import NotaForm
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Nota, Segnalazione
from segnalazioni.racconto import registrazione_di

if TYPE_CHECKING:
    from accounts.models import User

# What the address of the page says beside its place in the queue, and its fragment has to know too.
_DELLA_PAGINA = ("passo", "originale", "storia")


@require_safe
@di_servizio
def caso(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The page of a case; `?passo=` opens the form of a step."""
    return pagina(request, caso_di(request.user, codice))


@require_safe
@di_servizio
def storia(request: RichiestaDiServizio, codice: str) -> HttpResponseBase:
    """State, work and history, for a page that is open while the case changes; 304 when it has them already."""
    segnalazione = caso_di(request.user, codice)
    segno = _segno(request, segnalazione)
    uguale = get_conditional_response(request, etag=segno)
    if uguale is not None:
        return uguale
    dati = _contesto(request, segnalazione, None) | {"con_lavoro": "senza_lavoro" not in request.GET}
    risposta = render(request, "segnalazioni/scrivania/_vivo.html", dati)
    risposta["ETag"], risposta["Cache-Control"] = segno, "private, no-cache"
    return risposta


def pagina(
    request: RichiestaDiServizio,
    segnalazione: Segnalazione,
    *,
    form: PassoForm | None = None,
    status: int = 200,
    **altro: Any,
) -> HttpResponse:
    """The page of a case, also as the answer to a step that was not taken: then with its form as it was filled."""
    dati = _contesto(request, segnalazione, form) | {
        "segno": _segno(request, segnalazione),
        "frammento": _frammento(request, segnalazione, rifiutata=status != 200),
        "form_nota": altro.pop("form_nota", None) or _modulo_nota(request, segnalazione),
        **altro,
    }
    return render(request, "segnalazioni/scrivania/caso.html", dati, status=status)


def _contesto(request: RichiestaDiServizio, segnalazione: Segnalazione, form: PassoForm | None) -> dict[str, Any]:
    posto, query = posto_di(segnalazione, request.user, request.GET)
    dati = contesto(
        segnalazione,
        request.user,
        query=query,
        filtro=request.GET.get("storia", ""),
        scelto=request.GET.get("passo", ""),
        originale=request.GET.get("originale", ""),
        form=form,
    )
    return dati | {"posto": posto}


def _modulo_nota(request: RichiestaDiServizio, segnalazione: Segnalazione) -> NotaForm:
    """Empty; with `?correggi=` the colleague's own note, to be written again."""
    vecchia = nota_di(segnalazione, request.user, request.GET.get("correggi"))
    if vecchia is None:
        return modulo_nota(segnalazione, request.user)
    parole = getattr(vecchia, "parole", None)
    scritto = {"corregge": vecchia.uid, "testo": parole.testo if parole else ""}
    return modulo_nota(segnalazione, request.user, initial=scritto)


def nota_di(caso: Segnalazione, user: User, uid: UUID | str | None) -> Nota | None:
    """The note of this case that this colleague wrote; None for anything else."""
    if not uid:
        return None
    try:
        return Nota.objects.select_related("parole").filter(segnalazione=caso, autore=user, uid=uid).first()
    except (ValidationError, ValueError):  # not even an identifier
        return None


def _segno(request: RichiestaDiServizio, segnalazione: Segnalazione) -> str:
    """What the fragment depends on: case, notes, registration, who reads, the day terms are counted from, language."""
    registrazione = registrazione_di(segnalazione)
    protocollo = registrazione.stato if registrazione else ""
    note = Nota.objects.filter(segnalazione=segnalazione).count()
    edizione = f"{segnalazione.versione}.{segnalazione.revisione}.{note}"
    chi = f"{request.user.pk}-{oggi():%Y%m%d}-{get_language()}"
    return f'"{segnalazione.codice}-{edizione}-{protocollo}-{chi}"'


def _frammento(request: RichiestaDiServizio, segnalazione: Segnalazione, *, rifiutata: bool) -> str:
    """Address of the fragment. A form that came back with its words is not fetched again: the words are in the page."""
    query = QueryDict(mutable=True)
    query.update({nome: request.GET[nome] for nome in request.GET if nome not in _DELLA_PAGINA})
    if rifiutata:
        query["senza_lavoro"] = "1"
    else:
        query.update({nome: request.GET[nome] for nome in _DELLA_PAGINA if request.GET.get(nome)})
    return f"{segnalazione.url_scrivania('storia')}?{query.urlencode()}"
