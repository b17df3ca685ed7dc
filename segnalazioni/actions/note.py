"""Internal notes: a colleague writes, those called by name are told. Nothing of the case itself changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.realtime import annuncia
from core.tempo import adesso
from core.testo import pulito
from notifiche.actions import Destinatario, avvisa
from segnalazioni.actions.avvisi import dati_pubblici
from segnalazioni.actions.passi import blocca
from segnalazioni.models import Menzione, Nota, ParoleNota, Segnalazione, colleghi_di, nomi_dei_colleghi
from segnalazioni.models.ruoli import MENZIONE, come_si_chiama
from segnalazioni.ricerca import indicizza

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def annota(
    segnalazione: Segnalazione, *, operatore: User, testo: str, chiave: UUID, corregge: Nota | None = None
) -> Nota:
    """Writes a note; who is called with an @ is told. The same key again answers the note that is there.

    corregge: the author's own note that this one takes the place of. Raises DomainError "nota_vuota",
    "nota_non_tua", "nota_gia_corretta", "menzione_fuori" (somebody who may not see the case), "non_tuo".
    """
    caso = blocca(segnalazione)
    gia = Nota.objects.filter(chiave=chiave, autore=operatore, segnalazione=caso).first()
    if gia is not None:
        return gia
    testo = pulito(testo)
    colleghi = nomi_dei_colleghi(colleghi_di(caso))
    _controlla(caso, operatore, testo, corregge, set(colleghi.values()))
    chiamati = _chiamati(testo, colleghi)
    nota = Nota.objects.create(
        chiave=chiave, segnalazione=caso, autore=operatore, corregge=corregge, created_at=adesso()
    )
    ParoleNota.objects.create(nota=nota, testo=testo)
    indicizza(caso)
    Menzione.objects.bulk_create([Menzione(nota=nota, utente=chi, created_at=adesso()) for chi in chiamati])
    _avvisa(caso, nota, chiamati)
    annuncia(gruppo_note(caso.codice), 0)
    return nota


def gruppo_note(codice: str) -> str:
    """The live group of what only colleagues see of a case."""
    return f"scrivania.caso.{codice}"


def _controlla(caso: Segnalazione, operatore: User, testo: str, corregge: Nota | None, colleghi: set[User]) -> None:
    if operatore not in colleghi:
        raise DomainError(
            "non_tuo", _("Questa segnalazione adesso è di un altro ufficio: la nota non è stata scritta.")
        )
    if not testo:
        raise DomainError("nota_vuota", _("La nota è vuota: scrivi qualcosa."))
    if corregge is None:
        return
    if corregge.autore_id != operatore.pk or corregge.segnalazione_id != caso.pk:
        raise DomainError("nota_non_tua", _("Una nota la corregge solo chi l’ha scritta."))
    if Nota.objects.filter(corregge=corregge).exists():
        raise DomainError("nota_gia_corretta", _("Hai già corretto questa nota: correggi quella nuova."))


def _chiamati(testo: str, colleghi: dict[str, User]) -> list[User]:
    """Those called in the text, each once. One name that nobody here has, and the note is refused."""
    scritti = list(dict.fromkeys(nome.rstrip(".'’-") for nome in MENZIONE.findall(testo)))
    ignoti = [f"@{nome}" for nome in scritti if come_si_chiama(nome) not in colleghi]
    if ignoti:
        raise DomainError(
            "menzione_fuori",
            _("%(chi)s non vede questa segnalazione: scegli un nome dall’elenco, o togli la chiocciola.")
            % {"chi": get_text_list(ignoti, _("e"))},
        )
    return list(dict.fromkeys(colleghi[come_si_chiama(nome)] for nome in scritti))


def _avvisa(caso: Segnalazione, nota: Nota, chiamati: list[User]) -> None:
    # The words of the note stay at the desk: a mail is forwarded, kept and printed where nobody sees it.
    dati = dati_pubblici(caso) | {"chi": nota.autore.nome}
    destinatari = [Destinatario(utente=chi) for chi in chiamati if chi.pk != nota.autore_id]
    percorso = f"{caso.url_scrivania()}#nota-{nota.uid}"
    avvisa(destinatari, "segnalazione_menzione", evento=evento_della_nota(nota.uid), percorso=percorso, dati=dati)


def evento_della_nota(uid: UUID) -> str:
    """What notices call one note."""
    return f"nota:{uid}"
