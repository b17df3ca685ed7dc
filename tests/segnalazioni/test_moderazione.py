"""Anna's report names her neighbour: the URP covers the name, everywhere, with a reason; it can be undone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client
from django.urls import reverse

from ascolto.models import Visibilita
from core.errors import DomainError
from notifiche.models import Notifica
from segnalazioni import actions, models
from segnalazioni.accesso import Visitatore, cerca
from segnalazioni.actions import Perche
from segnalazioni.catena import guasti
from segnalazioni.models import Consultazione, Moderazione, ParteCoperta, Segnalazione
from segnalazioni.parti import SEGNO, copri, parti_di, trova_tratti, uniti
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, con_foto, pagina_di

NOME = "Mario Rossi"
TERZI = Perche("altri", "Il nome di un vicino non serve a riparare la buca.")


@pytest.fixture
def caso(buche, anna, carla, elena, dario):
    """In hand at Elena's office; the name stands in the title, the words, an answer, the place and a step."""
    buche.domande = [{"chiave": "chi", "testo": "Chi l’ha vista?", "tipo": "testo"}]
    buche.save()
    caso = segnala(
        buche,
        autore=anna,
        testo=f"Buca davanti a casa di {NOME}. L’ha fatta  mario   ROSSI con il furgone.",
        indirizzo=f"Via Fillungo 12, portone {NOME}",
        luogo_a_parole="Vicino al bar",
        risposte={"chi": f"{NOME} e sua moglie"},
    )
    con_foto(caso)[0]
    caso = porta_a(caso, "in_lavorazione")
    return fai(caso, "programma", testo=f"Passiamo da {NOME} martedì.", nota=f"{NOME} ha il telefono staccato")


def copri_il_nome(caso, carla):
    return actions.copri_parole(caso, operatore=carla, perche=TERZI, frasi=[NOME])


def di_nuovo(caso):
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


FUORI = {
    "pagina": lambda caso: caso.url(),
    "frammento": lambda caso: caso.url("stato"),
    "elenco": lambda caso: reverse("segnalazioni:elenco"),
    "feed": lambda caso: reverse("segnalazioni:feed"),
    "csv": lambda caso: reverse("segnalazioni:csv"),
    "vicine": lambda caso: reverse("segnalazioni:nuova_anche_a_me", kwargs={"codice": caso.codice}),
    "home": lambda caso: "/",
}


def leggi(risposta: Any) -> str:
    corpo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
    return str(corpo.decode())


@pytest.mark.parametrize("dove", FUORI)
def test_a_covered_name_is_read_nowhere_outside(caso, carla, dove):
    prima = leggi(Client().get(FUORI[dove](caso)))
    copri_il_nome(caso, carla)
    dopo = leggi(Client().get(FUORI[dove](caso)))
    assert not re.search(r"mario\s+rossi", dopo, re.I)
    if re.search(r"mario\s+rossi", prima, re.I):
        assert SEGNO in dopo
    if dove in ("pagina", "frammento"):
        assert dopo.count(SEGNO) >= 5, "title, words, answer, place, step"


def test_the_reporter_reads_what_everybody_reads_and_is_told_why(caso, carla, anna, client):
    copri_il_nome(caso, carla)
    client.force_login(anna)
    pagina = pagina_di(client.get(caso.url()))
    assert NOME not in pagina
    assert "Alcune parole o parti di foto sono coperte" in pagina
    avviso = Notifica.objects.get(tipo="segnalazione_moderata", canale="email")
    assert avviso.utente == anna
    assert avviso.dati["motivo"] == "dati personali di altre persone"
    assert avviso.dati["testo"] == TERZI.spiegazione
    assert NOME not in str(avviso.dati)


