"""Anna looks for something on the site: one box, one page, everything that she may read and nothing else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from ascolto.models import Contributo, Visibilita
from core.tempo import oggi
from home.models import NotiziaPage, RubricaPage
from ricerca.actions import rifai
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.ricerca import TETTO_TROVATE
from tests.aiuti import segnala

pytestmark = pytest.mark.django_db


def pagina(client: Client, q: str, **altro: str) -> str:
    """The page that answers a question."""
    risposta = client.get("/cerca/", {"q": q, **altro})
    assert risposta.status_code == 200
    testo: str = risposta.content.decode()
    return testo


def titoli(html: str) -> list[str]:
    """Titles of the results, in order."""
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', html)


def test_anna_types_what_is_wrong_and_is_led_to_file_it(client: Client, sito: None) -> None:
    html = pagina(client, "lampione spento")
    assert titoli(html)[0] == "Segnala: Lampione spento o lampeggiante"
    assert 'href="/segnalazioni/nuova/?categoria=luce.spento"' in html


def test_the_category_is_chosen_when_she_comes_to_file_it(client: Client, sito: None) -> None:
    html = client.get("/segnalazioni/nuova/?categoria=luce.spento&testo=lampione+spento").content.decode()
    assert re.search(r'<input[^>]*value="luce.spento"[^>]*checked', html)
    assert "lampione spento</textarea>" in html


@pytest.mark.parametrize("categoria", ["inventata", "luce", "x" * 5000])
def test_a_category_that_is_none_is_not_chosen(client: Client, sito: None, categoria: str) -> None:
    risposta = client.get("/segnalazioni/nuova/", {"categoria": categoria})
    assert risposta.status_code == 200
    assert "checked" not in risposta.content.decode()


def test_a_page_is_found_by_its_title_its_keywords_and_its_text(client: Client, sito: None) -> None:
    for parole in ("note legali", "gdpr", "cookie di profilazione"):
        assert {"Note legali", "Informativa privacy"} & set(titoli(pagina(client, parole))[:3]), parole


def test_what_was_found_is_marked_in_the_excerpt_and_nothing_else_is_let_through(client: Client, sito: None) -> None:
    from home.models import PaginaSemplice

    note = PaginaSemplice.objects.get(slug="note-legali")
    corpo = "<p>Se trovi un &lt;script&gt;alert(1)&lt;/script&gt; gelsomino, annaffialo.</p>"
    note.corpo = json.dumps([{"type": "testo", "value": corpo}])
    note.save()
    rifai()
    html = pagina(client, "gelsomini")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>gelsomino</mark>" in html
    assert "<script>alert" not in html


def test_the_question_stands_in_the_title_and_in_the_box_and_no_robot_keeps_the_page(
    client: Client, sito: None
) -> None:
    html = pagina(client, 'buca "<b>')
    assert re.search(r"<title>buca &quot;&lt;b&gt;: \d+ risultat. – Ricerca · Partecipa Lucca</title>", html)
    assert 'value="buca &quot;&lt;b&gt;"' in html
    assert '<link rel="canonical" href="http://testserver/cerca/">' in html


def test_figures_are_links_to_what_they_count(client: Client, sito: None, buche: Categoria, anna: User) -> None:
    for n in range(13):
        segnala(buche, autore=anna, testo=f"Voragine numero {n} sull’asfalto.")
    html = pagina(client, "voragine asfalto")
    filtri = re.findall(r'<li><a href="(\?q=[^"]*)"[^>]*>([^<]*) <b>(\d+)</b>', html)
    assert ("Segnalazioni", "13") in [(nome, conto) for _url, nome, conto in filtri]
    for url, _nome, conto in filtri:
        aperta = client.get(f"/cerca/{url.replace('&amp;', '&')}").content.decode()
        assert f"{conto} risultat" in aperta


def test_things_of_the_site_come_first_then_reports_newest_first(
    client: Client, sito: None, buche: Categoria, anna: User
) -> None:
    vecchia = segnala(buche, autore=anna, testo="Voragine vecchia sull’asfalto.")
    nuova = segnala(buche, autore=anna, testo="Voragine nuova sull’asfalto.")
    trovati = titoli(pagina(client, "voragine asfalto"))
    assert trovati[0] == "Segnala: Buca o asfalto rovinato"
    assert trovati.index(nuova.titolo) < trovati.index(vecchia.titolo)


def test_who_would_report_is_shown_what_others_have_reported(
    client: Client, sito: None, buche: Categoria, anna: User
) -> None:
    segnala(buche, autore=anna, testo="Voragine sull’asfalto.")
    html = pagina(client, "voragine asfalto")
    assert "C’è già <strong>1 segnalazione pubblica</strong>" in html
    assert "/segnalazioni/nuova/?categoria=strade.buche&amp;testo=voragine+asfalto" in html
    assert "Vuoi segnalare" not in pagina(client, "voragine asfalto", tipo="segnalazioni")


def test_many_reports_are_said_to_be_many(
    client: Client, sito: None, buche: Categoria, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nome in ("ricerca.risultati", "ricerca.views", "segnalazioni.ricerca"):
        monkeypatch.setattr(f"{nome}.TETTO_TROVATE", 2)
    assert TETTO_TROVATE > 2
    for n in range(4):
        segnala(buche, autore=anna, testo=f"Voragine numero {n}.")
    assert "Più di" in pagina(client, "voragine numero")
    html = pagina(client, "voragine numero", tipo="segnalazioni")
    assert len(titoli(html)) == 2
    assert "/segnalazioni/?q=voragine%20numero" in html


# --- what may not be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("come", [Visibilita.PRIVATA, Visibilita.RIMOSSA])
def test_a_report_that_is_not_public_is_never_found(
    client: Client, sito: None, buca: Segnalazione, carla: User, anna: User, come: str
) -> None:
    assert buca.titolo in titoli(pagina(client, "profonda bici civico"))
    Contributo.objects.filter(pk=buca.contributo_id).update(visibilita=come)
    for chi in (None, carla, anna):
        if chi:
            client.force_login(chi)
        html = pagina(client, "profonda bici civico")
        assert buca.titolo not in html
        assert buca.codice not in html


def test_a_number_leads_to_its_page_whether_or_not_there_is_one(client: Client, sito: None, buca: Segnalazione) -> None:
    for scritto in (buca.codice, buca.codice.lower(), buca.codice[3:]):
        assert client.get("/cerca/", {"q": scritto}).headers["Location"] == buca.url()
    altre = ["LU-7K3F-92Q7", buca.codice]
    Contributo.objects.filter(pk=buca.contributo_id).update(visibilita=Visibilita.PRIVATA)
    risposte = [client.get("/cerca/", {"q": scritto}, follow=True) for scritto in altre]
    assert [r.status_code for r in risposte] == [404, 404]
    assert risposte[0].content == risposte[1].content


# --- bad input, nothing found -----------------------------------------------------------------------------

STRANE = [
    "",
    "   ",
    "a " * 5000,
    "lampione " * 1200,
    "di a da in con su per",
    '"',
    '""""" "a',
    "«»“”",
    "' OR 1=1 --",
    "buca & ! | <-> :* (",
    "buca:*A",
    "%_\\",
    "😀🕳️",
    "ʼn ﬁ Ⅷ",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "12345678901234567890",
]


