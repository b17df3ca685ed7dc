"""What the initial pages say: whole sheets, no promise of dates, plain words, nothing said twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from wagtail.fields import StreamField

import segnalazioni
from cms.lingue import IN_ITALIANO
from cms.models import BasePage
from home.contenuti.argomenti import ARGOMENTI
from home.contenuti.lettura import Scritta, tutte
from home.models import ServizioPage
from home.models.servizi import PRIMA

SCRITTE = list(tutte())
SERVIZI = [s for s in SCRITTE if s.tipo == "ServizioPage"]
PARTI = (*PRIMA, "condizioni")
BREVI = {"p", "a", "b", "i", "strong", "em", "br"}
LUNGHI = BREVI | {"h3", "ol", "ul", "li"}  # cms.blocks.testo.TRATTI


def _parole(valore: Any, nome: str = "") -> Iterator[tuple[str, str]]:
    """(key it stands under, text) of every text of a block."""
    if isinstance(valore, dict):
        for chiave, dentro in valore.items():
            yield from _parole(dentro, chiave)
    elif isinstance(valore, list | tuple):
        for dentro in valore:
            yield from _parole(dentro, nome)
    elif isinstance(valore, str):
        yield nome, valore


def _testi(scritta: Scritta) -> list[str]:
    """Everything that a file has people read."""
    blocchi = [{nome: valore} for voci in scritta.blocchi.values() for nome, valore in voci]
    campi = {nome: valore for nome, valore in scritta.campi.items() if nome != "online_indirizzo"}
    return [scritta.titolo, scritta.sommario, *(testo for _nome, testo in _parole([campi, *blocchi]))]


def _senza_segni(testo: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h3)>", " ", testo))


@pytest.mark.parametrize("scritta", SERVIZI, ids=lambda s: s.slug)
def test_a_sheet_has_every_part(scritta: Scritta) -> None:
    assert [parte for parte in PARTI if not scritta.blocchi.get(parte)] == []
    assert sum(nome == "linea" for voci in scritta.blocchi.values() for nome, _valore in voci) == 1
    assert "linea" in [nome for nome, _valore in scritta.blocchi["tempi"]]
    assert scritta.riferimenti["ufficio"].startswith("amministrazione/uffici/")
    assert scritta.argomenti
    assert scritta.sommario
    assert scritta.campi["di_persona"]


@pytest.mark.django_db
def test_the_sheets_are_what_the_model_accepts() -> None:
    schede = list(ServizioPage.objects.live().filter(IN_ITALIANO))
    assert len(schede) == len(SERVIZI) >= 12
    argomenti = {scritta.slug: set(scritta.argomenti) for scritta in SERVIZI}
    for scheda in schede:
        scheda.full_clean()
        assert {argomento.slug for argomento in scheda.argomenti.all()} == argomenti[scheda.slug]
    assert ServizioPage.objects.filter(IN_ITALIANO, in_evidenza=True).count() <= 6


@pytest.mark.django_db
def test_an_editor_may_save_every_page_as_it_is() -> None:
    """Lengths, tables, buttons: what the blocks refuse in the editors' site is not laid either."""
    for base in BasePage.objects.filter(depth__gt=2):
        pagina = base.specific
        for campo in (c for c in pagina._meta.get_fields() if isinstance(c, StreamField)):
            campo.stream_block.clean(getattr(pagina, campo.name))


def test_topics_are_of_the_list() -> None:
    noti = {slug for slug, *_altro in ARGOMENTI}
    assert {s.percorso: set(s.argomenti) - noti for s in SCRITTE if set(s.argomenti) - noti} == {}
    assert noti - {slug for s in SCRITTE for slug in s.argomenti} == set()


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_what_a_file_says_fits_its_fields(scritta: Scritta) -> None:
    assert 0 < len(scritta.sommario) <= 255
    lunghi = {n: len(v) for n, v in scritta.campi.items() if n != "parole_chiave" and len(str(v)) > 255}
    assert lunghi == {}


