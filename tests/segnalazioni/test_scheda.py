"""The page of a case: what it says, to whom, and what can be done on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.workflow import NASCOSTE, PROCEDURA, RuoloCaso, Stato
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import (
    GIULIA,
    browser_che_ha_inviato,
    browser_con_la_casella,
    con_foto,
    file_di_foto,
    pagina_di,
)

TUTTI = [stato for stato in Stato if stato not in NASCOSTE]


def test_anybody_reads_a_public_case(client: Client, buca: Segnalazione) -> None:
    buca = porta_a(buca, "programmata")
    risposta = client.get(buca.url())
    pagina = pagina_di(risposta)
    assert risposta.status_code == 200
    for parola in (buca.codice, buca.titolo, buca.testo, "Programmata", "Via Fillungo 12", "Siamo passati a vedere."):
        assert parola in pagina
    assert "noindex" not in pagina
    assert "X-Robots-Tag" not in risposta


def test_nobody_s_name_stands_on_the_page(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "risolta")
    pagina = pagina_di(client.get(buca.url()))
    autori = Passaggio.objects.filter(segnalazione=buca, autore__isnull=False).select_related("autore")
    for passaggio in autori:
        assert passaggio.autore is not None
        assert passaggio.autore.last_name not in pagina
        assert passaggio.autore.email not in pagina
    assert anna.email not in pagina


def test_what_colleagues_write_among_themselves_stays_with_them(client: Client, buca: Segnalazione) -> None:
    buca = fai(buca, "assegna", nota="Il capocantiere dice di no.")
    assert "capocantiere" not in pagina_di(client.get(buca.url()))


@pytest.mark.parametrize("stato", TUTTI)
def test_every_state_has_a_page_for_everybody_and_for_who_reported(
    stato: str, client: Client, buca: Segnalazione, anna: User
) -> None:
    buca = porta_a(buca, stato)
    parola = str(Stato(stato).label)
    assert parola in pagina_di(client.get(buca.url()))
    client.force_login(anna)
    assert parola in pagina_di(client.get(buca.url()))


def test_a_case_that_was_joined_leads_to_the_one_with_the_news(
    client: Client, buca: Segnalazione, buche: Categoria, anna: User
) -> None:
    madre = segnala(buche, autore=anna, testo="Voragine in via Fillungo, davanti alla torre.")
    buca = fai(buca, "unisci", originale=madre)
    assert madre.url() in pagina_di(client.get(buca.url()))
    madre.contributo.visibilita = "privata"
    madre.contributo.save()
    assert madre.codice not in pagina_di(client.get(buca.url()))


def test_a_late_case_says_so(client: Client, buca: Segnalazione) -> None:
    buca = porta_a(buca, "in_lavorazione")
    assert "oltre il termine" not in pagina_di(client.get(buca.url()))
    with fermo_a(adesso() + timedelta(days=30)):
        assert "oltre il termine" in pagina_di(client.get(buca.url()))


# --- what I can do -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stato", TUTTI)
def test_who_reported_finds_the_steps_of_the_table_that_have_a_door(
    stato: str, client: Client, buca: Segnalazione, anna: User
) -> None:
    buca = porta_a(buca, stato)
    client.force_login(anna)
    pagina = pagina_di(client.get(buca.url()))
    dalla_tabella = {riga.passo for riga in PROCEDURA.possibili(stato, {RuoloCaso.SEGNALANTE})}
    porte = {"rispondi", "osserva", "contesta", "ritira"}
    for passo in porte:
        assert (f'action="{buca.url(passo)}"' in pagina) == (passo in dalla_tabella), passo
    assert (f'action="{buca.url("valuta")}"' in pagina) == (buca.risposta_data)
    # Closed, it still says why the answer can not be contested any more.
    assert ("Che cosa puoi fare adesso" in pagina) == (bool(dalla_tabella & porte) or stato == "chiusa")


@pytest.mark.parametrize("stato", ["attesa_cittadino", "in_lavorazione"])
def test_others_find_no_step_at_all(stato: str, client: Client, buca: Segnalazione, bruno: User) -> None:
    buca = porta_a(buca, stato)
    client.force_login(bruno)
    pagina = pagina_di(client.get(buca.url()))
    assert buca.url("rispondi") not in pagina
    assert buca.url("ritira") not in pagina


def test_anna_answers_with_photos(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "attesa_cittadino")
    client.force_login(anna)
    dati: dict[str, Any] = {"testo": "Sono tre di fila.", "foto": [file_di_foto(), file_di_foto("due.jpg")]}
    risposta = client.post(buca.url("rispondi"), dati, follow=True)
    assert risposta.redirect_chain == [(buca.url(), 302)]
    buca.refresh_from_db()
    assert buca.stato == "in_lavorazione"
    passaggio = Passaggio.objects.get(segnalazione=buca, passo="rispondi")
    assert (passaggio.autore, passaggio.foto.count()) == (anna, 2)
    pagina = pagina_di(risposta)
    assert "Hai risposto" in pagina
    assert "Sono tre di fila." in pagina


def test_giulia_answers_without_an_account(buche: Categoria) -> None:
    caso = segnala(buche, email=GIULIA)
    client = browser_con_la_casella(caso)
    caso.refresh_from_db()
    caso = porta_a(caso, "attesa_cittadino")
    assert client.post(caso.url("rispondi"), {"testo": "Tutta la fila."}).status_code == 302
    passaggio = Passaggio.objects.get(segnalazione=caso, passo="rispondi")
    assert (passaggio.autore, passaggio.ruolo) == (None, RuoloCaso.SEGNALANTE)


@pytest.mark.parametrize(
    ("dati", "parola"),
    [
        ({"testo": ""}, "Scrivi la risposta"),
        ({"testo": "parole " * 1000}, "5000 caratteri"),
        ({"testo": "", "foto": "buone"}, "Scegli di nuovo le foto"),
        ({"testo": "Eccola", "foto": "non-una-foto"}, "finta.jpg"),
        ({"testo": "Eccole", "foto": "troppe"}, "Al massimo 5 foto"),
    ],
)
def test_an_answer_that_cannot_be_taken_keeps_its_words_and_says_why(
    dati: dict[str, Any], parola: str, client: Client, buca: Segnalazione, anna: User
) -> None:
    file = {
        "non-una-foto": [SimpleUploadedFile("finta.jpg", b"ciao", "image/jpeg")],
        "buone": [file_di_foto()],
        "troppe": [file_di_foto(f"{n}.jpg") for n in range(6)],
    }
    buca = porta_a(buca, "attesa_cittadino")
    client.force_login(anna)
    risposta = client.post(buca.url("rispondi"), {**dati, **({"foto": file[dati["foto"]]} if "foto" in dati else {})})
    pagina = pagina_di(risposta)
    assert risposta.status_code == 422
    assert "<title>Errore:" in pagina
    assert parola in pagina
    assert dati["testo"] in pagina
    buca.refresh_from_db()
    assert buca.stato == "attesa_cittadino"


def test_an_answer_sent_twice_is_refused_the_second_time(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "attesa_cittadino")
    client.force_login(anna)
    assert client.post(buca.url("rispondi"), {"testo": "Tre."}).status_code == 302
    risposta = client.post(buca.url("rispondi"), {"testo": "Tre."})
    assert risposta.status_code == 409
    assert Passaggio.objects.filter(segnalazione=buca, passo="rispondi").count() == 1


def test_anna_takes_it_back_with_a_reason(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    risposta = client.post(buca.url("ritira"), {"testo": "Si è risolto da solo."}, follow=True)
    buca.refresh_from_db()
    assert buca.stato == "ritirata"
    assert "Si è risolto da solo." in pagina_di(risposta)


def test_the_anonymous_browser_that_filed_can_take_it_back(buche: Categoria) -> None:
    caso = segnala(buche)
    assert browser_che_ha_inviato(caso).post(caso.url("ritira")).status_code == 302
    caso.refresh_from_db()
    assert caso.stato == "ritirata"


# --- who else, photos, answers to the category's questions ---------------------------------------------------


def test_the_page_counts_who_has_the_same_problem(client: Client, buca: Segnalazione, bruno: User) -> None:
    actions.segui(buca, firma=True, utente=bruno)
    assert "<strong>2 persone</strong>" in pagina_di(client.get(buca.url()))


def test_photos_are_shown_small_and_open_large(client: Client, buca: Segnalazione) -> None:
    foto = con_foto(buca)[0]
    pagina = pagina_di(client.get(buca.url()))
    porta = f"{buca.url()}foto/{foto.uid}/"
    assert f'href="{porta}"' in pagina
    assert f'src="{porta}?piccola=1&amp;v={foto.impronta[:8]}"' in pagina
    assert "Foto 1 di chi ha segnalato" in pagina


def test_answers_to_the_questions_of_the_category_are_told(client: Client, buche: Categoria, anna: User) -> None:
    buche.domande = [{"chiave": "pericolo", "testo": "È pericoloso?", "tipo": "si_no", "obbligatoria": True}]
    buche.save()
    caso = segnala(buche, autore=anna, risposte={"pericolo": "si"})
    pagina = pagina_di(client.get(caso.url()))
    assert "È pericoloso?" in pagina
    assert "<dd>sì</dd>" in pagina


def test_markup_in_the_words_of_a_citizen_stays_words(client: Client, buche: Categoria, anna: User) -> None:
    caso = segnala(buche, autore=anna, testo="<script>alert(1)</script> buca", indirizzo='"><img src=x>')
    pagina = pagina_di(client.get(caso.url()))
    assert "<script>alert(1)" not in pagina
    assert "<img src=x>" not in pagina


def test_a_case_without_a_point_shows_the_words_of_the_place(client: Client, buche: Categoria, anna: User) -> None:
    caso = segnala(buche, autore=anna, lat=None, lon=None, indirizzo="", luogo_a_parole="Dietro la chiesa")
    pagina = pagina_di(client.get(caso.url()))
    assert "Dietro la chiesa" in pagina
    assert "data-lp-mappa-punto" not in pagina


# --- how much work ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chi", ["estranea", "segnalante"])
def test_the_page_costs_the_same_whatever_has_happened(
    chi: str, client: Client, buca: Segnalazione, anna: User, bruno: User, django_assert_max_num_queries: Any
) -> None:
    if chi == "segnalante":
        client.force_login(anna)
    buca = porta_a(buca, "in_lavorazione")
    for _giro in range(3):
        for passo in ("programma", "riprogramma", "riprendi", "chiedi", "rispondi"):
            buca = fai(buca, passo)
    con_foto(buca, 5)
    for n in range(30):
        actions.segui(buca, firma=True, sessione=f"s{n}")
    with django_assert_max_num_queries(15):
        assert client.get(buca.url()).status_code == 200


def test_no_state_is_left_without_a_page() -> None:
    assert set(TUTTI) | NASCOSTE == set(Stato)
