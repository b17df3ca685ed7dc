"""What a person is to a case: the question behind every button and every door."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from comune.models import SOSTITUTIVI, Incarico, Ruolo
from comune.ruoli import incarichi_di
from core.tempo import oggi
from segnalazioni.models.segnalazione import Segnalazione, Seguace
from segnalazioni.workflow import RuoloCaso

if TYPE_CHECKING:
    from accounts.models import User

# A name after an @ that begins a word: the one inside an e-mail address calls nobody.
MENZIONE = re.compile(r"(?<![\w.+-])@(\w[\w.'’-]*)")


def ruoli_di_servizio(segnalazione: Segnalazione, user: User) -> frozenset[str]:
    """Roles that come with the office: the URP everywhere, operators and heads only on what their office has, who
    holds the potere sostitutivo where somebody has asked for it."""
    ruoli: set[str] = set()
    for ufficio, ruolo in incarichi_di(user):
        if ruolo == Ruolo.URP:
            ruoli.add(RuoloCaso.URP)
        elif ruolo in SOSTITUTIVI:
            ruoli |= {RuoloCaso.TITOLARE} if segnalazione.intervento_aperto else set()
        elif ufficio == segnalazione.ufficio_id and ruolo == Ruolo.OPERATORE:
            ruoli.add(RuoloCaso.OPERATORE)
        elif ufficio == segnalazione.ufficio_id and ruolo == Ruolo.RESPONSABILE:
            ruoli.add(RuoloCaso.RESPONSABILE)
    return frozenset(ruoli)


def ruoli_sul_caso(segnalazione: Segnalazione, user: User) -> frozenset[str]:
    """All roles of a logged-in person on this case."""
    ruoli = ruoli_di_servizio(segnalazione, user)
    if Seguace.objects.filter(segnalazione=segnalazione, utente=user, segnalante=True).exists():
        return ruoli | {RuoloCaso.SEGNALANTE}
    return ruoli


def colleghi_di(segnalazione: Segnalazione) -> QuerySet[User]:
    """Who sees the case at the desk today, as SegnalazioneQuerySet.del_servizio: the URP, the office that has it, and
    who holds the potere sostitutivo where it is late or they were asked to step in. By name."""
    suoi = Q(ruolo=Ruolo.URP) | Q(ufficio=segnalazione.ufficio_id) & ~Q(ruolo__in=SOSTITUTIVI)
    chiesti = Q() if segnalazione.in_ritardo() else Q(Exists(segnalazione.interventi.all()))
    suoi |= Q(ruolo__in=SOSTITUTIVI) & chiesti
    incarichi = Incarico.objects.in_carica(oggi()).filter(suoi, utente=OuterRef("pk"))
    attivi = get_user_model().objects.filter(is_active=True, cancellato_il__isnull=True)
    return attivi.filter(Exists(incarichi)).order_by("last_name", "first_name", "pk")


def nomi_dei_colleghi(colleghi: Iterable[User]) -> dict[str, User]:
    """By what each is called after an @: «elena.esposito», and «elena.esposito.2» for the second of that name."""
    chiamati: dict[str, User] = {}
    for collega in sorted(colleghi, key=lambda c: c.pk):
        nome, volte = come_si_chiama(collega.nome), 1
        while (unico := nome if volte == 1 else f"{nome}.{volte}") in chiamati:
            volte += 1
        chiamati[unico] = collega
    return chiamati


def come_si_chiama(nome: str) -> str:
    """A name in small letters without accents, its words joined by points: what is written after an @."""
    senza_accenti = unicodedata.normalize("NFKD", nome.lower()).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9]+", senza_accenti))
