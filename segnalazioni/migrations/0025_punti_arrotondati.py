"""Cases whose words retention took away before it also rounded their point (riservatezza.registro)."""

from django.db import migrations
from django.db.models.functions import Round


def arrotonda(apps, schema_editor):
    Segnalazione = apps.get_model("segnalazioni", "Segnalazione")
    svuotate = Segnalazione.objects.filter(svuotata_il__isnull=False, lat__isnull=False)
    svuotate.update(lat=Round("lat", 3), lon=Round("lon", 3))


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0024_elenchi_lunghi")]

    operations = [migrations.RunPython(arrotonda, migrations.RunPython.noop)]
