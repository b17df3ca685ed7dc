"""The database itself refuses to change a registration that has its number (D.P.R. 445/2000, art. 53)."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("protocollo", "0001_iniziale")]

    operations = [SoloAggiuntaNelDatabase("protocollo_registrazione", quando="OLD.stato = 'protocollato'")]
