"""Where the clock starts, which days and how many: columns, still empty. 0028 guards the rows again."""

from django.db import migrations, models

from core.operations import TogliSoloAggiunta


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0025_punti_arrotondati")]

    operations = [
        TogliSoloAggiunta("segnalazioni_eventotermine"),
        migrations.AddField(
            model_name='eventotermine',
            name='tipo_termine',
            field=models.CharField(blank=True, choices=[('procedimento', 'Procedimento: giorni di calendario'), ('servizio', 'Servizio: giorni lavorativi')], default='', max_length=12, verbose_name='come si contano i giorni'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='eventotermine',
            name='giorni_termine',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='giorni per rispondere'),
        ),
    ]
