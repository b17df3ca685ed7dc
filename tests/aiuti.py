"""Short ways to what tests need, always through the real actions."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.timezone import make_aware

from accounts.models import User
from cms.models import BasePage, Documento
from comune.models import Incarico, Ruolo, Settore, Ufficio, UnitaOrganizzativa
from core.tempo import adesso, fermo_a, oggi
from core.workflow import Transizione
from home.models import DocumentoPage, Versione
from segnalazioni import actions
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import PROCEDURA, RuoloCaso, Stato

_numero = count(1)
PASSWORD = "parola-di-prova-1"


def persona(nome: str, *, email: str = "", **extra: Any) -> User:
    """A person who can log in with PASSWORD, and has confirmed the address."""
    chi = User.objects.create_user(
        email or f"{nome.lower()}@example.org", PASSWORD, first_name=nome, **{"last_name": "Prova", **extra}
    )
    EmailAddress.objects.create(user=chi, email=chi.email, primary=True, verified=True)
    return chi


def ufficio(slug: str, nome: str) -> Ufficio:
    """An office, in a Settore and an unità of its own."""
    settore = Settore.objects.create(slug=f"settore-{slug}", nome=f"Settore {nome}")
    unita = UnitaOrganizzativa.objects.create(settore=settore, slug=f"unita-{slug}", nome=f"U.O. {nome}")
    return Ufficio.objects.create(unita=unita, slug=slug, nome=nome)


def incarica(chi: User, dove: Ufficio, ruolo: Ruolo, *, dal: date | None = None) -> User:
    """Gives an office to somebody, since a year ago."""
    Incarico.objects.create(utente=chi, ufficio=dove, ruolo=ruolo, dal=dal or oggi() - timedelta(days=365))
    return chi


def segnala(categoria: Categoria, *, autore: User | None = None, **altro: Any) -> Segnalazione:
    """Files a report; with `email` and no author it waits for its confirmation."""
    dati: dict[str, Any] = {
        "testo": "Buca profonda davanti al civico 12. Ci si cade con la bici.",
        "lat": 43.8429,
        "lon": 10.5027,
        "indirizzo": "Via Fillungo 12",
    } | altro
    return actions.invia(actions.NuovaSegnalazione(categoria=categoria, **dati), autore=autore)


def _collega(ruolo: Ruolo, dove: Ufficio | None = None) -> User:
    """Who holds this role (in this office), or somebody new."""
    incarichi = Incarico.objects.in_carica(oggi()).filter(ruolo=ruolo)
    trovato = (incarichi.filter(ufficio=dove) if dove else incarichi).select_related("utente").first()
    if trovato:
        return trovato.utente
    nuovo = persona(f"Collega{next(_numero)}", is_staff=True)
    return incarica(nuovo, dove or ufficio(f"prova-{next(_numero)}", "Ufficio di prova"), ruolo)


def _chi(riga: Transizione, caso: Segnalazione) -> tuple[User | None, RuoloCaso]:
    """Somebody who may take this step, and as what."""
    if RuoloCaso.OPERATORE in riga.chi and caso.ufficio:
        return _collega(Ruolo.OPERATORE, caso.ufficio), RuoloCaso.OPERATORE
    if RuoloCaso.URP in riga.chi and RuoloCaso.SEGNALANTE not in riga.chi:
        return _collega(Ruolo.URP), RuoloCaso.URP
    if RuoloCaso.RESPONSABILE in riga.chi:
        return _collega(Ruolo.RESPONSABILE, caso.ufficio), RuoloCaso.RESPONSABILE
    if RuoloCaso.SISTEMA in riga.chi:
        return None, RuoloCaso.SISTEMA
    seguace = Seguace.objects.filter(segnalazione=caso, segnalante=True).first()
    return (seguace.utente if seguace else None), RuoloCaso.SEGNALANTE


def _altro_ufficio(caso: Segnalazione) -> Ufficio:
    altri = Ufficio.objects.filter(attivo=True).exclude(incarichi__ruolo=Ruolo.URP).order_by("pk")
    if caso.ufficio is not None:
        altri = altri.exclude(pk=caso.ufficio.pk)
    return altri.first() or ufficio(f"prova-{next(_numero)}", "Altro ufficio")


_DATI: dict[str, Callable[[Segnalazione], Any]] = {
    "ufficio": lambda caso: caso.categoria.ufficio if caso.ufficio is None else None,
    "giorno": lambda caso: oggi() + timedelta(days=7),
    "testo": lambda caso: "Siamo passati a vedere.",
    "nota": lambda caso: "Sentito il capocantiere.",
    "ente": lambda caso: "Provincia di Lucca",
    "prova": lambda caso: "PEC del 3 novembre, n. 1234",
    "originale": lambda caso: segnala(caso.categoria),
}
_VERBI_DI_CHI_SEGNALA: dict[str, Callable[..., Segnalazione]] = {
    "rispondi": actions.rispondi,
    "osserva": actions.osserva,
    "contesta": actions.contesta,
    "sollecita": actions.sollecita,
    "ritira": actions.ritira,
}


def _completa(caso: Segnalazione, riga: Transizione, dati: dict[str, Any]) -> dict[str, Any]:
    """`dati` and, made up, what the table asks for beside them."""
    mancano = {nome: _DATI[nome](caso) for nome in riga.serve if nome not in dati}
    if "ufficio" in mancano:
        mancano["ufficio"] = mancano["ufficio"] or _altro_ufficio(caso)
    return mancano | dati


def fai(caso: Segnalazione, passo: str, **dati: Any) -> Segnalazione:
    """Takes one step as somebody who may, with data made up for what the table asks and `dati` does not give."""
    riga = PROCEDURA.cerca(caso.stato, passo)
    assert riga is not None, f"{passo} does not follow {caso.stato}"
    autore, come = _chi(riga, caso)
    tutti = _completa(caso, riga, dati)
    if autore is not None and come is not RuoloCaso.SEGNALANTE:
        return actions.VERBI[passo](caso, operatore=autore, **tutti)
    if passo == "conferma":
        return actions.conferma(caso, come=come, autore=autore)
    if passo in _VERBI_DI_CHI_SEGNALA:
        return _VERBI_DI_CHI_SEGNALA[passo](caso, autore=autore, **tutti)
    if passo == "scarta":
        return actions.scarta(caso)
    # A step whose verb is not written yet: the engine itself.
    return compi(passo, caso, autore=autore, come=come, dati=Dati(**tutti))[0]


# Where a case passes on its way elsewhere: a planned or suspended one is reached, not passed through.
_STRADA = {Stato.DA_CONFERMARE, Stato.RICEVUTA, Stato.ASSEGNATA, Stato.IN_LAVORAZIONE, Stato.RISOLTA}


def strada(da: str, a: str) -> list[str]:
    """The shortest ordinary way between two states, as steps of the table."""
    coda: deque[tuple[str, list[str]]] = deque([(da, [])])
    visti = {da}
    while coda:
        stato, passi = coda.popleft()
        if stato == a:
            return passi
        for passo in PROCEDURA.passi if stato in _STRADA or not passi else []:
            riga = PROCEDURA.cerca(stato, passo)
            if riga and riga.a not in visti:
                visti.add(riga.a)
                coda.append((riga.a, [*passi, passo]))
    raise AssertionError(f"no way from {da} to {a}")


# What the system does by itself, each on its day.
_VERBI_DEL_SISTEMA: dict[str, Callable[[Segnalazione], Segnalazione]] = {
    "prosegui": actions.prosegui,
    "scade": actions.segna_scaduta,
    "archivia": lambda caso: actions.archivia(caso, come=RuoloCaso.SISTEMA),
}


def _quando(caso: Segnalazione, passo: str) -> datetime:
    """The first instant at which a step may be taken: now, or the day after a last day."""
    da_aspettare = {
        "prosegui": caso.attesa_fino_al,
        "archivia": caso.contestabile_fino_al,
        **dict.fromkeys(("scade", "sollecita", "intervieni", "declina"), caso.scadenza),
    }
    ultimo = da_aspettare.get(passo)
    return make_aware(datetime.combine(ultimo + timedelta(days=1), time(9))) if ultimo else adesso()


def arriva_a(caso: Segnalazione, passo: str) -> Segnalazione:
    """Brings a case to any step of the table, whoever takes it, through its real verb on a day on which it may be."""
    da = {stato for riga in PROCEDURA.righe if riga.passo == passo for stato in riga.da}
    da = da - {Stato.DUPLICATA} or da  # what a joined case does by itself is little
    vie = [strada(caso.stato, stato) for stato in sorted(da) if _si_arriva(caso.stato, stato)]
    for prima in min(vie, key=len):
        caso = fai(caso, prima)
    with fermo_a(_quando(caso, passo)):
        if passo in ("intervieni", "declina"):
            chi, caso = _collega(Ruolo.TITOLARE), fai(caso, "sollecita")
            return actions.VERBI[passo](caso, operatore=chi, testo="Passiamo noi.")
        return _VERBI_DEL_SISTEMA[passo](caso) if passo in _VERBI_DEL_SISTEMA else fai(caso, passo)


def _si_arriva(da: str, a: str) -> bool:
    try:
        return bool(strada(da, a)) or da == a
    except AssertionError:
        return False


def porta_a(caso: Segnalazione, stato: str) -> Segnalazione:
    """Brings a case to any state that can follow its own, step by step through the real actions."""
    for passo in strada(caso.stato, stato):
        caso = fai(caso, passo)
    return caso


def pagina_con(documento: Documento) -> DocumentoPage:
    """A live page that has this file as its only version; its own words are no part of any title."""
    madre = BasePage.objects.get(slug="documenti-e-dati")
    pagina = DocumentoPage(title="Prova", slug=f"con-il-file-{documento.pk}", live=False, corpo=[])
    pagina.versioni.add(Versione(file=documento))
    madre.add_child(instance=pagina)
    pagina.save_revision().publish()
    trovata: DocumentoPage = DocumentoPage.objects.get(pk=pagina.pk)
    return trovata


def una_per_tipo() -> list[str]:
    """The address of a live page of each kind that editors write."""
    per_tipo: dict[type[BasePage], str] = {}
    for pagina in BasePage.objects.live().filter(depth__gt=1).order_by("path").specific():
        per_tipo.setdefault(type(pagina), pagina.url)
    return list(per_tipo.values())
