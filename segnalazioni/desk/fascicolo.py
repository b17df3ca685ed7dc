"""All that the page of one case shows to a colleague: one query per kind of thing, however long its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ascolto.models import Canale, Visibilita
from comune.models import Ente
from core.templatetags.lp import giorno_breve
from core.tempo import adesso
from core.workflow import Transizione
from segnalazioni.actions import MODERATORI
from segnalazioni.desk.anteprima import anteprima
from segnalazioni.desk.doppioni import del_gruppo, riceve, unite_a, vicine
from segnalazioni.desk.mosse import PAROLE, mosse, possibili
from segnalazioni.forms.moderazione import ConsultaForm
from segnalazioni.forms.nota import NotaForm
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import (
    Consultazione,
    CosaVista,
    Foto,
    RispostaPronta,
    Segnalazione,
    colleghi_di,
    nomi_dei_colleghi,
    ruoli_di_servizio,
)
from segnalazioni.models.segnalazione import PERSONA, Seguace
from segnalazioni.racconto import Vista, VoceLinea, orologio, pillola, registrazione_di, voci
from segnalazioni.racconto.note import NotaLinea, note_di
from segnalazioni.racconto.risposte import risposte
from segnalazioni.smistamento import giri_di

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Seguito:
    """Who follows a case. avvisati: people that a step writes to. chi: what is known of who reported, in words."""

    firme: int
    avvisati: int
    chi: str
    raggiungibile: bool


@dataclass(frozen=True, slots=True)
class Pezzo:
    """One entry of the history: a public step (`voce`), the internal note said with it (`nota`), or one of its own."""

    voce: VoceLinea
    nota: str = ""
    annotata: NotaLinea | None = None
    mia: bool = False

    @property
    def interno(self) -> bool:
        """Read by colleagues only."""
        return bool(self.nota or self.annotata)

    @property
    def quando(self) -> datetime:
        """When it was said."""
        return self.annotata.quando if self.annotata else self.voce.quando or adesso()


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


def storia_di(caso: Segnalazione, filtro: str, note: Sequence[NotaLinea] = (), mio: int = 0) -> Storia:
    """The history of a case. filtro: "pubblico", "interno" or anything else for all of it; mio: key of who reads."""
    tutte = voci(caso, vista=Vista.SCRIVANIA)
    prossimo = next((v for v in tutte if v.quando is None), None)
    fatte = [v for v in tutte if v.quando is not None]
    pezzi = [p for v in fatte for p in ((Pezzo(v, v.nota), Pezzo(v)) if v.nota else (Pezzo(v),))]
    annotate = [Pezzo(VoceLinea(""), annotata=nota, mia=nota.autore == mio) for nota in note]
    pezzi = sorted([*annotate, *pezzi], key=lambda p: p.quando, reverse=True)
    interni = [p for p in pezzi if p.interno]
    filtro = filtro if filtro in ("pubblico", "interno") else ""
    mostrati = {"pubblico": [p for p in pezzi if not p.interno], "interno": interni}.get(filtro, pezzi)
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
    chi_ha_segnalato = Q(segnalante=True)
    # Those of the cases joined to this one too; a person who stands in several counts once.
    suo = Q(segnalazione=caso)
    conti = Seguace.objects.filter(del_gruppo(caso)).aggregate(
        firme=Count(PERSONA, filter=Q(firma=True), distinct=True),
        avvisati=Count(PERSONA, filter=riceve(caso), distinct=True),
        account=Count("pk", filter=suo & chi_ha_segnalato & Q(utente__isnull=False)),
        email=Count("pk", filter=suo & chi_ha_segnalato & ~Q(email="")),
        telefono=Count("pk", filter=suo & chi_ha_segnalato & ~Q(telefono="")),
    )
    return Seguito(
        conti["firme"],
        conti["avvisati"],
        _chi(caso, conti),
        bool(conti["account"] or conti["email"] or conti["telefono"]),
    )


def _chi(caso: Segnalazione, conti: dict[str, int]) -> str:
    if conti["account"]:
        return _("Una persona con account. Nome e recapiti sono coperti.")
    if conti["email"]:
        return _("Una persona, con e-mail confermata. L’indirizzo è coperto.")
    if conti["telefono"]:
        return _("Una persona che ha lasciato solo un telefono: gli avvisi vanno dati a voce. Il numero è coperto.")
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


CANALI = {
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


def modulo_nota(caso: Segnalazione, user: User, **altro: Any) -> NotaForm:
    """The form of an internal note: those who may be called are those who may see the case, but oneself."""
    colleghi = nomi_dei_colleghi(colleghi_di(caso))
    return NotaForm(colleghi={nome: chi for nome, chi in colleghi.items() if chi != user}, **altro)


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
        "canale": CANALI[Canale(caso.contributo.canale)],
        "protocollo": registrazione_di(caso),
        "orologio": orologio(caso, vista=Vista.SCRIVANIA),
        **_detto(caso),
        **_attorno(caso, user, query, si_unisce=any(r.passo == "unisci" for r in righe)),
        "seguito": seguito,
        "avvisa": _avvisa(seguito.avvisati),
        "mosse": mosse(caso, righe, scelto=passo, query=query),
        "storia": storia_di(caso, filtro, note_di(caso), user.pk),
        "query": query,
        "inizio": f"{caso.url_scrivania()}{query}&" if query else f"{caso.url_scrivania()}?",
        **_riservatezza(caso, user),
        **_passo_aperto(caso, form, query, user),
    }


def _attorno(caso: Segnalazione, user: User, query: str, *, si_unisce: bool) -> dict[str, Any]:
    """The cases that have to do with this one, and how often it went from office to office."""
    return {
        "vicine": vicine(caso, user, query=query, si_unisce=si_unisce),
        "unite": unite_a(caso, user),
        "giri": giri_di(caso),
        "originale": _originale(caso, user),
    }


def _detto(caso: Segnalazione) -> dict[str, Any]:
    """What came with the report beside its words."""
    return {
        "risposte": risposte(caso),
        "foto": list(Foto.objects.filter(segnalazione=caso, passaggio__isnull=True)),
    }


def _riservatezza(caso: Segnalazione, user: User) -> dict[str, Any]:
    """What covers the case, and what it takes to look at contacts; they are shown by segnalazioni.desk.consulta."""
    viste = Consultazione.objects.filter(segnalazione=caso, cosa=CosaVista.RECAPITI).select_related("autore")
    return {
        "visibilita": visibilita_di(caso),
        "modera": bool(ruoli_di_servizio(caso, user) & MODERATORI),
        "consulta": ConsultaForm(auto_id="consulta-%s"),
        "recapiti": [],
        "ultima": viste.first(),
    }


def _passo_aperto(caso: Segnalazione, form: PassoForm | None, query: str, user: User) -> dict[str, Any]:
    """The form of the step that is open, the words about it, and what the citizen would read."""
    passo = form.riga.passo if form else ""
    return {
        "form": form,
        "pronte": RispostaPronta.objects.per_passo(user, passo) if form and "testo" in form.fields else [],
        "parole": PAROLE.get(passo),
        "anteprima": anteprima(form, caso) if form else None,
        "enti": _enti(caso) if form and "ente" in form.fields else [],
        **_indirizzi(caso, passo, query),
    }


def _enti(caso: Segnalazione) -> list[str]:
    """Names of other bodies to choose from: those the category is likely to be of first."""
    enti, competenze = list(Ente.objects.attivi()), {nome.casefold() for nome in caso.categoria.competenze}
    return [ente.nome for ente in sorted(enti, key=lambda ente: not ente.tutti_i_nomi & competenze)]


def _indirizzi(caso: Segnalazione, passo: str, query: str) -> dict[str, str]:
    if not passo:
        return {}
    di_questo = {"codice": caso.codice, "passo": passo}
    return {
        "passo_url": reverse("scrivania:passo", kwargs=di_questo) + query,
        "anteprima_url": reverse("scrivania:anteprima", kwargs=di_questo),
    }


def avvisa_quanti(caso: Segnalazione) -> str:
    """How many people a step on the case writes to, in words; "" for none."""
    return _avvisa(seguito_di(caso).avvisati)


def _avvisa(persone: int) -> str:
    return ngettext("avvisa %(n)d persona", "avvisa %(n)d persone", persone) % {"n": persone} if persone else ""


def dettaglio(altra: Segnalazione, metri: int) -> str:
    """How far a case near by is, since when it is open, where it stands, how many signed it."""
    firme: int = getattr(altra, "firme", 0)
    pezzi = [f"{metri} m", giorno_breve(altra.confermata_il), pillola(altra).parola]
    if firme > 1:
        pezzi.append(ngettext("%(n)d firma", "%(n)d firme", firme) % {"n": firme})
    return " · ".join(pezzi)


def _originale(caso: Segnalazione, user: User) -> Segnalazione | None:
    """The case that lives on for this one, at the end of the chain of merges, when it is this colleague's too."""
    if caso.radice_id is None:
        return None
    return Segnalazione.objects.del_servizio(user).per_elenco().filter(pk=caso.radice_id).first()
