"""Photos from outside become clean pixels, or are refused (DOMAIN: Photos).

What comes out is a JPEG that we encoded ourselves from pixels: nothing of the file that came in is kept, so there is
no metadata, no thumbnail, no second frame and no appended file left to serve. What we cannot decode whole we refuse.

Hostile files. The file is judged by its bytes, never by its name or declared type; only the decoder of the format
found may look at it. Weight, pixels, JPEG scans are counted on the header, before a pixel is decoded, and at most
DECODIFICHE pictures are decoded at once, so that memory stays bounded (about 0.5 GB for the worst picture admitted).
Limits to know: decoding runs in this process, in C (libjpeg-turbo, libpng's filters in Pillow, libwebp, libheif +
libde265): a memory-safety hole in one of them is not contained here, so they are pinned and followed; a HEIC whose
video stream is larger than its header says is stopped by libheif's own limits (512 MB), then refused.
"""

from __future__ import annotations

import hashlib
import io
import logging
import math
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from django.core.files import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageDraw

from core.errors import DomainError

logger = logging.getLogger(__name__)

MASSIMO_BYTE = 10 * 1024 * 1024
MASSIMO_PIXEL = 50_000_000
LATO, LATO_MINIATURA = 2048, 480
LATO_MASSIMO = 30_000  # pixels: a line of fifty million would cost twenty-five times the memory of a photo
QUALITA = 85
DECODIFICHE = 2
# A progressive JPEG is decoded once per scan, and thousands of empty scans would cost minutes. Cameras write 1 or 10.
MASSIMO_SCANSIONI = 20
ATTESA = 4.0  # seconds a photo waits for its turn: a thread that waits serves nobody

_posti = threading.BoundedSemaphore(DECODIFICHE)


@dataclass(frozen=True, slots=True)
class ImmaginePulita:
    """A picture re-encoded by us.

    dati, miniatura: JPEG bytes; larghezza, altezza: pixels of dati; impronta: SHA-256 of dati, hexadecimal.
    """

    dati: bytes
    miniatura: bytes
    larghezza: int
    altezza: int
    impronta: str


class ImmagineRifiutata(DomainError):
    """This file does not become a photo; `messaggio` says why and what to do.

    codice: foto_vuota, foto_pesante, foto_troppi_pixel, foto_sottile, foto_formato, foto_video, non_una_foto,
    foto_rovinata, foto_in_coda.
    """


def pulisci(file: File[bytes] | BinaryIO, *, nome: str = "") -> ImmaginePulita:
    """Makes a clean picture of a JPEG, PNG, WebP or HEIC file: upright, sRGB, on white, no side over LATO pixels.

    file: open for reading bytes; read from its beginning. nome: as the person calls it, for the refusal only.
    Of a file with several frames the first is taken: phones add frames (depth, light, a second of film) that nobody
    knows of, so refusing them would refuse photos, and what is not decoded cannot be served.
    Raises ImmagineRifiutata.
    """
    soggetto = f"«{_accorcia(nome)}»" if nome else _("Questo file")
    dati = _leggi(file, soggetto)
    formato = _formato(dati)
    if formato is None:
        raise _di_altro_tipo(dati, soggetto)
    with _al_proprio_turno(soggetto), _o_rifiuta(soggetto):
        immagine = _decodifica(dati, formato, soggetto)
        return _codifica(immagine)


@contextmanager
def _al_proprio_turno(soggetto: str) -> Iterator[None]:
    """Two at a time. In a crowd it is better to ask for patience than to hold every thread of the server."""
    if not _posti.acquire(timeout=ATTESA):
        frase = _("Stanno arrivando molte foto insieme: %(file)s non è passata. Riprova fra un minuto.")
        raise ImmagineRifiutata("foto_in_coda", frase % {"file": soggetto})
    try:
        yield
    finally:
        _posti.release()


def _accorcia(nome: str) -> str:
    stampabile = "".join(c for c in nome if c.isprintable())
    return stampabile if len(stampabile) <= 60 else f"{stampabile[:40]}…{stampabile[-15:]}"


