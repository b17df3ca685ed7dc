"""The database itself refuses to change history."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("riservatezza", "0001_iniziale")]

    operations = [SoloAggiuntaNelDatabase("riservatezza_conservazione")]
