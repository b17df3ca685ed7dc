"""Wagtail's notices of approval, written to our outbox: Italian, one link, after commit, tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin import mail
from wagtail.admin.mail import Notifier
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.models import BasePage
from notifiche.actions import Destinatario, avvisa

if TYPE_CHECKING:
    from accounts.models import User

PAROLE_COMMENTO = 500  # characters of a comment that travel with the mail


class _NellaCassetta(Notifier):
    """Mixed before one of Wagtail's notifiers, which say to whom."""

    tipo = ""

    def get_template_set(self, instance: Any, **kwargs: Any) -> dict[str, str]:
        """Ours, by the kind of notice."""
        return {}

    def send_notifications(self, template_set: Any, context: dict[str, Any], recipients: Any, **kwargs: Any) -> bool:
        """Rows, for who can come in: a person without access would only be puzzled."""
        pagina = context.get("page")
        if pagina is None:
            return True
        chi: User | None = kwargs.get("user")
        dati = {
            "titolo": context["object"].draft_title,
            "chi": chi.nome if chi else "",
            "commento": str(context.get("comment") or "")[:PAROLE_COMMENTO],
        }
        dentro = [u for u in recipients if u.has_perm("wagtailadmin.access_admin")]
        avvisa(
            [Destinatario(utente=u) for u in dentro],
            self.tipo,
            evento=f"{self.tipo}:{context['quale']}",
            percorso=self.percorso(pagina),
            dati=dati,
        )
        return True

    def percorso(self, pagina: BasePage) -> str:
        """Where the one link leads: to the editor."""
        return f"/cms/pages/{pagina.pk}/edit/"

    def get_context(self, instance: Any, **kwargs: Any) -> dict[str, Any]:
        """With what happened, once: a step of approval that is begun again is another one."""
        stato = instance.current_task_state if isinstance(instance, WorkflowState) else instance
        context: dict[str, Any] = super().get_context(instance, **kwargs)
        return {**context, "quale": stato.pk if stato else f"workflow-{instance.pk}"}


class DaApprovare(_NellaCassetta, mail.GroupApprovalTaskStateSubmissionEmailNotifier):
    """To who approves."""

    tipo = "pagina_da_approvare"


class DaCorreggere(_NellaCassetta, mail.WorkflowStateRejectionEmailNotifier):
    """To who asked, with the comment."""

    tipo = "pagina_da_correggere"


class Approvata(_NellaCassetta, mail.WorkflowStateApprovalEmailNotifier):
    """To who asked."""

    tipo = "pagina_approvata"

    def percorso(self, pagina: BasePage) -> str:
        """To the page itself, once it is out: one that waits for its day is not."""
        adesso = BasePage.objects.get(pk=pagina.pk)
        parti = adesso.get_url_parts() if adesso.live else None
        return parti[2] if parti else super().percorso(pagina)


_da_approvare, _da_correggere, _approvata = DaApprovare(), DaCorreggere(), Approvata()


def ascolta() -> None:
    """Ours instead of Wagtail's. What it sends to administrators only (a workflow that begins) is not sent."""
    task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
    workflow_submitted.disconnect(sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification")
    workflow_rejected.disconnect(sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification")
    workflow_approved.disconnect(sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification")
    task_submitted.connect(_da_approvare, sender=TaskState, dispatch_uid="pagina_da_approvare")
    workflow_rejected.connect(_da_correggere, sender=WorkflowState, dispatch_uid="pagina_da_correggere")
    workflow_approved.connect(_approvata, sender=WorkflowState, dispatch_uid="pagina_approvata")