def test_the_mail_says_how_to_object(caso, carla, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        copri_il_nome(caso, carla)
    lettera = mail.outbox[-1]
    assert lettera.subject == f"{caso.codice}: alcune parole sono coperte"
    assert "entro 30 giorni" in lettera.body
    assert "decide una persona diversa" in lettera.body
    assert NOME not in lettera.body


def test_nobody_finds_it_by_searching_the_covered_name(caso, carla):
    elenco = reverse("segnalazioni:elenco")
    assert caso.codice in pagina_di(Client().get(elenco, {"q": "Mario Rossi"}))
    copri_il_nome(caso, carla)
    assert caso.codice not in pagina_di(Client().get(elenco, {"q": "Mario Rossi"}))


def test_mails_sent_afterwards_and_notices_on_the_site_are_covered_too(caso, carla, anna, client):
    assert any(NOME in n.dati["titolo"] for n in Notifica.objects.all())
    caso = copri_il_nome(caso, carla)
    fai(caso, "risolvi", testo="Fatto.")
    assert [n.pk for n in Notifica.objects.all() if re.search(r"mario\s+rossi", str(n.dati), re.I)] == []
    client.force_login(anna)
    assert NOME not in pagina_di(client.get(reverse("notifiche:elenco")))


def test_the_state_stays_the_story_holds_and_open_pages_learn_of_it(caso, carla):
    prima = di_nuovo(caso)
    dopo = copri_il_nome(caso, carla)
    assert (dopo.stato, dopo.versione) == (prima.stato, prima.versione)
    assert dopo.edizione == prima.edizione + 1
    assert dopo.contributo.visibilita == Visibilita.OSCURATA
    assert guasti(di_nuovo(dopo)) == []
    assert models.TestoPassaggio.objects.filter(nota__contains=NOME).exists(), "what stays inside is not covered"


def test_the_etag_of_an_open_page_changes(caso, carla):
    client = Client()
    segno = client.get(caso.url("stato"))["ETag"]
    copri_il_nome(caso, carla)
    risposta = client.get(caso.url("stato"), headers={"if-none-match": segno})
    assert risposta.status_code == 200
    assert SEGNO in pagina_di(risposta)


def test_covered_words_of_a_step_that_somebody_changes_are_noticed(caso, carla):
    copri_il_nome(caso, carla)
    models.TestoPassaggio.objects.filter(testo__contains=SEGNO).update(testo=f"Passiamo da {SEGNO} mercoledì.")
    assert [g.che for g in guasti(di_nuovo(caso))] == ["le parole coperte non sono quelle di prima"]
    ParteCoperta.objects.filter(chiave__startswith="passo:").delete()
    assert [g.che for g in guasti(di_nuovo(caso))] == ["le parole sono state cambiate"]


def test_it_is_undone_part_by_part_with_a_reason(caso, carla):
    prima = di_nuovo(caso)
    copri_il_nome(caso, carla)
    parti = list(ParteCoperta.objects.values_list("chiave", flat=True))
    assert set(parti) == {"titolo", "testo", "indirizzo", "risposta:chi", "passo:4:testo"}
    rivisto = Perche("rivisto", "È il nome di un negozio.")
    caso = actions.scopri_parole(caso, operatore=carla, perche=rivisto, parti=["indirizzo"])
    assert caso.indirizzo == prima.indirizzo
    assert caso.contributo.visibilita == Visibilita.OSCURATA
    caso = actions.scopri_parole(caso, operatore=carla, perche=rivisto, parti=parti)
    assert (caso.titolo, caso.testo, caso.risposte) == (prima.titolo, prima.testo, prima.risposte)
    assert caso.contributo.visibilita == Visibilita.PUBBLICA
    assert guasti(di_nuovo(caso)) == []
    assert list(Moderazione.objects.order_by("pk").values_list("atto", flat=True)) == [
        "copre_parole", "scopre_parole", "scopre_parole",
    ]  # fmt: skip


def test_covered_twice_is_covered_once_more_and_uncovered_as_it_was(caso, carla):
    prima = di_nuovo(caso).testo
    copri_il_nome(caso, carla)
    caso = actions.copri_parole(caso, operatore=carla, perche=TERZI, frasi=["furgone"])
    assert caso.testo.endswith(f"con il {SEGNO}.")
    caso = actions.scopri_parole(caso, operatore=carla, perche=TERZI, parti=["testo"])
    assert caso.testo == prima


def test_a_part_may_be_covered_from_end_to_end(caso, carla):
    caso = actions.copri_parole(caso, operatore=carla, perche=TERZI, intere=["testo"])
    assert caso.testo == SEGNO


@pytest.mark.parametrize(("chi", "codice"), [("elena", "non_puoi_moderare"), ("fabio", "non_puoi_moderare")])
def test_who_only_works_on_it_covers_nothing(request, caso, chi, codice):
    with pytest.raises(DomainError) as rifiuto:
        actions.copri_parole(caso, operatore=request.getfixturevalue(chi), perche=TERZI, frasi=[NOME])
    assert rifiuto.value.codice == codice


def test_the_head_of_the_office_covers_too(caso, dario):
    assert SEGNO in actions.copri_parole(caso, operatore=dario, perche=TERZI, frasi=[NOME]).titolo


@pytest.mark.parametrize("perche", [Perche(""), Perche("boh"), Perche("altro"), Perche("altro", "  ")])
def test_without_a_reason_nothing_is_covered(caso, carla, perche):
    with pytest.raises(DomainError, match="motivo"):
        actions.copri_parole(caso, operatore=carla, perche=perche, frasi=[NOME])
    assert di_nuovo(caso).revisione == 0


@pytest.mark.parametrize("frase", ["Luigi Verdi", "Ross", "io al b"])
def test_words_that_are_not_there_are_said_to_be_missing(caso, carla, frase):
    with pytest.raises(DomainError, match="non ci sono"):
        actions.copri_parole(caso, operatore=carla, perche=TERZI, frasi=[frase])


def test_what_is_covered_already_is_not_covered_again(caso, carla):
    copri_il_nome(caso, carla)
    with pytest.raises(DomainError, match="già coperte"):
        copri_il_nome(caso, carla)


# --- who may read it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibilita", ["privata", "rimossa", "pubblica"])
def test_visibility_changes_with_a_reason_and_the_work_goes_on(caso, carla, anna, visibilita):
    if visibilita == "pubblica":
        caso = actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita.PRIVATA)
    dopo = actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita(visibilita))
    assert dopo.contributo.visibilita == visibilita
    assert dopo.stato == caso.stato
    assert Client().get(caso.url()).status_code == (200 if visibilita == "pubblica" else 404)
    di_anna = Visitatore(anna, SessionStore())
    assert (cerca(caso.codice, di_anna) is None) == (visibilita == "rimossa")
    assert Notifica.objects.filter(tipo="segnalazione_moderata", dati__visibilita=visibilita, utente=anna).exists()
    fai(dopo, "risolvi")


