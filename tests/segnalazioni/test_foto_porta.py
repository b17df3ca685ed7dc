"""The door of photos: who may see the case sees them, as pictures and as nothing else."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import uuid4

from django.test import Client
from PIL import Image

from accounts.models import User
from core.immagini import pulisci
from core.tempo import adesso
from segnalazioni import actions
from segnalazioni.models import Bozza, Categoria, Foto, Segnalazione
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import con_foto, immagine, privata


def porta(caso: Segnalazione, foto: Foto) -> str:
    """Address of a photo."""
    return f"{caso.url()}foto/{foto.uid}/"


def dati(risposta: Any) -> bytes:
    """What was streamed."""
    return b"".join(risposta.streaming_content)


def test_a_public_photo_is_a_jpeg_and_nothing_else(client: Client, buca: Segnalazione) -> None:
    foto = con_foto(buca)[0]
    risposta = client.get(porta(buca, foto))
    assert risposta.status_code == 200
    assert risposta["Content-Type"] == "image/jpeg"
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert risposta["Content-Disposition"].startswith("inline")
    assert risposta["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "public" in risposta["Cache-Control"]
    assert Image.open(BytesIO(dati(risposta))).size == (foto.larghezza, foto.altezza)


def test_the_thumbnail_is_smaller(client: Client, buca: Segnalazione) -> None:
    foto = con_foto(buca)[0]
    piccola, intera = (dati(client.get(porta(buca, foto) + coda)) for coda in ("?piccola=1", ""))
    assert len(piccola) < len(intera)


def test_a_browser_that_has_it_is_not_sent_it_again(client: Client, buca: Segnalazione) -> None:
    foto = con_foto(buca)[0]
    segni = []
    for coda in ("", "?piccola=1"):
        risposta = client.get(porta(buca, foto) + coda)
        dati(risposta)
        segni.append(risposta["ETag"])
        assert client.get(porta(buca, foto) + coda, headers={"if-none-match": segni[-1]}).status_code == 304
    assert segni[0] != segni[1]


def test_a_private_photo_is_for_who_reported_and_for_no_cache(client: Client, anna: User, buche: Categoria) -> None:
    caso = privata(buche, autore=anna)
    foto = con_foto(caso)[0]
    assert client.get(porta(caso, foto)).status_code == 404
    client.force_login(anna)
    risposta = client.get(porta(caso, foto))
    dati(risposta)
    assert risposta["Cache-Control"] == "private, no-store"


def test_a_photo_is_not_reached_through_another_case(client: Client, buca: Segnalazione, anna: User) -> None:
    nascosta = privata(buca.categoria, autore=anna)
    foto = con_foto(nascosta)[0]
    assert client.get(porta(buca, foto)).status_code == 404


def test_a_photo_of_a_draft_is_of_nobody_s_case(client: Client, buca: Segnalazione) -> None:
    bozza = Bozza.objects.create(scade_il=adesso())
    foto = actions.aggiungi_foto([pulisci(BytesIO(immagine()))], bozza=bozza)[0]
    assert client.get(porta(buca, foto)).status_code == 404


def test_the_photo_of_a_step_comes_through_the_same_door(client: Client, buche: Categoria, anna: User) -> None:
    caso = porta_a(segnala(buche, autore=anna), "in_lavorazione")
    caso = fai(caso, "risolvi", foto=[pulisci(BytesIO(immagine("green")))])
    foto = Foto.objects.get(segnalazione=caso)
    assert foto.passaggio is not None
    assert client.get(porta(caso, foto)).status_code == 200


def test_what_is_not_there_is_not_found(client: Client, buca: Segnalazione) -> None:
    foto = con_foto(buca)[0]
    assert client.get(f"{buca.url()}foto/{uuid4()}/").status_code == 404
    assert client.get(f"{buca.url()}foto/../../etc/passwd/").status_code == 404
    foto.file.storage.delete(foto.file.name or "")
    assert client.get(porta(buca, foto)).status_code == 404, "the row without its file"


def test_it_is_only_read(client: Client, buca: Segnalazione) -> None:
    assert client.post(porta(buca, con_foto(buca)[0])).status_code == 405
