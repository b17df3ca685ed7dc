"""The clock of one case: a sentence with the date, then the bar; a move says from which day to which, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.calendario import lavorativi_fra
from core.templatetags.lp import giorno, giorno_breve
from core.tempo import oggi
from segnalazioni.models import EventoTermine, Segnalazione
from segnalazioni.racconto.linea import Vista
from segnalazioni.termini import Termine, calcola
from segnalazioni.workflow import Stato


@dataclass(frozen=True, slots=True)
class Orologio:
    """What components/termine.html and {% orologio %} draw. Places are per cent of the term; days are local dates.

    tono: "", "attesa" (suspended) or "tardi". fatto, oggi are None once the case is concluded: no bar is drawn.
    """

    tono: str
    frase: SafeString
    spiegazione: str
    fatto: float | None = None
    oggi: float | None = None
    segni: list[tuple[float, str]] | None = None
    sospesi: list[tuple[float, float]] | None = None
    estremi: list[tuple[str, str]] | None = None


def orologio(caso: Segnalazione, *, vista: Vista = Vista.PUBBLICO) -> Orologio | None:
    """The clock of a case, from its rows (one query); None before it has started."""
    termine = _termine(caso)
    if termine is None:
        return None
    if not caso.aperta:
        return Orologio("", _frase_conclusa(caso, termine), "")
    tono = "attesa" if caso.sospesa else "tardi" if caso.in_ritardo() else ""
    frase = _frase_aperta(caso, termine, tono, vista)
    return Orologio(tono, frase, _spiegazione(termine, vista), **_barra(caso, termine))


def _termine(caso: Segnalazione) -> Termine | None:
    eventi: Any = EventoTermine.objects.filter(segnalazione=caso).values_list("evento", "giorno")
    return calcola(caso.categoria.tipo_termine, caso.categoria.giorni, eventi)


# --- the sentence -----------------------------------------------------------------------------------------


def _frase_aperta(caso: Segnalazione, termine: Termine, tono: str, vista: Vista) -> SafeString:
    chi = format_html("<strong>{}</strong>", caso.ufficio.nome if caso.ufficio else _("URP"))
    entro = format_html("<strong>{}</strong>", giorno(termine.scade))
    if tono == "tardi":
        return format_html(_("{} doveva rispondere entro {}: è oltre il termine {}."), chi, entro, _di_quanto(termine))
    if tono == "attesa":
        return format_html(_frase_sospesa(vista), chi)
    cosa = format_html(str(_FRASI[Stato(caso.stato)]), chi, _il(caso.prevista_il))
    return format_html(_("{} La risposta arriva entro {}, {}."), cosa, entro, _fra_quanto(termine))


# {0}: the office; {1}: the planned day.
_FRASI = {
    Stato.RICEVUTA: gettext_lazy("La sta leggendo {0}."),
    Stato.ASSEGNATA: gettext_lazy("È arrivata a {0}."),
    Stato.IN_LAVORAZIONE: gettext_lazy("{0} ci sta lavorando."),
    Stato.PROGRAMMATA: gettext_lazy("{0} interviene {1}."),
    Stato.ATTESA_TERZI: gettext_lazy("{0} aspetta un altro ente; il termine non si ferma."),
    Stato.PREAVVISO_RIGETTO: gettext_lazy("{0} ha scritto perché pensa di non poterla accogliere."),
    Stato.CONTESTATA: gettext_lazy("La risposta è stata contestata: decide un’altra persona."),
}


def _il(quando: date | None) -> SafeString:
    return format_html("<strong>{}</strong>", giorno(quando)) if quando else SafeString("")


def _frase_sospesa(vista: Vista) -> str:
    if vista is Vista.SEGNALANTE:
        return _("{} aspetta la tua risposta. Il termine è fermo e riparte quando rispondi.")
    return _("{} aspetta la risposta di chi ha segnalato. Intanto il termine è fermo.")


def _fra_quanto(termine: Termine) -> str:
    mancano = termine.mancano(oggi())
    if termine.scade == oggi():
        return _("oggi")
    return ngettext("fra %(n)d giorno lavorativo", "fra %(n)d giorni lavorativi", mancano) % {"n": mancano}


def _di_quanto(termine: Termine) -> str:
    quanti = max(1, -termine.mancano(oggi()))
    return ngettext("di %(n)d giorno lavorativo", "di %(n)d giorni lavorativi", quanti) % {"n": quanti}


def _frase_conclusa(caso: Segnalazione, termine: Termine) -> SafeString:
    if caso.conclusa_il is None:
        return SafeString("")
    fine = localdate(caso.conclusa_il)
    quando = format_html("<strong>{}</strong>", giorno(fine))
    if fine > termine.scade:
        quanti = max(1, lavorativi_fra(termine.scade, fine))
        oltre = ngettext("%(n)d giorno lavorativo", "%(n)d giorni lavorativi", quanti) % {"n": quanti}
        return format_html(
            _("{}: {}. Il termine era {}, oltre di {}."),
            caso.get_stato_display(),
            quando,
            giorno(termine.scade),
            oltre,
        )
    return format_html(_("{}: {}, entro il termine di {}."), caso.get_stato_display(), quando, giorno(termine.scade))


def _spiegazione(termine: Termine, vista: Vista) -> str:
    sospesa = termine.sospensione
    if sospesa is None or termine.scade == termine.iniziale:
        return ""
    dati = {"era": giorno(termine.iniziale), "dal": giorno(sospesa.dal), "n": sospesa.giorni}
    if sospesa.al is None:
        return (
            _("Era %(era)s: si sposta finché manca la risposta alla domanda del %(dal)s, al massimo di 30 giorni.")
            % dati
        )
    dati["al"] = giorno(sospesa.al)
    if vista is Vista.SEGNALANTE:
        return (
            _("Era %(era)s: si è spostato mentre aspettavamo la tua risposta (%(dal)s – %(al)s, %(n)d giorni).") % dati
        )
    return _("Era %(era)s: si è spostato mentre si aspettava una risposta (%(dal)s – %(al)s, %(n)d giorni).") % dati


# --- the bar ----------------------------------------------------------------------------------------------


def _barra(caso: Segnalazione, termine: Termine) -> dict[str, Any]:
    fine = max(termine.scade, oggi())
    tutto = max(1, (fine - termine.avvio).days)

    def posto(quando: date) -> float:
        return round(min(100.0, max(0.0, 100 * (quando - termine.avvio).days / tutto)), 1)

    adesso = posto(oggi())
    segni = [(adesso, _("oggi"))]
    sospesi: list[tuple[float, float]] = []
    if termine.sospensione:
        da, a = posto(termine.sospensione.dal), posto(termine.sospensione.al or oggi())
        sospesi = [(da, max(a, da + 1))]
        if adesso - a > 20:
            segni.insert(0, ((da + a) / 2, _("sospesa")))
    scade = _("Risposta attesa") if caso.in_ritardo() else _("Risposta entro")
    estremi = [(_("Confermata"), giorno_breve(termine.avvio)), (scade, giorno_breve(termine.scade))]
    return {"fatto": adesso, "oggi": adesso, "segni": segni, "sospesi": sospesi, "estremi": estremi}
