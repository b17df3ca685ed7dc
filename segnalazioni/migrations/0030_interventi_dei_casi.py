"""The term that each request to step in was about; which one is of the term that runs; those that no answer overtook."""

from django.db import migrations


def scrivi(apps, schema_editor):
    Segnalazione = apps.get_model("segnalazioni", "Segnalazione")
    EventoTermine = apps.get_model("segnalazioni", "EventoTermine")
    Intervento = apps.get_model("segnalazioni", "Intervento")
    tutti = Intervento.objects.select_related("richiesta", "conclusione", "segnalazione").order_by("pk")
    for intervento in tutti.iterator(500):
        caso = intervento.segnalazione
        avvii = EventoTermine.objects.filter(segnalazione=caso, evento="avvio").order_by("pk")
        suo = avvii.filter(passaggio__numero__lt=intervento.richiesta.numero).last()
        intervento.avvio = suo.giorno
        passo = intervento.conclusione.passo if intervento.conclusione else ""
        if passo == "ritira":
            intervento.esito = "ritirato"
        elif passo == "unisci" and caso.originale_id is None:  # joined, detached, and nobody has decided
            intervento.esito, intervento.conclusione = "", None
        intervento.save()
        if suo == avvii.last():
            Segnalazione.objects.filter(pk=caso.pk).update(intervento=intervento)


def torna(apps, schema_editor):
    """Where no case was asked about twice: one request is all that the schema before this one could hold."""
    Intervento = apps.get_model("segnalazioni", "Intervento")
    Intervento.objects.filter(esito="ritirato").update(esito="superato")


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0029_intervento_per_termine")]

    operations = [migrations.RunPython(scrivi, torna)]
