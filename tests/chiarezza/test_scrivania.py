"""Carla, at the URP, reads the words people leave under pages, and covers those that should not stand there."""

from __future__ import annotations

import pytest

from chiarezza.actions import oscura
from chiarezza.models import Giudizio, Oscuramento
from core.errors import DomainError
from core.models import RigaImmutabile

pytestmark = pytest.mark.django_db

PORTA = "/scrivania/chiarezza/"


def test_carla_reads_the_words(client, carla, giudica):
    giudica(2, motivo="guasti", parole="Il modulo di Mario Rossi non si apre")
    giudica(5)
    client.force_login(carla)
    testo = client.get(PORTA).content.decode()
    assert "Il modulo di Mario Rossi non si apre" in testo
    assert "Ultimi 90 giorni: 3,5 su 5 (2 giudizi)" in testo
    percorso = Giudizio.objects.exclude(parole="").get().percorso
    assert f'<a href="{percorso}">{percorso}</a>' in testo


def test_carla_covers_words_and_it_stays_written(client, carla, giudica):
    uno = giudica(2, parole="Mario Rossi non risponde mai")
    client.force_login(carla)
    risposta = client.post(f"{PORTA}{uno.pk}/oscura/", {"motivo": "personali"}, follow=True)
    testo = risposta.content.decode()
    assert "Parole coperte." in testo
    assert "Mario Rossi" not in testo
    assert "Dati personali" in testo
    uno.refresh_from_db()
    assert (uno.voto, uno.parole) == (2, "")
    volta = Oscuramento.objects.get()
    assert (volta.giudizio, volta.autore, volta.motivo) == (uno, carla, "personali")
    with pytest.raises(RigaImmutabile):
        volta.delete()


def test_covered_twice_is_said(client, carla, giudica):
    uno = giudica(2, parole="Mario Rossi")
    oscura(uno, operatore=carla, motivo="personali")
    with pytest.raises(DomainError) as errore:
        oscura(uno, operatore=carla, motivo="personali")
    assert errore.value.codice == "niente_da_oscurare"
    client.force_login(carla)
    assert client.post(f"{PORTA}{uno.pk}/oscura/", {"motivo": "offese"}).status_code == 409
    assert Oscuramento.objects.count() == 1


def test_a_reason_is_needed(client, carla, giudica):
    uno = giudica(2, parole="Mario Rossi")
    client.force_login(carla)
    client.post(f"{PORTA}{uno.pk}/oscura/", {"motivo": "perche-si"})
    assert Giudizio.objects.get().parole == "Mario Rossi"
    assert client.post(f"{PORTA}999999/oscura/", {"motivo": "offese"}).status_code == 404


@pytest.mark.parametrize("chi", ["anna", "elena", "dario"])
def test_nobody_else_reads_or_covers(client, request, giudica, chi):
    uno = giudica(2, parole="Mario Rossi")
    assert client.get(PORTA).status_code == 302
    client.force_login(request.getfixturevalue(chi))
    assert client.get(PORTA).status_code == 403
    assert client.post(f"{PORTA}{uno.pk}/oscura/", {"motivo": "offese"}).status_code == 403
    assert Giudizio.objects.get().parole == "Mario Rossi"


def test_the_list_costs_the_same_however_many_words(client, carla, giudica, django_assert_max_num_queries):
    client.force_login(carla)
    for n in range(30):
        giudica(2, parole=f"Parole {n}")
    with django_assert_max_num_queries(14):
        client.get(PORTA)
