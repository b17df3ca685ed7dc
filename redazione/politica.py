"""What an editor sees of the tree: Wagtail's policy, without what other offices are preparing."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.permission_policies.pages import PagePermissionPolicy


class PoliticaPagine(PagePermissionPolicy):
    """Where one may only add (news), Wagtail shows also the drafts of everybody who adds there: not to us."""

    def explorable_instances(self, user: Any) -> Any:
        """Pages that are out, and those that this person may change."""
        pagine = super().explorable_instances(user)
        if not user.is_active or user.is_superuser:
            return pagine
        sue = self.instances_user_has_any_permission_for(user, {"change", "publish"})
        return pagine.filter(Q(live=True) | Q(depth=1) | Q(pk__in=sue.order_by().values("pk")))
