"""«Not ours» says whose: the page of the case, the body and its contacts, the proof that it was sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from comune.enti import ENTI
from comune.models import Ente
from segnalazioni import actions
from segnalazioni.models import Segnalazione
from tests.aiuti import porta_a
from tests.segnalazioni.scrivania import dati_di, url_passo


@pytest.fixture
def anas(db: None) -> Ente:
    """The body of the state roads, with a contact that somebody has written."""
    anas = Ente.objects.get(nome="ANAS")
    anas.telefono, anas.sito = "800 000 000", "https://anas.example/segnala"
    anas.save()
    return anas


def mandata(caso: Segnalazione, chi: User, ente: str = "ANAS") -> Segnalazione:
    """Sent to another body."""
    caso = porta_a(caso, "in_lavorazione")
    return actions.inoltra(
        caso, operatore=chi, ente=ente, testo="È la statale 12.", prova="PEC del 3 novembre, n. 1234", nota="Segreta"
    )


def test_the_page_says_whose_it_is_why_when_how_and_how_to_reach_them(
    client: Client, buca: Segnalazione, elena: User, anas: Ente
) -> None:
    pagina = client.get(mandata(buca, elena).url()).content.decode()
    assert "Non è del Comune: è di ANAS" in pagina
    assert "le strade statali, come la SS 12" in pagina
    assert "È la statale 12." in pagina
    assert "PEC del 3 novembre, n. 1234" in pagina
    assert 'href="tel:800000000"' in pagina
    assert 'href="https://anas.example/segnala"' in pagina
    assert "Segreta" not in pagina


@pytest.mark.parametrize("nome", ["Anas", "ANAS (strade statali, es. SS12)"])
def test_a_body_is_known_by_its_other_names(
    client: Client, buca: Segnalazione, elena: User, anas: Ente, nome: str
) -> None:
    pagina = client.get(mandata(buca, elena, nome).url()).content.decode()
    assert "Non è del Comune: è di ANAS" in pagina
    assert "800 000 000" in pagina


def test_a_body_written_by_hand_has_no_contacts_but_its_name(client: Client, buca: Segnalazione, elena: User) -> None:
    pagina = client.get(mandata(buca, elena, "Consorzio del Nottolini").url()).content.decode()
    assert "Non è del Comune: è di Consorzio del Nottolini" in pagina
    assert "Come si contatta" not in pagina


def test_no_contact_is_shown_that_nobody_has_written(client: Client, buca: Segnalazione, elena: User) -> None:
    assert "Come si contatta" not in client.get(mandata(buca, elena, "GEAL S.p.A.").url()).content.decode()
    assert not any(ente.contatti for ente in Ente.objects.all())
    assert Ente.objects.count() == len(ENTI)


def test_while_the_comune_waits_the_answer_stays_its_own(client: Client, buca: Segnalazione, elena: User) -> None:
    caso = porta_a(buca, "in_lavorazione")
    caso = actions.attendi(caso, operatore=elena, ente="GEAL S.p.A.", testo="Passa il tubo dell’acqua.")
    pagina = client.get(caso.url()).content.decode()
    assert "Adesso tocca a GEAL S.p.A." in pagina
    assert "il termine non si ferma" in pagina
    caso = actions.riprendi(caso, operatore=elena)
    assert "Adesso tocca a" not in client.get(caso.url()).content.decode()


@pytest.mark.parametrize("manca", ["ente", "testo", "prova"])
def test_not_ours_needs_body_reason_and_proof(client: Client, buca: Segnalazione, elena: User, manca: str) -> None:
    caso = porta_a(buca, "in_lavorazione")
    client.force_login(elena)
    risposta = client.post(url_passo(caso, "inoltra"), dati_di(caso, **{manca: ""}))
    assert risposta.status_code == 422
    caso.refresh_from_db()
    assert caso.stato == "in_lavorazione"


def test_a_proof_without_day_or_number_is_none(client: Client, buca: Segnalazione, elena: User) -> None:
    caso = porta_a(buca, "in_lavorazione")
    client.force_login(elena)
    risposta = client.post(url_passo(caso, "inoltra"), dati_di(caso, prova="Mandata per posta"))
    assert risposta.status_code == 422
    assert "Manca la data o il numero" in risposta.content.decode()


def test_the_desk_offers_the_bodies_those_of_the_category_first(
    client: Client, buca: Segnalazione, elena: User, django_assert_max_num_queries: Any
) -> None:
    caso = porta_a(buca, "in_lavorazione")
    caso.categoria.competenze = ["Comune di Lucca", "Provincia di Lucca (strade provinciali)"]
    caso.categoria.save()
    Ente.objects.filter(nome="ARPAT").update(attivo=False)
    client.force_login(elena)
    pagina = client.get(f"{caso.url_scrivania()}?passo=inoltra").content.decode()
    offerti = pagina.partition('<datalist id="enti">')[2].partition("</datalist>")[0]
    assert offerti.startswith('<option value="Provincia di Lucca">')
    assert "ANAS" in offerti
    assert "ARPAT" not in offerti