def _leggi(file: File[bytes] | BinaryIO, soggetto: str) -> bytes:
    file.seek(0)
    # One byte more than allowed is enough to know.
    dati: bytes = file.read(MASSIMO_BYTE + 1)
    if not dati:
        raise ImmagineRifiutata("foto_vuota", _("%(file)s è vuoto. Scegli di nuovo la foto.") % {"file": soggetto})
    if len(dati) > MASSIMO_BYTE:
        frase = _(
            "%(file)s pesa più di 10 MB, il massimo. Scatta con una risoluzione più bassa, "
            "oppure manda una schermata della foto."
        )
        raise ImmagineRifiutata("foto_pesante", frase % {"file": soggetto})
    return dati


# --- what it is, from its bytes ---------------------------------------------------------------------------

_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_ALTRE_IMMAGINI = (
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)


def _marche(dati: bytes) -> tuple[bytes, set[bytes]]:
    """Of an ISO media file (HEIC, AVIF, MP4, MOV): its major brand and all of them; else nothing."""
    if dati[4:8] != b"ftyp":
        return b"", set()
    fine = min(int.from_bytes(dati[:4]), 128)
    return dati[8:12], {dati[8:12], *(dati[i : i + 4] for i in range(16, fine, 4))}


def _formato(dati: bytes) -> str | None:
    """Pillow's name of one of the four formats, or None."""
    if dati.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if dati.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if dati.startswith(b"RIFF") and dati[8:12] == b"WEBP":
        return "WEBP"
    marca, tutte = _marche(dati)
    return "HEIF" if marca in _HEIC and not tutte & _AVIF else None


def _immagine_di_altro_tipo(dati: bytes) -> str:
    if _marche(dati)[1] & _AVIF:
        return "AVIF"
    if b"<svg" in dati[:1024].lower():
        return "SVG"
    return next((nome for inizio, nome in _ALTRE_IMMAGINI if dati.startswith(inizio)), "")


def _video(dati: bytes) -> bool:
    return bool(_marche(dati)[0]) or dati.startswith(b"\x1aE\xdf\xa3") or dati[:4] + dati[8:12] == b"RIFFAVI "


def _di_altro_tipo(dati: bytes, soggetto: str) -> ImmagineRifiutata:
    if tipo := _immagine_di_altro_tipo(dati):
        frase = _("%(file)s è un’immagine %(tipo)s, che qui non si può mandare. Salvala come JPEG o PNG e riprova.")
        return ImmagineRifiutata("foto_formato", frase % {"file": soggetto, "tipo": tipo})
    if _video(dati):
        frase = _("%(file)s è un video. Qui si mandano solo foto: scattane una, o manda una schermata del video.")
        return ImmagineRifiutata("foto_video", frase % {"file": soggetto})
    frase = _("%(file)s non è una foto. Se vuoi mandarlo, fotografalo.")
    return ImmagineRifiutata("non_una_foto", frase % {"file": soggetto})


# --- from bytes to pixels ---------------------------------------------------------------------------------


@contextmanager
def _o_rifiuta(soggetto: str) -> Iterator[None]:
    """Whatever a decoder does on a broken or hostile file is a refusal.

    Pillow and its plugins answer such files with OSError, SyntaxError, ValueError, struct.error, EOFError,
    OverflowError, MemoryError, zlib.error, IndexError, KeyError, TypeError, RuntimeError and warnings that a setting
    makes errors: no list of ours would stay complete, and a photo must never become a 500. Around Pillow only.
    """
    try:
        yield
    except ImmagineRifiutata:
        raise
    except Exception as guasto:  # no list of what decoders raise stays complete: see above
        logger.info("picture refused: %s", type(guasto).__name__)
        frase = _(
            "%(file)s è una foto rovinata o arrivata a metà. Prova a mandarla di nuovo; "
            "se non funziona, scattane un’altra."
        )
        raise ImmagineRifiutata("foto_rovinata", frase % {"file": soggetto}) from guasto