def test_public_again_with_words_covered_is_partly_public(caso, carla):
    copri_il_nome(caso, carla)
    actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita.PRIVATA)
    caso = actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita.PUBBLICA)
    assert caso.contributo.visibilita == Visibilita.OSCURATA
    assert cerca(caso.codice, Visitatore(AnonymousUser(), SessionStore())) is not None


def test_the_same_again_is_refused(caso, carla):
    with pytest.raises(DomainError, match="già così"):
        actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita.PUBBLICA)


def test_who_wrote_what_was_removed_is_led_to_their_own_data(buche, carla, django_capture_on_commit_callbacks):
    caso = actions.email_dimostrata(segnala(buche, email=GIULIA), GIULIA)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=Visibilita.RIMOSSA)
    assert "/i-tuoi-dati/chiave/" in mail.outbox[-1].body


# --- at the desk -------------------------------------------------------------------------------------------


def test_carla_covers_a_name_from_the_page(client, caso, carla):
    client.force_login(carla)
    url = caso.url_scrivania("riservatezza")
    assert NOME in pagina_di(client.get(url))
    risposta = client.post(url, {"che": "copri", "frasi": f"{NOME}\n", "motivo": "altri", "spiegazione": ""})
    assert (risposta.status_code, risposta["Location"]) == (302, url)
    pagina = pagina_di(client.get(url))
    assert NOME not in pagina.replace("Mario Rossi ha il telefono", "")
    assert "Parole coperte" in pagina
    assert SEGNO in di_nuovo(caso).titolo


