"""The structure of the Comune and its places. UfficioFactory builds its unità and settore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyAttributeSequence, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from comune.models import (
    Confine,
    Incarico,
    Luogo,
    Quartiere,
    Ruolo,
    Settore,
    TipoLuogo,
    Ufficio,
    UnitaOrganizzativa,
)
from core.tempo import adesso, oggi


class SettoreFactory(DjangoModelFactory[Settore]):
    """Settore Lavori pubblici 1, 2, 3…"""

    class Meta:
        model = Settore

    slug = Sequence(lambda n: f"settore-di-prova-{n}")
    nome = Sequence(lambda n: f"Settore Lavori pubblici {n}")


class UnitaFactory(DjangoModelFactory[UnitaOrganizzativa]):
    """With its settore."""

    class Meta:
        model = UnitaOrganizzativa

    settore = SubFactory(SettoreFactory)
    slug = Sequence(lambda n: f"unita-di-prova-{n}")
    nome = Sequence(lambda n: f"U.O. Manutenzioni {n}")


class UfficioFactory(DjangoModelFactory[Ufficio]):
    """With its unità and settore; open."""

    class Meta:
        model = Ufficio

    unita = SubFactory(UnitaFactory)
    slug = Sequence(lambda n: f"ufficio-di-prova-{n}")
    nome = Sequence(lambda n: f"Ufficio Strade {n}")


def _collega(_incarico: Any, numero: int) -> User:
    return User.objects.create_user(f"collega{numero}@example.org", first_name=f"Collega{numero}", is_staff=True)


class IncaricoFactory(DjangoModelFactory[Incarico]):
    """A colleague who has worked in an office for a year, and still does."""

    class Meta:
        model = Incarico

    utente = LazyAttributeSequence(_collega)
    ufficio = SubFactory(UfficioFactory)
    ruolo = Ruolo.OPERATORE
    dal = LazyFunction(lambda: oggi() - timedelta(days=365))


class QuartiereFactory(DjangoModelFactory[Quartiere]):
    """Centred on Piazza San Michele."""

    class Meta:
        model = Quartiere

    slug = Sequence(lambda n: f"quartiere-di-prova-{n}")
    nome = Sequence(lambda n: f"Quartiere {n}")
    lat = 43.8431
    lon = 10.5031


class LuogoFactory(DjangoModelFactory[Luogo]):
    """A place in Piazza San Michele."""

    class Meta:
        model = Luogo

    tipo = TipoLuogo.LUOGO
    nome: Any = Sequence(lambda n: f"Fontana {n}")
    lat = 43.8431
    lon = 10.5031
    fonte = "prova"
    fonte_id = Sequence(str)


class ViaFactory(LuogoFactory):
    """A street."""

    tipo = TipoLuogo.VIA
    nome = Sequence(lambda n: f"Via della Prova {n}")


class CivicoFactory(LuogoFactory):
    """A house number, with its street."""

    tipo = TipoLuogo.CIVICO
    via = SubFactory(ViaFactory)
    numero = Sequence(lambda n: str(n + 1))
    nome = LazyAttribute(lambda civico: f"{civico.via.nome} {civico.numero}")


class ConfineFactory(DjangoModelFactory[Confine]):
    """A square of some two kilometres around Piazza San Michele."""

    class Meta:
        model = Confine

    fonte = "prova"
    geometria = LazyFunction(
        lambda: {
            "type": "Polygon",
            "coordinates": [[[10.49, 43.833], [10.516, 43.833], [10.516, 43.853], [10.49, 43.853], [10.49, 43.833]]],
        }
    )
    created_at = LazyFunction(adesso)
