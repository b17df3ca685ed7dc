"""Browsers of people without an account, and the cases that not everybody may see. Giulia reports with her e-mail."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.magic import crea_link
from ascolto.models import Visibilita
from core.immagini import pulisci
from segnalazioni import actions
from segnalazioni.accesso import ricorda_inviata
from segnalazioni.models import Categoria, Foto, Segnalazione
from tests.aiuti import segnala

GIULIA = "giulia@example.org"
INESISTENTE = "/segnalazioni/LU-7K3F-92Q7/"  # a number that could be one


def browser_che_ha_inviato(caso: Segnalazione) -> Client:
    """The browser that filed this case a moment ago."""
    client = Client()
    session = client.session
    ricorda_inviata(session, caso)
    session.save()
    return client


def browser_con_la_casella(caso: Segnalazione, email: str = GIULIA) -> Client:
    """A browser whose owner has used the link mailed to `email` for this case."""
    client = Client()
    risposta = client.post(crea_link(email, caso.url()), {"che": "usa"})
    assert risposta.status_code == 302, "the link was not good"
    return client


def privata(categoria: Categoria, **chi: Any) -> Segnalazione:
    """A case of a category that is not public by itself."""
    Categoria.objects.filter(pk=categoria.pk).update(pubblica=False)
    categoria.refresh_from_db()
    return segnala(categoria, **chi)


def rendi(caso: Segnalazione, visibilita: Visibilita) -> Segnalazione:
    """Changes who may read the case, as moderation will."""
    caso.contributo.visibilita = visibilita
    caso.contributo.save(update_fields=["visibilita"])
    return caso


def immagine(colore: str = "navy") -> bytes:
    """A small real JPEG."""
    dati = BytesIO()
    Image.new("RGB", (640, 480), colore).save(dati, "JPEG")
    return dati.getvalue()


def file_di_foto(nome: str = "lampione.jpg") -> SimpleUploadedFile:
    """The same, as a browser sends it."""
    return SimpleUploadedFile(nome, immagine(), "image/jpeg")


def con_foto(caso: Segnalazione, quante: int = 1) -> list[Foto]:
    """Adds photos to a case."""
    return actions.aggiungi_foto([pulisci(BytesIO(immagine())) for _ in range(quante)], segnalazione=caso)


def pagina_di(risposta: Any) -> str:
    """The page as text."""
    return str(risposta.content.decode())