@cache
def _prepara_heif() -> None:
    """Teaches Pillow HEIC, at the first HEIC photo: loading libheif is slow and most processes never need it."""
    import pillow_heif

    # One thread per picture: the semaphore counts pictures, and libheif's own threads would multiply memory.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


def _pixel_webp(dati: bytes) -> int:
    """Pixels of a WebP's canvas from its header: libwebp allocates it as soon as the file is opened."""
    if dati[12:16] == b"VP8X":
        return (int.from_bytes(dati[24:27], "little") + 1) * (int.from_bytes(dati[27:30], "little") + 1)
    if dati[12:16] == b"VP8L":
        bit = int.from_bytes(dati[21:25], "little")
        return ((bit & 0x3FFF) + 1) * ((bit >> 14 & 0x3FFF) + 1)
    return (int.from_bytes(dati[26:28], "little") & 0x3FFF) * (int.from_bytes(dati[28:30], "little") & 0x3FFF)


# In coded data every FF that is not a marker is followed by 00, or by a restart (D0-D7).
_SEGNO_JPEG = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_SCANSIONE, _FINE = 0xDA, 0xD9


def _scansioni(dati: bytes) -> int:
    """How many scans the first picture of a JPEG file has (a film may follow it: phones do that)."""
    quante, qui = 0, 2
    while (segno := _SEGNO_JPEG.search(dati, qui)) and segno[1][0] != _FINE:
        quante += segno[1][0] == _SCANSIONE
        qui = segno.end() + int.from_bytes(dati[segno.end() : segno.end() + 2])
    return quante


def _troppi_pixel(soggetto: str) -> ImmagineRifiutata:
    frase = _(
        "%(file)s è troppo grande: il massimo è 50 milioni di pixel. Scatta con una risoluzione più bassa, "
        "oppure manda una schermata della foto."
    )
    return ImmagineRifiutata("foto_troppi_pixel", frase % {"file": soggetto})


def _apri(dati: bytes, formato: str, soggetto: str) -> Image.Image:
    """The file opened, its header read and its limits checked; no pixel decoded yet."""
    if formato == "HEIF":
        _prepara_heif()
    if formato == "WEBP" and _pixel_webp(dati) > MASSIMO_PIXEL:
        raise _troppi_pixel(soggetto)
    if formato == "JPEG" and _scansioni(dati) > MASSIMO_SCANSIONI:
        raise ValueError("too many scans")
    try:
        immagine = Image.open(io.BytesIO(dati), formats=[formato])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomba:
        # Pillow's own limit is higher than ours: it got no further than the header either.
        raise _troppi_pixel(soggetto) from bomba
    if immagine.width * immagine.height > MASSIMO_PIXEL:
        raise _troppi_pixel(soggetto)
    if max(immagine.size) > LATO_MASSIMO:
        frase = _("%(file)s è una striscia troppo sottile: da una foto così non si vede niente.")
        raise ImmagineRifiutata("foto_sottile", frase % {"file": soggetto})
    return immagine


def _decodifica(dati: bytes, formato: str, soggetto: str) -> Image.Image:
    """Upright RGB pixels in sRGB, no side over LATO."""
    immagine = _apri(dati, formato, soggetto)
    profilo = immagine.info.get("icc_profile")
    verso = immagine.getexif().get(_ORIENTAMENTO, 1)
    immagine.draft(None, (LATO, LATO))  # a large JPEG is decoded at half or a quarter: four times less memory
    immagine.load()
    if immagine.width * immagine.height > MASSIMO_PIXEL:  # of a HEIC, only now what its video stream holds
        raise _troppi_pixel(soggetto)
    immagine = _otto_bit(immagine)
    immagine.thumbnail((LATO, LATO), Image.Resampling.LANCZOS, reducing_gap=3.0)
    immagine = _in_srgb(_su_bianco(immagine), profilo)
    return _raddrizza(immagine, verso)


