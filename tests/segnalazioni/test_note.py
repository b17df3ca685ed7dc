"""Internal notes: colleagues tell one another, those called by name hear of it, nobody else reads a word."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Incarico, Ruolo, Ufficio
from core.errors import DomainError
from core.models import RigaImmutabile
from core.tempo import adesso, fermo_a, oggi
from notifiche.models import CanaleAvviso, Notifica
from segnalazioni import actions
from segnalazioni.actions import annota
from segnalazioni.models import Menzione, Nota, ParoleNota, Segnalazione, colleghi_di, nomi_dei_colleghi
from segnalazioni.racconto.note import con_i_nomi
from tests.aiuti import incarica, persona, porta_a

SEGRETO = "il ponticello è libero venerdì"


@pytest.fixture
def caso(buca: Segnalazione, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report, being worked on by the office of the roads."""
    return porta_a(buca, "in_lavorazione")


def scrivi(client: Client, caso: Segnalazione, testo: str, **altro: Any) -> Any:
    """The form of the desk, sent."""
    dati = {"annota-testo": testo, "annota-chiave": str(uuid.uuid4())}
    dati |= {f"annota-{nome}": valore for nome, valore in altro.items()}
    return client.post(reverse("scrivania:nota", kwargs={"codice": caso.codice}), dati)


def nota(caso: Segnalazione, chi: User, testo: str, **altro: Any) -> Nota:
    """A note, past the form."""
    return annota(caso, operatore=chi, testo=testo, chiave=altro.pop("chiave", uuid.uuid4()), **altro)


