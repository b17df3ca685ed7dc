"""Contacts are covered; who needs them says why, and it stays written: for the reporter and for the head of the URP."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from comune.models import Ruolo
from core.errors import DomainError
from core.tempo import adesso
from riservatezza.actions import conserva
from segnalazioni import actions
from segnalazioni.models import Consultazione, CosaVista
from tests.aiuti import incarica, persona, porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, pagina_di


@pytest.fixture
def caso(buche, carla, elena, dario):
    """Giulia's report, with her e-mail, in hand at Elena's office."""
    return porta_a(actions.email_dimostrata(segnala(buche, email=GIULIA), GIULIA), "in_lavorazione")


@pytest.fixture
def bianca(ufficio_urp):
    """Heads the URP."""
    return incarica(persona("Bianca", is_staff=True), ufficio_urp, Ruolo.RESPONSABILE)


@pytest.mark.parametrize(("chi", "ruolo"), [("carla", "urp"), ("elena", "operatore"), ("dario", "responsabile")])
def test_who_needs_the_contacts_sees_them_and_it_is_written_down(request, client, caso, chi, ruolo):
    chi = request.getfixturevalue(chi)
    client.force_login(chi)
    assert GIULIA not in pagina_di(client.get(caso.url_scrivania()))
    risposta = client.post(caso.url_scrivania("recapiti"), {"motivo": "contatto"})
    assert risposta.status_code == 200
    assert GIULIA in pagina_di(risposta)
    assert risposta["Cache-Control"] == "private, no-store"
    vista = Consultazione.objects.get()
    assert (vista.autore, vista.cosa, vista.motivo, vista.ruolo, vista.segnalazione) == (
        chi, "recapiti", "contatto", ruolo, caso,
    )  # fmt: skip
    dopo = pagina_di(client.get(caso.url_scrivania()))
    assert GIULIA not in dopo
    assert "L’ultima volta li ha visti" in dopo


def test_each_look_is_a_row(client, caso, elena):
    client.force_login(elena)
    for _volta in range(3):
        client.post(caso.url_scrivania("recapiti"), {"motivo": "contatto"})
    assert Consultazione.objects.count() == 3


@pytest.mark.parametrize("motivo", ["", "curiosita", "contatto'--"])
def test_without_a_reason_nothing_is_shown(client, caso, elena, motivo):
    client.force_login(elena)
    risposta = client.post(caso.url_scrivania("recapiti"), {"motivo": motivo})
    assert risposta.status_code == 422
    assert GIULIA not in pagina_di(risposta)
    assert not Consultazione.objects.exists()


def test_looking_is_not_opening_an_address(client, caso, elena):
    client.force_login(elena)
    risposta = client.get(caso.url_scrivania("recapiti"))
    assert risposta.status_code == 302
    assert not Consultazione.objects.exists()


@pytest.mark.parametrize(("chi", "atteso"), [("fabio", 404), ("anna", 403), ("bruno", 403), (None, 302)])
def test_nobody_else_sees_them(request, client, caso, chi, atteso):
    if chi:
        client.force_login(request.getfixturevalue(chi))
    risposta = client.post(caso.url_scrivania("recapiti"), {"motivo": "contatto"})
    assert risposta.status_code == atteso
    assert not Consultazione.objects.exists()


def test_a_case_that_left_the_office_a_moment_ago_is_not_looked_at(caso, elena, luce, fabio):
    from tests.aiuti import fai

    fai(caso, "passa", ufficio=luce)
    with pytest.raises(DomainError, match="un altro ufficio"):
        actions.consulta(caso, operatore=elena, cosa=CosaVista.RECAPITI, motivo="contatto")


def test_an_account_shows_name_and_address(client, buca, carla, anna):
    client.force_login(carla)
    pagina = pagina_di(client.post(buca.url_scrivania("recapiti"), {"motivo": "lavoro"}))
    assert "Anna Bianchi" in pagina
    assert anna.email in pagina


def test_the_head_of_the_urp_reads_who_looked(client, caso, elena, bianca, django_assert_max_num_queries):
    for _volta in range(30):
        actions.consulta(caso, operatore=elena, cosa=CosaVista.RECAPITI, motivo="contatto")
    client.force_login(bianca)
    with django_assert_max_num_queries(10):
        pagina = pagina_di(client.get(reverse("scrivania:consultazioni")))
    assert pagina.count(caso.codice) >= 30
    assert elena.nome in pagina
    assert GIULIA not in pagina
    altra = client.get(reverse("scrivania:consultazioni"), {"caso": "LU-0000-0000"})
    assert caso.codice not in pagina_di(altra)


def test_the_way_to_it_is_shown_to_them_alone(client, caso, carla, bianca, dario):
    for chi, si_vede in ((carla, False), (dario, False)):
        client.force_login(chi)
        assert ("consultazioni" in pagina_di(client.get(caso.url_scrivania("riservatezza")))) == si_vede
    incarica(carla, bianca.incarichi.get().ufficio, Ruolo.RESPONSABILE)
    client.force_login(carla)
    assert "consultazioni" in pagina_di(client.get(caso.url_scrivania("riservatezza")))


@pytest.mark.parametrize("chi", ["carla", "elena", "dario", "anna"])
def test_nobody_else_reads_the_register_of_looks(request, client, chi, caso):
    client.force_login(request.getfixturevalue(chi))
    assert client.get(reverse("scrivania:consultazioni")).status_code == 403


def _scrivi(caso, elena, anni):
    return Consultazione.objects.create(
        segnalazione=caso, autore=elena, ruolo="operatore", cosa="recapiti", motivo="lavoro",
        created_at=adesso().replace(year=adesso().year - anni),
    )  # fmt: skip


def test_a_look_is_not_taken_back_not_even_by_sql(caso, elena):
    vista = _scrivi(caso, elena, 0)
    for sql in ("UPDATE segnalazioni_consultazione SET motivo = 'autorita'", "DELETE FROM segnalazioni_consultazione"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Consultazione.objects.get().pk == vista.pk


def test_retention_lets_old_looks_go_and_only_those(caso, elena):
    vecchia, nuova = _scrivi(caso, elena, 6), _scrivi(caso, elena, 4)
    assert conserva()["segnalazioni.Consultazione: *"] == 1
    assert [c.pk for c in Consultazione.objects.all()] == [nuova.pk] != [vecchia.pk]
