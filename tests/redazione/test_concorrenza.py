"""Two at once, on the real database: who approves, who proposes, what keeps a redazione in step."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Task

from home.models import NotiziaPage
from notifiche.models import CanaleAvviso, Notifica
from redazione.actions import allinea
from redazione.models import Redazione
from tests.redazione.conftest import notizia
from tests.segnalazioni.test_concorrenza import insieme

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def proposta(elena, redazione_strade, centrale, notizie) -> NotiziaPage:
    """Elena's, waiting for who approves."""
    pagina = notizia(elena, notizie, titolo="Via Fillungo chiusa lunedì")
    pagina.get_workflow().start(pagina, elena)
    trovata: NotiziaPage = NotiziaPage.objects.get(pk=pagina.pk)
    return trovata


def _azione(client, pagina: NotiziaPage, quale: str):
    stato = pagina.current_workflow_task_state
    indirizzo = f"/cms/pages/workflow/action/{pagina.pk}/{quale}/{stato.pk}/"
    return lambda: client.post(indirizzo, {"comment": "Bene così."}).status_code


def _arrivati(tipo: str) -> int:
    return Notifica.objects.filter(tipo=tipo, canale=CanaleAvviso.EMAIL).count()


def test_two_who_approve_at_once_publish_it_once_and_one_mail_says_so(entra, carla, proposta):
    esiti = insieme(*[_azione(entra(carla), proposta, "approve") for _ in range(2)])
    assert set(esiti) <= {200, 302}, esiti
    proposta.refresh_from_db()
    assert proposta.live
    assert _arrivati("pagina_approvata") == 1


def test_approved_and_refused_at_once_is_one_of_the_two(entra, carla, proposta):
    esiti = insieme(_azione(entra(carla), proposta, "approve"), _azione(entra(carla), proposta, "reject"))
    assert set(esiti) <= {200, 302}, esiti
    proposta.refresh_from_db()
    detti = (_arrivati("pagina_approvata"), _arrivati("pagina_da_correggere"))
    assert detti == ((1, 0) if proposta.live else (0, 1))


def test_a_redazione_brought_in_step_from_many_sides_has_one_group_and_no_permission_twice(redazione_strade):
    Redazione.objects.filter(pk=redazione_strade.pk).update(gruppo=None, raccolta=None)
    Group.objects.filter(name__startswith="Redazione: ").exclude(redazione__isnull=False).delete()
    insieme(*[lambda: allinea(Redazione.objects.get(pk=redazione_strade.pk)) for _ in range(4)])
    redazione_strade.refresh_from_db()
    assert Group.objects.filter(name=f"Redazione: {redazione_strade.nome}").count() == 1
    righe = GroupPagePermission.objects.filter(group=redazione_strade.gruppo).values_list("page_id", "permission_id")
    assert len(righe) == len(set(righe)) > 0
    assert Task.objects.exists()
