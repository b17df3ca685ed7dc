"""Picture files for tests: honest photos that carry secrets in every block, and files that only look like photos."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any, Literal

import pillow_heif
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

Formato = Literal["JPEG", "PNG", "WEBP", "HEIF"]
FORMATI: tuple[Formato, ...] = ("JPEG", "PNG", "WEBP", "HEIF")

# One word per block, so that a test that fails says which block came through.
SEGRETI = {
    "exif": b"segreto-exif",
    "maker": b"segreto-maker-note",
    "xmp": b"segreto-xmp",
    "iptc": b"segreto-iptc",
    "commento": b"segreto-commento",
    "testo": b"segreto-testo",
    "icc": "segreto-icc!!".encode("utf-16-be"),
    "coda": b"segreto-in-coda",
}
# What the blocks themselves are called, in the formats that could leave here.
INSEGNE = (
    b"Exif",
    b"http://ns.adobe.com",
    b"xmpmeta",
    b"Photoshop",
    b"8BIM",
    b"ICC_PROFILE",
    b"acsp",
    b"GPS",
    b"MPF\0",
    b"<html",
    b"PK\x03\x04",
)
XMP = (
    b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="43,50.6N">segreto-xmp'
    b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
ROSSO, VERDE, BLU, BIANCO = (220, 20, 20), (20, 200, 20), (20, 20, 220), (255, 255, 255)


def disegno(larghezza: int = 640, altezza: int = 480) -> Image.Image:
    """Four quarters: red, green; blue, white. Says at a glance which way is up."""
    immagine = Image.new("RGB", (larghezza, altezza), BIANCO)
    x, y = larghezza // 2, altezza // 2
    for colore, dove in ((ROSSO, (0, 0, x, y)), (VERDE, (x, 0, larghezza, y)), (BLU, (0, y, x, altezza))):
        immagine.paste(colore, dove)
    return immagine


def quarti(immagine: Image.Image) -> list[str]:
    """The colours of the four quarters as words: left to right, top to bottom."""
    largo, alto = immagine.size
    nomi = {"rosso": ROSSO, "verde": VERDE, "blu": BLU, "bianco": BIANCO}

    def nome(x: int, y: int) -> str:
        punto: Any = immagine.convert("RGB").getpixel((x, y))
        return min(nomi, key=lambda n: sum((a - b) ** 2 for a, b in zip(nomi[n], punto, strict=True)))

    return [nome(largo * i // 4, alto * j // 4) for j in (1, 3) for i in (1, 3)]


def scrivi(immagine: Image.Image, formato: str, **opzioni: Any) -> bytes:
    """The picture as a file of Pillow's format `formato`."""
    uscita = io.BytesIO()
    immagine.save(uscita, formato, **opzioni)
    return uscita.getvalue()


def foto(formato: str = "JPEG", larghezza: int = 640, altezza: int = 480) -> bytes:
    """A plain valid photo."""
    return scrivi(disegno(larghezza, altezza), formato)


# --- metadata ---------------------------------------------------------------------------------------------


def exif(*, verso: int = 1) -> bytes:
    """EXIF with an author, a maker note and the place it was taken."""
    blocco = Image.Exif()
    blocco[0x0112] = verso
    blocco[0x013B] = SEGRETI["exif"].decode()
    blocco.get_ifd(0x8769)[0x927C] = SEGRETI["maker"]
    luogo = blocco.get_ifd(0x8825)
    luogo.update({1: "N", 2: (43.0, 50.0, 36.0), 3: "E", 4: (10.0, 30.0, 18.0)})
    return blocco.tobytes()


