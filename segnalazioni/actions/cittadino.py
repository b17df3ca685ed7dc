"""The verbs of who reports and of who follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from ascolto.models import Canale, Contributo, Tipo, Visibilita, impronta_testo
from comune.territorio import quartiere_di
from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.tempo import adesso
from core.testo import pulito
from notifiche.actions import Destinatario, avvisa
from segnalazioni.actions.avvisi import dati_pubblici, dopo
from segnalazioni.actions.foto import aggiungi_foto, togli_foto
from segnalazioni.actions.passi import Dati, blocca, compi
from segnalazioni.models import Bozza, Categoria, Foto, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import RuoloCaso

CONFERMA_ENTRO = timedelta(hours=72)
DA_CONFERMARE = 6  # mails of one day to a mailbox that nobody has proved to read


@dataclass(frozen=True, slots=True)
class NuovaSegnalazione:
    """What a report is made of, however it came: from the wizard, the counter, an importer."""

    categoria: Categoria
    testo: str
    risposte: dict[str, str] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    indirizzo: str = ""
    luogo_a_parole: str = ""
    canale: str = Canale.WEB
    email: str = ""
    chiave_invio: UUID | None = None


# A sentence ends after a word or a number, not after an initial or an abbreviation («via S. Paolino», «al n. 12»).
_FINE_FRASE = re.compile(r"(?:(?<=\w\w)|(?<=\d)|(?<=[)»\"]))[.!?;]+\s")
_ABBREVIATO = re.compile(r"\b(?:ang|civ|dott|ecc|es|fraz|ing|loc|nn|num|prof|sig|ss|tel|zona ind)\.\s$", re.IGNORECASE)


def titolo_di(testo: str) -> str:
    """The first sentence, at most 90 characters, cut between words: the name of a report in lists; "" for no word."""
    riga = " ".join(testo.split()).lstrip(".…!?;, ")
    for fine in _FINE_FRASE.finditer(riga):
        if not _ABBREVIATO.search(riga[: fine.end()]):
            riga = riga[: fine.start() + 1].rstrip(".;") if riga[fine.start()] in ".;" else riga[: fine.start() + 1]
            break
    riga = riga.rstrip(".;")
    if not re.search(r"\w", riga):
        return ""
    if len(riga) <= 90:
        return riga
    return riga[:90].rsplit(" ", 1)[0].rstrip(",:") + "…"


def invia(nuova: NuovaSegnalazione, *, autore: User | None, bozza: Bozza | None = None) -> Segnalazione:
    """Files a report. The same `chiave_invio` a second time gives the first report back.

    With an e-mail it waits for its confirmation; with an account, or anonymous, the term starts at once.
    Raises DomainError "serve_un_recapito" where the category does not allow anonymity.
    """
    if not autore and not nuova.email and not nuova.categoria.anonima:
        raise DomainError("serve_un_recapito", _("Per questa categoria serve un indirizzo e-mail o un account."))
    try:
        return _registra(nuova, autore, bozza)
    except IntegrityError:
        gia = Segnalazione.objects.per_elenco().filter(chiave_invio=nuova.chiave_invio).first()
        if gia is None or nuova.chiave_invio is None:
            raise
        return gia


@transaction.atomic
def _registra(nuova: NuovaSegnalazione, autore: User | None, bozza: Bozza | None) -> Segnalazione:
    if nuova.email and not autore:
        _risparmia_la_casella(nuova.email)
    caso = _crea(nuova, autore)
    if bozza is not None:
        Foto.objects.filter(bozza=bozza).update(bozza=None, segnalazione=caso)
        bozza.delete()
    if nuova.email and not autore:
        chiedi_conferma(caso)
        return caso
    return _conferma(caso, come=RuoloCaso.SEGNALANTE, autore=autore)


def _pulita(nuova: NuovaSegnalazione) -> NuovaSegnalazione:
    return replace(
        nuova,
        testo=pulito(nuova.testo),
        risposte={domanda: pulito(risposta) for domanda, risposta in nuova.risposte.items()},
        indirizzo=pulito(nuova.indirizzo),
        luogo_a_parole=pulito(nuova.luogo_a_parole),
    )


def _crea(nuova: NuovaSegnalazione, autore: User | None) -> Segnalazione:
    nuova = _pulita(nuova)
    quartiere = quartiere_di(nuova.lat, nuova.lon) if nuova.lat is not None and nuova.lon is not None else None
    contributo = Contributo.objects.create(
        tipo=Tipo.SEGNALAZIONE,
        canale=nuova.canale,
        autore=autore,
        quartiere=quartiere,
        impronta_testo=impronta_testo(nuova.testo),
        visibilita=Visibilita.PRIVATA,
        created_at=adesso(),
    )
    caso = Segnalazione.objects.create(
        contributo=contributo,
        categoria=nuova.categoria,
        titolo=titolo_di(nuova.testo) or nuova.categoria.nome,
        testo=nuova.testo,
        risposte=nuova.risposte,
        lat=nuova.lat,
        lon=nuova.lon,
        indirizzo=nuova.indirizzo,
        luogo_a_parole=nuova.luogo_a_parole,
        chiave_invio=nuova.chiave_invio,
        aggiornata_il=adesso(),
    )
    if autore or nuova.email:
        Seguace.objects.create(
            segnalazione=caso,
            utente=autore,
            email="" if autore else nuova.email.lower(),
            segnalante=True,
            firma=True,
            confermato_il=adesso() if autore else None,
            created_at=adesso(),
        )
    return caso


@override("it")  # the mail is in Italian, whatever language the page was read in
def _risparmia_la_casella(email: str) -> None:
    """Refuses when too many mails wait for this mailbox to be proved: nobody's mailbox is filled through us."""
    da = adesso() - timedelta(days=1)
    in_attesa = Seguace.objects.filter(email=email.lower(), confermato_il__isnull=True, created_at__gt=da)
    if in_attesa.count() >= DA_CONFERMARE:
        raise DomainError(
            "troppe_da_confermare",
            _("Per questo indirizzo ci sono già diverse mail da confermare: apri quelle, poi riprova."),
        )


