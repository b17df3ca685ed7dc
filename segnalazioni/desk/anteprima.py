"""What the citizen will read once a step is taken: words and rules of the real page, on a copy never saved."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.tempo import adesso
from segnalazioni import effetti
from segnalazioni.actions.passi import Dati
from segnalazioni.desk.mosse import cose
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.racconto import Pillola, Vista, VoceLinea, orologio, pillola_di, prossimo
from segnalazioni.racconto.linea import che_cosa

# Without these what the step changes cannot be shown; without the words it can.
_SOSTANZA = frozenset({"ufficio", "giorno", "ente", "originale"})


@dataclass(frozen=True, slots=True)
class Anteprima:
    """pillola: the state it will have. manca: which data it still wants, in words. rifiuto: why a rule says no.

    frase, voce, prossimo stay empty until what they depend on is there.
    """

    pillola: Pillola
    manca: str = ""
    rifiuto: str = ""
    frase: str = ""
    voce: VoceLinea | None = None
    prossimo: VoceLinea | None = None


def anteprima(form: PassoForm, caso: Segnalazione) -> Anteprima:
    """The page as the step would leave it, with the valid data that the form has so far."""
    dati = _dati(form)
    mancano = [nome for nome in form.riga.serve if nome not in dati and nome != "nota"]
    manca = cose(form.riga, mancano)
    bella = pillola_di(form.riga.a)
    if _SOSTANZA & set(mancano):
        return Anteprima(bella, manca)
    copia = copy(caso)
    copia.stato = form.riga.a
    try:
        effetti.applica(copia, form.riga, Dati(**{n: dati[n] for n in ("giorno", "ufficio", "originale") if n in dati}))
    except DomainError as rifiuto:
        return Anteprima(bella, manca, rifiuto.messaggio)
    return _racconta(copia, form, dati, manca)


def _dati(form: PassoForm) -> dict[str, Any]:
    if form.is_bound:
        form.is_valid()
        return form.dati
    ufficio = form.fields["ufficio"].initial if "ufficio" in form.fields else None
    return {"ufficio": ufficio} if ufficio else {}


def _racconta(copia: Segnalazione, form: PassoForm, dati: dict[str, Any], manca: str) -> Anteprima:
    passaggio = Passaggio(
        segnalazione=copia,
        passo=form.riga.passo,
        ufficio=copia.ufficio,
        ente=dati.get("ente", ""),
        giorno=dati.get("giorno"),
        created_at=adesso(),
    )
    vista = Vista.SEGNALANTE
    tempo = orologio(copia, vista=vista)
    voce = VoceLinea(
        che=che_cosa(passaggio, vista),
        quando=passaggio.created_at,
        chi=copia.ufficio.nome if copia.ufficio else _("URP"),
        testo=dati.get("testo", ""),
        classe="oggi",
    )
    return Anteprima(
        pillola=pillola_di(copia.stato),
        manca=manca,
        frase=tempo.frase if tempo else "",
        voce=voce,
        prossimo=prossimo(copia, [passaggio], vista),
    )
