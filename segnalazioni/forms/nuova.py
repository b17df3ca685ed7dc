"""The forms of filing: one per step, and the same ones read a draft again before it is sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comune import luoghi, territorio
from comune.models import Luogo
from core.dati_personali import Trovato, elenca, trova
from core.templatetags.lp import giorno
from core.tempo import oggi
from segnalazioni.models import Categoria, Domanda

TESTO_MINIMO, TESTO_MASSIMO = 10, 4000
PAROLE_MASSIMO = 500
RISPOSTA_MASSIMO = 200
DIDASCALIA_MASSIMO = 200
DATE_SCRITTE = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"]
NON_LO_SO = "non lo so"

Dati = Mapping[str, Any]


class TestoLibero(forms.CharField):
    """Words of a person. Its length is said, never cut: the browser gets no maxlength, which would eat a long paste."""

    def __init__(self, *, minimo: int = 0, massimo: int, righe: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": righe}) if righe else forms.TextInput()
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)
        if minimo:
            di_piu = format_lazy(gettext_lazy("Scrivi qualcosa di più: servono almeno {n} caratteri."), n=minimo)
            self.validators.append(MinLengthValidator(minimo, di_piu))
        di_meno = gettext_lazy("È troppo lungo: al massimo {n} caratteri. Il testo è ancora qui, accorcialo.")
        self.validators.append(MaxLengthValidator(massimo, format_lazy(di_meno, n=massimo)))

    def to_python(self, value: Any) -> str:
        # Browsers send line ends as two characters; one is counted.
        return (super().to_python(value) or "").replace("\r\n", "\n")


# --- words that everybody will read -----------------------------------------------------------------------


def _impronta(trovati: Sequence[Trovato]) -> str:
    corpo = "\n".join(f"{t.tipo.value} {t.testo}" for t in trovati)
    return hashlib.sha256(corpo.encode()).hexdigest()[:16]


class TestoPubblico(forms.Form):
    """Stops at personal data in public words, until the author ticks «Va bene così».

    The tick holds for what was found and nothing else: its value is the digest of those words, so that a phone
    number added later asks again.
    """

    casella = "va_bene"  # name of the tick: two of these forms may share a page
    si_legge = True  # False where the category keeps the report private
    altrove = gettext_lazy("Come avvisarti te lo chiediamo al passo 4, e resta fra noi.")
    _pubblici: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.casella] = forms.CharField(required=False)

    @property
    def trovati(self) -> list[Trovato]:
        """Personal data found by validation, accepted or not."""
        return getattr(self, "_trovati", [])

    @property
    def va_bene_valore(self) -> str:
        """Value of the tick that accepts what was found."""
        return _impronta(self.trovati)

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        per_campo = {nome: trova(dati[nome]) for nome in self._pubblici if self.si_legge and dati.get(nome)}
        self._trovati = [t for trovati in per_campo.values() for t in trovati]
        if self._trovati and dati.get(self.casella) != self.va_bene_valore:
            for nome, trovati in per_campo.items():
                if trovati:
                    self.add_error(nome, ValidationError(_frase(trovati, self.altrove), code="dati_personali"))
        return dati


def _frase(trovati: Sequence[Trovato], altrove: Any) -> str:
    togli = _("Togli %(cose)s: questo testo lo leggono tutti. %(altrove)s")
    return togli % {"cose": elenca(trovati), "altrove": altrove}


# --- 1 what -----------------------------------------------------------------------------------------------


class CosaForm(TestoPubblico):
    """What happens, and which category it is. `categorie`: those that may be chosen, by code."""

    testo = TestoLibero(
        minimo=TESTO_MINIMO,
        massimo=TESTO_MASSIMO,
        righe=3,
        error_messages={"required": gettext_lazy("Scrivi che cosa succede.")},
    )
    categoria = forms.CharField(required=False, max_length=60)
    _pubblici = ("testo",)

    def __init__(self, data: Dati | None, *, categorie: Mapping[str, Categoria], serve: bool = True) -> None:
        """serve: a category must be chosen (False as long as none was shown)."""
        super().__init__(data)
        self._categorie, self._serve = categorie, serve
        scelta = categorie.get((data or {}).get("categoria", ""))
        self.si_legge = scelta is None or scelta.pubblica

    def clean_categoria(self) -> Categoria | None:
        codice = self.cleaned_data["categoria"]
        if categoria := self._categorie.get(codice):
            return categoria
        if codice or self._serve:
            raise ValidationError(_("Scegli una categoria. Va bene anche «Nessuna di queste»."), code="required")
        return None


def _opzioni(domanda: Domanda) -> list[tuple[str, str]]:
    """(value, words) of the answers to a closed question; who must answer may also not know."""
    non_lo_so = (NON_LO_SO, _("Non lo so"))
    if domanda["tipo"] == "si_no":
        return [("si", _("Sì")), ("no", _("No")), non_lo_so]
    opzioni = [(o, o[:1].upper() + o[1:]) for o in domanda.get("opzioni", [])]
    lo_dice = any(o.casefold().startswith("non ") for o, _parole in opzioni)
    return opzioni if lo_dice or not domanda.get("obbligatoria") else [*opzioni, non_lo_so]


class SceltaDomanda(forms.ChoiceField):
    """One answer among several, as cards; short answers stand side by side."""

    widget = forms.RadioSelect

    def __init__(self, opzioni: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=opzioni, **kwargs)
        self.parole = dict(opzioni)
        corte = len(opzioni) <= 4 and all(len(parole) <= 14 for _valore, parole in opzioni)
        self.disposizione = "affiancate" if corte else ""


class DomandeForm(TestoPubblico):
    """The questions of one category; fields are named d_<chiave>."""

    casella = "d_va_bene"

    def __init__(self, data: Dati | None, *, categoria: Categoria, initial: Dati | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.categoria = categoria
        self.si_legge = categoria.pubblica
        for domanda in categoria.domande:
            self.fields[f"d_{domanda['chiave']}"] = _campo(domanda)
        self._pubblici = [f"d_{d['chiave']}" for d in categoria.domande if d["tipo"] == "testo"]

    @property
    def domande(self) -> list[forms.BoundField]:
        """The questions, in order."""
        return [self[f"d_{d['chiave']}"] for d in self.categoria.domande]

    @property
    def carte(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with how its answers stand: {% campo disposizione=… %}."""
        return [(campo, getattr(campo.field, "disposizione", "")) for campo in self.domande]

    def risposte(self) -> dict[str, str]:
        """chiave → answer, dates as 2026-11-05; questions left empty are not there. Call it on a valid form."""
        coppie = ((d["chiave"], self.cleaned_data[f"d_{d['chiave']}"]) for d in self.categoria.domande)
        return {chiave: v.isoformat() if isinstance(v, date) else v for chiave, v in coppie if v}

    def in_parole(self) -> list[tuple[str, str, str]]:
        """(id of the field, question, answer as people read it) of each question answered."""
        righe = []
        for campo in self.domande:
            valore = self.cleaned_data[campo.name]
            if isinstance(valore, date):
                valore = giorno(valore)
            elif isinstance(campo.field, SceltaDomanda):
                valore = campo.field.parole.get(valore, valore)
            if valore:
                righe.append((campo.name, str(campo.label), str(valore)))
        return righe


