"""What colleagues set up at the desk: views they keep, canned answers, shortcuts; and whose they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from comune.models import Ufficio
from segnalazioni.actions import banco
from segnalazioni.models import Categoria, RispostaPronta, Segnalazione, VistaSalvata
from segnalazioni.racconto.variabili import riempi
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.scrivania import dati_di, url_passo

CODA = "/scrivania/segnalazioni/"
ELENCHI, RISPOSTE = f"{CODA}elenchi/", f"{CODA}risposte/"


def salvati(risposta: Any) -> list[tuple[str, Any]]:
    """Name and count of the saved views, as the queue shows them."""
    gruppi = dict(risposta.context["gruppi"])
    return [(str(voce["testo"]), voce["conto"]) for voce in gruppi.get("Salvati", [])]


# --- views --------------------------------------------------------------------------------------------------


def test_elena_keeps_a_view_and_finds_it_with_its_count(client: Client, buche: Categoria, elena: User) -> None:
    porta_a(segnala(buche), "assegnata")
    porta_a(segnala(buche), "in_lavorazione")
    client.force_login(elena)
    salvata = client.post(f"{ELENCHI}nuovo/?elenco=aperte&stato=assegnata&boh=1", {"nome": "Da prendere"})
    assert salvata["Location"] == f"{CODA}?elenco=aperte&stato=assegnata"
    pagina = client.get(salvata["Location"])
    assert salvati(pagina) == [("Da prendere", 1)]
    assert [str(v["testo"]) for _t, g in pagina.context["gruppi"] for v in g if v["attiva"]] == ["Da prendere"]
    assert [v["tasto"] for v in dict(pagina.context["gruppi"])["Salvati"]] == ["5"]


def test_the_same_name_again_changes_the_view(client: Client, elena: User) -> None:
    client.force_login(elena)
    for stato in ("assegnata", "programmata"):
        client.post(f"{ELENCHI}nuovo/?elenco=aperte&stato={stato}", {"nome": "Mio"})
    assert VistaSalvata.objects.get().query == "elenco=aperte&stato=programmata"


def test_a_view_is_shared_with_the_office_and_with_nobody_else(
    client: Client, elena: User, dario: User, fabio: User, strade: Ufficio
) -> None:
    client.force_login(elena)
    client.post(f"{ELENCHI}nuovo/?elenco=aperte", {"nome": "Solo mia"})
    client.post(f"{ELENCHI}nuovo/?elenco=aperte&stato=assegnata", {"nome": "Nostra", "ufficio": strade.pk})
    client.force_login(dario)
    assert [nome for nome, _n in salvati(client.get(CODA))] == ["Nostra"]
    client.force_login(fabio)
    assert salvati(client.get(CODA)) == []


def test_a_view_is_not_shared_with_an_office_that_one_does_not_hold(client: Client, elena: User, luce: Ufficio) -> None:
    client.force_login(elena)
    assert client.post(f"{ELENCHI}nuovo/?elenco=aperte", {"nome": "Loro", "ufficio": luce.pk}).status_code == 422
    assert not VistaSalvata.objects.exists()


def test_a_view_gets_another_name_and_place_and_goes(client: Client, elena: User, strade: Ufficio) -> None:
    prima = banco.salva_vista(elena, nome="Prima", query="elenco=aperte", ufficio=None)
    dopo = banco.salva_vista(elena, nome="Dopo", query="elenco=tutte", ufficio=None)
    client.force_login(elena)
    client.post(f"{ELENCHI}{prima.pk}/", {"nome": "Ultima", "ordine": "9"})
    assert salvati(client.get(CODA)) == [("Dopo", ""), ("Ultima", 0)]
    assert client.post(f"{ELENCHI}{prima.pk}/", {"nome": "Dopo", "ordine": "1"}).status_code == 422
    client.post(f"{ELENCHI}{dopo.pk}/", {"elimina": "si"})
    assert [nome for nome, _n in salvati(client.get(CODA))] == ["Ultima"]


def test_the_view_of_somebody_else_does_not_exist_even_when_it_is_shared(
    client: Client, elena: User, dario: User, strade: Ufficio
) -> None:
    vista = banco.salva_vista(elena, nome="Nostra", query="elenco=aperte", ufficio=strade)
    client.force_login(dario)
    assert client.get(f"{ELENCHI}{vista.pk}/").status_code == 404
    assert client.post(f"{ELENCHI}{vista.pk}/", {"elimina": "si"}).status_code == 404
    assert VistaSalvata.objects.exists()


def test_twenty_views_are_enough(client: Client, elena: User) -> None:
    for n in range(banco.TETTO_VISTE):
        banco.salva_vista(elena, nome=f"{n}", query="elenco=aperte", ufficio=None)
    client.force_login(elena)
    risposta = client.post(f"{ELENCHI}nuovo/?elenco=aperte", {"nome": "Di troppo"})
    assert risposta.status_code == 422
    assert "Hai già 20 elenchi" in risposta.content.decode()


def test_fifteen_queries_however_many_views_are_kept(
    client: Client, buca: Segnalazione, carla: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        query = f"elenco=aperte&stato=ricevuta&categoria=prova-strade&canale=web{'&q=buca' if n % 2 else ''}"
        banco.salva_vista(carla, nome=f"{n}", query=query, ufficio=None)
    client.force_login(carla)
    with django_assert_max_num_queries(15):
        pagina = client.get(CODA, {"elenco": "aperte", "q": "buca"})
    assert salvati(pagina)[:2] == [("0", 1), ("1", "")]


def test_a_view_whose_filter_is_gone_finds_nothing_and_breaks_nothing(
    client: Client, buca: Segnalazione, carla: User
) -> None:
    banco.salva_vista(carla, nome="Vecchia", query="elenco=aperte&ufficio=soppresso", ufficio=None)
    client.force_login(carla)
    assert salvati(client.get(CODA)) == [("Vecchia", 0)]


# --- canned answers -----------------------------------------------------------------------------------------

PRONTA = {"titolo": "Fatto", "testo": "La {numero} in {luogo} è a posto.", "attiva": "on", "ordine": "1"}


def test_the_urp_writes_for_all_and_who_heads_an_office_for_it(
    client: Client, carla: User, dario: User, elena: User, fabio: User, strade: Ufficio
) -> None:
    client.force_login(carla)
    assert client.post(f"{RISPOSTE}nuova/", PRONTA)["Location"] == RISPOSTE
    client.force_login(dario)
    assert client.post(f"{RISPOSTE}nuova/", PRONTA).status_code == 422  # for all: not his to say
    client.post(f"{RISPOSTE}nuova/", PRONTA | {"titolo": "Di strade", "ufficio": strade.pk})
    client.force_login(elena)
    assert [str(r) for r, _c, _p in client.get(RISPOSTE).context["righe"]] == ["Di strade", "Fatto"]
    client.force_login(fabio)
    assert [str(r) for r, _c, _p in client.get(RISPOSTE).context["righe"]] == ["Fatto"]


def test_who_only_works_there_reads_and_does_not_write(client: Client, elena: User, strade: Ufficio) -> None:
    una = RispostaPronta.objects.create(titolo="Di strade", testo="Fatto.", ufficio=strade)
    client.force_login(elena)
    assert client.get(f"{RISPOSTE}nuova/").status_code == 403
    assert client.post(f"{RISPOSTE}{una.pk}/", {"elimina": "si"}).status_code == 403
    assert "Cambia" not in client.get(RISPOSTE).content.decode().split("<main")[1].split("<footer")[0]


def test_the_answers_of_another_office_do_not_exist(client: Client, dario: User, luce: Ufficio) -> None:
    una = RispostaPronta.objects.create(titolo="Di luce", testo="Fatto.", ufficio=luce)
    client.force_login(dario)
    assert client.get(f"{RISPOSTE}{una.pk}/").status_code == 404
    assert client.post(f"{RISPOSTE}{una.pk}/", {"elimina": "si"}).status_code == 404
    assert "Di luce" not in client.get(RISPOSTE).content.decode()


def test_who_heads_an_office_does_not_change_what_is_for_all(client: Client, dario: User) -> None:
    una = RispostaPronta.objects.create(titolo="Di tutti", testo="Fatto.")
    client.force_login(dario)
    assert client.post(f"{RISPOSTE}{una.pk}/", PRONTA).status_code == 403


def test_an_unknown_variable_is_refused_when_it_is_written(client: Client, carla: User) -> None:
    client.force_login(carla)
    risposta = client.post(f"{RISPOSTE}nuova/", PRONTA | {"testo": "Gentile {nome}, la {numero} è a posto."})
    assert risposta.status_code == 422
    assert "{nome}: non è una variabile. Ci sono {numero}, {categoria}" in risposta.content.decode()
    assert not RispostaPronta.objects.exists()


def test_the_words_of_a_place_stay_private(buche: Categoria) -> None:
    caso = segnala(buche, indirizzo="", luogo_a_parole="Dietro casa di Gino Rossi, interno 4")
    testo = riempi("{numero}, {categoria}, {luogo}, {scadenza}, {ufficio}, {gino}", caso)
    assert "Gino" not in testo
    assert testo.startswith(f"{caso.codice}, Buca sulla strada, Centro storico, ")
    assert testo.endswith("l’URP, {gino}")


def test_it_is_put_into_the_step_with_its_words_and_no_step_is_taken(
    client: Client, buca: Segnalazione, elena: User
) -> None:
    caso = porta_a(buca, "in_lavorazione")
    pronta = RispostaPronta.objects.create(titolo="Fatto", testo="La {numero} è a posto.", passi=["risolvi"])
    RispostaPronta.objects.create(titolo="D’altro", testo="x", passi=["chiedi"])
    RispostaPronta.objects.create(titolo="Vecchia", testo="x", attiva=False)
    client.force_login(elena)
    assert list(client.get(caso.url_scrivania(), {"passo": "risolvi"}).context["pronte"]) == [pronta]
    scritto = dati_di(caso, testo="Buongiorno.", nota="Per noi.", pronta=pronta.pk, inserisci="si")
    pagina = client.post(url_passo(caso, "risolvi"), scritto)
    assert pagina.status_code == 200
    assert pagina.context["form"]["testo"].value() == f"Buongiorno.\n\nLa {caso.codice} è a posto."
    assert pagina.context["form"]["nota"].value() == "Per noi."
    assert Segnalazione.objects.get(pk=caso.pk).stato == "in_lavorazione"


def test_the_answer_of_another_office_is_not_put_in(
    client: Client, buca: Segnalazione, elena: User, luce: Ufficio
) -> None:
    caso = porta_a(buca, "in_lavorazione")
    pronta = RispostaPronta.objects.create(titolo="Di luce", testo="Segreta.", ufficio=luce)
    client.force_login(elena)
    scritto = dati_di(caso, testo="Buongiorno.", pronta=pronta.pk, inserisci="si")
    assert client.post(url_passo(caso, "risolvi"), scritto).context["form"]["testo"].value() == "Buongiorno."


# --- shortcuts ----------------------------------------------------------------------------------------------


def test_shortcuts_stay_off_for_who_switched_them_off_wherever_they_work(client: Client, carla: User) -> None:
    client.force_login(carla)
    assert 'data-lp-scorciatoie="accese"' in client.get(CODA).content.decode()
    assert client.post(f"{CODA}scorciatoie/", {"accese": ""}).status_code == 204
    altrove = Client()
    altrove.force_login(carla)
    assert 'data-lp-scorciatoie="spente"' in altrove.get(CODA).content.decode()
    client.post(f"{CODA}scorciatoie/", {"accese": "si"})
    assert 'data-lp-scorciatoie="accese"' in altrove.get(CODA).content.decode()


@pytest.mark.parametrize("metodo", ["get", "put"])
def test_shortcuts_are_not_switched_by_a_look(client: Client, carla: User, metodo: str) -> None:
    client.force_login(carla)
    assert getattr(client, metodo)(f"{CODA}scorciatoie/").status_code == 405
