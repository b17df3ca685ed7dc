"""The page of one case, and the part of it that changes by itself. One renderer for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.tempo import oggi
from segnalazioni.accesso import Accesso, Visitatore, seguaci_di
from segnalazioni.forms.pagina import (
    ContestazioneForm,
    GradimentoForm,
    OsservazioniForm,
    RispostaForm,
    RitiroForm,
    SeguiForm,
    SollecitoForm,
)
from segnalazioni.models import Foto, Segnalazione, termine_di
from segnalazioni.racconto import Pillola, domanda_aperta, orologio_di, pillola, registrazione_di, voci
from segnalazioni.racconto.altrui import altrui
from segnalazioni.racconto.risposte import risposte
from segnalazioni.termini import Termine, TipoTermine
from segnalazioni.views.offerte import mosse_di
from segnalazioni.views.porta import del_caso

FRAMMENTO_VALE = 300  # seconds; its key holds the version, so that age alone never shows an old state


@dataclass(frozen=True)
class Moduli:
    """The forms of the page; one of them comes back bound when it could not be accepted."""

    rispondi: RispostaForm = field(default_factory=RispostaForm)
    osserva: OsservazioniForm = field(default_factory=OsservazioniForm)
    contesta: ContestazioneForm = field(default_factory=ContestazioneForm)
    sollecita: SollecitoForm = field(default_factory=SollecitoForm)
    valuta: GradimentoForm | None = None
    ritira: RitiroForm = field(default_factory=RitiroForm)
    segui: SeguiForm = field(default_factory=SeguiForm)


@dataclass(frozen=True, slots=True)
class Altri:
    """Who has the problem too, and how this visitor stands to the case; the buttons follow from it."""

    firme: int
    segue: bool
    frase: str
    puo_firmare: bool
    puo_seguire: bool
    puo_smettere: bool

    @property
    def bottoni(self) -> bool:
        """Is there a button that needs no address?"""
        return self.puo_firmare or self.puo_smettere


@dataclass(frozen=True, slots=True)
class Madre:
    """The case this one was joined to, as anybody may read it; empty, pillola None, when it is not public."""

    titolo: str
    url: str
    pillola: Pillola | None


@require_safe
@del_caso
def scheda(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """State in words, clock, line, what I can do now, who else has the problem, where, photos."""
    return mostra(request, accesso)


def mostra(request: HttpRequest, accesso: Accesso, *, moduli: Moduli | None = None, status: int = 200) -> HttpResponse:
    """The page, with the forms as they were sent where one was refused."""
    moduli = moduli or Moduli()
    contesto = _vivo(accesso, moduli) | {
        "altri": _altri(accesso, Visitatore.di(request)),
        "briciole": [(_("Segnalazioni"), reverse("segnalazioni:elenco"))],
        "errore": status == 422,
    }
    return render(request, "segnalazioni/scheda.html", contesto, status=status)


@require_safe
@del_caso
def stato(request: HttpRequest, accesso: Accesso) -> HttpResponseBase:
    """The parts that change, as a fragment: 304 when the browser has them already."""
    segno = _segno(accesso)
    uguale = get_conditional_response(request, etag=segno)
    if uguale is not None:
        return uguale
    return HttpResponse(_frammento(request, accesso), headers={"ETag": segno, "Cache-Control": "private, no-cache"})


def _segno(accesso: Accesso) -> str:
    """What the fragment depends on: case, number in the register, who reads, the day terms count from, language."""
    caso = accesso.caso
    numero = registrazione.segnatura if (registrazione := registrazione_di(caso)) else ""
    # Where the case it was joined to stands is on the page too.
    madre = f".{caso.radice.versione}.{caso.radice.revisione}" if caso.radice else ""
    edizione = f"{caso.versione}.{caso.revisione}{madre}-{numero}"
    return f'"{caso.codice}-{edizione}-{accesso.vista.value}-{oggi():%Y%m%d}-{get_language()}"'


def _frammento(request: HttpRequest, accesso: Accesso) -> str:
    def scrivi(di_chi: HttpRequest | None) -> str:
        return render_to_string("segnalazioni/_frammento.html", _vivo(accesso, Moduli()), request=di_chi)

    if accesso.segnalante:
        return scrivi(request)
    # For everybody else it is the same text, with no form in it: when a step sends a crowd to fetch it, one writes it.
    return cache.get_or_set(f"frammento:{_segno(accesso)}", lambda: scrivi(None), FRAMMENTO_VALE) or ""


def _vivo(accesso: Accesso, moduli: Moduli) -> dict[str, Any]:
    caso = accesso.caso
    offerte = mosse_di(accesso)
    termine = termine_di(caso)
    mosse = offerte.mosse
    return {
        "accesso": accesso,
        "caso": caso,
        "pillola": pillola(caso),
        "orologio": orologio_di(caso, termine, vista=accesso.vista),
        "risposte": risposte(caso),
        "foto": list(Foto.objects.filter(segnalazione=caso, passaggio__isnull=True)),
        "tile_url": settings.MAPPA_TILE_URL,
        "voci": voci(caso, vista=accesso.vista),
        "mosse": mosse,
        "offerte": offerte,
        "domanda": domanda_aperta(caso) if "rispondi" in mosse else "",
        "moduli": moduli,
        "gradimento": moduli.valuta or offerte.valuta,
        "segno": _segno(accesso),
        "breve": _breve(caso),
        "madre": _madre(caso),
        "altrui": altrui(caso),
        "come_si_contano": _come_si_contano(termine),
    }


def _altri(accesso: Accesso, chi: Visitatore) -> Altri:
    caso, mie = accesso.caso, list(seguaci_di(accesso.caso, chi))
    firma = any(riga.firma for riga in mie)
    segue = any(riga.confermato_il and (riga.utente_id or riga.email) for riga in mie)
    si_scrive_a_chi_ha_segnalato = accesso.segnalante and not accesso.anonima
    return Altri(
        firme=Segnalazione.objects.filter(pk=caso.pk).firme_di_ognuna()[caso.pk],
        segue=segue,
        frase=_come_sta(accesso, firma=firma, segue=segue),
        puo_firmare=caso.aperta and not firma and not accesso.segnalante,
        puo_seguire=caso.aperta and not segue and not si_scrive_a_chi_ha_segnalato,
        puo_smettere=any(not riga.segnalante for riga in mie),
    )


def _come_sta(accesso: Accesso, *, firma: bool, segue: bool) -> str:
    if accesso.segnalante and accesso.caso.assistenza:
        return _("È la tua richiesta: ti scriviamo a ogni novità.")
    if accesso.segnalante and not accesso.anonima:
        return _("È la tua segnalazione: ti scriviamo a ogni novità.")
    frasi = [
        _("È la tua segnalazione.") if accesso.segnalante else _("Hai detto che riguarda anche te.") if firma else "",
        _("Ti scriviamo a ogni novità.") if segue else "",
    ]
    return " ".join(filter(None, frasi))


def _breve(caso: Segnalazione) -> list[tuple[str, str]]:
    fatti = [(_("Categoria"), caso.categoria.nome)]
    if caso.ufficio:
        fatti.append((_("Ufficio"), caso.ufficio.nome))
    fatti.append((_("Arrivata da"), caso.contributo.get_canale_display()))
    if registrazione := registrazione_di(caso):
        fatti.append((_("Protocollo"), registrazione.in_parole))
    return fatti


def _come_si_contano(termine: Termine | None) -> str:
    if termine is None:
        return ""
    dati = {"termine": termine.in_parole, "inizio": _("la contestazione") if termine.da_capo else _("la conferma")}
    if termine.tipo == TipoTermine.PROCEDIMENTO:
        return (
            _(
                "Sono %(termine)s, festivi compresi: si contano dal giorno dopo %(inizio)s. Se l’ultimo non è "
                "lavorativo, vale il primo che lo è."
            )
            % dati
        )
    return (
        _(
            "Sono %(termine)s: dal lunedì al venerdì, senza i festivi e il 12 luglio (san Paolino). Si contano dal "
            "giorno dopo %(inizio)s; mentre si aspetta la risposta di chi ha segnalato il conto è fermo."
        )
        % dati
    )


def _madre(caso: Segnalazione) -> Madre | None:
    """The case that lives on for this one. Of one that not everybody may read nothing is said but that there is one."""
    if caso.radice_id is None:
        return None
    madre = Segnalazione.objects.pubbliche().per_elenco().filter(pk=caso.radice_id).first()
    return Madre("", "", None) if madre is None else Madre(madre.titolo, madre.url(), pillola(madre))
