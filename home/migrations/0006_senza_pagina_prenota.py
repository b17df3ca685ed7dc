"""/prenota/ books appointments now (sportelli): the page that said one could not goes."""

from django.db import migrations
from django.db.models import F


def avanti(apps, schema_editor):
    for pagina in apps.get_model("home", "PaginaSemplice").objects.filter(slug="prenota", depth=3):
        madre = apps.get_model("cms", "BasePage").objects.filter(path=pagina.path[:-4])
        pagina.delete()
        madre.update(numchild=F("numchild") - 1)


class Migration(migrations.Migration):
    dependencies = [("home", "0005_senza_pagina_assistenza")]

    # Backwards there is nothing to undo: the address stays that of booking as long as sportelli is installed.
    operations = [migrations.RunPython(avanti, migrations.RunPython.noop)]
