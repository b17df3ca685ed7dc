"""The doors of the platform that are no page of an editor, and the words people look for them by."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Porta:
    """url: name of the address. parole_chiave: what people call it, beside its title."""

    url: str
    specie: str
    titolo: str | Promise
    sommario: str | Promise
    parole_chiave: str


PORTE = (
    Porta(
        "segnalazioni:nuova",
        "servizi",
        _("Segnala un problema"),
        _("Una buca, un lampione, un rifiuto: un numero, una data e una pagina dove vedere che fine fa."),
        "segnalazione, segnalare, disservizio, guasto, lamentela, reclamo, nuova segnalazione",
    ),
    Porta(
        "segnalazioni:elenco",
        "servizi",
        _("Segui una segnalazione"),
        _("A che punto è: cercala con il suo numero, la via o le parole, e leggi chi se ne occupa ed entro quando."),
        "a che punto è, stato della segnalazione, traccia, tracciare, seguire, numero, codice, ticket, esito, "
        "che fine ha fatto, controllare, stato della pratica",
    ),
    Porta(
        "assistenza:aiuto",
        "servizi",
        _("Richiedi assistenza"),
        _("Quando qualcosa non va o non è chiaro, risponde l’URP, l’ufficio relazioni con il pubblico."),
        "urp, orari, telefono, contatti, recapiti, indirizzo, aiuto, domanda, informazioni, parlare con una persona",
    ),
    Porta(
        "prenota:cosa",
        "servizi",
        _("Prenota appuntamento"),
        _("A quale sportello, per che cosa, giorno e ora: confermi dalla mail e puoi disdire quando vuoi."),
        "prenotare, prenotazione, appuntamento, ricevimento, sportello, disdire, urp",
    ),
    Porta(
        "sportelli:elenco",
        "servizi",
        _("Sportelli"),
        _("Dove parlare con una persona del Comune: a che cosa serve ciascuno, quando è aperto, come si arriva."),
        "sportello, orari, apertura, chiusura, aperto, urp, segretariato sociale, immigrazione, informagiovani, "
        "informadonna, front office",
    ),
    Porta(
        "home:area_personale",
        "servizi",
        _("Area personale"),
        _("Le tue segnalazioni, quelle che segui e le tue impostazioni."),
        "le mie segnalazioni, account, profilo, accesso, entrare, mia pagina, mie pratiche",
    ),
    Porta(
        "account_login",
        "servizi",
        _("Accedi"),
        _("Entra con il tuo indirizzo e-mail e la password."),
        "login, entrare, accesso, credenziali, utente",
    ),
    Porta(
        "account_signup",
        "servizi",
        _("Crea un account"),
        _("Serve per ritrovare le tue segnalazioni; per segnalare non è obbligatorio."),
        "registrarsi, registrazione, iscriversi al sito, nuovo utente",
    ),
    Porta(
        "account_reset_password",
        "servizi",
        _("Password dimenticata"),
        _("Ne scegli una nuova con un collegamento che ti mandiamo per e-mail."),
        "recuperare password, persa, reimpostare, non ricordo",
    ),
    Porta(
        "riservatezza:dati",
        "servizi",
        _("I tuoi dati"),
        _("Scaricare o cancellare i dati che abbiamo di te."),
        "privacy, gdpr, dati personali, cancellare account, esportare, diritto all’oblio, cancellazione",
    ),
    Porta(
        "home:crediti",
        "pagine",
        _("Crediti e dati"),
        _("Da dove vengono mappe, confini e nomi dei luoghi, e con quale licenza."),
        "openstreetmap, licenza, fonti, dati aperti, open data",
    ),
)
