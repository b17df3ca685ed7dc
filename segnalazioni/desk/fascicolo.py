"""All that the page of one case shows to a colleague: one query per kind of thing, however long its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ascolto.models import Canale, Visibilita
from core.templatetags.lp import giorno_breve
from core.workflow import Transizione
from segnalazioni.desk.anteprima import anteprima
from segnalazioni.desk.mosse import PAROLE, mosse, possibili
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Foto, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.racconto import Vista, VoceLinea, orologio, pillola, voci
from segnalazioni.racconto.risposte import risposte

if TYPE_CHECKING:
    from accounts.models import User

VICINO = 200  # metres


@dataclass(frozen=True, slots=True)
class Seguito:
    """Who follows a case. avvisati: people that a step writes to. chi: what is known of who reported, in words."""

    firme: int
    avvisati: int
    chi: str
    raggiungibile: bool


@dataclass(frozen=True, slots=True)
class Vicina:
    """An open case of the same category close by. unisci: where this one is joined to it, or ""."""

    codice: str
    titolo: str
    url: str
    dettaglio: str
    unisci: str


@dataclass(frozen=True, slots=True)
class Pezzo:
    """One entry of the history: a public step (`voce`) or the internal note said with it (`nota`)."""

    voce: VoceLinea
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Storia:
    """The history as filtered, and how much each filter would show. prossimo: the dashed step on top."""

    pezzi: list[Pezzo]
    prossimo: VoceLinea | None
    filtro: str
    tutto: int
    pubblico: int
    interno: int
    ultimo: VoceLinea | None

    @property
    def novita(self) -> str:
        """The last step in one sentence, for who hears the page change."""
        if self.ultimo is None:
            return ""
        return ": ".join(parole for parole in (self.ultimo.chi, self.ultimo.che) if parole) + "."


def storia_di(caso: Segnalazione, filtro: str) -> Storia:
    """The history of a case. filtro: "pubblico", "interno" or anything else for all of it."""
    tutte = voci(caso, vista=Vista.SCRIVANIA)
    prossimo = next((v for v in tutte if v.quando is None), None)
    fatte = [v for v in tutte if v.quando is not None]
    pezzi = [p for v in fatte for p in ((Pezzo(v, v.nota), Pezzo(v)) if v.nota else (Pezzo(v),))]
    interni = [p for p in pezzi if p.nota]
    filtro = filtro if filtro in ("pubblico", "interno") else ""
    mostrati = {"pubblico": [p for p in pezzi if not p.nota], "interno": interni}.get(filtro, pezzi)
    return Storia(
        pezzi=mostrati,
        prossimo=None if filtro == "interno" else prossimo,
        filtro=filtro,
        tutto=len(pezzi),
        pubblico=len(fatte),
        interno=len(interni),
        ultimo=fatte[0] if fatte else None,
    )


def seguito_di(caso: Segnalazione) -> Seguito:
    """Who follows, counted in one query; contacts are never read here."""
    con_recapito = Q(utente__isnull=False) | ~Q(email="")
    chi_ha_segnalato = Q(segnalante=True)
    conti = Seguace.objects.filter(segnalazione=caso).aggregate(
        firme=Count("pk", filter=Q(firma=True)),
        avvisati=Count("pk", filter=con_recapito & Q(confermato_il__isnull=False)),
        account=Count("pk", filter=chi_ha_segnalato & Q(utente__isnull=False)),
        email=Count("pk", filter=chi_ha_segnalato & ~Q(email="")),
    )
    return Seguito(conti["firme"], conti["avvisati"], _chi(caso, conti), bool(conti["account"] or conti["email"]))


def _chi(caso: Segnalazione, conti: dict[str, int]) -> str:
    if conti["account"]:
        return _("Una persona con account. Nome e recapiti sono coperti.")
    if conti["email"]:
        return _("Una persona, con e-mail confermata. L’indirizzo è coperto.")
    if caso.fonte:
        return _("Viene da un altro archivio, senza recapiti.")
    return _("In forma anonima: non ci sono recapiti, quindi non riceve avvisi.")


def visibilita_di(caso: Segnalazione) -> tuple[str, str]:
    """Who may read it, and what that means."""
    significa = {
        Visibilita.PUBBLICA: _("la leggono tutti"),
        Visibilita.OSCURATA: _("la leggono tutti, non intera"),
        Visibilita.PRIVATA: _("la legge solo chi ha segnalato"),
        Visibilita.RIMOSSA: _("fuori dagli uffici non la legge nessuno"),
    }
    visibilita = Visibilita(caso.contributo.visibilita)
    return str(visibilita.label), significa[visibilita]


_CANALI = {
    Canale.WEB: gettext_lazy("dal sito"),
    Canale.SPORTELLO: gettext_lazy("dallo sportello"),
    Canale.TELEFONO: gettext_lazy("per telefono"),
    Canale.ASSEMBLEA: gettext_lazy("da un’assemblea"),
    Canale.CARTA: gettext_lazy("su carta"),
    Canale.EMAIL: gettext_lazy("per e-mail"),
    Canale.API: gettext_lazy("da un’applicazione"),
}


def modulo(riga: Transizione, caso: Segnalazione, user: User, **altro: Any) -> PassoForm:
    """The form of a step, with the words of the desk."""
    return PassoForm(riga, caso, operatore=user, parole_del_testo=str(PAROLE[riga.passo].testo), **altro)


def contesto(
    caso: Segnalazione,
    user: User,
    *,
    query: str,
    filtro: str = "",
    scelto: str = "",
    originale: str = "",
    form: PassoForm | None = None,
) -> dict[str, Any]:
    """The whole page.

    query: what its links carry on, "" or "?…"; scelto: the step to open; originale: the number that «unisci» begins
    with; form: one already filled.
    """
    righe = possibili(caso, user)
    scelta = next((r for r in righe if r.passo == scelto), None)
    if form is None and scelta is not None:
        form = modulo(scelta, caso, user, initial={"originale": originale})
    seguito = seguito_di(caso)
    passo = form.riga.passo if form else ""
    return {
        "caso": caso,
        "pillola": pillola(caso),
        "canale": _CANALI[Canale(caso.contributo.canale)],
        "visibilita": visibilita_di(caso),
        "orologio": orologio(caso, vista=Vista.SCRIVANIA),
        "risposte": risposte(caso),
        "foto": list(Foto.objects.filter(segnalazione=caso, passaggio__isnull=True)),
        "vicine": _vicine(caso, user, query=query, si_unisce=any(r.passo == "unisci" for r in righe)),
        "originale": _originale(caso, user),
        "seguito": seguito,
        "avvisa": _avvisa(seguito.avvisati),
        "mosse": mosse(caso, righe, scelto=passo, query=query),
        "storia": storia_di(caso, filtro),
        "query": query,
        **_passo_aperto(caso, form, query),
    }


def _passo_aperto(caso: Segnalazione, form: PassoForm | None, query: str) -> dict[str, Any]:
    """The form of the step that is open, the words about it, and what the citizen would read."""
    passo = form.riga.passo if form else ""
    return {
        "form": form,
        "parole": PAROLE.get(passo),
        "anteprima": anteprima(form, caso) if form else None,
        "enti": caso.categoria.competenze,
        **_indirizzi(caso, passo, query),
    }


def _indirizzi(caso: Segnalazione, passo: str, query: str) -> dict[str, str]:
    if not passo:
        return {}
    di_questo = {"codice": caso.codice, "passo": passo}
    return {
        "passo_url": reverse("scrivania:passo", kwargs=di_questo) + query,
        "anteprima_url": reverse("scrivania:anteprima", kwargs=di_questo),
    }


def _avvisa(persone: int) -> str:
    return ngettext("avvisa %(n)d persona", "avvisa %(n)d persone", persone) % {"n": persone} if persone else ""


def _vicine(caso: Segnalazione, user: User, *, query: str, si_unisce: bool) -> list[Vicina]:
    if caso.lat is None or caso.lon is None:
        return []
    tutte = Segnalazione.objects.del_servizio(user).exclude(pk=caso.pk)
    inizio = f"{caso.url_scrivania()}{query or '?'}&passo=unisci&originale="
    return [
        Vicina(
            codice=altra.codice,
            titolo=altra.titolo,
            url=altra.url_scrivania(),
            dettaglio=_dettaglio(altra, metri),
            unisci=f"{inizio}{altra.codice}#lavoro" if si_unisce else "",
        )
        for altra, metri in tutte.vicine_a(caso.lat, caso.lon, VICINO, caso.categoria)
    ]


def _dettaglio(altra: Segnalazione, metri: int) -> str:
    firme: int = getattr(altra, "firme", 0)
    pezzi = [f"{metri} m", giorno_breve(altra.confermata_il), pillola(altra).parola]
    if firme > 1:
        pezzi.append(ngettext("%(n)d firma", "%(n)d firme", firme) % {"n": firme})
    return " · ".join(pezzi)


def _originale(caso: Segnalazione, user: User) -> Segnalazione | None:
    """The case this one was joined to, when it is this colleague's too."""
    if caso.originale_id is None:
        return None
    return Segnalazione.objects.del_servizio(user).per_elenco().filter(pk=caso.originale_id).first()
