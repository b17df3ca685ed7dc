"""A confirmed report goes to the register: what it is called there, from whom it comes, the digest of its document."""

from __future__ import annotations

import hashlib
import json

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.tempo import adesso
from protocollo.actions import registra
from segnalazioni.models import Foto, Segnalazione
from segnalazioni.models.segnalazione import Seguace


@override("it")  # a register has one language
def manda_al_protocollo(caso: Segnalazione, *, autore: User | None) -> None:
    """Asks for the number of a report that has just become a case; in its transaction. autore: the account, if any."""
    registra(
        caso.contributo,
        oggetto=_("Segnalazione %(codice)s: %(categoria)s") % {"codice": caso.codice, "categoria": caso.categoria.nome},
        mittente=_mittente(caso, autore),
        impronta=impronta_documento(caso),
        arrivato_il=caso.confermata_il or adesso(),
    )


def _mittente(caso: Segnalazione, autore: User | None) -> str:
    """Who it comes from, as far as we know (D.P.R. 445/2000, art. 53, letter c)."""
    if caso.contributo.per_conto_di:
        return caso.contributo.per_conto_di
    if autore is not None:
        return autore.get_full_name() or autore.email
    email = Seguace.objects.filter(segnalazione=caso, segnalante=True).values_list("email", flat=True).first()
    return email or _("Anonimo")


def impronta_documento(caso: Segnalazione) -> str:
    """SHA-256 of the report as canonical JSON: its words, its place, the digests of the photos that came with it."""
    foto = Foto.objects.filter(segnalazione=caso, passaggio__isnull=True).order_by("pk")
    documento = {
        "codice": caso.codice,
        "categoria": caso.categoria.codice,
        "testo": caso.testo,
        "risposte": caso.risposte,
        "indirizzo": caso.indirizzo,
        "luogo_a_parole": caso.luogo_a_parole,
        "lat": caso.lat,
        "lon": caso.lon,
        "foto": list(foto.values_list("impronta", flat=True)),
    }
    corpo = json.dumps(documento, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(corpo.encode()).hexdigest()
