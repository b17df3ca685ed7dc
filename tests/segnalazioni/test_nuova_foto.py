"""Step 3: photos come in clean or are refused with a reason; nobody else sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.storage import privato
from segnalazioni.models import Foto, Segnalazione
from tests.immagini import FORMATI, SEGRETI, foto, foto_con_segreti
from tests.segnalazioni.modulo import CASELLA, QUI, Modulo, indirizzo

PDF = b"%PDF-1.7\n"


@pytest.fixture
def alla_foto(modulo: Modulo) -> Modulo:
    """Giulia has said what and where."""
    modulo.cosa()
    modulo.dove()
    return modulo


def file(nome: str = "lampione.jpg", dati: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it; a photo unless its bytes are given."""
    return SimpleUploadedFile(nome, dati if dati is not None else foto(), content_type="image/jpeg")


def esiste(nome: str | None) -> bool:
    """Does this file lie in the private storage?"""
    return privato().exists(str(nome))


def carica(modulo: Modulo, *files: SimpleUploadedFile, **altro: Any) -> Any:
    """Sends the form of the step with these files."""
    return modulo.manda("nuova_foto", {"foto": list(files), **altro})


def test_a_photo_travels_with_the_report(alla_foto: Modulo) -> None:
    assert carica(alla_foto, file()).url == indirizzo("nuova_chi"), "nothing to look at: on we go"
    alla_foto.chi()
    assert "1 foto" in alla_foto.guarda("nuova_rivedi")
    alla_foto.invia()
    assert Foto.objects.get().segnalazione == Segnalazione.objects.get()


def test_uploading_alone_stays_on_the_page_and_asks_what_is_seen(alla_foto: Modulo) -> None:
    assert carica(alla_foto, file("via elisa.jpg"), file("palo.png", foto("PNG")), vai="carica").url == (
        indirizzo("nuova_foto") + "#le-foto"
    )
    pagina = alla_foto.guarda("nuova_foto")
    assert "via elisa.jpg" in pagina
    assert "palo.png" in pagina
    assert "2 caricate: ne restano 3." in pagina
    prima = Foto.objects.order_by("pk")[0]
    alla_foto.manda("nuova_foto", {f"alt-{prima.uid}": "La fila di lampioni"})
    prima.refresh_from_db()
    assert prima.didascalia == "La fila di lampioni"


@pytest.mark.parametrize("formato", FORMATI)
def test_what_the_camera_wrote_beside_the_picture_is_gone(alla_foto: Modulo, formato: Any) -> None:
    carica(alla_foto, file("foto", foto_con_segreti(formato)))
    salvata = Foto.objects.get()
    for campo in (salvata.file, salvata.miniatura):
        dati = campo.read()
        assert not [nome for nome, segreto in SEGRETI.items() if segreto in dati]


def test_a_refused_file_says_why_and_holds_nobody_up(alla_foto: Modulo) -> None:
    assert carica(alla_foto, file(), file("preventivo.pdf", PDF)).url == indirizzo("nuova_foto") + "#le-foto"
    pagina = alla_foto.guarda("nuova_foto")
    assert "preventivo.pdf" in pagina
    assert "non è una foto" in pagina
    assert "1 caricata, 1 rifiutata: ne restano 4." in pagina
    assert alla_foto.manda("nuova_foto").url == indirizzo("nuova_chi")
    assert Foto.objects.count() == 1


def test_a_refused_file_can_be_taken_off_the_list(alla_foto: Modulo) -> None:
    carica(alla_foto, file("preventivo.pdf", PDF))
    quale = alla_foto.bozza.dati["foto"]["rifiutate"][0]["id"]
    alla_foto.manda("nuova_foto", {"togli": quale})
    assert "preventivo.pdf" not in alla_foto.guarda("nuova_foto")


def test_a_photo_taken_off_is_gone_with_its_files(alla_foto: Modulo, django_capture_on_commit_callbacks: Any) -> None:
    carica(alla_foto, file())
    salvata = Foto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        alla_foto.manda("nuova_foto", {"togli": str(salvata.uid)})
    assert not Foto.objects.exists()
    assert not esiste(salvata.file.name)
    assert not esiste(salvata.miniatura.name)


