"""The term of the cases that there are: what their category says, unless their due date says that it was another.

The due date is what people were told. Where a category changed while a case was running, the days are those that
lead to it.
"""

from bisect import bisect_left
from itertools import groupby

from django.db import migrations
from django.db.models import OuterRef, Subquery

from segnalazioni.termini import Evento, calcola

MASSIMO = 400  # days of a term


def giorni_di(righe, tipo, giorni, scadenza):
    """How many days of this kind lead from the last start to the due date; `giorni` where they do, or none does.

    righe: (event, day), in order. Several do where days off follow: then a round number, else the fewest.
    """

    def scade(quanti):
        return calcola(Evento(evento, giorno, tipo, quanti) for evento, giorno in righe).scade

    if scadenza is None or scade(giorni) == scadenza:
        return giorni
    inizio = bisect_left(range(MASSIMO), scadenza, key=scade)
    buoni = [n for n in range(inizio, min(inizio + 10, MASSIMO)) if scade(n) == scadenza]
    return min(buoni, key=lambda n: (n % 5 != 0, n), default=giorni)


def scrivi(apps, schema_editor):
    eventi = apps.get_model("segnalazioni", "EventoTermine")._default_manager
    Categoria = apps.get_model("segnalazioni", "Categoria")
    sua = Categoria._default_manager.filter(segnalazioni=OuterRef("segnalazione"))
    avvii = eventi.filter(evento="avvio")
    avvii.update(tipo_termine=Subquery(sua.values("tipo_termine")), giorni_termine=Subquery(sua.values("giorni")))
    campi = ("segnalazione", "evento", "giorno", "tipo_termine", "giorni_termine", "segnalazione__scadenza")
    tutte = eventi.order_by("segnalazione", "pk").values_list(*campi)
    diversi = {}
    for caso, gruppo in groupby(tutte.iterator(2000), key=lambda riga: riga[0]):
        righe = list(gruppo)
        avvio = next((riga for riga in righe if riga[1] == "avvio"), None)
        if avvio is None:
            continue
        _caso, _evento, _giorno, tipo, giorni, scadenza = avvio
        veri = giorni_di([riga[1:3] for riga in righe], tipo, giorni, scadenza)
        if veri != giorni:
            diversi.setdefault(veri, []).append(caso)
    for giorni, casi in diversi.items():
        for n in range(0, len(casi), 500):
            avvii.filter(segnalazione__in=casi[n : n + 500]).update(giorni_termine=giorni)


class Migration(migrations.Migration):
    dependencies = [("segnalazioni", "0026_termine_di_ogni_avvio")]

    operations = [migrations.RunPython(scrivi, migrations.RunPython.noop)]
