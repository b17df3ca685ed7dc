"""The question closes every public page, as the public validator looks for it."""

from __future__ import annotations

import re

import pytest

from core.tempo import adesso
from home.models import HomePage
from notiziario.models import Abbonamento
from notiziario.views import segno_di

pytestmark = pytest.mark.django_db

DOMANDA = "Quanto sono chiare le informazioni su questa pagina?"
BENE = [
    "Le indicazioni erano chiare",
    "Le indicazioni erano complete",
    "Capivo sempre che stavo procedendo correttamente",
    "Non ho avuto problemi tecnici",
    "Altro",
]
MALE = [
    "A volte le indicazioni non erano chiare",
    "A volte le indicazioni non erano complete",
    "A volte non capivo se stavo procedendo correttamente",
    "Ho avuto problemi tecnici",
    "Altro",
]


def _pezzo(testo: str, nome: str, tag: str) -> str:
    trovato = re.search(rf"<{tag}\b[^>]*data-element=\"{nome}\".*?</{tag}>", testo, re.S)
    assert trovato, nome
    return trovato.group()


def _parole(testo: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", testo)).strip()


def test_every_page_of_the_editors_asks(client):
    pagine = HomePage.italiana().get_descendants(inclusive=True).live()
    assert pagine.count() > 5
    for pagina in pagine:
        testo = client.get(pagina.url).content.decode()
        assert testo.count(DOMANDA) == 1, pagina.url
        assert client.get("/chiarezza/", {"percorso": pagina.url}).status_code == 200


@pytest.mark.parametrize("percorso", ["/segnalazioni/", "/crediti/"])
def test_so_do_our_other_pages(client, percorso):
    assert DOMANDA in client.get(percorso).content.decode()
    assert client.get("/chiarezza/", {"percorso": percorso}).status_code == 200


def test_a_public_report_asks_too(client, buca):
    assert DOMANDA in client.get(buca.url()).content.decode()


@pytest.mark.parametrize(
    "percorso",
    [
        "/segnalazioni/nuova/",
        "/accedi/login/",
        "/accedi/signup/",
        "/i-tuoi-dati/richiesta/",
        "/non-esiste/",
        "/chiarezza/",
    ],
)
def test_not_in_the_middle_of_a_form_nor_where_there_is_no_page(client, percorso):
    assert DOMANDA not in client.get(percorso).content.decode()


def test_not_at_the_desk_nor_in_ones_own_area(client, carla):
    client.force_login(carla)
    for percorso in ("/scrivania/segnalazioni/", "/area-personale/"):
        assert DOMANDA not in client.get(percorso).content.decode()


def test_the_secret_of_a_mailed_link_goes_into_no_other_address(client):
    segno = segno_di(Abbonamento.objects.create(email="gina@example.org", chiesto_il=adesso()))
    for percorso in (f"/novita/newsletter/chiave/{segno}/", f"/novita/newsletter/chiave/{segno}/ferma/"):
        risposta = client.get(percorso)
        assert risposta.status_code == 200
        assert DOMANDA not in risposta.content.decode()
        assert client.get("/chiarezza/", {"percorso": percorso}).status_code == 404


def test_the_validator_finds_what_it_looks_for(client):
    testo = (
        _pezzo(client.get("/privacy/").content.decode(), "feedback", "div") and client.get("/privacy/").content.decode()
    )
    assert _parole(_pezzo(testo, "feedback-title", "h2")) == DOMANDA
    for n in range(1, 6):
        etichetta = _pezzo(testo, f"feedback-rate-{n}", "label")
        radio = re.search(r'for="([^"]+)"', etichetta)
        assert radio
        assert re.search(rf'<input[^>]*type="radio"[^>]*id="{radio.group(1)}"[^>]*value="{n}"', testo)
    for nome, domanda, risposte in (
        ("feedback-rating-positive", "Quali sono stati gli aspetti che hai preferito?", BENE),
        ("feedback-rating-negative", "Dove hai incontrato le maggiori difficoltà?", MALE),
    ):
        gruppo = _pezzo(testo, nome, "fieldset")
        assert _parole(_pezzo(gruppo, "feedback-rating-question", "legend")) == domanda
        dette = re.findall(r'<label[^>]*data-element="feedback-rating-answer"[^>]*>.*?</label>', gruppo, re.S)
        assert [_parole(d) for d in dette] == risposte
    assert len(re.findall(r'<input[^>]*data-element="feedback-input-text"', testo)) == 1
    assert "Inserire massimo 200 caratteri" in testo


def test_the_form_of_a_page_is_the_same_for_everybody(client, anna):
    """It may come from a cache: no token of anybody, and what is typed does not go into an address."""
    testo = client.get("/privacy/").content.decode()
    modulo = testo[testo.index('data-element="feedback"') : testo.index("<footer")]
    assert "csrfmiddlewaretoken" not in modulo
    assert 'method="get"' in modulo
    assert 'name="parole"' not in modulo
    client.force_login(anna)
    suo = client.get("/privacy/").content.decode()
    assert suo[suo.index('data-element="feedback"') : suo.index("<footer")] == modulo
