"""One step on many cases: chosen in the queue, looked at one by one before it is confirmed, done line by line."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comune.porte import RichiestaDiServizio, di_servizio
from segnalazioni import tasks
from segnalazioni.actions.banco import IN_MASSA, TETTO_MASSA, avvia_lavoro
from segnalazioni.desk.coda import Coda
from segnalazioni.desk.mosse import PAROLE
from segnalazioni.desk.pronte import con_la_pronta
from segnalazioni.desk.scelta import Esclusa, dividi, leggi_scelte, previste
from segnalazioni.forms.banco import MassaForm
from segnalazioni.models import RispostaPronta, Segnalazione
from segnalazioni.workflow import PROCEDURA


@require_POST
@di_servizio
def massa(request: RichiestaDiServizio) -> HttpResponse:
    """Three pages at one address: what to say, what will happen to which case, and then the work itself.

    Nothing is written before «esegui». 422: data missing or wrong, or no case left.
    """
    passo = request.POST.get("passo", "")
    if passo not in IN_MASSA:
        raise Http404
    viste, casi = _scelti(request)
    vanno, no = dividi(casi, viste, request.user, passo)
    form = _modulo(request, passo)
    if not form.is_bound:
        return _pagina(request, passo, form, vanno, no)
    if not form.is_valid() or not vanno:
        return _pagina(request, passo, form, vanno, no, status=422)
    if "esegui" in request.POST:
        return _esegui(request, passo, form, vanno)
    return _pagina(request, passo, form, vanno, no, controlla=True)


def _scelti(request: RichiestaDiServizio) -> tuple[dict[str, int | None], list[Segnalazione]]:
    """The versions that were seen and the cases, those of this colleague only, in the order of the queue."""
    if "tutte" in request.POST:
        vista = _vista(request)
        return {}, list(vista.scelti(list(vista.casi.values_list("pk", flat=True)[:TETTO_MASSA])))
    viste = leggi_scelte(request.POST.getlist("scelte"))
    casi = Segnalazione.objects.del_servizio(request.user).filter(contributo__codice__in=list(viste)).per_elenco()
    posto = {codice: n for n, codice in enumerate(viste)}
    return viste, sorted(casi, key=lambda caso: posto[caso.codice])


def _vista(request: RichiestaDiServizio) -> Coda:
    """The view that the cases were chosen in."""
    return Coda.leggi(request.user, QueryDict(request.POST.get("vista", "").removeprefix("?")))


def _modulo(request: RichiestaDiServizio, passo: str) -> MassaForm:
    parole = str(PAROLE[passo].testo)
    if "controlla" in request.POST or "esegui" in request.POST:
        return MassaForm(passo, parole, request.POST)
    scritto = {nome: request.POST.get(nome, "") for nome in ("ufficio", "testo", "nota")}
    if "inserisci" in request.POST:
        scritto["testo"] = con_la_pronta(request.user, passo, request.POST)
    return MassaForm(passo, parole, initial=scritto)


def _pagina(
    request: RichiestaDiServizio,
    passo: str,
    form: MassaForm,
    vanno: list[Segnalazione],
    no: list[Esclusa],
    *,
    controlla: bool = False,
    status: int = 200,
) -> HttpResponse:
    a = next(r.a for r in PROCEDURA.righe if r.passo == passo)
    vista = _vista(request).query()
    dati: dict[str, Any] = form.cleaned_data if controlla else {}
    contesto = {
        "passo": passo,
        "parole": PAROLE[passo],
        "form": form,
        "previste": previste(vanno, passo, a, dati.get("testo", "")),
        "escluse": no,
        "quante": _quante(len(vanno)),
        "controlla": controlla,
        "dati": dati,
        "chiave": uuid4(),
        "tetto": TETTO_MASSA if len(vanno) + len(no) >= TETTO_MASSA else 0,
        "pronte": RispostaPronta.objects.per_passo(request.user, passo) if "testo" in form.fields else [],
        "vista": vista,
        "rientro": reverse("scrivania:coda") + vista,
    }
    return render(request, "segnalazioni/scrivania/massa.html", contesto, status=status)


def _quante(n: int) -> str:
    return ngettext("%(n)d segnalazione", "%(n)d segnalazioni", n) % {"n": n}


@transaction.atomic
def _esegui(request: RichiestaDiServizio, passo: str, form: MassaForm, vanno: list[Segnalazione]) -> HttpResponse:
    try:
        uid = UUID(request.POST.get("chiave", ""))
    except ValueError:
        uid = uuid4()
    casi = {caso.pk: caso.versione for caso in vanno}
    lavoro = avvia_lavoro(request.user, passo, casi, uid=uid, **form.cleaned_data)
    transaction.on_commit(lambda: tasks.affida(lavoro))
    return redirect("scrivania:lavoro", uid=lavoro.uid)


def titolo_di(passo: str, quante: int) -> str:
    """ "Assegna a un ufficio: 24 segnalazioni"."""
    return _("%(passo)s: %(quante)s") % {"passo": PAROLE[passo].nome, "quante": _quante(quante)}