def profilo(*, scambiato: bool = False) -> bytes:
    """A colour profile that names a secret; `scambiato` exchanges the meaning of red and green."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    icc = icc.replace("sRGB built-in".encode("utf-16-be"), SEGRETI["icc"])
    if scambiato:
        icc = icc.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    return icc


def _segmento_jpeg(segno: int, corpo: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, segno, len(corpo) + 2) + corpo


def _iptc() -> bytes:
    voce = b"\x1c\x02\x78" + struct.pack(">H", len(SEGRETI["iptc"])) + SEGRETI["iptc"]
    blocco = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(voce)) + voce
    return _segmento_jpeg(0xED, blocco)


def foto_con_segreti(formato: Formato, *, icc: bool = True) -> bytes:
    """A photo that carries everything this format can carry, and something after its end."""
    comuni: dict[str, Any] = {"exif": exif(), "icc_profile": profilo() if icc else None}
    if formato == "PNG":
        testi = PngInfo()
        testi.add_text("Author", SEGRETI["testo"].decode())
        testi.add_text("Comment", SEGRETI["commento"].decode(), zip=True)
        testi.add_itxt("XML:com.adobe.xmp", XMP.decode())
        comuni["pnginfo"] = testi
    else:
        comuni["xmp"] = XMP
    if formato == "JPEG":
        comuni["comment"] = SEGRETI["commento"]
    dati = scrivi(disegno(), formato, **comuni)
    if formato == "JPEG":
        dati = dati[:2] + _iptc() + dati[2:]
    return dati + SEGRETI["coda"]


# --- files that are not what they seem --------------------------------------------------------------------


def poliglotta_zip() -> bytes:
    """A JPEG that is also a ZIP archive with a page of script in it."""
    archivio = io.BytesIO()
    with zipfile.ZipFile(archivio, "w") as zip_file:
        zip_file.writestr("pagina.html", "<html><script>alert(1)</script>")
    return foto("JPEG") + archivio.getvalue()


def pezzo_png(tipo: bytes, corpo: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(corpo)) + tipo + corpo + struct.pack(">I", zlib.crc32(tipo + corpo))


def png_a_mano(larghezza: int, altezza: int, *, bit: int, colore: int, righe: bytes, altro: bytes = b"") -> bytes:
    """A PNG from its raw rows (each begins with a filter byte): modes that Pillow does not write."""
    testa = pezzo_png(b"IHDR", struct.pack(">IIBBBBB", larghezza, altezza, bit, colore, 0, 0, 0))
    corpo = pezzo_png(b"IDAT", zlib.compress(righe, 9))
    return b"\x89PNG\r\n\x1a\n" + testa + altro + corpo + pezzo_png(b"IEND", b"")


def bomba_png(lato: int = 20_000) -> bytes:
    """A file of some 50 kB that would become lato × lato pixels."""
    return png_a_mano(lato, lato, bit=1, colore=0, righe=bytes((1 + lato // 8) * lato))


def bomba_webp() -> bytes:
    """A WebP of a few bytes whose canvas would be 16,384 × 16,384."""
    tela = struct.pack("<I", 0x10)[:4] + (16_383).to_bytes(3, "little") * 2
    corpo = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + tela + foto("WEBP", 16, 16)[12:]
    return b"RIFF" + struct.pack("<I", len(corpo)) + corpo


def bomba_jpeg() -> bytes:
    """A JPEG whose header promises 65,000 × 65,000 pixels."""
    dati = foto("JPEG", 16, 16)
    inizio = dati.index(b"\xff\xc0")
    return dati[: inizio + 5] + struct.pack(">HH", 65_000, 65_000) + dati[inizio + 9 :]


def jpeg_di_mille_scansioni() -> bytes:
    """A progressive JPEG whose last scan is repeated a thousand times: small to send, slow to decode."""
    dati = scrivi(disegno(64, 64), "JPEG", progressive=True)
    ultima = dati.rindex(b"\xff\xda")
    return dati[:ultima] + dati[ultima:-2] * 1000 + b"\xff\xd9"


ALTRI_FILE = {
    "GIF": scrivi(disegno(32, 32), "GIF"),
    "TIFF": scrivi(disegno(32, 32), "TIFF"),
    "BMP": scrivi(disegno(32, 32), "BMP"),
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(64),
    "MP4": b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + bytes(64),
    "MOV": b"\0\0\0\x14ftypqt  \0\0\x02\0qt  " + bytes(64),
    "WEBM": b"\x1aE\xdf\xa3" + bytes(64),
    "AVI": b"RIFF\x40\0\0\0AVI " + bytes(64),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(64),
    "ZIP": b"PK\x03\x04" + bytes(64),
    "HTML": b"<!doctype html><html><script>alert(1)</script>",
    "testo": "Buongiorno, c’è una buca.".encode(),
}
