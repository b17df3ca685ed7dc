"""What the editor does by itself: whose a page is, addresses that change, words that bring no style along."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cms.models import BasePage, Immagine
from home.models import NotiziaPage
from tests.redazione.conftest import notizia
from tests.redazione.modulo import modulo_notizia

pytestmark = pytest.mark.django_db
NUOVA = "/cms/pages/add/home/notiziapage/{}/"


def test_a_piece_of_news_is_of_the_office_of_who_writes(entra, elena, strade, luce, redazione_strade, notizie):
    client = entra(elena)
    client.post(NUOVA.format(notizie.pk), modulo_notizia())
    pagina = NotiziaPage.objects.get(slug="via-fillungo-chiusa")
    assert pagina.get_latest_revision_as_object().ufficio == strade
    risposta = client.post(NUOVA.format(notizie.pk), modulo_notizia(slug="altra", ufficio=luce.pk))
    assert "ufficio" in risposta.context["form"].errors


def test_who_approves_writes_in_the_name_of_any(entra, carla, luce, centrale, notizie):
    entra(carla).post(NUOVA.format(notizie.pk), modulo_notizia(ufficio=luce.pk))
    pagina = NotiziaPage.objects.get(slug="via-fillungo-chiusa")
    assert pagina.get_latest_revision_as_object().ufficio == luce


def test_an_address_that_changes_leads_on(entra, carla, centrale, notizie):
    pagina = notizia(carla, notizie)
    pagina.save_revision().publish()
    vecchio = NotiziaPage.objects.get(pk=pagina.pk).url
    dati = modulo_notizia(slug="fillungo")
    entra(carla).post(f"/cms/pages/{pagina.pk}/edit/", {**dati, "action-publish": "1"})
    nuovo = NotiziaPage.objects.get(pk=pagina.pk).url
    assert nuovo != vecchio
    risposta = Client().get(vecchio)
    assert (risposta.status_code, risposta["Location"]) == (301, nuovo)


def test_a_page_that_is_moved_leads_on(entra, carla, centrale, notizie):
    pagina = notizia(carla, notizie)
    pagina.save_revision().publish()
    vecchio = NotiziaPage.objects.get(pk=pagina.pk).url
    avvisi = BasePage.objects.get(slug="avvisi")
    entra(carla).post(f"/cms/pages/{pagina.pk}/move/{avvisi.pk}/confirm/")
    nuovo = NotiziaPage.objects.get(pk=pagina.pk).url
    assert nuovo.startswith("/novita/avvisi/")
    assert Client().get(vecchio)["Location"] == nuovo


def test_pasted_styles_vanish(entra, carla, centrale, notizie):
    """As sent: whatever the editor in the browser let through, or somebody sends without it."""
    parole = "Rosso e grande"
    blocco = {
        "key": "a", "text": parole, "type": "unstyled", "depth": 0, "entityRanges": [],
        "inlineStyleRanges": [{"offset": 0, "length": 5, "style": "COLOR_RED"}],
        "data": {"style": "color:red", "class": "grande"},
    }  # fmt: skip
    dati = modulo_notizia()
    dati["corpo-1-value"] = json.dumps({"blocks": [blocco], "entityMap": {}})
    entra(carla).post(NUOVA.format(notizie.pk), {**dati, "action-publish": "1"})
    testo = NotiziaPage.objects.get(slug="via-fillungo-chiusa").corpo[1].value.source
    assert "Rosso" in testo
    for traccia in ("style", "class", "color", "span"):
        assert traccia not in testo


def test_a_picture_that_says_nothing_else_says_what_it_shows(carla, notizie):
    pagina = notizia(carla, notizie)
    pagina.immagine = Immagine(title="IMG_0412", description="Operai asfaltano via Fillungo")
    assert pagina.immagine.default_alt_text == "Operai asfaltano via Fillungo"


def test_no_program_interface_of_wagtail_is_open_to_the_public(sito):
    for porta in ("/api/v2/pages/", "/api/pages/", "/cms/api/main/pages/"):
        assert Client().get(porta).status_code in (302, 403, 404), porta


def test_the_preview_is_framed_by_this_site_alone_and_is_checked(entra, elena, redazione_strade, pagina_strade):
    client = entra(elena)
    risposta = client.get(f"/cms/pages/{pagina_strade.pk}/view_draft/")
    assert risposta.status_code == 200
    assert risposta["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in risposta["Content-Security-Policy"]
    assert "wagtail-userbar" not in Client().get(pagina_strade.url).content.decode()
    assert "wagtail-userbar" not in client.get(pagina_strade.url).content.decode()
    assert "wagtail-userbar" in risposta.content.decode()