def _otto_bit(immagine: Image.Image) -> Image.Image:
    """The same picture in a mode that can be made smaller smoothly: no palette, no 1 bit, no 16 bits."""
    if immagine.mode.startswith("I"):
        # Pillow would cut 16-bit greys at 255, which makes everything white.
        immagine.info.pop("transparency", None)
        return immagine.convert("I").point(lambda v: v * (1 / 257)).convert("L")
    if immagine.mode == "1":
        return immagine.convert("L")
    if immagine.mode in {"P", "PA"}:
        return immagine.convert("RGBA" if immagine.has_transparency_data else "RGB")
    return immagine


def _su_bianco(immagine: Image.Image) -> Image.Image:
    if not immagine.has_transparency_data:
        return immagine
    sopra = immagine.convert("RGBA")
    fondo = Image.new("RGB", sopra.size, "white")
    fondo.paste(sopra, mask=sopra)
    return fondo


def _in_srgb(immagine: Image.Image, profilo: bytes | None) -> Image.Image:
    """Colours as the profile of the camera means them. An unusable profile costs exact colours, not the photo."""
    if profilo:
        try:
            sua = ImageCms.ImageCmsProfile(io.BytesIO(profilo))
            convertita = ImageCms.profileToProfile(immagine, sua, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            logger.info("unusable colour profile")
        else:
            return convertita or immagine
    return immagine.convert("RGB")


_ORIENTAMENTO = 0x0112
_T = Image.Transpose
_GIRI = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}


def _raddrizza(immagine: Image.Image, verso: object) -> Image.Image:
    giro = _GIRI.get(verso) if isinstance(verso, int) else None
    return immagine if giro is None else immagine.transpose(giro)


# --- areas overwritten ------------------------------------------------------------------------------------

_COPERTO = (44, 54, 49)  # the dark of the house


@dataclass(frozen=True, slots=True)
class Zona:
    """An area of a picture, in per cent of its width and height, from the upper left corner."""

    x: float
    y: float
    larghezza: float
    altezza: float


def copri_zone(file: File[bytes] | BinaryIO, zone: Sequence[Zona]) -> ImmaginePulita:
    """One of our own pictures, encoded anew with these areas overwritten: nothing of what was there is in the bytes.

    Raises ImmagineRifiutata when the file cannot be read.
    """
    soggetto = _("Questa foto")
    with _al_proprio_turno(soggetto), _o_rifiuta(soggetto):
        immagine = Image.open(file, formats=["JPEG"]).convert("RGB")
        pennello = ImageDraw.Draw(immagine)
        for zona in zone:
            pennello.rectangle(_in_pixel(zona, *immagine.size), fill=_COPERTO)
        return _codifica(immagine)


def _in_pixel(zona: Zona, larghezza: int, altezza: int) -> tuple[int, int, int, int]:
    """Corners in pixels, outwards: a pixel that is covered by half is covered."""
    return (
        math.floor(larghezza * zona.x / 100),
        math.floor(altezza * zona.y / 100),
        math.ceil(larghezza * (zona.x + zona.larghezza) / 100),
        math.ceil(altezza * (zona.y + zona.altezza) / 100),
    )


# --- from pixels to our bytes -----------------------------------------------------------------------------


def _jpeg(immagine: Image.Image) -> bytes:
    uscita = io.BytesIO()
    immagine.save(uscita, "JPEG", quality=QUALITA, progressive=True, optimize=True)
    return uscita.getvalue()


def _codifica(immagine: Image.Image) -> ImmaginePulita:
    # A new picture, because Pillow writes the `info` of an old one (comment, density) into the file.
    pulita = Image.new("RGB", immagine.size)
    pulita.paste(immagine)
    dati = _jpeg(pulita)
    larghezza, altezza = pulita.size
    pulita.thumbnail((LATO_MINIATURA, LATO_MINIATURA), Image.Resampling.LANCZOS)
    return ImmaginePulita(dati, _jpeg(pulita), larghezza, altezza, hashlib.sha256(dati).hexdigest())
