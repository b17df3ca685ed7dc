"""Template tags and filters of the house: dates as people say them, and the components that need arithmetic.

A component without arithmetic is a plain file of templates/components, used with `{% include … only %}`; one that
holds other markup is opened with `{% componente "nome" … %}…{% endcomponente %}`. /componenti/ shows them all.
Registered as a builtin library: templates need no `{% load %}`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, Widget, widgets
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from core import languages, tempo

register = template.Library()

# --- dates ------------------------------------------------------------------------------------------------


def _locale(giorno: date) -> date:
    """An aware instant as the local one; a date as it is."""
    return timezone.localtime(giorno) if isinstance(giorno, datetime) and timezone.is_aware(giorno) else giorno


def _scrivi(giorno: date, formato: str) -> str:
    testo = date_format(giorno, formato)
    # Django's Italian catalogue gives capitals to days and months; Italian does not.
    return testo.lower() if (get_language() or "it").startswith("it") else testo


@register.filter
def giorno(valore: date | None) -> str:
    """«lunedì 14 dicembre 2026»; nothing for nothing."""
    return _scrivi(_locale(valore), "l j F Y") if valore else ""


@register.filter
def data_lunga(valore: date | None) -> str:
    """«14 dicembre 2026», as documents write it."""
    return _scrivi(_locale(valore), "j F Y") if valore else ""


@register.filter
def giorno_settimana(valore: date | None) -> str:
    """«lunedì 14 dicembre», for days of this year."""
    return _scrivi(_locale(valore), "l j F") if valore else ""


@register.filter
def giorno_breve(valore: date | None) -> str:
    """«14 dic»."""
    return _scrivi(_locale(valore), "j b") if valore else ""


@register.filter
def giorno_corto(valore: date | None) -> str:
    """«lun 14 dic», for lists at the desk."""
    return _scrivi(_locale(valore), "D j b") if valore else ""


@register.filter
def istante(valore: datetime | None) -> str:
    """«oggi, 23 novembre, 10:42», «martedì 17 novembre, 19:05», with the year when it is not this one."""
    if not valore:
        return ""
    locale = timezone.localtime(valore) if timezone.is_aware(valore) else valore
    oggi, ora = tempo.oggi(), date_format(locale, "G:i")
    if locale.date() == oggi:
        return gettext("oggi, %(giorno)s, %(ora)s") % {"giorno": _scrivi(locale, "j F"), "ora": ora}
    return f"{_scrivi(locale, 'l j F' if locale.year == oggi.year else 'l j F Y')}, {ora}"


@register.filter
def inizia(valore: str, inizio: str) -> bool:
    """Does the text begin so? Lights the item of the menu we are under."""
    return valore.startswith(inizio)


@register.simple_tag
def casa() -> str:
    """The path of the home page in the language we speak."""
    return languages.home_of(languages.current())


@register.simple_tag
def in_italiano() -> bool:
    """Do we speak Italian? What has no other words is said in it alone."""
    return not languages.is_foreign()


# --- components that hold other markup --------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def componente(context: Context, content: SafeString, nome: str, /, **valori: Any) -> SafeString:
    """Renders templates/components/<nome>.html with `valori`, and the markup between the two tags as `slot`."""
    if context.template is None:
        raise RuntimeError("componente needs a template being rendered")
    pezzo = context.template.engine.get_template(f"components/{nome}.html")
    dentro = context.new({**valori, "slot": content})
    if "csrf_token" in context:
        dentro["csrf_token"] = context["csrf_token"]
    return pezzo.render(dentro)


# --- drawings ---------------------------------------------------------------------------------------------


@register.inclusion_tag("components/icona.html")
def icona(nome: str, classi: str = "") -> dict[str, str]:
    """An icon of the sprite, named without `it-`. Names are literals: the build takes only those it reads here."""
    return {"nome": nome, "classi": classi}


def _anello(rx: float, ry: float, punta: float, baluardi: int = 11) -> str:
    """The Walls as a closed path in a 64×64 box: a ring with eleven bastions, no likeness of the real plan."""
    punti = []
    for numero in range(baluardi):
        giro = 2 * math.pi * numero / baluardi
        for scarto, raggio in ((-0.16, 1), (-0.10, punta), (0, punta + 0.05), (0.10, punta), (0.16, 1)):
            angolo = giro + scarto
            x, y = 32 + rx * raggio * math.cos(angolo) * 0.86, 32 + ry * raggio * math.sin(angolo) * 0.86
            punti.append(f"{x:.1f} {y:.1f}")
    return "M" + "L".join(punti) + "Z"


MURA = _anello(27, 21, 1.13)
MURA_DENTRO = _anello(23, 17, 1.02)


@register.inclusion_tag("components/mura.html")
def mura(classi: str = "", *, tratto: str = "3.5", centro: bool = True) -> dict[str, Any]:
    """The sign of the house in the colour of the text around it; `centro` draws the dot in the middle."""
    return {"percorso": MURA, "classi": classi, "tratto": tratto, "centro": centro}


@register.inclusion_tag("components/mura_grandi.html")
def mura_grandi() -> dict[str, str]:
    """The Walls behind a hero or a receipt."""
    return {"fuori": MURA, "dentro": MURA_DENTRO}


def _percento(valore: float) -> str:
    # Never localised: an SVG wants «18.6», Italian would print «18,6».
    return f"{valore:.1f}".removesuffix(".0")


def _ancora(x: float) -> str:
    return "start" if x < 5 else "end" if x > 95 else "middle"


@register.inclusion_tag("components/orologio.html")
def orologio(
    *,
    fatto: float = 0,
    segni: Iterable[tuple[float, str]] = (),
    sospesi: Iterable[tuple[float, float]] = (),
    oggi: float | None = None,
    punto: float | None = None,
    avvisi: Iterable[float] = (),
    presto: float | None = None,
    estremi: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The clock under its sentence. All places are per cent (0–100) of the term.

    `fatto` = how much has gone; `segni` = (place, word) above the bar; `sospesi` = (from, to) stretches that do not
    count; `oggi`, `punto`, `avvisi` = marks; `presto` = where the last part begins; `estremi` = two (word, day).
    """
    return {
        "fatto": _percento(fatto) if fatto else "",
        "segni": [(_percento(x), _ancora(x), parola) for x, parola in segni],
        "sospesi": [(_percento(da), _percento(a - da)) for da, a in sospesi],
        "oggi": None if oggi is None else _percento(oggi),
        "punto": None if punto is None else _percento(punto),
        "avvisi": [_percento(x) for x in avvisi],
        "presto": None if presto is None else (_percento(presto), _percento(100 - presto)),
        "estremi": estremi,
    }