def chiedi_conferma(segnalazione: Segnalazione, *, giro: int = 1) -> None:
    """Sends the link that confirms; `giro` counts how many times it was asked for."""
    seguace = Seguace.objects.filter(segnalazione=segnalazione, segnalante=True).first()
    if seguace is None or not seguace.email:
        return
    scade = localtime(segnalazione.contributo.created_at + CONFERMA_ENTRO)
    # Nobody has proved to read this mailbox: the words of who filed it, whoever that is, do not travel there.
    dati = (
        dati_pubblici(segnalazione)
        | {"titolo": segnalazione.categoria.nome}
        | {"scade": date_format(scade, _("l j F, \\o\\r\\e H:i"))}
    )
    avvisa(
        [Destinatario(email=seguace.email)],
        "segnalazione_conferma",
        evento=f"conferma:{segnalazione.codice}:{giro}",
        percorso=segnalazione.url(),
        dati=dati,
    )


@transaction.atomic
def conferma(segnalazione: Segnalazione, *, come: RuoloCaso, autore: User | None = None) -> Segnalazione:
    """The reporter confirms: the report becomes a case and its term starts."""
    return _conferma(segnalazione, come=come, autore=autore)


def _conferma(segnalazione: Segnalazione, *, come: RuoloCaso, autore: User | None) -> Segnalazione:
    caso, passaggio = compi("conferma", segnalazione, autore=autore, come=come)
    if autore is None:  # an account was never in doubt
        Seguace.objects.filter(segnalazione=caso, segnalante=True, confermato_il__isnull=True).update(
            confermato_il=adesso()
        )
    dopo(caso, passaggio)
    return caso


@transaction.atomic
def scarta(segnalazione: Segnalazione) -> Segnalazione:
    """Never confirmed in 72 hours: words, contacts and photos go, the number stays unused."""
    caso, _passaggio = compi("scarta", segnalazione, autore=None, come=RuoloCaso.SISTEMA)
    Seguace.objects.filter(segnalazione=caso).delete()
    for foto in caso.foto.all():
        togli_foto(foto)
    return caso


@transaction.atomic
def rispondi(
    segnalazione: Segnalazione,
    *,
    testo: str,
    autore: User | None = None,
    foto: Sequence[ImmaginePulita] = (),
) -> Segnalazione:
    """The reporter answers the office's question; the clock goes on. The door has checked that it is the reporter."""
    caso, passaggio = compi("rispondi", segnalazione, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    aggiungi_foto(foto, segnalazione=caso, passaggio=passaggio)
    dopo(caso, passaggio, testo=testo)
    return caso


@transaction.atomic
def ritira(segnalazione: Segnalazione, *, testo: str = "", autore: User | None = None) -> Segnalazione:
    """The reporter takes it back."""
    caso, passaggio = compi("ritira", segnalazione, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    dopo(caso, passaggio, testo=testo)
    return caso


@transaction.atomic
def segui(
    segnalazione: Segnalazione,
    *,
    firma: bool,
    utente: User | None = None,
    email: str = "",
    sessione: str = "",
) -> Seguace:
    """ "Anche a me" (firma) or only following. By account at once; by e-mail once its link is used; a bare
    signature counts once per session. Asked twice it changes nothing but can add the signature."""
    caso = blocca(segnalazione)
    if not caso.aperta:
        raise DomainError("non_piu_aperta", _("Questa segnalazione non è più aperta."))
    chi: dict[str, Any] = {"utente": utente} if utente else {"email": email.lower()} if email else {}
    if email and not utente:
        _risparmia_la_casella(email)
    seguace, nuovo = Seguace.objects.get_or_create(
        segnalazione=caso,
        **(chi or {"sessione": sessione}),
        defaults={
            "firma": firma,
            "created_at": adesso(),
            "confermato_il": None if email and not utente else adesso(),
        },
    )
    if firma and not seguace.firma:
        seguace.firma = True
        seguace.save(update_fields=["firma"])
    if email and not utente and seguace.confermato_il is None:
        _chiedi_se_segue(caso, seguace, nuovo=nuovo)
    return seguace


def _chiedi_se_segue(caso: Segnalazione, seguace: Seguace, *, nuovo: bool) -> None:
    ora = adesso()
    evento = f"segue:{seguace.pk}:" + ("1" if nuovo else f"{ora:%Y%m%d%H}")
    avvisa(
        [Destinatario(email=seguace.email)],
        "segnalazione_seguita",
        evento=evento,
        percorso=caso.url(),
        dati=dati_pubblici(caso),
    )


@transaction.atomic
def email_dimostrata(segnalazione: Segnalazione, email: str) -> Segnalazione:
    """Somebody used a link sent to `email`: confirms the report it filed, or the wish to follow. Twice is once."""
    segnalazione = blocca(segnalazione)
    seguace = Seguace.objects.filter(segnalazione=segnalazione, email=email.lower()).first()
    if seguace is None or seguace.confermato_il is not None:
        return segnalazione
    if seguace.segnalante:
        return conferma(segnalazione, come=RuoloCaso.SEGNALANTE)
    seguace.confermato_il = adesso()
    seguace.save(update_fields=["confermato_il"])
    return segnalazione
