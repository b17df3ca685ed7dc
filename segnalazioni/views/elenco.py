"""The public list: narrowed by a link, twenty to a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.templatetags.lp import giorno_settimana
from core.tempo import oggi
from segnalazioni.forms.elenco import STATI, FiltriElenco
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.racconto import Pillola, Scadenza, pillola, scadenza
from segnalazioni.ricerca import TETTO_TROVATE

PER_PAGINA = 20
# How many we count and page through; older ones are a date away. At 100,000 rows on PostgreSQL the keys of 5,000 in
# order take 12 ms and any page of them 2 more; counting all of them takes 100.
TETTO = 5_000
ORDINE = ("-confermata_il", "-pk")


@dataclass(frozen=True, slots=True)
class Riga:
    """One report in the list."""

    caso: Segnalazione
    pillola: Pillola
    scadenza: Scadenza | None
    persone: int

    @property
    def estratto(self) -> str:
        """The words after those that the title already took; "" when there are none."""
        testo = " ".join(self.caso.testo.split())
        resto = testo.removeprefix(self.caso.titolo.removesuffix("…")).lstrip(" .!?;")
        return Truncator(resto).chars(180)

    @property
    def fatti(self) -> str:
        """Where, since when, how many people, by when: one line."""
        caso = self.caso
        return " · ".join(
            filter(
                None,
                (
                    Truncator(caso.dove).chars(60) or str(caso.contributo.quartiere or ""),
                    _("arrivata il %(giorno)s") % {"giorno": _giorno(caso.confermata_il)},
                    _("%(n)d persone") % {"n": self.persone} if self.persone > 1 else "",
                    self._fine,
                ),
            )
        )

    @property
    def _fine(self) -> str:
        if self.caso.conclusa_il:
            return _("conclusa il %(giorno)s") % {"giorno": _giorno(self.caso.conclusa_il)}
        if self.scadenza is None or self.caso.sospesa or self.scadenza.tono == "tardi":
            return ""
        return _("risposta entro %(giorno)s") % {"giorno": giorno_settimana(self.scadenza.giorno)}


def _giorno(istante: datetime | None) -> str:
    """«17 novembre», with the year when it is another."""
    if istante is None:
        return ""
    locale = localdate(istante)
    return date_format(locale, "j F" if locale.year == oggi().year else "j F Y").lower()


def trovate(filtri: FiltriElenco) -> SegnalazioneQuerySet:
    """The public reports that the filters leave, newest first: those of the list, of the feed and of the CSV."""
    return filtri.applica(Segnalazione.objects.pubbliche()).order_by(*ORDINE)


@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """The list; a number that was searched for leads to its page, whether or not there is one."""
    filtri = FiltriElenco(request.GET)
    if filtri.codice:
        return redirect("segnalazioni:scheda", codice=filtri.codice)
    for nome in filtri.ignorati:
        messages.warning(
            request, _("Il filtro «%(nome)s» non dice niente che conosciamo: l’abbiamo tolto.") % {"nome": nome}
        )
    tetto = TETTO_TROVATE if filtri.valori.get("q") else TETTO
    chiavi = list(trovate(filtri).values_list("pk", flat=True)[: tetto + 1])
    pagina = Paginator(chiavi[:tetto], PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "filtri": filtri,
        "pagina": pagina,
        "righe": righe(pagina.object_list),
        "quante": _quante(len(chiavi), tetto),
        "stati": _stati(filtri),
        "query": filtri.query(),
        "piu_vecchie": _piu_vecchie(filtri, pagina, oltre=len(chiavi) > tetto),
    }
    return render(request, "segnalazioni/elenco.html", contesto)


def righe(chiavi: Iterable[int]) -> list[Riga]:
    """The reports with these keys, as rows, newest first. Two queries."""
    casi: Any = Segnalazione.objects.per_elenco().con_firme().filter(pk__in=list(chiavi)).order_by(*ORDINE)
    return [Riga(caso, pillola(caso), scadenza(caso), caso.firme) for caso in casi]


def _quante(trovate: int, tetto: int) -> str:
    numero = number_format(min(trovate, tetto), force_grouping=True)
    if trovate > tetto:
        return _("Più di %(n)s segnalazioni") % {"n": numero}
    return ngettext("%(n)s segnalazione", "%(n)s segnalazioni", trovate) % {"n": numero}


def _stati(filtri: FiltriElenco) -> list[dict[str, Any]]:
    """The choices of state, as links that keep the other filters."""
    scelto = filtri.valori.get("stato", "")
    voci = [("", _("Tutte")), *((valore, parole) for valore, (parole, _quali) in STATI.items())]
    return [
        {"url": filtri.query(stato=valore) or "?", "testo": parole, "attiva": valore == scelto}
        for valore, parole in voci
    ]


def _piu_vecchie(filtri: FiltriElenco, pagina: Page[int], *, oltre: bool) -> str:
    """Beyond what we count: the same list from the day of its last row backwards; "" when there is no more."""
    if not oltre or pagina.has_next():
        return ""
    ultima = Segnalazione.objects.get(pk=list(pagina.object_list)[-1])
    giorno = localdate(ultima.confermata_il)
    return filtri.query(fino_al=giorno.isoformat()) if str(giorno) != filtri.valori.get("fino_al") else ""
