"""Who steps in when an office is late, and who has their delegation."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comune', '0004_enti_noti'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='incarico',
            name='incarico_ruolo_noto',
        ),
        migrations.AlterField(
            model_name='incarico',
            name='ruolo',
            field=models.CharField(choices=[('urp', 'URP'), ('operatore', 'Chi lavora nell’ufficio'), ('responsabile', 'Responsabile'), ('titolare', 'Titolare del potere sostitutivo'), ('delegato', 'Delegato del titolare')], max_length=12, verbose_name='ruolo'),
        ),
        migrations.AddConstraint(
            model_name='incarico',
            constraint=models.CheckConstraint(condition=models.Q(('ruolo__in', ['urp', 'operatore', 'responsabile', 'titolare', 'delegato'])), name='incarico_ruolo_noto'),
        ),
        migrations.AddConstraint(
            model_name='incarico',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ruolo', 'delegato'), _negated=True), ('al__isnull', False), _connector='OR'), name='incarico_delega_con_una_fine', violation_error_message='Una delega ha un ultimo giorno: scrivilo in «al».'),
        ),
    ]
