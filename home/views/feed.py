"""The feeds: all news, one kind of them, those about a topic. Their addresses have a dot, which no page's can have."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.lingue import IN_ITALIANO
from cms.models import Argomento
from core.tempo import adesso
from home.feed import Canale, NotizieAtom, NotizieRss
from home.models import NotiziaPage, NovitaPage, RubricaPage
from home.models.novita import NotiziaQuerySet

QUANTE = 20  # items of a feed
FORMATI = {"rss": NotizieRss, "atom": NotizieAtom}


@require_safe
@cache_control(public=True, no_cache=True)  # asked about every time, answered 304 where nothing has changed
def feed(request: HttpRequest, formato: str, rubrica: str = "", argomento: str = "") -> HttpResponse:
    """One feed in one format."""
    if formato not in FORMATI:
        raise Http404
    with override(settings.LANGUAGE_CODE):
        canale = _di_argomento(argomento, formato) if argomento else _di_novita(rubrica, formato)
        quando = canale.aggiornato_il
        secondi = int(quando.timestamp()) if quando else None
        uguale = get_conditional_response(request, etag=canale.etag, last_modified=secondi)
        risposta = uguale or FORMATI[formato]()(request, canale)
    return _con_segni(risposta, canale, quando)


def _con_segni(risposta: HttpResponse, canale: Canale, quando: datetime | None) -> HttpResponse:
    risposta["ETag"] = canale.etag
    del risposta["Last-Modified"]  # of an empty feed Django says «now»
    if quando:
        risposta["Last-Modified"] = http_date(quando.timestamp())
    return risposta


def _di_novita(rubrica: str, formato: str) -> Canale:
    """All news, or those of one kind."""
    pagine = RubricaPage.objects.filter(slug=rubrica) if rubrica else NovitaPage.objects.all()
    italiane = pagine.live().public().filter(IN_ITALIANO)
    pagina = get_object_or_404(italiane.order_by("path")[:1])
    dove = {"rubrica": rubrica} if rubrica else {}
    return _canale(
        pagina.title,
        pagina.descrizione,
        pagina.get_url_parts()[2],
        reverse("home:feed", kwargs={"formato": formato, **dove}),
        NotiziaPage.objects.descendant_of(pagina),
    )


def _di_argomento(slug: str, formato: str) -> Canale:
    argomento = get_object_or_404(Argomento, slug=slug)
    return _canale(
        argomento.nome,
        argomento.descrizione,
        argomento.get_absolute_url(),
        reverse("home:feed", kwargs={"formato": formato, "argomento": slug}),
        NotiziaPage.objects.filter(IN_ITALIANO, argomenti=argomento),
    )


def _canale(nome: str, descrizione: str, pagina: str, indirizzo: str, tutte: NotiziaQuerySet) -> Canale:
    titolo = _("%(che)s · Comune di Lucca") % {"che": nome}
    ancora = Q(expire_at__isnull=True) | Q(expire_at__gt=adesso())  # what has expired goes before it is taken down
    notizie = list(tutte.filter(ancora).recenti()[:QUANTE])
    return Canale(titolo, descrizione or titolo, pagina, indirizzo, notizie, _argomenti(notizie))


def _argomenti(notizie: list[NotiziaPage]) -> dict[int, list[str]]:
    """Names of the topics of each, in one query."""
    nomi: defaultdict[int, list[str]] = defaultdict(list)
    righe = Argomento.objects.filter(pagine__in=[n.pk for n in notizie]).order_by("nome", "pk")
    for pk, nome in righe.values_list("pagine", "nome"):
        nomi[pk].append(nome)
    return dict(nomi)
