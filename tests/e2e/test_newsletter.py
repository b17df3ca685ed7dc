"""Anna subscribes on her phone, confirms, gets the news, and leaves from the foot of the mail, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core.tempo import adesso, fermo_a
from notiziario import actions
from notiziario.models import RIPENSACI, Abbonamento
from tests.e2e.conftest import SCRIVANIA, TELEFONO, collegamento
from tests.e2e.test_accessibilita import esamina
from tests.factories.novita import esce

ANNA = "anna.guerri@example.org"


def spunta(pagina, nome):
    pagina.get_by_role("checkbox", name=nome, exact=True).locator("xpath=following-sibling::label").click()


def test_anna_subscribes_gets_the_news_and_leaves(apri, posta, settings):
    anna = apri(script=False)
    anna.goto("/novita/")
    anna.get_by_role("link", name="Iscriviti").click()
    anna.get_by_label("Indirizzo e-mail").fill(ANNA)
    spunta(anna, "Mobilità")
    anna.get_by_role("button", name="Iscrivimi").click()
    expect(anna.get_by_role("heading", name="Guarda nella posta")).to_be_visible()
    anna.goto(collegamento(posta.aspetta(ANNA)[0]))
    anna.get_by_role("button", name="Conferma l’iscrizione").click()
    expect(anna.get_by_text("da adesso ricevi le novità")).to_be_visible()
    expect(anna.get_by_role("checkbox", name="Mobilità", exact=True)).to_be_checked()

    esce("Otto lampade nuove", argomenti=("mobilita",))
    esce("Il bilancio", argomenti=("bilancio",))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", posta.porta
    with fermo_a(adesso() + RIPENSACI + timedelta(seconds=1)):
        assert actions.prosegui() == 1
    lettera = posta.aspetta(ANNA, 2)[1]
    assert lettera["Subject"] == "Notizia: Otto lampade nuove"
    anna.goto(collegamento(lettera))
    expect(anna.get_by_role("heading", name="Otto lampade nuove", level=1)).to_be_visible()

    testo = lettera.get_body(("plain",)).get_content()
    ferma = next(riga for riga in testo.split() if riga.endswith("/ferma/"))
    anna.goto("/" + ferma.split("/", 3)[3])
    anna.get_by_role("button", name="Non scrivermi più").click()
    expect(anna.get_by_role("heading", name="Fatto")).to_be_visible()
    assert not Abbonamento.objects.attivi().exists()


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_its_pages_have_no_finding(apri, posta, schermo):
    pagina = apri(schermo=schermo, ignora=["410"])
    esce("Otto lampade nuove", argomenti=("mobilita",))
    percorsi = ["/novita/", "/novita/notizie/", "/novita/notizie/otto-lampade-nuove/", "/argomenti/mobilita/"]
    percorsi += ["/novita/newsletter/", "/novita/newsletter/conferma/chiave/scaduta/"]
    trovati = [t for percorso in percorsi for t in esamina(pagina, percorso)]
    pagina.goto("/novita/newsletter/")
    pagina.get_by_label("Indirizzo e-mail").fill(ANNA)
    pagina.get_by_role("button", name="Iscrivimi").click()
    chiave = collegamento(posta.aspetta(ANNA)[0])
    trovati += esamina(pagina, chiave)
    pagina.get_by_role("button", name="Conferma l’iscrizione").click()
    expect(pagina.get_by_role("heading", name="Le tue novità per e-mail")).to_be_visible()
    mia = pagina.url
    trovati += esamina(pagina, mia) + esamina(pagina, f"{mia}ferma/")
    assert trovati == []
