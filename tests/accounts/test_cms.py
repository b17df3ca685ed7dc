"""People in Wagtail's administration."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from notifiche.actions import Destinatario
from tests.aiuti import PASSWORD
from tests.factories.notifiche import avviso

PERSONE = "/cms/users/"
DATI = {"email": "Elena.Nuova@Example.org", "first_name": "Elena", "last_name": "Nuova", "is_staff": "on"}


@pytest.fixture(autouse=True)
def _amministra(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD, first_name="Rita"))


def test_the_list_names_people_by_their_address(client: Client, anna: User) -> None:
    pagina = client.get(PERSONE).content.decode()
    assert "anna@example.org" in pagina
    assert "gravatar" not in pagina
    assert "Anna Bianchi" in client.get(PERSONE, {"q": "bianchi"}).content.decode()


def test_a_colleague_is_added_without_a_user_name(client: Client) -> None:
    assert "Lavora per il Comune" in client.get(f"{PERSONE}new/").content.decode()
    risposta = client.post(f"{PERSONE}new/", {**DATI, "password1": PASSWORD, "password2": PASSWORD})
    assert risposta.status_code == 302, risposta.context["form"].errors
    elena = User.objects.get(email="elena.nuova@example.org")
    assert elena.di_servizio
    assert elena.check_password(PASSWORD)


def test_the_address_of_somebody_else_is_refused_with_a_sentence(client: Client, anna: User) -> None:
    dati = {**DATI, "email": "ANNA@example.org", "password1": PASSWORD, "password2": PASSWORD}
    risposta = client.post(f"{PERSONE}new/", dati)
    assert risposta.status_code == 200
    assert "C’è già una persona con questo indirizzo." in risposta.content.decode()


def test_a_person_is_changed_and_closed(client: Client, carla: User) -> None:
    indirizzo = f"{PERSONE}edit/{carla.pk}/"
    assert 'name="is_staff"' in client.get(indirizzo).content.decode()
    risposta = client.post(indirizzo, {"email": carla.email, "first_name": "Carla", "last_name": "Conti-Rossi"})
    assert risposta.status_code == 302, risposta.context["form"].errors
    carla.refresh_from_db()
    assert (carla.last_name, carla.is_staff, carla.is_active) == ("Conti-Rossi", False, False)


def test_who_left_no_trace_is_deleted(client: Client, anna: User) -> None:
    client.post(f"{PERSONE}delete/{anna.pk}/")
    assert not User.objects.filter(pk=anna.pk).exists()


def test_who_is_in_histories_is_never_deleted(client: Client, anna: User) -> None:
    avviso(Destinatario(utente=anna))
    risposta = client.post(f"{PERSONE}delete/{anna.pk}/", follow=True)
    assert "compare nelle storie del sito" in risposta.content.decode()
    assert User.objects.filter(pk=anna.pk).exists()


def test_addresses_and_passwords_change_in_the_area_personale_only(client: Client) -> None:
    pagina = client.get("/cms/account/").content.decode()
    assert "old_password" not in pagina
    assert 'name="name_email-email"' not in pagina
