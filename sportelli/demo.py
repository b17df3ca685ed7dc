"""The counters of the demonstration: places, hours, telephones and appointments are invented; the ribbon says so."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from accounts.models import User
from comune.figure import LOCALITA, LUOGHI, VIE
from comune.models import Ufficio
from core.calendario import UN_GIORNO, piu_lavorativi
from core.tempo import adesso, fermo_a, oggi
from sportelli import actions
from sportelli.liberi import liberi
from sportelli.models import Accesso, Appuntamento, Chiusura, Orario, Prestazione, Sportello

_PUNTI = {nome: (lat, lon) for nome, lat, lon in (*LUOGHI, *LOCALITA, *VIE)}
_LIBERO, _PRENOTA = Accesso.LIBERO, Accesso.APPUNTAMENTO
_DOCUMENTO = "Un documento d’identità"

# Slug → office, whose point on the map, address in words, how one gets there.
DOVE: dict[str, tuple[str, str, str, str]] = {
    "urp": ("urp", "Piazza Napoleone", "Piazza Napoleone 1, piano terra", "Ingresso senza scalini. Autobus: fermata "
            "a 100 metri."),
    "segretariato-sociale": ("sociale", "San Concordio", "Via della Prova 12, San Concordio, primo piano",
                             "Ascensore. Parcheggio davanti all’ingresso."),
    "immigrazione": ("sociale", "Via Elisa", "Via Elisa 24, piano terra", "Uno scalino: suona, ti apriamo l’ingresso "
                     "laterale."),
    "informagiovani": ("sportelli", "Villa Bottini", "Via Elisa 9, nel giardino di Villa Bottini", "Rampa all’ingresso."
                       ),
    "informadonna": ("sociale", "Piazza dell’Anfiteatro", "Piazza dell’Anfiteatro 30, primo piano",
                     "Ascensore. Ingresso riservato."),
}  # fmt: skip
# Slug → (days of the week, from, to, how one comes in, desks).
ORARI: dict[str, tuple[tuple[tuple[int, ...], int, int, str, int], ...]] = {
    "urp": (((0, 1, 2, 3, 4), 9, 13, _LIBERO, 2), ((1, 3), 15, 18, _PRENOTA, 2)),
    "segretariato-sociale": (((0, 2, 4), 9, 12, _PRENOTA, 1), ((1,), 15, 17, _LIBERO, 1)),
    "immigrazione": (((0, 3), 10, 13, _LIBERO, 1), ((2,), 14, 18, _PRENOTA, 1)),
    "informagiovani": (((1, 2, 3, 4, 5), 10, 13, _LIBERO, 1), ((0, 2), 15, 18, _PRENOTA, 1)),
    "informadonna": (((1, 4), 9, 13, _PRENOTA, 1),),
}
# Slug → (what for, minutes, what to bring).
PER_CHE_COSA: dict[str, tuple[tuple[str, int, str], ...]] = {
    "urp": (
        ("Chiedere informazioni su una pratica", 15, "Il numero della pratica, se l’hai"),
        ("Chiedere copia di un atto", 30, f"{_DOCUMENTO}\nGli estremi dell’atto, se li conosci"),
    ),
    "segretariato-sociale": (
        ("Parlare con un’assistente sociale", 60, f"{_DOCUMENTO}\nL’attestazione ISEE, se l’hai"),
        ("Chiedere un aiuto per l’affitto", 45, f"{_DOCUMENTO}\nIl contratto d’affitto\nL’attestazione ISEE"),
    ),
    "immigrazione": (("Rinnovare il permesso di soggiorno", 45, "Il passaporto\nIl permesso che scade"),),
    "informagiovani": (("Scrivere il curriculum", 60, "Un vecchio curriculum, se l’hai"),),
    "informadonna": (("Primo colloquio", 60, ""),),
}


def allestisci() -> int:
    """Fills the five counters, a closure ahead, and some appointments; answers how many appointments."""
    for slug in DOVE:
        _sportello(slug)
    lontano = piu_lavorativi(oggi(), 14)
    informagiovani = Sportello.objects.get(slug="informagiovani")
    inventario = {"dal": lontano, "al": lontano + UN_GIORNO, "motivo": "inventario dei libri"}
    Chiusura.objects.create(sportello=informagiovani, **inventario)
    for sportello in Sportello.objects.all():
        actions.applica_gli_orari(sportello)
    _appuntamenti()
    return Appuntamento.objects.count()


def _sportello(slug: str) -> None:
    sigla, punto, indirizzo, arrivare = DOVE[slug]
    sportello = Sportello.objects.get(slug=slug)
    sportello.ufficio = Ufficio.objects.filter(slug=sigla).first()
    sportello.lat, sportello.lon = _PUNTI[punto]
    sportello.indirizzo, sportello.come_arrivare = indirizzo, arrivare
    sportello.telefono, sportello.email = "0583 000 000", f"{slug}@example.org"
    sportello.pec = f"{slug}.pec@example.org"
    sportello.save()
    for giorni, dalle, alle, accesso, postazioni in ORARI[slug]:
        ore: dict[str, Any] = {"dalle": time(dalle), "alle": time(alle), "accesso": accesso, "postazioni": postazioni}
        Orario.objects.bulk_create([Orario(sportello=sportello, giorno=giorno, **ore) for giorno in giorni])
    for ordine, (nome, minuti, portare) in enumerate(PER_CHE_COSA[slug], 1):
        Prestazione.objects.create(sportello=sportello, nome=nome, minuti=minuti, da_portare=portare, ordine=ordine)


def _appuntamenti() -> None:
    """Anna and Bruno have one each; the counters have some more of people who rang."""
    ieri = adesso() - timedelta(days=1)
    prestazioni = list(Prestazione.objects.prenotabili())
    for n, nome in enumerate(("anna@example.org", "bruno@example.org")):
        utente = User.objects.get(email=nome)
        _prendi(prestazioni[n], 3 * n, ieri, nome=utente.nome, autore=utente)
    carla = User.objects.get(email="carla.urp@example.org")
    for n, nome in enumerate(("Adele Amati", "Cesare Corsi", "Franca Fanti", "Luca Landi", "Nora Nanni")):
        _prendi(prestazioni[n % len(prestazioni)], n, ieri, nome=nome, operatore=carla)


def _prendi(prestazione: Prestazione, quale: int, preso_il: Any, *, nome: str, **chi: Any) -> None:
    offerti = liberi(prestazione)
    nuovo = actions.NuovoAppuntamento(prestazione, offerti[quale % len(offerti)], nome)
    with fermo_a(preso_il):
        actions.prenota(nuovo, **chi)