def test_five_are_enough(alla_foto: Modulo) -> None:
    sei = [file(f"{n}.jpg", foto(larghezza=64 + n)) for n in range(6)]
    carica(alla_foto, *sei)
    assert Foto.objects.count() == 5
    pagina = alla_foto.guarda("nuova_foto")
    assert "Al massimo 5 foto." in pagina
    assert "5 caricate, 1 rifiutata: ne restano 0." in pagina


def test_the_same_photo_twice_is_kept_once(alla_foto: Modulo) -> None:
    carica(alla_foto, file("uno.jpg"), file("due.jpg"))
    assert Foto.objects.count() == 1
    assert "Questa foto c’è già." in alla_foto.guarda("nuova_foto")


def test_too_many_words_about_a_photo_are_kept_in_the_page(alla_foto: Modulo) -> None:
    carica(alla_foto, file())
    uid = Foto.objects.get().uid
    risposta = alla_foto.manda("nuova_foto", {f"alt-{uid}": "a" * 201})
    assert risposta.status_code == 422
    assert f'value="{"a" * 201}"' in risposta.content.decode()
    assert f'href="#alt-{uid}"' in risposta.content.decode()


def test_an_address_in_the_words_about_a_photo_is_refused(alla_foto: Modulo) -> None:
    carica(alla_foto, file())
    uid = Foto.objects.get().uid
    risposta = alla_foto.manda("nuova_foto", {f"alt-{uid}": f"Scrivete a {CASELLA}"})
    assert risposta.status_code == 422
    assert Foto.objects.get().didascalia == ""


def test_the_small_picture_is_for_this_browser_only(alla_foto: Modulo) -> None:
    carica(alla_foto, file())
    url = f"/segnalazioni/nuova/foto/{Foto.objects.get().uid}/"
    mia = alla_foto.client.get(url)
    assert (mia.status_code, mia["Content-Type"], mia["Cache-Control"]) == (200, "image/jpeg", "private, no-store")
    assert b"".join(mia.streaming_content).startswith(b"\xff\xd8")
    altro = Modulo(Client())
    altro.cosa()
    assert altro.client.get(url).status_code == 404
    assert altro.client.get("/segnalazioni/nuova/foto/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_nobody_takes_off_or_describes_the_photo_of_another(alla_foto: Modulo) -> None:
    carica(alla_foto, file())
    uid = Foto.objects.get().uid
    altro = Modulo(Client())
    altro.cosa()
    altro.dove()
    altro.manda("nuova_foto", {"togli": str(uid), f"alt-{uid}": "Mia!"})
    assert Foto.objects.get().didascalia == ""


def test_the_script_uploads_one_and_gets_the_list_back(alla_foto: Modulo) -> None:
    risposta = carica(alla_foto, file(), frammento="si")
    parte = risposta.content.decode()
    assert risposta.status_code == 200
    assert "1 caricata: ne restano 4." in parte
    assert "<html" not in parte
    assert "preventivo.pdf" in carica(alla_foto, file("preventivo.pdf", PDF), frammento="si").content.decode()


def test_an_hour_has_room_for_sixty_files(alla_foto: Modulo) -> None:
    pdf = [file("x.pdf", PDF) for _volta in range(30)]
    carica(alla_foto, *pdf)
    carica(alla_foto, *[file("x.pdf", PDF) for _volta in range(30)])
    carica(alla_foto, file())
    assert not Foto.objects.exists()
    assert "riprova fra un’ora" in alla_foto.guarda("nuova_foto")


def test_cancelling_the_draft_takes_its_photos_with_it(
    alla_foto: Modulo, django_capture_on_commit_callbacks: Any
) -> None:
    carica(alla_foto, file())
    nome = Foto.objects.get().file.name
    assert esiste(nome)
    with django_capture_on_commit_callbacks(execute=True):
        alla_foto.manda("nuova_cancella")
    assert not Foto.objects.exists()
    assert not esiste(nome)


def test_a_photo_is_asked_for_never_needed(alla_foto: Modulo) -> None:
    assert "va bene lo stesso" in alla_foto.guarda("nuova_foto")
    assert alla_foto.manda("nuova_foto").url == indirizzo("nuova_chi")
    assert alla_foto.dove(**QUI).url == indirizzo("nuova_foto")
