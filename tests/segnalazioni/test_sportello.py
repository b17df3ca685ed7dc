"""The counter and the telephone: Carla of the URP files for Rina, who has no computer."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Luogo, Ufficio
from core.errors import DomainError
from core.tempo import adesso, fermo_a
from core.workflow import PassoNonPossibile
from notifiche.models import Notifica
from protocollo.models import Registrazione
from protocollo.tasks import manda
from segnalazioni import actions
from segnalazioni.actions.consulta import recapiti_di
from segnalazioni.actions.sportello import DURATA, stampa_chiave
from segnalazioni.catena import guasti
from segnalazioni.models import Categoria, ChiaveStampata, Passaggio, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import RuoloCaso, Stato
from tests.aiuti import porta_a, segnala
from tests.factories.comune import LuogoFactory
from tests.segnalazioni.modulo import DOMANDE, QUI, categoria

SPORTELLO = "/scrivania/sportello/"
RINA = "Rina Del Bianco"
TESTO = "Il lampione davanti al forno è spento da lunedì."


@pytest.fixture
def urp(client: Client, carla: User) -> Client:
    """Carla's browser."""
    client.force_login(carla)
    return client


def dati(**altro: Any) -> dict[str, Any]:
    """The page filled in while Rina talks; she has no mailbox."""
    return {
        "chiave": str(uuid4()),
        "testo": TESTO,
        "categoria": "luce.spento",
        "elenco": "",
        "cerca": "",
        "parole": "Davanti al forno, in fondo al borgo",
        "canale": "telefono",
        "per_conto_di": RINA,
        "email": "",
        "telefono": "0583 4422",
    } | altro


def registra(urp: Client, **altro: Any) -> Segnalazione:
    """Files, and gives the report back."""
    risposta = urp.post(SPORTELLO, dati(**altro))
    assert risposta.status_code == 302, risposta.content.decode()
    return Segnalazione.objects.per_codice(risposta.url.split("/")[-2]).get()


def _testo(risposta: Any) -> str:
    pagina: str = risposta.content.decode()
    return pagina


# --- it works ---------------------------------------------------------------------------------------------


def test_a_call_becomes_a_case_at_once_in_the_colleagues_name(urp: Client, lampioni: Categoria, carla: User) -> None:
    caso = registra(urp)
    assert (caso.stato, caso.categoria, caso.contributo.canale) == (Stato.RICEVUTA, lampioni, "telefono")
    assert caso.contributo.autore is None, "Carla wrote it down, Rina said it"
    assert caso.contributo.per_conto_di == RINA
    assert caso.scadenza is not None
    passaggio = Passaggio.objects.get(segnalazione=caso)
    assert (passaggio.passo, passaggio.autore, passaggio.ruolo) == ("conferma", carla, RuoloCaso.URP)
    seguace = Seguace.objects.get(segnalazione=caso)
    assert (seguace.telefono, seguace.email, seguace.utente) == ("0583 4422", "", None)
    assert seguace.confermato_il is not None
    assert guasti(caso) == []
    assert Registrazione.objects.get(contributo=caso.contributo).mittente == RINA


def test_who_has_a_mailbox_is_written_to_without_confirming(urp: Client, lampioni: Categoria) -> None:
    caso = registra(urp, email="Rina@Example.org", telefono="")
    assert caso.stato == Stato.RICEVUTA
    avviso = Notifica.objects.get(email="rina@example.org")
    assert avviso.tipo == "segnalazione_ricevuta"


def test_nobody_has_to_say_who_they_are(urp: Client, lampioni: Categoria) -> None:
    caso = registra(urp, per_conto_di="", telefono="", canale="sportello")
    assert not Seguace.objects.filter(segnalazione=caso).exists()
    assert Registrazione.objects.get(contributo=caso.contributo).mittente == "Anonimo"


