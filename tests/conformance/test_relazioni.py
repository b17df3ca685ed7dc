"""Relations between rows point the way imports do: downwards. A foreign key written as a string is no import."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Field, ForeignKey, Model

from tests.conformance.casa import APPS, levels

MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def test_every_app_of_ours_has_its_place() -> None:
    installed = {config.label for config in apps.get_app_configs() if config.name in APPS}
    assert installed <= levels().keys()
    assert len(MODELS) > 15


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_relations_point_downwards(model: type[Model]) -> None:
    height = levels()
    for field in model._meta.get_fields():
        if not isinstance(field, Field) or field.related_model is None or field.model is not model:
            continue
        related = field.related_model._meta.app_label
        if related not in APPS or related == model._meta.app_label or field.related_model is get_user_model():
            continue  # people are named by AUTH_USER_MODEL: Wagtail's own fields point at them too
        assert height[related] < height[model._meta.app_label], f"{field} points up or sideways, to {related}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_nobody_deletes_rows_of_another_app(model: type[Model]) -> None:
    """Across apps a row is protected or let go, never carried away with another."""
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey) or field.model is not model:
            continue
        if getattr(field.remote_field, "parent_link", False):  # the same thing in two tables
            continue
        related = field.related_model._meta.app_label
        if related in APPS and related != model._meta.app_label:
            assert field.remote_field.on_delete.__name__ in {"PROTECT", "SET_NULL", "RESTRICT"}, str(field)
