"""The clock of one case: a sentence with the date, then the bar; a move says from which day to which, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from segnalazioni.models import Segnalazione, termine_di
from segnalazioni.racconto.linea import Vista
from segnalazioni.termini import Evento, Sospensione, Termine, TipoEvento, promemoria
from segnalazioni.workflow import Stato


@dataclass(frozen=True, slots=True)
class Orologio:
    """What components/termine.html and {% orologio %} draw. Places are per cent of the term; days are local dates.

    tono: "", "attesa" (suspended) or "tardi". date: (name, day in words) of the first and of the present due date,
    where they differ; motivi: why it moved, one sentence each. fatto, oggi are None once the case is concluded: no
    bar is drawn. avvisi: when the office is reminded, only at the desk. dura: the days of the term, in words.
    """

    tono: str
    frase: SafeString
    date: list[tuple[str, str]] = field(default_factory=list)
    motivi: list[str] = field(default_factory=list)
    fatto: float | None = None
    oggi: float | None = None
    segni: list[tuple[float, str]] | None = None
    sospesi: list[tuple[float, float]] | None = None
    estremi: list[tuple[str, str]] | None = None
    avvisi: list[float] = field(default_factory=list)
    dura: str = ""


def orologio(caso: Segnalazione, *, vista: Vista = Vista.PUBBLICO) -> Orologio | None:
    """The clock of a case, from its rows (one query); None before it has started."""
    return orologio_di(caso, termine_di(caso), vista=vista)


def orologio_di(caso: Segnalazione, termine: Termine | None, *, vista: Vista) -> Orologio | None:
    """The same, of a term that is known already."""
    if termine is None:
        return None
    if not caso.aperta:
        return Orologio("", _frase_conclusa(caso, termine), motivi=motivi(termine, vista), dura=termine.in_parole)
    tono = "attesa" if caso.sospesa else "tardi" if caso.in_ritardo() else ""
    return Orologio(
        tono,
        _frase_aperta(caso, termine, tono, vista),
        date=date_del_termine(termine),
        motivi=motivi(termine, vista),
        dura=termine.in_parole,
        **_barra(caso, termine, vista),
    )


# --- the sentence -----------------------------------------------------------------------------------------


def _frase_aperta(caso: Segnalazione, termine: Termine, tono: str, vista: Vista) -> SafeString:
    chi = _forte(caso.ufficio.nome if caso.ufficio else _("URP"))
    entro = _forte(giorno(termine.scade))
    if tono == "tardi":
        return format_html(_("{} doveva rispondere entro {}: è oltre il termine {}."), chi, entro, _di_quanto(termine))
    if tono == "attesa":
        return format_html(_frase_sospesa(caso, vista), chi, _forte(giorno(caso.sospesa_fino_al)))
    cosa = format_html(str(_FRASI[Stato(caso.stato)]), chi, _forte(giorno(caso.prevista_il)))
    return format_html(_("{} La risposta arriva entro {}, {}."), cosa, entro, _fra_quanto(termine))


# {0}: the office; {1}: the planned day.
_FRASI = {
    Stato.RICEVUTA: gettext_lazy("La sta leggendo {0}."),
    Stato.ASSEGNATA: gettext_lazy("È arrivata a {0}."),
    Stato.IN_LAVORAZIONE: gettext_lazy("{0} ci sta lavorando."),
    Stato.PROGRAMMATA: gettext_lazy("{0} interviene {1}."),
    # A second question, or one asked too late: the clock runs.
    Stato.ATTESA_CITTADINO: gettext_lazy("{0} aspetta una risposta da chi ha segnalato; il termine non si ferma."),
    Stato.ATTESA_TERZI: gettext_lazy("{0} aspetta un altro ente; il termine non si ferma."),
    Stato.PREAVVISO_RIGETTO: gettext_lazy("{0} ha scritto perché pensa di non poterla accogliere."),
    Stato.CONTESTATA: gettext_lazy("La risposta è stata contestata: decide un’altra persona."),
}


def _forte(parole: str) -> SafeString:
    return format_html("<strong>{}</strong>", parole) if parole else SafeString("")


def _frase_sospesa(caso: Segnalazione, vista: Vista) -> str:
    """{0}: the office; {1}: the day on which the clock goes on by itself."""
    tua = vista is Vista.SEGNALANTE
    if caso.stato == Stato.PREAVVISO_RIGETTO:
        if tua:
            return _(
                "{0} pensa di non poterla accogliere. Puoi scrivere le tue osservazioni fino a {1}; intanto il "
                "termine è fermo."
            )
        return _(
            "{0} pensa di non poterla accogliere. Il termine è fermo: si aspettano le osservazioni di chi ha "
            "segnalato, fino a {1}."
        )
    if tua:
        return _("{0} aspetta la tua risposta. Il termine è fermo e riparte quando rispondi, al più tardi {1}.")
    return _("{0} aspetta la risposta di chi ha segnalato. Intanto il termine è fermo, al massimo fino a {1}.")


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


# --- why it moved -----------------------------------------------------------------------------------------


def date_del_termine(termine: Termine) -> list[tuple[str, str]]:
    """The first due date and the present one, in words; nothing where it never moved."""
    if termine.scade == termine.iniziale:
        return []
    return [(_("All’inizio"), giorno(termine.iniziale)), (_("Adesso"), giorno(termine.scade))]


def motivi(termine: Termine, vista: Vista) -> list[str]:
    """Why the due date is what it is: one sentence for each thing that moved it."""
    frasi = []
    if termine.da_capo:
        frasi.append(
            _("I giorni si contano da capo da %(quando)s, quando la risposta è stata contestata.")
            % {"quando": giorno(termine.avvio)}
        )
    frasi += [_motivo(sosta, vista) for sosta in termine.sospensioni]
    if termine.cade != termine.scade:
        frasi.append(
            _("I giorni finirebbero %(quando)s, che non è lavorativo: vale il primo giorno lavorativo dopo.")
            % {"quando": giorno(termine.cade)}
        )
    return frasi


def _motivo(sosta: Sospensione, vista: Vista) -> str:
    n = ngettext("%(n)d giorno", "%(n)d giorni", sosta.giorni) % {"n": sosta.giorni}
    dati = {"n": n, "dal": giorno(sosta.dal), "al": giorno(sosta.fine), "che": _che(sosta, vista)}
    if sosta.al is None and oggi() <= sosta.fino_al:
        return (
            _(
                "Fermo da %(dal)s, mentre si aspetta %(che)s: al massimo fino a %(al)s. La data conta già tutta "
                "l’attesa (%(n)s) e si avvicina se finisce prima."
            )
            % dati
        )
    return _("Fermo %(n)s, da %(dal)s a %(al)s, mentre si aspettava %(che)s.") % dati


def _che(sosta: Sospensione, vista: Vista) -> str:
    """What was waited for."""
    tua = vista is Vista.SEGNALANTE
    if sosta.causa == TipoEvento.PREAVVISO:
        return (
            _("le tue osservazioni sul preavviso di rigetto") if tua else _("le osservazioni sul preavviso di rigetto")
        )
    return _("la tua risposta") if tua else _("la risposta di chi ha segnalato")


# --- the bar ----------------------------------------------------------------------------------------------


def _barra(caso: Segnalazione, termine: Termine, vista: Vista) -> dict[str, Any]:
    fine = max(termine.scade, oggi())
    tutto = max(1, (fine - termine.avvio).days)

    def posto(quando: date) -> float:
        return round(min(100.0, max(0.0, 100 * (quando - termine.avvio).days / tutto)), 1)

    adesso = posto(oggi())
    segni = [(adesso, _("oggi"))]
    sospesi: list[tuple[float, float]] = []
    for sosta in termine.sospensioni:
        da, a = posto(sosta.dal), posto(min(sosta.fine, oggi()))
        sospesi.append((da, max(a, da + 1)))
        if adesso - a > 20 and len(segni) == 1:
            segni.insert(0, ((da + a) / 2, _("sospesa")))
    scade = _("Risposta attesa") if caso.in_ritardo() else _("Risposta entro")
    parte = _("Contestata") if termine.da_capo else _("Confermata")
    estremi = [(parte, giorno_breve(termine.avvio)), (scade, giorno_breve(termine.scade))]
    avvisi = [posto(quando) for quando in _avvisi(termine)] if vista is Vista.SCRIVANIA else []
    return {"fatto": adesso, "oggi": adesso, "segni": segni, "sospesi": sospesi, "estremi": estremi, "avvisi": avvisi}


def _avvisi(termine: Termine) -> list[date]:
    """The days on which the office is reminded."""
    eventi = [Evento(TipoEvento.AVVIO, termine.avvio, termine.tipo, termine.giorni)]
    for sosta in termine.sospensioni:
        eventi += [Evento(sosta.causa, sosta.dal)] + ([Evento(TipoEvento.RIPRESA, sosta.al)] if sosta.al else [])
    return promemoria(eventi)
