"""In the editors' site the office says who answers for a category, and within how many days."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Ufficio
from segnalazioni.actions import importa_categorie
from segnalazioni.actions.categorie import VoceCategoria
from segnalazioni.models import Categoria
from tests.aiuti import persona

pytestmark = pytest.mark.django_db
CAMPI = ("nome", "giorni", "tipo_termine", "urgente", "attiva", "pubblica", "anonima", "luogo_obbligatorio")


def indirizzo(azione: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_segnalazioni_categoria:{azione}", args=args)


def modulo(categoria: Categoria, **altro: object) -> dict[str, object]:
    """What the form of this category sends, with something changed."""
    ora = {campo: getattr(categoria, campo) for campo in (*CAMPI, "foto_consigliata")} | {
        "ufficio": categoria.ufficio_id
    }
    return {campo: valore for campo, valore in (ora | altro).items() if valore not in (None, False)}


@pytest.fixture
def gilda(db: None, client: Client) -> User:
    gilda = persona("Gilda", is_staff=True, is_superuser=True)
    client.force_login(gilda)
    return gilda


def test_what_is_chosen_here_survives_the_next_update(
    client: Client, gilda: User, buche: Categoria, luce: Ufficio
) -> None:
    pagina = client.get(indirizzo("edit", buche.pk)).content.decode()
    assert "quelle in corso tengono il termine" in pagina
    risposta = client.post(indirizzo("edit", buche.pk), modulo(buche, giorni=12, ufficio=luce.pk))
    assert risposta.status_code == 302, risposta.content.decode()
    buche.refresh_from_db()
    assert (buche.giorni, buche.ufficio, buche.scelte_qui) == (12, luce, ["giorni", "ufficio"])
    assert buche.madre is not None
    voci = [VoceCategoria(buche.madre.codice, buche.madre.nome)]
    voci.append(VoceCategoria(buche.codice, "Buca, con un altro nome", madre=buche.madre.codice, giorni=99))
    importa_categorie(voci)
    buche.refresh_from_db()
    assert (buche.nome, buche.giorni, buche.ufficio) == ("Buca, con un altro nome", 12, luce)


def test_none_is_added_or_deleted_by_hand(client: Client, gilda: User, buche: Categoria) -> None:
    assert client.get(indirizzo("add")).status_code != 200
    assert client.post(indirizzo("delete", buche.pk)).status_code != 200
    molti = reverse("wagtail_bulk_action", args=["segnalazioni", "categoria", "delete"])
    client.post(f"{molti}?id={buche.pk}")
    assert Categoria.objects.filter(pk=buche.pk).exists()


def test_the_list_shows_categories_with_office_and_term(
    client: Client, gilda: User, buche: Categoria, strade: Ufficio
) -> None:
    pagina = client.get(indirizzo("list")).content.decode()
    assert buche.nome in pagina
    assert strade.nome in pagina
    assert buche.termine_in_parole() in pagina


def test_who_has_no_permission_does_not_get_in(client: Client, buche: Categoria, carla: User) -> None:
    client.force_login(carla)
    assert client.get(indirizzo("edit", buche.pk)).status_code in (302, 403)
