"""After the answer: Anna contests it, says what she thinks of it, closes the case; nobody judges their own answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.errors import DomainError
from core.workflow import PassoNonPossibile
from notifiche.models import Notifica
from segnalazioni import actions
from segnalazioni.actions.avvisi import evento_di
from segnalazioni.models import Categoria, Foto, Gradimento, Passaggio, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, browser_con_la_casella, file_di_foto, pagina_di, privata
from tests.segnalazioni.scrivania import dati_di, url_passo
from tests.segnalazioni.test_scadenze import fresco, il

LUNEDI = date(2026, 11, 9)


@pytest.fixture
def risolta(buca: Segnalazione, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report, resolved by Elena a moment ago."""
    return porta_a(buca, "risolta")


# --- contesting -------------------------------------------------------------------------------------------


def test_anna_contests_with_a_photo_and_the_term_starts_again(
    client: Client, risolta: Segnalazione, anna: User, buche: Categoria
) -> None:
    client.force_login(anna)
    dati = {"testo": "La buca è ancora lì.", "foto": [file_di_foto()]}
    risposta = client.post(risolta.url("contesta"), dati, follow=True)
    assert "decide una persona diversa" in pagina_di(risposta)
    caso = fresco(risolta)
    passaggio = Passaggio.objects.get(segnalazione=caso, passo="contesta")
    assert (caso.stato, passaggio.autore, passaggio.foto.count()) == ("contestata", anna, 1)
    assert caso.conclusa_il is None
    assert "I giorni si contano da capo" in pagina_di(risposta)


def test_giulia_contests_from_the_mailed_link(buche: Categoria, elena: User) -> None:
    caso = segnala(buche, email=GIULIA)
    browser = browser_con_la_casella(caso)
    caso = porta_a(fresco(caso), "risolta")
    assert browser.post(caso.url("contesta"), {"testo": "Non è vero."}).status_code == 302
    assert fresco(caso).stato == "contestata"


def test_others_find_no_button_and_the_door_is_shut(client: Client, risolta: Segnalazione, bruno: User) -> None:
    client.force_login(bruno)
    for porta in ("contesta", "valuta"):
        assert risolta.url(porta) not in pagina_di(client.get(risolta.url()))
        assert client.post(risolta.url(porta), {"testo": "No", "risolto": "si", "voto": 1}).status_code == 403
    assert fresco(risolta).stato == "risolta"


