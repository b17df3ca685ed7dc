"""Asking for the news, confirming, changing, stopping; and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import LinkMagico, User
from core.errors import DomainError
from core.tempo import adesso, fermo_a
from home.models import RubricaPage
from notifiche.models import Notifica
from notiziario import actions
from notiziario.models import Abbonamento, Numero, StatoAbbonamento
from notiziario.views import segno_di
from riservatezza.actions import cancella_dati
from riservatezza.persone import Persona
from tests.factories.novita import esce
from tests.notiziario.conftest import dopo, indirizzo, iscritta, ricevute, scelte

pytestmark = pytest.mark.django_db(transaction=True)
PAGINA = "/novita/newsletter/"
ANNA = "anna.guerri@example.net"


def chiede(client: Client, email: str = ANNA, **altro: object):
    return client.post(PAGINA, {"email": email, "cadenza": "subito", **altro})


def test_a_mailbox_asks_confirms_and_gets_the_news(client: Client) -> None:
    risposta = chiede(client, argomenti=["mobilita", "ambiente"], rubriche=["notizie"])
    assert "Guarda nella posta" in risposta.content.decode()
    abbonamento = Abbonamento.objects.get()
    assert abbonamento.stato == StatoAbbonamento.DA_CONFERMARE
    chiave = indirizzo(mail.outbox[0])
    assert "Conferma l’iscrizione" in client.get(chiave).content.decode()
    abbonamento.refresh_from_db()
    assert not abbonamento.attivo, "looking confirms nothing"
    mia = client.post(chiave)
    assert mia.status_code == 302
    assert Abbonamento.objects.attivi().count() == 1
    testo = client.get(mia["Location"]).content.decode()
    assert testo.count(" checked") == 4, "two topics, one kind, one frequency"
    assert ANNA not in testo
    esce("Otto lampade", argomenti=("mobilita",))
    dopo()
    assert ricevute(ANNA) == ["Notizia: Otto lampade"]


def test_who_has_not_confirmed_gets_nothing() -> None:
    actions.chiedi(ANNA, scelte())
    esce("Otto lampade")
    assert dopo() == 0


def test_the_page_answers_alike_whether_the_address_was_there(client: Client) -> None:
    iscritta("dentro@example.net", "bilancio")
    prima = chiede(client, "dentro@example.net", argomenti=["mobilita"]).content.decode()
    dopo_ = chiede(client, "fuori@example.net", argomenti=["mobilita"]).content.decode()
    assert prima.replace("dentro@", "fuori@") == dopo_
    # A stranger changes nothing of theirs; they get a link to their own choices.
    assert [s.argomento.slug for s in Abbonamento.objects.attivi().get().seguiti.all() if s.argomento] == ["bilancio"]
    lettera = next(m for m in mail.outbox[1:] if m.to == ["dentro@example.net"])
    assert client.get(indirizzo(lettera)).status_code == 200


@pytest.mark.parametrize(
    ("dati", "detto"),
    [
        ({"email": "", "cadenza": "subito"}, "Scrivi il tuo indirizzo"),
        ({"email": "anna@", "cadenza": "subito"}, "Controlla l’indirizzo"),
        ({"email": ANNA, "cadenza": "mai"}, "Ogni quanto"),
        ({"email": ANNA, "cadenza": "subito", "argomenti": ["inventato"]}, "Di che cosa"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(client: Client, dati: dict[str, object], detto: str) -> None:
    risposta = client.post(PAGINA, dati)
    assert risposta.status_code == 422
    assert detto in risposta.content.decode()
    assert not mail.outbox


def test_nobody_fills_a_mailbox_through_us(client: Client) -> None:
    for _volta in range(5):
        actions.chiedi(ANNA, scelte())
    assert len(mail.outbox) == 3
    for n in range(5):
        chiede(client, f"persona{n}@example.net")
    assert chiede(client).status_code == 429


def test_a_link_is_good_once_for_three_days_and_never_invented(client: Client) -> None:
    chiede(client)
    chiave = indirizzo(mail.outbox[0])
    assert client.get(chiave[:-5] + "AAAA/").status_code == 410
    with fermo_a(adesso() + timedelta(hours=73)):
        assert actions.butta_le_vecchie() == 1
        assert client.post(chiave).status_code == 410
    assert not Abbonamento.objects.exists()


def test_pressed_twice_it_is_confirmed_once(client: Client) -> None:
    chiede(client)
    chiave = indirizzo(mail.outbox[0])
    assert [client.post(chiave).status_code for _volta in range(3)] == [302, 302, 410]
    assert Abbonamento.objects.attivi().count() == 1


def test_the_secret_is_in_the_mail_only(client: Client) -> None:
    chiede(client)
    segreto = indirizzo(mail.outbox[0]).split("/")[-2]
    assert segreto not in str(list(LinkMagico.objects.values()) + list(Notifica.objects.values()))
    suo = iscritta("altra@example.net")
    assert segno_di(suo).split(".")[1] not in str(list(Notifica.objects.values()) + list(Abbonamento.objects.values()))


# --- an account -------------------------------------------------------------------------------------------


def test_an_account_needs_no_mail_and_its_new_address_is_followed(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert 'name="email"' not in client.get(PAGINA).content.decode()
    assert client.post(PAGINA, {"cadenza": "subito", "argomenti": ["mobilita"]}).status_code == 302
    assert not mail.outbox
    User.objects.filter(pk=anna.pk).update(email="anna.nuova@example.org")
    esce("Otto lampade", argomenti=("mobilita",))
    dopo()
    assert ricevute("anna.nuova@example.org") == ["Notizia: Otto lampade"]
    client.post(PAGINA, {"che": "ferma"})
    assert not Abbonamento.objects.attivi().exists()


def test_a_mailbox_and_its_account_are_one_subscriber(client: Client, anna: User) -> None:
    iscritta(anna.email, "bilancio")
    assert Abbonamento.objects.get().utente == anna
    client.force_login(anna)
    client.post(PAGINA, {"cadenza": "subito"})
    assert Abbonamento.objects.count() == 1
    esce("Otto lampade")
    assert dopo() == 1


def test_the_personal_area_leads_there(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert f'href="{PAGINA}"' in client.get("/area-personale/").content.decode()


# --- stopping ---------------------------------------------------------------------------------------------


def test_a_mail_program_stops_it_with_one_press_and_no_token() -> None:
    suo = iscritta(ANNA)
    esce("Otto lampade")
    dopo()
    ferma = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    programma = Client(enforce_csrf_checks=True)
    assert programma.get(ferma).status_code == 200
    suo.refresh_from_db()
    assert suo.attivo, "looking stops nothing: scanners look"
    assert programma.post(ferma, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert programma.post(ferma, {"List-Unsubscribe": "One-Click"}).status_code == 200
    suo.refresh_from_db()
    assert suo.cessato
    esce("Un’altra")
    assert dopo() == 0


def test_what_was_about_to_leave_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    suo = iscritta(ANNA)
    esce("Otto lampade")
    monkeypatch.setattr("notifiche.actions._affida", lambda pks: None)
    assert dopo() == 1
    actions.ferma(suo)
    assert not Notifica.objects.filter(tipo="notizia_uscita").exists()


def test_by_mistake_one_goes_on_and_after_thirty_days_the_address_is_gone(client: Client) -> None:
    suo = iscritta(ANNA)
    mia = reverse("notiziario:gestisci", args=[segno_di(suo)])
    client.post(f"{mia}ferma/")
    assert "scrivetemi ancora" in client.get(mia).content.decode()
    assert client.post(mia, {"cadenza": "settimana"}).status_code == 409
    client.post(mia, {"che": "riprendi"})
    suo.refresh_from_db()
    assert suo.attivo
    client.post(f"{mia}ferma/")
    with fermo_a(adesso() + timedelta(days=31)):
        assert actions.butta_le_vecchie() == 1
    assert client.get(mia).status_code == 404


def test_an_invented_name_is_nobodys(client: Client) -> None:
    suo = iscritta(ANNA)
    buono = segno_di(suo)
    for segno in (suo.uid.hex, f"{suo.uid.hex}.AAAA", buono[:-1], "x"):
        assert client.get(reverse("notiziario:gestisci", args=[segno])).status_code == 404
        assert client.post(reverse("notiziario:ferma", args=[segno])).status_code == 404
    assert Client(enforce_csrf_checks=True).post(reverse("notiziario:gestisci", args=[buono])).status_code == 403


def test_choices_are_changed_and_a_new_frequency_begins_now(client: Client) -> None:
    suo = iscritta(ANNA, "mobilita")
    mia = reverse("notiziario:gestisci", args=[segno_di(suo)])
    esce("Otto lampade", argomenti=("mobilita",))
    client.post(mia, {"cadenza": "settimana", "argomenti": ["bilancio"]})
    assert dopo() == 0, "told from the next news on, in the summary"
    assert client.post(mia, {"cadenza": "x"}).status_code == 422


def test_who_never_confirmed_cannot_take_it_up_again() -> None:
    actions.chiedi(ANNA, scelte())
    with pytest.raises(DomainError):
        actions.riprendi(Abbonamento.objects.get())


# --- the house --------------------------------------------------------------------------------------------


def test_erasing_takes_the_subscription_with_it(anna: User) -> None:
    actions.iscrivi(anna, scelte("mobilita"))
    cancella_dati(Persona(anna))
    iscritta(ANNA, "mobilita")
    cancella_dati(Persona(email=ANNA))
    assert not Abbonamento.objects.exists()


def test_who_only_gets_the_news_may_ask_for_their_data_too(client: Client) -> None:
    client.post("/i-tuoi-dati/", {"email": ANNA})
    assert not mail.outbox
    iscritta(ANNA)
    client.post("/i-tuoi-dati/", {"email": ANNA})
    assert mail.outbox[-1].subject == "Il collegamento ai tuoi dati"


def test_no_kind_of_news_takes_the_address_of_the_page() -> None:
    rubrica = RubricaPage.objects.get(slug="avvisi")
    rubrica.slug = "newsletter"
    with pytest.raises(ValidationError, match="indirizzo"):
        rubrica.full_clean()


def test_editors_read_numbers_and_no_address(client: Client, carla: User) -> None:
    iscritta(ANNA, "mobilita")
    iscritta("bruno@example.net")
    esce("Otto lampade", argomenti=("mobilita",))
    dopo()
    assert client.get("/cms/novita-per-email/").status_code == 302
    client.force_login(carla)
    assert client.get("/cms/novita-per-email/").status_code in (302, 403), "no editor"
    User.objects.filter(pk=carla.pk).update(is_superuser=True)
    testo = client.get("/cms/novita-per-email/").content.decode()
    assert "<td>Mobilità</td><td>1</td>" in testo
    assert "<td>Tutti gli argomenti</td><td>1</td>" in testo
    assert "Otto lampade" in testo
    assert ANNA not in testo
    assert Numero.objects.get().destinatari == 2


@pytest.mark.parametrize("pagina", ["/novita/", "/novita/notizie/", "/argomenti/mobilita/"])
def test_pages_of_the_news_lead_to_it(client: Client, pagina: str) -> None:
    testo = client.get(pagina).content.decode()
    assert "Ricevi le notizie per e-mail" in testo
    assert f'href="{PAGINA}' in testo


def test_a_topic_is_chosen_already_where_one_comes_from_it(client: Client) -> None:
    testo = client.get(f"{PAGINA}?argomento=mobilita&argomento=inventato").content.decode()
    assert testo.count(" checked") == 2, "the topic and the frequency"