class _Segni(HTMLParser):
    """Names of the tags of a text, and whether each was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.aperti: list[str] = []
        self.tutti: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tutti.add(tag)
        self.aperti.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.aperti.pop() == tag


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_no_tag_that_the_blocks_would_drop(scritta: Scritta) -> None:
    for voci in scritta.blocchi.values():
        for nome, valore in voci:
            for chiave, testo in _parole({nome: valore}):
                segni = _Segni()
                segni.feed(testo)
                ricco = chiave in {"testo", "risposta"}
                lungo = nome in {"testo", "domande"}
                assert segni.tutti <= (LUNGHI if lungo else BREVI if ricco else set()), testo
                assert segni.aperti == [], testo


MESI = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
PROMESSE = re.compile(
    rf"\b\d{{1,2}}°? (?:{MESI})\b|\b20(?:2[4-9]|[3-9]\d)\b|\bpresto\b|prossimamente|\ba breve\b|in arrivo"
    r"|nelle prossime settimane|nei prossimi (?:giorni|mesi)|entro l’anno",
    re.IGNORECASE,
)
DELL_UFFICIO = re.compile(
    r"\b(?:suddett|predett|codest|esplet|usufruir|recars|avvalers|inerent|ottemper|fruizion|modulistic|istanz[ae] di"
    r"|ai sensi|si prega|qualora|al fine di|in merito a|è fatto obbligo|la S\.V\.)",
    re.IGNORECASE,
)
DI_GENERE = re.compile(r"\b(?:cittadin[oaie]|(?<!per )iscritt[oaie]|registrat[oi]|benvenut[oaie])\b", re.IGNORECASE)


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_no_promise_of_a_date_and_no_word_of_the_office(scritta: Scritta) -> None:
    scritto = " ".join(re.sub(r"«[^»]*»", "", _senza_segni(t)) for t in _testi(scritta))
    assert PROMESSE.findall(scritto) == []
    assert DELL_UFFICIO.findall(scritto) == []
    assert DI_GENERE.findall(scritto) == []


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_apostrophes_and_quotes_are_those_of_print(scritta: Scritta) -> None:
    # The names of two sections are the law's, as its own files spell them.
    della_legge = ("Controlli e rilievi sull'amministrazione", "Pagamenti dell'amministrazione")
    scritto = [_senza_segni(t) for t in _testi(scritta) if t not in della_legge]
    assert [t for t in scritto if "'" in t or '"' in t] == []


def test_no_sentence_stands_in_two_places() -> None:
    frasi = Counter(
        frase
        for scritta in SCRITTE
        for testo in _testi(scritta)
        for frase in re.split(r"(?<=[.?!:;])\s+", _senza_segni(testo).strip())
        if len(frase) > 40
    )
    assert [frase for frase, quante in frasi.items() if quante > 1] == []


def test_every_section_of_the_law_is_named() -> None:
    pagina = next(s for s in SCRITTE if s.percorso == "amministrazione-trasparente")
    (tavola,) = [valore for nome, valore in pagina.blocchi["corpo"] if nome == "tavola"]
    nomi = [riga[0] for riga in tavola["celle"][1:]]
    assert len(nomi) == len(set(nomi)) == 22
    assert {"Disposizioni generali", "Pagamenti dell'amministrazione", "Altri contenuti"} <= set(nomi)


def test_enough_questions() -> None:
    faq = next(s for s in SCRITTE if s.tipo == "FaqPage")
    gruppi = [valore for nome, valore in faq.blocchi["corpo"] if nome == "domande"]
    domande = [voce["domanda"] for gruppo in gruppi for voce in gruppo]
    assert len(gruppi) == 6
    assert len(domande) == len(set(domande)) >= 20


def _categorie() -> list[dict[str, Any]]:
    file = Path(segnalazioni.__file__).parent / "dati" / "categorie.json"
    return [voce for gruppo in json.loads(file.read_text())["gruppi"] for voce in gruppo["categorie"]]


def test_categories_that_addresses_choose_are_there() -> None:
    scritto = json.dumps([[s.campi, s.blocchi] for s in SCRITTE])
    scelte = set(re.findall(r"\?categoria=([\w.]+)", scritto))
    assert scelte
    assert scelte - {voce["codice"] for voce in _categorie()} == set()


def test_terms_said_are_those_of_the_categories() -> None:
    """A sheet that names categories and their days says what the taxonomy says."""
    voci = {voce["nome"]: voce for voce in _categorie()}
    scheda = next(s for s in SCRITTE if s.slug == "segnalare-un-disservizio")
    (tavola,) = [valore for nome, valore in scheda.blocchi["tempi"] if nome == "tavola"]
    come = {"servizio": "lavorativi", "procedimento": "di calendario"}
    for nome, giorni, contati in tavola["celle"][1:]:
        assert (voci[nome]["giorni"], come[voci[nome]["tipo_termine"]]) == (int(giorni), contati), nome
