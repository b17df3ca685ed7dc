"""Press releases, news and notices, their dates relative to today."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.models import Argomento, Immagine
from comune.models import Ufficio
from core.tempo import oggi
from home.contenuti.campi import flusso
from home.models import Correzione, NotiziaPage, RubricaPage
from segnalazioni.demo.disegni import foto

FILE = Path(__file__).with_name("notizie.toml")
ALLE = time(7, 30)  # before anybody looks


def scrivi_le_notizie() -> int:
    """Lays every piece of news of the file under its kind; answers how many."""
    voci: list[dict[str, Any]] = tomllib.loads(FILE.read_text())["notizie"]
    for voce in sorted(voci, key=lambda v: v["giorni_fa"], reverse=True):
        _scrivi(voce)
    return len(voci)


def _scrivi(voce: dict[str, Any]) -> None:
    giorno = oggi() - timedelta(days=voce["giorni_fa"])
    blocchi = [blocco for parte in voce["corpo"] for blocco in parte.items()]
    pagina = NotiziaPage(
        title=voce["titolo"],
        sommario=voce["sommario"],
        data=giorno,
        ufficio=Ufficio.objects.get(slug=voce["ufficio"]),
        immagine=_disegnata(voce) if "disegno" in voce else None,
        immagine_testo=voce.get("mostra", ""),
        corpo=flusso(NotiziaPage, "corpo", blocchi),
        first_published_at=timezone.make_aware(datetime.combine(giorno, ALLE)),
    )
    dette = voce.get("correzioni", ())
    pagina.correzioni.set([Correzione(giorno=giorno + timedelta(days=dopo), testo=testo) for dopo, testo in dette])
    RubricaPage.objects.get(slug=voce["rubrica"]).add_child(instance=pagina)
    pagina.argomenti.set(Argomento.objects.filter(slug__in=voce["argomenti"]))
    pagina.save_revision().publish()


def _disegnata(voce: dict[str, Any]) -> Immagine:
    """The picture of a piece of news, drawn like the photos of the reports."""
    dati = foto(voce["disegno"], 0).dati
    file = ContentFile(dati, name=f"{voce['disegno']}.jpg")
    immagine: Immagine = Immagine.objects.create(title=voce["mostra"], description=voce["mostra"], file=file)
    return immagine
