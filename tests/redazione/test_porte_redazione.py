"""Nobody of an office touches, by any door of /cms/, what is not their office's: the doors are found, not listed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile

from cms.models import Documento, Immagine
from tests.immagini import foto
from tests.redazione.conftest import notizia
from tests.redazione.porte import aperta, fotografia, indirizzo, porte

pytestmark = pytest.mark.django_db

DI_PAGINA = {"page_id", "page_to_move_id", "parent_page_id", "destination_id", "revision_id"}
# They open to who may be at /cms/ at all and show no more than titles; their forms are refused (below).
SI_LEGGE = {
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
}
# What is out may be walked through, whosever it is; what is a draft is not opened by its number.
DI_TUTTI = {"wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_choose_page_child"}
POST: tuple[dict[str, str], ...] = (
    {"action-publish": "1", "title": "Presa", "slug": "presa", "comment": "", "next": "/cms/"},
    {"new_title": "Copia", "new_slug": "copia", "new_parent_page": "1", "restriction_type": "login", "locked": "on"},
)


@pytest.fixture
def valori(redazione_strade, redazione_luce, centrale, pagina_luce, pagina_strade, fabio, notizie):
    """Names that addresses take → what is Fabio's."""
    sua = notizia(fabio, notizie, titolo="Lampade nuove")
    sua.get_workflow().start(sua, fabio)
    raccolta = redazione_luce.raccolta
    immagine = Immagine(title="Lampada", description="Una lampada", collection=raccolta)
    immagine.file.save("lampada.jpg", ContentFile(foto()), save=True)
    documento = Documento(title="Piano", collection=raccolta)
    documento.file.save("piano.pdf", ContentFile(b"%PDF-1.4"), save=True)
    stato = sua.current_workflow_state
    comuni = {
        "destination_id": pagina_strade.pk,
        "revision_id": sua.latest_revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": stato.current_task_state.pk,
        "workflow_state_id": stato.pk,
        "task_id": stato.current_task_state.task.pk,
        "image_id": immagine.pk,
        "document_id": documento.pk,
        "app_label": "cms",
        "model_name": "basepage",
        "content_type_app_name": "home",
        "content_type_model_name": "notiziapage",
    }
    azioni = [{"action_name": azione} for azione in ("approve", "reject", "publish", "unpublish", "delete", "copy")]
    return [
        {**comuni, **azione, **dict.fromkeys(("page_id", "page_to_move_id", "parent_page_id", "pk"), pagina.pk)}
        for pagina in (pagina_luce, sua)
        for azione in azioni
    ]


def _indirizzi(valori: list[dict[str, Any]]) -> dict[str, str]:
    """Every address of a page that is Fabio's → the name of its door."""
    trovate = [p for p in porte() if DI_PAGINA & set(p.prende) or p.nome == "ho_verificato" or ":pages:" in p.nome]
    assert len(trovate) > 35
    return {indirizzo(porta, quali): porta.nome for porta in trovate for quali in valori}


def test_no_door_of_a_page_of_another_office_opens(entra, elena, valori, notizie, pagina_luce):
    sua = entra(elena)
    luce_che_si_legge = f"/{pagina_luce.pk}/"
    aperte = {
        (n, s)
        for url, n in _indirizzi(valori).items()
        if n not in SI_LEGGE and not (n in DI_TUTTI and luce_che_si_legge in url) and (s := aperta(sua, url))
    }
    assert aperte == {("wagtailadmin_api:pages:listing", 200)}  # which lists what she may see
    lista = sua.get("/cms/api/main/pages/", {"child_of": notizie.pk}).json()["items"]
    assert [voce["title"] for voce in lista] == []


def test_no_report_names_a_draft_of_another_office(entra, elena, carla, valori, pagina_luce):
    pagina_luce.title = "Gara che nessuno sa"
    pagina_luce.save_revision()
    rapporti = [porta for porta in porte() if porta.nome.startswith("wagtailadmin_reports:") and not porta.prende]
    assert len(rapporti) > 5
    for porta in rapporti:
        testo = entra(elena).get(indirizzo(porta, {}), follow=True).content.decode()
        assert "Lampade nuove" not in testo, porta
        assert "Gara che nessuno sa" not in testo, porta
    assert "Gara che nessuno sa" in entra(carla).get("/cms/reports/page-types-usage/").content.decode()
    assert "page-types-usage" not in entra(elena).get("/cms/").content.decode()


def test_no_form_of_a_page_of_another_office_is_taken(entra, elena, valori):
    sua, prima = entra(elena), fotografia()
    for url in _indirizzi(valori):
        for dati in POST:
            sua.post(url, dati)
    assert fotografia() == prima


def test_the_same_doors_open_to_who_approves(entra, carla, valori):
    """What refuses Elena is not a broken address."""
    aperte = {nome for url, nome in _indirizzi(valori[:1]).items() if aperta(entra(carla), url)}
    assert {"wagtailadmin_pages:edit", "wagtailadmin_pages:history", "wagtailadmin_pages:copy"} <= aperte
