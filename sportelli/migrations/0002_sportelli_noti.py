"""The front offices that the transparency programme names (sportelli.noti): places and hours are for who knows them."""

from django.db import migrations

from sportelli.noti import NOTI


def avanti(apps, schema_editor):
    Sportello = apps.get_model("sportelli", "Sportello")
    for ordine, noto in enumerate(NOTI, 1):
        campi = {"nome": noto.nome, "scopo": noto.scopo, "ordine": ordine}
        Sportello.objects.get_or_create(slug=noto.slug, defaults=campi)


def indietro(apps, schema_editor):
    apps.get_model("sportelli", "Sportello").objects.filter(slug__in=[noto.slug for noto in NOTI]).delete()


class Migration(migrations.Migration):
    dependencies = [("sportelli", "0001_iniziale")]

    operations = [migrations.RunPython(avanti, indietro)]
