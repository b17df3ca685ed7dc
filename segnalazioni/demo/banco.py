"""What colleagues have set up at the desk: rules, answers at hand, views they keep, notes to one another."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.actions.banco import salva_vista
from segnalazioni.demo.copione import elenco
from segnalazioni.demo.persone import Gente
from segnalazioni.models import ASSISTENZA, Categoria, RispostaPronta, Segnalazione
from segnalazioni.workflow import Stato

CON_NOTE = 6  # open cases of the roads on which two colleagues write to one another


def prepara_banco(gente: Gente) -> None:
    """Once the stories are told: a rule that was there before would have taken part in them."""
    _regole(gente)
    for ordine, (titolo, ufficio, passi, testo) in enumerate(elenco("pronte"), 1):
        RispostaPronta.objects.create(
            titolo=titolo, testo=testo, ufficio=gente.uffici.get(ufficio), passi=passi, ordine=ordine
        )
    carla, elena = gente.operatori["urp"], gente.operatori["strade"]
    salva_vista(carla, nome="Strade, da prendere", query="elenco=da-prendere&ufficio=strade", ufficio=None)
    salva_vista(elena, nome="Contestate", query="elenco=aperte&stato=contestata", ufficio=gente.uffici["strade"])
    _note(gente)
    _assistenza(gente)


def _assistenza(gente: Gente) -> None:
    """Citizens ask for help, one each, on the last working days."""
    aiuto = Categoria.objects.get(codice=ASSISTENZA)
    argomenti = aiuto.domande[0]["opzioni"]
    for n, (argomento, testo) in enumerate(elenco("assistenza")):
        nuova = actions.NuovaSegnalazione(categoria=aiuto, testo=testo, risposte={"argomento": argomenti[argomento]})
        with fermo_a(adesso() - timedelta(days=n, hours=3)):
            actions.invia(nuova, autore=gente.cittadini[n])


def _regole(gente: Gente) -> None:
    carla = gente.operatori["urp"]
    lampioni = Categoria.objects.foglie().filter(madre__codice="luce").values_list("codice", flat=True)
    luce = actions.DatiRegola("Guasti della luce", gente.uffici["luce"], categorie=sorted(lampioni))
    actions.crea_regola(luce, operatore=carla)
    buca = Categoria.objects.foglie().filter(madre__codice="strade").order_by("ordine")[0]
    centro = actions.DatiRegola(
        "Buche in centro storico",
        gente.uffici["strade"],
        categorie=[buca.codice],
        quartieri=["centro-storico"],
        nota=elenco("nota_regola")[0],
    )
    actions.spegni_regola(actions.crea_regola(centro, operatore=carla), operatore=carla, versione=1)


def _note(gente: Gente) -> None:
    """Elena calls Carla, who answers an hour later."""
    carla, elena = gente.operatori["urp"], gente.operatori["strade"]
    aperte = Segnalazione.objects.filter(ufficio=gente.uffici["strade"], stato=Stato.IN_LAVORAZIONE)
    parole = elenco("note_fra_colleghi")
    for n, caso in enumerate(aperte.order_by("-aggiornata_il")[:CON_NOTE]):
        chiede, risponde = parole[n % len(parole)]
        quando = min(max(caso.aggiornata_il, adesso() - timedelta(days=1)), adesso() - timedelta(hours=2))
        for ore, chi, testo in ((0, elena, chiede), (1, carla, risponde)):
            with fermo_a(quando + timedelta(hours=ore)):
                actions.annota(caso, operatore=chi, testo=testo, chiave=uuid4())