# --- forms ------------------------------------------------------------------------------------------------

_A_SCELTE = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def _specie(widget: Widget) -> str:
    """Which part of components/campo.html draws this widget."""
    if widget.is_hidden:
        return "nascosto"
    if isinstance(widget, _A_SCELTE):
        return "scelte"
    return "spunta" if isinstance(widget, widgets.CheckboxInput) else "semplice"


def _classe(widget: Widget) -> str:
    return "form-select" if isinstance(widget, widgets.Select) else "form-control"


def _scelte(field: BoundField, descrizioni: Mapping[str, str]) -> list[dict[str, Any]]:
    """One dict per answer, with what components/scelta.html and components/spunta.html want."""
    dati = [pezzo.data for pezzo in field.subwidgets]
    return [
        {
            "nome": d["name"],
            "id": d["attrs"].get("id", ""),
            "valore": "" if d["value"] is None else str(d["value"]),
            "titolo": d["label"],
            "testo": descrizioni.get(str(d["value"]), ""),
            "scelto": d["selected"],
        }
        for d in dati
    ]


@register.inclusion_tag("components/campo.html")
def campo(
    field: BoundField,
    *,
    etichetta: str = "",
    aiuto: str = "",
    classi: str = "",
    righe: int = 0,
    segna: str = "facoltativo",
    disposizione: str = "",
    descrizioni: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One form field: label above, help, error tied with aria-describedby, the widget with its classes.

    `segna` says which fields carry a word after the label: "facoltativo" (public), "obbligatorio" (desk), "" none.
    `disposizione` = "affiancate", "tre" or "fitte" for radio answers; `descrizioni` = {value: small line under it}.
    """
    widget, specie = field.field.widget, _specie(field.field.widget)
    if aiuto:
        field.help_text = aiuto
    attrs: dict[str, Any] = {"rows": righe} if righe else {}
    if specie == "semplice":
        nomi = [_classe(widget), widget.attrs.get("class", ""), "is-invalid" if field.errors else ""]
        attrs["class"] = " ".join(nome for nome in nomi if nome)
    segno = (segna == "facoltativo") != field.field.required and segna
    return {
        "campo": field,
        "specie": specie,
        "multiplo": isinstance(widget, widgets.CheckboxSelectMultiple),
        "etichetta": etichetta or field.label,
        "segno": (gettext("facoltativo") if segna == "facoltativo" else gettext("obbligatorio")) if segno else "",
        "classi": classi,
        "disposizione": disposizione,
        "scelte": _scelte(field, descrizioni or {}) if specie == "scelte" else [],
        "widget": "" if specie == "scelte" else field.as_widget(attrs=attrs),
    }


def _bersaglio(field: BoundField) -> str:
    """Where a link of the summary lands: the field, or the first of its answers."""
    return field.id_for_label or f"{field.auto_id}_0"


def _voci(form: BaseForm) -> list[tuple[str, str]]:
    voci = [("", str(errore)) for errore in form.non_field_errors()]
    for field in form:
        prefisso = f"{field.label}: " if field.label else ""
        voci += [("" if field.is_hidden else _bersaglio(field), f"{prefisso}{errore}") for errore in field.errors]
    return voci


@register.inclusion_tag("components/errori.html")
def errori(*moduli: BaseForm | Iterable[tuple[str, str]] | None, titolo: str = "") -> dict[str, Any]:
    """The summary on top of a page, focused: one link per error of `moduli` (forms, or lists of (id, sentence))."""
    voci: list[tuple[str, str]] = []
    for modulo in moduli:
        voci += _voci(modulo) if isinstance(modulo, BaseForm) else list(modulo or ())
    quante = len(voci)
    frase = ngettext("C’è una cosa da sistemare", "Ci sono %(quante)s cose da sistemare", quante)
    return {"voci": voci, "titolo": titolo or frase % {"quante": quante}}


# --- lists ------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/pagine.html", takes_context=True)
def pagine(context: Context, pagina: Page[Any], *, parametro: str = "pagina", nome: str = "") -> dict[str, Any]:
    """Links to the pages of `pagina` (a Django Page), keeping the rest of the query string."""
    query = context["request"].GET.copy()

    def indirizzo(numero: int) -> str:
        query[parametro] = str(numero)
        return f"?{query.urlencode()}"

    numeri = pagina.paginator.get_elided_page_range(pagina.number, on_each_side=1, on_ends=1)
    return {
        "nome": nome or gettext("Pagine"),
        "tante": pagina.paginator.num_pages > 1,
        "qui": pagina.number,
        "voci": [(n, indirizzo(n)) if isinstance(n, int) else (None, "") for n in numeri],
        "prima": indirizzo(pagina.previous_page_number()) if pagina.has_previous() else "",
        "dopo": indirizzo(pagina.next_page_number()) if pagina.has_next() else "",
    }
