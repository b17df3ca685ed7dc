"""Steps taken at the desk: what is missing, wrong, late or too much never loses a word of what was typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from comune.models import Ufficio
from core.tempo import oggi
from segnalazioni import actions
from segnalazioni.desk import passi
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import fai, porta_a, segnala
from tests.immagini import foto, foto_con_segreti
from tests.segnalazioni.scrivania import dati_di, url_passo

PAROLE = "Passiamo venerdì, in mattinata, con il cestello."


@pytest.fixture
def presa(buca: Segnalazione, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report, being worked on at the office of the roads."""
    return porta_a(buca, "in_lavorazione")


def rileggi(caso: Segnalazione) -> Segnalazione:
    """As it is in the database."""
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


def test_elena_plans_the_work(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    venerdi = oggi() + timedelta(days=4)
    dati = {"versione": presa.versione, "giorno": venerdi, "testo": PAROLE, "nota": "Chiamare la ditta."}
    risposta = client.post(url_passo(presa, "programma"), dati, follow=True)
    assert risposta.redirect_chain == [(presa.url_scrivania(), 302)]
    assert "Fatto. La segnalazione ora è: programmata." in risposta.content.decode()
    caso = rileggi(presa)
    assert (caso.stato, caso.prevista_il) == ("programmata", venerdi)
    ultimo = caso.passaggi.latest("numero")
    assert (ultimo.autore, ultimo.parole.testo, ultimo.parole.nota) == (elena, PAROLE, "Chiamare la ditta.")


def test_the_way_back_to_the_list_survives_the_step(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    modulo = client.get(presa.url_scrivania(), {"elenco": "aperte", "q": "buca", "passo": "programma"})
    azione = modulo.context["passo_url"]
    risposta = client.post(azione, dati_di(presa))
    assert risposta["Location"] == f"{presa.url_scrivania()}?elenco=aperte&q=buca"


def test_after_a_step_the_next_case_of_the_list_is_one_key_away(
    client: Client, buche: Categoria, carla: User, strade: Ufficio
) -> None:
    prima, dopo = segnala(buche), segnala(buche)
    client.force_login(carla)
    url = f"{url_passo(prima, 'assegna')}?elenco=da-assegnare"
    pagina = client.post(url, dati_di(prima, ufficio="strade"), follow=True).content.decode()
    assert f'<a href="{dopo.url_scrivania()}?elenco=da-assegnare" rel="next">Vai alla successiva</a>' in pagina


def test_a_case_passed_to_another_office_leads_back_to_the_queue(
    client: Client, presa: Segnalazione, elena: User, luce: Ufficio
) -> None:
    client.force_login(elena)
    risposta = client.post(url_passo(presa, "passa"), dati_di(presa, ufficio="luce"))
    assert risposta["Location"] == "/scrivania/segnalazioni/"
    assert rileggi(presa).ufficio == luce


def test_photos_of_the_finished_work_are_cleaned_and_shown(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    file = [SimpleUploadedFile(f"dopo{n}.jpg", foto_con_segreti("JPEG")) for n in range(2)]
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, foto=file), follow=True)
    assert risposta.status_code == 200
    fatte = rileggi(presa).passaggi.latest("numero").foto.all()
    assert len(fatte) == 2
    with fatte[0].file.open() as file_pulito:
        assert b"segreto" not in file_pulito.read()
    assert risposta.content.decode().count("Foto di questo passo") == 2


# --- wrong data: 422, all words kept ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passo", "guasto", "errore"),
    [
        ("programma", {"giorno": ""}, "Giorno"),
        ("programma", {"giorno": "2026-02-31"}, "Inserisci una data valida"),
        ("programma", {"giorno": "2020-01-07"}, "È già passato"),
        ("programma", {"giorno": "2199-01-01"}, "entro due anni"),
        ("risolvi", {"testo": ""}, "Risposta a chi ha segnalato"),
        ("risolvi", {"testo": "   "}, "Risposta a chi ha segnalato"),
        ("inoltra", {"prova": ""}, "Prova dell’inoltro"),
        ("inoltra", {"ente": "x" * 201}, "Ente"),
        ("passa", {"ufficio": "marte"}, "Questo ufficio non c’è"),
        ("passa", {"ufficio": "strade"}, "Questo ufficio non c’è"),
        ("passa", {"ufficio": "luce", "nota": ""}, "Motivo per i colleghi"),
        ("unisci", {"originale": "LU-1234"}, "Non è un numero di segnalazione"),
        ("unisci", {"originale": "LU-0000-0000"}, "Nessuna segnalazione con questo numero"),
    ],
)
def test_missing_or_wrong_data_are_said_and_nothing_typed_is_lost(
    client: Client, presa: Segnalazione, elena: User, luce: Ufficio, passo: str, guasto: dict[str, str], errore: str
) -> None:
    client.force_login(elena)
    scritto = {"testo": PAROLE, "nota": "Sentire il vicino.", **guasto}
    risposta = client.post(url_passo(presa, passo), dati_di(presa, **scritto))
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "<title>Errore:" in " ".join(pagina.split()).replace("<title> ", "<title>")
    assert errore in pagina
    assert 'aria-invalid="true"' in pagina
    campi = risposta.context["form"].fields
    for nome in ("testo", "nota"):
        assert nome not in campi or scritto[nome] in pagina
    assert rileggi(presa).versione == presa.versione


