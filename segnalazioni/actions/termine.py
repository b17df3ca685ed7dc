"""What the clock does by itself, and the power to step in where an office is late (L. 241/1990, art. 2)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from core.errors import DomainError
from core.templatetags.lp import giorno as in_parole
from core.tempo import adesso, oggi
from segnalazioni.actions.avvisi import (
    Detto,
    a_chi_segue,
    dopo,
    evento_di,
    referenti,
    segnalante_di,
    sostituti,
    sul_termine,
)
from segnalazioni.actions.passi import Dati, blocca, compi
from segnalazioni.models import EsitoIntervento, EventoTermine, Intervento, Passaggio, Promemoria, Segnalazione
from segnalazioni.termini import Termine, TipoEvento, calcola, meta, promemoria, scadenza
from segnalazioni.workflow import RuoloCaso


@transaction.atomic
def prosegui(segnalazione: Segnalazione) -> Segnalazione:
    """The question has waited as long as it may: the office goes on, and the history says why.

    Raises DomainError "attesa_in_corso" while there is time to answer.
    """
    caso = blocca(segnalazione)
    if caso.attesa:
        raise DomainError("attesa_in_corso", _("C’è ancora tempo per rispondere."))
    with override("it"):
        testo = _("La risposta non è arrivata entro %(giorno)s: l’ufficio va avanti con quello che sa.") % {
            "giorno": in_parole(caso.attesa_fino_al)
        }
    caso, passaggio = compi("prosegui", caso, autore=None, come=RuoloCaso.SISTEMA, dati=Dati(testo=testo))
    dopo(caso, passaggio, testo=testo)
    return caso


# --- reminders --------------------------------------------------------------------------------------------


def ricorda(segnalazione: Segnalazione) -> bool:
    """Reminds who is in charge and the head of the office of a due date, at 2/3 and at 5/6 of the term.

    Answers whether a reminder left. Of two that are due together only the later one is sent; each leaves once,
    whoever runs this twice or at the same time.
    """
    eventi = [evento.riga for evento in segnalazione.eventi_termine.all()]
    termine = calcola(eventi)
    if termine is None:
        return False
    gia = {riga.numero for riga in segnalazione.promemoria.all() if riga.avvio == termine.avvio}
    passati = {n for n, quando in enumerate(promemoria(eventi), 1) if quando <= oggi()}
    if not passati - gia:
        return False
    _manda_promemoria(segnalazione, termine, sorted(passati - gia))
    return True


@transaction.atomic
def _manda_promemoria(segnalazione: Segnalazione, termine: Termine, numeri: list[int]) -> None:
    righe = [_promemoria(segnalazione, numero, termine) for numero in numeri]
    Promemoria.objects.bulk_create(righe, ignore_conflicts=True)
    _avvisa_che_scade(segnalazione, termine, numeri[-1])


def _promemoria(caso: Segnalazione, numero: int, termine: Termine) -> Promemoria:
    return Promemoria(
        segnalazione=caso, numero=numero, avvio=termine.avvio, scadenza=termine.scade, created_at=adesso()
    )


@override("it")  # mails are in Italian
def _avvisa_che_scade(caso: Segnalazione, termine: Termine, numero: int) -> None:
    mancano = termine.mancano(oggi())
    fra = ngettext("fra %(n)d giorno lavorativo", "fra %(n)d giorni lavorativi", mancano) % {"n": mancano}
    quando = in_parole(termine.scade)
    detto = Detto(
        fatto=_("scade %(fra)s") % {"fra": fra if mancano else _("oggi")},
        spiega=_("Il termine per rispondere è %(quando)s. Dopo, la pagina pubblica dice che è oltre il termine.")
        % {"quando": quando},
        perche=_("Ti scriviamo perché il caso è del tuo ufficio."),
    )
    evento = evento_del_promemoria(caso.codice, termine.avvio, numero)
    sul_termine(caso, referenti(caso), detto, evento=evento, percorso=caso.url_scrivania())


def evento_del_promemoria(codice: str, avvio: date, numero: int) -> str:
    """What notices call one reminder."""
    return f"promemoria:{codice}:{avvio}:{numero}"


# --- expiry -----------------------------------------------------------------------------------------------


@transaction.atomic
def segna_scaduta(segnalazione: Segnalazione) -> Segnalazione:
    """The term has expired: says so in the public history, and tells the reporter, the office and who may step in.

    Once per due date. Raises DomainError "non_scaduta" or "gia_segnata".
    """
    caso = blocca(segnalazione)
    scade = _pretendi_il_ritardo(caso)
    if Passaggio.objects.filter(segnalazione=caso, passo="scade", giorno=scade).exists():
        raise DomainError("gia_segnata", _("È già segnata come oltre il termine."))
    caso, passaggio = compi("scade", caso, autore=None, come=RuoloCaso.SISTEMA, dati=Dati(giorno=scade))
    _avvisa_che_e_scaduta(caso, passaggio)
    return caso


def _pretendi_il_ritardo(caso: Segnalazione) -> date:
    if caso.scadenza is None or not caso.in_ritardo():
        raise DomainError("non_scaduta", _("Il termine non è ancora passato."))
    return caso.scadenza


def perche_e_sua(caso: Segnalazione) -> str:
    """Why the notice comes to who filed it."""
    if caso.assistenza:
        return _("Ti scriviamo perché questa richiesta è tua.")
    return _("Ti scriviamo perché questa segnalazione è tua.")


@override("it")
def _avvisa_che_e_scaduta(caso: Segnalazione, passaggio: Passaggio) -> None:
    evento, quando = evento_di(passaggio.uid), in_parole(caso.scadenza)
    chi = sostituti()
    fatto = _("il termine è passato")
    di_chi_segnala = Detto(
        fatto=fatto,
        spiega=_(
            "Dovevamo risponderti entro %(quando)s e non l’abbiamo fatto. Dalla pagina puoi chiedere che intervenga "
            "chi ha il potere di sostituirsi all’ufficio in ritardo."
        )
        % {"quando": quando},
        perche=perche_e_sua(caso),
    )
    dell_ufficio = Detto(
        fatto=fatto,
        spiega=_("La risposta era dovuta entro %(quando)s. La pagina pubblica dice che è oltre il termine.")
        % {"quando": quando},
        perche=_("Ti scriviamo perché il caso è del tuo ufficio, o perché hai il potere sostitutivo."),
    )
    sul_termine(caso, segnalante_di(caso), di_chi_segnala, evento=evento, percorso=caso.url())
    sul_termine(caso, [*chi, *referenti(caso)], dell_ufficio, evento=evento, percorso=caso.url_scrivania())
    a_chi_segue(caso, passaggio, dell_ufficio)


# --- the power to step in ---------------------------------------------------------------------------------


@transaction.atomic
def sollecita(segnalazione: Segnalazione, *, testo: str = "", autore: User | None = None) -> Segnalazione:
    """The reporter asks for the titolare of the potere sostitutivo, once in this term; half of it begins today.

    The door has checked that it is the reporter. Raises DomainError "non_scaduta" or "gia_chiesto".
    """
    caso = blocca(segnalazione)
    _pretendi_il_ritardo(caso)
    if caso.intervento is not None:
        raise DomainError(
            "gia_chiesto", _("L’intervento è già stato chiesto: per questo termine si può chiedere una volta sola.")
        )
    caso, passaggio = compi("sollecita", caso, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    avvio = EventoTermine.objects.filter(segnalazione=caso, evento=TipoEvento.AVVIO).latest("pk")
    entro = scadenza(oggi(), avvio.tipo_termine, meta(avvio.giorni_termine))
    caso.intervento = Intervento.objects.create(
        segnalazione=caso, avvio=avvio.giorno, richiesta=passaggio, scadenza=entro
    )
    caso.save(update_fields=["intervento"])
    _avvisa_della_richiesta(caso, passaggio, entro, testo)
    return caso


@override("it")
def _avvisa_della_richiesta(caso: Segnalazione, passaggio: Passaggio, entro: date, testo: str) -> None:
    detto = Detto(
        fatto=_("chiesto l’intervento sostitutivo"),
        spiega=_("Chi ha segnalato chiede che intervenga chi ha il potere sostitutivo, che decide entro %(entro)s.")
        % {"entro": in_parole(entro)},
        perche=_("Ti scriviamo perché il caso è del tuo ufficio, o perché hai il potere sostitutivo."),
        testo=testo,
        di_chi=_("Chi ha segnalato scrive:"),
    )
    destinatari = [*sostituti(), *referenti(caso)]
    sul_termine(caso, destinatari, detto, evento=evento_di(passaggio.uid), percorso=caso.url_scrivania())
    a_chi_segue(caso, passaggio, detto)


@transaction.atomic
def ricorda_intervento(segnalazione: Segnalazione) -> Segnalazione:
    """Nobody has decided by the last day: tells who may step in, once. Raises DomainError "non_da_ricordare"."""
    caso = blocca(segnalazione)
    intervento = caso.intervento_aperto
    if intervento is None or intervento.ricordato_il or not intervento.in_ritardo:
        raise DomainError("non_da_ricordare", _("Non c’è niente da ricordare."))
    intervento.ricordato_il = adesso()
    intervento.save(update_fields=["ricordato_il"])
    _avvisa_che_aspetta(caso, intervento)
    return caso


@override("it")
def _avvisa_che_aspetta(caso: Segnalazione, intervento: Intervento) -> None:
    detto = Detto(
        fatto=_("l’intervento sostitutivo aspetta la decisione"),
        spiega=_("La decisione era dovuta entro %(entro)s e non c’è ancora. Chi ha segnalato la aspetta.")
        % {"entro": in_parole(intervento.scadenza)},
        perche=_("Ti scriviamo perché hai il potere sostitutivo, o perché nessuno ce l’ha e sei dell’URP."),
    )
    evento = f"intervento:{intervento.richiesta_id}:scaduto"
    sul_termine(caso, sostituti(), detto, evento=evento, percorso=caso.url_scrivania())


def intervieni(
    segnalazione: Segnalazione, *, operatore: User, testo: str, giorno: date | None = None, nota: str = ""
) -> Segnalazione:
    """The titolare, or who has their delegation, steps in: what is to be done, and by which day."""
    return _decidi("intervieni", segnalazione, operatore, Dati(testo=testo, giorno=giorno, nota=nota))


def declina(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """The titolare, or who has their delegation, does not step in, and says why."""
    return _decidi("declina", segnalazione, operatore, Dati(testo=testo, nota=nota))


@transaction.atomic
def _decidi(passo: str, segnalazione: Segnalazione, operatore: User, dati: Dati) -> Segnalazione:
    # Who may: ruoli_sul_caso gives the role only while the request is open.
    caso, passaggio = compi(passo, segnalazione, autore=operatore, dati=dati)
    intervento = Intervento.objects.get(segnalazione=caso, esito="")
    esito = EsitoIntervento.DISPOSTO if passo == "intervieni" else EsitoIntervento.NON_DOVUTO
    intervento.chiudi(esito, passaggio)
    caso.intervento = intervento
    _avvisa_della_decisione(caso, passaggio, dati)
    return caso


@override("it")
def _avvisa_della_decisione(caso: Segnalazione, passaggio: Passaggio, dati: Dati) -> None:
    entro = _(" Quello che dispone va fatto entro %(giorno)s.") % {"giorno": in_parole(dati.giorno)}
    interviene = passaggio.passo == "intervieni"
    evento = evento_di(passaggio.uid)
    detto = Detto(
        fatto=_("chi ha il potere sostitutivo interviene") if interviene else _("l’intervento non è disposto"),
        spiega=_("La richiesta di intervento è stata decisa.") + (entro if dati.giorno else ""),
        perche=perche_e_sua(caso),
        testo=dati.testo,
        di_chi=_("La decisione:"),
    )
    sul_termine(caso, segnalante_di(caso), detto, evento=evento, percorso=caso.url())
    colleghi = [c for c in referenti(caso) if c.utente != passaggio.autore]
    perche = _("Ti scriviamo perché il caso è del tuo ufficio.")
    sul_termine(caso, colleghi, detto.per(perche), evento=evento, percorso=caso.url_scrivania())
    a_chi_segue(caso, passaggio, detto)
