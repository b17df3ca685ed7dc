"""The database itself refuses to change what was covered, and why."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("chiarezza", "0001_iniziale")]

    operations = [SoloAggiuntaNelDatabase("chiarezza_oscuramento")]
