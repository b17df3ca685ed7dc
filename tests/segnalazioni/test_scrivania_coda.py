"""The queue of the desk: what each colleague finds in it, in which order, how fast."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ascolto.models import Canale
from comune.models import Ruolo, Ufficio
from core.tempo import adesso, fermo_a, oggi
from segnalazioni import actions
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import fai, incarica, porta_a, segnala
from tests.segnalazioni.scrivania import immagine

# A Monday: five working days end on the Monday after, three on Thursday.
LUNEDI = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
CODA = "/scrivania/segnalazioni/"


def codici(risposta: Any) -> list[str]:
    """The numbers on the page, in their order."""
    return [riga.codice for fascia in risposta.context["fasce"] for riga in fascia.righe]


def bande(risposta: Any) -> list[tuple[str, int]]:
    """The bands on the page and how many each counts."""
    return [(str(f.banda.nome), f.quante) for f in risposta.context["fasce"] if f.banda]


def conto(risposta: Any, nome: str) -> int | None:
    """What a saved list counts; None when the colleague does not have it."""
    voci = [v for _titolo, gruppo in risposta.context["gruppi"] for v in gruppo if str(v["testo"]) == nome]
    return voci[0]["conto"] if voci else None


@pytest.fixture
def pericoli(strade: Ufficio) -> Categoria:
    """Dangers on the road: looked at first."""
    madre = Categoria.objects.create(codice="prova-pericoli", nome="Pericoli")
    return Categoria.objects.create(
        codice="prova-voragine", nome="Voragine", madre=madre, ufficio=strade, giorni=5, urgente=True
    )


def test_the_office_finds_what_it_has_and_the_urp_everything(
    client: Client, buche: Categoria, carla: User, elena: User, fabio: User
) -> None:
    nuova, di_strade = segnala(buche), porta_a(segnala(buche), "assegnata")
    client.force_login(elena)
    assert codici(client.get(CODA)) == [di_strade.codice]
    client.force_login(fabio)
    assert codici(client.get(CODA, {"elenco": "tutte"})) == []
    client.force_login(carla)
    assert set(codici(client.get(CODA, {"elenco": "aperte"}))) == {nuova.codice, di_strade.codice}


def test_bands_come_by_urgency_and_rows_by_due_date(
    client: Client, buche: Categoria, pericoli: Categoria, carla: User, elena: User
) -> None:
    with fermo_a(LUNEDI - timedelta(days=14)):
        tardi = segnala(buche)
    with fermo_a(LUNEDI - timedelta(days=21)):
        piu_tardi = segnala(buche)
    with fermo_a(LUNEDI - timedelta(days=4)):
        vicina = segnala(buche)
    with fermo_a(LUNEDI - timedelta(hours=3)):
        risposta = fai(porta_a(segnala(buche), "attesa_cittadino"), "rispondi")
        lontana, pericolo = segnala(buche), segnala(pericoli)
    client.force_login(carla)
    with fermo_a(LUNEDI):
        pagina = client.get(CODA, {"elenco": "aperte"})
    attese = [pericolo, piu_tardi, tardi, vicina, risposta, lontana]
    assert codici(pagina) == [caso.codice for caso in attese]
    assert bande(pagina) == [
        ("Pericolo", 1),
        ("Oltre il termine", 2),
        ("Scadono entro 3 giorni lavorativi", 1),
        ("Chi ha segnalato ha risposto", 1),
        ("Altre", 1),
    ]


def test_a_term_that_stands_still_is_not_late(client: Client, buche: Categoria, carla: User, elena: User) -> None:
    with fermo_a(LUNEDI):
        caso = porta_a(segnala(buche), "attesa_cittadino")
    client.force_login(carla)
    for giorni, banda, oltre in ((20, "Altre", 0), (30, "Altre", 0), (90, "Oltre il termine", 1)):
        with fermo_a(LUNEDI + timedelta(days=giorni)):  # an answer stops it for thirty days, not for ever
            pagina = client.get(CODA, {"elenco": "aperte"})
        assert codici(pagina) == [caso.codice]
        assert (bande(pagina), conto(pagina, "Oltre il termine")) == ([(banda, 1)], oltre)


def test_an_answer_that_was_acted_upon_is_no_news(client: Client, buche: Categoria, carla: User, elena: User) -> None:
    letta = fai(fai(fai(porta_a(segnala(buche), "attesa_cittadino"), "rispondi"), "programma"), "riprendi")
    assert letta.stato == "in_lavorazione"
    client.force_login(carla)
    assert bande(client.get(CODA, {"elenco": "aperte"})) == [("Altre", 1)]


def test_a_row_says_when_an_answer_is_due_in_working_days_with_its_weekday(
    client: Client, buche: Categoria, carla: User
) -> None:
    with fermo_a(LUNEDI - timedelta(days=14)):
        segnala(buche)  # due on Monday 2 November
    client.force_login(carla)
    with fermo_a(LUNEDI):
        pagina = client.get(CODA, {"elenco": "oltre"}).content.decode()
    assert "oltre di 5 giorni" in pagina
    assert "lun 2 nov" in pagina


def test_to_work_on_now_leaves_out_what_waits_for_others(client: Client, buche: Categoria, elena: User) -> None:
    """A question to the citizen, work planned for a day to come: nobody at the office has to move."""
    presa = porta_a(segnala(buche), "assegnata")
    porta_a(segnala(buche), "attesa_cittadino")
    domani = fai(porta_a(segnala(buche), "in_lavorazione"), "programma", giorno=oggi() + timedelta(days=1))
    oggi_stesso = fai(porta_a(segnala(buche), "in_lavorazione"), "programma", giorno=oggi())
    client.force_login(elena)
    adesso = codici(client.get(CODA))
    assert {presa.codice, oggi_stesso.codice} <= set(adesso)
    assert domani.codice not in adesso
    assert len(codici(client.get(CODA, {"elenco": "attesa"}))) == 1


@pytest.mark.parametrize(
    ("stato", "elenco"),
    [
        ("ricevuta", "da-assegnare"),
        ("assegnata", "da-prendere"),
        ("attesa_cittadino", "attesa"),
        ("attesa_terzi", "altri-enti"),
        ("programmata", "programmate"),
        ("in_lavorazione", "aperte"),
        ("risolta", "concluse"),
        ("respinta", "concluse"),
        ("contestata", "aperte"),
    ],
)
def test_every_state_stands_in_its_list_and_the_count_is_its_length(
    client: Client, buca: Segnalazione, carla: User, stato: str, elenco: str
) -> None:
    caso = porta_a(buca, stato)
    client.force_login(carla)
    pagina = client.get(CODA, {"elenco": elenco})
    assert codici(pagina) == [caso.codice]
    assert conto(pagina, str(pagina.context["elenco"].nome)) == 1


def test_only_the_urp_has_the_list_of_what_is_to_be_assigned(client: Client, carla: User, elena: User) -> None:
    client.force_login(carla)
    assert conto(client.get(CODA), "Da assegnare") == 0
    client.force_login(elena)
    pagina = client.get(CODA, {"elenco": "da-assegnare"})
    assert conto(pagina, "Da assegnare") is None
    assert pagina.context["elenco"].slug == "adesso"


@pytest.mark.parametrize(
    "filtro",
    [
        {"ufficio": "luce"},
        {"categoria": "prova-luce"},
        {"canale": "telefono"},
        {"stato": "assegnata"},
        {"q": "ponticello via"},
        {"q": "VIA DEL FOSSO"},
    ],
)
def test_the_queue_is_narrowed(
    client: Client, buche: Categoria, carla: User, luce: Ufficio, fabio: User, filtro: dict[str, str]
) -> None:
    segnala(buche)
    gruppo = Categoria.objects.create(codice="prova-luce", nome="Luce")
    spento = Categoria.objects.create(codice="prova-spento", nome="Lampione", madre=gruppo, ufficio=luce, giorni=5)
    cercata = fai(
        segnala(spento, testo="Lampione spento al ponticello.", indirizzo="Via del Fosso 3", canale=Canale.TELEFONO),
        "assegna",
    )
    client.force_login(carla)
    assert codici(client.get(CODA, {"elenco": "aperte", **filtro})) == [cercata.codice]


def test_filters_that_do_not_exist_narrow_nothing(client: Client, buca: Segnalazione, carla: User) -> None:
    client.force_login(carla)
    strano = {"elenco": "boh", "ufficio": "marte", "stato": "scartata", "pagina": "-3", "canale": "piccione", "q": " "}
    assert codici(client.get(CODA, strano)) == [buca.codice]


def test_an_office_alone_has_nothing_to_choose_among_offices(client: Client, elena: User, luce: Ufficio) -> None:
    client.force_login(elena)
    assert "ufficio" not in client.get(CODA).context["filtri"].fields
    elena = incarica(elena, luce, Ruolo.OPERATORE)
    client.force_login(elena)
    scelte = client.get(CODA).context["filtri"].fields["ufficio"].choices
    assert [valore for valore, _nome in scelte] == ["", "luce", "strade"]


@pytest.mark.parametrize("scrivi", [str, str.lower, lambda c: c.replace("-", " "), lambda c: c[3:]])
def test_a_number_opens_its_case(client: Client, buca: Segnalazione, carla: User, scrivi: Any) -> None:
    client.force_login(carla)
    risposta = client.get(CODA, {"elenco": "tutte", "q": scrivi(buca.codice)})
    assert risposta["Location"] == buca.url_scrivania()


def test_the_number_of_another_office_opens_nothing(client: Client, buca: Segnalazione, fabio: User) -> None:
    client.force_login(fabio)
    pagina = client.get(CODA, {"elenco": "tutte", "q": buca.codice})
    assert pagina.status_code == 200
    assert "Nessuna segnalazione con questi filtri" in pagina.content.decode()


def test_an_empty_list_says_so(client: Client, carla: User) -> None:
    client.force_login(carla)
    assert "Nessuna segnalazione è oltre il termine" in client.get(CODA, {"elenco": "oltre"}).content.decode()


def test_a_row_says_what_is_unusual(client: Client, buche: Categoria, carla: User, elena: User) -> None:
    buche.pubblica = False
    buche.save()
    caso = segnala(buche, canale=Canale.SPORTELLO)
    actions.segui(caso, firma=True, sessione="a" * 64)
    actions.segui(caso, firma=True, sessione="b" * 64)
    actions.aggiungi_foto([immagine(), immagine("peru")], segnalazione=caso)
    caso = porta_a(caso, "programmata")
    for giorni in (9, 10):
        caso = fai(caso, "riprogramma", giorno=oggi() + timedelta(days=giorni))
    client.force_login(carla)
    riga = client.get(CODA, {"elenco": "programmate"}).context["fasce"][0].righe[0]
    assert [parole for parole, _classe in riga.segni] == [
        "privata", "sportello", "2 firme", "2 foto", "data spostata 2 volte",
    ]  # fmt: skip


def test_what_an_office_sent_back_says_why(client: Client, buca: Segnalazione, carla: User, elena: User) -> None:
    fai(porta_a(buca, "assegnata"), "rifiuta", nota="serve il Consorzio")
    client.force_login(carla)
    assert "tornata indietro: «serve il Consorzio»" in client.get(CODA).content.decode()


def test_pages_keep_the_filters(client: Client, buche: Categoria, carla: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("segnalazioni.desk.coda.PER_PAGINA", 2)
    tutti = [segnala(buche).codice for _volta in range(5)]
    client.force_login(carla)
    prima = client.get(CODA, {"elenco": "aperte", "stato": "ricevuta"})
    terza = client.get(CODA, {"elenco": "aperte", "stato": "ricevuta", "pagina": "3"})
    assert codici(prima) + codici(terza) == [tutti[0], tutti[1], tutti[4]]
    assert "elenco=aperte&amp;stato=ricevuta&amp;pagina=3" in prima.content.decode()
    assert prima.context["fasce"][0].quante == 5


@pytest.mark.parametrize("elenco", ["adesso", "aperte", "concluse", "tutte"])
@pytest.mark.parametrize("quante", [1, 12])
def test_fifteen_queries_whatever_the_rows(
    client: Client,
    buche: Categoria,
    carla: User,
    elena: User,
    quante: int,
    elenco: str,
    django_assert_max_num_queries: Any,
) -> None:
    for volta in range(quante):
        caso = segnala(buche)
        actions.aggiungi_foto([immagine()], segnalazione=caso)
        porta_a(caso, ["ricevuta", "assegnata", "programmata", "risolta"][volta % 4])
    client.force_login(carla)
    with django_assert_max_num_queries(15):
        client.get(CODA, {"elenco": elenco, "stato": "ricevuta", "q": "buca"})


@pytest.mark.parametrize("elenco", ["aperte", "tutte"])
def test_of_what_words_find_the_newest_are_shown_in_the_order_of_the_list(
    client: Client, buche: Categoria, carla: User, monkeypatch: Any, elenco: str
) -> None:
    monkeypatch.setattr("segnalazioni.desk.coda.TETTO_TROVATE", 2)
    casi = [segnala(buche) for _volta in range(3)]
    for n, caso in enumerate(casi):
        dati = {"confermata_il": adesso() - timedelta(days=n), "scadenza": oggi() + timedelta(days=30 - n)}
        Segnalazione.objects.filter(pk=caso.pk).update(**dati)
    client.force_login(carla)
    pagina = client.get(CODA, {"elenco": elenco, "q": "buca"})
    assert "Più di 2 segnalazioni: qui le 2 più recenti." in pagina.content.decode()
    piu_recenti = [casi[0].codice, casi[1].codice]
    assert codici(pagina) == (piu_recenti[::-1] if elenco == "aperte" else piu_recenti)
    assert [fascia.quante for fascia in pagina.context["fasce"]] == ([2] if elenco == "aperte" else [0])
    posto = client.get(casi[0].url_scrivania(), {"elenco": elenco, "q": "buca"}).context["posto"]
    assert posto.dove.endswith("di 2")


def test_an_archive_is_counted_and_paged_up_to_a_limit(
    client: Client, buche: Categoria, carla: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr("segnalazioni.desk.coda.TETTO", 2)
    casi = [segnala(buche) for _volta in range(3)]
    client.force_login(carla)
    pagina = client.get(CODA, {"elenco": "tutte", "stato": "ricevuta"})
    assert "Più di 2 segnalazioni" in pagina.content.decode()
    assert pagina.context["pagina"].paginator.count == 2
    assert "3 segnalazioni." in client.get(CODA, {"elenco": "aperte"}).content.decode()
    assert len(casi) == 3


def test_each_band_is_counted_alike_with_and_without_a_filter(
    client: Client, buche: Categoria, carla: User, elena: User
) -> None:
    """One query counts the bands of a whole list, another those of a narrowed one."""
    for volta in range(8):
        caso = porta_a(segnala(buche), ["ricevuta", "assegnata", "contestata", "attesa_cittadino"][volta % 4])
        if volta % 2:
            Segnalazione.objects.filter(pk=caso.pk).update(scadenza=oggi() - timedelta(days=volta - 3))
    client.force_login(carla)
    for elenco in ("adesso", "oltre", "aperte"):
        intera, filtrata = (client.get(CODA, {"elenco": elenco, **altro}) for altro in ({}, {"canale": "web"}))
        bande = [[(str(f.banda.nome), f.quante) for f in p.context["fasce"]] for p in (intera, filtrata)]
        assert bande[0] == bande[1] != []


def test_the_fragment_is_the_page_without_its_frame(client: Client, buca: Segnalazione, carla: User) -> None:
    client.force_login(carla)
    frammento = client.get(reverse("scrivania:coda_righe"), {"elenco": "aperte"})
    assert codici(frammento) == [buca.codice]
    testo = frammento.content.decode()
    assert "<html" not in testo
    pagina = client.get(CODA, {"elenco": "aperte"}).content.decode()
    pezzi = re.findall(r'id="([\w-]+)"[^>]* data-lp-diretta-pezzo', testo)
    assert pezzi == ["viste-tendina", "viste", "capo-coda", "righe"]
    assert pezzi == re.findall(r'id="([\w-]+)"[^>]* data-lp-diretta-pezzo', pagina)


def test_a_case_knows_its_neighbours_in_the_list_it_was_opened_from(
    client: Client, buche: Categoria, carla: User
) -> None:
    prima, mezzo, dopo = (segnala(buche) for _volta in range(3))
    client.force_login(carla)
    posto = client.get(mezzo.url_scrivania(), {"elenco": "aperte", "stato": "ricevuta"}).context["posto"]
    assert posto.prima == f"{prima.url_scrivania()}?elenco=aperte&stato=ricevuta"
    assert posto.dopo == f"{dopo.url_scrivania()}?elenco=aperte&stato=ricevuta"
    assert posto.dove == "2 di 3"
    assert posto.elenco == ("Aperte", f"{CODA}?elenco=aperte&stato=ricevuta#{mezzo.codice}")
