"""What editors see of the newsletter, in /cms/ under «Rapporti»: numbers, never addresses."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.models import Argomento
from notifiche.models import CanaleAvviso, Notifica, StatoAvviso
from notiziario.models import Abbonamento, ArgomentoSeguito, Cadenza, Numero, StatoAbbonamento

PER_PAGINA = 50


@require_safe
def rapporto(request: HttpRequest) -> HttpResponse:
    """How many follow what, and what was sent. Five queries."""
    numeri = Paginator(Numero.objects.select_related("notizia"), PER_PAGINA).get_page(request.GET.get("p"))
    partite = _partite([numero.evento for numero in numeri])
    contesto = {
        "titolo": _("Novità per e-mail"),
        "iscritti": _iscritti(),
        "argomenti": _argomenti(),
        "numeri": numeri,
        "righe": [(numero, partite.get(numero.evento, {})) for numero in numeri],
    }
    return render(request, "notiziario/rapporto.html", contesto)


def _iscritti() -> dict[str, int]:
    attivo = Q(stato=StatoAbbonamento.ATTIVO)
    conti = Abbonamento.objects.aggregate(
        tutti=Count("pk", filter=attivo),
        subito=Count("pk", filter=attivo & Q(cadenza=Cadenza.SUBITO)),
        settimana=Count("pk", filter=attivo & Q(cadenza=Cadenza.SETTIMANA)),
        in_attesa=Count("pk", filter=Q(stato=StatoAbbonamento.DA_CONFERMARE)),
    )
    return {**conti, "di_tutto": Abbonamento.objects.attivi().filter(seguiti__isnull=True).count()}


def _argomenti() -> list[tuple[str, int]]:
    seguiti = ArgomentoSeguito.objects.filter(abbonamento__stato=StatoAbbonamento.ATTIVO, argomento__isnull=False)
    quanti = dict(seguiti.values_list("argomento").annotate(n=Count("pk")).order_by())
    return [(nome, quanti.get(pk, 0)) for pk, nome in Argomento.objects.values_list("pk", "nome")]


def _partite(chiavi: list[str]) -> dict[str, dict[str, int]]:
    """Issue → mails that have left and given up, while their rows are kept (CONSERVA_NOTIFICHE_ANNI)."""
    righe = Notifica.objects.filter(evento__in=chiavi, canale=CanaleAvviso.EMAIL).values("evento").order_by()
    conti = righe.annotate(
        inviate=Count("pk", filter=Q(stato=StatoAvviso.INVIATA)),
        rinunciate=Count("pk", filter=Q(stato=StatoAvviso.RINUNCIATA)),
    )
    return {conto["evento"]: {"inviate": conto["inviate"], "rinunciate": conto["rinunciate"]} for conto in conti}


def indirizzi() -> list[URLPattern]:
    """Wagtail lets in only who may come to /cms/."""
    return [path("novita-per-email/", rapporto, name="notiziario_rapporto")]


def voce(**kwargs: Any) -> MenuItem:
    """The entry of the menu."""
    return MenuItem(_("Novità per e-mail"), reverse("notiziario_rapporto"), icon_name="mail", order=900)


hooks.register("register_admin_urls", indirizzi)
hooks.register("register_reports_menu_item", voce)
