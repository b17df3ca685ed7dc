"""Step 1: words that are understood, words that are refused, and none that is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from comune.models import Ufficio
from core.tempo import oggi
from segnalazioni.models import Bozza, Categoria, Segnalazione
from tests.segnalazioni.modulo import CASELLA, TESTO, Modulo, categoria, indirizzo, scelte, titolo


def test_words_suggest_categories_on_a_second_look_at_the_page(modulo: Modulo, strade: Ufficio) -> None:
    categoria("strade.semaforo", "Semaforo guasto", strade, parole=["semaforo", "spento"], giorni=1)
    risposta = modulo.manda("nuova", {"testo": "Lampione e semaforo: tutto spento da ieri."})
    assert risposta.url == indirizzo("nuova") + "#proposte"
    pagina = modulo.guarda("nuova")
    assert scelte(pagina) == ["luce.spento", "strade.semaforo", "altro.altro"]
    assert "Da quello che hai scritto abbiamo trovato 2 categorie." in pagina
    assert "Illuminazione pubblica · risponde in 5 giorni lavorativi" in pagina
    assert "Strade e viabilità · risponde in 1 giorno lavorativo" in pagina


def test_words_that_say_nothing_still_have_a_way_on(modulo: Modulo) -> None:
    modulo.manda("nuova", {"testo": "Zxcvb qwerty asdfg"})
    pagina = modulo.guarda("nuova")
    assert scelte(pagina) == ["altro.altro"]
    assert "non riconosciamo la categoria" in pagina
    assert modulo.manda("nuova", {"testo": "Zxcvb qwerty asdfg", "categoria": "altro.altro"}).url == indirizzo(
        "nuova_dove"
    )


def test_a_category_that_was_shown_must_be_chosen(modulo: Modulo) -> None:
    risposta = modulo.manda("nuova", {"testo": TESTO, "proposte": "si"})
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert titolo(risposta).startswith("Errore:")
    assert 'href="#c-luce-spento"' in pagina
    assert "Scegli una categoria" in pagina
    assert TESTO in pagina


def test_a_category_nobody_offered_is_refused(modulo: Modulo) -> None:
    assert modulo.cosa("luce").status_code == 422, "a group is no category"
    assert modulo.cosa("non.esiste").status_code == 422
    assert not Bozza.objects.exists()


@pytest.mark.parametrize(
    ("testo", "frase"),
    [
        ("", "Scrivi che cosa succede."),
        ("   \r\n ", "Scrivi che cosa succede."),
        ("Buio", "servono almeno 10 caratteri"),
        ("a" * 4001, "al massimo 4000 caratteri"),
    ],
)
def test_too_little_and_too_much_are_said_and_kept(modulo: Modulo, testo: str, frase: str) -> None:
    risposta = modulo.cosa(testo=testo)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert frase in pagina
    assert f"\n{testo}</textarea>".replace("\r\n", "\n") in pagina.replace("\r\n", "\n")


def test_line_ends_of_a_browser_count_once(modulo: Modulo) -> None:
    assert modulo.cosa(testo="\r\n".join(["a" * 99] * 40)).status_code == 302, "3,999 characters, 39 of them line ends"


def test_a_text_of_20_mb_gets_a_clear_answer(modulo: Modulo) -> None:
    risposta = modulo.manda("nuova", {"testo": "a" * 20_000_000})
    assert risposta.status_code == 413
    assert "troppo grande" in risposta.content.decode()


def test_a_nul_character_is_dropped_before_the_database_sees_it(modulo: Modulo) -> None:
    assert modulo.cosa(testo=f"{TESTO}\x00").status_code == 302
    assert modulo.bozza.dati["cosa"]["testo"] == TESTO


def test_the_page_carries_the_number_of_emergencies(modulo: Modulo) -> None:
    assert 'href="tel:112"' in modulo.guarda("nuova")


# --- words that everybody will read -----------------------------------------------------------------------


def test_an_address_in_public_words_is_shown_and_stops_until_the_tick(modulo: Modulo) -> None:
    testo = f"{TESTO} Scrivetemi a {CASELLA}"
    risposta = modulo.cosa(testo=testo)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert f"Togli l’indirizzo e-mail ({CASELLA})" in pagina
    assert f"{testo}</textarea>" in pagina
    tick = pagina.split('name="va_bene" id="va-bene" value="')[1].split('"')[0]
    assert modulo.cosa(testo=testo, va_bene=tick).status_code == 302
    assert f'name="va_bene" value="{tick}"' in modulo.guarda("nuova"), "it is not asked twice"


def test_the_tick_holds_for_what_was_seen_not_for_what_is_added_later(modulo: Modulo) -> None:
    pagina = modulo.cosa(testo=f"{TESTO} {CASELLA}").content.decode()
    tick = pagina.split('name="va_bene" id="va-bene" value="')[1].split('"')[0]
    risposta = modulo.cosa(testo=f"{TESTO} {CASELLA}, 333 1234567", va_bene=tick)
    assert risposta.status_code == 422
    assert "il numero di telefono (333 1234567)" in risposta.content.decode()


def test_where_nobody_else_reads_nothing_is_asked(modulo: Modulo) -> None:
    categoria("rumore.rumore", "Rumore molesto", pubblica=False)
    assert modulo.cosa("rumore.rumore", testo=f"{TESTO} {CASELLA}").status_code == 302


# --- the whole list ---------------------------------------------------------------------------------------


def test_the_whole_list_keeps_the_words_and_goes_on(modulo: Modulo, strade: Ufficio) -> None:
    categoria("strade.buche", "Buca", strade)
    assert modulo.manda("nuova", {"testo": TESTO, "vai": "categorie"}).url == indirizzo("nuova_categorie")
    pagina = modulo.guarda("nuova_categorie")
    assert scelte(pagina) == ["luce.spento", "strade.buche", "altro.altro"]
    assert modulo.manda("nuova_categorie", {"categoria": "strade.buche"}).url == indirizzo("nuova_dove")
    assert modulo.bozza.dati["cosa"] == {"testo": TESTO, "categoria": "strade.buche", "va_bene": ""}


def test_a_category_chosen_before_the_words_waits_for_them(modulo: Modulo) -> None:
    modulo.manda("nuova", {"testo": "", "vai": "categorie"})
    assert modulo.manda("nuova_categorie", {"categoria": "luce.spento"}).url == indirizzo("nuova")
    pagina = modulo.guarda("nuova")
    assert 'value="luce.spento" aria-describedby="c-luce-spento-d" checked' in pagina


def test_the_whole_list_has_a_way_back(modulo: Modulo) -> None:
    modulo.manda("nuova", {"testo": TESTO, "vai": "categorie"})
    assert modulo.manda("nuova_categorie", {"vai": "indietro"}).url == indirizzo("nuova")
    assert TESTO in modulo.guarda("nuova")


def test_the_whole_list_wants_a_choice_of_its_own(modulo: Modulo) -> None:
    risposta = modulo.manda("nuova_categorie", {"categoria": "altro"})
    assert risposta.status_code == 422
    assert "Scegli una categoria." in risposta.content.decode()


# --- the questions of a category --------------------------------------------------------------------------


def test_questions_are_a_page_of_their_own(modulo: Modulo, con_domande: Categoria) -> None:
    assert modulo.cosa().url == indirizzo("nuova_domande")
    pagina = modulo.guarda("nuova_domande")
    assert "Quanti punti luce?" in pagina
    assert "Non lo so" in pagina, "who must answer may not know"
    risposta = modulo.manda("nuova_domande", {"d_punti": "tutta la via", "d_palo": "1147", "d_quando": "2026-11-01"})
    assert risposta.url == indirizzo("nuova_dove")
    modulo.dove()
    modulo.chi()
    modulo.invia()
    assert Segnalazione.objects.get().risposte == {"punti": "tutta la via", "palo": "1147", "quando": "2026-11-01"}


def test_questions_answered_in_the_same_page_need_no_other(modulo: Modulo, con_domande: Categoria) -> None:
    assert modulo.cosa(domande_di="luce.spento", d_punti="uno").url == indirizzo("nuova_dove")
    assert 'value="uno" checked' in modulo.guarda("nuova").replace('id="id_d_punti_0" ', "")


def test_answers_to_the_questions_of_another_category_do_not_count(modulo: Modulo, con_domande: Categoria) -> None:
    assert modulo.cosa(domande_di="strade.buche", d_punti="uno").url == indirizzo("nuova_domande")


def test_words_and_questions_tell_their_errors_together(modulo: Modulo, con_domande: Categoria) -> None:
    risposta = modulo.cosa(testo=f"{TESTO} {CASELLA}", domande_di="luce.spento")
    pagina = risposta.content.decode()
    assert "Ci sono 2 cose da sistemare" in pagina
    assert 'href="#testo"' in pagina
    assert 'href="#id_d_punti_0"' in pagina
    assert "Quanti punti luce? Scegli una risposta." in pagina


@pytest.mark.parametrize(
    ("data", "frase"),
    [
        ("31/2/2026", "Questa data non esiste"),
        ("ieri", "Questa data non esiste"),
        ((oggi() + timedelta(days=1)).isoformat(), "Questo giorno deve ancora venire"),
    ],
)
def test_an_impossible_date_is_said_and_kept(modulo: Modulo, con_domande: Categoria, data: str, frase: str) -> None:
    modulo.cosa()
    risposta = modulo.manda("nuova_domande", {"d_punti": "uno", "d_palo": "1147", "d_quando": data})
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert frase in pagina
    assert f'value="{data}"' in pagina
    assert 'value="1147"' in pagina


def test_a_made_up_answer_is_refused(modulo: Modulo, con_domande: Categoria) -> None:
    modulo.cosa()
    assert modulo.manda("nuova_domande", {"d_punti": "mille"}).status_code == 422


def test_a_phone_in_an_answer_is_found_too(modulo: Modulo, con_domande: Categoria) -> None:
    modulo.cosa()
    risposta = modulo.manda("nuova_domande", {"d_punti": "uno", "d_palo": "chiamare 333 1234567"})
    assert risposta.status_code == 422
    assert 'name="d_va_bene"' in risposta.content.decode()


def test_a_category_without_questions_has_no_such_page(modulo: Modulo) -> None:
    modulo.cosa()
    assert modulo.client.get(indirizzo("nuova_domande")).url == indirizzo("nuova_dove")


# --- parts fetched by the script --------------------------------------------------------------------------


def test_the_script_gets_suggestions_for_the_words_typed_so_far(modulo: Modulo) -> None:
    parte = modulo.manda("nuova_suggerimenti", {"testo": "lampione sp", "categoria": "luce.spento"})
    testo = parte.content.decode()
    assert scelte(testo) == ["luce.spento", "altro.altro"]
    assert "<html" not in testo
    assert modulo.client.get(indirizzo("nuova_suggerimenti"), {"testo": "x"}).status_code == 405
    assert not Bozza.objects.exists(), "looking keeps nothing"


def test_the_script_gets_the_questions_of_a_category(modulo: Modulo, con_domande: Categoria) -> None:
    parte = modulo.client.get(indirizzo("nuova_domande_parte"), {"categoria": "luce.spento"}).content.decode()
    assert 'name="domande_di" value="luce.spento"' in parte
    assert "Quanti punti luce?" in parte
    assert modulo.client.get(indirizzo("nuova_domande_parte"), {"categoria": "altro.altro"}).content == b""
    assert modulo.client.get(indirizzo("nuova_domande_parte"), {"categoria": "boh"}).content == b""
