"""Elena proposes a piece of news, Carla sends it back with a comment, then approves it: it is out."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import GroupApprovalTask, Workflow

from home.models import NotiziaPage
from notifiche.models import CanaleAvviso, Notifica
from redazione.fondazione import fonda
from redazione.models import Redazione
from tests.redazione.modulo import modulo_notizia

pytestmark = pytest.mark.django_db
NUOVA = "/cms/pages/add/home/notiziapage/{}/"


def _avvisi(chi) -> list[str]:
    righe = Notifica.objects.filter(utente=chi, canale=CanaleAvviso.EMAIL).order_by("pk")
    return [riga.tipo for riga in righe]


def _azione(client: Client, pagina: NotiziaPage, quale: str, commento: str = "") -> None:
    stato = pagina.current_workflow_task_state
    indirizzo = f"/cms/pages/workflow/action/{pagina.pk}/{quale}/{stato.pk}/"
    risposta = client.post(indirizzo, {"comment": commento})
    assert risposta.status_code in (200, 302), risposta.content


def test_written_refused_with_a_comment_corrected_approved_and_out(
    entra, elena, carla, centrale, redazione_strade, notizie, mailoutbox
):
    sua, di_lei = entra(elena), entra(carla)
    risposta = sua.post(NUOVA.format(notizie.pk), {**modulo_notizia(), "action-submit": "1"})
    assert risposta.status_code == 302, risposta.context["form"].errors
    pagina = NotiziaPage.objects.get(slug="via-fillungo-chiusa")
    assert not pagina.live
    assert _avvisi(carla) == ["pagina_da_approvare"]
    assert Client().get(pagina.url).status_code == 404

    _azione(di_lei, pagina, "reject", "Manca il giorno della riapertura.")
    assert _avvisi(elena) == ["pagina_da_correggere"]
    assert "Manca il giorno della riapertura." in sua.get("/cms/").content.decode()
    correzione = {**modulo_notizia(sommario="Riapre martedì."), "action-submit": "1"}
    sua.post(f"/cms/pages/{pagina.pk}/edit/", correzione)

    pagina = NotiziaPage.objects.get(pk=pagina.pk)
    _azione(di_lei, pagina, "approve")
    pagina.refresh_from_db()
    assert pagina.live
    assert _avvisi(elena) == ["pagina_da_correggere", "pagina_approvata"]
    assert Notifica.objects.filter(tipo="pagina_approvata").first().percorso == pagina.url
    for dove in ("/", "/novita/", pagina.url):
        assert "Via Fillungo chiusa lunedì" in Client().get(dove).content.decode()
    assert "Riapre martedì." in Client().get(pagina.url).content.decode()
    assert {m.from_email for m in mailoutbox} <= {"Partecipa Lucca <partecipa@comune.example>"}


def test_who_proposes_cannot_publish_nor_approve(entra, elena, centrale, redazione_strade, notizie):
    sua = entra(elena)
    sua.post(NUOVA.format(notizie.pk), {**modulo_notizia(), "action-publish": "1"})
    pagina = NotiziaPage.objects.get(slug="via-fillungo-chiusa")
    assert not pagina.live
    sua.post(f"/cms/pages/{pagina.pk}/edit/", {**modulo_notizia(), "action-submit": "1"})
    stato = pagina.current_workflow_task_state
    risposta = sua.post(f"/cms/pages/workflow/action/{pagina.pk}/approve/{stato.pk}/", {"comment": ""})
    pagina.refresh_from_db()
    assert (risposta.status_code, risposta["Location"]) == (302, "/cms/")  # as Wagtail refuses
    assert not pagina.live


def test_transparency_is_approved_by_the_rpct(entra, paola, carla, centrale, trasparente):
    assert trasparente.get_workflow().name == "chi approva (Amministrazione Trasparente)"
    compito = GroupApprovalTask.objects.get(workflow_tasks__workflow=trasparente.get_workflow())
    assert list(compito.groups.all()) == [Redazione.objects.get(nome="Trasparenza (RPCT)").gruppo]
    assert trasparente.permissions_for_user(paola).can_publish()
    assert not trasparente.get_parent().permissions_for_user(paola).can_edit()


def test_who_is_told_can_come_in(entra, elena, carla, anna, centrale, redazione_strade, notizie):
    """Somebody ticked into the group by hand without working here gets no mail that leads to a closed door."""
    centrale.gruppo.permissions.clear()
    entra(elena).post(NUOVA.format(notizie.pk), {**modulo_notizia(), "action-submit": "1"})
    assert _avvisi(carla) == []


def test_it_is_laid_once_and_what_the_editors_change_stays(sito, centrale):
    assert Workflow.objects.filter(active=True).count() == 2
    Workflow.objects.filter(name="chi approva").update(name="Si legge in due")
    assert fonda() is False
    assert not Workflow.objects.filter(name="chi approva").exists()


def test_wagtails_own_group_goes_on_approving(sito):
    compito = GroupApprovalTask.objects.get(name="Redazione centrale")
    assert {g.name for g in compito.groups.all()} == {"Moderators", "Redazione: Redazione centrale"}


def test_the_button_says_whom_it_goes_to(entra, elena, redazione_strade, centrale, notizie):
    modulo = entra(elena).get(NUOVA.format(notizie.pk)).content.decode()
    assert "Invia a chi approva" in modulo
