"""Until when the citizen may speak; reminders, the power to step in, what who reported thinks of it."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):

    dependencies = [
        ('segnalazioni', '0014_banco'),
    ]

    operations = [
        migrations.AddField(
            model_name='segnalazione',
            name='attesa_fino_al',
            field=models.DateField(blank=True, null=True, verbose_name='aspetta il cittadino fino al'),
        ),
        migrations.AddField(
            model_name='segnalazione',
            name='sospesa_fino_al',
            field=models.DateField(blank=True, null=True, verbose_name='sospesa al massimo fino al'),
        ),
        migrations.AlterField(
            model_name='eventotermine',
            name='evento',
            field=models.CharField(choices=[('avvio', 'Avvio'), ('sospensione', 'Sospensione per una domanda'), ('preavviso', 'Sospensione per un preavviso di rigetto'), ('ripresa', 'Ripresa')], max_length=12, verbose_name='evento'),
        ),
        migrations.AlterField(
            model_name='passaggio',
            name='ruolo',
            field=models.CharField(choices=[('segnalante', 'Chi ha segnalato'), ('urp', 'URP'), ('operatore', 'Ufficio'), ('responsabile', 'Responsabile'), ('titolare', 'Titolare del potere sostitutivo'), ('sistema', 'Sistema')], max_length=12, verbose_name='in veste di'),
        ),
        migrations.CreateModel(
            name='Gradimento',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('risolto', models.CharField(choices=[('si', 'Sì'), ('in_parte', 'In parte'), ('no', 'No')], max_length=8, verbose_name='il problema è risolto?')),
                ('voto', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='quanto sei contento di come è andata')),
                ('parole', models.TextField(blank=True, verbose_name='parole')),
                ('created_at', models.DateTimeField(verbose_name='scritto il')),
                ('aggiornato_il', models.DateTimeField(verbose_name='cambiato il')),
                ('segnalazione', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gradimento', to='segnalazioni.segnalazione')),
            ],
            options={
                'verbose_name': 'gradimento',
                'verbose_name_plural': 'gradimenti',
                'constraints': [models.CheckConstraint(condition=models.Q(('voto__range', (1, 5))), name='gradimento_voto_da_1_a_5'), models.CheckConstraint(condition=models.Q(('risolto__in', ['si', 'in_parte', 'no'])), name='gradimento_risolto_noto')],
            },
        ),
        migrations.CreateModel(
            name='Intervento',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scadenza', models.DateField(verbose_name='scade il')),
                ('esito', models.CharField(blank=True, choices=[('disposto', 'Intervento disposto'), ('non_dovuto', 'Intervento non disposto'), ('superato', 'Superato dalla risposta dell’ufficio')], max_length=12, verbose_name='esito')),
                ('conclusione', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='segnalazioni.passaggio')),
                ('richiesta', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='segnalazioni.passaggio')),
                ('segnalazione', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='intervento', to='segnalazioni.segnalazione')),
            ],
            options={
                'verbose_name': 'intervento sostitutivo',
                'verbose_name_plural': 'interventi sostitutivi',
                'indexes': [models.Index(condition=models.Q(('esito', '')), fields=['scadenza'], name='intervento_da_decidere')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('conclusione__isnull', True), ('esito', '')), models.Q(('conclusione__isnull', False), ('esito__in', ['disposto', 'non_dovuto', 'superato'])), _connector='OR'), name='intervento_concluso_con_esito')],
            },
        ),
        migrations.CreateModel(
            name='Promemoria',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(verbose_name='scritta il')),
                ('numero', models.PositiveSmallIntegerField(verbose_name='numero')),
                ('avvio', models.DateField(verbose_name='del termine cominciato il')),
                ('scadenza', models.DateField(verbose_name='scadenza di allora')),
                ('segnalazione', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promemoria', to='segnalazioni.segnalazione')),
            ],
            options={
                'verbose_name': 'promemoria',
                'verbose_name_plural': 'promemoria',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('segnalazione', 'avvio', 'numero'), name='promemoria_una_volta')],
            },
        ),
        migrations.AlterField(
            model_name='consultazione',
            name='ruolo',
            field=models.CharField(choices=[('segnalante', 'Chi ha segnalato'), ('urp', 'URP'), ('operatore', 'Ufficio'), ('responsabile', 'Responsabile'), ('titolare', 'Titolare del potere sostitutivo'), ('sistema', 'Sistema')], max_length=12, verbose_name='in veste di'),
        ),
        migrations.AlterField(
            model_name='moderazione',
            name='ruolo',
            field=models.CharField(choices=[('segnalante', 'Chi ha segnalato'), ('urp', 'URP'), ('operatore', 'Ufficio'), ('responsabile', 'Responsabile'), ('titolare', 'Titolare del potere sostitutivo'), ('sistema', 'Sistema')], max_length=12, verbose_name='in veste di'),
        ),
        SoloAggiuntaNelDatabase("segnalazioni_promemoria"),
    ]
