"""/assistenza/ is a form now: the page of text that stood there goes, where nobody has put pages under it."""

from django.db import migrations
from django.db.models import F


def avanti(apps, schema_editor):
    BasePage = apps.get_model("cms", "BasePage")
    PaginaSemplice = apps.get_model("home", "PaginaSemplice")
    for pagina in PaginaSemplice.objects.filter(slug="assistenza", depth=3, numchild=0):
        sopra = pagina.path[: -4]
        pagina.delete()
        BasePage.objects.filter(path=sopra).update(numchild=F("numchild") - 1)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_pagine_del_sito")]

    # Back: the page is not made again; its address is that of the form as long as the code is this.
    operations = [migrations.RunPython(avanti, migrations.RunPython.noop)]
