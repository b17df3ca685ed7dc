"""A real Chromium, a real server on the database of the test, a real mail server."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from segnalazioni.models import Categoria
from tests.posta import Ufficio, ufficio_postale
from tests.processi import Vivaio

# Playwright's own loop runs in this thread; Django takes it for an asynchronous door.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

TELEFONO, SCRIVANIA = ViewportSize(width=360, height=780), ViewportSize(width=1280, height=900)
_BANDIERE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


ATTESA = 25_000  # ms for what the page is to show: two journeys and their servers share the machine
LENTEZZA = int(os.environ.get("E2E_LENTEZZA", "0"))  # ms more for each answer: scripts then come late, as on a phone
PAZIENZA = 240  # seconds that one journey may take
FALLITO = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets fixtures know how the test ended."""
    report = yield
    if report.when == "call":
        item.stash[FALLITO] = report.failed
    return report


def _troppo(_segnale: int, _quadro: object) -> None:
    raise TimeoutError(f"the browser has not answered for {PAZIENZA} seconds")


@pytest.fixture(autouse=True)
def _non_per_sempre() -> Iterator[None]:
    """A key that loads another page is sometimes never acknowledged by Chromium, and Playwright waits without end."""
    signal.signal(signal.SIGALRM, _troppo)
    signal.setitimer(signal.ITIMER_REAL, PAZIENZA, 30)  # again and again: what closes the pages may wait too
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; the run fails where there is none."""
    eseguibile = shutil.which("chromium") or shutil.which("chromium-browser")
    assert eseguibile, "Chromium is missing: apt-get install chromium"
    expect.set_options(timeout=ATTESA)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=eseguibile, args=_BANDIERE)
        yield browser
        browser.close()


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


def _lagna(tipo: str, testo: str, ignora: Sequence[str], lamentele: list[str]) -> None:
    if tipo in ("error", "warning") and not any(parola in testo for parola in ignora):
        lamentele.append(testo)


@pytest.fixture
def apri(chromium: Browser, sito: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """apri(): a page of a browser of its own (no cookie shared), phone-sized; script=False without JavaScript.

    ignora: words of console messages that the test itself provokes (the browser notes every 4xx). Whatever else the
    console complains of, and every request that fails, fails the test.
    """
    lamentele: list[str] = []
    dentro = (sito, sito.replace("http", "ws", 1), "data:", "blob:")
    contesti = []

    def nuova(*, schermo: ViewportSize = TELEFONO, script: bool = True, ignora: Sequence[str] = ()) -> Page:
        contesto = chromium.new_context(
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
            pagina.screenshot(path=tmp_path / f"{numero}.png", full_page=True)
            print(f"{pagina.url} → {tmp_path / f'{numero}.png'}")  # noqa: T201  # what the failure looked like
        contesto.close()
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
