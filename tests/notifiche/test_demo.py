"""The letter box of the demonstration, read in the browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core.tempo import adesso, fermo_a
from notifiche import cassetta
from notifiche.actions import Destinatario
from notifiche.tasks import consegna
from tests.factories.notifiche import PERCORSO, avviso

POSTA = "/demo/posta/"


@pytest.fixture(autouse=True)
def _cassetta(settings: Settings, tmp_path: Path) -> None:
    settings.ROOT_URLCONF = "tests.notifiche.indirizzi_demo"
    settings.EMAIL_BACKEND = "notifiche.cassetta.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "posta")


@pytest.fixture
def nome(db: None) -> str:
    """A mail to Giulia lies in the box: its name."""
    consegna(avviso(Destinatario(email="giulia@example.org"), testo="Perché sì, è così: <b>ciao</b>")[0].pk)
    return cassetta.nomi()[0]


def test_a_mail_is_in_the_list_and_can_be_read(client: Client, nome: str, settings: Settings) -> None:
    lista = client.get(POSTA).content.decode()
    assert "LU-7K3F-92QD: intervento previsto giovedì 27 novembre 2026" in lista
    assert "giulia@example.org" in lista
    assert f'href="{POSTA}{nome}/"' in lista
    pagina = client.get(f"{POSTA}{nome}/").content.decode()
    assert f'<a href="{settings.SITO_URL}{PERCORSO}chiave/' in pagina
    assert "Perché sì, è così: &lt;b&gt;ciao&lt;/b&gt;" in pagina
    assert f'<iframe src="{POSTA}{nome}/html/"' in pagina


def test_the_html_stands_in_a_sandbox_with_a_policy_of_its_own(client: Client, nome: str) -> None:
    risposta = client.get(f"{POSTA}{nome}/html/")
    politica = risposta["Content-Security-Policy"]
    assert "default-src 'none'" in politica
    assert "style-src 'unsafe-inline'" in politica
    assert "script-src" not in politica
    assert "sandbox allow-popups" in politica
    assert "allow-scripts" not in politica
    assert risposta["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in risposta.content.decode()
    assert "&lt;b&gt;ciao&lt;/b&gt;" in risposta.content.decode()


def test_the_newest_is_first_and_long_lists_have_pages(client: Client, db: None) -> None:
    for numero in range(27):
        with fermo_a(adesso() + timedelta(minutes=numero)):
            EmailMessage(f"Numero {numero}", "ciao", to=["anna@example.org"]).send()
    pagina = client.get(POSTA).content.decode()
    assert pagina.index("Numero 26") < pagina.index("Numero 25")
    assert "Numero 1<" not in pagina
    assert "Numero 1<" in client.get(POSTA, {"pagina": "2"}).content.decode()


def test_an_empty_box_says_so(client: Client, db: None) -> None:
    assert "Ancora nessuna mail" in client.get(POSTA).content.decode()


def test_a_mail_without_html_has_no_frame(client: Client, db: None) -> None:
    EmailMessage("Solo testo", "ciao", to=["anna@example.org"]).send()
    [nome] = cassetta.nomi()
    assert "<iframe" not in client.get(f"{POSTA}{nome}/").content.decode()
    assert client.get(f"{POSTA}{nome}/html/").status_code == 404


@pytest.mark.parametrize(
    "nome", ["..", "../segreto", "segreto", "20261124-231500000000-abcdef01", "/etc/passwd", "x%00"]
)
def test_nothing_outside_the_box_can_be_read(db: None, client: Client, nome: str) -> None:
    cassetta.cartella().mkdir()
    (cassetta.cartella().parent / "segreto.eml").write_text("Subject: segreto\n\nsegreto")
    (cassetta.cartella() / "segreto.eml").write_text("Subject: segreto\n\nsegreto")
    assert cassetta.leggi(nome) is None
    for coda in ("", "html/"):
        risposta = client.get(f"{POSTA}{nome}/{coda}")
        assert risposta.status_code in (301, 400, 404)
        assert b"segreto\n" not in risposta.content


def test_where_it_is_not_the_demonstration_there_is_no_box(client: Client, nome: str, settings: Settings) -> None:
    settings.ROOT_URLCONF = "lucca_partecipa.urls"
    assert client.get(POSTA).status_code == 404
    assert client.get(f"{POSTA}{nome}/").status_code == 404


def test_the_pages_have_their_names(db: None, nome: str) -> None:
    assert reverse("demo:posta") == POSTA
    assert reverse("demo:messaggio", args=[nome]) == f"{POSTA}{nome}/"
