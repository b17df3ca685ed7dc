"""What a new installation begins with: who approves everything, who approves Amministrazione Trasparente, and the two
steps of approval. Laid once: afterwards it belongs to the editors, in /cms/."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from cms.models import BasePage
from redazione.actions import allinea
from redazione.models import Parte, Redazione

CENTRALE = "Redazione centrale"
TRASPARENZA = "Trasparenza (RPCT)"
PERCORSO_TRASPARENZA = "amministrazione-trasparente/"
DI_WAGTAIL = "Moderators approval"  # what Wagtail's own migrations leave on the root


@transaction.atomic
def fonda() -> bool:
    """Lays them where nobody has yet; answers whether it did."""
    if Redazione.objects.filter(approva=True).exists():
        return False
    casa = BasePage.objects.get(depth=2, sites_rooted_here__is_default_site=True)
    centrale = _redazione(CENTRALE, casa)
    # The button says «Invia a …» and this name.
    _approvazione("chi approva", CENTRALE, centrale, BasePage.objects.get(depth=1))
    trasparenza = BasePage.objects.filter(url_path=f"{casa.url_path}{PERCORSO_TRASPARENZA}").first()
    if trasparenza is not None:
        rpct = _redazione(TRASPARENZA, trasparenza)
        _approvazione("chi approva (Amministrazione Trasparente)", TRASPARENZA, rpct, trasparenza)
    return True


def _redazione(nome: str, pagina: BasePage) -> Redazione:
    redazione: Redazione = Redazione.objects.create(nome=nome, approva=True)
    Parte.objects.create(redazione=redazione, pagina=pagina, sort_order=0)
    allinea(redazione)
    redazione.refresh_from_db()
    return redazione


def _approvazione(nome: str, passo: str, redazione: Redazione, pagina: BasePage) -> None:
    """One step, by this redazione, on this page and all under it. Wagtail's own is renamed, and who is in it stays."""
    riga = WorkflowPage.objects.filter(page=pagina).select_related("workflow").first()
    if riga is None:
        compito = GroupApprovalTask.objects.create(name=passo)
        percorso = Workflow.objects.create(name=nome)
        WorkflowTask.objects.create(workflow=percorso, task=compito, sort_order=0)
        WorkflowPage.objects.create(workflow=percorso, page=pagina)
        compito.groups.set([redazione.gruppo])
    elif riga.workflow.name == DI_WAGTAIL:
        Workflow.objects.filter(pk=riga.workflow.pk).update(name=nome)
        for compito in GroupApprovalTask.objects.filter(workflow_tasks__workflow=riga.workflow):
            GroupApprovalTask.objects.filter(pk=compito.pk).update(name=passo)
            compito.groups.add(redazione.gruppo)