def _non_futura(quando: date) -> None:
    if quando > oggi():
        raise ValidationError(_("Questo giorno deve ancora venire: controlla la data."), code="futura")


def _campo(domanda: Domanda) -> forms.Field:
    serve = bool(domanda.get("obbligatoria"))
    comune: dict[str, Any] = {"label": domanda["testo"], "required": serve}
    if domanda["tipo"] in ("scelta", "si_no"):
        vuota = _("Scegli una risposta. Va bene anche «Non lo so».")
        return SceltaDomanda(_opzioni(domanda), error_messages={"required": vuota}, **comune)
    if domanda["tipo"] == "data":
        return forms.DateField(
            input_formats=DATE_SCRITTE,
            validators=[_non_futura],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": _("Scrivi che giorno era."),
                "invalid": _("Questa data non esiste: scrivila così, 5/11/2026."),
            },
            **comune,
        )
    return TestoLibero(
        massimo=RISPOSTA_MASSIMO, error_messages={"required": _("Scrivi una risposta, anche breve.")}, **comune
    )


# --- 2 where ----------------------------------------------------------------------------------------------


def leggi_punto(lat: str, lon: str) -> tuple[float, float]:
    """Degrees from a hidden field, e.g. "43.8429". Raises ValueError when they are no point of this planet."""
    punto = float(lat), float(lon)
    if not (-90 <= punto[0] <= 90 and -180 <= punto[1] <= 180):  # nan is in no range
        raise ValueError("not a point")
    return punto


