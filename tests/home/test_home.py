"""The home page: a question, doors that open, figures that are the length of the list they lead to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from ascolto.models import Contributo, Visibilita
from core.tempo import adesso, fermo_a
from segnalazioni.actions.importa import Importata, importa
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import fai, porta_a, segnala

pytestmark = pytest.mark.django_db


def casa(client: Client) -> str:
    risposta = client.get("/")
    assert risposta.status_code == 200
    return unescape(risposta.content.decode())


def figure(pagina: str) -> dict[str, tuple[int, str]]:
    """Words → (figure, address)."""
    trovate = re.findall(r'<a href="([^"]+)"[^>]*><b>(\d+)</b>([^<]+)</a>', pagina)
    return {parole: (int(numero), url) for url, numero, parole in trovate}


def quante_in(client: Client, url: str) -> int:
    """How many reports the list at this address has."""
    return len(set(re.findall(r"/segnalazioni/(LU-\w{4}-\w{4})/", client.get(url).content.decode())))


def test_anna_writes_what_happens_and_goes_on_with_her_words(client: Client) -> None:
    pagina = casa(client)
    assert "Che cosa vuoi dire alla tua città?" in pagina
    modulo = re.search(r'<form class="lp-dillo"[^>]*action="([^"]+)"', pagina)
    assert modulo is not None
    assert 'name="testo"' in pagina
    risposta = client.get(modulo[1], {"testo": "Lampione spento in via Fillungo"}, follow=True)
    assert risposta.status_code == 200
    assert "Lampione spento in via Fillungo" in risposta.content.decode()


def test_the_figures_are_the_lists_they_open(client: Client, anna, buche: Categoria) -> None:
    porta_a(segnala(buche, autore=anna), Stato.RISOLTA)
    segnala(buche, autore=anna)
    with fermo_a(adesso() - timedelta(days=60)):
        segnala(buche, autore=anna)
        porta_a(segnala(buche, autore=anna), Stato.RISOLTA)
    trovate = figure(casa(client))
    assert {parole: numero for parole, (numero, _url) in trovate.items()} == {
        "segnalazioni aperte": 2,
        "risolta negli ultimi 7 giorni": 1,
        "oltre il termine": 1,
    }
    for numero, url in trovate.values():
        assert quante_in(client, url) == numero


def test_bruno_reads_what_became_of_a_report(client: Client, buca: Segnalazione) -> None:
    caso = fai(porta_a(buca, Stato.IN_LAVORAZIONE), "risolvi", testo="Chiusa con asfalto a caldo. Grazie.")
    pagina = casa(client)
    assert "«Buca profonda davanti al civico 12»" in pagina
    assert f'<a href="{caso.url()}">Chiusa con asfalto a caldo</a>' in pagina
    assert "Strade e viabilità, " in pagina


def test_what_is_private_or_only_imported_tells_nothing(client: Client, buca: Segnalazione, buche: Categoria) -> None:
    Contributo.objects.filter(segnalazione=porta_a(buca, Stato.RISOLTA)).update(visibilita=Visibilita.PRIVATA)
    ieri = adesso() - timedelta(days=1)
    importa(Importata("altrove", "1", "Altrove", buche, Stato.CHIUSA, "api", ieri, ieri))
    pagina = casa(client)
    assert "Ancora nessuna segnalazione risolta" in pagina
    assert "lp-voce" not in pagina


def test_who_has_a_number_finds_the_report(client: Client, buca: Segnalazione) -> None:
    modulo = re.search(r'<form class="lp-modulo [^>]*action="([^"]+)"', casa(client))
    assert modulo is not None
    risposta = client.get(modulo[1], {"q": buca.codice.lower()}, follow=True)
    assert buca.codice in risposta.content.decode()


def test_every_link_of_the_page_leads_somewhere(client: Client, buca: Segnalazione) -> None:
    porta_a(buca, Stato.RISOLTA)
    indirizzi = {i for i in re.findall(r'href="(/[^"#]*)"', casa(client)) if not i.startswith("/static/")}
    assert len(indirizzi) > 15
    assert {i for i in indirizzi if client.get(i, follow=True).status_code != 200} == set()


@pytest.mark.parametrize("quante", [0, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client, anna, buche: Categoria, quante: int, django_assert_max_num_queries
) -> None:
    for _volta in range(quante):
        porta_a(segnala(buche, autore=anna), Stato.RISOLTA)
    client.get("/")  # Wagtail remembers its sites
    with django_assert_max_num_queries(16):
        client.get("/")
    client.force_login(anna)
    with django_assert_max_num_queries(16):
        client.get("/")