def test_a_closed_office_takes_nothing(client: Client, presa: Segnalazione, elena: User, luce: Ufficio) -> None:
    luce.attivo = False
    luce.save()
    client.force_login(elena)
    assert "Illuminazione" not in str(client.get(presa.url_scrivania(), {"passo": "passa"}).context["form"]["ufficio"])
    risposta = client.post(url_passo(presa, "passa"), dati_di(presa, ufficio="luce"))
    assert risposta.status_code == 422
    assert "non è più attivo" in risposta.content.decode()


@pytest.mark.parametrize("campo", ["testo", "nota"])
def test_too_many_words_are_kept_and_refused(client: Client, presa: Segnalazione, elena: User, campo: str) -> None:
    client.force_login(elena)
    lungo = "parola " * 1000
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, **{campo: lungo}))
    assert risposta.status_code == 422
    assert lungo.strip() in risposta.content.decode()


def test_a_text_of_twenty_megabytes_is_refused_whole(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, testo="x" * 20_000_000))
    assert risposta.status_code in (400, 413)
    assert rileggi(presa).stato == "in_lavorazione"


@pytest.mark.parametrize(
    ("nome", "byte"), [("verbale.pdf", b"%PDF-1.7 finto"), ("foto.jpg", b"\xff\xd8\xff niente"), ("vuota.png", b"")]
)
def test_a_file_that_is_no_photo_is_refused_by_name(
    client: Client, presa: Segnalazione, elena: User, nome: str, byte: bytes
) -> None:
    client.force_login(elena)
    buona = SimpleUploadedFile("buona.jpg", foto())
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, foto=[buona, SimpleUploadedFile(nome, byte)]))
    assert risposta.status_code == 422
    assert nome in risposta.content.decode()
    assert "Siamo passati a vedere." in risposta.content.decode()
    assert rileggi(presa).stato == "in_lavorazione"


def test_six_photos_are_too_many(client: Client, presa: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    sei = [SimpleUploadedFile(f"{n}.jpg", foto(larghezza=8, altezza=8)) for n in range(6)]
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, foto=sei))
    assert risposta.status_code == 422
    assert "Al massimo 5 foto" in risposta.content.decode()


# --- joining ------------------------------------------------------------------------------------------------


def test_a_case_is_joined_by_number_however_it_is_written(client: Client, presa: Segnalazione, elena: User) -> None:
    madre = porta_a(segnala(presa.categoria), "in_lavorazione")
    client.force_login(elena)
    dati = dati_di(presa, originale=f" {madre.codice.lower()[3:]} ")
    assert client.post(url_passo(presa, "unisci"), dati).status_code == 302
    assert rileggi(presa).originale == madre


def test_a_case_is_not_joined_to_itself_to_a_closed_one_or_to_a_private_one_of_others(
    client: Client, presa: Segnalazione, buche: Categoria, elena: User
) -> None:
    chiusa = porta_a(segnala(buche), "risolta")
    buche.pubblica = False
    buche.save()
    privata = segnala(buche)
    client.force_login(elena)
    for altra, errore in (
        (presa, "È il numero di questa stessa segnalazione"),
        (chiusa, "Non è più aperta"),
        (privata, "Nessuna segnalazione con questo numero"),
    ):
        risposta = client.post(url_passo(presa, "unisci"), dati_di(presa, originale=altra.codice))
        assert risposta.status_code == 422
        assert errore in risposta.content.decode()


# --- somebody was faster: 409, who did what, all words kept --------------------------------------------------


def test_two_colleagues_take_the_same_case_and_the_second_reads_who_was_first(
    client: Client, buca: Segnalazione, elena: User, dario: User
) -> None:
    caso = porta_a(buca, "assegnata")
    vista = dati_di(caso, testo="La prendo io.", nota="Da fare subito.")
    client.force_login(elena)
    assert client.post(url_passo(caso, "prendi_in_carico"), vista).status_code == 302
    client.force_login(dario)
    risposta = client.post(url_passo(caso, "prendi_in_carico"), vista)
    pagina = risposta.content.decode()
    assert risposta.status_code == 409
    assert "Elena Esposito, Strade e viabilità: <strong>Presa in lavorazione</strong>" in pagina
    assert "La prendo io." in pagina
    assert "Da fare subito." in pagina
    assert rileggi(caso).versione == caso.versione + 1


