"""The rules of assignment at the desk: the list in its order, one rule, and what would happen. For the URP alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comune.models import Quartiere
from comune.porte import RichiestaDiServizio, solo_urp
from core.codici import leggi_numero
from core.errors import DomainError
from segnalazioni import actions
from segnalazioni.desk.prova import MOSTRATE, QUANTE, Prova, domanda_a_tutte, prova
from segnalazioni.forms.regole import ProvaForm, RegolaForm
from segnalazioni.models import CambioRegola, Categoria, Regola

CAMBI_MOSTRATI = 30


@dataclass(frozen=True, slots=True)
class Voce:
    """One rule in the list. condizioni: (what, which), in words; nomi: keys of the names, read once for all rules."""

    regola: Regola
    condizioni: list[tuple[str, str]]

    @property
    def guasto(self) -> str:
        """What is wrong with it, "" for nothing."""
        if self.regola.attiva and self.regola.ufficio_chiuso:
            return _("Il suo ufficio è chiuso: alla prossima segnalazione si spegne.")
        return self.regola.guasto


@require_safe
@solo_urp
def elenco(request: RichiestaDiServizio) -> HttpResponse:
    """All rules in the order in which they are asked, and the last changes."""
    return _elenco(request)


def _elenco(request: RichiestaDiServizio, *, status: int = 200) -> HttpResponse:
    # The version first: what is read after it may be newer, never older.
    dati = {
        "versione": actions.versione_delle_regole(),
        "voci": _voci(list(Regola.objects.in_ordine())),
        "cambi": CambioRegola.objects.select_related("autore").order_by("-pk")[:CAMBI_MOSTRATI],
    }
    return render(request, "segnalazioni/regole/elenco.html", dati, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def nuova(request: RichiestaDiServizio) -> HttpResponse:
    """A rule that is not there yet."""
    return _scrivi(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def modifica(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """A rule, to be changed. 409 when a colleague was faster: nothing that was typed is lost."""
    return _scrivi(request, get_object_or_404(Regola.objects.select_related("ufficio"), pk=pk))


def _scrivi(request: RichiestaDiServizio, regola: Regola | None) -> HttpResponse:
    form = RegolaForm(request.POST if request.method == "POST" else None, regola=regola)
    che = request.POST.get("che", "")
    if request.method != "POST":
        return _pagina(request, form)
    if che == "domande":  # the categories have changed: their questions, nothing else
        return _pagina(request, form, senza_errori=True)
    if not form.is_valid():
        return _pagina(request, form, status=422)
    if che == "prova":
        return _pagina(request, form, fatta=prova(_con(form)))
    try:
        _salva(form, request)
    except DomainError as rifiuto:
        form.add_error(None, rifiuto.messaggio)
        return _pagina(request, form, status=409, adesso=_adesso(regola))
    messages.success(request, _("Fatto: la regola «%(nome)s» vale da adesso.") % {"nome": form.dati.nome})
    return redirect("regole:elenco")


def _salva(form: RegolaForm, request: RichiestaDiServizio) -> None:
    if form.regola is None:
        actions.crea_regola(form.dati, operatore=request.user)
        return
    versione = form.cleaned_data["versione"] or 0
    actions.cambia_regola(form.regola, form.dati, operatore=request.user, versione=versione)


def _pagina(
    request: RichiestaDiServizio,
    form: RegolaForm,
    *,
    status: int = 200,
    senza_errori: bool = False,
    fatta: Prova | None = None,
    adesso: Voce | None = None,
) -> HttpResponse:
    regola = form.regola
    if senza_errori:
        form = _senza_errori(form)
    if adesso is not None:  # sent again it means: I have read it
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["versione"] = str(adesso.regola.versione)  # type: ignore[index]
    cambi = regola.cambi.select_related("autore")[:CAMBI_MOSTRATI] if regola else []
    dati = {"form": form, "regola": regola, "prova": fatta, "mostrate": MOSTRATE, "adesso": adesso, "cambi": cambi}
    return render(request, "segnalazioni/regole/regola.html", dati, status=status)


def _senza_errori(form: RegolaForm) -> RegolaForm:
    form.full_clean()
    form.errors.clear()
    return form


def _adesso(regola: Regola | None) -> Voce | None:
    if regola is None:
        return None
    return _voci([Regola.objects.select_related("ufficio").get(pk=regola.pk)])[0]


def _con(form: RegolaForm) -> list[Regola]:
    """The rules as they would be with this one saved: in its place, or the last."""
    campi = asdict(form.dati) | {"ufficio": form.dati.ufficio}
    regole = list(Regola.objects.attive())
    if form.regola is None:
        return [*regole, Regola(**campi)]
    provata = Regola(**campi, pk=form.regola.pk, ordine=form.regola.ordine)
    altre = [regola for regola in regole if regola.pk != provata.pk]
    return sorted([*altre, provata], key=lambda regola: (regola.ordine, regola.pk))


@require_POST
@solo_urp
def sposta(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """One place up or down."""
    regola = get_object_or_404(Regola, pk=pk)
    su = request.POST.get("verso") == "su"
    return _fai(request, lambda: actions.sposta_regola(regola, su=su, operatore=request.user, elenco=_numero(request)))


@require_POST
@solo_urp
def accendi(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """On or off."""
    regola = get_object_or_404(Regola, pk=pk)
    verbo = actions.spegni_regola if request.POST.get("che") == "spegni" else actions.accendi_regola
    return _fai(request, lambda: verbo(regola, operatore=request.user, versione=_numero(request)))


def _numero(request: RichiestaDiServizio) -> int:
    return leggi_numero(request.POST.get("versione", "")) or 0


def _fai(request: RichiestaDiServizio, atto: Any) -> HttpResponse:
    """One act on the list. Refused, the list comes back as it is now: nothing was typed, it only has to be read."""
    try:
        regola = atto()
    except DomainError as rifiuto:
        messages.error(request, rifiuto.messaggio)
        return _elenco(request, status=409)
    return redirect(f"{reverse('regole:elenco')}#regola-{regola.pk}")


@require_safe
@solo_urp
def che_cosa_succederebbe(request: RichiestaDiServizio) -> HttpResponse:
    """The rules as they are, asked about the newest reports; or about one, by its number."""
    form = ProvaForm(request.GET or None)
    regole = list(Regola.objects.attive())
    dati: dict[str, Any] = {"form": form, "mostrate": MOSTRATE, "quante": QUANTE}
    if form.is_bound and form.is_valid() and form.caso is not None:
        dati |= {"caso": form.caso, "righe": domanda_a_tutte(regole, form.caso)}
    elif not form.errors:
        dati["prova"] = prova(regole)
    return render(request, "segnalazioni/regole/prova.html", dati, status=422 if form.errors else 200)


# --- in words ---------------------------------------------------------------------------------------------


def _voci(regole: list[Regola]) -> list[Voce]:
    nomi = dict(Categoria.objects.values_list("codice", "nome")) | dict(Quartiere.objects.values_list("slug", "nome"))
    return [Voce(regola, _in_parole(regola, nomi)) for regola in regole]


def _in_parole(regola: Regola, nomi: dict[str, str]) -> list[tuple[str, str]]:
    giorni = ", ".join(str(WEEKDAYS_ABBR[n]).lower() for n in regola.giorni if n in WEEKDAYS_ABBR)
    voci = [
        (_("Categorie"), ", ".join(nomi.get(codice, codice) for codice in regola.categorie)),
        (_("Risposte"), ", ".join(f"{coppia[0]}: {coppia[-1]}" for coppia in regola.risposte)),
        (_("Quartieri"), ", ".join(nomi.get(slug, slug) for slug in regola.quartieri)),
        (_("Giorni"), giorni),
        (_("Ore"), _fra_ore(regola)),
        (_("Periodo"), _periodo(regola)),
    ]
    return [(nome, valore) for nome, valore in voci if valore]


def _fra_ore(regola: Regola) -> str:
    if regola.dalle is None or regola.alle is None:
        return ""
    return _("dalle %(dalle)s alle %(alle)s") % {
        "dalle": time_format(regola.dalle, "H:i"),
        "alle": time_format(regola.alle, "H:i"),
    }


def _periodo(regola: Regola) -> str:
    pezzi = []
    if regola.dal:
        pezzi.append(_("dal %(giorno)s") % {"giorno": date_format(regola.dal, "j F Y").lower()})
    if regola.al:
        pezzi.append(_("fino al %(giorno)s") % {"giorno": date_format(regola.al, "j F Y").lower()})
    return " ".join(pezzi)