class DoveForm(TestoPubblico):
    """Where: a place found by name, a point, or just words. `categoria` says whether it may be nowhere.

    A point that was set after choosing the place (`punto_di` names that place) is nearer the truth than the place.
    """

    cerca = TestoLibero(label=gettext_lazy("Cerca una via o un posto"), massimo=120, required=False)
    posto = forms.IntegerField(required=False)
    punto_di = forms.CharField(required=False, max_length=20)
    lat = forms.CharField(required=False, max_length=24)
    lon = forms.CharField(required=False, max_length=24)
    parole = TestoLibero(
        label=gettext_lazy("O dillo a parole"),
        help_text=gettext_lazy(
            "Basta anche solo questo: un civico vicino, un negozio di fronte, il numero scritto sul palo."
        ),
        massimo=PAROLE_MASSIMO,
        righe=2,
        required=False,
    )
    fuori_va_bene = forms.BooleanField(required=False)
    _pubblici = ("parole",)

    def __init__(self, data: Dati | None, *, categoria: Categoria, avvisa: bool = True) -> None:
        """avvisa: look whether the point is outside (not when reading again what was accepted)."""
        super().__init__(data)
        self.categoria = categoria
        self.avvisa = avvisa
        self.si_legge = categoria.pubblica
        self.fuori = False
        self.luogo: Luogo | None = None

    def clean(self) -> dict[str, Any]:
        dati = super().clean()
        self.luogo = self._luogo(dati)
        try:
            dati["punto"] = self._punto(dati)
        except ValueError:
            dati["punto"] = None
            self.add_error("cerca", _("Il punto sulla mappa non è valido: mettilo di nuovo."))
            return dati
        self._controlla_dentro(dati)
        if not (dati["punto"] or self.luogo or dati.get("parole")) and self.categoria.luogo_obbligatorio:
            self._manca(dati)
        return dati

    def _luogo(self, dati: dict[str, Any]) -> Luogo | None:
        if not dati.get("posto"):
            return None
        return Luogo.objects.select_related("quartiere").filter(pk=dati["posto"]).first()

    def _punto(self, dati: dict[str, Any]) -> tuple[float, float] | None:
        """Raises ValueError where the hidden fields hold no point of this planet."""
        suo = self.luogo is None or dati.get("punto_di") == str(self.luogo.pk)
        if suo and (dati.get("lat") or dati.get("lon")):
            return leggi_punto(dati.get("lat", ""), dati.get("lon", ""))
        if self.luogo and self.luogo.lat is not None and self.luogo.lon is not None:
            return self.luogo.lat, self.luogo.lon
        return None

    def _controlla_dentro(self, dati: dict[str, Any]) -> None:
        if dati["punto"] is None or not self.avvisa:
            return
        self.fuori = not territorio.dentro(*dati["punto"])
        if self.fuori and not dati.get("fuori_va_bene"):
            self.add_error(
                "fuori_va_bene",
                _(
                    "Questo punto è fuori dal Comune di Lucca: forse tocca a un altro Comune. "
                    "Se sai che è giusto, spunta la casella e continua."
                ),
            )

    def _manca(self, dati: dict[str, Any]) -> None:
        if dati.get("cerca") and luoghi.cerca(dati["cerca"], quanti=1):
            self.add_error("posto", _("Scegli uno dei posti trovati, oppure dillo a parole."))
        else:
            self.add_error("cerca", _("Dicci dove: cerca la via, tocca la mappa o dillo a parole."))


# --- 4 who ------------------------------------------------------------------------------------------------


class ChiForm(forms.Form):
    """How to tell the author. `entrato`: somebody is logged in."""

    contatto = forms.ChoiceField(
        choices=[("email", ""), ("account", ""), ("anonimo", "")],
        error_messages={"required": gettext_lazy("Scegli come ti avvisiamo.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Il tuo indirizzo e-mail"),
        help_text=gettext_lazy("Lo usiamo solo per questa segnalazione."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Scrivi l’indirizzo per intero, come nome@esempio.it.")},
    )
    # For programs that fill in whatever they find: people do not see it.
    sito = forms.CharField(label=gettext_lazy("Lascia vuoto questo campo"), required=False)

    def __init__(self, data: Dati | None, *, categoria: Categoria, entrato: bool) -> None:
        super().__init__(data)
        self.categoria, self.entrato = categoria, entrato

    def clean_sito(self) -> str:
        if self.cleaned_data["sito"]:
            raise ValidationError(_("Svuota questo campo: serve a fermare i programmi che scrivono da soli."))
        return ""

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        contatto = dati.get("contatto")
        if contatto != "email":
            self.errors.pop("email", None)  # what was typed in a way not chosen stops nobody
        if contatto == "email" and not dati.get("email") and "email" not in self.errors:
            self.add_error("email", _("Scrivi il tuo indirizzo, oppure scegli un altro modo."))
        if contatto == "account" and not self.entrato:
            self.add_error("contatto", _("Per usare il tuo account devi prima accedere."))
        if contatto == "anonimo" and not self.categoria.anonima:
            self.add_error("contatto", _("Per questa categoria serve un recapito: scegli la mail o l’account."))
        return dati


def quante_foto(caricate: int, rifiutate: int, restano: int) -> str:
    """«1 caricata, 1 rifiutata: ne restano 3.»"""
    pezzi = [ngettext("%(n)d caricata", "%(n)d caricate", caricate) % {"n": caricate}]
    if rifiutate:
        pezzi.append(ngettext("%(n)d rifiutata", "%(n)d rifiutate", rifiutate) % {"n": rifiutate})
    resto = ngettext("ne resta %(n)d", "ne restano %(n)d", restano) % {"n": restano}
    return f"{', '.join(pezzi)}: {resto}."
