"""Step 2: four ways to say where, what lies outside, and what somebody has reported already."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from comune.models import Luogo
from segnalazioni import actions
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a, segnala
from tests.factories.comune import LuogoFactory, QuartiereFactory
from tests.segnalazioni.modulo import CASELLA, FUORI, QUI, Modulo, categoria, indirizzo, titolo


@pytest.fixture
def fontana(db: None) -> Luogo:
    """A place with a name of its own, in piazza San Michele."""
    return LuogoFactory.create(nome="Fontana del Tritone Blu", quartiere=QuartiereFactory(nome="Centro di prova"))


@pytest.fixture
def vicina(lampioni: Categoria, anna: User) -> Segnalazione:
    """A lamp that Anna has reported, 60 m from where Giulia stands."""
    return segnala(lampioni, autore=anna, testo="Lampione spento in via del Fosso.", lat=43.8429, lon=10.50345)


@pytest.fixture
def al_dove(modulo: Modulo) -> Modulo:
    """Giulia has said what: now where."""
    modulo.cosa()
    return modulo


def test_a_place_found_by_name_is_chosen_and_gives_point_and_name(al_dove: Modulo, fontana: Luogo) -> None:
    assert (
        al_dove.manda("nuova_dove", {"cerca": "tritone blu", "vai": "cerca"}).url == indirizzo("nuova_dove") + "#posti"
    )
    pagina = al_dove.guarda("nuova_dove")
    assert "1 posto trovato per «tritone blu»." in pagina
    assert "Luogo · Centro di prova" in pagina
    assert "checked" in pagina.split(f'id="l-{fontana.pk}"')[1].split(">")[0], "the only answer is chosen"
    assert al_dove.dove(cerca="tritone blu", posto=str(fontana.pk)).url == indirizzo("nuova_foto")
    al_dove.chi()
    al_dove.invia()
    caso = Segnalazione.objects.get()
    assert (caso.indirizzo, caso.lat, caso.lon) == ("Fontana del Tritone Blu", fontana.lat, fontana.lon)


def test_several_places_are_offered_none_is_chosen_for_giulia(al_dove: Modulo, fontana: Luogo) -> None:
    LuogoFactory(nome="Fontana del Tritone Blu Piccolo")
    al_dove.manda("nuova_dove", {"cerca": "tritone blu", "vai": "cerca"})
    pagina = al_dove.guarda("nuova_dove")
    assert "2 posti trovati" in pagina
    assert " checked" not in pagina.split("data-lp-luoghi")[1].split("t-mappa")[0]
    risposta = al_dove.dove(cerca="tritone blu")
    assert risposta.status_code == 422
    assert "Scegli uno dei posti trovati" in risposta.content.decode()


def test_a_pin_moved_after_choosing_the_place_is_nearer_the_truth(al_dove: Modulo, fontana: Luogo) -> None:
    al_dove.dove(posto=str(fontana.pk), punto_di=str(fontana.pk), **QUI)
    al_dove.chi()
    pagina = al_dove.guarda("nuova_rivedi")
    assert "Fontana del Tritone Blu" in pagina
    assert "punto messo sulla mappa" in pagina
    al_dove.invia()
    caso = Segnalazione.objects.get()
    assert (caso.indirizzo, caso.lat, caso.lon) == ("Fontana del Tritone Blu", 43.8429, 10.5027)


def test_a_place_chosen_after_the_pin_wins(al_dove: Modulo, fontana: Luogo) -> None:
    al_dove.dove(posto=str(fontana.pk), punto_di="", **QUI)
    al_dove.chi()
    al_dove.invia()
    assert Segnalazione.objects.get().lat == fontana.lat


def test_a_new_search_forgets_the_place_of_the_old_one(al_dove: Modulo, fontana: Luogo) -> None:
    al_dove.dove(cerca="tritone blu", posto=str(fontana.pk))
    al_dove.manda("nuova_dove", {"cerca": "zzz", "posto": str(fontana.pk), "vai": "cerca", "parole": "Qui"})
    assert al_dove.bozza.dati["dove"]["posto"] == ""
    pagina = al_dove.guarda("nuova_dove")
    assert "Nessun posto trovato per «zzz»" in pagina
    assert "Qui</textarea>" in pagina


def test_a_point_takes_the_name_of_what_is_near(al_dove: Modulo, fontana: Luogo) -> None:
    al_dove.dove(lat=str(fontana.lat), lon=str(fontana.lon))
    al_dove.chi()
    al_dove.invia()
    assert Segnalazione.objects.get().indirizzo.startswith("vicino a")


def test_nothing_at_all_is_not_enough(al_dove: Modulo) -> None:
    risposta = al_dove.manda("nuova_dove", {"parole": " "})
    assert risposta.status_code == 422
    assert titolo(risposta).startswith("Errore:")
    assert 'href="#id_cerca"' in risposta.content.decode()


def test_where_a_place_is_not_needed_one_may_go_on_without(al_dove: Modulo) -> None:
    categoria("servizi.online", "Sito", luogo_obbligatorio=False)
    al_dove.cosa("servizi.online")
    assert "Se non c’è, continua." in al_dove.guarda("nuova_dove")
    assert al_dove.client.get(indirizzo("nuova_chi")).url == indirizzo("nuova_dove"), "seen it must be"
    assert al_dove.manda("nuova_dove").url == indirizzo("nuova_foto")
    al_dove.chi()
    assert "Nessun posto preciso" in al_dove.guarda("nuova_rivedi")
    assert al_dove.invia().status_code == 302
    assert Segnalazione.objects.get().lat is None


@pytest.mark.parametrize(("lat", "lon"), [("abc", "10.5"), ("nan", "nan"), ("91", "10.5"), ("43.8", ""), ("inf", "0")])
def test_a_point_of_no_planet_is_refused_in_words(al_dove: Modulo, lat: str, lon: str) -> None:
    risposta = al_dove.dove(lat=lat, lon=lon, parole="Qui")
    assert risposta.status_code == 422
    assert "Il punto sulla mappa non è valido" in risposta.content.decode()
    assert "Qui</textarea>" in risposta.content.decode()


def test_outside_the_comune_warns_and_a_tick_lets_pass(al_dove: Modulo) -> None:
    risposta = al_dove.dove(**FUORI)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "fuori dal Comune di Lucca" in pagina
    assert 'href="#fuori-va-bene"' in pagina
    assert al_dove.dove(fuori_va_bene="si", **FUORI).url == indirizzo("nuova_foto")
    al_dove.chi()
    assert "fuori dal Comune di Lucca" in al_dove.guarda("nuova_rivedi")
    al_dove.invia()
    assert Segnalazione.objects.get().contributo.quartiere is None


def test_an_address_in_the_words_of_the_place_is_found(al_dove: Modulo) -> None:
    risposta = al_dove.dove(parole=f"Suonare Bianchi, {CASELLA}")
    assert risposta.status_code == 422
    assert 'name="va_bene" id="va-bene"' in risposta.content.decode()


def test_a_place_that_is_not_there_any_more_counts_as_none(al_dove: Modulo) -> None:
    assert al_dove.dove(posto="999999").status_code == 422
    assert al_dove.dove(posto="non-numero").status_code == 422


# --- is it there already? ---------------------------------------------------------------------------------


def test_near_reports_of_the_same_kind_are_seen_before_going_on(al_dove: Modulo, vicina: Segnalazione) -> None:
    risposta = al_dove.dove(**QUI)
    assert risposta.url == indirizzo("nuova_dove", guarda="si") + "#vicine"
    pagina = al_dove.client.get(risposta.url).content.decode()
    assert "Prima di continuare:" in pagina
    assert "Qui intorno c’è 1 segnalazione aperta: lampione spento." in pagina
    assert "a 60 m · 1 persona" in pagina
    assert "L’ufficio risponde entro" in pagina
    assert f'name="vista" value="{vicina.codice}"' in pagina
    assert al_dove.dove(vista=vicina.codice, **QUI).url == indirizzo("nuova_foto")


def test_far_private_closed_and_other_kinds_are_not_near(
    al_dove: Modulo, vicina: Segnalazione, lampioni: Categoria, anna: User
) -> None:
    qui: dict[str, Any] = {"autore": anna, "lat": 43.8429, "lon": 10.5027}
    privata = categoria("rumore.rumore", "Rumore", pubblica=False)
    segnala(privata, **qui)
    segnala(categoria("strade.buche", "Buca"), **qui)
    segnala(lampioni, email="gino@example.org", lat=43.8429, lon=10.5027)  # not confirmed yet
    segnala(lampioni, autore=anna, lat=43.8429, lon=10.5047)  # 161 m east
    segnala(lampioni, autore=anna, lat=43.8440, lon=10.5042)  # 122 m north and 120 m east: 171 m
    porta_a(segnala(lampioni, **qui), Stato.RISOLTA)
    assert [caso for caso, _metri in Segnalazione.objects.vicine_a(43.8429, 10.5027, 150, lampioni)] == [vicina]
    assert Segnalazione.objects.vicine_a(43.8429, 10.5027, 150, privata) == []


def test_the_nearest_comes_first_with_its_metres(lampioni: Categoria, vicina: Segnalazione, anna: User) -> None:
    piu_vicina = segnala(lampioni, autore=anna, lat=43.8430, lon=10.5027)
    trovate = Segnalazione.objects.vicine_a(43.8429, 10.5027, 150, lampioni)
    assert [(caso.pk, metri) for caso, metri in trovate] == [(piu_vicina.pk, 11), (vicina.pk, 60)]


def test_anche_a_me_counts_once_and_offers_to_drop_the_draft(al_dove: Modulo, vicina: Segnalazione) -> None:
    dati = {"anche_a_me": vicina.codice, "parole": "Sotto il portico", **QUI}
    pagina_grazie = f"/segnalazioni/nuova/anche-a-me/{vicina.codice}/"
    assert al_dove.manda("nuova_dove", dati).url == pagina_grazie
    assert al_dove.manda("nuova_dove", dati).url == pagina_grazie
    firme = Seguace.objects.filter(segnalazione=vicina, firma=True)
    assert firme.count() == 2, "Anna who reported it, and this browser once"
    pagina = al_dove.client.get(pagina_grazie).content.decode()
    assert "Adesso siete 2 ad avere lo stesso problema." in pagina
    assert "Cancella la bozza" in pagina
    assert "Sotto il portico</textarea>" in al_dove.guarda("nuova_dove"), "the draft is as it was"


def test_anche_a_me_with_an_address_follows_and_still_counts_once(al_dove: Modulo, vicina: Segnalazione) -> None:
    al_dove.manda("nuova_dove", {"anche_a_me": vicina.codice})
    pagina_grazie = f"/segnalazioni/nuova/anche-a-me/{vicina.codice}/"
    assert al_dove.client.post(pagina_grazie, {"email": "non è un indirizzo"}).status_code == 422
    assert al_dove.client.post(pagina_grazie, {"email": CASELLA}).url == pagina_grazie
    seguace = Seguace.objects.get(segnalazione=vicina, email=CASELLA)
    assert (seguace.firma, seguace.confermato_il) == (False, None)
    assert Seguace.objects.filter(segnalazione=vicina, firma=True).count() == 2
    assert "Ti abbiamo mandato una mail" in al_dove.client.get(pagina_grazie).content.decode()


def test_bruno_logged_in_says_anche_a_me_with_his_account(al_dove: Modulo, vicina: Segnalazione, bruno: User) -> None:
    al_dove.client.force_login(bruno)
    al_dove.cosa()
    al_dove.manda("nuova_dove", {"anche_a_me": vicina.codice})
    assert Seguace.objects.get(segnalazione=vicina, utente=bruno).firma


def test_the_thanks_are_only_for_who_signed(vicina: Segnalazione, client: Client) -> None:
    assert Client().get(f"/segnalazioni/nuova/anche-a-me/{vicina.codice}/").url == vicina.url()


def test_anche_a_me_on_what_is_not_public_or_unknown_finds_nothing(al_dove: Modulo, lampioni: Categoria) -> None:
    nascosta = segnala(lampioni, email="gino@example.org")
    for codice in (nascosta.codice, "LU-0000-0000", "boh"):
        assert al_dove.manda("nuova_dove", {"anche_a_me": codice}).status_code == 404
    assert not Seguace.objects.filter(firma=True, sessione__gt="").exists()


def test_anche_a_me_on_what_is_closed_meanwhile_is_refused(al_dove: Modulo, vicina: Segnalazione) -> None:
    actions.ritira(vicina, autore=vicina.contributo.autore)
    assert al_dove.manda("nuova_dove", {"anche_a_me": vicina.codice}).status_code == 409


def test_one_address_cannot_sign_without_end(al_dove: Modulo, vicina: Segnalazione) -> None:
    for _volta in range(30):
        assert Modulo(Client()).cosa().status_code == 302
        assert al_dove.manda("nuova_dove", {"anche_a_me": vicina.codice}).status_code == 302
    risposta = al_dove.manda("nuova_dove", {"anche_a_me": vicina.codice})
    assert risposta.status_code == 429
    assert "La tua bozza è al suo posto" in risposta.content.decode()


# --- parts fetched by the script --------------------------------------------------------------------------


def test_the_script_gets_places_for_what_was_typed(al_dove: Modulo, fontana: Luogo) -> None:
    parte = al_dove.manda("nuova_luoghi_parte", {"cerca": "tritone blu"}).content.decode()
    assert f'data-lat="{fontana.lat:.6f}"' in parte
    assert "<html" not in parte


def test_the_script_learns_about_a_point(al_dove: Modulo, vicina: Segnalazione) -> None:
    parte = al_dove.manda("nuova_punto_parte", QUI).content.decode()
    assert vicina.titolo in parte
    assert "fuori dal Comune" not in parte
    assert "fuori dal Comune" in al_dove.manda("nuova_punto_parte", FUORI).content.decode()
    assert al_dove.manda("nuova_punto_parte", {"lat": "x", "lon": ""}).status_code == 400
    assert al_dove.client.get(indirizzo("nuova_punto_parte")).status_code == 405


def test_the_script_cannot_ask_without_end(al_dove: Modulo) -> None:
    stati = [al_dove.manda("nuova_luoghi_parte", {"cerca": "x"}).status_code for _volta in range(121)]
    assert stati == [200] * 120 + [429]
    assert al_dove.manda("nuova_punto_parte", QUI).status_code == 429
    assert al_dove.dove(**QUI).status_code == 302, "the form itself is not stopped"
