"""An AVVIO says its term, nothing else does; the rows are guarded again (0026)."""

from django.db import migrations, models

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0027_termine_dei_casi")]

    operations = [
        migrations.AddConstraint(
            model_name='eventotermine',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('evento', 'avvio'), ('tipo_termine__in', ['procedimento', 'servizio'])), models.Q(models.Q(('evento', 'avvio'), _negated=True), ('giorni_termine', 0), ('tipo_termine', '')), _connector='OR'), name='evento_termine_scritto_all_avvio'),
        ),
        SoloAggiuntaNelDatabase("segnalazioni_eventotermine"),
    ]
