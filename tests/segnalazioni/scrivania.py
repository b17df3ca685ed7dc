"""What the tests of the desk share."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

from django.urls import reverse
from PIL import Image

from core.immagini import ImmaginePulita
from core.tempo import oggi
from segnalazioni.models import Segnalazione


def immagine(colore: str = "seagreen") -> ImmaginePulita:
    """A picture as the cleaner gives it."""
    file = io.BytesIO()
    Image.new("RGB", (32, 24), colore).save(file, "JPEG")
    dati = file.getvalue()
    return ImmaginePulita(dati, dati, 32, 24, hashlib.sha256(dati).hexdigest())


def url_passo(caso: Segnalazione, passo: str, porta: str = "passo") -> str:
    """Address of a step of the case."""
    return reverse(f"scrivania:{porta}", kwargs={"codice": caso.codice, "passo": passo})


def dati_di(caso: Segnalazione, **altro: Any) -> dict[str, Any]:
    """Good data for any step, as a form sends them; a step takes those that it asks for."""
    buoni = {
        "versione": caso.versione,
        "giorno": (oggi() + timedelta(days=9)).isoformat(),
        "ente": "Provincia di Lucca",
        "prova": "PEC del 3 novembre, n. 1234",
        "testo": "Siamo passati a vedere.",
        "nota": "Sentito il capocantiere.",
    }
    return buoni | altro
