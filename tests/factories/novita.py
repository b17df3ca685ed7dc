"""News, published as an editor does."""

from __future__ import annotations

from typing import Any

from cms.models import Argomento
from home.models import NotiziaPage, RubricaPage

TESTO = '<p>Sono <a href="/servizi/">otto</a>, accese dal tramonto.</p>'


def bozza(titolo: str, *, rubrica: str = "notizie", argomenti: tuple[str, ...] = (), **altro: Any) -> NotiziaPage:
    """A piece of news that is not out yet."""
    corpo = altro.pop("testo", TESTO)
    notizia = NotiziaPage(title=titolo, live=False, **{"sommario": f"In breve: {titolo}"} | altro)
    notizia.corpo = NotiziaPage._meta.get_field("corpo").to_python([{"type": "testo", "value": corpo}])
    RubricaPage.objects.get(slug=rubrica, locale__language_code="it").add_child(instance=notizia)
    notizia.argomenti.set(Argomento.objects.filter(slug__in=argomenti))
    notizia.save_revision()
    return notizia


def pubblica(notizia: NotiziaPage) -> NotiziaPage:
    """Publishes its last words; answers the row."""
    notizia.get_latest_revision().publish()
    uscita: NotiziaPage = NotiziaPage.objects.get(pk=notizia.pk)
    return uscita


def esce(titolo: str, **altro: Any) -> NotiziaPage:
    """A piece of news that is out."""
    return pubblica(bozza(titolo, **altro))
