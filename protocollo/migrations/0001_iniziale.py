# The register and its counter.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ascolto', '0002_esito_solo_aggiunta'),
    ]

    operations = [
        migrations.CreateModel(
            name='Registro',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anno', models.PositiveSmallIntegerField(unique=True, verbose_name='anno')),
                ('ultimo', models.PositiveIntegerField(default=0, verbose_name='ultimo numero')),
                ('ultimo_il', models.DateTimeField(blank=True, null=True, verbose_name='dato il')),
            ],
            options={
                'verbose_name': 'registro',
                'verbose_name_plural': 'registri',
            },
        ),
        migrations.CreateModel(
            name='Registrazione',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stato', models.CharField(choices=[('da_inviare', 'Da registrare'), ('inviato', 'Inviata, senza risposta'), ('errore', 'Da guardare'), ('protocollato', 'Registrata')], default='da_inviare', max_length=12, verbose_name='stato')),
                ('oggetto', models.CharField(max_length=200, verbose_name='oggetto')),
                ('mittente', models.CharField(max_length=254, verbose_name='mittente')),
                ('impronta', models.CharField(max_length=64, verbose_name='impronta del documento (SHA-256)')),
                ('arrivato_il', models.DateTimeField(verbose_name='arrivato il')),
                ('tentativi', models.PositiveIntegerField(default=0, verbose_name='tentativi')),
                ('riprova_il', models.DateTimeField(blank=True, null=True, verbose_name='riprova dal')),
                ('errore', models.CharField(blank=True, max_length=40, verbose_name='ultimo errore')),
                ('registro', models.CharField(blank=True, max_length=60, verbose_name='registro')),
                ('anno', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='anno')),
                ('numero', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='numero')),
                ('registrata_il', models.DateTimeField(blank=True, null=True, verbose_name='registrata il')),
                ('created_at', models.DateTimeField(verbose_name='scritta il')),
                ('contributo', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='registrazione', to='ascolto.contributo')),
            ],
            options={
                'verbose_name': 'registrazione di protocollo',
                'verbose_name_plural': 'registrazioni di protocollo',
                'indexes': [models.Index(condition=models.Q(('stato', 'protocollato'), _negated=True), fields=['created_at'], name='registrazione_da_fare'), models.Index(fields=['-registrata_il', '-numero'], name='registrazione_in_ordine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stato__in', ['da_inviare', 'inviato', 'errore', 'protocollato'])), name='registrazione_stato_noto'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('registro', ''), _negated=True), ('anno__isnull', False), ('numero__gt', 0), ('registrata_il__isnull', False), ('stato', 'protocollato')), models.Q(models.Q(('stato', 'protocollato'), _negated=True), ('anno__isnull', True), ('numero__isnull', True), ('registrata_il__isnull', True), ('registro', '')), _connector='OR'), name='registrazione_col_suo_numero'), models.UniqueConstraint(condition=models.Q(('stato', 'protocollato')), fields=('registro', 'anno', 'numero'), name='registrazione_un_solo_numero')],
            },
        ),
    ]
