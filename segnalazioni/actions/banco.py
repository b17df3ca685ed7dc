"""The verbs of the desk that no case reads: views that are kept, canned answers, and work on many cases at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.translation import gettext as _

from comune.models import Ufficio
from core.errors import DomainError
from core.realtime import annuncia
from core.tempo import adesso
from segnalazioni.actions.passi import GRUPPO_CODA, pretendi_versione
from segnalazioni.actions.ufficio import VERBI
from segnalazioni.models import Lavoro, Segnalazione, StatoVoce, VistaSalvata, VoceLavoro
from segnalazioni.racconto.variabili import riempi
from segnalazioni.workflow import PROCEDURA

if TYPE_CHECKING:
    from accounts.models import User

# The steps that can be taken on many cases at once; each asks for nothing but an office or a text.
IN_MASSA = ("assegna", "prendi_in_carico", "chiedi", "risolvi")
TETTO_MASSA = 500  # cases of one work
TETTO_VISTE = 20  # views that one person keeps


# --- views of the queue -------------------------------------------------------------------------------------


@transaction.atomic
def salva_vista(utente: User, *, nome: str, query: str, ufficio: Ufficio | None) -> VistaSalvata:
    """Keeps a view under a name; the same name again is the same view, changed. Raises DomainError "troppe_viste"."""
    mie = VistaSalvata.objects.filter(utente=utente)
    if mie.exclude(nome=nome).count() >= TETTO_VISTE:
        raise DomainError("troppe_viste", _("Hai già %(n)d elenchi: eliminane uno prima.") % {"n": TETTO_VISTE})
    vista, _nuova = VistaSalvata.objects.update_or_create(
        utente=utente,
        nome=nome,
        defaults={"query": query, "ufficio": ufficio},
        create_defaults={"query": query, "ufficio": ufficio, "ordine": mie.count() + 1},
    )
    return vista


# --- many cases at once -------------------------------------------------------------------------------------


@transaction.atomic
def avvia_lavoro(
    autore: User,
    passo: str,
    casi: Mapping[int, int],
    *,
    uid: UUID,
    ufficio: Ufficio | None = None,
    testo: str = "",
    nota: str = "",
) -> Lavoro:
    """Writes down what is to be done: a line for each case (key → version that was seen). The same uid: the same work.

    Nothing is done yet: `avanza` does. Raises DomainError "nessun_caso", "troppi_casi".
    """
    if passo not in IN_MASSA:
        raise ValueError(f"not a step for many: {passo!r}")
    if not casi:
        raise DomainError("nessun_caso", _("Nessuna segnalazione scelta può fare questo passo."))
    if len(casi) > TETTO_MASSA:
        raise DomainError("troppi_casi", _("Al massimo %(n)d segnalazioni per volta.") % {"n": TETTO_MASSA})
    dati = {"passo": passo, "ufficio": ufficio, "testo": testo, "nota": nota, "created_at": adesso()}
    lavoro, nuovo = Lavoro.objects.get_or_create(uid=uid, autore=autore, defaults=dati)
    if nuovo:
        VoceLavoro.objects.bulk_create(
            [VoceLavoro(lavoro=lavoro, segnalazione_id=pk, versione=versione) for pk, versione in casi.items()]
        )
    return lavoro


def avanza(lavoro: Lavoro, *, entro: float | None = None) -> bool:
    """Does what is left of a work, line by line, each in a transaction of its own; answers whether all is done.

    Two processes may do it at once, and one may die in the middle: a line is decided in the transaction of its step,
    under lock, so it is never taken twice. entro: seconds after which no further line is begun; None for all of them.
    """
    fine = None if entro is None else monotonic() + entro
    da_fare = VoceLavoro.objects.filter(lavoro=lavoro, stato=StatoVoce.DA_FARE).order_by("pk")
    for pk in list(da_fare.values_list("pk", flat=True)):
        if fine is not None and monotonic() > fine:
            return False
        _una(pk)
    with transaction.atomic():
        if VoceLavoro.objects.filter(lavoro=lavoro, stato=StatoVoce.DA_FARE).exists():
            return False  # somebody else has a line in hand
        Lavoro.objects.filter(pk=lavoro.pk, finito_il__isnull=True).update(finito_il=adesso())
        annuncia(GRUPPO_CODA, 0)
    return True


def _una(pk: int) -> None:
    try:
        with transaction.atomic():
            voce = _prendi(pk)
            if voce is None:
                return
            _passo(voce)
            _segna(voce, StatoVoce.FATTA)
    except DomainError as rifiuto:
        with transaction.atomic():
            voce = _prendi(pk)
            if voce is not None:
                _segna(voce, StatoVoce.RIFIUTATA, rifiuto.messaggio)


def _prendi(pk: int) -> VoceLavoro | None:
    """The line under lock; None when it is decided, or in somebody else's hands."""
    salta = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    righe: Any = VoceLavoro.objects.select_for_update(of=("self",), **salta).select_related("lavoro__ufficio")
    voce: VoceLavoro | None = righe.filter(pk=pk, stato=StatoVoce.DA_FARE).first()
    return voce


def _passo(voce: VoceLavoro) -> None:
    lavoro = voce.lavoro
    # Read again for every line: who has left the office in the meantime may do no more.
    autore = get_user_model().objects.get(pk=lavoro.autore_id)
    caso = Segnalazione.objects.del_servizio(autore).per_elenco().filter(pk=voce.segnalazione_id).first()
    if caso is None:
        raise DomainError("non_tua", _("Non è più fra le segnalazioni che puoi lavorare."))
    caso = pretendi_versione(caso, voce.versione)
    VERBI[lavoro.passo](caso, operatore=autore, **dati_per(lavoro, caso))


def dati_per(lavoro: Lavoro, caso: Segnalazione) -> dict[str, Any]:
    """What the verb takes for one case: the text with its variables in words."""
    dati = {"ufficio": lavoro.ufficio, "testo": riempi(lavoro.testo, caso), "nota": lavoro.nota}
    riga = PROCEDURA.cerca(caso.stato, lavoro.passo)
    puo = {*riga.serve, *riga.puo} if riga else set()
    return {nome: valore for nome, valore in dati.items() if valore and (not puo or nome in puo)}


def _segna(voce: VoceLavoro, stato: StatoVoce, motivo: str = "") -> None:
    voce.stato, voce.motivo, voce.mossa_il = stato, motivo[:300], adesso()
    voce.save(update_fields=["stato", "motivo", "mossa_il"])


FERMO_DA = timedelta(seconds=20)  # a work without a move for so long has lost its worker


def fermi() -> list[Lavoro]:
    """Works that nobody seems to be doing, oldest first."""
    da = adesso() - FERMO_DA
    aperti = Lavoro.objects.filter(finito_il__isnull=True, created_at__lt=da).order_by("created_at", "pk")
    return list(aperti.exclude(voci__mossa_il__gte=da))
