"""Step 1, what happens: the words, the category they suggest, the whole list, the questions of the category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from segnalazioni.actions.bozza import cancella_bozza
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import TESTO_MASSIMO, CosaForm, DomandeForm
from segnalazioni.models import ASSISTENZA, Categoria
from segnalazioni.suggerimenti import ALTRO, suggerisci
from segnalazioni.views.nuova._bozza import (
    apri,
    avanti,
    dimentica,
    frasi_di,
    indietro,
    pagina,
    passo,
    rivede,
    salva,
    scritto,
    si_tiene,
    verso,
    voci_di,
)

_CAMPI = ("testo", "categoria", "va_bene")


@dataclass(frozen=True, slots=True)
class Scelta:
    """One category as a card of components/scelta.html."""

    valore: str
    titolo: str
    testo: str
    scelto: bool

    @property
    def id(self) -> str:
        """Of its radio."""
        return f"c-{self.valore.replace('.', '-').replace('_', '-')}"


def _categorie() -> dict[str, Categoria]:
    """All but that of help, which is asked at /assistenza/."""
    return {c.codice: c for c in Categoria.objects.foglie().in_ordine() if c.codice != ASSISTENZA}


def _carta(categoria: Categoria, scelta: str) -> Scelta:
    if categoria.codice == ALTRO:
        testo, titolo = _("La legge una persona dell’URP e la passa a chi deve rispondere"), _("Nessuna di queste")
    else:
        ufficio = categoria.ufficio.nome if categoria.ufficio else categoria.madre.nome if categoria.madre else ""
        titolo = categoria.nome
        testo = _("%(ufficio)s · risponde in %(termine)s") % {
            "ufficio": ufficio,
            "termine": categoria.termine_in_parole(),
        }
    return Scelta(categoria.codice, titolo, testo, categoria.codice == scelta)


def _proposte(testo: str, scelta: str, categorie: Mapping[str, Categoria]) -> dict[str, Any]:
    """Context of _proposte.html: what the words suggest, what was chosen before, «Nessuna di queste»."""
    trovate = [p.categoria for p in suggerisci(testo, categorie.values())]
    mostrate = list(trovate)
    if scelta in categorie and scelta != ALTRO and categorie[scelta] not in mostrate:
        mostrate.insert(0, categorie[scelta])
    if altro := categorie.get(ALTRO):
        mostrate.append(altro)
    return {
        "proposte": [_carta(c, scelta) for c in mostrate] if testo.strip() or scelta else [],
        "frase": _frase(len(trovate)) if testo.strip() else "",
        "quante": len(categorie),
    }


def _frase(trovate: int) -> str:
    if not trovate:
        return _("Da quello che hai scritto non riconosciamo la categoria: scegli dall’elenco, o lascia fare a noi.")
    return ngettext(
        "Da quello che hai scritto abbiamo trovato %(n)d categoria.",
        "Da quello che hai scritto abbiamo trovato %(n)d categorie.",
        trovate,
    ) % {"n": trovate}


# --- what happens -----------------------------------------------------------------------------------------


@passo("cosa")
def cosa(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """The words and the category. Without JavaScript the categories come with a second look at the page."""
    if request.method == "POST":
        return _ricevi(request, comp)
    dati = comp.di("cosa")
    arrivati = _arrivati(request, dati)
    if arrivati:
        # Words from the home page, a category from the search: a draft begun before is offered, not overwritten.
        return _mostra(request, comp, arrivati, altra_bozza=bool(dati.get("testo")))
    return _mostra(request, comp, dati, domande=_domande_scritte(comp), riprendi=_riprendi(request, comp))


def _arrivati(request: HttpRequest, dati: Mapping[str, Any]) -> dict[str, str]:
    """Words and category that the address brings, when they are not those of the draft."""
    testo, scelta = request.GET.get("testo", "").strip()[:TESTO_MASSIMO], request.GET.get("categoria", "")
    arrivati = {nome: valore for nome, valore in (("testo", testo), ("categoria", scelta)) if valore}
    if scelta and scelta not in _categorie():
        del arrivati["categoria"]
    return arrivati if any(dati.get(nome) != valore for nome, valore in arrivati.items()) else {}


def _ricevi(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    if "ricomincia" in request.POST and comp.bozza:
        cancella_bozza(comp.bozza)
        dimentica(request)
        comp = Compilazione(None, request.user)
    dati = scritto(request, _CAMPI)
    categorie = _categorie()
    if request.POST.get("vai") == "categorie" and si_tiene(dati):
        salva(request, comp, cosa=dati)
        return verso(request, "segnalazioni:nuova_categorie")
    form = CosaForm(dati, categorie=categorie, serve="proposte" in request.POST)
    domande = _domande_inviate(request, categorie.get(dati["categoria"]))
    if not form.is_valid() or (domande and not domande.is_valid()):
        return _mostra(request, comp, dati, form=form, domande=domande, categorie=categorie)
    parti: dict[str, Any] = {"cosa": {**dati, "testo": form.cleaned_data["testo"]}}
    if domande:
        parti["domande"] = {"di": dati["categoria"], **_risposte_scritte(request, domande)}
    comp = salva(request, comp, **parti)
    if not dati["categoria"]:
        return verso(request, "cosa", "proposte")
    return avanti(request, comp, "cosa")


def _mostra(
    request: HttpRequest,
    comp: Compilazione,
    dati: Mapping[str, Any],
    *,
    form: CosaForm | None = None,
    domande: DomandeForm | None = None,
    categorie: Mapping[str, Categoria] | None = None,
    **altro: Any,
) -> HttpResponse:
    testo, scelta = str(dati.get("testo", "")), str(dati.get("categoria", ""))
    contesto = _proposte(testo, scelta, categorie if categorie is not None else _categorie())
    primo = contesto["proposte"][0].id if contesto["proposte"] else "testo"
    voci = [*voci_di(form, testo="testo", categoria=primo), *_voci_domande(domande)]
    contesto |= {
        "dati": {"testo": testo, "va_bene": dati.get("va_bene", "")},
        "form": form,
        "sbagli": frasi_di(form, "testo", "categoria"),
        "promesse": _promesse(),
        "domande": domande,
        "altra_bozza": False,
        "riprendi": "",
        **altro,
    }
    return pagina(request, comp, "cosa", contesto, errori=voci)


def _promesse() -> list[tuple[str, str]]:
    return [
        (_("Un numero"), _("per ritrovarla, anche senza account.")),
        (_("Una data"), _("entro cui l’ufficio risponde.")),
        (_("Una pagina"), _("dove vedere che fine fa.")),
    ]


def _riprendi(request: HttpRequest, comp: Compilazione) -> str:
    """Where to take up a draft left half-way, for who comes back from elsewhere; "" while walking the steps."""
    if rivede(request) or reverse("segnalazioni:nuova") in request.META.get("HTTP_REFERER", ""):
        return ""
    manca = comp.manca() if comp.bozza else "cosa"
    return "" if manca == "cosa" else reverse(f"segnalazioni:nuova_{manca or 'rivedi'}")


# --- the questions of the category ------------------------------------------------------------------------


def _domande_scritte(comp: Compilazione) -> DomandeForm | None:
    """The questions with the answers given before, to be read or changed in place."""
    date = comp.risposte_date()
    return DomandeForm(None, categoria=comp.categoria, initial=date) if comp.categoria and date else None


def _domande_inviate(request: HttpRequest, categoria: Categoria | None) -> DomandeForm | None:
    """The questions that stood in the page, when they are those of the category chosen."""
    if categoria is None or not categoria.domande or request.POST.get("domande_di") != categoria.codice:
        return None
    return DomandeForm(request.POST, categoria=categoria)


def _risposte_scritte(request: HttpRequest, form: DomandeForm) -> dict[str, str]:
    return scritto(request, [*(campo.name for campo in form.domande), form.casella])


def _voci_domande(form: DomandeForm | None) -> list[tuple[str, str]]:
    """The summary names the question: several may say «Scegli una risposta»."""
    if form is None or not form.is_bound:
        return []
    voci: list[tuple[str, str]] = []
    for campo in form.domande:
        bersaglio = campo.id_for_label or f"{campo.auto_id}_0"
        domanda = str(campo.label).rstrip(":")
        unione = " " if domanda.endswith("?") else ": "
        voci += [(bersaglio, f"{domanda}{unione}{errore}") for errore in campo.errors]
    return voci


@passo("domande")
def domande(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """The questions as a page of their own, for who has no JavaScript or comes to change an answer."""
    if comp.categoria is None or not comp.categoria.domande:
        return avanti(request, comp, "domande")
    if request.method != "POST":
        form = DomandeForm(None, categoria=comp.categoria, initial=comp.risposte_date())
        return pagina(request, comp, "domande", {"domande": form})
    form = DomandeForm(request.POST, categoria=comp.categoria)
    dati = {"di": comp.categoria.codice, **_risposte_scritte(request, form)}
    if request.POST.get("vai") == "indietro" and si_tiene(dati):
        return indietro(request, salva(request, comp, domande=dati), "domande")
    if not form.is_valid():
        return pagina(request, comp, "domande", {"domande": form}, errori=_voci_domande(form))
    return avanti(request, salva(request, comp, domande=dati), "domande")


# --- the whole list ---------------------------------------------------------------------------------------


@passo("categorie")
def categorie(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """Every category by its group. Choosing one goes on, if the words are there already."""
    tutte = _categorie()
    if request.method != "POST":
        return _elenco(request, comp, tutte)
    if request.POST.get("vai") == "indietro":
        return verso(request, "cosa")
    scelta = request.POST.get("categoria", "")
    if scelta not in tutte:
        return _elenco(request, comp, tutte, [("c-prima", _("Scegli una categoria."))])
    comp = salva(request, comp, cosa={**comp.di("cosa"), "categoria": scelta})
    return avanti(request, comp, "cosa") if comp.cosa.is_valid() else verso(request, "cosa")


def _elenco(
    request: HttpRequest, comp: Compilazione, tutte: Mapping[str, Categoria], errori: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    scelta = str(comp.di("cosa").get("categoria", ""))
    gruppi: dict[str, list[Scelta]] = {}
    for categoria in tutte.values():
        if categoria.codice != ALTRO and categoria.madre:
            gruppi.setdefault(categoria.madre.nome, []).append(_carta(categoria, scelta))
    contesto = {
        "gruppi": [(nome, voci, any(v.scelto for v in voci)) for nome, voci in gruppi.items()],
        "altro": _carta(tutte[ALTRO], scelta) if ALTRO in tutte else None,
        "quante": len(tutte),
    }
    return pagina(request, comp, "categorie", contesto, errori=errori)


# --- fragments for the page that is open ------------------------------------------------------------------


@never_cache
@require_POST
def suggerimenti(request: HttpRequest) -> HttpResponse:
    """What the words typed so far suggest. POST: words of people do not belong in an address."""
    dati = scritto(request, ("testo", "categoria"))
    contesto = _proposte(dati["testo"][:TESTO_MASSIMO], dati["categoria"], _categorie())
    return render(request, "segnalazioni/nuova/_proposte.html", {**contesto, "errore": ""})


@never_cache
@require_GET
def domande_frammento(request: HttpRequest) -> HttpResponse:
    """The questions of a category, with the answers this browser has already given to them; empty without questions."""
    categoria = Categoria.objects.foglie().filter(codice=request.GET.get("categoria", "")).first()
    if categoria is None or not categoria.domande:
        return HttpResponse("")
    date = apri(request).di("domande")
    iniziali = date if date.get("di") == categoria.codice else {}
    form = DomandeForm(None, categoria=categoria, initial=iniziali)
    return render(request, "segnalazioni/nuova/_domande.html", {"domande": form})


@require_POST
def cancella(request: HttpRequest) -> HttpResponse:
    """Drops the draft and its photos, now."""
    comp = apri(request)
    if comp.bozza:
        cancella_bozza(comp.bozza)
    dimentica(request)
    messages.success(request, _("Bozza cancellata: non ne abbiamo tenuto niente."))
    return redirect("/")
