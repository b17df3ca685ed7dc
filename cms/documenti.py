"""Which files of the editors everybody may have: those that a public page uses.

A file is kept as soon as somebody chooses it, long before who approves has read the page it is for. Wagtail keeps
which page uses what (ReferenceIndex): of live pages, by what stands on them and not in their drafts.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.models import BasePage, Documento


def pubblici() -> QuerySet[ReferenceIndex, Any]:
    """Primary keys of the documents that a live page, which everybody may read, uses."""
    usi = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Documento),
        base_content_type=ContentType.objects.get_for_model(BasePage),
    ).annotate(
        pagina=Cast("object_id", BigIntegerField()),
        documento=Cast("to_object_id", BigIntegerField()),
    )
    di_tutti: QuerySet[ReferenceIndex, Any] = usi.filter(pagina__in=BasePage.objects.live().public().values("pk"))
    return di_tutti.values_list("documento", flat=True)


def si_legge(documento: Documento, chi: Any) -> bool:
    """May this person have it: everybody what is public, editors also what they may put on a page."""
    if pubblici().filter(to_object_id=str(documento.pk)).exists():
        return True
    politica = policy_registry.get_by_type(Documento)
    return bool(politica.user_has_any_permission_for_instance(chi, ["change", "choose"], documento))
