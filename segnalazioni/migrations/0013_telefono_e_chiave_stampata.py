# A telephone for who has no mailbox, and the key of a printed receipt.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('segnalazioni', '0012_regole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='seguace',
            name='telefono',
            field=models.CharField(blank=True, max_length=30, verbose_name='telefono'),
        ),
        migrations.CreateModel(
            name='ChiaveStampata',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('impronta', models.CharField(max_length=64, unique=True, verbose_name='impronta')),
                ('scade_il', models.DateTimeField(verbose_name='scade il')),
                ('created_at', models.DateTimeField(verbose_name='stampata il')),
                ('segnalazione', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='chiave_stampata', to='segnalazioni.segnalazione')),
                ('stampata_da', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'chiave stampata',
                'verbose_name_plural': 'chiavi stampate',
            },
        ),
    ]
