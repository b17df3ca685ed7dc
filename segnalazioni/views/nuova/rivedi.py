"""Step 5, review and send. The key of the draft is the key of the report: sent twice it is filed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comune.territorio import metri, quartiere_di
from core.calendario import lavorativo
from core.ratelimit import troppe
from core.templatetags.lp import giorno_breve
from core.tempo import adesso, oggi
from segnalazioni.accesso import ricorda_inviata
from segnalazioni.actions import invia
from segnalazioni.actions.bozza import DURATA
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.suggerimenti import ALTRO
from segnalazioni.termini import TipoTermine, scadenza
from segnalazioni.views.nuova._bozza import apri, dimentica, guardia, indietro, modulo, pagina, troppo_spesso

INVII_ALL_ORA = 20


@dataclass(frozen=True, slots=True)
class Riga:
    """One row of the review: components/riga.html."""

    termine: str
    valore: str
    url: str
    che: str
    nota: str = ""


@modulo
def rivedi(request: HttpRequest) -> HttpResponse:
    """The review; POST sends. A second press finds the report that the first one filed."""
    comp = apri(request)
    if request.method == "POST" and (gia := _gia_inviata(request, comp)):
        return _inviata(request, gia)
    return guardia(request, comp, "rivedi") or _rivedi(request, comp)


def _gia_inviata(request: HttpRequest, comp: Compilazione) -> Segnalazione | None:
    """The report with the key of this page, when its draft is not here any more."""
    chiave = _chiave(request)
    if chiave is None or (comp.bozza and comp.bozza.chiave == chiave):
        return None
    # 122 random bits that only the page of this draft has held, and a day at most: then a draft would be gone too.
    da_poco = Segnalazione.objects.filter(contributo__created_at__gt=adesso() - DURATA)
    return da_poco.per_elenco().filter(chiave_invio=chiave).first()


def _chiave(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("chiave", ""))
    except ValueError:
        return None


def _inviata(request: HttpRequest, caso: Segnalazione) -> HttpResponse:
    ricorda_inviata(request.session, caso)
    dimentica(request)
    return redirect(caso.url("inviata"))


def _rivedi(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    if request.method != "POST":
        return pagina(request, comp, "rivedi", _contesto(comp))
    if request.POST.get("vai") == "indietro":
        return indietro(request, comp, "rivedi")
    riletta = request.POST.get("riletta", "") == comp.impronta
    if comp.bozza is None or _chiave(request) != comp.bozza.chiave or not riletta:
        messages.info(request, _("Nel frattempo la bozza è cambiata: rileggi prima di inviare."))
        return redirect("segnalazioni:nuova_rivedi")
    if troppe(request, "invio", quante=INVII_ALL_ORA, secondi=3600):
        return troppo_spesso(request)
    return _inviata(request, invia(comp.nuova_segnalazione(), autore=comp.autore, bozza=comp.bozza))


# --- the rows ---------------------------------------------------------------------------------------------


def _contesto(comp: Compilazione) -> dict[str, object]:
    """Nothing is missing here: every form of the draft has been read and is valid."""
    categoria, chi = comp.cosa.cleaned_data["categoria"], comp.chi.cleaned_data
    return {
        "prima_della_foto": [*_righe_cosa(comp, categoria), *_righe_dove(comp)],
        "dopo_la_foto": [_riga_chi(comp)],
        "chiave": comp.bozza.chiave if comp.bozza else "",
        "riletta": comp.impronta,
        "con_mail": chi["contatto"] == "email",
        "nota_invio": _nota(categoria),
        **termine_se_oggi(categoria),
    }


def _nota(categoria: Categoria) -> str:
    if categoria.pubblica:
        return _("La segnalazione diventa pubblica, senza il tuo nome e senza la tua mail.")
    return _("La segnalazione la leggete tu e l’ufficio: questa categoria non diventa pubblica.")


def _riga(termine: str, valore: str, passo_: str, ancora: str, che: str, nota: str = "") -> Riga:
    url = reverse("segnalazioni:nuova" + (f"_{passo_}" if passo_ != "cosa" else ""))
    return Riga(termine, valore, f"{url}?poi=rivedi#{ancora}", che, nota)


def _righe_cosa(comp: Compilazione, categoria: Categoria) -> list[Riga]:
    nome = _("Nessuna di queste: la legge l’URP") if categoria.codice == ALTRO else categoria.nome
    righe = [
        _riga(_("Che cosa succede"), comp.cosa.cleaned_data["testo"], "cosa", "testo", _("che cosa succede")),
        _riga(_("Categoria"), nome, "cosa", "proposte", _("la categoria")),
    ]
    for campo, domanda, risposta in comp.domande.in_parole() if comp.domande else []:
        righe.append(_riga(domanda, risposta, "domande", f"d-{campo}", _("la risposta: %(che)s") % {"che": domanda}))
    return righe


def _righe_dove(comp: Compilazione) -> list[Riga]:
    parole = comp.dove.cleaned_data["parole"]
    dove, nota = _luogo(comp)
    righe = []
    if dove or not parole:
        righe.append(_riga(_("Dove"), dove or _("Nessun posto preciso"), "dove", "id_cerca", _("il luogo"), nota))
    if parole:
        righe.append(_riga(_("A parole"), parole, "dove", "id_parole", _("la descrizione del luogo")))
    return righe


def _luogo(comp: Compilazione) -> tuple[str, str]:
    """The place in words, and a small line about how it was said."""
    punto = comp.punto
    if punto is None:
        return comp.indirizzo, ""
    quartiere = quartiere_di(*punto)
    luogo = comp.dove.luogo
    sulla_mappa = luogo is None or luogo.lat is None or luogo.lon is None or metri(*punto, luogo.lat, luogo.lon) > 1
    note = [
        quartiere.nome if quartiere else _("fuori dal Comune di Lucca"),
        _("punto messo sulla mappa") if sulla_mappa and comp.indirizzo else "",
    ]
    return comp.indirizzo or _("Punto messo sulla mappa"), ", ".join(n for n in note if n)


def _riga_chi(comp: Compilazione) -> Riga:
    chi = comp.chi.cleaned_data
    if chi["contatto"] == "email":
        come = _("Con una mail a %(email)s") % {"email": chi["email"]}
    elif comp.autore:
        come = _("Con il tuo account, %(email)s") % {"email": comp.autore.email}
    else:
        come = _("In nessun modo: resti anonimo")
    return _riga(_("Ti avvisiamo"), come, "chi", "k-email", _("come ti avvisiamo"))


# --- when an answer comes ---------------------------------------------------------------------------------


def termine_se_oggi(categoria: Categoria) -> dict[str, object]:
    """The due date if the term began today, and which days do not count on the way."""
    da = oggi()
    a = scadenza(da, categoria.tipo_termine, categoria.giorni)
    return {
        "ufficio": categoria.ufficio.nome if categoria.ufficio else "",
        "entro": a,
        "estremi": [(_("Oggi"), giorno_breve(da)), (categoria.termine_in_parole(), giorno_breve(a))],
        "segni": [(1, _("oggi"))],
        "non_contano": _non_contano(categoria, da, a),
    }


def _non_contano(categoria: Categoria, da: date, a: date) -> str:
    if categoria.tipo_termine == TipoTermine.PROCEDIMENTO:
        return _("Si contano tutti i giorni; se l’ultimo è festivo si passa al primo lavorativo.")
    giorni = (da + timedelta(days=n) for n in range(1, (a - da).days + 1))
    feste = [date_format(g, "j F").lower() for g in giorni if g.weekday() < 5 and not lavorativo(g)]
    if not feste:
        return _("Sabati e domeniche non contano.")
    return _("Sabati, domeniche e %(feste)s non contano.") % {"feste": ", ".join(feste)}
