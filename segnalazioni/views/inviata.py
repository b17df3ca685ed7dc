"""The receipt: number, what happens next, by when; and the mail that confirms, sent again or to another address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.ratelimit import troppe
from core.templatetags.lp import giorno, istante
from core.tempo import oggi
from segnalazioni import actions
from segnalazioni.accesso import Accesso
from segnalazioni.forms.pagina import IndirizzoForm
from segnalazioni.models import Segnalazione, Seguace, termine_di
from segnalazioni.racconto import VoceLinea, registrazione_di
from segnalazioni.termini import scadenza
from segnalazioni.views.porta import del_caso, non_conservare
from segnalazioni.workflow import Stato

QUANTE, IN_SECONDI = 5, 900
FRESCHE = frozenset({Stato.DA_CONFERMARE, Stato.RICEVUTA, Stato.ASSEGNATA})


@dataclass(frozen=True, slots=True)
class _Ricevuta:
    """What the receipt says. email: where the confirmation was sent, "" when none is needed."""

    caso: Segnalazione
    email: str

    @property
    def da_confermare(self) -> bool:
        return self.caso.stato == Stato.DA_CONFERMARE

    @property
    def scade_il(self) -> datetime:
        """Until when it can be confirmed."""
        return self.caso.contributo.created_at + actions.CONFERMA_ENTRO


@require_http_methods(["GET", "HEAD", "POST"])
@del_caso
def inviata(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """Only for who filed it: for all others, a public case's receipt does not exist either."""
    if not accesso.segnalante:
        raise Http404
    if request.method == "POST":
        return _rimanda_o_cambia(request, accesso)
    if accesso.caso.stato not in FRESCHE:
        return redirect(accesso.caso)  # what the receipt foretells has happened: the page tells it
    return _mostra(request, accesso)


