"""The link of a mail: looking changes nothing, the button uses it, and one that is spent leads to a new one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.magic import DURATA, crea_link
from accounts.models import LinkMagico, User
from ascolto.models import Visibilita
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.views.chiave import QUANTE
from tests.aiuti import segnala
from tests.segnalazioni.cittadini import GIULIA, INESISTENTE, pagina_di, privata, rendi

pytestmark = pytest.mark.django_db

USA = {"che": "usa"}


@pytest.fixture
def di_giulia(buche: Categoria) -> Segnalazione:
    """Giulia's report, waiting for her confirmation."""
    return segnala(buche, email=GIULIA)


@pytest.fixture
def link(di_giulia: Segnalazione) -> str:
    """The link that Giulia was mailed."""
    return crea_link(GIULIA, di_giulia.url())


def chiedi(client: Client, dove: str, email: str) -> Any:
    """Asks for a new link."""
    return client.post(dove, {"che": "nuovo", "email": email})


# --- it works ---------------------------------------------------------------------------------------------


def test_the_button_confirms_and_shows_the_case(client: Client, di_giulia: Segnalazione, link: str) -> None:
    pagina = pagina_di(client.get(link))
    assert "Conferma la segnalazione</button>" in pagina
    risposta = client.post(link, USA, follow=True)
    di_giulia.refresh_from_db()
    assert di_giulia.stato == "ricevuta"
    assert risposta.redirect_chain == [(di_giulia.url(), 302)]
    assert "Confermata" in pagina_di(risposta)
    assert link.split("/")[-2] not in pagina_di(risposta), "the secret has left the address"