def test_names_and_numbers_stay_inside(urp: Client, lampioni: Categoria) -> None:
    caso = registra(urp)
    pubblica = _testo(Client().get(caso.url()))
    assert "Telefono" in pubblica
    assert RINA not in pubblica
    assert "4422" not in pubblica
    banco = _testo(urp.get(caso.url_scrivania()))
    assert "ha lasciato solo un telefono" in banco
    assert "4422" not in banco
    assert ("Telefono", "0583 4422") in recapiti_di(caso), "who gives a reason sees it, and the look is written down"


def test_the_queue_is_narrowed_by_channel(urp: Client, lampioni: Categoria) -> None:
    al_telefono, allo_sportello = registra(urp), registra(urp, canale="sportello")
    pagina = _testo(urp.get("/scrivania/segnalazioni/?elenco=tutte&canale=telefono"))
    assert al_telefono.codice in pagina
    assert allo_sportello.codice not in pagina


def test_sent_twice_it_files_once(urp: Client, lampioni: Categoria) -> None:
    chiave = str(uuid4())
    assert registra(urp, chiave=chiave) == registra(urp, chiave=chiave)
    assert Segnalazione.objects.count() == 1


def test_a_place_is_searched_chosen_and_gives_the_point(urp: Client, lampioni: Categoria) -> None:
    luogo = LuogoFactory(nome="Via delle Prove", lat=43.8429, lon=10.5127)
    pagina = _testo(urp.post(SPORTELLO, dati(vai="guarda", cerca="via delle prove", parole="")))
    assert re.search(rf'name="posto"[^>]*value="{luogo.pk}"[^>]*checked', pagina), "the only one found is chosen"
    assert TESTO in pagina
    assert "Errore:" not in pagina
    caso = registra(urp, cerca="via delle prove", posto=str(luogo.pk), parole="")
    assert (caso.indirizzo, caso.lat) == ("Via delle Prove", 43.8429)


def test_words_suggest_a_category_and_the_list_has_the_last_word(urp: Client, lampioni: Categoria) -> None:
    pagina = _testo(urp.post(reverse("sportello:suggerimenti"), {"testo": TESTO}))
    assert 'value="luce.spento"' in pagina
    pagina = _testo(urp.post(SPORTELLO, dati(vai="guarda", categoria="")))
    assert 'value="luce.spento"' in pagina
    assert registra(urp, elenco="altro.altro").categoria.codice == "altro.altro"


def test_questions_of_the_category_come_before_filing(urp: Client, lampioni: Categoria) -> None:
    lampioni.domande = list(DOMANDE)
    lampioni.save()
    risposta = urp.post(SPORTELLO, dati())
    assert risposta.status_code == 422
    assert "qualche domanda in più" in _testo(risposta)
    assert "Quanti punti luce?" in _testo(risposta)
    risposta = urp.post(SPORTELLO, dati(domande_di="luce.spento", d_palo="77"))
    assert risposta.status_code == 422
    assert "Quanti punti luce? Scegli una risposta" in _testo(risposta)
    assert 'value="77"' in _testo(risposta)
    caso = registra(urp, domande_di="luce.spento", d_punti="uno", d_palo="77")
    assert caso.risposte == {"punti": "uno", "palo": "77"}


# --- is it there already? ---------------------------------------------------------------------------------


@pytest.fixture
def vicina(lampioni: Categoria, anna: User) -> Segnalazione:
    """Anna reported the lamp yesterday."""
    LuogoFactory(nome="Via delle Prove", lat=float(QUI["lat"]), lon=float(QUI["lon"]))
    return segnala(lampioni, autore=anna, lat=float(QUI["lat"]), lon=float(QUI["lon"]))


def _al_fosso(**altro: Any) -> dict[str, Any]:
    return dati(cerca="via delle prove", posto=str(Luogo.objects.get(nome="Via delle Prove").pk), parole="") | altro


def test_what_is_near_is_shown_before_filing_and_does_not_stop(urp: Client, vicina: Segnalazione) -> None:
    risposta = urp.post(SPORTELLO, _al_fosso())
    pagina = _testo(risposta)
    assert risposta.status_code == 200
    assert f'name="vista" value="{vicina.codice}"' in pagina
    assert "Non è nessuna di queste: registra" in pagina
    assert TESTO in pagina
    assert Segnalazione.objects.count() == 1
    assert urp.post(SPORTELLO, _al_fosso(vista=vicina.codice)).status_code == 302
    assert Segnalazione.objects.count() == 2


