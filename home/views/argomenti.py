"""Topics: all of them, and everything about one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.lingue import IN_ITALIANO
from cms.models import Argomento, BasePage
from core.public_cache import shared
from home.models.pagina import feed_di, sfogliate


@require_safe
def argomenti(request: HttpRequest) -> HttpResponse:
    """«Tutti gli argomenti»."""
    return shared(render(request, "home/argomenti.html", {"argomenti": Argomento.objects.all()}), "pagine")


@require_safe
def argomento(request: HttpRequest, slug: str) -> HttpResponse:
    """Its live and public pages, by name."""
    questo = get_object_or_404(Argomento, slug=slug)
    pagine = BasePage.objects.live().public().filter(IN_ITALIANO, argomenti=questo).order_by("title", "pk")
    briciole = [(_("Argomenti"), reverse("home:argomenti"))]
    feed = feed_di(argomento=slug)
    contesto = {"argomento": questo, "elenco": sfogliate(request, pagine), "briciole": briciole, "feed": feed}
    return shared(render(request, "home/argomento.html", contesto), "pagine")
