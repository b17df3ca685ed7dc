"""The database itself refuses to change what happened."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("ascolto", "0001_iniziale")]

    operations = [SoloAggiuntaNelDatabase("ascolto_esito")]
