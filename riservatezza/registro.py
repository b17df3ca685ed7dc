"""The register of personal words: every field that may hold somebody's words, name, address or point, and its end.

Retention, export and erasure read this and nothing else. A new field that holds words or a point of the map belongs
here, in REGOLE; one that never does, in riservatezza.impersonali with the reason:
tests/conformance/test_riservatezza.py fails until it stands in one of the two.
GDPR art. 5 (kept no longer than needed), 15 and 20 (export), 17 (erasure).

A field is emptied or its row deleted once the term of the rule is over, counted from the date in `dal`. The terms are
settings (CONSERVA_*), proposals until the Comune decides its own. A point is not emptied but rounded, to about 100 m:
it no longer names a house, and maps and counts by area go on. Never deleted: the chain (`Passaggio`), which holds
pseudonyms and digests, and what statistics count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from segnalazioni.workflow import RuoloCaso


class Come(Enum):
    """What becomes of a field: emptied in its row, or gone with its row (and its files)."""

    SVUOTA = "svuota"
    ELIMINA = "elimina"


class Termine(Enum):
    """How long: the name of a setting, in years. PROPRIO: the row has an end of its own, its app sees to it."""

    RECAPITI = "CONSERVA_RECAPITI_ANNI"
    FOTO = "CONSERVA_FOTO_ANNI"
    ORIGINALI = "CONSERVA_ORIGINALI_ANNI"
    PAROLE = "CONSERVA_PAROLE_ANNI"
    ACCESSI = "CONSERVA_ACCESSI_ANNI"
    NOTIFICHE = "CONSERVA_NOTIFICHE_ANNI"
    APPUNTAMENTI = "CONSERVA_APPUNTAMENTI_ANNI"
    PROPRIO = ""


@dataclass(frozen=True, slots=True)
class DiChi:
    """How the rows of a person are found, as lookups.

    inoltre: further conditions, on the same join; quali: on the row.
    """

    account: str = ""
    casella: str = ""
    inoltre: dict[str, Any] = field(default_factory=dict)
    quali: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Regola:
    """Some fields of one model.

    modello: "app.Model". che: what it is, in the words of the export. dal: lookup of the date the term runs from; a
    null there (a case still open) keeps the row. di_chi: whose it is; None: nobody's in particular, or nobody that the
    platform could know. cancellando: what becomes of it when that person erases their data; None: it stays, nobody's.
    esporta: fields beside `campi` that make the export readable; taciuti: those of `campi` that it leaves out.
    solo: which rows the rule is about.
    aggiorna: what SVUOTA writes, where it is not "" or {}. arrotonda: coordinates that SVUOTA makes coarse.
    """

    modello: str
    campi: tuple[str, ...]
    che: Promise | str
    termine: Termine
    come: Come = Come.SVUOTA
    dal: str = ""
    di_chi: DiChi | None = None
    cancellando: Come | None = None
    esporta: tuple[str, ...] = ()
    taciuti: tuple[str, ...] = ()
    solo: dict[str, Any] = field(default_factory=dict)
    aggiorna: dict[str, Any] = field(default_factory=dict)
    arrotonda: tuple[str, ...] = ()

    @property
    def classe(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.modello)


def _di_chi_ha_segnalato(prima: str, quali: Q | None = None) -> DiChi:
    """Rows of a case belong to who reported it. prima: the lookup that leads to the case, "" on the case itself."""
    return DiChi(
        f"{prima}seguaci__utente", f"{prima}seguaci__email", {f"{prima}seguaci__segnalante": True}, quali or Q()
    )


_SUO = _di_chi_ha_segnalato("segnalazione__")


def _sue(foto: str) -> Q:
    """Photos of the report or of its reporter's answers: those of the office are the office's."""
    return Q(**{f"{foto}passaggio__isnull": True}) | Q(**{f"{foto}passaggio__ruolo": RuoloCaso.SEGNALANTE})


REGOLE: tuple[Regola, ...] = (
    # --- accounts
    Regola(
        "accounts.User",
        ("email", "first_name", "last_name"),
        _("Account"),
        Termine.PROPRIO,  # as long as the person keeps it
        di_chi=DiChi("pk"),
        esporta=("date_joined", "last_login"),
    ),
    Regola(
        "accounts.LinkMagico",
        ("email", "percorso"),
        _("Collegamenti mandati per e-mail"),
        Termine.PROPRIO,  # seven days: accounts.scheduled
        Come.ELIMINA,
        di_chi=DiChi(casella="email"),
        cancellando=Come.ELIMINA,
        esporta=("created_at",),
    ),
    # --- ascolto
    Regola(
        "ascolto.Contributo",
        ("per_conto_di",),
        _("Per conto di chi hai scritto"),
        Termine.RECAPITI,
        dal="segnalazione__conclusa_il",
        di_chi=DiChi(
            "segnalazione__seguaci__utente", "segnalazione__seguaci__email", {"segnalazione__seguaci__segnalante": True}
        ),
        cancellando=Come.SVUOTA,
        esporta=("codice", "created_at"),
    ),
    Regola(
        # An unsalted digest: whoever guesses the words could recognise them.
        "ascolto.Contributo",
        ("impronta_testo",),
        _("Impronta del testo"),
        Termine.PAROLE,
        dal="segnalazione__conclusa_il",
    ),
    # --- protocollo
    Regola(
        # Who a document comes from stays in the register for ever, and cannot be changed: D.P.R. 445/2000, art. 53;
        # GDPR art. 17 par. 3 letter b.
        "protocollo.Registrazione",
        ("mittente",),
        _("Registrazioni di protocollo"),
        Termine.PROPRIO,
        di_chi=DiChi(
            "contributo__segnalazione__seguaci__utente",
            "contributo__segnalazione__seguaci__email",
            {"contributo__segnalazione__seguaci__segnalante": True},
        ),
        esporta=("oggetto", "numero", "anno", "registrata_il"),
    ),
    # --- segnalazioni
    Regola(
        "segnalazioni.Bozza",
        ("dati",),
        _("Bozze"),
        Termine.PROPRIO,  # 24 hours: segnalazioni.scheduled
        Come.ELIMINA,
    ),
    Regola(
        "segnalazioni.Segnalazione",
        ("titolo", "testo", "risposte", "indirizzo", "luogo_a_parole"),
        _("Le parole delle tue segnalazioni"),
        Termine.PAROLE,
        dal="conclusa_il",
        di_chi=_di_chi_ha_segnalato(""),
        esporta=("contributo__codice", "categoria__nome", "stato", "lat", "lon", "confermata_il", "conclusa_il"),
        solo={"svuotata_il__isnull": True},
        arrotonda=("lat", "lon"),
    ),
    Regola(
        "segnalazioni.TestoPassaggio",
        ("testo", "nota", "prova", "sale"),
        _("Le parole dei passaggi"),
        Termine.PAROLE,
        Come.ELIMINA,
        dal="passaggio__segnalazione__conclusa_il",
        di_chi=_di_chi_ha_segnalato("passaggio__segnalazione__", Q(passaggio__ruolo=RuoloCaso.SEGNALANTE)),
        esporta=("passaggio__segnalazione__contributo__codice", "passaggio__passo", "passaggio__created_at"),
        taciuti=("sale",),
    ),
    Regola(
        "segnalazioni.ParteCoperta",
        ("originale",),
        _("Le tue parole che sono state coperte"),
        Termine.ORIGINALI,
        dal="created_at",
        di_chi=_di_chi_ha_segnalato("segnalazione__", ~Q(chiave__startswith="passo:")),
        esporta=("segnalazione__contributo__codice", "chiave", "created_at"),
    ),
    Regola(
        "segnalazioni.ParoleModerazione",
        ("spiegazione",),
        _("Perché una tua segnalazione è stata coperta"),
        Termine.PAROLE,
        Come.ELIMINA,
        dal="moderazione__segnalazione__conclusa_il",
        di_chi=_di_chi_ha_segnalato("moderazione__segnalazione__"),
        esporta=("moderazione__segnalazione__contributo__codice", "moderazione__atto", "moderazione__created_at"),
    ),
    Regola(
        "segnalazioni.OriginaleFoto",
        ("file", "miniatura"),
        _("Le tue foto che sono state coperte in parte"),
        Termine.ORIGINALI,
        Come.ELIMINA,
        dal="created_at",
        di_chi=_di_chi_ha_segnalato("foto__segnalazione__", _sue("foto__")),
        cancellando=Come.ELIMINA,
        esporta=("foto__segnalazione__contributo__codice", "created_at"),
    ),
    Regola(
        # Who looked at one's contacts, and why; append-only, and the database lets only old rows go.
        "segnalazioni.Consultazione",
        (),
        _("Chi ha guardato i tuoi recapiti e che cosa era coperto"),
        Termine.ACCESSI,
        Come.ELIMINA,
        dal="created_at",
        di_chi=_SUO,
        esporta=("segnalazione__contributo__codice", "cosa", "motivo", "ruolo", "created_at"),
    ),
    Regola(
        "segnalazioni.ParoleNota",
        ("testo",),
        _("Le note interne"),
        Termine.PAROLE,
        Come.ELIMINA,
        dal="nota__segnalazione__conclusa_il",
    ),
    Regola(
        "segnalazioni.Gradimento",
        ("parole",),
        _("Che cosa hai detto delle risposte"),
        Termine.PAROLE,
        dal="segnalazione__conclusa_il",
        di_chi=_SUO,
        cancellando=Come.SVUOTA,
        esporta=("segnalazione__contributo__codice", "risolto", "voto", "aggiornato_il"),
    ),
    Regola(
        "segnalazioni.Foto",
        ("file", "miniatura", "nome", "didascalia"),
        _("Foto"),
        Termine.FOTO,
        Come.ELIMINA,
        dal="segnalazione__conclusa_il",
        di_chi=_di_chi_ha_segnalato("segnalazione__", _sue("")),
        cancellando=Come.ELIMINA,
        esporta=("segnalazione__contributo__codice", "created_at"),
    ),
    Regola(
        "segnalazioni.Seguace",
        ("email", "telefono", "sessione"),
        _("Segnalazioni che segui"),
        Termine.RECAPITI,
        dal="segnalazione__conclusa_il",
        di_chi=DiChi("utente", "email"),
        cancellando=Come.SVUOTA,
        esporta=("segnalazione__contributo__codice", "segnalante", "firma", "created_at"),
        taciuti=("sessione",),
    ),
    # --- chiarezza
    Regola(
        # Nobody knows whose: not even who is logged in is written down.
        "chiarezza.Giudizio",
        ("parole",),
        _("Parole sotto le pagine"),
        Termine.PAROLE,
        dal="created_at",
    ),
    # --- sportelli
    Regola(
        # The day and what for stay, and are counted: whose it was does not.
        "sportelli.Appuntamento",
        ("nome", "email", "telefono", "parole", "motivo", "chi"),
        _("I tuoi appuntamenti"),
        Termine.APPUNTAMENTI,
        dal="inizio",
        di_chi=DiChi("utente", "email"),
        cancellando=Come.SVUOTA,
        esporta=("codice", "sportello__nome", "prestazione__nome", "inizio", "stato", "created_at"),
        taciuti=("chi",),
    ),
    # --- riservatezza
    Regola(
        "riservatezza.RichiestaDati",
        ("email", "file"),
        _("Richieste dei tuoi dati"),
        Termine.PROPRIO,  # seven days: riservatezza.scheduled
        Come.ELIMINA,
        di_chi=DiChi("utente", "email"),
        cancellando=Come.ELIMINA,
        esporta=("created_at",),
        taciuti=("file",),
    ),
    Regola(
        # What a step on many cases said; on the cases themselves it is words of their steps.
        "segnalazioni.Lavoro",
        ("testo", "nota"),
        _("Testi di lavori su molte segnalazioni"),
        Termine.NOTIFICHE,
        Come.ELIMINA,
        dal="finito_il",
    ),
    Regola(
        "segnalazioni.VistaSalvata",
        ("nome", "query"),
        _("Elenchi salvati alla scrivania"),
        Termine.PROPRIO,  # as long as the person keeps it
        Come.ELIMINA,
        di_chi=DiChi("utente"),
        cancellando=Come.ELIMINA,
        esporta=("ordine",),
    ),
    # --- notiziario
    Regola(
        "notiziario.Abbonamento",
        ("email",),
        _("Novità per e-mail"),
        Termine.PROPRIO,  # until it is stopped, and thirty days: notiziario.scheduled
        Come.ELIMINA,
        di_chi=DiChi("utente", "email"),
        cancellando=Come.ELIMINA,
        esporta=("stato", "cadenza", "chiesto_il", "confermato_il", "cessato_il"),
    ),
    Regola(
        "notiziario.ArgomentoSeguito",
        (),
        _("Argomenti delle novità per e-mail"),
        Termine.PROPRIO,  # with its subscription
        Come.ELIMINA,
        di_chi=DiChi("abbonamento__utente", "abbonamento__email"),
        esporta=("argomento__nome",),
    ),
    # --- notifiche
    Regola(
        "notifiche.Notifica",
        ("email", "dati", "percorso"),
        _("Avvisi ricevuti"),
        Termine.NOTIFICHE,
        Come.ELIMINA,
        dal="created_at",
        di_chi=DiChi("utente", "email"),
        cancellando=Come.ELIMINA,
        esporta=("tipo", "created_at"),
    ),
)

# Apps whose fields must stand above.
APPS = (
    "accounts",
    "ascolto",
    "chiarezza",
    "segnalazioni",
    "sportelli",
    "notiziario",
    "notifiche",
    "protocollo",
    "riservatezza",
    "ricerca",
)
_DI_PAROLE = ("CharField", "TextField", "JSONField", "FileField")
_DI_PUNTI = ("FloatField", "DecimalField")  # a coordinate names a house
_DA_DIRE = {*_DI_PAROLE, *_DI_PUNTI}


def campi_da_dire() -> dict[str, Field[Any, Any]]:
    """Every field of our rows that could hold words, a file or a point: "app.Model.field" → the field. Choices are no
    words."""
    nostri = (modello for nome in APPS if apps.is_installed(nome) for modello in apps.get_app_config(nome).get_models())
    return {f"{modello._meta.label}.{campo.name}": campo for modello in nostri for campo in campi_di_parole(modello)}


def campi_di_parole(modello: type[Model]) -> list[Field[Any, Any]]:
    """The fields of a model that could hold words, a file or a point."""
    return [campo for campo in modello._meta.local_fields if not campo.choices and _specie(campo) & _DA_DIRE]


def _specie(campo: Field[Any, Any]) -> set[str]:
    return {classe.__name__ for classe in type(campo).__mro__}
