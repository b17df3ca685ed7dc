"""Which other cases may be the same as this one, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.territorio import METRI_PER_GRADO, metri
from core.templatetags.lp import giorno_breve, istante
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.anteprima import anteprima
from segnalazioni.desk.mosse import PAROLE, possibili
from segnalazioni.desk.righe import luogo
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Foto, Segnalazione
from segnalazioni.models.segnalazione import PERSONA, Seguace
from segnalazioni.racconto import Pillola, pillola
from segnalazioni.racconto.risposte import risposte
from segnalazioni.somiglianza import Somiglianza, somiglianza
from segnalazioni.workflow import APERTE

if TYPE_CHECKING:
    from accounts.models import User

VICINO = 200  # metres: of the same category, this is enough
LONTANO = 500  # metres: up to here, or where nobody knows the place, the words decide
SIMILI = 0.4  # share of words in common
LETTE = 200  # cases that are looked at, newest first
MOSTRATE = 8


@dataclass(frozen=True, slots=True)
class Vicina:
    """An open case that may be the same. confronta: both side by side; unisci: where this is joined to it, or ""."""

    codice: str
    titolo: str
    url: str
    dettaglio: str
    comuni: str
    confronta: str
    unisci: str


def vicine(caso: Segnalazione, user: User, *, query: str, si_unisce: bool) -> list[Vicina]:
    """Open cases of this colleague that may be the same, the likeliest first. One query; none for a concluded one."""
    if caso.stato not in APERTE:
        return []
    voti = [(_voto(caso, altra), altra) for altra in _attorno(caso, user)]
    scelte = sorted(((voto, altra) for voto, altra in voti if voto is not None), key=lambda v: (v[0][0], v[1].pk))
    return [_vicina(caso, altra, voto, query, si_unisce) for voto, altra in scelte[:MOSTRATE]]


Voto = tuple[float, int | None, Somiglianza]  # lower is likelier; metres; words


def _attorno(caso: Segnalazione, user: User) -> list[Segnalazione]:
    """Open cases of the same group of categories: those around the place, and those of which the place is unknown."""
    casi = Segnalazione.objects.del_servizio(user).aperte().exclude(pk=caso.pk)
    casi = casi.filter(categoria__madre=caso.categoria.madre_id) if caso.categoria.madre_id else casi.none()
    if caso.lat is not None and caso.lon is not None:
        alto = LONTANO / METRI_PER_GRADO
        largo = alto / max(cos(radians(caso.lat)), 0.01)
        riquadro = Q(lat__range=(caso.lat - alto, caso.lat + alto), lon__range=(caso.lon - largo, caso.lon + largo))
        casi = casi.filter(riquadro | Q(lat__isnull=True))
    return list(casi.con_firme().per_elenco().order_by("-confermata_il", "-pk")[:LETTE])


def _voto(caso: Segnalazione, altra: Segnalazione) -> Voto | None:
    """None when nothing says that they are the same."""
    lontana, parole = distanza(caso, altra), somiglianza(caso.testo, altra.testo)
    if lontana is not None and lontana > LONTANO:
        return None
    stessa = caso.categoria_id == altra.categoria_id
    if parole.quanto < SIMILI and not (stessa and lontana is not None and lontana <= VICINO):
        return None
    lontananza = (LONTANO if lontana is None else lontana) / LONTANO
    return lontananza - parole.quanto - (0.5 if stessa else 0), lontana, parole


def distanza(uno: Segnalazione, altro: Segnalazione) -> int | None:
    """Metres between two cases; None when the place of either is not known."""
    if uno.lat is None or uno.lon is None or altro.lat is None or altro.lon is None:
        return None
    return round(metri(uno.lat, uno.lon, altro.lat, altro.lon))


def _vicina(caso: Segnalazione, altra: Segnalazione, voto: Voto, query: str, si_unisce: bool) -> Vicina:
    firme: int = getattr(altra, "firme", 0)
    pezzi = [*quanto_distano(caso, altra), giorno_breve(altra.confermata_il), pillola(altra).parola]
    if firme > 1:
        pezzi.append(ngettext("%(n)d firma", "%(n)d firme", firme) % {"n": firme})
    inizio = f"{caso.url_scrivania()}{query or '?'}&passo=unisci&originale="
    return Vicina(
        codice=altra.codice,
        titolo=altra.titolo,
        url=altra.url_scrivania(),
        dettaglio=" · ".join(pezzi),
        comuni=", ".join(voto[2].comuni),
        confronta=url_confronto(caso, altra),
        unisci=f"{inizio}{altra.codice}#lavoro" if si_unisce else "",
    )


def quanto_distano(caso: Segnalazione, altra: Segnalazione) -> list[str]:
    """In space and in time: «35 m», «2 giorni prima»."""
    lontana, pezzi = distanza(caso, altra), []
    if lontana is not None:
        pezzi.append(_("%(n)d m") % {"n": lontana})
    if caso.confermata_il and altra.confermata_il:
        giorni = (localdate(altra.confermata_il) - localdate(caso.confermata_il)).days
        if giorni == 0:
            pezzi.append(_("lo stesso giorno"))
        elif giorni < 0:
            pezzi.append(ngettext("%(n)d giorno prima", "%(n)d giorni prima", -giorni) % {"n": -giorni})
        else:
            pezzi.append(ngettext("%(n)d giorno dopo", "%(n)d giorni dopo", giorni) % {"n": giorni})
    return pezzi


def url_confronto(caso: Segnalazione, altra: Segnalazione) -> str:
    """Address of the page where `caso` is held beside `altra`, to be joined to it."""
    return reverse("scrivania:confronta", kwargs={"codice": caso.codice, "altro": altra.codice})


# --- side by side -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lato:
    """One of the two. fatti: (what, how it is here); di_servizio: this colleague may open it at the desk."""

    caso: Segnalazione
    pillola: Pillola
    fatti: list[tuple[str, str]]
    risposte: list[tuple[str, str]]
    foto: list[Foto]
    di_servizio: bool


@require_safe
@di_servizio
def confronta(request: RichiestaDiServizio, codice: str, altro: str) -> HttpResponse:
    """Two cases side by side, and the form that joins the first to the second with what everybody will read."""
    caso = caso_di(request.user, codice)
    leggibili = Segnalazione.objects.del_servizio(request.user) | Segnalazione.objects.pubbliche()
    altra = leggibili.per_codice(altro).first()
    if altra is None or altra.pk == caso.pk:
        raise Http404
    dati = {
        "caso": caso,
        "altra": altra,
        "lati": _lati([caso, altra], request.user),
        "distanze": quanto_distano(caso, altra),
        "comuni": ", ".join(somiglianza(caso.testo, altra.testo).comuni),
        "al_contrario": url_confronto(altra, caso) if _sua(altra, request.user) else "",
        **_unione(caso, altra, request.user),
    }
    return render(request, "segnalazioni/scrivania/confronta.html", dati)


def _sua(caso: Segnalazione, user: User) -> bool:
    return Segnalazione.objects.del_servizio(user).filter(pk=caso.pk).exists()


def _lati(casi: list[Segnalazione], user: User) -> list[Lato]:
    chiavi = [caso.pk for caso in casi]
    firme = Segnalazione.objects.filter(pk__in=chiavi).firme_di_ognuna()
    sue = set(Segnalazione.objects.del_servizio(user).filter(pk__in=chiavi).values_list("pk", flat=True))
    foto = list(Foto.objects.filter(segnalazione__in=chiavi, passaggio__isnull=True))
    return [
        Lato(
            caso=caso,
            pillola=pillola(caso),
            fatti=_fatti(caso, firme[caso.pk]),
            risposte=risposte(caso),
            foto=[una for una in foto if una.segnalazione_id == caso.pk],
            di_servizio=caso.pk in sue,
        )
        for caso in casi
    ]


def _fatti(caso: Segnalazione, firme: int) -> list[tuple[str, str]]:
    return [
        (_("Arrivata"), istante(caso.confermata_il)),
        (_("Categoria"), caso.categoria.nome),
        (_("Dove"), luogo(caso)),
        (_("Ufficio"), caso.ufficio.nome if caso.ufficio else _("da assegnare")),
        (_("Firme"), str(firme)),
        (_("Chi la legge"), _("tutti") if caso.pubblica else _("solo chi ha segnalato")),
    ]


def _unione(caso: Segnalazione, altra: Segnalazione, user: User) -> dict[str, Any]:
    """The form, what will be read, and who hears of what; no form when the table or a rule says no."""
    riga = next((r for r in possibili(caso, user) if r.passo == "unisci"), None)
    if riga is None or not altra.aperta or altra.radice_id is not None:
        return {"form": None}
    scritto = {"versione": caso.versione, "originale": altra.codice, "testo": testo_proposto(altra)}
    prova = PassoForm(riga, caso, operatore=user, data=scritto)
    form = PassoForm(riga, caso, operatore=user, parole_del_testo=str(PAROLE["unisci"].testo), initial=scritto)
    passa = {"codice": caso.codice, "passo": "unisci"}
    return {
        "form": form,
        "anteprima": anteprima(prova, caso),
        "avvisati": persone_avvisate(caso),
        "passo_url": reverse("scrivania:passo", kwargs=passa),
        "anteprima_url": reverse("scrivania:anteprima", kwargs=passa),
    }


def testo_proposto(altra: Segnalazione) -> str:
    """What who reported will read, unless the colleague says it better. Of a private case only that there is one.

    The title is left to the page, which shows it as long as it may be read: these words stay.
    """
    if not altra.pubblica:
        return _("È lo stesso problema di un’altra segnalazione, che non è pubblica: si va avanti con quella.")
    parole = _("È lo stesso problema di %(codice)s: da adesso ti scriviamo le novità di quella.")
    return parole % {"codice": altra.codice}


def riceve(caso: Segnalazione) -> Q:
    """The followers that a step on this case writes to (actions.avvisi.dopo): of one that is not public only who
    reported it, of a public one its people and those of the cases joined to it."""
    con_recapito = (Q(utente__isnull=False) | ~Q(email="")) & Q(confermato_il__isnull=False)
    if not caso.pubblica:
        return con_recapito & Q(segnalazione=caso, segnalante=True)
    return con_recapito & del_gruppo(caso)


def del_gruppo(caso: Segnalazione) -> Q:
    """The followers of the case and of those joined to it."""
    return Q(segnalazione=caso) | Q(segnalazione__in=Segnalazione.objects.filter(radice=caso))


def persone_avvisate(caso: Segnalazione) -> int:
    """How many people a step on this case writes to; a person who stands in several counts once."""
    conto: dict[str, int] = Seguace.objects.filter(riceve(caso)).aggregate(n=Count(PERSONA, distinct=True))
    return conto["n"]


def unite_a(caso: Segnalazione, user: User) -> list[dict[str, Any]]:
    """The cases joined to this one, for components/righe.html; those this colleague may not open are only counted."""
    sue = Segnalazione.objects.del_servizio(user).filter(radice=caso).per_elenco().order_by("pk")
    return [
        {
            "url": una.url_scrivania(),
            "titolo": una.titolo,
            "testo": una.codice,
            "parola": pillola(una).parola,
            "classi": pillola(una).classi,
        }
        for una in sue
    ]
