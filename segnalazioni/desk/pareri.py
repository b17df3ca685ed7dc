"""What is thought of the answers, as the page of the figures shows it: numbers, a sentence, a bar for each group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segnalazioni.desk import grafici
from segnalazioni.desk.cifre import Tabella
from segnalazioni.statistiche import PARERI, SOGLIA, Pareri

Numero = Callable[..., dict[str, Any]]  # (figure, words, list) → what components/numeri.html shows


def contesto(tabelle: Sequence[Tabella], numero: Numero) -> dict[str, Any]:
    """What segnalazioni/scrivania/_gradimento.html shows of the tables of the opinions."""
    totale: Pareri = tabelle[0].totale.conteggio
    parole = {
        "contenti": _("contenti (voto 4 o 5)"),
        "tiepidi": _("così così (voto 3)"),
        "scontenti": _("scontenti (voto 1 o 2)"),
        "muti": _("senza parere"),
    }
    return {
        "totale": totale,
        "numeri": [
            numero(totale.risposte, _("risposte date nel periodo"), "risposte"),
            *(numero(getattr(totale, quale), parole[quale], quale) for quale in PARERI),
        ],
        "in_breve": _in_breve(totale),
        "chiave": [(grafici.COLORI[quale], parole[quale]) for quale in PARERI],
        "parti": [_parte(tabella) for tabella in tabelle],
    }


def _in_breve(pareri: Pareri) -> str:
    """The shares in a sentence, never the content without the silent; no per cent of too few."""
    dette = ngettext(
        "Di %(su)d risposte una ha un parere", "Di %(su)d risposte %(n)d hanno un parere", pareri.detti
    ) % {"su": pareri.risposte, "n": pareri.detti}
    contenti, muti = pareri.quota_contenti, pareri.quota_muti
    if contenti is None or muti is None:
        return _("%(dette)s: con meno di %(soglia)d non si fanno percentuali.") % {"dette": dette, "soglia": SOGLIA}
    return _("%(dette)s: di chi l’ha dato è contento il %(contenti)s. Il %(muti)s non ha detto niente.") % {
        "dette": dette,
        "contenti": grafici.percento(contenti),
        "muti": grafici.percento(muti),
    }


def _contenti_su(pareri: Pareri) -> str:
    su = ngettext("%(n)d contento su %(t)d", "%(n)d contenti su %(t)d", pareri.contenti)
    return su % {"n": pareri.contenti, "t": pareri.risposte}


def _parte(tabella: Tabella) -> dict[str, Any]:
    """One dimension: its table, and a bar for each of its groups as long as its answers."""
    righe = [(riga.nome, riga.conteggio, _contenti_su(riga.conteggio)) for riga in tabella.righe]
    quanti = {"ufficio": _("uffici"), "categoria": _("categorie"), "quartiere": _("aree")}
    return {
        "id": f"g-{tabella.slug}",
        "quanti": quanti[tabella.dimensione],
        "tabella": tabella,
        "grafico": grafici.barre(righe, PARERI),
        "etichetta": _(
            "Contenti, così così, scontenti e senza parere: %(dimensione)s. I numeri sono nella tabella sotto."
        )
        % {"dimensione": tabella.nome.lower()},
    }