@pytest.mark.parametrize("email", ["", "rina@example.org"])
def test_who_calls_is_counted_under_the_one_that_is_there(urp: Client, vicina: Segnalazione, email: str) -> None:
    risposta = urp.post(SPORTELLO, _al_fosso(anche=vicina.codice, email=email))
    assert risposta.url == vicina.url_scrivania()
    assert Segnalazione.objects.count() == 1
    altra = Seguace.objects.get(segnalazione=vicina, segnalante=False)
    assert (altra.firma, altra.email, altra.confermato_il is None) == (True, email, bool(email))


def test_a_number_that_is_nobodys_is_not_signed(urp: Client, vicina: Segnalazione) -> None:
    assert urp.post(SPORTELLO, _al_fosso(anche="LU-0000-0000")).status_code == 404
    risposta = urp.post(SPORTELLO, _al_fosso(anche=vicina.codice, email="rina@"))
    assert risposta.status_code == 422
    assert 'value="rina@"' in _testo(risposta)
    chiusa = porta_a(vicina, Stato.RISOLTA)
    risposta = urp.post(SPORTELLO, _al_fosso(anche=chiusa.codice))
    assert risposta.status_code == 409
    assert TESTO in _testo(risposta)


# --- nothing is lost --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sbaglio", "frase"),
    [
        ({"testo": "Buio"}, "almeno 10 caratteri"),
        ({"categoria": ""}, "Scegli una categoria"),
        ({"categoria": "inventata"}, "Scegli una categoria"),
        ({"parole": ""}, "Dicci dove"),
        ({"canale": ""}, "Scegli come è arrivata"),
        ({"canale": "web"}, "web"),
        ({"email": "rina@"}, "per intero"),
        ({"telefono": "chiamare la sera"}, "sole cifre"),
        ({"testo": f"{TESTO} Chiamatemi al 333 1234567."}, "333 1234567"),
        ({"parole": "A casa mia, rina@example.org"}, "rina@example.org"),
        ({"posto": "abc"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_everything_comes_back(
    urp: Client, lampioni: Categoria, sbaglio: dict[str, str], frase: str
) -> None:
    scritto = dati() | sbaglio
    risposta = urp.post(SPORTELLO, scritto)
    pagina = _testo(risposta)
    assert risposta.status_code == 422
    assert "<title>Errore:" in re.sub(r"\s*\n\s*", "", pagina)
    assert frase in pagina
    for nome in ("testo", "parole", "per_conto_di", "telefono", "chiave"):
        assert scritto[nome] in pagina, nome
    assert not Segnalazione.objects.exists()


def test_personal_data_pass_once_the_colleague_says_so(urp: Client, lampioni: Categoria) -> None:
    testo = f"{TESTO} Chiamatemi al 333 1234567."
    pagina = _testo(urp.post(SPORTELLO, dati(testo=testo)))
    [va_bene] = re.findall(r'name="va_bene"[^>]*value="(\w+)"', pagina)
    assert registra(urp, testo=testo, va_bene=va_bene).testo == testo


def test_some_categories_need_somebody_to_be_reached(urp: Client, lampioni: Categoria) -> None:
    categoria("servizi.pratica", "Pratica in ritardo", anonima=False, luogo_obbligatorio=False)
    risposta = urp.post(SPORTELLO, dati(categoria="", elenco="servizi.pratica", telefono=""))
    assert risposta.status_code == 422
    assert "serve un recapito: la mail o il telefono" in _testo(risposta)
    assert registra(urp, categoria="", elenco="servizi.pratica").stato == Stato.RICEVUTA


def test_a_session_that_ended_meanwhile_gives_the_words_back(client: Client, lampioni: Categoria) -> None:
    risposta = client.post(SPORTELLO, dati())
    assert risposta.status_code == 403
    assert TESTO in _testo(risposta)
    assert RINA in _testo(risposta)
    assert f"next={SPORTELLO}" in _testo(risposta)


def test_only_the_urp_files_for_others_also_past_the_door(lampioni: Categoria, elena: User) -> None:
    nuova = actions.NuovaSegnalazione(categoria=lampioni, testo=TESTO, canale="telefono")
    with pytest.raises(PassoNonPossibile):
        actions.invia(nuova, autore=None, operatore=elena)
    assert not Segnalazione.objects.exists()


# --- the receipt ------------------------------------------------------------------------------------------


def _ricevuta(caso: Segnalazione) -> str:
    return reverse("sportello:ricevuta", kwargs={"codice": caso.codice})


def _stampa(urp: Client, caso: Segnalazione, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The receipt, and the path that its code holds."""
    scritti: list[str] = []
    from core import qr

    class Spiato(qr.Qr):
        def __post_init__(self) -> None:
            scritti.append(self.testo)
            super().__post_init__()

    monkeypatch.setattr("segnalazioni.desk.ricevuta.Qr", Spiato)
    pagina = _testo(urp.post(_ricevuta(caso)))
    return pagina, "/" + scritti[-1].split("/", 3)[3]


def test_the_receipt_says_number_term_and_register(
    urp: Client, lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    caso = registra(urp)
    manda([Registrazione.objects.get().pk])
    fatta = _testo(urp.get(reverse("sportello:fatta", kwargs={"codice": caso.codice})))
    assert caso.codice in fatta
    pagina, percorso = _stampa(urp, caso, monkeypatch)
    assert "n. 1/" in pagina
    assert RINA not in pagina + fatta, "names are covered at the desk, and a sheet of paper gets lost"
    assert f"entro {caso.scadenza:%-d}" in re.sub(r"entro \w+ ", "entro ", pagina)
    assert "Va a Illuminazione pubblica" in pagina
    assert 'role="img"' in pagina
    assert percorso.startswith(f"{caso.url()}chiave/")
    assert percorso not in pagina, "who looks over the shoulder reads no key"


def test_the_key_opens_a_private_case_again_and_again(
    urp: Client, lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    categoria("rumore.rumore", "Rumore molesto", pubblica=False)
    caso = registra(urp, categoria="", elenco="rumore.rumore")
    _pagina, percorso = _stampa(urp, caso, monkeypatch)
    segreto = percorso.split("/")[-2]
    assert segreto not in str(ChiaveStampata.objects.values().get()), "only its digest is kept"
    for _volta in range(3):
        rina = Client()
        assert rina.get(caso.url()).status_code == 404
        assert rina.get(percorso).status_code == 200
        assert rina.get(caso.url()).status_code == 404, "looking opens nothing"
        risposta = rina.post(percorso)
        assert risposta.url == caso.url()
        assert rina.get(caso.url()).status_code == 200


def test_with_the_key_who_has_no_mailbox_answers_the_office(
    urp: Client, lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    caso = registra(urp)
    _pagina, percorso = _stampa(urp, caso, monkeypatch)
    porta_a(caso, Stato.ATTESA_CITTADINO)
    rina = Client()
    rina.post(percorso)
    assert rina.post(caso.url("rispondi"), {"testo": "Quello davanti al forno."}).status_code == 302
    caso.refresh_from_db()
    assert caso.stato == Stato.IN_LAVORAZIONE


def test_printed_again_the_former_receipt_opens_nothing(
    urp: Client, lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    caso = registra(urp)
    _pagina, prima = _stampa(urp, caso, monkeypatch)
    urp.get(_ricevuta(caso))
    assert Client().get(prima).status_code == 200, "looking at the receipt revokes nothing"
    _pagina, seconda = _stampa(urp, caso, monkeypatch)
    assert Client().get(prima).status_code == 410
    assert Client().get(seconda).status_code == 200


def test_a_key_that_ran_out_is_like_one_that_never_was(
    urp: Client, lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    caso, altro = registra(urp), registra(urp)
    _pagina, percorso = _stampa(urp, caso, monkeypatch)
    inventata = f"{caso.url()}chiave/AAAAAAAAAAAAAAAAAAAAAA/"
    di_un_altro = percorso.replace(caso.codice, altro.codice)
    senza_segni = [
        re.sub(r'value="\w{64}"|LU-\w{4}-\w{4}', "", _testo(Client().get(p))) for p in (inventata, di_un_altro)
    ]
    with fermo_a(adesso() + DURATA + timedelta(seconds=1)):
        scaduta = Client().get(percorso)
        assert scaduta.status_code == 410
        assert Client().post(percorso).status_code == 410
        assert re.sub(r'value="\w{64}"|LU-\w{4}-\w{4}', "", _testo(scaduta)) == senza_segni[0] == senza_segni[1]


@pytest.mark.parametrize("email", [True, False])
def test_a_key_is_printed_only_for_who_has_no_other_way(
    urp: Client, lampioni: Categoria, buca: Segnalazione, carla: User, email: bool
) -> None:
    con_mail = registra(urp, email="rina@example.org", telefono="")
    caso = con_mail if email else buca
    with pytest.raises(DomainError, match="ha già un modo suo"):
        stampa_chiave(caso, operatore=carla)
    urp.post(_ricevuta(caso))
    assert not ChiaveStampata.objects.exists()


def test_a_report_from_the_site_has_no_receipt_here(urp: Client, buca: Segnalazione) -> None:
    for porta in ("fatta", "ricevuta"):
        assert urp.get(reverse(f"sportello:{porta}", kwargs={"codice": buca.codice})).status_code == 404


def test_the_receipt_is_kept_by_no_cache(urp: Client, lampioni: Categoria) -> None:
    assert urp.post(_ricevuta(registra(urp)))["Cache-Control"] == "private, no-store"


# --- who, and how much ------------------------------------------------------------------------------------

PORTE = ["nuova", "suggerimenti", "fatta", "ricevuta"]


def _bussa(client: Client, porta: str, caso: Segnalazione) -> Any:
    if porta == "nuova":
        return client.post(SPORTELLO, dati())
    if porta == "suggerimenti":
        return client.post(reverse("sportello:suggerimenti"), {"testo": TESTO})
    url = reverse(f"sportello:{porta}", kwargs={"codice": caso.codice})
    return client.post(url) if porta == "ricevuta" else client.get(url)


@pytest.fixture
def di_rina(lampioni: Categoria, carla: User) -> Segnalazione:
    """A report that Carla filed for Rina."""
    nuova = actions.NuovaSegnalazione(categoria=lampioni, testo=TESTO, canale="telefono", per_conto_di=RINA)
    return actions.invia(nuova, autore=None, operatore=carla)


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("chi", ["anna", "elena", "dario", "fabio"])
def test_the_counter_is_the_urps(
    request: Any, client: Client, di_rina: Segnalazione, luce: Ufficio, porta: str, chi: str
) -> None:
    client.force_login(request.getfixturevalue(chi))
    assert _bussa(client, porta, di_rina).status_code == 403
    assert Segnalazione.objects.count() == 1
    assert not ChiaveStampata.objects.exists()


@pytest.mark.parametrize("porta", PORTE)
def test_the_urp_comes_in(urp: Client, di_rina: Segnalazione, porta: str) -> None:
    assert _bussa(urp, porta, di_rina).status_code == (302 if porta == "nuova" else 200)


@pytest.mark.parametrize("porta", ["fatta", "ricevuta"])
def test_a_stranger_is_led_to_the_login(client: Client, di_rina: Segnalazione, porta: str) -> None:
    assert _bussa(client, porta, di_rina)["Location"].startswith(reverse("account_login"))


def test_a_form_from_another_site_files_nothing(carla: User, lampioni: Categoria) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(carla)
    assert client.post(SPORTELLO, dati()).status_code == 403
    assert not Segnalazione.objects.exists()


def test_the_page_costs_ten_queries_and_filing_thirty(
    urp: Client, vicina: Segnalazione, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        urp.get(SPORTELLO)
    scritto = _al_fosso(vista=vicina.codice)
    with django_assert_max_num_queries(30):
        assert urp.post(SPORTELLO, scritto).status_code == 302