@pytest.mark.parametrize("scritto", STRANE, ids=range(len(STRANE)))
def test_whatever_is_typed_has_an_answer(client: Client, sito: None, scritto: str) -> None:
    for tipo in ("", "segnalazioni", "inventato"):
        pagina(client, scritto, tipo=tipo, pagina="999")
    assert client.get(f"/cerca/?q={quote(scritto)}&pagina=-1&alla_lettera=1").status_code == 200


def test_what_no_keyboard_writes_is_refused_as_everywhere(client: Client, sito: None) -> None:
    assert client.get("/cerca/", {"q": "bu\0ca"}).status_code == 400


def test_only_what_somebody_may_have_typed_is_read(client: Client, sito: None) -> None:
    assert titoli(pagina(client, "x " * 5000 + "lampione")) == []


def test_nothing_found_says_so_and_helps(client: Client, sito: None) -> None:
    html = pagina(client, "xyzzy qwghlm")
    assert "Nessun risultato" in html
    assert "Controlla come è scritto" in html
    assert "/segnalazioni/nuova/?testo=xyzzy+qwghlm" in html
    assert 'href="/assistenza/"' in html


def test_before_any_question_the_page_says_what_it_is_for(client: Client, sito: None) -> None:
    html = client.get("/cerca/").content.decode()
    assert "con parole tue" in html
    assert "risultat" not in re.sub(r"<[^>]*>", "", html)


