"""The page of one case at the desk: what it shows, what it does not, how fast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ascolto.models import Canale
from comune.models import Ufficio
from core.tempo import oggi
from segnalazioni import actions
from segnalazioni.desk.mosse import PAROLE
from segnalazioni.models import RUOLI_UFFICIO, Categoria, Segnalazione
from segnalazioni.workflow import PROCEDURA, RuoloCaso
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.scrivania import dati_di, immagine, url_passo


@pytest.fixture
def presa(buca: Segnalazione, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report, being worked on at the office of the roads."""
    return porta_a(buca, "in_lavorazione")


def mosse(risposta: Any) -> list[str]:
    """The steps that the page offers, in order."""
    return [voce.url.split("passo=")[1].split("#")[0] for voce in risposta.context["mosse"]]


def test_the_page_shows_what_was_said_and_where_it_stands(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    pagina = client.get(presa.url_scrivania()).content.decode()
    for parole in (presa.codice, presa.titolo, presa.testo, "Via Fillungo 12", "In lavorazione", "la leggono tutti"):
        assert parole in pagina


def test_the_answers_to_the_questions_are_in_words(client: Client, buche: Categoria, carla: User) -> None:
    buche.domande = [
        {"chiave": "ciclabile", "testo": "È su una pista ciclabile?", "tipo": "si_no"},
        {"chiave": "dal", "testo": "Da quando?", "tipo": "data"},
    ]
    buche.save()
    caso = segnala(buche, risposte={"dal": "2026-11-05", "ciclabile": "si"})
    client.force_login(carla)
    risposte = client.get(caso.url_scrivania()).context["risposte"]
    assert risposte == [("È su una pista ciclabile?", "sì"), ("Da quando?", "giovedì 5 novembre 2026")]


def test_contacts_are_covered(client: Client, buche: Categoria, carla: User, anna: User) -> None:
    ospite = actions.email_dimostrata(segnala(buche, email="ospite.segreto@example.org"), "ospite.segreto@example.org")
    con_account = segnala(buche, autore=anna)
    anonima = segnala(buche)
    client.force_login(carla)
    for caso, parole in ((ospite, "e-mail confermata"), (con_account, "con account"), (anonima, "In forma anonima")):
        pagina = client.get(caso.url_scrivania()).content.decode()
        assert parole in pagina
        assert "ospite.segreto" not in pagina
        assert anna.email not in pagina
        assert "Bianchi" not in pagina


@pytest.mark.parametrize("chi", ["carla", "elena", "dario"])
@pytest.mark.parametrize(
    "stato", ["assegnata", "in_lavorazione", "programmata", "preavviso_rigetto", "contestata", "chiusa"]
)
def test_the_moves_are_those_of_the_table(
    request: Any, client: Client, buca: Segnalazione, carla: User, elena: User, dario: User, stato: str, chi: str
) -> None:
    caso = porta_a(buca, stato)
    ruolo = {"carla": RuoloCaso.URP, "elena": RuoloCaso.OPERATORE, "dario": RuoloCaso.RESPONSABILE}[chi]
    client.force_login(request.getfixturevalue(chi))
    assert mosse(client.get(caso.url_scrivania())) == [r.passo for r in PROCEDURA.possibili(stato, {ruolo})]


def test_every_step_of_the_offices_has_a_verb_and_words() -> None:
    """What the table lets an office do is never a card that leads nowhere."""
    degli_uffici = [riga.passo for riga in PROCEDURA.righe if riga.chi & {*RUOLI_UFFICIO, RuoloCaso.TITOLARE}]
    # At the counter a report is confirmed by filing it, never as a step on one that is there.
    assert set(degli_uffici) - {"conferma"} == set(actions.VERBI) == set(PAROLE)


@pytest.mark.parametrize("passo", [p for p in actions.VERBI if p not in ("intervieni", "declina")])  # test_intervento
def test_every_step_opens_a_form_made_from_its_line(
    client: Client, buca: Segnalazione, carla: User, elena: User, dario: User, passo: str
) -> None:
    """The fields that the line names, compulsory where it says so, and what stays inside in its own frame."""
    riga = next(r for r in PROCEDURA.righe if r.passo == passo and r.chi - {RuoloCaso.SEGNALANTE, RuoloCaso.SISTEMA})
    caso = porta_a(buca, sorted(riga.da)[0])
    client.force_login(carla if RuoloCaso.URP in riga.chi else dario)
    pagina = client.get(caso.url_scrivania(), {"passo": passo})
    campi = pagina.context["form"].fields
    assert set(campi) == {"versione", *riga.serve, *riga.puo}
    assert {nome for nome, campo in campi.items() if campo.required} == {"versione", *riga.serve}
    testo = pagina.content.decode()
    assert ('name="nota"' in testo) == ("Solo interno" in testo.split('id="storia"')[0])


def test_a_step_that_is_not_possible_opens_nothing(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    for passo in ("assegna", "riapri", "boh"):
        assert client.get(presa.url_scrivania(), {"passo": passo}).context["form"] is None


def test_a_form_says_how_many_people_it_tells(client: Client, presa: Segnalazione, elena: User, bruno: User) -> None:
    actions.segui(presa, firma=True, utente=bruno)
    actions.segui(presa, firma=True, sessione="c" * 64)  # a bare signature is told nothing
    client.force_login(elena)
    assert "Programma e avvisa 2 persone" in client.get(presa.url_scrivania(), {"passo": "programma"}).content.decode()


def test_asking_somebody_without_contacts_is_warned_of(client: Client, buche: Categoria, elena: User) -> None:
    anonima = porta_a(segnala(buche), "in_lavorazione")
    client.force_login(elena)
    assert "non ha lasciato recapiti" in client.get(anonima.url_scrivania(), {"passo": "chiedi"}).content.decode()
    con_recapito = client.get(anonima.url_scrivania(), {"passo": "programma"}).content.decode()
    assert "non ha lasciato recapiti" not in con_recapito


def test_the_bodies_of_the_category_are_suggested(client: Client, presa: Segnalazione, elena: User) -> None:
    presa.categoria.competenze = ["Gestore idrico (GEAL S.p.A.; possibile subentro GAIA S.p.A.)"]
    presa.categoria.save()
    client.force_login(elena)
    pagina = client.get(presa.url_scrivania(), {"passo": "inoltra"}).content.decode()
    assert '<datalist id="enti"><option value="GEAL S.p.A."></option>' in pagina
    assert 'list="enti"' in pagina


# --- what the citizen will read -----------------------------------------------------------------------------


def test_the_preview_is_the_page_as_the_step_would_leave_it(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    giorno = (oggi() + timedelta(days=3)).isoformat()
    dati = {"giorno": giorno, "testo": "Passiamo con il cestello."}
    anteprima = client.post(url_passo(presa, "programma", "anteprima"), dati).content.decode()
    caso = actions.programma(
        presa, operatore=elena, giorno=oggi() + timedelta(days=3), testo="Passiamo con il cestello."
    )
    client.logout()
    client.force_login(User.objects.get(first_name="Anna"))
    vera = client.get(caso.url()).content.decode()
    for parole in (
        "Programmata",
        "Passiamo con il cestello.",
        "Intervento programmato per",
        "Prossimo passo: l’intervento",
    ):
        assert parole in anteprima
        assert parole in vera


def test_the_preview_writes_nothing(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    for passo in ("programma", "risolvi", "unisci", "passa"):
        client.post(url_passo(presa, passo, "anteprima"), dati_di(presa, originale=segnala(presa.categoria).codice))
    dopo = Segnalazione.objects.get(pk=presa.pk)
    assert (dopo.stato, dopo.versione, dopo.prevista_il, dopo.originale, dopo.conclusa_il) == (
        "in_lavorazione", presa.versione, None, None, None,
    )  # fmt: skip


def test_the_page_beside_the_preview_stays_what_it_is(client: Client, buca: Segnalazione, elena: User) -> None:
    """The preview imagines the step on a copy: nothing else on the page has taken it."""
    caso = porta_a(buca, "assegnata")
    client.force_login(elena)
    pagina = client.get(caso.url_scrivania(), {"passo": "prendi_in_carico"})
    assert pagina.context["anteprima"].pillola.parola == "In lavorazione"
    assert pagina.context["caso"].stato == "assegnata"
    assert "comincia a lavorarci" in pagina.context["storia"].prossimo.che


def test_the_preview_says_what_is_missing_and_what_is_refused(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    niente = client.post(url_passo(presa, "programma", "anteprima"), {}).content.decode()
    assert "Manca ancora: il giorno e il testo." in niente
    assert "Intervento programmato" not in niente


def test_the_preview_of_a_step_that_is_not_possible_is_refused(
    client: Client, presa: Segnalazione, elena: User
) -> None:
    client.force_login(elena)
    assert client.post(url_passo(presa, "riapri", "anteprima"), {}).status_code == 409


# --- history ------------------------------------------------------------------------------------------------


def test_the_history_keeps_public_and_internal_apart(client: Client, presa: Segnalazione, elena: User) -> None:
    """The note is read at the desk only, in its own frame."""
    fai(presa, "chiedi", testo="Quanto è larga?", nota="Non fidarsi della foto.")
    client.force_login(elena)
    tutto = client.get(presa.url_scrivania())
    assert (tutto.context["storia"].tutto, tutto.context["storia"].pubblico, tutto.context["storia"].interno) == (
        5,
        4,
        1,
    )
    pubblico = client.get(presa.url_scrivania(), {"storia": "pubblico"}).content.decode()
    interno = client.get(presa.url_scrivania(), {"storia": "interno"}).content.decode()
    assert "Quanto è larga?" in pubblico
    assert "Non fidarsi" not in pubblico
    assert "Non fidarsi della foto." in interno
    assert "Quanto è larga?" not in interno
    client.logout()
    assert "Non fidarsi" not in client.get(presa.url()).content.decode()


def test_the_fragment_has_the_parts_that_change_and_is_told_apart_by_its_version(
    client: Client, presa: Segnalazione, elena: User
) -> None:
    client.force_login(elena)
    pagina = client.get(presa.url_scrivania(), {"passo": "programma", "elenco": "aperte"})
    risposta = client.get(pagina.context["frammento"])
    frammento = risposta.content.decode()
    assert f'data-lp-diretta-versione="{presa.versione}"' in frammento
    assert "<html" not in frammento
    for pezzo in ("testa", "lavoro", "storia"):
        assert f'id="{pezzo}"' in frammento
    assert 'data-lp-passo="' in frammento
    assert "elenco=aperte" in frammento
    segno = risposta["ETag"]
    assert client.get(pagina.context["frammento"], headers={"If-None-Match": segno}).status_code == 304
    fai(presa, "chiedi")
    assert client.get(pagina.context["frammento"], headers={"If-None-Match": segno}).status_code == 200


def test_a_form_that_came_back_with_its_words_is_not_replaced(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    rifiutata = client.post(url_passo(presa, "programma"), {"versione": presa.versione, "testo": "Da non perdere"})
    frammento = client.get(rifiutata.context["frammento"]).content.decode()
    assert 'id="storia"' in frammento
    assert 'id="lavoro"' not in frammento


# --- around the case ----------------------------------------------------------------------------------------


def test_similar_open_reports_close_by_are_offered_for_joining(
    client: Client, presa: Segnalazione, buche: Categoria, elena: User, carla: User, luce: Ufficio
) -> None:
    vicina = porta_a(segnala(buche, lat=43.8430, lon=10.5027), "in_lavorazione")
    porta_a(segnala(buche), "risolta")  # not open any more
    porta_a(segnala(buche, lat=43.90, lon=10.40), "in_lavorazione")  # far away
    altrui = actions.assegna(segnala(buche), operatore=carla, ufficio=luce)  # of another office
    client.force_login(elena)
    pagina = client.get(presa.url_scrivania())
    assert [v.codice for v in pagina.context["vicine"]] == [vicina.codice]
    assert altrui.codice not in pagina.content.decode()
    modulo = client.get(pagina.context["vicine"][0].unisci).context["form"]
    assert modulo["originale"].value() == vicina.codice


def test_a_joined_case_leads_to_the_one_it_was_joined_to(client: Client, presa: Segnalazione, elena: User) -> None:
    madre = porta_a(segnala(presa.categoria), "in_lavorazione")
    fai(presa, "unisci", originale=madre)
    client.force_login(elena)
    assert f'href="{madre.url_scrivania()}"' in client.get(presa.url_scrivania()).content.decode()


def test_photos_are_served_by_the_desks_own_door_and_kept_by_nobody(
    client: Client, buche: Categoria, carla: User
) -> None:
    buche.pubblica = False
    buche.save()
    caso = segnala(buche)
    (una,) = actions.aggiungi_foto([immagine()], segnalazione=caso)
    altra = actions.aggiungi_foto([immagine("peru")], segnalazione=segnala(buche))[0]
    client.force_login(carla)
    url = reverse("scrivania:foto", kwargs={"codice": caso.codice, "uid": una.uid})
    assert f"{url}?piccola=1" in client.get(caso.url_scrivania()).content.decode()
    risposta: Any = client.get(url)
    assert b"".join(risposta.streaming_content).startswith(b"\xff\xd8")
    assert risposta["Cache-Control"] == "private, no-store"
    assert client.get(reverse("scrivania:foto", kwargs={"codice": caso.codice, "uid": altra.uid})).status_code == 404


def test_a_private_case_has_no_way_to_a_public_page(client: Client, buche: Categoria, carla: User) -> None:
    pubblica = segnala(buche, canale=Canale.TELEFONO)
    buche.pubblica = False
    buche.save()
    privata = segnala(buche)
    client.force_login(carla)
    assert "Pagina pubblica" in client.get(pubblica.url_scrivania()).content.decode()
    assert "Pagina pubblica" not in client.get(privata.url_scrivania()).content.decode()


@pytest.mark.parametrize("giri", [1, 8])
def test_twenty_five_queries_however_long_the_history(
    client: Client, presa: Segnalazione, elena: User, giri: int, django_assert_max_num_queries: Any
) -> None:
    caso = fai(presa, "programma", nota="a")
    for volta in range(giri):
        caso = fai(caso, "riprogramma", giorno=oggi() + timedelta(days=volta + 2), nota="b")
        segnala(presa.categoria)
    actions.aggiungi_foto([immagine(), immagine()], segnalazione=caso)
    client.force_login(elena)
    with django_assert_max_num_queries(25):
        client.get(caso.url_scrivania(), {"passo": "riprogramma", "elenco": "aperte", "storia": "interno"})
