"""A request to step in for each term that has run out; when who may step in was reminded; a report taken back."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

ESITI = ["disposto", "non_dovuto", "superato", "ritirato"]


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0028_termine_certo")]

    operations = [
        migrations.AlterField(
            model_name="intervento",
            name="segnalazione",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interventi", to="segnalazioni.segnalazione"
            ),
        ),
        migrations.AddField(
            model_name="intervento",
            name="avvio",
            field=models.DateField(null=True, verbose_name="del termine cominciato il"),
        ),
        migrations.AddField(
            model_name="intervento",
            name="ricordato_il",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ricordato il"),
        ),
        migrations.AlterField(
            model_name="intervento",
            name="esito",
            field=models.CharField(
                blank=True,
                choices=[
                    ("disposto", "Intervento disposto"),
                    ("non_dovuto", "Intervento non disposto"),
                    ("superato", "Superato dalla risposta dell’ufficio"),
                    ("ritirato", "Caduto: chi ha segnalato ha ritirato la segnalazione"),
                ],
                max_length=12,
                verbose_name="esito",
            ),
        ),
        migrations.RemoveConstraint(model_name="intervento", name="intervento_concluso_con_esito"),
        migrations.AddConstraint(
            model_name="intervento",
            constraint=models.CheckConstraint(
                condition=Q(("conclusione__isnull", True), ("esito", ""))
                | Q(("conclusione__isnull", False), ("esito__in", ESITI)),
                name="intervento_concluso_con_esito",
            ),
        ),
        migrations.AddField(
            model_name="segnalazione",
            name="intervento",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="segnalazioni.intervento",
            ),
        ),
    ]
