"""Builds the whole demonstration in one transaction: half a demonstration is never seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from core.realtime import in_silenzio
from core.tempo import adesso
from notifiche.actions import segna_lette
from notifiche.models import Notifica, StatoAvviso
from segnalazioni.actions import importa_categorie
from segnalazioni.demo.banco import prepara_banco
from segnalazioni.demo.copione import storie
from segnalazioni.demo.persone import Gente, popola
from segnalazioni.demo.recita import Recita
from segnalazioni.importatori.tassonomia import leggi_tassonomia
from segnalazioni.models import Segnalazione
from segnalazioni.workflow import Stato

QUANTE = 300
SEME = 46017  # the Comune's number in the registers of ISTAT
POSTA = 16  # mails that really leave, so that the mailbox of the demonstration is not empty


@transaction.atomic
def costruisci(*, quante: int = QUANTE, seme: int = SEME, avanti: Callable[[int, int], None] | None = None) -> int:
    """Categories, offices, people and about `quante` reports in every state, their dates relative to today.

    avanti(done, all) is called along the way. Of the mails only the newest leave; the others count as sent long ago.
    Returns how many reports there are.
    """
    importa_categorie(leggi_tassonomia())
    gente = popola()
    copione = storie(quante, gente, adesso(), seme)
    recita = Recita(copione, gente)
    fatte, tutte = 0, len(recita.scene)

    def una() -> None:
        nonlocal fatte
        fatte += 1
        if avanti:
            avanti(fatte, tutte)

    with in_silenzio():
        recita.svolgi(avanti=una)
        prepara_banco(gente)
    _sistema_la_posta(gente)
    return Segnalazione.objects.count()


def _sistema_la_posta(gente: Gente) -> None:
    recenti = Notifica.objects.da_inviare().order_by("-created_at", "-pk").exclude(tipo="segnalazione_conferma")
    aspettano = Segnalazione.objects.filter(stato=Stato.DA_CONFERMARE).select_related("contributo")
    conferme = Notifica.objects.filter(evento__in=[f"conferma:{caso.codice}:1" for caso in aspettano])
    restano = {*recenti.values_list("pk", flat=True)[:POSTA], *conferme.values_list("pk", flat=True)}
    Notifica.objects.da_inviare().exclude(pk__in=restano).update(stato=StatoAvviso.INVIATA, inviata_il=F("created_at"))
    ieri = adesso() - timedelta(days=2)
    for utente in {*gente.cittadini, *gente.urp, *gente.operatori.values(), *gente.responsabili.values()}:
        segna_lette(utente, fino_a=ieri)
