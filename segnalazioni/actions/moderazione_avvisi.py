"""Notices that have been written already say no more of a case than may be read of it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from notifiche.models import Notifica, StatoAvviso
from segnalazioni.actions.avvisi import evento_di
from segnalazioni.actions.note import evento_della_nota
from segnalazioni.actions.termine import evento_del_promemoria
from segnalazioni.models import Moderazione, Nota, Passaggio, Promemoria, Segnalazione, Seguace, colleghi_di
from segnalazioni.parti import copri, trova_tratti

_PAROLE = ("titolo", "testo")  # what a notice holds of the case's own words
_INSIEME = 500


def _del_caso(caso: Segnalazione) -> Q:
    """Notices that hold the title or words of this case: of its steps, notes, coverings and reminders, to whomever,
    and mails that have not left yet."""
    passi = Passaggio.objects.filter(segnalazione=caso).values_list("uid", flat=True)
    note = Nota.objects.filter(segnalazione=caso).values_list("uid", flat=True)
    atti = Moderazione.objects.filter(segnalazione=caso).values_list("uid", flat=True)
    ricordi: Any = Promemoria.objects.filter(segnalazione=caso).values_list("avvio", "numero")
    eventi = [
        *map(evento_di, passi),
        *map(evento_della_nota, note),
        *map(evento_dell_atto, atti),
        *(evento_del_promemoria(caso.codice, avvio, numero) for avvio, numero in ricordi),
    ]
    return Q(evento__in=eventi) | Q(stato=StatoAvviso.DA_INVIARE, percorso__in=[caso.url(), caso.url_scrivania()])


def evento_dell_atto(uid: UUID) -> str:
    """What notices call one act of moderation."""
    return f"moderazione:{uid}"


def copri_gli_avvisi(caso: Segnalazione, cambi: dict[str, str], frasi: Sequence[str]) -> None:
    """Notices on the site, and mails that have not left yet, hold the words too. cambi: words before → after."""
    toccati = []
    for avviso in Notifica.objects.filter(_del_caso(caso)).order_by("pk").select_for_update():
        nuovi = {chiave: _coperto(avviso.dati.get(chiave), cambi, frasi) for chiave in _PAROLE}
        nuovi = {chiave: valore for chiave, valore in nuovi.items() if valore is not None}
        if nuovi:
            avviso.dati = {**avviso.dati, **nuovi}
            toccati.append(avviso)
    Notifica.objects.bulk_update(toccati, ["dati"], batch_size=_INSIEME)


def _coperto(valore: object, cambi: dict[str, str], frasi: Iterable[str]) -> str | None:
    """The words of a notice as they may be read now; None when nothing in them is covered."""
    if not isinstance(valore, str):
        return None
    nuovo = cambi.get(valore) or copri(valore, trova_tratti(valore, frasi))
    return nuovo if nuovo != valore else None


def togli_gli_avvisi(caso: Segnalazione) -> None:
    """Nobody outside reads the case any more: who was told of it keeps the number and no word, and is not told what
    had not left yet. Who reported it and who works on it keep theirs."""
    toccati = []
    lettori, caselle = _chi_legge(caso)
    for avviso in Notifica.objects.filter(_del_caso(caso)).order_by("pk").select_for_update():
        if avviso.utente_id in lettori or avviso.email in caselle:
            continue
        avviso.dati = {**avviso.dati, **{chiave: "" for chiave in _PAROLE if chiave in avviso.dati}}
        if avviso.stato == StatoAvviso.DA_INVIARE:
            avviso.stato, avviso.riprova_il = StatoAvviso.RINUNCIATA, None
        toccati.append(avviso)
    Notifica.objects.bulk_update(toccati, ["dati", "stato", "riprova_il"], batch_size=_INSIEME)


def _chi_legge(caso: Segnalazione) -> tuple[set[int], set[str]]:
    """Keys of the accounts, and mailboxes, of those who read a case that is not public."""
    segnalante = Seguace.objects.filter(segnalazione=caso, segnalante=True).first()
    lettori = set(colleghi_di(caso).values_list("pk", flat=True))
    if segnalante is not None and segnalante.utente_id is not None:
        lettori.add(segnalante.utente_id)
    return lettori, {segnalante.email} if segnalante is not None and segnalante.email else set()