def test_the_link_of_the_mail_that_was_really_sent(
    client: Client, di_giulia: Segnalazione, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.rimanda_conferma(di_giulia)
    trovato = re.search(r"https?://[^/]+(/segnalazioni/\S+/chiave/\S+/)", str(mail.outbox[-1].body))
    assert trovato is not None
    assert client.post(trovato[1], USA).status_code == 302
    di_giulia.refresh_from_db()
    assert di_giulia.confermata_il is not None


def test_looking_uses_nothing_up(client: Client, di_giulia: Segnalazione, link: str) -> None:
    for metodo in (client.get, client.head, client.get):
        assert metodo(link).status_code == 200
    di_giulia.refresh_from_db()
    assert di_giulia.stato == "da_confermare"
    assert LinkMagico.objects.get().usi == 0


def test_the_page_keeps_its_address_to_itself(client: Client, link: str) -> None:
    for risposta in (client.get(link), client.get(link[:-3] + "/"), client.post(link, USA)):
        assert risposta["Referrer-Policy"] == "strict-origin"
        assert risposta["Cache-Control"] == "private, no-store"
        assert risposta["X-Robots-Tag"] == "noindex"


def test_the_confirmed_reporter_opens_a_private_case(client: Client, buche: Categoria) -> None:
    caso = privata(buche, email=GIULIA)
    client.post(crea_link(GIULIA, caso.url()), USA)
    altrove = Client()
    nuovo = crea_link(GIULIA, caso.url())
    assert "Apri la segnalazione</button>" in pagina_di(altrove.get(nuovo))
    assert altrove.post(nuovo, USA, follow=True).status_code == 200


def test_a_follower_confirms_and_may_stop(client: Client, buca: Segnalazione) -> None:
    actions.segui(buca, firma=False, email="bruno@example.org")
    link = crea_link("bruno@example.org", buca.url())
    assert "Conferma che vuoi seguire</button>" in pagina_di(client.get(link))
    risposta = client.post(link, USA, follow=True)
    assert Seguace.objects.get(email="bruno@example.org").confermato_il is not None
    assert "Non seguire più" in pagina_di(risposta)
    client.post(buca.url("segui"), {"che": "smetti"})
    assert not Seguace.objects.filter(email="bruno@example.org").exists()


def test_a_second_press_within_half_a_minute_still_opens_the_page(client: Client, link: str) -> None:
    assert client.post(link, USA).status_code == 302
    assert Client().post(link, USA).status_code == 302
    assert Client().post(link, USA).status_code == 410


# --- links that lead nowhere ----------------------------------------------------------------------------------


def _scaduto(link: str, caso: Segnalazione) -> str:
    LinkMagico.objects.update(scade_il=adesso() - timedelta(seconds=1))
    return link


def _usato(link: str, caso: Segnalazione) -> str:
    Client().post(link, USA)
    LinkMagico.objects.update(usato_il=adesso() - timedelta(minutes=1))
    return link


def _inventato(link: str, caso: Segnalazione) -> str:
    return f"{caso.url()}chiave/inventato/"


def _di_un_altra(link: str, caso: Segnalazione) -> str:
    altra = segnala(caso.categoria, email="altra@example.org")
    return link.replace(caso.codice, altra.codice)


def _di_una_che_non_c_e(link: str, caso: Segnalazione) -> str:
    return link.replace(caso.url(), INESISTENTE)


def _di_un_numero_che_non_puo_essere(link: str, caso: Segnalazione) -> str:
    return link.replace(caso.codice, "boh")


def _dell_indirizzo_di_prima(link: str, caso: Segnalazione) -> str:
    actions.cambia_indirizzo(caso, email="giulia.nuova@example.org")
    return link


def _di_una_rimossa(link: str, caso: Segnalazione) -> str:
    rendi(caso, Visibilita.RIMOSSA)
    return link


def _di_una_scartata(link: str, caso: Segnalazione) -> str:
    actions.scarta(caso)
    return link


GUASTI = [
    _scaduto,
    _usato,
    _inventato,
    _di_un_altra,
    _di_una_che_non_c_e,
    _di_un_numero_che_non_puo_essere,
    _dell_indirizzo_di_prima,
    _di_una_rimossa,
    _di_una_scartata,
]


@pytest.mark.parametrize("guasta", GUASTI)
def test_every_link_that_leads_nowhere_gets_the_same_answer(guasta: Any, di_giulia: Segnalazione, link: str) -> None:
    dove = guasta(link, di_giulia)
    prima = LinkMagico.objects.filter(usi__gt=0).count()
    for metodo in ("get", "post"):
        risposta = getattr(Client(), metodo)(dove, USA if metodo == "post" else {})
        pagina = pagina_di(risposta)
        assert risposta.status_code == 410
        assert "Il collegamento non vale più" in pagina
        assert "Chiedi un nuovo collegamento" in pagina
        assert di_giulia.titolo not in pagina
    assert LinkMagico.objects.filter(usi__gt=0).count() == prima, "nothing was used up"


def test_a_link_lasts_a_week(client: Client, di_giulia: Segnalazione, link: str) -> None:
    with fermo_a(adesso() + DURATA - timedelta(minutes=1)):
        assert client.get(link).status_code == 200
    with fermo_a(adesso() + DURATA + timedelta(minutes=1)):
        assert client.get(link).status_code == 410


def test_a_foreign_form_cannot_press_the_button(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link, USA).status_code == 403


# --- asking for another -----------------------------------------------------------------------------------------


def test_a_new_link_goes_to_who_reported_and_to_nobody_else(
    client: Client, buche: Categoria, django_capture_on_commit_callbacks: Any
) -> None:
    caso = privata(buche, email=GIULIA)
    client.post(crea_link(GIULIA, caso.url()), USA)
    mail.outbox.clear()
    dove = f"{caso.url()}chiave/vecchio/"
    with django_capture_on_commit_callbacks(execute=True):
        risposte = [chiedi(Client(), dove, email) for email in (GIULIA.upper(), "spiona@example.org")]
    assert [messaggio.to for messaggio in mail.outbox] == [[GIULIA]]
    pagine = [
        re.sub(r'value="\w{64}"', "", pagina_di(r)).replace(GIULIA.upper(), "").replace("spiona@example.org", "")
        for r in risposte
    ]
    assert pagine[0] == pagine[1], "the answer tells nobody whose address is known"
    nuovo = re.search(r"/segnalazioni/\S+/chiave/\S+/", str(mail.outbox[0].body))
    assert nuovo is not None
    assert Client().post(nuovo[0], USA).status_code == 302


def test_asked_for_a_case_that_does_not_exist_it_answers_the_same(client: Client) -> None:
    risposta = chiedi(client, f"{INESISTENTE}chiave/x/", GIULIA)
    assert risposta.status_code == 200
    assert "Guarda nella posta" in pagina_di(risposta)


def test_who_has_not_confirmed_yet_gets_the_mail_that_confirms(
    client: Client, di_giulia: Segnalazione, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        chiedi(client, f"{di_giulia.url()}chiave/x/", GIULIA)
    assert "conferma" in mail.outbox[-1].subject.lower()


def test_a_mailbox_is_not_filled_through_us(
    buche: Categoria, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segnalazioni.views.chiave.troppe", lambda *a, **k: False)
    caso = segnala(buche, email=GIULIA)
    Client().post(crea_link(GIULIA, caso.url()), USA)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _volta in range(12):
            chiedi(Client(), f"{caso.url()}chiave/x/", GIULIA)
    assert len(mail.outbox) == 5


def test_one_address_cannot_ask_without_end(client: Client, di_giulia: Segnalazione) -> None:
    dove = f"{di_giulia.url()}chiave/x/"
    stati = [chiedi(client, dove, f"{n}@example.org").status_code for n in range(QUANTE + 1)]
    assert stati == [200] * QUANTE + [429]


def test_an_address_that_is_none_is_said_and_kept(client: Client, di_giulia: Segnalazione) -> None:
    risposta = chiedi(client, f"{di_giulia.url()}chiave/x/", "giulia@")
    pagina = pagina_di(risposta)
    assert risposta.status_code == 422
    assert "<title>Errore:" in pagina
    assert 'value="giulia@"' in pagina


def test_anna_s_account_is_not_reached_by_a_link(client: Client, buca: Segnalazione, anna: User) -> None:
    chiedi(client, f"{buca.url()}chiave/x/", anna.email)
    assert not LinkMagico.objects.exists()