def _rimanda_o_cambia(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    cambia = request.POST.get("che") == "cambia"
    modulo = IndirizzoForm(request.POST) if cambia else IndirizzoForm()
    if cambia and not modulo.is_valid():
        return _mostra(request, accesso, modulo, status=422)
    if troppe(request, "rimanda-conferma", quante=QUANTE, secondi=IN_SECONDI):
        messages.warning(
            request, _("L’abbiamo appena mandata: aspetta qualche minuto e guarda nella posta indesiderata.")
        )
        return _mostra(request, accesso, modulo, status=429)
    if cambia:
        actions.cambia_indirizzo(accesso.caso, email=modulo.cleaned_data["email"])
    else:
        actions.rimanda_conferma(accesso.caso)
    messages.success(request, _("Ti abbiamo mandato una nuova mail: aprila e conferma."))
    return redirect(accesso.caso.url("inviata"))


def _mostra(
    request: HttpRequest, accesso: Accesso, modulo: IndirizzoForm | None = None, *, status: int = 200
) -> HttpResponse:
    caso = accesso.caso
    seguace = Seguace.objects.filter(segnalazione=caso, segnalante=True).first()
    ricevuta = _Ricevuta(caso, seguace.email if seguace else "")
    contesto = {
        "caso": caso,
        "ricevuta": ricevuta,
        "modulo": modulo or IndirizzoForm(),
        "passi": _passi(ricevuta),
        "breve": _breve(caso),
        "titolo": _titolo(ricevuta),
        "chi_la_vede": _chi_la_vede(ricevuta),
        "briciole": [(_("Segnalazioni"), reverse("segnalazioni:elenco"))],
    }
    risposta = render(request, "segnalazioni/inviata.html", contesto, status=status)
    non_conservare(risposta)
    return risposta


def _titolo(ricevuta: _Ricevuta) -> str:
    if ricevuta.da_confermare:
        return _("Manca solo la tua conferma")
    return _("Richiesta inviata") if ricevuta.caso.assistenza else _("Segnalazione inviata")


def _chi_la_vede(ricevuta: _Ricevuta) -> str:
    pubblica = ricevuta.caso.categoria.pubblica
    if ricevuta.da_confermare and pubblica:
        return _("Finché non confermi la vedi solo tu, da questo dispositivo. Poi la vedono tutti, senza il tuo nome.")
    if ricevuta.da_confermare:
        return _("Per ora la vedi solo tu, da questo dispositivo. Resta privata anche dopo che confermi.")
    return _("La vedono tutti, senza il tuo nome.") if pubblica else _("È privata: la vedi solo tu.")


def _breve(caso: Segnalazione) -> list[tuple[str, Any]]:
    fatti = [(_("Che cosa"), caso.categoria.nome), (_("Dove"), caso.dove), (_("Foto"), caso.foto.count())]
    if caso.categoria.ufficio:
        fatti.append((_("Ufficio"), caso.categoria.ufficio.nome))
    if registrazione := registrazione_di(caso):
        fatti.append((_("Protocollo"), registrazione.in_parole))
    return [(nome, valore) for nome, valore in fatti if valore]


# --- what happens next, forwards --------------------------------------------------------------------------


def _passi(ricevuta: _Ricevuta) -> list[VoceLinea]:
    caso = ricevuta.caso
    if ricevuta.da_confermare:
        che = _("Richiesta registrata") if caso.assistenza else _("Segnalazione registrata")
        registrata = VoceLinea(che=che, quando=caso.contributo.created_at, classe="oggi")
        return [registrata, _conferma(ricevuta), _smistamento(ricevuta), _risposta(ricevuta)]
    if caso.ufficio:
        arrivata = VoceLinea(che=_("Assegnata a %(ufficio)s") % {"ufficio": caso.ufficio.nome}, classe="oggi")
        return [VoceLinea(che=_("Ricevuta"), quando=caso.confermata_il), arrivata, _risposta(ricevuta)]
    ricevuta_ora = VoceLinea(che=_("Ricevuta"), quando=caso.confermata_il, classe="oggi")
    return [ricevuta_ora, _smistamento(ricevuta), _risposta(ricevuta)]


def _conferma(ricevuta: _Ricevuta) -> VoceLinea:
    return VoceLinea(
        che=_("Confermi dalla mail"),
        quando_testo=_("entro %(quando)s") % {"quando": istante(ricevuta.scade_il)},
        chi=_("Tocca a te. Da qui parte il termine dell’ufficio."),
        classe="attesa tu",
    )


def _smistamento(ricevuta: _Ricevuta) -> VoceLinea:
    ufficio, pubblica = ricevuta.caso.categoria.ufficio, ricevuta.caso.categoria.pubblica
    quando = (
        _("il primo giorno lavorativo dopo la conferma") if ricevuta.da_confermare else _("il primo giorno lavorativo")
    )
    return VoceLinea(
        che=_("Va a %(ufficio)s") % {"ufficio": ufficio.nome} if ufficio else _("L’URP la passa a chi deve rispondere"),
        quando_testo=quando,
        chi=_seguito(ricevuta, pubblica=pubblica),
        classe="attesa",
    )


def _seguito(ricevuta: _Ricevuta, *, pubblica: bool) -> str:
    if not ricevuta.da_confermare:
        return ""
    if pubblica:
        return _("La pagina diventa pubblica e ti arriva una mail.")
    return _("La pagina resta privata e ti arriva una mail.")


def _risposta(ricevuta: _Ricevuta) -> VoceLinea:
    categoria, termine = ricevuta.caso.categoria, termine_di(ricevuta.caso)
    entro = termine.scade if termine else scadenza(oggi(), categoria.tipo_termine, categoria.giorni)
    dura = termine.in_parole if termine else categoria.termine_in_parole()
    quando = _("entro %(giorno)s, se confermi oggi") if ricevuta.da_confermare else _("entro %(giorno)s")
    return VoceLinea(
        che=_("L’ufficio ti risponde"),
        quando_testo=quando % {"giorno": giorno(entro)},
        chi=_("Sono %(termine)s. Se fa tardi, la pagina lo dice.") % {"termine": dura},
        classe="attesa",
    )
