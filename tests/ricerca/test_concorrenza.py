"""Two editors publish one page at the same moment: what is found is what the later one published."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import close_old_connections, connection, connections, transaction

from home.models import HomePage, PaginaSemplice
from ricerca.actions import aggiorna, rifai
from ricerca.models import Occorrenza, Trovabile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


@pytest.fixture(autouse=True)
def _postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


@pytest.fixture
def ninfee(transactional_db: None) -> PaginaSemplice:
    pagina: PaginaSemplice = HomePage.italiana().add_child(instance=PaginaSemplice(title="Ninfee", slug="ninfee"))
    return pagina


def insieme(*atti: Callable[[], object]) -> list[BaseException]:
    """Runs them at once, each on its connection; what went wrong."""
    pronti, guai = threading.Barrier(len(atti)), []

    def corri(atto: Callable[[], object]) -> None:
        try:
            pronti.wait()
            atto()
        except BaseException as guaio:
            guai.append(guaio)
        finally:
            connections.close_all()

    fili = [threading.Thread(target=corri, args=[atto]) for atto in atti]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    close_old_connections()
    return guai


def pubblica(chiave: int, titolo: str) -> Callable[[], object]:
    def atto() -> None:
        with transaction.atomic():
            PaginaSemplice.objects.filter(pk=chiave).update(title=titolo)
            aggiorna("pagina", [chiave])

    return atto


def test_many_publish_one_page_and_the_index_says_what_the_page_says(ninfee: PaginaSemplice) -> None:
    titoli = ["Rose", "Tulipani", "Gelsomini", "Begonie", "Dalie", "Ortensie"]
    for _giro in range(4):
        assert insieme(*(pubblica(ninfee.pk, titolo) for titolo in titoli), rifai) == []
        ninfee.refresh_from_db()
        cosa = Trovabile.objects.get(chiave=f"pagina:{ninfee.pk}")
        assert cosa.titolo == ninfee.title
        forme = set(Occorrenza.objects.filter(trovabile=cosa).values_list("forma", flat=True))
        assert forme == {ninfee.title.lower()}


def test_a_page_deleted_while_the_index_is_made_anew_is_not_left_in_it(ninfee: PaginaSemplice) -> None:
    assert insieme(lambda: PaginaSemplice.objects.get(pk=ninfee.pk).delete(), rifai) == []
    assert not Trovabile.objects.filter(chiave=f"pagina:{ninfee.pk}").exists()
