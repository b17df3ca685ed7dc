"""The public list: what is in it, how it is narrowed, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ascolto.models import Visibilita
from comune.models import Quartiere
from core.codici import ALFABETO, leggi_codice
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.forms.elenco import STATI
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.views import elenco
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, pagina_di, privata, rendi

ELENCO = "/segnalazioni/"


def codici(pagina: str) -> list[str]:
    """Numbers of the rows, in order."""
    return re.findall(r'<h3><a href="/segnalazioni/([^/]+)/"', pagina)


def trova(client: Client, **filtri: Any) -> list[str]:
    """Numbers of the list narrowed by these filters."""
    risposta = client.get(ELENCO, filtri)
    assert risposta.status_code == 200
    return codici(pagina_di(risposta))


def altra(caso: Segnalazione, **dati: Any) -> Segnalazione:
    """Another report of the same category."""
    return segnala(caso.categoria, autore=caso.contributo.autore, **dati)


def test_newest_first_with_what_people_want_to_know(client: Client, buca: Segnalazione, bruno: User) -> None:
    with fermo_a(adesso() - timedelta(days=3)):
        vecchia = altra(buca, testo="Tombino rotto. Fa rumore di notte.", indirizzo="Piazza Anfiteatro")
    actions.segui(vecchia, firma=True, utente=bruno)
    pagina = pagina_di(client.get(ELENCO))
    assert codici(pagina) == [buca.codice, vecchia.codice]
    for parola in ("2 segnalazioni", "Tombino rotto", "«Fa rumore di notte.»", "Piazza Anfiteatro", "2 persone"):
        assert parola in pagina
    assert "risposta entro" in pagina


def test_only_public_reports_are_there(client: Client, buca: Segnalazione, anna: User) -> None:
    rendi(altra(buca), Visibilita.RIMOSSA)
    segnala(buca.categoria, email=GIULIA)
    oscurata = rendi(altra(buca), Visibilita.OSCURATA)
    privata(buca.categoria, autore=anna)
    client.force_login(anna)  # her own private one is in her area personale
    assert set(trova(client)) == {buca.codice, oscurata.codice}


# --- narrowing --------------------------------------------------------------------------------------------------


def test_by_state(client: Client, buca: Segnalazione) -> None:
    tardi, risolta, respinta = altra(buca), porta_a(altra(buca), "risolta"), porta_a(altra(buca), "respinta")
    Segnalazione.objects.filter(pk=tardi.pk).update(scadenza=adesso().date() - timedelta(days=3))
    vecchia = porta_a(altra(buca), "risolta")
    Segnalazione.objects.filter(pk=vecchia.pk).update(risolta_il=adesso() - timedelta(days=8))
    atteso = {
        "aperte": {buca.codice, tardi.codice},
        "in_ritardo": {tardi.codice},
        "risolte": {risolta.codice, vecchia.codice},
        "risolte_settimana": {risolta.codice},
        "altre": {respinta.codice},
    }
    assert set(atteso) == set(STATI)
    for stato, quali in atteso.items():
        assert set(trova(client, stato=stato)) == quali, stato


def test_the_figures_of_the_home_page_are_the_lengths_of_these_lists(client: Client, buca: Segnalazione) -> None:
    porta_a(altra(buca), "risolta")
    porta_a(altra(buca), "contestata")
    Segnalazione.objects.filter(pk=altra(buca).pk).update(scadenza=adesso().date() - timedelta(days=3))
    numeri = Segnalazione.objects.numeri_pubblici()
    assert len(trova(client, stato="aperte")) == numeri["aperte"] == 3
    assert len(trova(client, stato="in_ritardo")) == numeri["in_ritardo"] == 1
    assert len(trova(client, stato="risolte_settimana")) == numeri["risolte"] == 2


def test_by_group_and_by_area(client: Client, buca: Segnalazione) -> None:
    verde = Categoria.objects.create(codice="verde", nome="Verde")
    albero = Categoria.objects.create(codice="verde.albero", nome="Albero pericolante", madre=verde)
    nel_verde = segnala(albero, autore=buca.contributo.autore)
    annunziata = Quartiere.objects.create(slug="annunziata", nome="Annunziata", lat=43.87, lon=10.51)
    buca.contributo.quartiere = annunziata
    buca.contributo.save()
    assert trova(client, categoria="verde") == [nel_verde.codice]
    assert trova(client, quartiere="annunziata") == [buca.codice]
    assert trova(client, categoria="verde", quartiere="annunziata") == []


def test_by_words_wherever_they_stand(client: Client, buca: Segnalazione) -> None:
    tombino = altra(buca, testo="Tombino che balla.", indirizzo="Viale Carducci 4", luogo_a_parole="")
    a_parole = altra(buca, testo="Buca.", indirizzo="", luogo_a_parole="dietro la chiesa di San Concordio")
    assert trova(client, q="TOMBINO") == [tombino.codice]
    assert trova(client, q="carducci balla") == [tombino.codice]
    assert trova(client, q="san concordio") == [a_parole.codice]
    assert trova(client, q="100%") == []
    assert trova(client, q="nessunissima parola così") == []


def test_a_number_leads_to_its_page_whether_or_not_there_is_one(client: Client, buca: Segnalazione, anna: User) -> None:
    nascosta = privata(buca.categoria, autore=anna)
    for scritto in (buca.codice, buca.codice.lower(), buca.codice[3:], nascosta.codice, "LU-7K3F-92Q7"):
        if not any(c.isdigit() for c in scritto):
            continue
        risposta = client.get(ELENCO, {"q": f" {scritto} "})
        assert risposta.status_code == 302
        assert scritto.upper().removeprefix("LU-") in risposta["Location"]


def test_a_word_that_could_pass_for_a_number_is_a_word(client: Client, buca: Segnalazione) -> None:
    parola = next(p for p in (f"abcdefg{x}" for x in ALFABETO if x.isalpha()) if leggi_codice(f"LU{p}"))
    assert client.get(ELENCO, {"q": parola}).status_code == 200


@pytest.mark.parametrize(
    "filtri",
    [
        {"stato": "boh"},
        {"categoria": "'; DROP TABLE"},
        {"quartiere": "x" * 500},
        {"fino_al": "ieri"},
        {"fino_al": "9999-12-31"},
        {"fino_al": "0001-01-01"},
        {"q": "x" * 201},
        {"stato": ["aperte", "boh"]},
    ],
)
def test_a_filter_that_means_nothing_is_named_and_left_out(
    filtri: dict[str, Any], client: Client, buca: Segnalazione
) -> None:
    risposta = client.get(ELENCO, filtri)
    pagina = pagina_di(risposta)
    assert risposta.status_code == 200
    assert codici(pagina) == [buca.codice]
    assert "non dice niente che conosciamo" in pagina


def test_filters_stay_when_another_is_chosen(client: Client, buca: Segnalazione) -> None:
    pagina = pagina_di(client.get(ELENCO, {"stato": "aperte", "categoria": "prova-strade", "q": "buca"}))
    assert "?q=buca&amp;stato=risolte&amp;categoria=prova-strade" in pagina
    assert '<input type="hidden" name="stato" value="aperte">' in pagina
    assert "feed/?q=buca&amp;stato=aperte&amp;categoria=prova-strade" in pagina
    assert "dati.csv?q=buca&amp;stato=aperte&amp;categoria=prova-strade" in pagina


def test_nothing_found_says_what_to_do(client: Client, buca: Segnalazione) -> None:
    assert "Togli tutti i filtri" in pagina_di(client.get(ELENCO, {"q": "zzz"}))
    Segnalazione.objects.filter(pk=buca.pk).update(stato="da_confermare")
    assert "La prima può essere la tua." in pagina_di(client.get(ELENCO))


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.fixture
def tante(buca: Segnalazione) -> list[Segnalazione]:
    """Forty-five reports, the newest first."""
    casi = [altra(buca, testo=f"Buca numero {n}.") for n in range(44)]
    return [*reversed(casi), buca]


@pytest.mark.parametrize(
    ("pagina", "quale"), [("1", 1), ("3", 3), ("abc", 1), ("", 1), ("9999", 3), ("0", 3), ("-1", 3), ("1e9", 1)]
)
def test_any_page_number_leads_to_a_page(pagina: str, quale: int, client: Client, tante: list[Segnalazione]) -> None:
    attesi = [caso.codice for caso in tante][20 * (quale - 1) : 20 * quale]
    assert trova(client, pagina=pagina) == attesi


def test_pages_keep_the_filters(client: Client, tante: list[Segnalazione]) -> None:
    pagina = pagina_di(client.get(ELENCO, {"q": "numero", "stato": "aperte"}))
    assert re.search(r'href="\?q=numero&amp;stato=aperte&amp;pagina=2"', pagina)


def a_un_giorno_di_distanza(casi: list[Segnalazione]) -> None:
    """The first arrived today, each other a day before."""
    for n, caso in enumerate(casi):
        Segnalazione.objects.filter(pk=caso.pk).update(confermata_il=adesso() - timedelta(days=n))


def test_beyond_what_is_counted_a_date_leads_on(
    client: Client, tante: list[Segnalazione], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elenco, "TETTO", 40)
    a_un_giorno_di_distanza(tante)
    prima = pagina_di(client.get(ELENCO))
    assert "Più di 40 segnalazioni" in prima
    assert "Continua con le più vecchie" not in prima
    ultima = pagina_di(client.get(ELENCO, {"pagina": "2"}))
    assert codici(ultima)[-1] == tante[39].codice
    avanti = re.search(r'href="(\?fino_al=[\d-]+)"', ultima)
    assert avanti is not None
    assert codici(pagina_di(client.get(ELENCO + avanti[1]))) == [caso.codice for caso in tante[39:]]


def test_of_what_words_find_the_newest_are_shown_and_a_date_leads_on(
    client: Client, tante: list[Segnalazione], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elenco, "TETTO_TROVATE", 20)
    a_un_giorno_di_distanza(tante)
    pagina = pagina_di(client.get(ELENCO, {"q": "numero"}))
    assert "Più di 20 segnalazioni" in pagina
    assert codici(pagina) == [caso.codice for caso in tante[:20]]
    avanti = re.search(r'href="(\?q=numero&amp;fino_al=[\d-]+)"', pagina)
    assert avanti is not None
    assert codici(pagina_di(client.get(ELENCO + avanti[1].replace("&amp;", "&"))))[1] == tante[20].codice


def test_the_list_costs_the_same_however_long(
    client: Client, tante: list[Segnalazione], bruno: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(bruno)
    for caso in tante[:10]:
        actions.segui(caso, firma=True, utente=bruno)
    with django_assert_max_num_queries(12):
        client.get(ELENCO, {"stato": "aperte", "categoria": "prova-strade", "q": "numero", "pagina": "2"})


def test_it_is_only_read(client: Client, db: None) -> None:
    assert client.post(reverse("segnalazioni:elenco")).status_code == 405
