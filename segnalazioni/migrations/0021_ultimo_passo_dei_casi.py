"""The name of the last step, for cases that were there before it was kept."""

from django.db import migrations
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


def scrivi(apps, schema_editor):
    Segnalazione = apps.get_model("segnalazioni", "Segnalazione")
    Passaggio = apps.get_model("segnalazioni", "Passaggio")
    ultimo = Passaggio.objects.filter(segnalazione=OuterRef("pk"), numero=OuterRef("versione")).values("passo")
    Segnalazione.objects.update(ultimo_passo=Coalesce(Subquery(ultimo), Value("")))


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0020_ultimo_passo")]

    operations = [migrations.RunPython(scrivi, migrations.RunPython.noop)]
