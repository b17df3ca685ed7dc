"""Every page of allauth that can be reached is drawn by us, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth import urls as allauth_urls
from django.conf import settings as impostazioni
from django.core import mail
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from tests.aiuti import PASSWORD, persona

NOSTRI = Path(impostazioni.BASE_DIR, "templates")
ALLAUTH = Path(allauth_urls.__file__).parent / "templates"
# Ways of logging in that are off: by code, telephone, passkey, a trusted browser; sign-up that is closed.
SPENTI = re.compile(r"code|phone|passkey|webauthn|trust|signup_closed|verified_email_required|warn_no|already_logged")


def accesi(nomi: Iterable[str]) -> list[str]:
    """Those of the ways that are on."""
    return [nome for nome in nomi if not SPENTI.search(nome.replace("recovery_codes", ""))]


def viste(voci: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for voce in voci:
        if isinstance(voce, URLResolver):
            yield from viste(voce.url_patterns)
        else:
            yield voce


def test_every_page_of_allauth_that_is_on_is_drawn_by_us() -> None:
    nomi = set()
    for voce in viste(allauth_urls.urlpatterns):
        vista = getattr(voce.callback, "view_class", None)
        if vista and getattr(vista, "template_name", None):
            nomi.add(vista.template_name)
    pagine = accesi(nome for nome in nomi if nome.endswith(".html"))
    assert "account/login.html" in pagine
    assert len(pagine) >= 18
    for nome in pagine:
        modello: Any = get_template(nome)
        assert Path(modello.origin.name).is_relative_to(NOSTRI), f"{nome} is still allauth's"


@pytest.mark.parametrize("cartella", ["account/email", "account/messages", "mfa/email", "mfa/messages"])
def test_every_mail_and_message_of_allauth_that_is_on_is_in_our_words(cartella: str) -> None:
    loro = accesi(file.name for file in (ALLAUTH / cartella).iterdir())
    dovuti = [nome for nome in loro if not nome.startswith("base_")]
    assert dovuti
    for nome in dovuti:
        assert (NOSTRI / cartella / nome).exists(), nome
        if nome.endswith("_message.txt"):
            assert (NOSTRI / cartella / nome).with_suffix(".html").exists(), f"{nome} has no HTML"


@pytest.mark.parametrize("nome", ["account_login", "account_signup", "account_reset_password"])
def test_a_stranger_sees_the_pages_of_who_comes_in(client: Client, db: None, nome: str) -> None:
    pagina = client.get(reverse(nome)).content.decode()
    assert "placeholder" not in pagina
    assert pagina.count("<h1") == 1
    assert re.search(r'autocomplete="(username|email)"', pagina)


def test_fields_say_what_they_are_to_the_browser(client: Client, db: None) -> None:
    crea = client.get(reverse("account_signup")).content.decode()
    for segno in ('autocomplete="email"', 'autocomplete="name"', 'autocomplete="new-password"', "(facoltativo)"):
        assert segno in crea
    assert 'autocomplete="current-password"' in client.get(reverse("account_login")).content.decode()


def test_mails_of_the_account_are_of_the_house(client: Client, db: None) -> None:
    persona("Anna")
    client.post(reverse("account_reset_password"), {"email": "anna@example.org"})
    [lettera] = mail.outbox
    assert isinstance(lettera, mail.EmailMultiAlternatives)
    assert lettera.extra_headers["Auto-Submitted"] == "auto-generated"
    html = str(lettera.alternatives[0][0])
    assert '<html lang="it">' in html
    assert "#0b3325" in html
    assert "Comune di Lucca · Partecipa" in str(lettera.body)
    assert "127.0.0.1" not in str(lettera.body).replace(impostazioni.SITO_URL, ""), "no address of who asked"


def test_own_pages_are_not_for_strangers(client: Client, db: None) -> None:
    for nome in ("account_email", "account_change_password", "mfa_index", "mfa_activate_totp"):
        assert client.get(reverse(nome))["Location"].startswith(reverse("account_login"))


def test_each_own_page_shows_where_one_is(client: Client, db: None) -> None:
    anna = persona("Anna")
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for nome in ("account_email", "account_change_password", "mfa_index", "mfa_activate_totp"):
        pagina = client.get(reverse(nome)).content.decode()
        assert 'data-element="breadcrumb"' in pagina
        assert "Area personale</a>" in pagina
