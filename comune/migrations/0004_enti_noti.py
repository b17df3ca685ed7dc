"""The bodies known without any file (comune.enti), without contacts: nobody has verified them."""

from django.db import migrations

from comune.enti import ENTI


def carica(apps, schema_editor):
    Ente = apps.get_model("comune", "Ente")
    for nome, tipo, di_che_cosa, altro in ENTI:
        campi = {"tipo": tipo, "di_che_cosa": di_che_cosa, "altri_nomi": "" if altro == nome else altro}
        Ente.objects.get_or_create(nome=nome, defaults=campi)


def togli(apps, schema_editor):
    apps.get_model("comune", "Ente").objects.filter(nome__in=[riga[0] for riga in ENTI]).delete()


class Migration(migrations.Migration):
    dependencies = [("comune", "0003_enti")]

    operations = [migrations.RunPython(carica, togli)]
