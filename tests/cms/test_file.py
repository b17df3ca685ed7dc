"""Pictures and files of the editors: clean, described, of known kinds, kept where their office keeps them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from accounts.models import User
from cms.models import Documento, Immagine
from core.immagini import ImmagineRifiutata
from tests.aiuti import pagina_con, persona
from tests.immagini import SEGRETI, foto_con_segreti

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def redattrice(client: Client) -> User:
    """Writes the pages of the site, and is logged in."""
    renata = persona("Renata")
    renata.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(renata)
    return renata


def _dati(nome: str, contenuto: bytes, **altro: str) -> dict[str, object]:
    radice = Collection.get_first_root_node()
    file = SimpleUploadedFile(nome, contenuto, "image/jpeg")
    return {"title": "Mura", "description": "Le mura al tramonto", "collection": radice.pk, "file": file, **altro}


def _senza_segreti(immagine: Immagine) -> bool:
    dati = immagine.file.open().read()
    aperta = Image.open(BytesIO(dati))
    return aperta.format == "JPEG" and not aperta.getexif() and not any(s in dati for s in SEGRETI.values())


def test_a_picture_is_kept_without_where_and_with_what_it_was_taken(client: Client, redattrice: User) -> None:
    risposta = client.post("/cms/images/add/", _dati("mura.jpg", foto_con_segreti("JPEG")))
    assert risposta.status_code == 302, risposta.context["form"].errors
    immagine = Immagine.objects.get()
    assert immagine.file.name.endswith(".jpg")
    assert (immagine.width, immagine.height) == (immagine.file.width, immagine.file.height)
    assert _senza_segreti(immagine)


def test_a_picture_says_what_it_shows(client: Client, redattrice: User) -> None:
    risposta = client.post("/cms/images/add/", _dati("mura.jpg", foto_con_segreti("JPEG"), description=""))
    assert "description" in risposta.context["form"].errors
    assert not Immagine.objects.exists()


def test_dropped_with_others_it_is_cleaned_too(client: Client, redattrice: User) -> None:
    """Without its description Wagtail keeps the file aside, and takes it from there past the form."""
    file = SimpleUploadedFile("mura.jpg", foto_con_segreti("JPEG"), "image/jpeg")
    radice = Collection.get_first_root_node()
    risposta = client.post("/cms/images/multiple/add/", {"title": "Mura", "collection": radice.pk, "files[]": file})
    numero = risposta.json()["uploaded_file_id"]
    assert not Immagine.objects.exists()
    chiave = f"uploaded-image-{numero}-"
    dati = {f"{chiave}title": "Mura", f"{chiave}description": "Le mura", f"{chiave}collection": radice.pk}
    risposta = client.post(f"/cms/images/multiple/create_from_uploaded_image/{numero}/", dati)
    assert risposta.json()["success"], risposta.json()
    assert _senza_segreti(Immagine.objects.get())


@pytest.mark.parametrize(
    ("nome", "contenuto"),
    [("disegno.svg", SVG), ("disegno.jpg", SVG), ("mura.gif", b"GIF89a"), ("mura.jpg", b"\xff\xd8\xff\xe0niente")],
)
def test_what_is_no_photo_is_refused_with_a_sentence(client, redattrice, nome: str, contenuto: bytes) -> None:
    risposta = client.post("/cms/images/add/", _dati(nome, contenuto))
    assert risposta.context["form"].errors["file"]
    assert not Immagine.objects.exists()


def test_no_other_way_keeps_the_bytes_that_came() -> None:
    immagine = Immagine(title="x", description="x")
    with pytest.raises(ImmagineRifiutata):
        immagine.file.save("disegno.svg", ContentFile(SVG), save=False)


# --- documents --------------------------------------------------------------------------------------------


@pytest.fixture
def cartella(monkeypatch, tmp_path) -> None:
    """A real folder: Wagtail takes the storage of the other tests for one.

    Put in its place rather than set: new settings would make every storage anew, and fields keep theirs.
    """
    disco = FileSystemStorage(location=str(tmp_path))
    monkeypatch.setitem(storages._storages, "default", disco)
    monkeypatch.setattr(default_storage, "_wrapped", disco)
    for modello in (Documento, Immagine):
        monkeypatch.setattr(modello._meta.get_field("file"), "storage", disco)


def _carica(client: Client, nome: str, contenuto: bytes = b"%PDF-1.4") -> Any:
    radice = Collection.get_first_root_node()
    dati = {"title": "Piano", "collection": radice.pk, "file": SimpleUploadedFile(nome, contenuto)}
    return client.post("/cms/documents/add/", dati)


def _letto(risposta: Any) -> bytes:
    """Its bytes; then nothing is left open."""
    dati = b"".join(risposta.streaming_content)
    risposta.close()
    return dati


@pytest.mark.parametrize("nome", ["pagina.html", "disegno.svg", "programma.exe", "script.js", "pagina.xhtml"])
def test_only_known_kinds_of_files_are_taken(client: Client, redattrice: User, nome: str) -> None:
    risposta = _carica(client, nome, b"<script>alert(1)</script>")
    assert risposta.context["form"].errors["file"]
    assert not Documento.objects.exists()


@pytest.mark.parametrize(("nome", "inline"), [("piano.pdf", True), ("dati.xml", False), ("note.txt", False)])
def test_a_file_is_served_so_that_nothing_in_it_runs(client, redattrice, cartella, nome: str, inline: bool) -> None:
    _carica(client, nome)
    pagina_con(Documento.objects.get())
    risposta = Client().get(Documento.objects.get().url)
    assert risposta.status_code == 200
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in risposta["Content-Security-Policy"]
    assert risposta.get("Content-Disposition", "inline").startswith("inline" if inline else "attachment")
    assert _letto(risposta) == b"%PDF-1.4"


def test_a_heavy_file_is_refused_with_its_weight(client, redattrice, settings) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    risposta = _carica(client, "piano.pdf", b"%PDF-1.4" + b"0" * 100)
    assert "10" in str(risposta.context["form"].errors["file"])


def test_a_replaced_file_keeps_its_address(client, redattrice, cartella) -> None:
    """Links on paper and on other sites go on leading to the document."""
    _carica(client, "piano.pdf", b"%PDF-1.4 uno")
    documento = Documento.objects.get()
    pagina_con(documento)
    vecchio = documento.url
    dati = {
        "title": "Piano",
        "collection": documento.collection_id,
        "file": SimpleUploadedFile("piano-2027.pdf", b"%PDF-1.4 due"),
    }
    client.post(f"/cms/documents/edit/{documento.pk}/", dati)
    documento.refresh_from_db()
    assert documento.url != vecchio
    assert Client().get(f"/documenti/{documento.pk + 1}/piano.pdf").status_code == 404
    risposta = Client().get(vecchio, follow=True)
    assert _letto(risposta) == b"%PDF-1.4 due"


def test_the_name_of_a_file_of_a_closed_collection_is_told_to_nobody(client, redattrice, cartella) -> None:
    _carica(client, "verbale-riservato.pdf")
    documento = Documento.objects.get()
    pagina_con(documento)
    CollectionViewRestriction.objects.create(collection=documento.collection, restriction_type="login")
    assert Client().get(f"/documenti/{documento.pk}/x.pdf").status_code == 404
    assert client.get(f"/documenti/{documento.pk}/x.pdf")["Location"] == documento.url  # who is in may open it


def test_a_file_is_given_to_nobody_before_a_page_that_everybody_reads_has_it(client, redattrice, cartella) -> None:
    """Chosen is not approved: neither its address nor its number says that it is there."""
    _carica(client, "piano.pdf")
    documento = Documento.objects.get()
    dal_numero = f"/documenti/{documento.pk}/x.pdf"
    assert [Client().get(via).status_code for via in (documento.url, dal_numero)] == [404, 404]
    pagina = pagina_con(documento)
    assert Client().get(dal_numero)["Location"] == documento.url
    pagina.unpublish()
    assert [Client().get(via).status_code for via in (documento.url, dal_numero)] == [404, 404]


def test_who_writes_may_look_at_a_file_that_waits(client, redattrice, cartella) -> None:
    _carica(client, "piano.pdf")
    assert _letto(client.get(Documento.objects.get().url)) == b"%PDF-1.4"


def test_a_citizen_is_given_no_file_that_waits(client, redattrice, cartella, anna) -> None:
    _carica(client, "piano.pdf")
    lei = Client()
    lei.force_login(anna)
    assert lei.get(Documento.objects.get().url).status_code == 404
