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
from ricerca.actions import rifai
from ricerca.actions import scrivi as scrivi_voci
from ricerca.fonti import Voce
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.ricerca import scrivi
from segnalazioni.workflow import APERTE, CONCLUSE, RuoloCaso, Stato
from tests.aiuti import incarica, persona, ufficio

A_BLOCCHI = 2_000
# Words that stand in one case out of four, and words that stand in few: a search meets both.
COSE = ["Buca", "Lampione spento", "Rifiuti", "Albero", "Tombino", "Panchina", "Semaforo", "Marciapiede"]
FRASI = [
    "Succede da diversi giorni, proprio davanti al civico",
    "Ci sono passato con la bicicletta e ho rischiato di cadere",
    "Quando piove l’acqua entra nei garage",
    "I bambini tornano da scuola e non si vede niente",
    "È stata segnalata anche l’anno scorso, senza risposta",
    "Il cartello è caduto e nessuno l’ha raccolto",
    "Di notte il rumore non fa dormire",
    "Chiedo che qualcuno venga a vedere",
    "La carrozzina non passa e bisogna scendere in strada",
    "Gli ingombranti sono rimasti nella corte",
]
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


def riempi_sito(quante: int) -> None:
    """Adds `quante` pages to what can be found, of some 250 words each: a few stand everywhere, most are rare."""
    rifai()
    caso = random.Random(11)
    sillabe = ["ba", "co", "di", "fe", "gru", "la", "mi", "no", "pe", "ri", "sta", "to", "ve", "zu"]
    rare = ["".join(caso.choices(sillabe, k=caso.randint(2, 5))) for _ in range(12_000)]
    comuni = [parola for frase in FRASI for parola in frase.split()] + COSE
    for inizio in range(0, quante, 100):
        scrivi_voci([_una_pagina(caso, numero, comuni, rare) for numero in range(inizio, min(quante, inizio + 100))])


def _una_pagina(caso: random.Random, numero: int, comuni: list[str], rare: list[str]) -> Voce:
    corpo = [caso.choice(comuni) if caso.random() < 0.6 else rare[int(12_000 * caso.random() ** 3)] for _ in range(250)]
    return Voce(
        f"prova:{numero}",
        caso.choice(["servizi", "notizie", "documenti", "pagine"]),
        f"/prova/{numero}/",
        f"{caso.choice(COSE)} {caso.choice(rare)}",
        chiavi=f"{caso.choice(COSE)}, {caso.choice(rare)}",
        sommario=" ".join(caso.choices(corpo, k=12)),
        corpo=" ".join(corpo),
    )


def _una(caso: random.Random, foglie: list[Categoria], stato: Stato, strade: Any) -> tuple[Contributo, Segnalazione]:
    aperta = stato in APERTE
    quando = adesso() - timedelta(days=caso.randrange(40 if aperta else 1800), minutes=caso.randrange(1440))
    contributo = Contributo(tipo=Tipo.SEGNALAZIONE, visibilita=Visibilita.PUBBLICA, created_at=quando)
    return contributo, Segnalazione(
        categoria=caso.choice(foglie),
        stato=stato,
        versione=1,
        ultimo_passo="conferma",
        titolo=f"{caso.choice(COSE)} n. {caso.randrange(10**6)}",
        testo=". ".join(caso.sample(FRASI, 3)) + f". Vicino al {caso.choice(COSE).lower()}.",
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
    scrivi([s for _c, s in righe], {})
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