def test_words_are_needed_and_come_back_with_the_error(client: Client, risolta: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    risposta = client.post(risolta.url("contesta"), {"testo": " "})
    assert risposta.status_code == 422
    assert "Scrivi che cosa non va" in pagina_di(risposta)


def test_once_only(client: Client, risolta: Segnalazione, anna: User, carla: User) -> None:
    caso = actions.contesta(risolta, testo="No.", autore=anna)
    caso = porta_a(actions.riapri(caso, operatore=carla, testo="Ha ragione."), "risolta")
    with pytest.raises(DomainError, match="già contestato una volta"):
        actions.contesta(caso, testo="Ancora no.", autore=anna)
    client.force_login(anna)
    pagina = pagina_di(client.get(caso.url()))
    assert "Hai già contestato una volta" in pagina
    assert f'action="{caso.url("contesta")}"' not in pagina
    assert client.post(caso.url("contesta"), {"testo": "No"}).status_code == 409


def test_within_thirty_days_and_then_a_sentence_says_why_not(
    client: Client, buche: Categoria, anna: User, elena: User
) -> None:
    with il(LUNEDI):
        caso = porta_a(segnala(buche, autore=anna), "risolta")
    client.force_login(anna)
    with il(date(2026, 12, 9), 23):
        assert f'action="{caso.url("contesta")}"' in pagina_di(client.get(caso.url()))
    with il(date(2026, 12, 10), 0):
        pagina = pagina_di(client.get(caso.url()))
        assert f'action="{caso.url("contesta")}"' not in pagina
        assert "si poteva contestare entro 30 giorni, fino a mercoledì 9 dicembre 2026" in pagina
        with pytest.raises(DomainError, match="fino a mercoledì 9 dicembre 2026"):
            actions.contesta(caso, testo="No.", autore=anna)


def test_what_is_not_answered_is_not_contested(buca: Segnalazione, anna: User) -> None:
    with pytest.raises(PassoNonPossibile):
        actions.contesta(porta_a(buca, "in_lavorazione"), testo="No.", autore=anna)


# --- deciding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("passo", ["riapri", "chiudi"])
def test_who_gave_the_answer_does_not_judge_it(client: Client, buca: Segnalazione, dario: User, passo: str) -> None:
    caso = porta_a(buca, "in_lavorazione")
    caso = actions.risolvi(caso, operatore=dario, testo="Fatto.")
    caso = fai(caso, "contesta", testo="Non è vero.")
    client.force_login(dario)
    risposta = client.post(url_passo(caso, passo), dati_di(caso))
    assert risposta.status_code == 409
    assert "decide un’altra persona" in pagina_di(risposta)
    assert "Siamo passati a vedere." in pagina_di(risposta)  # the words are not lost
    assert fresco(caso).stato == "contestata"


@pytest.mark.parametrize(("passo", "stato"), [("riapri", "in_lavorazione"), ("chiudi", "chiusa")])
def test_somebody_else_does(client: Client, risolta: Segnalazione, carla: User, passo: str, stato: str) -> None:
    caso = fai(risolta, "contesta", testo="Non è vero.")
    client.force_login(carla)
    assert client.post(url_passo(caso, passo), dati_di(caso)).status_code == 302
    assert fresco(caso).stato == stato


def test_having_contested_as_a_citizen_is_not_having_answered(buche: Categoria, carla: User, elena: User) -> None:
    """Carla reported it herself: the URP may still decide, she did not give the answer."""
    caso = porta_a(segnala(buche, autore=carla), "risolta")
    caso = actions.contesta(caso, testo="No.", autore=carla)
    assert actions.riapri(caso, operatore=carla, testo="Si riapre.").stato == "in_lavorazione"


def test_only_the_head_reopens_the_question_of_a_closed_case(
    client: Client, risolta: Segnalazione, anna: User, dario: User, carla: User
) -> None:
    caso = actions.valuta(risolta, risolto="si", voto=5, chiudi=True, autore=anna)
    with pytest.raises(DomainError):
        actions.contesta(caso, testo="Ci ho ripensato.", autore=anna)
    client.force_login(carla)
    assert client.post(url_passo(caso, "contesta"), dati_di(caso)).status_code == 409
    client.force_login(dario)
    assert client.post(url_passo(caso, "contesta"), dati_di(caso)).status_code == 302
    assert fresco(caso).stato == "contestata"


@pytest.fixture
def ripresa(risolta: Segnalazione, anna: User, dario: User) -> Segnalazione:
    """Anna had closed it, and Dario takes the answer up again."""
    caso = actions.valuta(risolta, risolto="si", voto=5, chiudi=True, autore=anna)
    return actions.VERBI["contesta"](caso, operatore=dario, testo="La toppa ha già ceduto.")


def test_what_the_head_takes_up_again_is_told_to_who_reported(ripresa: Segnalazione, anna: User) -> None:
    passaggio = Passaggio.objects.get(segnalazione=ripresa, passo="contesta")
    mail = Notifica.objects.get(evento=evento_di(passaggio.uid), canale="email", utente=anna)
    assert mail.dati["testo"] == "La toppa ha già ceduto."
    assert (mail.tipo, mail.dati["di_chi"]) == ("segnalazione_aggiornata", "")


def test_nobody_reads_that_they_contested_what_the_head_took_up_again(
    client: Client, ripresa: Segnalazione, anna: User
) -> None:
    di_tutti = pagina_di(client.get(ripresa.url()))
    client.force_login(anna)
    for pagina in (di_tutti, pagina_di(client.get(ripresa.url()))):
        assert "Il responsabile rimette in discussione la risposta" in pagina
        assert "Hai contestato la risposta" not in pagina
        assert "Risposta contestata" not in pagina


def test_what_anna_says_herself_is_not_told_to_her_and_is_hers_for_others(
    buca: Segnalazione, anna: User, bruno: User, elena: User
) -> None:
    actions.segui(buca, firma=False, utente=bruno)
    caso = actions.contesta(porta_a(buca, "risolta"), testo="La buca è ancora lì.", autore=anna)
    evento = evento_di(Passaggio.objects.get(segnalazione=caso, passo="contesta").uid)
    assert not Notifica.objects.filter(evento=evento, utente=anna).exists()
    di_bruno = Notifica.objects.get(evento=evento, canale="email", utente=bruno)
    assert di_bruno.dati["di_chi"] == "Chi ha segnalato scrive:"


# --- what she thinks of it --------------------------------------------------------------------------------


def test_anna_says_what_she_thinks_and_changes_her_mind(client: Client, risolta: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    assert client.post(risolta.url("valuta"), {"risolto": "no", "voto": "1", "parole": "Macché"}).status_code == 302
    client.post(risolta.url("valuta"), {"risolto": "in_parte", "voto": "3"})
    detto = Gradimento.objects.get(segnalazione=risolta)
    assert (detto.risolto, detto.voto, detto.parole) == ("in_parte", 3, "")
    assert fresco(risolta).stato == "risolta"
    assert 'value="in_parte" checked' in pagina_di(client.get(risolta.url())).replace(
        ' aria-describedby="valuta-risolto_1-d"', ""
    )


def test_nobody_else_reads_it(client: Client, risolta: Segnalazione, anna: User) -> None:
    actions.valuta(risolta, risolto="no", voto=1, parole="Una vergogna", autore=anna)
    assert "Una vergogna" not in pagina_di(client.get(risolta.url()))


def test_content_she_closes_it_and_what_was_merged_closes_too(
    client: Client, buca: Segnalazione, buche: Categoria, anna: User, bruno: User, elena: User
) -> None:
    doppione = fai(segnala(buche, autore=bruno), "unisci", originale=buca)
    risolta = porta_a(fresco(buca), "risolta")
    client.force_login(anna)
    client.post(risolta.url("valuta"), {"risolto": "si", "voto": "5", "che": "chiudi"})
    assert (fresco(risolta).stato, fresco(doppione).stato) == ("chiusa", "chiusa")
    assert client.post(risolta.url("valuta"), {"risolto": "no", "voto": "1"}).status_code == 409


@pytest.mark.parametrize("dati", [{}, {"risolto": "forse", "voto": "3"}, {"risolto": "si", "voto": "6"}])
def test_a_wrong_form_says_so(client: Client, risolta: Segnalazione, anna: User, dati: dict[str, Any]) -> None:
    client.force_login(anna)
    assert client.post(risolta.url("valuta"), dati).status_code == 422
    assert not Gradimento.objects.exists()


def test_an_open_case_has_nothing_to_think_of(buca: Segnalazione, anna: User) -> None:
    with pytest.raises(DomainError, match="fra la risposta e la chiusura"):
        actions.valuta(buca, risolto="si", voto=5, autore=anna)


def test_a_chain_of_merged_cases_closes_whole(buche: Categoria, anna: User, bruno: User, elena: User) -> None:
    prima, seconda, terza = (segnala(buche, autore=chi) for chi in (anna, bruno, elena))
    terza = fai(terza, "unisci", originale=seconda)
    seconda = fai(fresco(seconda), "unisci", originale=prima)
    actions.valuta(porta_a(fresco(prima), "risolta"), risolto="si", voto=5, chiudi=True, autore=anna)
    assert [fresco(caso).stato for caso in (prima, seconda, terza)] == ["chiusa"] * 3


# --- observations -----------------------------------------------------------------------------------------


def test_giulia_observes_from_the_mailed_link_with_a_photo(buche: Categoria, elena: User) -> None:
    caso = segnala(buche, email=GIULIA)
    browser = browser_con_la_casella(caso)
    caso = porta_a(fresco(caso), "preavviso_rigetto")
    assert 'id="osserva"' in pagina_di(browser.get(caso.url()))
    risposta = browser.post(caso.url("osserva"), {"testo": "È pubblica.", "foto": [file_di_foto()]}, follow=True)
    assert "Hai scritto le tue osservazioni" in pagina_di(risposta)
    assert Foto.objects.filter(segnalazione=caso, passaggio__passo="osserva").count() == 1
    assert 'id="osserva"' not in pagina_di(risposta)
    assert browser.post(caso.url("osserva"), {"testo": "E poi"}).status_code == 409


@pytest.mark.parametrize("porta", ["osserva", "contesta", "sollecita", "valuta"])
def test_a_look_at_a_door_leads_to_the_page(client: Client, buca: Segnalazione, porta: str) -> None:
    assert client.get(buca.url(porta))["Location"] == buca.url()


@pytest.mark.parametrize("porta", ["osserva", "contesta", "sollecita", "valuta"])
def test_a_private_case_has_no_door_for_others(
    client: Client, bruno: User, buche: Categoria, anna: User, porta: str
) -> None:
    caso = privata(buche, autore=anna)
    client.force_login(bruno)
    assert client.post(caso.url(porta), {"testo": "No"}).status_code == 404


def test_a_joined_case_that_is_opened_again_goes_on_for_itself(
    buca: Segnalazione, buche: Categoria, anna: User, bruno: User, carla: User, dario: User, elena: User
) -> None:
    """Closed with the case it was joined to, reopened by the head, answered: nothing of the other touches it."""
    madre, sua = porta_a(buca, Stato.IN_LAVORAZIONE), porta_a(segnala(buche, autore=bruno), Stato.IN_LAVORAZIONE)
    actions.unisci(sua, operatore=elena, originale=madre)
    madre = actions.risolvi(madre, operatore=elena, testo="Fatto.")
    actions.valuta(madre, risolto="si", voto=5, chiudi=True, autore=anna)
    sua = actions.VERBI["contesta"](Segnalazione.objects.get(pk=sua.pk), operatore=dario, testo="Va guardata da sola.")
    assert (sua.originale, sua.radice) == (None, None)
    sua = actions.risolvi(actions.riapri(sua, operatore=carla, testo="Sì."), operatore=elena, testo="Rifatta.")
    madre = actions.VERBI["contesta"](Segnalazione.objects.get(pk=madre.pk), operatore=dario, testo="Anche questa.")
    actions.chiudi(madre, operatore=carla, testo="No.")
    assert Segnalazione.objects.get(pk=sua.pk).stato == Stato.RISOLTA


def test_who_joined_a_case_may_decide_about_an_answer_that_is_not_theirs(
    buca: Segnalazione, buche: Categoria, bruno: User, carla: User
) -> None:
    sua = actions.unisci(segnala(buche, autore=bruno), operatore=carla, originale=porta_a(buca, Stato.IN_LAVORAZIONE))
    sua = porta_a(actions.stacca(sua, operatore=carla, testo="È un’altra."), Stato.RISOLTA)
    sua = actions.riapri(actions.contesta(sua, testo="No.", autore=bruno), operatore=carla, testo="Torniamo.")
    assert sua.stato == Stato.IN_LAVORAZIONE


def test_a_case_opened_again_promises_no_day_that_is_past(
    buca: Segnalazione, anna: User, carla: User, elena: User
) -> None:
    risolta = actions.risolvi(porta_a(buca, Stato.PROGRAMMATA), operatore=elena, testo="Fatto.")
    caso = actions.riapri(actions.contesta(risolta, testo="No.", autore=anna), operatore=carla, testo="Riapro.")
    assert caso.prevista_il is None


def test_the_page_says_from_where_the_days_are_counted(buca: Segnalazione, anna: User, client: Client) -> None:
    assert "Si contano dal giorno dopo la conferma" in pagina_di(client.get(buca.url()))
    actions.contesta(porta_a(buca, Stato.RISOLTA), testo="No.", autore=anna)
    assert "Si contano dal giorno dopo la contestazione" in pagina_di(client.get(buca.url()))
