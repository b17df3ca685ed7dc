"""The database itself refuses to change history; of looks it lets go what is older than a year, for retention."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0006_moderazione")]

    operations = [
        SoloAggiuntaNelDatabase("segnalazioni_moderazione"),
        SoloAggiuntaNelDatabase("segnalazioni_consultazione", per_giorni=365),
    ]
