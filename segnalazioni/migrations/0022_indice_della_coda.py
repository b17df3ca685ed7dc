"""All that the lists of the desk ask of an open case, in one index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0021_ultimo_passo_dei_casi")]

    operations = [
        migrations.AddIndex(
            model_name='segnalazione',
            index=models.Index(condition=models.Q(('stato__in', ['assegnata', 'attesa_cittadino', 'attesa_terzi', 'contestata', 'in_lavorazione', 'preavviso_rigetto', 'programmata', 'ricevuta'])), fields=['stato', 'scadenza', 'id'], include=('ufficio', 'categoria', 'ultimo_passo', 'sospesa_fino_al', 'attesa_fino_al', 'prevista_il'), name='segnalazione_coda'),
        ),
    ]
