"""Questions that wait already: until when, from the day they were asked."""

from datetime import timedelta

from django.db import migrations

GIORNI = timedelta(days=30)


def segna(apps, schema_editor):
    """Only the first question of a case stops its clock."""
    eventi = apps.get_model("segnalazioni", "EventoTermine")._default_manager
    for caso in apps.get_model("segnalazioni", "Segnalazione")._default_manager.filter(stato="attesa_cittadino"):
        domande = list(
            eventi.filter(segnalazione=caso, evento="sospensione").order_by("pk").values_list("giorno", flat=True)
        )
        if domande:
            caso.attesa_fino_al = domande[-1] + GIORNI
            caso.sospesa_fino_al = domande[0] + GIORNI if len(domande) == 1 else None
            caso.save(update_fields=["attesa_fino_al", "sospesa_fino_al"])


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0015_termini")]

    operations = [migrations.RunPython(segna, migrations.RunPython.noop)]
