"""One request to step in for each term, and one at a time to be decided."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0030_interventi_dei_casi")]

    operations = [
        migrations.AlterField(
            model_name="intervento", name="avvio", field=models.DateField(verbose_name="del termine cominciato il")
        ),
        migrations.AddConstraint(
            model_name="intervento",
            constraint=models.UniqueConstraint(fields=["segnalazione", "avvio"], name="intervento_uno_per_termine"),
        ),
        migrations.AddConstraint(
            model_name="intervento",
            constraint=models.UniqueConstraint(
                condition=Q(("esito", "")), fields=["segnalazione"], name="intervento_uno_da_decidere"
            ),
        ),
    ]
