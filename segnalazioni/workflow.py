"""The procedure of a segnalazione, as data (docs/procedura.md tells it, and a test compares the two).

States, roles and steps are words of the office. Everything that asks "may I?" asks this table.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import Procedura, Transizione


class Stato(models.TextChoices):
    """Where a case stands; the words are the ones people read."""

    DA_CONFERMARE = "da_confermare", _("Da confermare")
    SCARTATA = "scartata", _("Scartata")
    RICEVUTA = "ricevuta", _("Ricevuta")
    ASSEGNATA = "assegnata", _("Assegnata")
    IN_LAVORAZIONE = "in_lavorazione", _("In lavorazione")
    PROGRAMMATA = "programmata", _("Programmata")
    ATTESA_CITTADINO = "attesa_cittadino", _("Attesa risposta")
    ATTESA_TERZI = "attesa_terzi", _("Attesa terzi")
    PREAVVISO_RIGETTO = "preavviso_rigetto", _("Preavviso di rigetto")
    RISOLTA = "risolta", _("Risolta")
    RESPINTA = "respinta", _("Respinta")
    NON_COMPETENTE = "non_competente", _("Non di nostra competenza")
    DUPLICATA = "duplicata", _("Unita a un’altra")
    CONTESTATA = "contestata", _("Contestata")
    CHIUSA = "chiusa", _("Chiusa")
    RITIRATA = "ritirata", _("Ritirata")


class RuoloCaso(models.TextChoices):
    """What somebody is to one case (not to the Comune): computed by segnalazioni.models.ruoli."""

    SEGNALANTE = "segnalante", _("Chi ha segnalato")
    URP = "urp", _("URP")
    OPERATORE = "operatore", _("Ufficio")
    RESPONSABILE = "responsabile", _("Responsabile")
    TITOLARE = "titolare", _("Titolare del potere sostitutivo")
    SISTEMA = "sistema", _("Sistema")


# In whose name a person with several roles acts: the nearest to the case first.
_PRECEDENZA = (
    RuoloCaso.SEGNALANTE,
    RuoloCaso.OPERATORE,
    RuoloCaso.RESPONSABILE,
    RuoloCaso.URP,
    RuoloCaso.TITOLARE,
    RuoloCaso.SISTEMA,
)


def in_veste_di(ruoli: Collection[str]) -> RuoloCaso:
    """The one role in which somebody who has these (at least one) acts: what is signed with it is signed once."""
    return next(ruolo for ruolo in _PRECEDENZA if ruolo in ruoli)


S, R = Stato, RuoloCaso

# Nothing more is owed to the reporter in these; the clock has stopped.
CONCLUSE = frozenset({S.RISOLTA, S.RESPINTA, S.NON_COMPETENTE, S.DUPLICATA, S.CHIUSA, S.RITIRATA, S.SCARTATA})
# Not yet a segnalazione for anybody but who is writing it.
NASCOSTE = frozenset({S.DA_CONFERMARE, S.SCARTATA})
APERTE = frozenset(S) - CONCLUSE - NASCOSTE
# The office has answered: the rest of the concluded were withdrawn, joined to another or never confirmed.
CON_RISPOSTA = CONCLUSE - {S.DUPLICATA, S.RITIRATA, S.SCARTATA}
# The answer is another body's: for good, or for now.
DI_ALTRI = frozenset({S.NON_COMPETENTE, S.ATTESA_TERZI})
# Answers that who reported may contest, and says what they think of.
RISPOSTE = frozenset({S.RISOLTA, S.RESPINTA, S.NON_COMPETENTE})

_UFFICIO = frozenset({R.URP, R.OPERATORE, R.RESPONSABILE})


def _riga(
    passo: str,
    da: set[Stato] | frozenset[Stato],
    a: Stato | None,
    chi: set[RuoloCaso] | frozenset[RuoloCaso],
    *serve: str,
    puo: str = "",
) -> Transizione:
    """a: None where the case stays where it is."""
    return Transizione(passo, frozenset(da), a or "", frozenset(chi), serve, tuple(puo.split()))


PROCEDURA = Procedura(
    "segnalazione",
    (
        _riga("conferma", {S.DA_CONFERMARE}, S.RICEVUTA, {R.SEGNALANTE, R.URP}),
        _riga("scarta", {S.DA_CONFERMARE}, S.SCARTATA, {R.SISTEMA}),
        _riga("assegna", {S.RICEVUTA}, S.ASSEGNATA, {R.URP, R.SISTEMA}, "ufficio", puo="nota"),
        _riga("prendi_in_carico", {S.ASSEGNATA}, S.IN_LAVORAZIONE, _UFFICIO, puo="testo nota"),
        _riga("programma", {S.IN_LAVORAZIONE}, S.PROGRAMMATA, _UFFICIO, "giorno", "testo", puo="nota"),
        _riga(
            "risolvi",
            {S.IN_LAVORAZIONE, S.PROGRAMMATA, S.ATTESA_TERZI},
            S.RISOLTA,
            _UFFICIO,
            "testo",
            puo="foto nota",
        ),
        _riga("chiedi", {S.IN_LAVORAZIONE}, S.ATTESA_CITTADINO, _UFFICIO, "testo", puo="nota"),
        _riga("attendi", {S.IN_LAVORAZIONE}, S.ATTESA_TERZI, _UFFICIO, "ente", "testo", puo="nota"),
        _riga("riprogramma", {S.PROGRAMMATA}, S.PROGRAMMATA, _UFFICIO, "giorno", "testo", puo="nota"),
        _riga("riprendi", {S.PROGRAMMATA, S.ATTESA_TERZI}, S.IN_LAVORAZIONE, _UFFICIO, puo="testo nota"),
        _riga("rispondi", {S.ATTESA_CITTADINO}, S.IN_LAVORAZIONE, {R.SEGNALANTE}, "testo", puo="foto"),
        _riga("prosegui", {S.ATTESA_CITTADINO}, S.IN_LAVORAZIONE, {R.SISTEMA}, "testo"),
        _riga("passa", {S.IN_LAVORAZIONE}, S.ASSEGNATA, _UFFICIO, "ufficio", "nota"),
        _riga("rifiuta", {S.ASSEGNATA}, S.RICEVUTA, {R.OPERATORE, R.RESPONSABILE}, "nota"),
        _riga(
            "inoltra",
            {S.RICEVUTA, S.ASSEGNATA, S.IN_LAVORAZIONE},
            S.NON_COMPETENTE,
            _UFFICIO,
            "ente",
            "testo",
            "prova",
            puo="nota",
        ),
        _riga(
            "unisci",
            {S.RICEVUTA, S.ASSEGNATA, S.IN_LAVORAZIONE},
            S.DUPLICATA,
            _UFFICIO,
            "originale",
            puo="testo nota",
        ),
        _riga("stacca", {S.DUPLICATA}, S.RICEVUTA, {R.URP, R.SISTEMA}, "testo", puo="nota"),
        _riga("preavvisa", {S.IN_LAVORAZIONE}, S.PREAVVISO_RIGETTO, {R.OPERATORE, R.RESPONSABILE}, "testo", puo="nota"),
        _riga("osserva", {S.PREAVVISO_RIGETTO}, None, {R.SEGNALANTE}, "testo", puo="foto"),
        _riga("accogli", {S.PREAVVISO_RIGETTO}, S.IN_LAVORAZIONE, {R.OPERATORE, R.RESPONSABILE}, puo="testo nota"),
        _riga("respingi", {S.RICEVUTA}, S.RESPINTA, {R.URP}, "testo", puo="nota"),
        _riga("respingi", {S.PREAVVISO_RIGETTO}, S.RESPINTA, {R.RESPONSABILE}, "testo", puo="nota"),
        _riga("ritira", {S.RICEVUTA, S.ASSEGNATA, S.IN_LAVORAZIONE}, S.RITIRATA, {R.SEGNALANTE}, puo="testo"),
        _riga("contesta", RISPOSTE, S.CONTESTATA, {R.SEGNALANTE}, "testo", puo="foto"),
        _riga("contesta", {S.CHIUSA}, S.CONTESTATA, {R.RESPONSABILE}, "testo", puo="nota"),
        _riga("riapri", {S.CONTESTATA}, S.IN_LAVORAZIONE, {R.URP, R.RESPONSABILE}, "testo", puo="nota"),
        _riga("chiudi", {S.CONTESTATA}, S.CHIUSA, {R.URP, R.RESPONSABILE}, "testo", puo="nota"),
        _riga("archivia", RISPOSTE, S.CHIUSA, {R.SEGNALANTE, R.SISTEMA}),
        _riga("archivia", {S.DUPLICATA}, S.CHIUSA, {R.SISTEMA}),  # with the case it was joined to
        # A term that has expired, and the power to step in (L. 241/1990, art. 2 c. 9-bis and 9-ter).
        _riga("scade", APERTE, None, {R.SISTEMA}, "giorno"),
        _riga("sollecita", APERTE, None, {R.SEGNALANTE}, puo="testo"),
        _riga("intervieni", APERTE, None, {R.TITOLARE}, "testo", puo="giorno nota"),
        _riga("declina", APERTE, None, {R.TITOLARE}, "testo", puo="nota"),
    ),
)