def test_a_form_sent_twice_is_one_step(client: Client, presa: Segnalazione, elena: User) -> None:
    """Also where the table would let the step pass again: a day that is moved twice."""
    programmata = fai(presa, "programma")
    client.force_login(elena)
    dati = dati_di(programmata, testo="Piove: si sposta.")
    assert client.post(url_passo(presa, "riprogramma"), dati).status_code == 302
    seconda = client.post(url_passo(presa, "riprogramma"), dati)
    assert seconda.status_code == 409
    assert rileggi(presa).versione == programmata.versione + 1


def test_a_step_between_the_reading_and_the_lock_is_noticed(
    client: Client, presa: Segnalazione, elena: User, dario: User, monkeypatch: Any
) -> None:
    """Both move the day, which the table lets anybody do again: the version, read under the lock, does not."""
    programmata = fai(presa, "programma")
    vero = passi.modulo

    def mentre_dario_sposta(*cose: Any, **altre: Any) -> Any:
        if not rileggi(presa).versione > programmata.versione:
            actions.riprogramma(programmata, operatore=dario, giorno=oggi() + timedelta(days=5), testo="La ditta no.")
        return vero(*cose, **altre)

    monkeypatch.setattr(passi, "modulo", mentre_dario_sposta)
    client.force_login(elena)
    risposta = client.post(url_passo(presa, "riprogramma"), dati_di(programmata, testo="Piove."))
    assert risposta.status_code == 409
    assert "Dario Dini" in risposta.content.decode()
    assert rileggi(presa).prevista_il == oggi() + timedelta(days=5)


def test_after_a_conflict_the_form_can_be_sent_again_if_it_still_makes_sense(
    client: Client, presa: Segnalazione, elena: User, dario: User
) -> None:
    programmata = fai(presa, "programma")
    dati = dati_di(programmata, testo="Piove: si sposta.")
    actions.riprogramma(programmata, operatore=dario, giorno=oggi() + timedelta(days=5), testo="La ditta non viene.")
    client.force_login(elena)
    conflitto = client.post(url_passo(presa, "riprogramma"), dati)
    assert conflitto.status_code == 409
    modulo = conflitto.context["form"]
    assert modulo["testo"].value() == "Piove: si sposta."
    di_nuovo = client.post(url_passo(presa, "riprogramma"), {**dati, "versione": modulo["versione"].value()})
    assert di_nuovo.status_code == 302
    assert rileggi(presa).prevista_il == date.fromisoformat(dati["giorno"])


def test_a_case_that_left_the_office_gives_the_words_back(
    client: Client, presa: Segnalazione, elena: User, dario: User, luce: Ufficio
) -> None:
    dati = dati_di(presa, testo="Parole da non perdere.")
    actions.passa(presa, operatore=dario, ufficio=luce, nota="È un palo.")
    client.force_login(elena)
    risposta = client.post(url_passo(presa, "risolvi"), dati)
    assert risposta.status_code == 409
    assert "Parole da non perdere." in risposta.content.decode()
    assert client.get(presa.url_scrivania()).status_code == 404


@pytest.mark.parametrize("versione", ["", "-1", "boh", "99999", "9" * 50, "²"])
def test_a_version_that_was_never_read_takes_no_step(
    client: Client, presa: Segnalazione, elena: User, versione: str
) -> None:
    client.force_login(elena)
    risposta = client.post(url_passo(presa, "risolvi"), dati_di(presa, versione=versione))
    assert risposta.status_code == 409
    assert "Siamo passati a vedere." in risposta.content.decode()
    assert rileggi(presa).versione == presa.versione


def test_a_rule_that_refuses_keeps_the_words(
    client: Client, presa: Segnalazione, elena: User, monkeypatch: Any
) -> None:
    """The other case is closed between the check of the form and the lock."""
    madre = porta_a(segnala(presa.categoria), "in_lavorazione")
    client.force_login(elena)
    vera = actions.VERBI["unisci"]

    def dopo_che_si_chiude(caso: Segnalazione, **dati: Any) -> Segnalazione:
        fai(madre, "risolvi")
        return vera(caso, **{**dati, "originale": rileggi(madre)})

    monkeypatch.setitem(actions.VERBI, "unisci", dopo_che_si_chiude)
    risposta = client.post(url_passo(presa, "unisci"), dati_di(presa, originale=madre.codice))
    assert risposta.status_code == 409
    assert "Si unisce solo a un’altra segnalazione ancora aperta" in risposta.content.decode()
    assert "Siamo passati a vedere." in risposta.content.decode()
    assert rileggi(presa).stato == "in_lavorazione"