def test_carla_calls_elena_who_is_told_twice_and_reads_it_at_the_desk(
    client: Client, caso: Segnalazione, carla: User, elena: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(carla)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        risposta = scrivi(client, caso, f"@elena.esposito {SEGRETO}.")
    fatta = Nota.objects.get()
    assert risposta["Location"] == f"{caso.url_scrivania()}#nota-{fatta.uid}"
    assert [m.utente for m in fatta.menzioni.all()] == [elena]
    avvisi = Notifica.objects.filter(tipo="segnalazione_menzione")
    assert {(a.utente, a.canale) for a in avvisi} == {(elena, CanaleAvviso.SITO), (elena, CanaleAvviso.EMAIL)}
    assert [m.to for m in mail.outbox] == [[elena.email]]
    assert "Carla Conti ti ha scritto" in mail.outbox[0].subject
    assert SEGRETO not in str(mail.outbox[0].message())
    client.force_login(elena)
    pagina = client.get(caso.url_scrivania()).content.decode()
    assert f"<b>@elena.esposito</b> {SEGRETO}." in pagina
    assert f'id="nota-{fatta.uid}"' in pagina


def test_a_note_is_no_step(caso: Segnalazione, carla: User) -> None:
    passaggi = caso.passaggi.count()
    nota(caso, carla, SEGRETO)
    dopo = Segnalazione.objects.get(pk=caso.pk)
    assert (dopo.stato, dopo.versione, dopo.passaggi.count()) == (caso.stato, caso.versione, passaggi)


def test_the_list_calls_who_is_chosen_without_writing_an_at(
    client: Client, caso: Segnalazione, carla: User, elena: User
) -> None:
    client.force_login(carla)
    assert scrivi(client, caso, "Senti la ditta.", avvisa="elena.esposito").status_code == 302
    assert ParoleNota.objects.get().testo == "@elena.esposito Senti la ditta."
    assert Menzione.objects.get().utente == elena


@pytest.mark.parametrize(
    ("testo", "quanti"),
    [
        ("@Elena.Esposito e @elena.esposito, due volte", 1),
        ("@elena.esposito, @dario.dini.", 2),
        ("Scrivi a ditta@elena.esposito.example", 0),
        ("Costa 3 euro @ metro", 0),
    ],
)
def test_whom_the_words_call(caso: Segnalazione, carla: User, testo: str, quanti: int) -> None:
    assert nota(caso, carla, testo).menzioni.count() == quanti


def test_two_of_the_same_name_are_told_apart(caso: Segnalazione, elena: User, strade: Ufficio) -> None:
    altra = incarica(persona("Elèna", email="elena2@example.org", last_name="Esposito"), strade, Ruolo.OPERATORE)
    nomi = nomi_dei_colleghi(colleghi_di(caso))
    assert (nomi["elena.esposito"], nomi["elena.esposito.2"]) == (elena, altra)


def test_the_name_is_drawn_bold_and_the_rest_escaped() -> None:
    assert con_i_nomi("<i>@elena.esposito</i> & @x") == "&lt;i&gt;<b>@elena.esposito</b>&lt;/i&gt; &amp; <b>@x</b>"


# --- refusals -----------------------------------------------------------------------------------------------


def test_who_may_step_in_is_called_only_where_they_see_the_case(
    client: Client, caso: Segnalazione, strade: Ufficio, carla: User, anna: User
) -> None:
    marta = incarica(persona("Marta", last_name="Mei", is_staff=True), strade, Ruolo.TITOLARE)
    client.force_login(marta)
    assert client.get(caso.url_scrivania()).status_code == 404
    with pytest.raises(DomainError, match="non vede"):
        nota(caso, carla, f"@marta.mei {SEGRETO}")
    assert not Notifica.objects.filter(utente=marta).exists()
    with fermo_a(adesso() + timedelta(days=30)):
        assert client.get(caso.url_scrivania()).status_code == 200
        assert nota(caso, carla, f"@marta.mei {SEGRETO}").menzioni.get().utente == marta
        actions.sollecita(caso, autore=anna)
    chiesta = Segnalazione.objects.per_elenco().get(pk=caso.pk)
    assert nota(chiesta, marta, "Me ne occupo.").autore == marta, "who was asked may say so"


@pytest.mark.parametrize("giorni", [0, 30])
def test_who_may_be_called_is_who_sees_it_at_the_desk(
    caso: Segnalazione, strade: Ufficio, luce: Ufficio, fabio: User, giorni: int
) -> None:
    for nome, dove in (("Marta", strade), ("Nino", luce)):
        incarica(persona(nome, is_staff=True), dove, Ruolo.TITOLARE)
    with fermo_a(adesso() + timedelta(days=giorni)):
        vedono = [chi for chi in User.objects.all() if Segnalazione.objects.del_servizio(chi).filter(pk=caso.pk)]
        assert set(colleghi_di(caso)) == set(vedono)


@pytest.mark.parametrize("chi", ["fabio.ferri", "anna.bianchi", "nessuno"])
def test_who_may_not_see_the_case_is_not_called(
    client: Client, caso: Segnalazione, carla: User, fabio: User, chi: str
) -> None:
    """A colleague of another office, the citizen herself, a name that nobody has: the same sentence."""
    client.force_login(carla)
    risposta = scrivi(client, caso, f"Chiedi a @{chi} e a @elena.esposito")
    assert risposta.status_code == 409
    pagina = risposta.content.decode()
    assert f"@{chi} non vede questa segnalazione" in pagina
    assert f"Chiedi a @{chi}" in pagina  # the words come back
    assert (Nota.objects.count(), Notifica.objects.filter(tipo="segnalazione_menzione").count()) == (0, 0)


def test_who_has_left_the_office_is_not_called(caso: Segnalazione, carla: User, elena: User) -> None:
    Incarico.objects.filter(utente=elena).update(al=oggi().replace(year=oggi().year - 1))
    Incarico.objects.filter(utente=elena).update(dal=oggi().replace(year=oggi().year - 2))
    with pytest.raises(DomainError, match="non vede"):
        nota(caso, carla, "@elena.esposito ci sei?")


def test_the_list_offers_only_who_may_see_the_case(
    client: Client, caso: Segnalazione, carla: User, fabio: User
) -> None:
    client.force_login(carla)
    pagina = client.get(caso.url_scrivania())
    assert [v for v, _p in pagina.context["form_nota"].fields["avvisa"].choices] == ["", "dario.dini", "elena.esposito"]
    assert scrivi(client, caso, "ciao", avvisa="fabio.ferri").status_code == 422


def test_an_empty_note_is_none(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    risposta = scrivi(client, caso, "  \n ")
    assert risposta.status_code == 422
    assert "Errore:" in risposta.content.decode()
    with pytest.raises(DomainError, match="vuota"):
        nota(caso, elena, "\u200b")


def test_another_office_and_an_unknown_number_answer_alike(client: Client, caso: Segnalazione, fabio: User) -> None:
    client.force_login(fabio)
    assert scrivi(client, caso, SEGRETO).status_code == 404
    assert client.get(reverse("scrivania:nota", kwargs={"codice": "LU-0000-0000"})).status_code == 404
    with pytest.raises(DomainError, match="altro ufficio"):
        nota(caso, fabio, SEGRETO)


def test_a_case_that_has_left_while_writing_gives_the_words_back(
    client: Client, caso: Segnalazione, elena: User, luce: Ufficio
) -> None:
    actions.passa(caso, operatore=elena, ufficio=luce, nota="È un palo.")
    client.force_login(elena)
    risposta = scrivi(client, caso, SEGRETO)
    assert risposta.status_code == 409
    assert SEGRETO in risposta.content.decode()


def test_the_same_form_sent_twice_writes_one_note(caso: Segnalazione, carla: User, elena: User) -> None:
    chiave = uuid.uuid4()
    prima, seconda = (nota(caso, carla, "@elena.esposito eccola", chiave=chiave) for _volta in "12")
    assert prima == seconda
    assert Notifica.objects.filter(tipo="segnalazione_menzione", utente=elena).count() == 2


# --- corrections --------------------------------------------------------------------------------------------


def test_a_correction_is_another_row_and_the_first_words_stay(
    client: Client, caso: Segnalazione, carla: User, elena: User
) -> None:
    prima = nota(caso, carla, "Venerdì 27.")
    client.force_login(carla)
    pagina = client.get(caso.url_scrivania(), {"correggi": str(prima.uid)}).content.decode()
    assert "Venerdì 27.</textarea>" in pagina
    assert scrivi(client, caso, "Venerdì 28.", corregge=str(prima.uid)).status_code == 302
    client.force_login(elena)
    storia = client.get(caso.url_scrivania()).context["storia"]
    note = [p.annotata for p in storia.pezzi if p.annotata]
    assert [(n.testo, n.prima) for n in note] == [("Venerdì 28.", ("Venerdì 27.",))]
    assert storia.interno == 1


def test_only_its_author_corrects_a_note_and_only_the_last(
    client: Client, caso: Segnalazione, carla: User, elena: User
) -> None:
    prima = nota(caso, carla, "Venerdì 27.")
    with pytest.raises(DomainError, match="solo chi l’ha scritta"):
        nota(caso, elena, "Venerdì 28.", corregge=prima)
    client.force_login(elena)
    assert scrivi(client, caso, "Venerdì 28.", corregge=str(prima.uid)).status_code == 409
    nota(caso, carla, "Venerdì 28.", corregge=prima)
    with pytest.raises(DomainError, match="già corretto"):
        nota(caso, carla, "Venerdì 29.", corregge=prima)


def test_notes_are_never_edited(caso: Segnalazione, carla: User) -> None:
    fatta = nota(caso, carla, SEGRETO)
    with pytest.raises(RigaImmutabile):
        fatta.save()
    with pytest.raises(RigaImmutabile):
        Nota.objects.all().delete()


# --- nobody else reads them ---------------------------------------------------------------------------------


def test_no_public_place_shows_a_note(
    client: Client, caso: Segnalazione, carla: User, anna: User, django_capture_on_commit_callbacks: Any
) -> None:
    """Page, fragment, feed, table, list and search, and the mails of the steps that follow: not a word of it."""
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        nota(caso, carla, SEGRETO)
        actions.risolvi(caso, operatore=carla, testo="Fatto.")
    assert mail.outbox
    assert all(SEGRETO not in str(m.message()) for m in mail.outbox)
    luoghi = [caso.url(), caso.url("stato"), "/segnalazioni/", "/segnalazioni/feed/", "/segnalazioni/dati.csv", "/"]
    for utente in (None, anna):
        client.logout()
        if utente:
            client.force_login(utente)
        for luogo in [*luoghi, "/segnalazioni/?q=ponticello", "/notifiche/"]:
            risposta = client.get(luogo)
            testo = (risposta.getvalue() if risposta.streaming else risposta.content).decode()
            assert "ponticello è libero" not in testo, luogo


def test_open_pages_of_colleagues_look_again(client: Client, caso: Segnalazione, carla: User, elena: User) -> None:
    """The fragment is another one after a note, and costs a 304 until then."""
    client.force_login(elena)
    segno = client.get(caso.url_scrivania("storia"))["ETag"]
    assert client.get(caso.url_scrivania("storia"), headers={"If-None-Match": segno}).status_code == 304
    nota(caso, carla, SEGRETO)
    dopo = client.get(caso.url_scrivania("storia"), headers={"If-None-Match": segno})
    assert SEGRETO in dopo.content.decode()


@pytest.mark.parametrize("quante", [1, 12])
def test_the_case_at_the_desk_costs_the_same_with_many_notes(
    client: Client, caso: Segnalazione, carla: User, elena: User, quante: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(quante):
        nota(caso, carla, f"@elena.esposito nota {n}")
    client.force_login(elena)
    client.get(caso.url_scrivania())
    with django_assert_max_num_queries(25):
        client.get(caso.url_scrivania(), {"passo": "programma", "elenco": "aperte"})


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_write_one_note(caso: Segnalazione, carla: User, elena: User) -> None:
    assert connection.vendor == "postgresql"
    chiave = uuid.uuid4()

    def premi(_volta: int) -> Nota:
        try:
            return nota(caso, carla, "@elena.esposito eccola", chiave=chiave)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as insieme:
        fatte = set(insieme.map(premi, range(6)))
    assert (len(fatte), Nota.objects.count(), Menzione.objects.count()) == (1, 1, 1)
