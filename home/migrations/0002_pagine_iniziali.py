"""The home page in place of Wagtail's welcome; what stands under it is laid by home.contenuti."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def _pagina(apps, modello, **campi):
    """A live page; historical models know nothing of trees, so its place is said by hand."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    tipo, _nuovo = ContentType.objects.get_or_create(app_label="home", model=modello.lower())
    ora = timezone.now()
    return apps.get_model("home", modello).objects.create(
        content_type=tipo,
        draft_title=campi["title"],
        live=True,
        first_published_at=ora,
        last_published_at=ora,
        locale=apps.get_model("wagtailcore", "Locale").objects.get(language_code="it"),
        **campi,
    )


def avanti(apps, schema_editor):
    BasePage = apps.get_model("cms", "BasePage")
    Site = apps.get_model("wagtailcore", "Site")
    radice = BasePage.objects.get(depth=1)
    Site.objects.filter(is_default_site=True).delete()
    BasePage.objects.filter(depth=2, slug="home").delete()
    casa = _pagina(
        apps, "HomePage", title="Partecipa Lucca", slug="home", path=f"{radice.path}0001", depth=2,
        numchild=0, url_path="/home/",
    )
    BasePage.objects.filter(pk=radice.pk).update(numchild=1)
    sito = urlsplit(settings.SITO_URL)
    Site.objects.create(
        hostname=sito.hostname or "localhost", port=sito.port or (443 if sito.scheme == "https" else 80),
        site_name="Partecipa Lucca", root_page_id=casa.pk, is_default_site=True,
    )


def indietro(apps, schema_editor):
    """Back to Wagtail's welcome."""
    BasePage = apps.get_model("cms", "BasePage")
    Site = apps.get_model("wagtailcore", "Site")
    ContentType = apps.get_model("contenttypes", "ContentType")
    radice = BasePage.objects.get(depth=1)
    Site.objects.filter(is_default_site=True).delete()
    for modello in ("PaginaSemplice", "HomePage"):
        apps.get_model("home", modello).objects.all().delete()
    BasePage.objects.filter(depth__gt=1).delete()
    benvenuto = BasePage.objects.create(
        title="Welcome to your new Wagtail site!", draft_title="Welcome to your new Wagtail site!", slug="home",
        content_type=ContentType.objects.get(app_label="cms", model="basepage"), path=f"{radice.path}0001", depth=2,
        numchild=0, url_path="/home/", live=True, locale=radice.locale,
    )
    Site.objects.create(hostname="localhost", port=80, root_page_id=benvenuto.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_iniziale"),
        ("cms", "0003_pagine_immagini_documenti"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(avanti, indietro)]
