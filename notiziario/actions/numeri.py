"""Issues: what is to be told, then a batch of recipients at a time.

A batch is one transaction: its notices and how far the issue has come. Killed anywhere, the next turn goes on from
there; a notice is unique by issue and person, so that nobody gets two (docs/adr/0005, 0026).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import get_default_timezone, localtime, make_aware

from core.tempo import adesso
from home.models import NotiziaPage
from notifiche.actions import Destinatario, avvisa
from notifiche.models import Notifica
from notiziario.models import RIPENSACI, Abbonamento, Cadenza, Numero, SpecieNumero, StatoNumero

LOTTO = 500  # recipients of one transaction
RIASSUNTO_ALLE = time(7, 0)  # of Monday
VECCHIA_DOPO = timedelta(days=7)
FINITI = (StatoNumero.PARTITO, StatoNumero.RITIRATO)


@transaction.atomic
def annuncia(notizia: NotiziaPage) -> None:
    """It is out: in ten minutes it leaves, once. Published again after a withdrawal, it goes to who was not told yet.

    What is old on the day it comes out (an archive that is put on the site) is told to nobody.
    """
    ora = adesso()
    if _vecchia(notizia, ora):
        return
    tempi = {"dal": ora, "uscito_il": ora, "parte_il": ora + RIPENSACI}
    numero, nuovo = Numero.objects.select_for_update().get_or_create(
        notizia=notizia, defaults={"specie": SpecieNumero.NOTIZIA, **tempi}
    )
    if nuovo or numero.stato != StatoNumero.RITIRATO:
        return
    numero.stato, numero.ultimo, numero.parte_il = StatoNumero.IN_ATTESA, 0, ora + RIPENSACI
    if not numero.destinatari:
        numero.dal = numero.uscito_il = ora
    numero.save()


def _vecchia(notizia: NotiziaPage, ora: datetime) -> bool:
    prima = notizia.first_published_at or ora
    return notizia.data < localtime(ora).date() - VECCHIA_DOPO or prima < ora - VECCHIA_DOPO


@transaction.atomic
def ritira(notizia: NotiziaPage) -> None:
    """It was taken down: what has not left yet does not leave."""
    numero = Numero.objects.select_for_update().filter(notizia=notizia).first()
    if numero is None or (numero.stato == StatoNumero.PARTITO and not _in_partenza(numero).exists()):
        return
    numero.stato = StatoNumero.RITIRATO
    _richiama(numero)
    numero.save()


def _in_partenza(numero: Numero) -> Any:
    return Notifica.objects.libere(adesso()).filter(evento=numero.evento)


def _richiama(numero: Numero) -> None:
    """Takes back the notices that no carrier has in hand."""
    quante, _di_che = _in_partenza(numero).delete()
    numero.destinatari = max(0, numero.destinatari - quante)


@transaction.atomic
def apri_il_riassunto() -> Numero | None:
    """From Monday at seven, the summary of the seven days before: once a week, whenever the timer comes by."""
    alle = _ultimo_lunedi(adesso())
    numero, nuovo = Numero.objects.get_or_create(
        specie=SpecieNumero.RIASSUNTO,
        uscito_il=alle,
        defaults={"dal": _sette_giorni_prima(alle), "parte_il": alle},
    )
    return numero if nuovo else None


def _ultimo_lunedi(ora: datetime) -> datetime:
    """The last Monday at seven, in Italy."""
    qui = localtime(ora)
    lunedi = qui.date() - timedelta(days=qui.weekday())
    alle = make_aware(datetime.combine(lunedi, RIASSUNTO_ALLE), get_default_timezone())
    return alle if alle <= ora else _sette_giorni_prima(alle)


def _sette_giorni_prima(alle: datetime) -> datetime:
    # By the clock on the wall: one week of the year has an hour more, one an hour less.
    giorno = localtime(alle).date() - timedelta(days=7)
    return make_aware(datetime.combine(giorno, RIASSUNTO_ALLE), get_default_timezone())


def prosegui() -> int:
    """Writes the mails of every issue whose time has come; answers how many."""
    scritte = 0
    for pk in list(Numero.objects.da_mandare(adesso()).values_list("pk", flat=True)):
        ancora = True
        while ancora:
            quante, ancora = _un_lotto(pk)
            scritte += quante
    return scritte


@transaction.atomic
def _un_lotto(pk: int) -> tuple[int, bool]:
    """The next batch of an issue: mails written, and whether there may be more. (0, False) where somebody is at it."""
    numero = Numero.objects.select_for_update(skip_locked=True).filter(pk=pk).exclude(stato__in=FINITI).first()
    if numero is None:
        return 0, False
    scritte, visti = _notizia(numero) if numero.specie == SpecieNumero.NOTIZIA else _riassunto(numero)
    if numero.stato != StatoNumero.RITIRATO:
        numero.stato = StatoNumero.IN_CORSO if len(visti) == LOTTO else StatoNumero.PARTITO
    numero.ultimo = visti[-1].pk if visti else numero.ultimo
    numero.destinatari += scritte
    numero.save()
    return scritte, numero.stato == StatoNumero.IN_CORSO


def _notizia(numero: Numero) -> tuple[int, list[Abbonamento]]:
    notizia = NotiziaPage.objects.live().public().filter(pk=numero.notizia_id).first()
    if notizia is None or (notizia.expire_at and notizia.expire_at <= adesso()):
        numero.stato = StatoNumero.RITIRATO
        return 0, []
    chi = Abbonamento.objects.con(Cadenza.SUBITO, dal=numero.uscito_il).che_vogliono(notizia)
    visti = list(chi.filter(pk__gt=numero.ultimo).select_related("utente")[:LOTTO])
    dati = _parole(notizia) | {"rubrica": notizia.get_parent().specific.singolare}
    return _avvisa(numero, "notizia_uscita", dati["percorso"], [(a, dati) for a in visti]), visti


def _riassunto(numero: Numero) -> tuple[int, list[Abbonamento]]:
    chi = Abbonamento.objects.con(Cadenza.SETTIMANA, dal=numero.uscito_il)
    visti = list(chi.filter(pk__gt=numero.ultimo).select_related("utente")[:LOTTO])
    prefetch_related_objects(visti, "seguiti", "rubriche")
    uscite = _uscite(numero)
    da_dire = []
    for abbonamento in visti:
        sue = [
            parole
            for uscita, parole, argomenti, rubrica in uscite
            if abbonamento.decorre_il and uscita >= abbonamento.decorre_il and abbonamento.vuole(argomenti, rubrica)
        ]
        if sue:
            da_dire.append((abbonamento, {"notizie": sue}))
    return _avvisa(numero, "notizie_riassunto", reverse("notiziario:newsletter"), da_dire), visti


def _uscite(numero: Numero) -> list[tuple[datetime, dict[str, Any], set[int], int]]:
    """What came out in its week and can still be read: when, its words, its topics, its kind."""
    numeri = Numero.objects.uscite(numero.dal, numero.uscito_il).order_by("-uscito_il", "-pk")
    quando = dict(numeri.values_list("notizia_id", "uscito_il"))
    pagine = NotiziaPage.objects.live().public().in_bulk([pk for pk in quando if pk is not None])
    return [
        (uscita, _parole(pagina), set(pagina.argomenti.values_list("pk", flat=True)), pagina.get_parent().pk)
        for pk, uscita in quando.items()
        if (pagina := pagine.get(pk)) is not None
    ]


def _parole(notizia: NotiziaPage) -> dict[str, Any]:
    return {"titolo": notizia.title, "sommario": notizia.sommario, "percorso": notizia.get_url_parts()[2]}


def _avvisa(numero: Numero, tipo: str, percorso: str, da_dire: Iterable[tuple[Abbonamento, dict[str, Any]]]) -> int:
    """Writes their notices; answers how many people are told."""
    destinatari = [
        Destinatario(email=abbonamento.casella, dati={**dati, "iscrizione": abbonamento.uid.hex})
        for abbonamento, dati in da_dire
        if abbonamento.casella
    ]
    return avvisa(destinatari, tipo, evento=numero.evento, percorso=percorso, dati={})