def test_it_cannot_be_posted_to(client: Client, sito: None) -> None:
    assert client.post("/cerca/", {"q": "buca"}).status_code == 405


def test_the_box_is_in_the_frame_and_on_the_page_that_is_not_there(client: Client, sito: None) -> None:
    html = client.get("/non-ce/").content.decode()
    assert html.count('href="/cerca/"') == 1
    assert re.search(r'<form[^>]*role="search" action="/cerca/"', html)


def test_words_typed_do_not_reach_the_log(client: Client, sito: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        pagina(client, "divorzio rossi anna")
    assert "divorzio" not in "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))


# --- how much it costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("quante", [1, 25])
def test_a_page_of_results_takes_twelve_queries_at_most(
    client: Client,
    sito: None,
    buche: Categoria,
    anna: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    quante: int,
) -> None:
    for n in range(quante):
        segnala(buche, autore=anna, testo=f"Voragine numero {n} sull’asfalto.")
    client.force_login(anna)
    for scritto in ("voragine asfalto", "voragne asfatlo", "segnalazione"):
        with django_assert_max_num_queries(12):
            pagina(client, scritto)


def test_one_address_does_not_ask_without_end(client: Client, sito: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ricerca.views.AL_MINUTO", 2)
    risposte = [client.get("/cerca/", {"q": "buche"}) for _volta in range(3)]
    assert [r.status_code for r in risposte] == [200, 200, 429]
    assert risposte[-1]["Retry-After"] == "60"
    assert client.get("/cerca/").status_code == 200


def test_the_newest_may_come_first_whatever_they_are(
    client: Client, sito: None, buche: Categoria, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rubrica = RubricaPage.objects.get(slug="notizie")
    for giorni, titolo in ((900, "Voragine antica"), (-1, "Voragine nuova")):
        notizia = NotiziaPage(title=titolo, slug=f"voragine-{abs(giorni)}", data=oggi() - timedelta(days=giorni))
        rubrica.add_child(instance=notizia)
    caso = segnala(buche, autore=anna, testo="Voragine in mezzo alla strada.")
    html = pagina(client, "voragine")
    assert titoli(html).index("Voragine antica") < titoli(html).index(caso.titolo)
    assert '<a href="?q=voragine&amp;ordine=recenti">Prima i più recenti</a>' in html
    with django_assert_max_num_queries(14):
        html = client.get("/cerca/", {"q": "voragine", "ordine": "recenti"}).content.decode()
    ordine = titoli(html)
    assert ordine[:3] == ["Voragine nuova", caso.titolo, "Voragine antica"]
    assert "ordine=recenti" in html.partition('class="lp-filtri')[2], "a kind opens in the same order"
    assert '<a href="?q=voragine">Prima i più vicini' in html
    assert client.get("/cerca/", {"q": "voragine", "ordine": "inventato"}).status_code == 200
