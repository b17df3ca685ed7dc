"""The part of the page that changes by itself: the same words as the page, cheap when nothing has changed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.models import User
from core.tempo import adesso, fermo_a
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import porta_a
from tests.segnalazioni.cittadini import pagina_di, privata


def pezzi(pagina: str) -> set[str]:
    """Ids of the live parts."""
    return set(re.findall(r'<(?:div|section) (?:class="lp-scheda" )?id="(\w+)"[^>]*data-lp-diretta-pezzo', pagina))


def segno_nella_pagina(pagina: str) -> str:
    """The ETag that the page hands to its script."""
    trovato = re.search(r'data-lp-diretta-segno="&quot;(.*?)&quot;"', pagina)
    assert trovato is not None
    return f'"{trovato[1]}"'


def test_the_fragment_has_the_parts_of_the_page(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    buca = porta_a(buca, "attesa_cittadino")
    pagina, frammento = pagina_di(client.get(buca.url())), pagina_di(client.get(buca.url("stato")))
    assert (
        pezzi(pagina)
        == pezzi(frammento)
        == {"stato", "altrui", "titolo", "parole", "storia", "fare", "dove", "foto", "breve"}
    )
    assert "<html" not in frammento
    assert "Attesa risposta" in frammento
    assert f'data-lp-diretta-versione="{buca.versione}"' in frammento
    assert "La segnalazione ora è: attesa risposta." in frammento


def test_what_the_browser_has_already_costs_no_words(client: Client, buca: Segnalazione) -> None:
    segno = segno_nella_pagina(pagina_di(client.get(buca.url())))
    risposta = client.get(buca.url("stato"), headers={"if-none-match": segno})
    assert (risposta.status_code, risposta.content) == (304, b"")


def test_a_step_changes_it(client: Client, buca: Segnalazione) -> None:
    segno = client.get(buca.url("stato"))["ETag"]
    porta_a(buca, "assegnata")
    risposta = client.get(buca.url("stato"), headers={"if-none-match": segno})
    assert risposta.status_code == 200
    assert risposta["ETag"] != segno
    assert "Assegnata" in pagina_di(risposta)


def test_a_new_day_changes_it_because_days_are_counted(client: Client, buca: Segnalazione) -> None:
    segno = client.get(buca.url("stato"))["ETag"]
    with fermo_a(adesso() + timedelta(days=1)):
        assert client.get(buca.url("stato"), headers={"if-none-match": segno}).status_code == 200


def test_the_reporter_and_the_others_read_different_words(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "attesa_cittadino")
    di_tutti = client.get(buca.url("stato"))
    client.force_login(anna)
    mia = client.get(buca.url("stato"), headers={"if-none-match": di_tutti["ETag"]})
    assert mia.status_code == 200
    assert "Ti abbiamo fatto una domanda" in pagina_di(mia)
    assert "Ti abbiamo fatto una domanda" not in pagina_di(di_tutti)
    assert "csrfmiddlewaretoken" in pagina_di(mia)


def test_what_everybody_reads_is_written_once_and_holds_no_secret(
    client: Client, buca: Segnalazione, bruno: User, django_assert_max_num_queries: Any
) -> None:
    prima = pagina_di(client.get(buca.url("stato")))
    assert "csrfmiddlewaretoken" not in prima
    with django_assert_max_num_queries(1):
        assert pagina_di(Client().get(buca.url("stato"))) == prima


def test_a_private_fragment_is_kept_by_nobody(client: Client, anna: User, buche: Categoria) -> None:
    caso = privata(buche, autore=anna)
    client.force_login(anna)
    assert client.get(caso.url("stato"))["Cache-Control"] == "private, no-store"
    assert Client().get(caso.url("stato")).status_code == 404


def test_it_is_only_read(client: Client, buca: Segnalazione) -> None:
    assert client.post(buca.url("stato")).status_code == 405
