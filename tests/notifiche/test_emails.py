"""What a mail looks like: for every kind of notice, with all its words and with the fewest."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.core import checks
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import get_language, override
from pytest_django import Settings

from notifiche import emails
from notifiche.checks import template_di_ogni_tipo
from notifiche.emails import componi, oggetto
from notifiche.models import Notifica
from notifiche.tipi import TIPI, Tipo
from tests.factories.notifiche import PERCORSO, dati

PAGINA = f"https://partecipa.example{PERCORSO}"
MENO = {"testo": "", "ufficio": "", "entro": "", "prossimo": "", "stato": "in_lavorazione"}


def lettera(tipo: str = "segnalazione_aggiornata", **altro: str) -> EmailMultiAlternatives:
    """A mail about the lamp of via del Fosso."""
    parole = dati(stato_parola="In lavorazione", scade="Giovedì 26 Novembre, ore 18:52") | altro
    return componi(Notifica(tipo=tipo, dati=parole, percorso=PERCORSO), a="anna@example.org", collegamento=PAGINA)


def html_di(mail: EmailMultiAlternatives) -> str:
    return str(mail.alternatives[0][0])


@pytest.mark.parametrize("tipo", [tipo for tipo in TIPI if tipo.startswith("segnalazione_")])
@pytest.mark.parametrize("altro", [{}, MENO], ids=["all its words", "the fewest"])
def test_every_kind_says_the_number_and_has_one_link(tipo: str, altro: dict[str, str]) -> None:
    mail = lettera(tipo, **altro)
    assert mail.subject.startswith("LU-7K3F-92QD: ")
    assert "\n" not in mail.subject
    html = html_di(mail)
    assert '<html lang="it">' in html
    assert re.findall(r'href="([^"]*)"', html) == [PAGINA]
    assert "<img" not in html
    for testo in (str(mail.body), html):
        assert testo.count(PAGINA) == 1
        assert "LU-7K3F-92QD" in testo
        assert "Lampione spento in via del Fosso" in testo
    assert "\n\n\n" not in str(mail.body)


@pytest.mark.parametrize(
    ("stato", "detto"),
    [
        ("programmata", "intervento previsto giovedì 27 novembre 2026"),
        ("assegnata", "assegnata a Illuminazione pubblica"),
        ("in_lavorazione", "in lavorazione"),
    ],
)
def test_the_subject_says_what_happened(stato: str, detto: str) -> None:
    assert lettera(stato=stato).subject == f"LU-7K3F-92QD: {detto}"


def test_the_days_have_their_weekday_in_small_letters() -> None:
    corpo = str(lettera().body)
    assert "Termine per la risposta: lunedì 14 dicembre 2026" in corpo


def test_a_title_with_line_ends_cannot_add_a_header() -> None:
    mail = lettera(stato="x", stato_parola="risolta\r\nBcc: tutti@example.org")
    assert mail.subject == "LU-7K3F-92QD: risolta bcc: tutti@example.org"
    intera = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert intera["Bcc"] is None


def test_a_very_long_subject_is_cut() -> None:
    assert len(oggetto("segnalazione_aggiornata", dati(stato="assegnata", ufficio="Ufficio " * 60))) <= 150


def test_the_words_of_people_are_escaped_in_html_and_plain_in_text() -> None:
    mail = lettera(titolo="<b>Buca</b> & fango", testo="Vedi <script>alert(1)</script>\nper l'incrocio")
    html = html_di(mail)
    assert "<script>" not in html
    assert "&lt;b&gt;Buca&lt;/b&gt; &amp; fango" in html
    assert "<b>Buca</b> & fango" in str(mail.body)
    assert "per l'incrocio" in str(mail.body)


def test_who_follows_can_stop_and_who_reported_is_told_by_right() -> None:
    segue = lettera("segnalazione_seguita_aggiornata")
    assert segue.extra_headers["List-Unsubscribe"] == f"<{PAGINA}>"
    assert "«Non seguire più»" in str(segue.body)
    for tipo in {tipo.nome for tipo in TIPI.values() if tipo.dovuto}:
        assert "List-Unsubscribe" not in lettera(tipo).extra_headers


def test_a_mailing_list_is_left_with_one_press() -> None:
    liste = {tipo.nome for tipo in TIPI.values() if tipo.lista and not tipo.dovuto}
    assert liste == {"notizia_uscita", "notizie_riassunto"}
    for tipo in liste:
        mail = lettera(tipo)
        ferma = mail.extra_headers["List-Unsubscribe"].strip("<>")
        assert ferma.startswith("http://127.0.0.1:8000/novita/newsletter/chiave/")
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert ferma in str(mail.body)
        assert ferma in html_di(mail)


def test_mails_are_in_italian_whatever_the_page_was_read_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emails, "render_to_string", lambda nome, dati: f"{nome} {get_language()}")
    with override("en"):
        mail = lettera()
    assert mail.subject == "email/segnalazione_aggiornata.subject.txt it"
    assert mail.body == "email/segnalazione_aggiornata.txt it\n"
    assert html_di(mail) == "email/segnalazione_aggiornata.html it"


def test_every_kind_has_its_templates() -> None:
    registrati: list[object] = list(checks.registry.registry.get_checks())
    assert template_di_ogni_tipo in registrati
    assert template_di_ogni_tipo() == []


def test_a_kind_without_templates_does_not_pass_the_checks(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setitem(TIPI, "segnalazione_smarrita", Tipo("segnalazione_smarrita"))
    assert [errore.id for errore in template_di_ogni_tipo()] == ["notifiche.E001"] * 3
