"""What who stands at the counter takes home: the number, what happens next and by when, how to follow it. One A4."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from comune.porte import RichiestaDiServizio, solo_urp
from core.qr import Qr
from core.templatetags.lp import giorno
from core.tempo import adesso
from segnalazioni.actions.sportello import CANALI, DURATA, si_stampa_la_chiave, stampa_chiave
from segnalazioni.desk._permessi import caso_di
from segnalazioni.models import Segnalazione, Seguace
from segnalazioni.racconto import registrazione_di

logger = logging.getLogger(__name__)


def _caso(request: RichiestaDiServizio, codice: str) -> Segnalazione:
    """A case filed at the counter; any other has no receipt here."""
    caso = caso_di(request.user, codice)
    if caso.contributo.canale not in CANALI:
        raise Http404
    return caso


@require_safe
@solo_urp
def fatta(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Filed: the number to say aloud, and the receipt to print."""
    caso = _caso(request, codice)
    contesto = {"caso": caso, "con_chiave": si_stampa_la_chiave(caso), "passi": _passi(caso), "fatti": _fatti(caso)}
    return render(request, "segnalazioni/sportello/fatta.html", contesto)


@sensitive_variables("segreto", "indirizzo")
@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def ricevuta(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The receipt. POST writes a new key on it, for who has no mailbox; looking (GET) writes none and revokes none."""
    caso = _caso(request, codice)
    indirizzo, con_chiave = caso.url(), False
    if request.method == "POST" and si_stampa_la_chiave(caso):
        segreto = stampa_chiave(caso, operatore=request.user)
        indirizzo, con_chiave = reverse("segnalazioni:chiave", kwargs={"codice": codice, "segreto": segreto}), True
        logger.info("key of %s printed by %s", caso.codice, request.user.uid)
    contesto = {
        "caso": caso,
        "con_chiave": con_chiave,
        "fino_al": giorno(adesso() + DURATA),
        "passi": _passi(caso),
        "fatti": _fatti(caso),
        "sito": settings.SITO_URL.partition("://")[2],
        "qr": Qr(f"{settings.SITO_URL}{indirizzo}") if con_chiave or caso.pubblica else None,
        "avvisi": _avvisi(caso),
    }
    risposta = render(request, "segnalazioni/sportello/ricevuta.html", contesto)
    risposta["Cache-Control"] = "private, no-store"
    return risposta


def _fatti(caso: Segnalazione) -> list[tuple[str, Any]]:
    """Without the name: who takes the sheet home knows it, and at the desk it is covered."""
    registrazione, ufficio = registrazione_di(caso), caso.ufficio or caso.categoria.ufficio
    fatti = [
        (_("Arrivata"), f"{giorno(caso.confermata_il)}, {caso.contributo.get_canale_display().lower()}"),
        (_("Protocollo"), registrazione.in_parole if registrazione else ""),
        (_("Che cosa"), caso.categoria.nome),
        (_("Dove"), caso.dove),
        (_("Ufficio"), ufficio.nome if ufficio else ""),
    ]
    return [(nome, valore) for nome, valore in fatti if valore]


def _passi(caso: Segnalazione) -> list[tuple[str, str]]:
    """What happens next, and by when: the receipt that L. 241/1990, art. 18-bis asks for names the term."""
    ufficio = caso.ufficio or caso.categoria.ufficio
    va = _("Va a %(ufficio)s") % {"ufficio": ufficio.nome} if ufficio else _("L’URP la passa a chi deve rispondere")
    entro = _("entro %(giorno)s") % {"giorno": giorno(caso.scadenza)} if caso.scadenza else ""
    return [
        (va, _("il primo giorno lavorativo")),
        (_("L’ufficio ti risponde"), entro),
        (_("Se fa tardi"), _("la pagina lo dice, e puoi chiamare l’URP con questo numero")),
    ]


def _avvisi(caso: Segnalazione) -> str:
    segnalante = Seguace.objects.filter(segnalazione=caso, segnalante=True).first()
    if segnalante is not None and segnalante.email:
        return _("Ti scriviamo a ogni passo, all’indirizzo e-mail che ci hai lasciato.")
    if segnalante is not None and segnalante.telefono:
        return _("Se c’è una domanda ti chiamiamo al numero che ci hai lasciato.")
    return _("Non hai lasciato recapiti: per sapere a che punto è, guarda la sua pagina o chiama l’URP con il numero.")
