"""People: one per address, whatever the capitals; what they are called."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from core.tempo import adesso
from tests.aiuti import PASSWORD, persona


def test_an_address_belongs_to_one_person_whatever_its_capitals(anna: User) -> None:
    assert persona("Anna2", email="Anna.Due@Example.ORG").email == "anna.due@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ANNA@example.org")
    with pytest.raises(ValidationError, match="C’è già una persona con questo indirizzo"):
        User(email="Anna@Example.org").full_clean(exclude=["password"])


def test_log_in_looks_for_the_address_whatever_its_capitals(anna: User) -> None:
    assert User.objects.get_by_natural_key("ANNA@example.org") == anna


def test_a_person_needs_an_address(db: None) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_who_administers_may_everything(db: None) -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    assert root.is_superuser
    assert root.di_servizio


def test_people_are_called_by_name_and_without_one_by_what_stands_before_the_at(anna: User) -> None:
    assert (anna.nome, anna.sigla) == ("Anna Bianchi", "AB")
    anna.first_name = anna.last_name = ""
    assert (str(anna), anna.sigla) == ("anna", "A")


def test_who_is_erased_has_no_name(anna: User) -> None:
    anna.cancellato_il = adesso()
    assert anna.nome == "Persona cancellata"


def test_who_is_closed_works_for_nobody(carla: User) -> None:
    assert carla.di_servizio
    carla.is_active = False
    assert not carla.di_servizio
