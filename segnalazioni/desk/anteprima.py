"""What the citizen will read once a step is taken: words and rules of the real page, on a copy never saved."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import DomainError
from core.tempo import adesso
from segnalazioni import effetti
from segnalazioni.actions.avvisi import oggetto_della_mail
from segnalazioni.actions.passi import Dati
from segnalazioni.desk.mosse import cose
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Passaggio, Segnalazione, segna_termine, termine_di
from segnalazioni.racconto import Pillola, Vista, VoceLinea, orologio_di, pillola_di, prossimo
from segnalazioni.racconto.linea import che_cosa
from segnalazioni.termini import Termine
from segnalazioni.workflow import RuoloCaso

# Without these what the step changes cannot be shown; without the words it can.
_SOSTANZA = frozenset({"ufficio", "giorno", "ente", "originale"})


@dataclass(frozen=True, slots=True)
class Anteprima:
    """pillola: the state it will have. manca: which data it still wants, in words. rifiuto: why a rule says no.

    frase, voce, prossimo, oggetto (of the mail that goes out) stay empty until what they depend on is there.
    """

    pillola: Pillola
    manca: str = ""
    rifiuto: str = ""
    frase: str = ""
    voce: VoceLinea | None = None
    prossimo: VoceLinea | None = None
    oggetto: str = ""


def anteprima(form: PassoForm, caso: Segnalazione) -> Anteprima:
    """The page as the step would leave it, with the valid data that the form has so far."""
    dati = _dati(form)
    mancano = [nome for nome in form.riga.serve if nome not in dati and nome != "nota"]
    manca = cose(form.riga, mancano)
    arriva = form.riga.arrivo(caso.stato)
    bella = pillola_di(arriva)
    if _SOSTANZA & set(mancano):
        return Anteprima(bella, manca)
    copia = copy(caso)
    copia.stato = arriva
    try:
        eventi = effetti.applica(
            copia, form.riga, Dati(**{n: dati[n] for n in ("giorno", "ufficio", "originale") if n in dati})
        )
    except DomainError as rifiuto:
        return Anteprima(bella, manca, rifiuto.messaggio)
    termine = termine_di(copia, in_piu=eventi)
    segna_termine(copia, termine)
    return _racconta(copia, form, dati, manca, termine)


def _dati(form: PassoForm) -> dict[str, Any]:
    if form.is_bound:
        form.is_valid()
        return form.dati
    ufficio = form.fields["ufficio"].initial if "ufficio" in form.fields else None
    testo = form.initial.get("testo", "")  # a canned answer was put there a moment ago
    return {nome: valore for nome, valore in (("ufficio", ufficio), ("testo", testo)) if valore}


def _racconta(
    copia: Segnalazione, form: PassoForm, dati: dict[str, Any], manca: str, termine: Termine | None
) -> Anteprima:
    passaggio = Passaggio(
        segnalazione=copia,
        passo=form.riga.passo,
        ufficio=copia.ufficio,
        ente=dati.get("ente", ""),
        giorno=dati.get("giorno"),
        created_at=adesso(),
    )
    vista, passi = Vista.SEGNALANTE, Passaggio.objects.filter(segnalazione=copia).order_by("numero")
    tempo = orologio_di(copia, termine, vista=vista)
    voce = VoceLinea(
        che=che_cosa(passaggio, vista, passi.values_list("passo", flat=True)),
        quando=passaggio.created_at,
        chi=_chi(copia, form),
        testo=dati.get("testo", ""),
        classe="oggi",
    )
    return Anteprima(
        pillola=pillola_di(copia.stato),
        manca=manca,
        frase=tempo.frase if tempo else "",
        voce=voce,
        prossimo=prossimo(copia, [passaggio], vista),
        oggetto=oggetto_della_mail(form.riga.passo, copia),
    )


def _chi(copia: Segnalazione, form: PassoForm) -> str:
    if RuoloCaso.TITOLARE in form.riga.chi:
        return str(RuoloCaso.TITOLARE.label)
    return copia.ufficio.nome if copia.ufficio else _("URP")
