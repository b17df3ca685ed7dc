"""The verbs of who reports and of who follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.tempo import adesso
from notifiche.actions import Destinatario, avvisa
from segnalazioni.actions.avvisi import dati_pubblici, dopo
from segnalazioni.actions.doppioni import stacca_le_unite
from segnalazioni.actions.foto import aggiungi_foto, togli_foto
from segnalazioni.actions.nuova import NuovaSegnalazione, crea
from segnalazioni.actions.passi import Dati, blocca, compi, compi_sulla_bloccata
from segnalazioni.actions.protocollo import manda_al_protocollo
from segnalazioni.actions.regole import smista
from segnalazioni.models import Bozza, Foto, Passaggio, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import RuoloCaso

CONFERMA_ENTRO = timedelta(hours=72)
MASSIMO_PER_CASELLA = 6  # mails of one day to a mailbox that nobody has proved to read


def invia(
    nuova: NuovaSegnalazione, *, autore: User | None, bozza: Bozza | None = None, operatore: User | None = None
) -> Segnalazione:
    """Files a report. The same `chiave_invio` a second time gives the first report back.

    With an e-mail it waits for its confirmation; with an account, or anonymous, the term starts at once. operatore:
    the colleague of the URP who files it for somebody at the counter or on the telephone; who that is was asked in
    person, so it is confirmed at once, in the colleague's name.
    Raises DomainError "serve_un_recapito" where the category does not allow anonymity, PassoNonPossibile for an
    operatore who is not of the URP.
    """
    if not autore and not nuova.email and not nuova.telefono and not nuova.categoria.anonima:
        raise DomainError("serve_un_recapito", _("Per questa categoria serve un indirizzo e-mail o un account."))
    try:
        return _registra(nuova, autore, bozza, operatore)
    except IntegrityError:
        gia = Segnalazione.objects.per_elenco().filter(chiave_invio=nuova.chiave_invio).first()
        if gia is None or nuova.chiave_invio is None:
            raise
        return gia


@transaction.atomic
def _registra(
    nuova: NuovaSegnalazione, autore: User | None, bozza: Bozza | None, operatore: User | None
) -> Segnalazione:
    da_dimostrare = bool(nuova.email) and not autore and not operatore
    if da_dimostrare:
        risparmia_la_casella(nuova.email)
    caso = _crea(nuova, autore, confermata=not da_dimostrare)
    if bozza is not None:
        Foto.objects.filter(bozza=bozza).update(bozza=None, segnalazione=caso)
        bozza.delete()
    if da_dimostrare:
        chiedi_conferma(caso)
        return caso
    # Made in this transaction: nobody else can have it, so there is nothing to lock and nothing to read again.
    come = None if operatore else RuoloCaso.SEGNALANTE  # a colleague's role is read, never taken at their word
    passo = compi_sulla_bloccata("conferma", caso, autore=operatore or autore, come=come)
    return _confermata(*passo, autore=autore)


def _crea(nuova: NuovaSegnalazione, autore: User | None, *, confermata: bool) -> Segnalazione:
    """The case and, where anything is known of who reports, their row."""
    caso = crea(nuova, autore=autore)
    if autore or nuova.email or nuova.telefono:
        Seguace.objects.create(
            segnalazione=caso,
            utente=autore,
            email="" if autore else nuova.email.lower(),
            telefono=nuova.telefono,
            segnalante=True,
            firma=True,
            confermato_il=adesso() if confermata else None,
            created_at=adesso(),
        )
    return caso


@override("it")  # the mail is in Italian, whatever language the page was read in
def risparmia_la_casella(email: str) -> None:
    """Refuses when too many mails wait for this mailbox to be proved: nobody's mailbox is filled through us."""
    da = adesso() - timedelta(days=1)
    in_attesa = Seguace.objects.filter(email=email.lower(), confermato_il__isnull=True, created_at__gt=da)
    if in_attesa.count() >= MASSIMO_PER_CASELLA:
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
    return _confermata(*compi("conferma", segnalazione, autore=autore, come=come), autore=autore)


def _confermata(caso: Segnalazione, passaggio: Passaggio, *, autore: User | None) -> Segnalazione:
    """What follows from a confirmation, whoever gave it."""
    if autore is None:  # an account was never in doubt
        Seguace.objects.filter(segnalazione=caso, segnalante=True, confermato_il__isnull=True).update(
            confermato_il=adesso()
        )
    manda_al_protocollo(caso, autore=autore)
    caso = smista(caso)
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
def osserva(
    segnalazione: Segnalazione,
    *,
    testo: str,
    autore: User | None = None,
    foto: Sequence[ImmaginePulita] = (),
) -> Segnalazione:
    """The reporter answers a preavviso di rigetto (L. 241/1990, art. 10-bis); the clock goes on.

    The door has checked that it is the reporter. Raises DomainError "osservazioni_chiuse" after the days granted.
    """
    caso, passaggio = compi("osserva", segnalazione, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    aggiungi_foto(foto, segnalazione=caso, passaggio=passaggio)
    dopo(caso, passaggio, testo=testo)
    return caso


@transaction.atomic
def ritira(segnalazione: Segnalazione, *, testo: str = "", autore: User | None = None) -> Segnalazione:
    """The reporter takes it back. The cases joined to it live on, each on its own."""
    caso, passaggio = compi("ritira", segnalazione, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    stacca_le_unite(caso)
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
        risparmia_la_casella(email)
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
