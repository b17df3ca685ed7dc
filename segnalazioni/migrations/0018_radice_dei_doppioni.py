"""The end of the chain of merges, for cases that were joined before it was kept."""

from django.db import migrations


def calcola(apps, schema_editor):
    Segnalazione = apps.get_model("segnalazioni", "Segnalazione")
    madri = dict(Segnalazione.objects.filter(originale__isnull=False).values_list("pk", "originale"))
    for caso in madri:
        radice, visti = caso, set()
        while radice in madri and radice not in visti:
            visti.add(radice)
            radice = madri[radice]
        Segnalazione.objects.filter(pk=caso).update(radice=radice)


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0017_radice")]

    operations = [migrations.RunPython(calcola, migrations.RunPython.noop)]
