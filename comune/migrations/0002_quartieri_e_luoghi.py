"""What is known without any file: the quartieri, and about a hundred names (comune.figure)."""

from django.db import migrations

from comune.actions import carica_figure
from comune.figure import FONTE, QUARTIERI


def carica(apps, schema_editor):
    carica_figure(apps)


def togli(apps, schema_editor):
    """Quartieri that something refers to stop it, as they should: the database refuses to lose them."""
    apps.get_model("comune", "Luogo").objects.filter(fonte=FONTE).delete()
    apps.get_model("comune", "Quartiere").objects.filter(slug__in=[riga[0] for riga in QUARTIERI]).delete()


class Migration(migrations.Migration):
    dependencies = [("comune", "0001_iniziale")]

    operations = [migrations.RunPython(carica, togli)]
