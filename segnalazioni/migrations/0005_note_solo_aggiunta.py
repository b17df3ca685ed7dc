"""The database itself refuses to change what was noted, and who was called."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0004_note")]

    operations = [
        SoloAggiuntaNelDatabase("segnalazioni_nota"),
        SoloAggiuntaNelDatabase("segnalazioni_menzione"),
    ]
