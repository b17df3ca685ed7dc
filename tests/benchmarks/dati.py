"""Rows for the benches: many cases at once, in every state, past the actions (that would take hours)."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from ascolto.models import Contributo, Tipo, Visibilita
from comune.models import Ruolo
from core.calendario import primo_lavorativo
from core.tempo import adesso, oggi
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.workflow import APERTE, CONCLUSE, RuoloCaso, Stato
from tests.aiuti import incarica, persona, ufficio

A_BLOCCHI = 2_000
_PESI = {Stato.RISOLTA: 30, Stato.CHIUSA: 40, Stato.IN_LAVORAZIONE: 8, Stato.ASSEGNATA: 4, Stato.RICEVUTA: 2}


def prepara() -> dict[str, Any]:
    """Categories, two offices, Carla at the URP and Elena at the roads."""
    call_command("importa_categorie", verbosity=0)
    strade, urp = ufficio("strade", "Strade"), ufficio("urp", "URP")
    Categoria.objects.filter(madre__isnull=False).update(ufficio=strade)
    return {
        "strade": strade,
        "carla": incarica(persona("Carla", is_staff=True), urp, Ruolo.URP),
        "elena": incarica(persona("Elena", is_staff=True), strade, Ruolo.OPERATORE),
    }


def riempi(quante: int, strade: Any) -> None:
    """Adds `quante` public cases spread over five years, with their first link."""
    caso = random.Random(7)
    foglie = list(Categoria.objects.foglie())
    stati = [s for s in Stato if s in APERTE | CONCLUSE and s != Stato.DUPLICATA]
    pesi = [_PESI.get(s, 2) for s in stati]
    for inizio in range(0, quante, A_BLOCCHI):
        n = min(A_BLOCCHI, quante - inizio)
        _blocco([_una(caso, foglie, caso.choices(stati, pesi)[0], strade) for _ in range(n)])


def _una(caso: random.Random, foglie: list[Categoria], stato: Stato, strade: Any) -> tuple[Contributo, Segnalazione]:
    aperta = stato in APERTE
    quando = adesso() - timedelta(days=caso.randrange(40 if aperta else 1800), minutes=caso.randrange(1440))
    contributo = Contributo(tipo=Tipo.SEGNALAZIONE, visibilita=Visibilita.PUBBLICA, created_at=quando)
    return contributo, Segnalazione(
        categoria=caso.choice(foglie),
        stato=stato,
        versione=1,
        titolo=f"{caso.choice(['Buca', 'Lampione spento', 'Rifiuti', 'Albero'])} n. {caso.randrange(10**6)}",
        testo="Succede da diversi giorni, proprio davanti al civico.",
        lat=43.80 + caso.random() * 0.1,
        lon=10.42 + caso.random() * 0.12,
        indirizzo=f"Via di prova {caso.randrange(300)}",
        ufficio=None if stato == Stato.RICEVUTA else strade,
        confermata_il=quando,
        scadenza=primo_lavorativo(oggi() + timedelta(days=caso.randrange(-10, 30))) if aperta else None,
        prevista_il=oggi() + timedelta(days=3) if stato == Stato.PROGRAMMATA else None,
        risolta_il=quando + timedelta(days=9) if stato in (Stato.RISOLTA, Stato.CHIUSA) else None,
        conclusa_il=None if aperta else quando + timedelta(days=9),
        aggiornata_il=quando,
    )


def _blocco(righe: list[tuple[Contributo, Segnalazione]]) -> None:
    Contributo.objects.bulk_create([c for c, _s in righe])
    for contributo, segnalazione in righe:
        segnalazione.contributo = contributo
    Segnalazione.objects.bulk_create([s for _c, s in righe])
    Passaggio.objects.bulk_create(
        [
            Passaggio(
                segnalazione=s,
                numero=1,
                passo="conferma",
                da=Stato.DA_CONFERMARE,
                a=s.stato,
                ruolo=RuoloCaso.SEGNALANTE,
                impronta=hashlib.sha256(s.codice.encode()).hexdigest(),
                created_at=s.aggiornata_il,
            )
            for _c, s in righe
        ]
    )
