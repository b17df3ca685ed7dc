"""The counter and the telephone: a colleague of the URP files for somebody, on one page, in the same procedure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comune import luoghi
from comune.models import Luogo
from comune.porte import RichiestaDiServizio, solo_urp
from core.codici import leggi_codice
from core.errors import DomainError
from segnalazioni.actions import invia
from segnalazioni.actions.sportello import conta_anche
from segnalazioni.desk.fascicolo import dettaglio
from segnalazioni.forms.sportello import Modulo
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.suggerimenti import ALTRO, suggerisci

VICINO = 200  # metres
MOSTRATE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def nuova(request: RichiestaDiServizio) -> HttpResponse:
    """The page, and what it sends. Nothing typed is lost: whatever is missing, it comes back as it was.

    422: something is missing or wrong; 409: a rule refuses. Open reports near by that the page has not shown yet are
    shown before filing.
    """
    if request.method != "POST":
        return _mostra(request, Modulo(None))
    modulo = Modulo(request.POST)
    if request.POST.get("vai") == "guarda":
        return _mostra(request, modulo)
    if codice := request.POST.get("anche"):
        return _conta_anche(request, modulo, codice)
    if not modulo.in_ordine():
        return _mostra(request, modulo, voci=_voci(modulo), status=422)
    if any(caso.codice not in request.POST.getlist("vista") for caso, _metri in _vicine(modulo)):
        return _mostra(request, modulo, fermata=True)
    try:
        caso = invia(modulo.nuova_segnalazione(), autore=None, operatore=request.user)
    except DomainError as rifiuto:
        return _mostra(request, modulo, voci=[("", rifiuto.messaggio)], status=409)
    return redirect("sportello:fatta", codice=caso.codice)


def _conta_anche(request: RichiestaDiServizio, modulo: Modulo, codice: str) -> HttpResponse:
    """«È questa»: one more signature under a case near by, in place of a new report."""
    caso = Segnalazione.objects.pubbliche().per_codice(leggi_codice(codice) or "").first()
    if caso is None:
        raise Http404
    if not modulo.chi.is_valid() and "email" in modulo.chi.errors:
        return _mostra(request, modulo, voci=_voci(modulo, solo=("email",)), status=422)
    try:
        conta_anche(caso, email=modulo.chi.cleaned_data.get("email", ""))
    except DomainError as rifiuto:
        return _mostra(request, modulo, voci=[("", rifiuto.messaggio)], status=409)
    messages.success(request, _("Fatto: chi ha chiamato ora conta fra chi ha lo stesso problema."))
    return redirect(caso.url_scrivania())


@require_POST
@solo_urp
def suggerimenti(request: RichiestaDiServizio) -> HttpResponse:
    """What the words typed so far suggest: a fragment for the page that is open."""
    modulo = Modulo(request.POST)
    return render(request, "segnalazioni/sportello/_proposte.html", _proposte(modulo))


# --- the page ---------------------------------------------------------------------------------------------


def _mostra(
    request: RichiestaDiServizio,
    modulo: Modulo,
    *,
    voci: list[tuple[str, str]] | None = None,
    fermata: bool = False,
    status: int = 200,
) -> HttpResponse:
    vicine = [
        {"codice": caso.codice, "titolo": caso.titolo, "url": caso.url_scrivania(), "dettaglio": dettaglio(caso, metri)}
        for caso, metri in _vicine(modulo)
    ]
    contesto = {
        "modulo": modulo,
        "voci": voci or [],
        "sbagli": _sbagli(modulo) if voci else {},
        "fermata": fermata,
        "vicine": vicine,
        "frase_vicine": ngettext(
            "Lì vicino c’è %(n)d segnalazione aperta della stessa categoria.",
            "Lì vicino ci sono %(n)d segnalazioni aperte della stessa categoria.",
            len(vicine),
        )
        % {"n": len(vicine)},
        "gruppi": _gruppi(modulo),
        "scritto": {nome: modulo.scritto(nome) for nome in ("testo", "cerca", "parole", "elenco")},
        **_proposte(modulo),
        **_posti(modulo),
    }
    return render(request, "segnalazioni/sportello/nuova.html", contesto, status=status)


def _vicine(modulo: Modulo) -> list[tuple[Segnalazione, int]]:
    if modulo.punto is None or modulo.categoria is None:
        return []
    return Segnalazione.objects.vicine_a(*modulo.punto, VICINO, modulo.categoria)[:MOSTRATE]


def _gruppi(modulo: Modulo) -> list[tuple[str, list[tuple[str, str]]]]:
    """All categories by their group, for one select."""
    gruppi: dict[str, list[tuple[str, str]]] = {}
    for categoria in modulo.categorie.values():
        nome = _("Nessuna di queste") if categoria.codice == ALTRO else categoria.nome
        gruppi.setdefault(categoria.madre.nome if categoria.madre else "", []).append((categoria.codice, nome))
    return list(gruppi.items())


def _proposte(modulo: Modulo) -> dict[str, Any]:
    """Context of _proposte.html: what the words suggest; the one chosen among them stays where it is."""
    scelta, testo = modulo.scritto("categoria"), modulo.scritto("testo")
    trovate = [p.categoria for p in suggerisci(testo, modulo.categorie.values())] if testo.strip() else []
    if scelta in modulo.categorie and modulo.categorie[scelta] not in trovate:
        trovate.insert(0, modulo.categorie[scelta])
    elenco = modulo.scritto("elenco")
    return {
        "proposte": [_carta(categoria, scelta if not elenco else "") for categoria in trovate],
        "frase": _frase(len(trovate)),
    }


def _carta(categoria: Categoria, scelta: str) -> dict[str, Any]:
    ufficio = categoria.ufficio.nome if categoria.ufficio else _("la smista l’URP")
    return {
        "id": f"c-{categoria.codice.replace('.', '-').replace('_', '-')}",
        "valore": categoria.codice,
        "titolo": categoria.nome,
        "testo": _("%(ufficio)s · risponde in %(termine)s")
        % {"ufficio": ufficio, "termine": categoria.termine_in_parole()},
        "scelto": categoria.codice == scelta,
    }


def _frase(trovate: int) -> str:
    frase = ngettext(
        "Le parole fanno pensare a %(n)d categoria.", "Le parole fanno pensare a %(n)d categorie.", trovate
    )
    return frase % {"n": trovate} if trovate else ""


def _posti(modulo: Modulo) -> dict[str, Any]:
    """Context of nuova/_luoghi.html."""
    cerca, scelto = modulo.scritto("cerca"), modulo.scritto("posto")
    trovati = luoghi.cerca(cerca)
    scelto = scelto or (str(trovati[0].pk) if len(trovati) == 1 else "")
    frase = ngettext("%(n)d posto trovato.", "%(n)d posti trovati.", len(trovati)) % {"n": len(trovati)}
    if not trovati:
        frase = _("Nessun posto trovato: prova con meno parole, o dillo a parole qui sotto.") if cerca.strip() else ""
    return {"frase_posti": frase, "posti": [_posto(luogo, scelto) for luogo in trovati]}


def _posto(luogo: Luogo, scelto: str) -> dict[str, Any]:
    return {
        "id": f"l-{luogo.pk}",
        "valore": luogo.pk,
        "titolo": luogo.nome,
        "testo": luogo.descrizione,
        "scelto": str(luogo.pk) == scelto,
        "lat": None,
        "lon": None,
    }


# --- what is wrong ----------------------------------------------------------------------------------------

_BERSAGLI = {"testo": "testo", "categoria": "elenco", "cerca": "id_cerca", "posto": "id_cerca", "parole": "id_parole"}
_BERSAGLI |= {"fuori_va_bene": "fuori-va-bene", "canale": "id_canale_0"}


def _voci(modulo: Modulo, solo: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Every error for the summary: (id of the field, sentence); the questions say which of them is meant."""
    voci: list[tuple[str, str]] = []
    for forma in modulo.forme:
        for nome, errori in forma.errors.items():
            if solo and nome not in solo:
                continue
            prima = f"{forma[nome].label} " if nome.startswith("d_") and nome in forma.fields else ""
            bersaglio = _BERSAGLI.get(nome) or (f"d-{nome}" if prima else f"id_{nome}")
            voci += [(bersaglio, f"{prima}{errore}") for errore in errori]
    if modulo.domande is not None and not modulo.domande.is_bound:
        prima_domanda = modulo.domande.domande[0].name
        voci.append((f"d-{prima_domanda}", _("Questa categoria ha qualche domanda in più: la trovi qui sotto.")))
    return voci


def _sbagli(modulo: Modulo) -> dict[str, str]:
    """What is wrong with each field that the template draws itself."""
    return {
        nome: " ".join(str(errore) for errore in forma.errors.get(nome, []))
        for forma in (modulo.cosa, modulo.dove)
        if forma is not None
        for nome in ("testo", "categoria", "cerca", "posto", "parole", "fuori_va_bene")
        if nome in forma.fields
    }
