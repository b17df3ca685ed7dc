"""Rows of the queue as components/coda_riga.html draws them: three queries for a page, whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.models import Canale, Visibilita
from core.templatetags.lp import giorno_corto, istante
from segnalazioni.desk.elenchi import BANDE, RISPOSTE, Banda
from segnalazioni.models import Foto, Passaggio, Segnalazione
from segnalazioni.racconto import pillola, scadenza


@dataclass(frozen=True, slots=True)
class Riga:
    """One row. segni: (words, class of components/segno.html)."""

    codice: str
    titolo: str
    url: str
    scade: str
    scade_classe: str
    scade_il: str
    categoria: str
    luogo: str
    parola: str
    classi: str
    ufficio: str
    segni: list[tuple[str, str]]
    chi: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Fascia:
    """A band with the rows of it that are on this page; `quante` counts all of them. banda None: no heading."""

    banda: Banda | None
    quante: int
    righe: list[Riga]


@dataclass
class _Attorno:
    """What stands in other tables about the cases of one page, by their key."""

    firme: dict[int, int] = field(default_factory=dict)
    foto: dict[int, int] = field(default_factory=dict)
    spostate: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    risposta: dict[int, datetime] = field(default_factory=dict)
    tornata: dict[int, str] = field(default_factory=dict)
    rifiuti: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def fasce(casi: Sequence[Segnalazione], quante: dict[int, int], *, query: str) -> list[Fascia]:
    """The page cut into bands, in order. quante: cases of the whole list per band; query: what the links carry on."""
    attorno = _attorno(casi)
    per_banda: dict[int | None, list[Riga]] = defaultdict(list)
    for caso in casi:
        banda: int | None = getattr(caso, "banda", None)
        per_banda[banda].append(_riga(caso, attorno, query, risposta=banda == RISPOSTE))
    return [
        Fascia(None if n is None else BANDE[n], 0 if n is None else quante.get(n, 0), righe)
        for n, righe in per_banda.items()
    ]


def _attorno(casi: Sequence[Segnalazione]) -> _Attorno:
    chiavi = [caso.pk for caso in casi]
    foto = Foto.objects.filter(segnalazione__in=chiavi)
    attorno = _Attorno(
        firme=Segnalazione.objects.filter(pk__in=chiavi).firme_di_ognuna(),
        foto=dict(foto.values_list("segnalazione").order_by("segnalazione").annotate(n=Count("pk"))),
    )
    passi = (
        Passaggio.objects.filter(segnalazione__in=chiavi, passo__in=("riprogramma", "rispondi", "rifiuta"))
        .order_by("pk")
        .values_list("segnalazione", "passo", "created_at", "parole__nota", F("segnalazione__versione") - F("numero"))
    )
    for chiave, passo, quando, nota, dopo in passi:
        if passo == "riprogramma":
            attorno.spostate[chiave] += 1
        elif passo == "rispondi":
            attorno.risposta[chiave] = quando
        else:
            attorno.rifiuti[chiave] += 1
            if dopo == 0:
                attorno.tornata[chiave] = nota or ""
    return attorno


def _riga(caso: Segnalazione, attorno: _Attorno, query: str, *, risposta: bool) -> Riga:
    stato, quando = pillola(caso), _quando(caso)
    return Riga(
        codice=caso.codice,
        titolo=caso.titolo,
        url=f"{caso.url_scrivania()}{query}",
        scade=quando[0],
        scade_classe=quando[1],
        scade_il=giorno_corto(quando[2]),
        categoria=caso.categoria.nome,
        luogo=luogo(caso),
        parola=stato.parola,
        classi=stato.classi,
        ufficio=caso.ufficio.nome if caso.ufficio else "",
        segni=[*_segni(caso), *_fatti(caso, attorno, risposta=risposta)],
    )


def _quando(caso: Segnalazione) -> tuple[str, str, date | None]:
    scade = scadenza(caso)
    if scade:
        return scade.parole, scade.tono, scade.giorno
    if caso.conclusa_il:
        return _("conclusa"), "", localtime(caso.conclusa_il).date()
    return _("senza termine"), "", None


def luogo(caso: Segnalazione) -> str:
    """Place and quartiere; once where they are called alike."""
    quartiere = caso.contributo.quartiere
    parole = dict.fromkeys([caso.dove, quartiere.nome if quartiere else ""])
    return ", ".join(p for p in parole if p) or _("senza luogo")


def _segni(caso: Segnalazione) -> list[tuple[str, str]]:
    """What is unusual about the case itself: who may read it, through which door it came."""
    segni = [(_("assistenza"), "s-cielo")] if caso.assistenza else []
    visibilita = Visibilita(caso.contributo.visibilita)
    if visibilita != Visibilita.PUBBLICA:
        segni.append((str(visibilita.label).lower(), ""))
    if caso.contributo.canale != Canale.WEB:
        segni.append((str(Canale(caso.contributo.canale).label).lower(), "muto"))
    if (intervento := caso.intervento_aperto) is not None:
        parole = (
            _("intervento da decidere, era entro %(entro)s")
            if intervento.in_ritardo
            else _("intervento chiesto, entro %(entro)s")
        )
        segni.append((parole % {"entro": giorno_corto(intervento.scadenza)}, "s-mattone"))
    return segni


def _fatti(caso: Segnalazione, attorno: _Attorno, *, risposta: bool) -> list[tuple[str, str]]:
    """What has happened around it, as far as it says whom to serve first."""
    fatti = []
    if caso.pk in attorno.tornata:  # the reason first: it says where it must not go again
        fatti.append((_tornata(attorno.tornata[caso.pk]), "s-ocra"))
    if (rifiuti := attorno.rifiuti.get(caso.pk, 0)) > 1:
        fatti.append((_("rifiutata %(n)d volte") % {"n": rifiuti}, "s-ocra"))
    if (firme := attorno.firme.get(caso.pk, 0)) > 1:
        fatti.append((ngettext("%(n)d firma", "%(n)d firme", firme) % {"n": firme}, "muto"))
    if foto := attorno.foto.get(caso.pk, 0):
        fatti.append((_("foto") if foto == 1 else _("%(n)d foto") % {"n": foto}, "muto"))
    if risposta and caso.pk in attorno.risposta:
        fatti.append((_("risposta %(quando)s") % {"quando": istante(attorno.risposta[caso.pk])}, "muto"))
    if (volte := attorno.spostate.get(caso.pk, 0)) > 1:
        fatti.append((_("data spostata %(n)d volte") % {"n": volte}, "s-ocra"))
    elif volte:
        fatti.append((_("data spostata"), "s-ocra"))
    return fatti


def _tornata(nota: str) -> str:
    corta = nota if len(nota) <= 60 else nota[:60].rsplit(" ", 1)[0] + "…"
    return _("tornata indietro: «%(nota)s»") % {"nota": corta} if corta else _("tornata indietro")
