"""Giulia files a report, from the first word to its number, with JavaScript off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from core.tempo import fermo_a
from notifiche.models import Notifica
from segnalazioni.models import Bozza, Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, persona
from tests.segnalazioni.modulo import CASELLA, DOMANDE, FUORI, QUI, TESTO, Modulo, categoria, indirizzo, scelte, titolo


def test_giulia_files_a_report_with_an_address_and_it_waits_for_her_click(modulo: Modulo) -> None:
    assert modulo.cosa().url == indirizzo("nuova_dove")
    assert modulo.dove(parole="Davanti alla fermata", **QUI).url == indirizzo("nuova_foto")
    assert modulo.manda("nuova_foto").url == indirizzo("nuova_chi")
    assert modulo.chi().url == indirizzo("nuova_rivedi")
    risposta = modulo.invia()
    caso = Segnalazione.objects.get()
    assert risposta.url == caso.url("inviata")
    assert (caso.testo, caso.categoria.codice, caso.stato) == (TESTO, "luce.spento", Stato.DA_CONFERMARE)
    assert (caso.lat, caso.lon, caso.luogo_a_parole) == (43.8429, 10.5027, "Davanti alla fermata")
    assert Seguace.objects.get(segnalazione=caso).email == CASELLA
    assert Notifica.objects.get().tipo == "segnalazione_conferma"
    assert not Bozza.objects.exists()
    assert modulo.client.get(risposta.url).status_code == 200


def test_anna_files_from_her_account_and_the_term_starts_at_once(modulo: Modulo, anna: User) -> None:
    modulo.client.force_login(anna)
    modulo.fino_a_rivedi(contatto="account", email="")
    modulo.invia()
    caso = Segnalazione.objects.get()
    assert (caso.stato, caso.contributo.autore) == (Stato.RICEVUTA, anna)


def test_somebody_files_without_a_name_where_the_category_allows(modulo: Modulo) -> None:
    modulo.fino_a_rivedi(contatto="anonimo", email="")
    modulo.invia()
    caso = Segnalazione.objects.get()
    assert caso.stato == Stato.RICEVUTA
    assert not Seguace.objects.filter(segnalazione=caso).exists()


def test_the_review_says_who_answers_and_by_when(modulo: Modulo) -> None:
    with fermo_a(datetime(2026, 12, 3, 9, tzinfo=UTC)):
        modulo.fino_a_rivedi()
        pagina = modulo.guarda("nuova_rivedi")
    assert "Illuminazione pubblica" in pagina
    assert "venerdì 11 dicembre 2026" in pagina
    assert "Sabati, domeniche e 8 dicembre non contano." in pagina
    assert "diventa pubblica, senza il tuo nome" in pagina


def test_every_row_of_the_review_can_be_changed_and_leads_back(modulo: Modulo, con_domande: Categoria) -> None:
    modulo.cosa()
    modulo.manda("nuova_domande", {"d_punti": "uno"})
    modulo.dove()
    modulo.chi()
    pagina = modulo.guarda("nuova_rivedi")
    for passo in ("nuova", "nuova_domande", "nuova_dove", "nuova_foto", "nuova_chi"):
        assert indirizzo(passo, poi="rivedi") in pagina
    cambiata = modulo.manda("nuova_dove", {"parole": "Vicino al forno"}, poi="rivedi")
    assert cambiata.url == indirizzo("nuova_rivedi")
    assert "Vicino al forno" in modulo.guarda("nuova_rivedi")
    assert "Uno" in modulo.guarda("nuova_rivedi")


def test_another_category_on_the_way_back_asks_its_own_questions_first(modulo: Modulo) -> None:
    modulo.fino_a_rivedi()
    categoria("strade.buche", "Buca", domande=DOMANDE)
    cambiata = modulo.manda("nuova", {"testo": TESTO, "categoria": "strade.buche", "proposte": "si"}, poi="rivedi")
    assert cambiata.url == indirizzo("nuova_domande", poi="rivedi")
    assert modulo.manda("nuova_domande", {"d_punti": "uno"}, poi="rivedi").url == indirizzo("nuova_rivedi")


# --- the order of the steps -------------------------------------------------------------------------------


@pytest.mark.parametrize("passo", ["nuova_dove", "nuova_foto", "nuova_chi", "nuova_rivedi"])
def test_a_later_step_opened_first_leads_to_the_first_with_a_word(modulo: Modulo, passo: str) -> None:
    risposta = modulo.client.get(indirizzo(passo), follow=True)
    assert risposta.redirect_chain == [(indirizzo("nuova"), 302)]
    assert "Prima scrivi che cosa succede" in risposta.content.decode()


def test_a_step_left_out_is_where_one_is_led(modulo: Modulo) -> None:
    modulo.cosa()
    assert modulo.client.get(indirizzo("nuova_rivedi")).url == indirizzo("nuova_dove")
    modulo.dove()
    assert modulo.client.get(indirizzo("nuova_rivedi")).url == indirizzo("nuova_chi")


def test_a_category_switched_off_meanwhile_is_asked_again_and_nothing_is_filed(
    modulo: Modulo, lampioni: Categoria
) -> None:
    modulo.fino_a_rivedi()
    lampioni.attiva = False
    lampioni.save()
    assert modulo.invia().url == indirizzo("nuova")
    assert not Segnalazione.objects.exists()
    assert TESTO in modulo.guarda("nuova")


def test_a_category_that_wants_a_name_meanwhile_asks_again_how_to_reach_the_author(
    modulo: Modulo, lampioni: Categoria
) -> None:
    modulo.fino_a_rivedi(contatto="anonimo", email="")
    Categoria.objects.filter(pk=lampioni.pk).update(anonima=False)
    assert modulo.invia().url == indirizzo("nuova_chi")


@pytest.mark.parametrize("passo", ["nuova", "nuova_dove", "nuova_foto", "nuova_chi", "nuova_rivedi"])
def test_titles_and_headings_say_the_step(modulo: Modulo, passo: str) -> None:
    modulo.fino_a_rivedi()
    risposta = modulo.client.get(indirizzo(passo))
    numero = ["nuova", "nuova_dove", "nuova_foto", "nuova_chi", "nuova_rivedi"].index(passo) + 1
    assert f"passo {numero} di 5" in titolo(risposta)
    assert risposta.content.decode().count("<h1") == 1


def test_going_back_keeps_what_was_typed_though_it_is_not_valid_yet(modulo: Modulo) -> None:
    modulo.cosa()
    indietro = modulo.manda("nuova_dove", {"parole": "Qui", "cerca": "via dei", "vai": "indietro", **FUORI})
    assert indietro.url == indirizzo("nuova")
    pagina = modulo.guarda("nuova_dove")
    assert "Qui</textarea>" in pagina
    assert 'value="via dei"' in pagina
    modulo.dove()
    modulo.manda("nuova_chi", {"contatto": "email", "email": "giulia@", "vai": "indietro"})
    assert 'value="giulia@"' in modulo.guarda("nuova_chi")


# --- the draft --------------------------------------------------------------------------------------------


def test_the_draft_of_one_browser_is_nobody_elses(modulo: Modulo) -> None:
    modulo.cosa()
    altro = Modulo(Client())
    assert TESTO not in altro.guarda("nuova")
    assert altro.client.get(indirizzo("nuova_dove")).url == indirizzo("nuova")


def test_the_key_of_the_draft_is_in_no_address(modulo: Modulo) -> None:
    indirizzi = [modulo.cosa().url, modulo.dove().url, modulo.manda("nuova_foto").url, modulo.chi().url]
    chiave = str(modulo.bozza.chiave)
    assert not [url for url in indirizzi if chiave in url]


def test_logging_in_half_way_keeps_the_draft(modulo: Modulo, anna: User) -> None:
    modulo.cosa()
    modulo.dove()
    verso = modulo.chi(contatto="account", email="")
    assert verso.url == f"/accedi/login/?next={indirizzo('nuova_chi').replace('/', '%2F')}"
    chiave = modulo.client.session.session_key
    entrata = modulo.client.post(verso.url, {"login": anna.email, "password": PASSWORD})
    assert entrata.url == indirizzo("nuova_chi")
    assert modulo.client.session.session_key != chiave
    pagina = modulo.guarda("nuova_chi")
    assert f"Hai fatto l’accesso come {anna.email}" in pagina
    assert 'value="account" aria-describedby="k-account-d" checked' in pagina


def test_who_comes_back_from_elsewhere_is_offered_the_draft(modulo: Modulo) -> None:
    modulo.cosa()
    modulo.dove()
    pagina = modulo.guarda("nuova")
    assert "Hai una bozza" in pagina
    assert indirizzo("nuova_chi") in pagina
    nel_giro = modulo.client.get(indirizzo("nuova"), headers={"referer": f"http://testserver{indirizzo('nuova_dove')}"})
    assert "Hai una bozza" not in nel_giro.content.decode()


def test_words_from_the_home_page_do_not_overwrite_a_draft(modulo: Modulo) -> None:
    modulo.cosa()
    modulo.dove(**QUI)
    pagina = modulo.guarda("nuova", testo="Buca in via Romana")
    assert "Hai già una bozza" in pagina
    assert "Buca in via Romana</textarea>" in pagina
    assert TESTO in modulo.guarda("nuova")
    nuova = modulo.manda("nuova", {"testo": "Buca in via Romana", "ricomincia": "si"})
    assert nuova.status_code == 302
    assert Bozza.objects.get().dati == {"cosa": {"testo": "Buca in via Romana", "categoria": "", "va_bene": ""}}, (
        "nothing of the old draft may cling to the new report"
    )


def test_words_from_the_home_page_arrive_with_their_suggestions(modulo: Modulo) -> None:
    pagina = modulo.guarda("nuova", testo="lampione spento in via Fillungo")
    assert "lampione spento in via Fillungo</textarea>" in pagina
    assert scelte(pagina) == ["luce.spento", "altro.altro"]
    assert not Bozza.objects.exists()


def test_cancelling_drops_draft_and_says_so(modulo: Modulo) -> None:
    modulo.cosa()
    assert modulo.client.get(indirizzo("nuova_cancella")).status_code == 405
    assert modulo.manda("nuova_cancella").status_code == 302
    assert not Bozza.objects.exists()
    assert TESTO not in modulo.guarda("nuova")
    assert modulo.manda("nuova_cancella").status_code == 302


def test_a_step_sent_from_a_tab_whose_draft_was_cancelled_is_refused_in_words(modulo: Modulo) -> None:
    modulo.cosa()
    bozza = modulo.bozza
    bozza_di_prima = modulo.client.session["bozza"]
    modulo.manda("nuova_cancella")
    session = modulo.client.session
    session["bozza"] = bozza_di_prima
    session.save()
    assert modulo.dove().url == indirizzo("nuova")
    assert not Bozza.objects.filter(pk=bozza.pk).exists()


def test_bruno_logged_in_may_still_choose_another_address(modulo: Modulo, bruno: User) -> None:
    modulo.client.force_login(bruno)
    modulo.fino_a_rivedi(email="bruno.altra@example.org")
    modulo.invia()
    caso = Segnalazione.objects.get()
    assert (caso.stato, caso.contributo.autore) == (Stato.DA_CONFERMARE, None)


def test_a_stranger_cannot_send_the_draft_of_another_by_its_key_alone(modulo: Modulo) -> None:
    modulo.fino_a_rivedi()
    ladro = Modulo(Client())
    risposta = ladro.invia(str(modulo.bozza.chiave))
    assert risposta.url == indirizzo("nuova")
    assert not Segnalazione.objects.exists()


def test_who_logged_out_again_is_asked_again(modulo: Modulo) -> None:
    modulo.client.force_login(persona("Luca"))
    modulo.fino_a_rivedi(contatto="account", email="")
    session = dict(modulo.client.session)
    modulo.client.logout()
    nuova = modulo.client.session
    nuova["bozza"] = session["bozza"]
    nuova.save()
    assert modulo.invia().url == indirizzo("nuova_chi")
