"""A real Chromium, a real server on the database of the test, a real mail server."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from PIL import Image, ImageDraw
from playwright.sync_api import Error, Page, ViewportSize, expect, sync_playwright

from segnalazioni.models import Categoria
from tests.e2e.navigatore import CHIUSURA, Muto, Navigatore, entro, troppo
from tests.posta import Ufficio, ufficio_postale
from tests.processi import Vivaio

# Playwright's own loop runs in this thread; Django takes it for an asynchronous door.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TELEFONO, SCRIVANIA = ViewportSize(width=360, height=780), ViewportSize(width=1280, height=900)


ATTESA = 25_000  # ms for what the page is to show: two journeys and their servers share the machine
LENTEZZA = int(os.environ.get("E2E_LENTEZZA", "0"))  # ms more for each answer: scripts then come late, as on a phone
PAZIENZA = 180  # seconds that one journey may take
FALLITO = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser; a journey during which it fell silent is walked once more."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=[Muto.__name__]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets fixtures know how the test ended."""
    report = yield
    if report.when == "call":
        item.stash[FALLITO] = report.failed
    return report


@pytest.fixture(autouse=True)
def _non_per_sempre() -> Iterator[None]:
    """Playwright waits without end for a browser that has fallen silent."""
    signal.signal(signal.SIGALRM, troppo)
    entro(PAZIENZA)
    yield
    entro(0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Navigatore]:
    """The run fails where there is no Chromium."""
    expect.set_options(timeout=ATTESA)
    with sync_playwright() as playwright:
        navigatore = Navigatore(playwright)
        yield navigatore
        navigatore.fine()


@pytest.fixture
def posta() -> Iterator[Ufficio]:
    """Where the server of this test sends its mail."""
    with ufficio_postale() as ufficio:
        yield ufficio


@pytest.fixture(scope="session")
def _vivaio(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vivaio, Path]]:
    """What makes the servers of all journeys, and the folder where each keeps its files in turn."""
    cartella = tmp_path_factory.mktemp("vivaio")
    ambiente = {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.impostazioni",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "VAR_DIR": str(cartella / "var"),
        "EMAIL_URL": "smtp://127.0.0.1:0",
        "SECRET_KEY": settings.SECRET_KEY,
        "REDIS_URL": "",
    }
    vivaio = Vivaio(ambiente, cartella / "vivaio.log")
    yield vivaio, cartella / "var"
    vivaio.ferma()


@pytest.fixture
def sito(
    transactional_db: None, strade: Any, posta: Ufficio, _vivaio: tuple[Vivaio, Path], tmp_path: Path
) -> Iterator[str]:
    """The address of a server with the taxonomy, and an office of the roads that answers for holes and lamps."""
    vivaio, var = _vivaio
    call_command("importa_categorie", verbosity=0)
    Categoria.objects.filter(madre__codice__in=["strade", "luce"]).update(ufficio=strade)
    with vivaio.server(tmp_path, posta.porta) as base:
        yield base
    for lasciata in var.iterdir():
        shutil.rmtree(lasciata)


@pytest.fixture
def privato(sito: str, _vivaio: tuple[Vivaio, Path]) -> Path:
    """Where the server looks for photos."""
    return _vivaio[1] / "privato"


def _lagna(tipo: str, testo: str, ignora: Sequence[str], lamentele: list[str]) -> None:
    if tipo in ("error", "warning") and not any(parola in testo for parola in ignora):
        lamentele.append(testo)


def _ritrai(pagina: Page, dove: Path) -> None:
    """What the failure looked like."""
    entro(CHIUSURA)
    with suppress(Muto, Error):
        pagina.screenshot(path=dove, full_page=True)
        print(f"{pagina.url} → {dove}")  # noqa: T201


@pytest.fixture
def apri(
    chromium: Navigatore, sito: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """apri(): a page of a browser of its own (no cookie shared), phone-sized; script=False without JavaScript.

    ignora: words of console messages that the test itself provokes (the browser notes every 4xx). Whatever else the
    console complains of, and every request that fails, fails the test.
    """
    lamentele: list[str] = []
    dentro = (sito, sito.replace("http", "ws", 1), "data:", "blob:")
    contesti = []

    def nuova(*, schermo: ViewportSize = TELEFONO, script: bool = True, ignora: Sequence[str] = ()) -> Page:
        contesto = chromium.contesto(
            base_url=sito, viewport=schermo, java_script_enabled=script, locale="it-IT", reduced_motion="reduce"
        )
        contesto.set_default_timeout(ATTESA)
        contesti.append(contesto)
        pagina = contesto.new_page()
        if LENTEZZA:
            rete = {"offline": False, "latency": LENTEZZA, "downloadThroughput": -1, "uploadThroughput": -1}
            contesto.new_cdp_session(pagina).send("Network.emulateNetworkConditions", rete)
        pagina.on("console", lambda m: _lagna(m.type, m.text, ignora, lamentele))
        pagina.on("pageerror", lambda e: lamentele.append(str(e)))
        pagina.on("response", lambda r: lamentele.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        pagina.on("request", lambda r: None if r.url.startswith(dentro) else lamentele.append(f"outside: {r.url}"))
        return pagina

    yield nuova
    fallito = request.node.stash.get(FALLITO, False)
    for numero, contesto in enumerate(contesti):
        for pagina in contesto.pages if fallito else []:
            _ritrai(pagina, tmp_path / f"{numero}.png")
        chromium.chiudi(contesto)
    assert lamentele == []


@pytest.fixture
def foto(tmp_path: Path) -> Path:
    """A photo as a phone takes it, with the place it was taken at."""
    immagine = Image.new("RGB", (1200, 900), "#6b7a83")
    ImageDraw.Draw(immagine).ellipse((400, 400, 800, 700), fill="#2b2b2b")
    exif = Image.Exif()
    exif[0x010F] = "TelefonoDiAnna"
    exif.get_ifd(0x8825)[2] = (43.0, 50.0, 34.4)
    dati = BytesIO()
    immagine.save(dati, "JPEG", exif=exif)
    percorso = tmp_path / "buca.jpg"
    percorso.write_bytes(dati.getvalue())
    return percorso


def entra(pagina: Page, email: str, password: str) -> None:
    """Logs in through the form."""
    pagina.goto("/accedi/login/")
    pagina.get_by_label("Indirizzo e-mail").fill(email)
    pagina.get_by_label("Password", exact=True).fill(password)
    pagina.locator("main").get_by_role("button", name=re.compile("Accedi|Entra")).click()
    pagina.wait_for_url(lambda url: "/accedi/" not in url)


def collegamento(mail: Any) -> str:
    """The path of the one link of a mail."""
    testo = mail.get_body(("plain",)).get_content()
    trovato = re.search(r"https?://[^/\s]+(/\S+)", testo)
    assert trovato, testo
    return trovato.group(1)