@pytest.mark.parametrize("volte", [1, 4])
def test_the_page_costs_the_same_however_much_was_done(client, caso, carla, volte, django_assert_max_num_queries):
    copri_il_nome(caso, carla)
    for n in range(volte):
        con_foto(caso)
        visibilita = (Visibilita.PRIVATA, Visibilita.RIMOSSA)[n % 2]
        actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=visibilita)
    client.force_login(carla)
    with django_assert_max_num_queries(18):
        client.get(caso.url_scrivania("riservatezza"))


def test_the_form_comes_back_with_what_was_typed(client, caso, carla):
    client.force_login(carla)
    url = caso.url_scrivania("riservatezza")
    risposta = client.post(url, {"che": "copri", "frasi": "Luigi Verdi", "motivo": ""})
    assert risposta.status_code == 422
    assert "Luigi Verdi" in pagina_di(risposta)
    risposta = client.post(url, {"che": "copri", "frasi": "Luigi Verdi", "motivo": "altri"})
    assert risposta.status_code == 409
    assert "Queste parole non ci sono" in pagina_di(risposta)
    assert client.post(url, {"che": "boh"}).status_code == 302


def test_the_covered_words_are_shown_for_a_reason_and_the_look_is_written_down(client, caso, carla):
    copri_il_nome(caso, carla)
    client.force_login(carla)
    url = caso.url_scrivania("parole")
    assert client.get(url).status_code == 302
    assert client.post(url, {"motivo": ""}).status_code == 422
    assert not Consultazione.objects.exists()
    risposta = client.post(url, {"motivo": "decisione"})
    assert NOME in pagina_di(risposta)
    assert risposta["Cache-Control"] == "private, no-store"
    vista = Consultazione.objects.get()
    assert (vista.autore, vista.cosa, vista.motivo, vista.ruolo) == (carla, "parole", "decisione", "urp")


def test_the_page_of_the_case_at_the_desk_shows_what_everybody_reads(client, caso, carla, elena):
    copri_il_nome(caso, carla)
    client.force_login(elena)
    pagina = pagina_di(client.get(caso.url_scrivania())).replace(f"{NOME} ha il telefono staccato", "")
    assert NOME not in pagina


@pytest.mark.parametrize(
    ("chi", "attesi"),
    [("carla", 200), ("dario", 200), ("elena", 403), ("fabio", 404), ("anna", 403), ("bruno", 403), (None, 302)],
)
@pytest.mark.parametrize("porta", ["riservatezza", "foto_copri"])
def test_the_doors_open_to_whom_they_should(request, client, caso, porta, chi, attesi):
    if chi:
        client.force_login(request.getfixturevalue(chi))
    kwargs = {"codice": caso.codice} | ({"uid": caso.foto.get().uid} if porta == "foto_copri" else {})
    assert client.get(reverse(f"scrivania:{porta}", kwargs=kwargs)).status_code == attesi


# --- stretches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("testo", "frasi", "atteso"),
    [
        ("Rossi e Rossini", ["rossi"], f"{SEGNO} e Rossini"),
        ("chiama 347 1234567!", ["347 1234567"], f"chiama {SEGNO}!"),
        ("a.b@c.it, a.b@c.it", ["a.b@c.it"], f"{SEGNO}, {SEGNO}"),
        ("Anna Maria Bianchi", ["Anna Maria", "Maria Bianchi"], SEGNO),
        ("niente", ["", "   "], "niente"),
        ("(Rossi)", ["(Rossi)"], SEGNO),
    ],
)
def test_phrases_are_found_as_people_mean_them(testo, frasi, atteso):
    assert copri(testo, trova_tratti(testo, frasi)) == atteso


def test_stretches_that_touch_are_one():
    assert uniti([(4, 6), (0, 2), (2, 4), (9, 10)]) == [[0, 6], [9, 10]]


def test_every_public_word_of_the_page_is_a_part(caso, client):
    """What the page shows of what people wrote can be covered: a new place without a part would show up here."""
    for parte in parti_di(caso):
        actions_testo = parte.testo
        parte.scrivi(SEGNO)
        assert actions_testo
    pagina = pagina_di(Client().get(caso.url()))
    assert NOME not in pagina
    assert "Vicino al bar" not in pagina
