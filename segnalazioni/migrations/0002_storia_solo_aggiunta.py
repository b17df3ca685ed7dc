"""The database itself refuses to change history."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0001_iniziale")]

    operations = [
        SoloAggiuntaNelDatabase("segnalazioni_passaggio"),
        SoloAggiuntaNelDatabase("segnalazioni_eventotermine"),
    ]
