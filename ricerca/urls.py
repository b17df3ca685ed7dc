"""Address of the search, under /cerca/."""

from __future__ import annotations

from django.urls import path

from ricerca.views import cerca

app_name = "ricerca"
urlpatterns = [path("", cerca, name="cerca")]
