"""A face in Anna's photo is overwritten: gone from every byte that is served, put aside, and put back by who may."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from comune.models import Incarico
from core.errors import DomainError
from core.immagini import Zona, copri_zone, pulisci
from riservatezza.actions import conserva
from segnalazioni import actions
from segnalazioni.actions import Perche
from segnalazioni.models import Consultazione, Foto, OriginaleFoto, Segnalazione
from tests.aiuti import porta_a

VOLTO = Perche("altri", "Si vede il volto di un passante.")
ROSSO = (220, 20, 20)


@pytest.fixture
def caso(buca, carla, elena, dario):
    """A photo with a red square, 25–50 % each way, on white."""
    quadro = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(quadro).rectangle((100, 100, 200, 200), fill=ROSSO)
    dati = BytesIO()
    quadro.save(dati, "PNG")
    actions.aggiungi_foto([pulisci(BytesIO(dati.getvalue()))], segnalazione=buca)
    return porta_a(buca, "in_lavorazione")


@pytest.fixture
def foto(caso):
    return Foto.objects.get(segnalazione=caso)


def porta(caso, foto, coda=""):
    return reverse("segnalazioni:foto", kwargs={"codice": caso.codice, "uid": foto.uid}) + coda


def immagine(risposta):
    return Image.open(BytesIO(b"".join(risposta.streaming_content)))


def ha_del_rosso(immagine):
    punti = immagine.convert("RGB").tobytes()
    return any(r > 150 and v < 90 and b < 90 for r, v, b in zip(punti[::3], punti[1::3], punti[2::3], strict=True))


def luce(immagine, punto):
    """The brightest of the three colours there, 0–255."""
    return max(immagine.convert("RGB").crop((*punto, punto[0] + 1, punto[1] + 1)).tobytes())


ZONE = [Zona(24, 24, 27, 27)]


def test_the_pixels_are_gone_from_what_is_served(caso, foto, carla):
    assert ha_del_rosso(immagine(Client().get(porta(caso, foto))))
    actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    for coda in ("", "?piccola=1", "?originale=1", "?v=1"):
        assert not ha_del_rosso(immagine(Client().get(porta(caso, foto, coda))))


def test_no_cache_serves_the_old_one(caso, foto, carla):
    client = Client()
    prima = client.get(porta(caso, foto))
    b"".join(prima.streaming_content)
    assert prima["Cache-Control"] == "public, no-cache", "kept, but asked about every time"
    actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    dopo = client.get(porta(caso, foto), headers={"if-none-match": prima["ETag"]})
    assert dopo.status_code == 200
    assert not ha_del_rosso(immagine(dopo))
    pagina = client.get(caso.url()).content.decode()
    assert f"v={Foto.objects.get().impronta[:8]}" in pagina
    assert foto.impronta[:8] not in pagina


def test_the_original_lies_where_no_public_door_leads(caso, foto, carla, django_capture_on_commit_callbacks):
    vecchia = foto.miniatura.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    originale = OriginaleFoto.objects.get()
    assert originale.miniatura.name == vecchia
    assert originale.file.name != Foto.objects.get().file.name
    assert ha_del_rosso(Image.open(originale.file.open("rb")))
    with pytest.raises(ValueError, match="no address"):
        _ = originale.file.url
    for percorso in (f"/media/{originale.file.name}", f"/{originale.file.name}", porta(caso, foto) + "originale/"):
        assert Client().get(percorso).status_code == 404


def test_more_areas_later_are_drawn_on_the_first_picture(caso, foto, carla, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    prima = Foto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=[Zona(80, 80, 10, 10)])
    dopo = Foto.objects.get()
    assert OriginaleFoto.objects.get().zone == [[24, 24, 27, 27], [80, 80, 10, 10]]
    assert not dopo.file.storage.exists(str(prima.file.name)), "the copy in between is nobody's"
    pixel = Image.open(dopo.file.open("rb")).convert("RGB")
    assert luce(pixel, (150, 150)) < 90
    assert luce(pixel, (340, 340)) < 90


def test_the_reporter_is_told_and_the_page_says_so(caso, foto, carla, anna):
    from notifiche.models import Notifica

    caso = actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    assert caso.contributo.visibilita == "oscurata"
    assert caso.revisione == 1
    avviso = Notifica.objects.get(tipo="segnalazione_moderata", canale="email")
    assert (avviso.utente, avviso.dati["atto"]) == (anna, "copre_foto")


def test_it_is_put_back(caso, foto, carla, dario, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
        caso = actions.scopri_foto(foto, operatore=dario, perche=Perche("rivisto"))
    assert ha_del_rosso(immagine(Client().get(porta(caso, foto))))
    assert ha_del_rosso(immagine(Client().get(porta(caso, foto, "?piccola=1"))))
    assert not OriginaleFoto.objects.exists()
    assert caso.contributo.visibilita == "pubblica"
    with pytest.raises(DomainError, match="niente da scoprire"):
        actions.scopri_foto(foto, operatore=dario, perche=Perche("rivisto"))


def test_retention_drops_the_original_and_keeps_it_covered(caso, foto, carla, django_capture_on_commit_callbacks):
    from datetime import timedelta

    from core.tempo import adesso, fermo_a

    Incarico.objects.update(dal=adesso().date() - timedelta(days=500))
    with fermo_a(adesso() - timedelta(days=400)):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    originale = OriginaleFoto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        conserva()
    assert not OriginaleFoto.objects.exists()
    assert not originale.file.storage.exists(str(originale.file.name))
    assert not ha_del_rosso(immagine(Client().get(porta(caso, foto))))


@pytest.mark.parametrize("chi", ["elena", "fabio"])
def test_who_only_works_on_it_covers_nothing(request, foto, chi):
    with pytest.raises(DomainError, match="URP"):
        actions.copri_foto(foto, operatore=request.getfixturevalue(chi), perche=VOLTO, zone=ZONE)


def test_a_file_that_is_not_there_is_said_in_words(foto, carla):
    foto.file.storage.delete(str(foto.file.name))
    with pytest.raises(DomainError, match="riprova più tardi"):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)


def test_nothing_marked_or_too_much_is_refused(foto, carla):
    with pytest.raises(DomainError, match="almeno una zona"):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=[])
    with pytest.raises(DomainError, match="Al massimo"):
        actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE * 31)


def _modulo(zone, **altro):
    dati = {"zona-TOTAL_FORMS": "4", "zona-INITIAL_FORMS": "0", "che": "copri", "motivo": "altri"} | altro
    for n, zona in enumerate(zone):
        for nome, valore in zip(("x", "y", "larghezza", "altezza"), zona, strict=True):
            dati[f"zona-{n}-{nome}"] = str(valore)
    return dati


def test_carla_covers_it_by_numbers_without_a_script(client, caso, foto, carla):
    client.force_login(carla)
    url = reverse("scrivania:foto_copri", kwargs={"codice": caso.codice, "uid": foto.uid})
    assert "Zona 1" in client.get(url).content.decode()
    assert client.post(url, _modulo([(24, 24, 27, 27)])).status_code == 302
    assert not ha_del_rosso(immagine(Client().get(porta(caso, foto))))
    assert client.post(url, {"che": "scopri", "motivo": "rivisto"}).status_code == 302
    assert ha_del_rosso(immagine(Client().get(porta(caso, foto))))


@pytest.mark.parametrize("zona", [(-1, 0, 10, 10), (0, 0, 101, 10), ("a", 0, 10, 10), (0, 0, 10, ""), (0, 0, 0, 10)])
def test_numbers_that_are_no_area_come_back(client, caso, foto, carla, zona):
    client.force_login(carla)
    url = reverse("scrivania:foto_copri", kwargs={"codice": caso.codice, "uid": foto.uid})
    risposta = client.post(url, _modulo([zona]))
    assert risposta.status_code == 422
    assert "lp-errori" in risposta.content.decode()
    assert not OriginaleFoto.objects.exists()


def test_the_original_is_looked_at_for_a_reason_that_is_written_down(client, caso, foto, carla):
    actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    client.force_login(carla)
    url = reverse("scrivania:foto_originale", kwargs={"codice": caso.codice, "uid": foto.uid})
    assert client.get(url).status_code == 302
    assert client.post(url, {"motivo": ""}).status_code == 302
    assert not Consultazione.objects.exists(), "no look without a reason"
    risposta = client.post(url, {"motivo": "decisione"})
    assert ha_del_rosso(immagine(risposta))
    assert risposta["Cache-Control"] == "private, no-store"
    assert Consultazione.objects.get().cosa == "foto"


@pytest.mark.parametrize(
    ("chi", "atteso"), [("elena", 403), ("fabio", 404), ("anna", 403), ("bruno", 403), (None, 302)]
)
def test_nobody_else_sees_the_original(request, client, caso, foto, carla, chi, atteso):
    actions.copri_foto(foto, operatore=carla, perche=VOLTO, zone=ZONE)
    if chi:
        client.force_login(request.getfixturevalue(chi))
    url = reverse("scrivania:foto_originale", kwargs={"codice": caso.codice, "uid": foto.uid})
    assert client.post(url, {"motivo": "decisione"}).status_code == atteso
    assert not Consultazione.objects.exists()


def test_a_photo_of_another_case_is_not_reached_from_here(client, caso, foto, carla, buche):
    client.force_login(carla)
    from tests.aiuti import segnala

    altro: Segnalazione = segnala(buche)
    for uid in (foto.uid, uuid4()):
        url = reverse("scrivania:foto_copri", kwargs={"codice": altro.codice, "uid": uid})
        assert client.get(url).status_code == 404


def test_half_a_pixel_is_covered_whole():
    dati = BytesIO()
    Image.new("RGB", (10, 10), "white").save(dati, "JPEG", quality=100)
    coperta = Image.open(BytesIO(copri_zone(dati, [Zona(5, 5, 1, 1)]).dati))
    assert luce(coperta, (0, 0)) < 120
