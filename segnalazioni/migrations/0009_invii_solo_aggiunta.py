"""The database itself refuses to change what a phone has sent."""

from django.db import migrations

from core.operations import SoloAggiuntaNelDatabase


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0008_campo_e_contestate")]

    operations = [SoloAggiuntaNelDatabase("segnalazioni_inviodalcampo")]
