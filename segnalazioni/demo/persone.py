"""Offices and people of the demonstration. Nobody here exists; addresses are of example.org."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from comune.models import Incarico, Ruolo, Settore, Ufficio, UnitaOrganizzativa
from core.tempo import oggi
from segnalazioni.models import Categoria

PASSWORD = "mura-di-lucca"  # noqa: S105  printed by the command: the demonstration has no secret

# Settore → unità organizzativa → its offices (sigla, name).
STRUTTURA: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "Servizio di Staff B – Comunicazione e trasparenza": {
        "U.O. Relazioni con il pubblico": (("urp", "URP"), ("trasparenza", "Trasparenza e dati")),
    },
    "Lavori pubblici e mobilità": {
        "U.O. Strade": (("strade", "Strade e marciapiedi"), ("luce", "Illuminazione pubblica")),
        "U.O. Edifici": (("edifici", "Edifici, scuole e cimiteri"),),
        "U.O. Mobilità": (("mobilita", "Mobilità e accessibilità"),),
    },
    "Ambiente": {
        "U.O. Verde": (("verde", "Verde pubblico e Mura"), ("decoro", "Arredo e decoro urbano")),
        "U.O. Tutela dell’ambiente": (("ambiente", "Igiene urbana e ambiente"), ("acque", "Acque e fossi")),
    },
    "Segreteria generale": {"U.O. Segreteria": (("segreteria", "Segreteria generale"),)},
    "Polizia Locale": {"U.O. Territorio": (("polizia", "Polizia Locale, territorio"),)},
    "Servizi al cittadino": {
        "U.O. Sportelli": (("sportelli", "Sportelli e servizi online"),),
        "U.O. Sociale": (("sociale", "Sociale e casa"),),
    },
}
# Group or category → the office that answers; the rest is the URP's to hand out.
CHI_RISPONDE = {
    "strade": "strade",
    "luce": "luce",
    "rifiuti": "ambiente",
    "verde": "verde",
    "acqua": "acque",
    "arredo": "decoro",
    "animali": "ambiente",
    "ambiente": "ambiente",
    "rumore": "polizia",
    "sicurezza": "polizia",
    "edifici": "edifici",
    "barriere": "mobilita",
    "servizi": "sportelli",
    "trasparenza": "trasparenza",
    "proposte": "urp",
    "strade.viabilita": "mobilita",
    "sicurezza.pericolante": "edifici",
    "edifici.case_popolari": "sociale",
    "servizi.sociale": "sociale",
    "servizi.assistenza": "urp",
    "barriere.digitale": "sportelli",
}
# Accounts worth knowing: address, name, what they are here for.
ACCOUNT = (
    ("anna@example.org", "Anna Bianchi", "segnala e segue"),
    ("bruno@example.org", "Bruno Neri", "vicino di Anna: segue e dice «anche a me»"),
    ("carla.urp@example.org", "Carla Conti", "URP: vede tutto, assegna"),
    ("elena.strade@example.org", "Elena Esposito", "lavora alle Strade; in /cms/ ne scrive le pagine"),
    ("dario.dirigente@example.org", "Dario Dini", "dirige i Lavori pubblici: strade, luce, edifici"),
    (
        "marta.segretaria@example.org",
        "Marta Meini",
        "ha il potere sostitutivo: interviene dove un ufficio è in ritardo",
    ),
    ("redazione@example.org", "Renata Riva", "approva e pubblica le pagine del sito, in /cms/"),
    ("admin@example.org", "Amministrazione del sistema", "può tutto, in /cms/"),
)
_COLLEGHI = (
    "Fabio Ferri", "Giulia Galli", "Marco Monti", "Paola Poli", "Sara Serra", "Tommaso Testa", "Vera Villa",
    "Zeno Zanni", "Irene Isola", "Ugo Ulivi", "Lidia Lenzi", "Oreste Orsi",
    "Nino Nesi",
)  # fmt: skip
# Who heads what Dario does not.
_DIRIGENTI = {
    "Rita Rossi": ("verde", "decoro", "ambiente", "acque"),
    "Walter Vanni": ("polizia",),
    "Bianca Bellini": ("urp", "trasparenza", "sportelli", "sociale", "segreteria"),
}
_CITTADINI = (
    "Adele Amati", "Bice Baldi", "Cesare Corsi", "Diana Donati", "Enzo Ercoli", "Franca Fanti", "Gino Grassi",
    "Ines Innocenti", "Luca Landi", "Mara Mei", "Nora Nanni", "Piero Puccetti",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gente:
    """Who plays. operatori, responsabili: by sigla of the office."""

    uffici: dict[str, Ufficio]
    urp: list[User]
    operatori: dict[str, User]
    responsabili: dict[str, User]
    cittadini: list[User]


def popola() -> Gente:
    """Makes offices, colleagues and citizens; ties categories to the office that answers."""
    dal = oggi() - timedelta(days=500)
    uffici = _uffici()
    # One digest for all: the slow part of making a person is hashing the password.
    digest = make_password(PASSWORD)
    noti = {email.split("@")[0]: _persona(email, nome, digest) for email, nome, _che in ACCOUNT}
    carla, elena, dario = noti["carla.urp"], noti["elena.strade"], noti["dario.dirigente"]
    User.objects.filter(pk=noti["admin"].pk).update(is_staff=True, is_superuser=True)
    operatori = {"strade": elena, "urp": carla}
    responsabili = dict.fromkeys(("strade", "luce", "edifici", "mobilita"), dario)
    for nome, sigle in _DIRIGENTI.items():
        responsabili |= dict.fromkeys(sigle, _persona(f"{_locale(nome)}@example.org", nome, digest))
    colleghi = iter([_persona(f"{_locale(nome)}@example.org", nome, digest) for nome in _COLLEGHI])
    seconda = next(colleghi)
    for sigla in uffici:
        if sigla not in operatori:
            operatori[sigla] = next(colleghi)
    _incarica([(carla, "urp"), (seconda, "urp")], Ruolo.URP, uffici, dal)
    _incarica([(u, s) for s, u in operatori.items() if s != "urp"], Ruolo.OPERATORE, uffici, dal)
    _incarica([(u, s) for s, u in responsabili.items()], Ruolo.RESPONSABILE, uffici, dal)
    _incarica([(noti["marta.segretaria"], "segreteria")], Ruolo.TITOLARE, uffici, dal)
    _chi_risponde(uffici)
    cittadini = [noti["anna"], noti["bruno"]]
    cittadini += [_persona(f"{_locale(nome)}@example.org", nome, digest) for nome in _CITTADINI]
    return Gente(uffici, [carla, seconda], operatori, responsabili, cittadini)


def _uffici() -> dict[str, Ufficio]:
    fatti: dict[str, Ufficio] = {}
    for ordine, (settore, unita) in enumerate(STRUTTURA.items(), 1):
        s = Settore.objects.create(slug=f"settore-{ordine}", nome=settore, ordine=ordine)
        for numero, (nome, uffici) in enumerate(unita.items(), 1):
            u = UnitaOrganizzativa.objects.create(settore=s, slug=f"unita-{ordine}-{numero}", nome=nome)
            for sigla, parole in uffici:
                fatti[sigla] = Ufficio.objects.create(unita=u, slug=sigla, nome=parole)
    return fatti


def _locale(nome: str) -> str:
    return nome.lower().replace(" ", ".")


def _persona(email: str, nome: str, digest: str) -> User:
    primo, _spazio, ultimo = nome.partition(" ")
    utente = User.objects.create(email=email, first_name=primo, last_name=ultimo, password=digest)
    EmailAddress.objects.create(user=utente, email=email, verified=True, primary=True)
    return utente


def _incarica(chi: list[tuple[User, str]], ruolo: Ruolo, uffici: dict[str, Ufficio], dal: date) -> None:
    for utente, sigla in chi:
        Incarico.objects.create(utente=utente, ufficio=uffici[sigla], ruolo=ruolo, dal=dal)
    User.objects.filter(pk__in=[utente.pk for utente, _sigla in chi]).update(is_staff=True)


def _chi_risponde(uffici: dict[str, Ufficio]) -> None:
    for categoria in Categoria.objects.foglie():
        gruppo = categoria.codice.split(".")[0]
        sigla = CHI_RISPONDE.get(categoria.codice) or CHI_RISPONDE.get(gruppo)
        if sigla:
            Categoria.objects.filter(pk=categoria.pk).update(ufficio=uffici[sigla])
