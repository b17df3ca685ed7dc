"""Anna's photos come out as pixels and nothing else; what is not a photo is refused in words she understands."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile
from pillow_heif import HeifImageFile

from core import immagini
from core.immagini import ImmaginePulita, ImmagineRifiutata, pulisci
from tests import immagini as aiuto
from tests.immagini import BIANCO, FORMATI, Formato, disegno, foto, quarti, scrivi
from tests.sostegno.database import esempi


def _pulisci(dati: bytes, nome: str = "") -> ImmaginePulita:
    return pulisci(io.BytesIO(dati), nome=nome)


def _rifiuto(dati: bytes, nome: str = "") -> ImmagineRifiutata:
    with pytest.raises(ImmagineRifiutata) as preso:
        _pulisci(dati, nome)
    return preso.value


def _riaperta(dati: bytes) -> Image.Image:
    immagine = Image.open(io.BytesIO(dati))
    immagine.load()
    return immagine


# --- it works ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("formato", FORMATI)
def test_a_photo_becomes_two_jpegs(formato: Formato) -> None:
    pulita = _pulisci(foto(formato, 3000, 1500))
    grande, piccola = _riaperta(pulita.dati), _riaperta(pulita.miniatura)
    assert (grande.format, grande.mode, grande.size) == ("JPEG", "RGB", (2048, 1024))
    assert (piccola.format, piccola.size) == ("JPEG", (480, 240))
    assert (pulita.larghezza, pulita.altezza) == grande.size
    assert grande.info["progressive"]
    assert quarti(grande) == quarti(piccola) == ["rosso", "verde", "blu", "bianco"]


def test_a_small_photo_is_not_blown_up() -> None:
    pulita = _pulisci(foto("JPEG", 300, 200))
    assert (pulita.larghezza, pulita.altezza) == (300, 200)


def test_the_same_file_gives_the_same_digest() -> None:
    assert _pulisci(foto()).impronta == _pulisci(foto()).impronta != _pulisci(foto("JPEG", 320, 240)).impronta


def test_it_reads_an_upload_that_somebody_has_already_read() -> None:
    caricato = SimpleUploadedFile("IMG_1.jpg", foto())
    caricato.read()
    assert pulisci(caricato).larghezza == 640


# --- nothing but pixels -----------------------------------------------------------------------------------


def _portati(dati: bytes) -> set[str]:
    return {nome for nome, segreto in aiuto.SEGRETI.items() if segreto in dati}


@pytest.mark.parametrize("icc", [True, False])
@pytest.mark.parametrize("formato", FORMATI)
def test_no_metadata_byte_is_left(formato: Formato, icc: bool) -> None:
    # With no colours to convert, Pillow hands the remarks of a file on to its copies.
    pulita = _pulisci(aiuto.foto_con_segreti(formato, icc=icc))
    for dati in (pulita.dati, pulita.miniatura):
        assert _portati(dati) == set()
        assert [insegna for insegna in aiuto.INSEGNE if insegna in dati] == []
        immagine = _riaperta(dati)
        assert set(immagine.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert not immagine.getexif()
        assert dati.endswith(b"\xff\xd9")


def test_the_photos_with_secrets_carry_them() -> None:
    """The test above could not fail otherwise."""
    assert _portati(aiuto.foto_con_segreti("JPEG")) == {"exif", "maker", "xmp", "iptc", "commento", "icc", "coda"}
    png = _riaperta(aiuto.foto_con_segreti("PNG"))
    assert png.text["Comment"] == "segreto-commento"
    for formato in ("WEBP", "HEIF"):
        info = Image.open(io.BytesIO(aiuto.foto_con_segreti(formato))).info
        assert {"exif", "xmp", "icc_profile"} <= set(info)


def test_what_is_appended_to_a_photo_stays_behind() -> None:
    for dati in (aiuto.poliglotta_zip(), foto() + b"<html><script>alert(1)</script>"):
        pulita = _pulisci(dati)
        assert b"alert" not in pulita.dati + pulita.miniatura
        assert b"PK\x03\x04" not in pulita.dati + pulita.miniatura


def test_of_a_moving_picture_only_the_first_frame_is_left() -> None:
    rosso, blu = Image.new("RGB", (64, 64), aiuto.ROSSO), Image.new("RGB", (64, 64), aiuto.BLU)
    for formato in ("WEBP", "PNG"):
        dati = scrivi(rosso, formato, save_all=True, append_images=[blu])
        assert Image.open(io.BytesIO(dati)).n_frames == 2
        assert set(quarti(_riaperta(_pulisci(dati).dati))) == {"rosso"}


def test_of_a_photo_with_a_second_one_behind_it_the_first_is_left() -> None:
    """MPO: how phones and stereo cameras write depth or a second eye."""
    dati = scrivi(disegno(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 64), aiuto.BLU)])
    assert quarti(_riaperta(_pulisci(dati).dati)) == ["rosso", "verde", "blu", "bianco"]


def test_a_photo_with_a_film_behind_it_is_a_photo() -> None:
    """Motion photos: the film holds every byte, also what looks like the start of a thousand scans."""
    assert _pulisci(foto() + b"\0\0\0\x18ftypmp42" + b"\xff\xda\0\x0c" * 2000).larghezza == 640


# --- it looks right ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("formato", FORMATI)
@pytest.mark.parametrize("verso", range(1, 9))
def test_every_orientation_comes_out_upright(formato: Formato, verso: int) -> None:
    # How the sensor saw it, for each value of the EXIF tag: the inverse of what a viewer has to do.
    storta = disegno()
    giro = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    if verso in giro:
        storta = storta.transpose(giro[verso])
    pulita = _pulisci(scrivi(storta, formato, exif=aiuto.exif(verso=verso)))
    assert (pulita.larghezza, pulita.altezza) == (640, 480)
    assert quarti(_riaperta(pulita.dati)) == ["rosso", "verde", "blu", "bianco"]
    assert quarti(_riaperta(pulita.miniatura)) == ["rosso", "verde", "blu", "bianco"]


@pytest.mark.parametrize("formato", FORMATI)
def test_colours_are_those_the_profile_means(formato: Formato) -> None:
    """A profile that calls red green: whoever drops it without converting shows the wrong colour."""
    dati = scrivi(disegno(), formato, icc_profile=aiuto.profilo(scambiato=True))
    assert quarti(_riaperta(_pulisci(dati).dati)) == ["verde", "rosso", "blu", "bianco"]


@pytest.mark.parametrize("profilo", [b"niente", aiuto.profilo()[:200], b""])
def test_an_unusable_profile_does_not_cost_the_photo(profilo: bytes) -> None:
    dati = scrivi(disegno(), "JPEG", icc_profile=profilo)
    assert quarti(_riaperta(_pulisci(dati).dati)) == ["rosso", "verde", "blu", "bianco"]


def test_the_profile_of_a_grey_photo_that_is_for_colours_is_ignored() -> None:
    dati = scrivi(Image.new("L", (64, 64), 255), "JPEG", icc_profile=aiuto.profilo())
    assert set(quarti(_riaperta(_pulisci(dati).dati))) == {"bianco"}


def test_what_is_transparent_becomes_white() -> None:
    trasparente = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    a_paletta = trasparente.quantize()
    assert a_paletta.mode == "P"
    assert a_paletta.has_transparency_data
    for dati in (scrivi(trasparente, "PNG"), scrivi(trasparente, "WEBP", lossless=True), scrivi(a_paletta, "PNG"),
                 scrivi(trasparente.convert("LA"), "PNG"), scrivi(trasparente, "HEIF")):  # fmt: skip
        pixel = _riaperta(_pulisci(dati).dati).getpixel((32, 32))
        assert pixel == BIANCO


def test_other_kinds_of_pixels() -> None:
    nero_e_bianco = disegno().convert("1")
    assert quarti(_riaperta(_pulisci(scrivi(nero_e_bianco, "PNG")).dati))[3] == "bianco"
    a_paletta = disegno().quantize(8)
    assert quarti(_riaperta(_pulisci(scrivi(a_paletta, "PNG")).dati)) == ["rosso", "verde", "blu", "bianco"]
    stampa = disegno().convert("CMYK")
    assert quarti(_riaperta(_pulisci(scrivi(stampa, "JPEG")).dati)) == ["rosso", "verde", "blu", "bianco"]


def test_sixteen_bits_per_channel() -> None:
    riga = b"\0" + b"\0\0" * 32 + b"\x80\0" * 32 + b"\xff\xff" * 32
    grigia = _pulisci(aiuto.png_a_mano(96, 16, bit=16, colore=0, righe=riga * 16))
    colori = [_riaperta(grigia.dati).getpixel((x, 8)) for x in (16, 48, 80)]
    assert colori == [pytest.approx((v, v, v), abs=2) for v in (0, 127, 255)]
    rossa = b"\0" + (b"\xff\xff" + b"\0\0" * 2) * 16
    assert set(quarti(_riaperta(_pulisci(aiuto.png_a_mano(16, 16, bit=16, colore=2, righe=rossa * 16)).dati))) == {
        "rosso"
    }


def test_a_strip_one_pixel_high_is_a_photo_too() -> None:
    pulita = _pulisci(scrivi(Image.new("RGB", (30_000, 1)), "PNG"))
    assert (pulita.larghezza, pulita.altezza) == (2048, 1)


# --- refused, and told why --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tipo", "codice"),
    [
        *((tipo, "foto_formato") for tipo in ("GIF", "TIFF", "BMP", "SVG", "AVIF")),
        *((tipo, "foto_video") for tipo in ("MP4", "MOV", "WEBM", "AVI")),
        *((tipo, "non_una_foto") for tipo in ("PDF", "ZIP", "HTML", "testo")),
    ],
)
def test_another_file_named_jpg_is_refused(tipo: str, codice: str) -> None:
    rifiuto = _rifiuto(aiuto.ALTRI_FILE[tipo], "lampione.jpg")
    assert rifiuto.codice == codice
    assert rifiuto.messaggio.startswith("«lampione.jpg» ")
    if codice == "foto_formato":
        assert tipo in rifiuto.messaggio


def test_an_avif_that_calls_itself_a_picture_in_general_is_an_avif() -> None:
    assert "AVIF" in _rifiuto(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf" + bytes(64)).messaggio


def test_a_document_is_refused_with_what_to_do() -> None:
    assert _rifiuto(aiuto.ALTRI_FILE["PDF"]).messaggio == ("Questo file non è una foto. Se vuoi mandarlo, fotografalo.")


def test_a_photo_with_the_wrong_name_is_a_photo() -> None:
    assert _pulisci(foto("PNG"), "lampione.jpg").larghezza == 640
    assert _pulisci(foto("JPEG"), "documento.pdf").larghezza == 640


def test_an_empty_file_is_refused() -> None:
    rifiuto = _rifiuto(b"", "IMG_2.jpg")
    assert (rifiuto.codice, rifiuto.messaggio) == ("foto_vuota", "«IMG_2.jpg» è vuoto. Scegli di nuovo la foto.")


def test_too_many_bytes_are_refused_without_reading_them_all() -> None:
    class Pesante(io.BytesIO):
        letti = 0

        def read(self, quanti: int | None = -1, /) -> bytes:
            dati = super().read(quanti)
            self.letti += len(dati)
            return dati

    file = Pesante(foto() + bytes(11 * 1024 * 1024))
    with pytest.raises(ImmagineRifiutata, match="più di 10 MB") as preso:
        pulisci(file)
    assert preso.value.codice == "foto_pesante"
    assert file.letti == immagini.MASSIMO_BYTE + 1


def test_ten_megabytes_exactly_are_accepted() -> None:
    dati = foto()
    assert _pulisci(dati + bytes(immagini.MASSIMO_BYTE - len(dati))).larghezza == 640


def _esplode(*_tutto: object) -> None:
    raise AssertionError("pixels were decoded")


@pytest.mark.parametrize("bomba", [aiuto.bomba_png, aiuto.bomba_webp, aiuto.bomba_jpeg, lambda: aiuto.bomba_png(8000)])
def test_a_decompression_bomb_is_refused_before_it_goes_off(
    bomba: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile.ImageFile, "load", _esplode)
    dati = bomba()
    assert len(dati) < 100_000
    tracemalloc.start()
    try:
        rifiuto = _rifiuto(dati)
        _adesso, picco = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rifiuto.codice == "foto_troppi_pixel"
    assert "il massimo è 50 milioni di pixel" in rifiuto.messaggio
    assert picco < 2_000_000


def test_fifty_million_pixels_are_counted_on_the_header_of_a_heic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(immagini, "MASSIMO_PIXEL", 640 * 480 - 1)
    monkeypatch.setattr(HeifImageFile, "load", _esplode)
    assert _rifiuto(foto("HEIF")).codice == "foto_troppi_pixel"


def test_a_header_that_lied_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """A HEIC says its size in the container, and again in the video stream that is decoded."""
    monkeypatch.setattr(immagini, "MASSIMO_PIXEL", 640 * 480 - 1)
    monkeypatch.setattr(immagini, "_apri", lambda *_tutto: disegno())
    assert _rifiuto(foto("HEIF")).codice == "foto_troppi_pixel"


def test_a_jpeg_of_a_thousand_scans_is_refused_at_once() -> None:
    dati = aiuto.jpeg_di_mille_scansioni()
    assert Image.open(io.BytesIO(dati)).size == (64, 64)
    assert immagini._scansioni(dati) == 999 + immagini._scansioni(scrivi(disegno(64, 64), "JPEG", progressive=True))
    assert _rifiuto(dati).codice == "foto_rovinata"


@pytest.mark.parametrize("formato", FORMATI)
@pytest.mark.parametrize("parte", [0.02, 0.3, 0.6, 0.9])
def test_a_photo_that_arrived_in_part_is_refused(formato: Formato, parte: float) -> None:
    dati = scrivi(Image.effect_noise((640, 480), 60).convert("RGB"), formato)
    rifiuto = _rifiuto(dati[: int(len(dati) * parte)], "IMG_3.heic")
    assert rifiuto.codice == "foto_rovinata"
    assert rifiuto.messaggio == (
        "«IMG_3.heic» è una foto rovinata o arrivata a metà. Prova a mandarla di nuovo; "
        "se non funziona, scattane un’altra."
    )


def test_a_long_or_dirty_name_is_shortened() -> None:
    messaggio = _rifiuto(b"", "a" * 300 + "\x1b[2J\n.jpg").messaggio
    assert "\x1b" not in messaggio
    assert "\n" not in messaggio
    assert messaggio.startswith(f"«{'a' * 40}…")
    assert len(messaggio) < 120


def test_at_most_two_pictures_are_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen web threads with fifty million pixels each would not fit in memory."""
    visti: list[bool] = []

    def decodifica(*_tutto: object) -> Image.Image:
        # One of the places is ours: with another taken, nobody else may begin.
        assert immagini._posti.acquire(blocking=False)
        visti.append(immagini._posti.acquire(blocking=False))
        immagini._posti.release()
        return disegno(16, 16)

    monkeypatch.setattr(immagini, "_decodifica", decodifica)
    _pulisci(foto())
    assert visti == [False]


# --- whatever arrives -------------------------------------------------------------------------------------

VALIDE = {formato: scrivi(disegno(48, 32), formato, exif=aiuto.exif(verso=6)) for formato in FORMATI}


@settings(max_examples=esempi(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    formato=st.sampled_from(FORMATI),
    colpi=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12),
    taglio=st.integers(0, 200),
)
def test_no_broken_file_does_anything_but_be_refused(
    formato: Formato, colpi: list[tuple[int, int]], taglio: int
) -> None:
    dati = bytearray(VALIDE[formato])
    for posto, valore in colpi:
        dati[posto % len(dati)] = valore
    try:
        pulita = _pulisci(bytes(dati[: len(dati) - taglio]))
    except ImmagineRifiutata:
        return
    assert _riaperta(pulita.dati).size == (pulita.larghezza, pulita.altezza)


INIZI = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\0\x18ftypheic", b""]


@settings(max_examples=esempi(100), deadline=None)
@given(inizio=st.sampled_from(INIZI), resto=st.binary(max_size=400))
def test_no_noise_does_anything_but_be_refused(inizio: bytes, resto: bytes) -> None:
    assert _rifiuto(inizio + resto).messaggio
