"""The page that finds everything: one question in the address, its answers by kind, ten to a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.ratelimit import troppe
from core.views import too_often
from ricerca.domande import Richiesta, pulita
from ricerca.estratti import Pezzi, estratto
from ricerca.models import Trovabile
from ricerca.risultati import IN_TESTA, Risultati, Trovato, per_giorno
from ricerca.risultati import cerca as trova
from ricerca.specie import DA_SEGNALARE, SEGNALAZIONI, SPECIE
from segnalazioni.forms.elenco import numero_cercato
from segnalazioni.ricerca import TETTO_TROVATE
from segnalazioni.views.elenco import Riga, righe

PER_PAGINA = 10
RECENTI = "recenti"  # in the address: the newest first
AL_MINUTO = 120  # questions of one address: a library, an office, a telephone network


@dataclass(frozen=True, slots=True)
class Risposta:
    """One answer of the page: a thing of the site (cosa, with its excerpt) or a report (riga)."""

    specie: str
    cosa: Trovabile | None = None
    estratto: Pezzi | None = None
    riga: Riga | None = None

    @property
    def che_cosa(self) -> str:
        """The name of its kind."""
        return str(SPECIE[self.specie].una)


@never_cache
@require_safe
def cerca(request: HttpRequest) -> HttpResponse:
    """The search of the site. A public number leads to its page, whether or not there is one: the page answers that."""
    scritto = pulita(request.GET.get("q", ""))
    if scritto and troppe(request, "cerca", quante=AL_MINUTO, secondi=60):
        return too_often(request, 60)
    if codice := numero_cercato(scritto):
        return redirect("segnalazioni:scheda", codice=codice)
    alla_lettera = "alla_lettera" in request.GET
    risultati = trova(scritto, alla_lettera=alla_lettera)
    specie = request.GET.get("tipo", "")
    specie = specie if specie in SPECIE else ""
    ordine = RECENTI if request.GET.get("ordine") == RECENTI else ""
    filtri = {"q": scritto, "alla_lettera": "1" if alla_lettera else "", "tipo": specie, "ordine": ordine}
    giusta = _giusta(scritto, risultati)
    trovati = risultati.di(specie)
    pagina = Paginator(per_giorno(trovati) if ordine else trovati, PER_PAGINA).get_page(request.GET.get("pagina"))
    risposte = _risposte(pagina.object_list, risultati.richiesta)
    contesto = {
        "scritto": scritto,
        "risultati": risultati,
        "specie": specie,
        "pagina": pagina,
        "risposte": risposte,
        "quanti": _quanti(pagina.paginator.count, oltre=risultati.oltre and not specie),
        "filtri": _filtri(risultati, filtri),
        "recenti": bool(ordine),
        "altro_ordine": _query({**filtri, "ordine": "" if ordine else RECENTI}),
        "giusta": giusta,
        "alla_lettera": _query({**filtri, "alla_lettera": "1"}),
        "con_giuste": _query({**filtri, "q": "".join(testo for testo, _giusta in giusta)}),
        "segnala": _segnala(scritto),
        "tante_segnalazioni": len(risultati.casi) > TETTO_TROVATE,
    }
    return render(request, "ricerca/cerca.html", contesto | _gia_segnalato(risposte, risultati, filtri))


def _query(filtri: dict[str, str]) -> str:
    return "?" + urlencode({nome: valore for nome, valore in filtri.items() if valore})


def _segnala(scritto: str, **altro: str) -> str:
    """Filing a report, with what was typed."""
    return f"{reverse('segnalazioni:nuova')}{_query({'testo': scritto, **altro})}" if scritto else ""


def _risposte(trovati: Iterable[Trovato], richiesta: Richiesta) -> list[Risposta]:
    """The results of a page, read. At most three queries, none for what is not there."""
    trovati = list(trovati)
    cose = Trovabile.objects.defer("parole").in_bulk([t.pk for t in trovati if t.specie != SEGNALAZIONI])
    chiavi = [t.pk for t in trovati if t.specie == SEGNALAZIONI]
    casi = {riga.caso.pk: riga for riga in righe(chiavi)} if chiavi else {}
    risposte = []
    for trovato in trovati:  # what has gone since it was counted is left out
        if trovato.specie == SEGNALAZIONI and trovato.pk in casi:
            risposte.append(Risposta(SEGNALAZIONI, riga=casi[trovato.pk]))
        elif trovato.specie != SEGNALAZIONI and trovato.pk in cose:
            cosa = cose[trovato.pk]
            risposte.append(Risposta(trovato.specie, cosa, estratto(cosa.sommario, cosa.corpo, richiesta)))
    return risposte


def _quanti(quanti: int, *, oltre: bool) -> str:
    numero = number_format(quanti, force_grouping=True)
    if oltre:
        return _("Più di %(n)s risultati") % {"n": numero}
    return ngettext("%(n)s risultato", "%(n)s risultati", quanti) % {"n": numero} if quanti else _("Nessun risultato")


def _filtri(risultati: Risultati, filtri: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds as links, each with how many it opens."""
    return [
        {
            "url": _query({**filtri, "tipo": specie}),
            "testo": SPECIE[specie].tutte if specie else _("Tutto"),
            "conto": quanti,
            "attiva": specie == filtri["tipo"],
        }
        for specie, quanti in risultati.conti().items()
    ]


def _giusta(scritto: str, risultati: Risultati) -> Pezzi:
    """What was searched for instead of what was typed, the words put right apart; [] when it was what was typed."""
    return Richiesta.leggi(scritto).in_pezzi(risultati.correzione.giuste) if risultati.correzione.giuste else []


def _gia_segnalato(risposte: list[Risposta], risultati: Risultati, filtri: dict[str, str]) -> dict[str, Any]:
    """When the first words of the page name something to report and some report has them: look there first."""
    primi = {posto.pk for posto in risultati.posti[:IN_TESTA]}
    da_segnalare = (r.cosa for r in risposte if r.cosa and r.specie == DA_SEGNALARE and r.cosa.pk in primi)
    cosa = next(da_segnalare, None)
    if filtri["tipo"] or cosa is None or not risultati.casi:
        return {"gia_segnalato": None}
    quante = min(len(risultati.casi), TETTO_TROVATE)
    return {
        "gia_segnalato": cosa,
        "gia_segnala": f"{cosa.url}&{urlencode({'testo': filtri['q']})}",
        "gia_quante": quante,
        "gia_dove": _query({**filtri, "tipo": SEGNALAZIONI}),
    }
