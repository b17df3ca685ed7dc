"""The public reports as a feed and as a table to take away. The filters of the list hold here too."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice, repeat
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.ratelimit import troppe
from core.tabelle import scrivi_csv
from segnalazioni.forms.elenco import FiltriElenco
from segnalazioni.models import Segnalazione
from segnalazioni.racconto import pillola
from segnalazioni.views.elenco import trovate
from segnalazioni.workflow import Stato

NEL_FEED = 50
SCARICAMENTI, IN_SECONDI = 20, 600
A_BLOCCHI = 2_000  # rows read from the database at a time
A_PEZZI = 500  # rows of one piece of the answer


class FeedSegnalazioni(Feed[Segnalazione, FiltriElenco]):
    """The newest public reports (Atom)."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        risposta = super().__call__(request, *args, **kwargs)
        # Kept, but asked about every time: a title that was covered a moment ago is served from no cache.
        risposta["Cache-Control"] = "public, no-cache"
        set_response_etag(risposta)
        return get_conditional_response(request, etag=risposta["ETag"], response=risposta) or risposta

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FiltriElenco:
        return FiltriElenco(request.GET)

    def title(self) -> str:
        return _("Segnalazioni · Partecipa Lucca")

    def subtitle(self) -> str:
        return _("Le segnalazioni pubbliche al Comune di Lucca, dalla più recente.")

    def link(self, obj: FiltriElenco) -> str:
        return reverse("segnalazioni:elenco") + obj.query()

    def items(self, obj: FiltriElenco) -> list[Segnalazione]:
        return list(trovate(obj).per_elenco()[:NEL_FEED])

    def item_title(self, item: Segnalazione) -> str:
        return f"{item.titolo} – {pillola(item).parola.lower()}"

    def item_description(self, item: Segnalazione) -> str:
        return " · ".join(filter(None, (item.codice, item.categoria.nome, item.dove)))

    def item_link(self, item: Segnalazione) -> str:
        return item.url()

    def item_pubdate(self, item: Segnalazione) -> Any:
        return item.confermata_il

    def item_updateddate(self, item: Segnalazione) -> Any:
        return item.aggiornata_il

    def item_categories(self, item: Segnalazione) -> list[str]:
        return [item.categoria.nome]


# Column → where it stands. The citizen's words are not among them: read on their page, one by one, they are
# public; gathered by the thousand they would be a file of what people wrote about others.
COLONNE = {
    "codice": "contributo__codice",
    "titolo": "titolo",
    "stato": "stato",
    "gruppo": "categoria__madre__nome",
    "categoria": "categoria__nome",
    "quartiere": "contributo__quartiere__nome",
    "luogo": "indirizzo",
    "lat": "lat",
    "lon": "lon",
    "ufficio": "ufficio__nome",
    "canale": "contributo__canale",
    "confermata_il": "confermata_il",
    "scadenza": "scadenza",
    "risolta_il": "risolta_il",
    "conclusa_il": "conclusa_il",
}
_GIORNI = frozenset({"confermata_il", "risolta_il", "conclusa_il"})


@require_safe
def csv_pubblico(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The public reports as CSV (UTF-8, comma), row by row: their number changes the time, not the memory."""
    if troppe(request, "csv", quante=SCARICAMENTI, secondi=IN_SECONDI):
        return HttpResponse(_("Troppi scaricamenti: riprova fra dieci minuti."), status=429, content_type="text/plain")
    righe = trovate(FiltriElenco(request.GET)).values_list(*COLONNE.values()).iterator(chunk_size=A_BLOCCHI)
    risposta = StreamingHttpResponse(_testo(righe), content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = 'attachment; filename="segnalazioni.csv"'
    return risposta


def _testo(righe: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    # In pieces of many rows: each piece passes from the thread to the server's loop, which costs more than a row.
    parole = {str(valore): str(parola) for valore, parola in Stato.choices}
    nomi, resto = list(COLONNE), chain([None], righe)
    while pezzo := list(islice(resto, A_PEZZI)):
        testo = StringIO()
        scrivi_csv(testo, (nomi if riga is None else [*map(_cella, nomi, riga, repeat(parole))] for riga in pezzo))
        yield testo.getvalue()


def _cella(nome: str, valore: Any, parole: dict[str, str]) -> Any:
    if nome == "stato":
        return parole[valore]
    if nome in _GIORNI and valore is not None:
        return localdate(valore, get_default_timezone()).isoformat()
    return valore
