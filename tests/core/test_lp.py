"""Tags and filters of the house, as a template uses them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from core.tempo import fermo_a

ORA = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def _scrivi(testo: str, richiesta: Any = None, **contesto: Any) -> str:
    html = engines["django"].from_string(testo).render(contesto, richiesta)
    return re.sub(r"\s+", " ", html).strip()


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filtro", "valore", "scritto"),
    [
        ("giorno", date(2026, 12, 14), "lunedì 14 dicembre 2026"),
        ("giorno", None, ""),
        ("giorno", datetime(2026, 12, 13, 23, 30, tzinfo=UTC), "lunedì 14 dicembre 2026"),  # local
        ("giorno_settimana", date(2026, 12, 8), "martedì 8 dicembre"),
        ("giorno_breve", date(2026, 12, 14), "14 dic"),
        ("giorno_corto", date(2026, 12, 14), "lun 14 dic"),
        ("istante", datetime(2026, 11, 23, 9, 5, tzinfo=UTC), "oggi, 23 novembre, 10:05"),
        ("istante", datetime(2026, 11, 17, 18, 5, tzinfo=UTC), "martedì 17 novembre, 19:05"),
        ("istante", datetime(2025, 11, 17, 18, 5, tzinfo=UTC), "lunedì 17 novembre 2025, 19:05"),
        ("istante", datetime(2026, 11, 23, 23, 5, tzinfo=UTC), "martedì 24 novembre, 0:05"),
        ("istante", None, ""),
    ],
)
def test_days_as_people_say_them(filtro: str, valore: object, scritto: str) -> None:
    with fermo_a(ORA):
        assert _scrivi("{{ v|" + filtro + " }}", v=valore) == scritto


def test_english_keeps_its_capitals() -> None:
    with override("en"):
        assert _scrivi("{{ v|giorno }}", v=date(2026, 12, 14)) == "Monday 14 December 2026"


def test_where_we_are_in_the_menu() -> None:
    assert _scrivi("{% if p|inizia:'/segnalazioni/' %}sì{% endif %}", p="/segnalazioni/LU-0000-0000/") == "sì"
    assert _scrivi("{% if p|inizia:'/segnalazioni/' %}sì{% endif %}", p="/servizi/") == ""


# --- components -------------------------------------------------------------------------------------------


def test_a_component_holds_other_markup() -> None:
    html = _scrivi('{% componente "capo" titolo=t %}<b>{{ chi }}</b>{% endcomponente %}', t="Code & casi", chi="<Anna>")
    assert "Code &amp; casi" in html
    assert "<b>&lt;Anna&gt;</b>" in html


def test_a_component_knows_only_what_it_is_given() -> None:
    html = _scrivi('{% componente "capo" titolo="Coda" %}{% endcomponente %}', conto="un segreto della pagina")
    assert "segreto" not in html


def test_an_icon_is_drawn_from_the_sprite() -> None:
    assert _scrivi('{% icona "search" "icon-sm" %}') == (
        '<svg class="icon icon-sm" aria-hidden="true" focusable="false">'
        '<use href="/static/img/sprites.svg#it-search"></use></svg>'
    )


def test_the_walls_are_a_closed_ring_of_eleven_bastions() -> None:
    percorso = re.search(r'd="(M[^"]+Z)"', _scrivi('{% mura "icon" %}'))
    assert percorso
    punti = [tuple(map(float, p.split())) for p in percorso[1][1:-1].split("L")]
    assert len(punti) == 55
    assert all(0 <= x <= 64 and 0 <= y <= 64 for x, y in punti)


def test_the_clock_speaks_to_svg_whatever_the_language() -> None:
    html = _scrivi(
        "{% orologio fatto=18.6 segni=s sospesi=p oggi=0 punto=100 presto=83.3 estremi=e %}",
        s=[(0, "ieri"), (50.25, "metà"), (100, "fine")],
        p=[(10, 22.5)],
        e=[("Inizio", "9 nov")],
    )
    assert 'width="18.6%"' in html
    assert '<text x="50.2%" y="11" text-anchor="middle">metà</text>' in html
    assert '<text x="0%" y="11" text-anchor="start">ieri</text>' in html
    assert '<text x="100%" y="11" text-anchor="end">fine</text>' in html
    assert 'class="f-sospeso" x="10%" y="24" width="12.5%"' in html
    assert 'class="presto" x="83.3%" y="27" width="16.7%"' in html
    assert 'class="oggi" x="0%"' in html
    assert "<dt>Inizio</dt><dd>9 nov</dd>" in html
    assert "," not in re.sub(r">[^<]*<", "><", html)


# --- forms ------------------------------------------------------------------------------------------------


class Modulo(forms.Form):
    """A field of each kind."""

    email = forms.EmailField(label="La tua mail", help_text="Per risponderti.")
    nome = forms.CharField(label="Nome", required=False)
    testo = forms.CharField(label="Che cosa", widget=forms.Textarea)
    quando = forms.ChoiceField(label="Quando", choices=[("o", "Oggi"), ("i", "Ieri")], widget=forms.RadioSelect)
    cosa = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    zona = forms.ChoiceField(label="Zona", choices=[("n", "Nord")])
    firma = forms.BooleanField(label="Anche a me")
    passo = forms.CharField(widget=forms.HiddenInput)


def test_a_field_has_its_label_above_and_its_help_tied_to_it() -> None:
    html = _scrivi("{% campo f.email %}", f=Modulo())
    assert '<label class="active" for="id_email">La tua mail</label>' in html
    assert 'id="id_email_helptext">Per risponderti.<' in html
    assert 'aria-describedby="id_email_helptext"' in html
    assert 'class="form-control"' in html
    assert 'type="email"' in html


def test_what_may_be_left_out_says_so_to_citizens_and_what_may_not_to_the_desk() -> None:
    assert "(facoltativo)" in _scrivi("{% campo f.nome %}", f=Modulo())
    assert "(facoltativo)" not in _scrivi("{% campo f.email %}", f=Modulo())
    assert "(obbligatorio)" in _scrivi('{% campo f.email segna="obbligatorio" %}', f=Modulo())
    assert "obbligatorio" not in _scrivi('{% campo f.nome segna="obbligatorio" %}', f=Modulo())
    assert "(" not in _scrivi('{% campo f.nome segna="" %}', f=Modulo())


def test_an_error_stands_by_its_field_and_keeps_what_was_written() -> None:
    html = _scrivi("{% campo f.email %}", f=Modulo({"email": "anna@"}))
    assert 'value="anna@"' in html
    assert "form-control is-invalid" in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert '<div id="id_email_error">' in html


def test_answers_are_cards_in_a_fieldset() -> None:
    html = _scrivi("{% campo f.quando descrizioni=d %}", f=Modulo(initial={"quando": "i"}), d={"o": "Entro sera"})
    assert "<legend>Quando</legend>" in html
    assert html.count('type="radio" name="quando"') == 2
    assert 'id="id_quando_1" value="i" checked' in html
    assert 'aria-describedby="id_quando_0-d"' in html
    assert 'type="checkbox" name="cosa"' in _scrivi("{% campo f.cosa %}", f=Modulo())


def test_every_other_kind() -> None:
    modulo = Modulo()
    assert 'class="form-select"' in _scrivi("{% campo f.zona %}", f=modulo)
    assert 'rows="7"' in _scrivi("{% campo f.testo righe=7 %}", f=modulo)
    assert '<label for="id_firma">Anche a me</label>' in _scrivi("{% campo f.firma %}", f=modulo)
    assert _scrivi("{% campo f.passo %}", f=modulo) == '<input type="hidden" name="passo" id="id_passo">'
    assert "Altra etichetta" in _scrivi('{% campo f.email etichetta="Altra etichetta" %}', f=modulo)


def test_the_summary_leads_to_every_error() -> None:
    modulo = Modulo({"email": "anna@", "zona": "n", "firma": "on", "testo": "t", "passo": ""})
    modulo.add_error(None, "Non torna.")
    html = _scrivi("{% errori f %}", f=modulo)
    assert "Ci sono 4 cose da sistemare" in html
    assert "<li>Non torna.</li>" in html
    assert '<a href="#id_email">La tua mail: ' in html
    assert '<a href="#id_quando_0">Quando: ' in html  # the first answer: a fieldset takes no focus
    assert 'href="#id_passo"' not in html
    assert 'tabindex="-1" autofocus' in html


def test_one_error_or_none() -> None:
    assert "C’è una cosa da sistemare" in _scrivi("{% errori v %}", v=[("foto", "Troppo pesante.")])
    assert '<a href="#foto">Troppo pesante.</a>' in _scrivi("{% errori v %}", v=[("foto", "Troppo pesante.")])
    assert _scrivi("{% errori f niente %}", f=Modulo(), niente=None) == ""


# --- lists ------------------------------------------------------------------------------------------------


def _pagine(numero: int, quanti: int, indirizzo: str = "/segnalazioni/?stato=ricevuta&pagina=2") -> str:
    richiesta = RequestFactory().get(indirizzo)
    return _scrivi("{% pagine p %}", richiesta, p=Paginator(range(quanti), 10).page(numero))


def test_the_pages_of_a_list_keep_the_filters() -> None:
    html = _pagine(2, 100)
    assert 'href="?stato=ricevuta&amp;pagina=1" rel="prev"' in html
    assert 'href="?stato=ricevuta&amp;pagina=3" rel="next"' in html
    assert html.count("aria-current") == 1
    assert "…" in html
    assert "pagina=10" in html


def test_first_and_last_page_go_one_way_only() -> None:
    assert "prev" not in _pagine(1, 100)
    assert "next" not in _pagine(10, 100)


def test_one_page_needs_no_links() -> None:
    assert _pagine(1, 10) == ""


def test_what_a_stranger_writes_in_the_address_is_escaped() -> None:
    assert "<script>" not in _pagine(1, 100, '/segnalazioni/?q="><script>alert(1)</script>')
