"""The internal notes of a case as colleagues read them: the last words of each, with what they corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from segnalazioni.models import Nota, Segnalazione
from segnalazioni.models.ruoli import MENZIONE


@dataclass(frozen=True, slots=True)
class NotaLinea:
    """One note. testo: its words, the names called in bold; prima: what it said before it was corrected."""

    uid: UUID
    quando: datetime
    chi: str
    autore: int
    testo: SafeString
    prima: tuple[SafeString, ...] = ()


def note_di(caso: Segnalazione) -> list[NotaLinea]:
    """The notes of a case, newest first, each where it was first written. One query."""
    righe = Nota.objects.filter(segnalazione=caso).select_related("autore", "parole").order_by("pk")
    prime: dict[int, NotaLinea] = {}
    for nota in righe:
        corretta = prime.pop(nota.corregge_id, None) if nota.corregge_id else None
        prime[nota.pk] = NotaLinea(
            uid=nota.uid,
            quando=corretta.quando if corretta else nota.created_at,
            chi=nota.autore.nome,
            autore=nota.autore_id,
            testo=con_i_nomi(_parole(nota)),
            prima=(*corretta.prima, corretta.testo) if corretta else (),
        )
    return sorted(prime.values(), key=lambda n: (n.quando, n.uid), reverse=True)


def _parole(nota: Nota) -> str:
    parole = getattr(nota, "parole", None)
    return parole.testo if parole else _("Parole tolte allo scadere dei tempi di conservazione.")


def con_i_nomi(testo: str) -> SafeString:
    """The words, escaped, with the names called after an @ in bold."""
    pezzi, qui = [], 0
    for nome in MENZIONE.finditer(testo):
        pezzi.append(format_html("{}<b>{}</b>", testo[qui : nome.start()], nome.group()))
        qui = nome.end()
    return format_html("{}{}", format_html_join("", "{}", ((p,) for p in pezzi)), testo[qui:])
