"""What a hostile visitor tried and once got away with: one test per attack."""

from __future__ import annotations

import contextlib
import io
import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from PIL import Image

from core.errors import DomainError
from segnalazioni import actions
from segnalazioni.actions import titolo_di
from segnalazioni.workflow import RuoloCaso
from tests.aiuti import PASSWORD, porta_a, segnala


def firme(caso):
    return re.findall(r"<strong>(\d+) person", Client().get(caso.url()).content.decode())


def test_a_long_path_does_not_stop_the_process():
    from core.logs import copri

    inizio = time.perf_counter()
    copri("GET /" + "a" * 32_000 + " 404")
    copri("GET /" + "a?" * 16_000)
    assert time.perf_counter() - inizio < 0.1


def test_there_is_no_second_way_to_log_in(anna):
    client = Client()
    client.post("/_util/login/", {"username": anna.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_control_character_in_a_report_does_not_stop_the_feed(buche, buca):
    segnala(buche, testo="Buca\x08 profonda, incollata da un PDF")
    assert Client().get("/segnalazioni/feed/").status_code == 200


def test_nobody_learns_by_a_signature_whose_address_reported(buche):
    caso = actions.conferma(segnala(buche, email="mario@example.org"), come=RuoloCaso.SEGNALANTE)
    prima = firme(caso)
    Client().post(caso.url("segui"), {"che": "firma", "email": "mario@example.org"})
    noto = firme(caso) != prima
    prima = firme(caso)
    Client().post(caso.url("segui"), {"che": "firma", "email": "mai.vista@example.org"})
    assert noto == (firme(caso) != prima)


def test_an_answer_with_a_phone_number_is_stopped_before_everybody_reads_it(client, anna, buca):
    caso = porta_a(buca, "attesa_cittadino")
    client.force_login(anna)
    client.post(caso.url("rispondi"), {"testo": "Chiamatemi al 347 1234567, sono Anna"})
    assert "347 1234567" not in Client().get(caso.url()).content.decode()


def _bozza(client, buche, testo):
    client.post(reverse("segnalazioni:nuova"), {"testo": testo, "categoria": buche.codice, "proposte": "si"})
    client.post(reverse("segnalazioni:nuova_dove"), {"parole": "davanti al bar"})
    client.post(reverse("segnalazioni:nuova_foto"), {})
    client.post(reverse("segnalazioni:nuova_chi"), {"contatto": "anonimo"})
    pagina = client.get(reverse("segnalazioni:nuova_rivedi")).content.decode()
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', pagina))


def test_what_is_sent_is_what_was_reviewed(client, buche):
    nascosti = _bozza(client, buche, "Buca grande in piazza Anfiteatro")
    client.post(
        reverse("segnalazioni:nuova"),
        {"testo": "Il mio vicino suona la tromba di notte", "categoria": buche.codice, "proposte": "si"},
    )
    client.post(reverse("segnalazioni:nuova_rivedi"), nascosti)
    from segnalazioni.models import Segnalazione

    assert not Segnalazione.objects.filter(testo__startswith="Il mio vicino").exists()


@pytest.mark.parametrize(
    ("testo", "titolo"),
    [
        ("Buca in via S. Paolino davanti al 12. Si cade.", "Buca in via S. Paolino davanti al 12"),
        ("Albero caduto in via F. Carrara vicino al n. 12", "Albero caduto in via F. Carrara vicino al n. 12"),
    ],
)
def test_the_title_does_not_end_at_an_abbreviation(testo, titolo):
    assert titolo_di(testo) == titolo


@pytest.mark.parametrize("testo", ["... ... ... ... Buca", ". . . . . . . .", "\u200b" * 12])
def test_no_report_is_without_a_title(buche, testo):
    assert re.search(r"\w", segnala(buche, testo=testo).titolo)


def test_the_link_for_a_new_password_is_of_our_site_whatever_host_was_asked(anna, settings):
    Client().post("/accedi/password/reset/", {"email": anna.email}, headers={"host": "localhost:6666"})
    assert settings.SITO_URL in mail.outbox[-1].body


def test_who_may_not_edit_is_not_sent_round_in_circles(client, anna):
    client.force_login(anna)
    assert client.get("/cms/", follow=True).status_code == 403


@pytest.mark.parametrize("quando", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_an_impossible_instant_marks_nothing(client, anna, quando):
    client.raise_request_exception = False
    client.force_login(anna)
    assert client.post("/notifiche/lette/", {"fino_a": quando}).status_code == 302


def test_who_searches_civico_79_gets_a_list(db):
    assert Client().get("/segnalazioni/", {"q": "civico 79"}).status_code == 200


def test_the_address_of_a_step_opened_by_hand_leads_to_its_case(client, carla, buca):
    client.force_login(carla)
    assert client.get(f"/scrivania/segnalazioni/{buca.codice}/passi/assegna/").status_code == 302


def test_a_body_in_another_alphabet_is_refused_in_words(client, buche):
    client.raise_request_exception = False
    corpo = b'--B\r\nContent-Disposition: form-data; name="testo"\r\n\r\nBuca \\ud800 lunga\r\n--B--\r\n'
    risposta = client.generic(
        "POST", "/segnalazioni/nuova/", corpo, content_type="multipart/form-data; boundary=B; charset=hex"
    )
    assert risposta.status_code == 400


def test_one_mailbox_is_not_flooded_through_us(buche, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(actions.MASSIMO_PER_CASELLA):
            segnala(buche, email="vittima@example.org", testo=f"Vinci subito su http://evil.example/{n} adesso")
        with pytest.raises(DomainError, match="mail da confermare"):
            segnala(buche, email="vittima@example.org", testo="Vinci subito su http://evil.example/ adesso")
    assert len(mail.outbox) == actions.MASSIMO_PER_CASELLA
    assert not any("evil.example" in m.body for m in mail.outbox)


def test_a_picture_thinner_than_any_photo_is_refused():
    from core.immagini import ImmagineRifiutata, pulisci

    dati = io.BytesIO()
    Image.new("L", (1, 400_000)).save(dati, "PNG")
    with pytest.raises(ImmagineRifiutata):
        pulisci(dati)


def test_a_notice_door_opened_after_login_leads_to_the_notices(client, anna):
    client.force_login(anna)
    assert client.get("/notifiche/lette/").status_code == 302


def test_one_mailbox_is_not_flooded_by_corrected_addresses(buche, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(8):
            caso = segnala(buche, email=f"a{n}@example.org")
            with contextlib.suppress(DomainError):
                actions.cambia_indirizzo(caso, email="vittima@example.org")
    assert 0 < len([m for m in mail.outbox if m.to == ["vittima@example.org"]]) <= 6


@pytest.mark.parametrize("query", ["dal=0001-01-01", "al=9999-12-31", "al=2026-13-45", "dal=0001-01-01&al=9999-12-31"])
@pytest.mark.parametrize("porta", ["pagina", "csv", "xlsx"])
def test_figures_of_the_ends_of_the_calendar(client, carla, buca, porta, query):
    client.force_login(carla)
    indirizzo = reverse(f"scrivania_statistiche:{porta}")
    assert client.get(f"{indirizzo}?periodo=date&{query}").status_code == 200


def test_a_group_with_a_number_as_long_as_a_page(client, carla, buca):
    client.force_login(carla)
    quale = {"quale": "arrivate", "gruppo": "quartiere:" + "9" * 5000}
    assert client.get(reverse("scrivania_statistiche:elenco"), quale).status_code == 200


def test_a_view_with_a_search_in_pictures_is_kept_whole(client, elena, buca):
    client.force_login(elena)
    indirizzo = reverse("scrivania:vista_nuova") + "?q=" + "%F0%9F%98%80" * 190
    assert client.post(indirizzo, {"nome": "Faccine", "ufficio": ""}).status_code == 302
    assert client.get(reverse("scrivania:coda")).status_code == 200


@pytest.mark.parametrize(
    ("porta", "dati"),
    [("scrivania:massa", {"passo": "chiedi", "scelte": "a\x00b"}), ("sportello:nuova", {"anche": "LU\x00"})],
)
def test_a_number_with_a_null_in_it_is_nobodys(client, carla, buca, porta, dati):
    client.force_login(carla)
    assert client.post(reverse(porta), dati).status_code in (200, 302, 404, 409, 422)
