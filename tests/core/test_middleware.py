"""What stands around every request: its number, its limits, its policy; what becomes of a refusal and of a failure."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from core.logs import RequestIdFilter
from core.middleware import LimitsMiddleware
from tests.core.guasti import database_giu

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.guasti")]


@pytest.fixture
def client() -> Client:
    """One that gets the page of an error, as a browser does."""
    return Client(raise_request_exception=False)


# --- the number of a request ------------------------------------------------------------------------------


def test_every_answer_carries_a_number_of_its_own(client: Client) -> None:
    numeri = [client.get(p)["X-Request-ID"] for p in ("/healthz", "/guasti/404/", "/guasti/500/", "/guasti/403/")]
    assert len(set(numeri)) == 4
    assert all(re.fullmatch(r"[0-9a-f]{16}", n) for n in numeri)


def test_the_number_is_never_the_clients(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "mio\nfalso"})["X-Request-ID"] != "mio"


@pytest.mark.parametrize("percorso", ["/guasti/404/", "/guasti/500/", "/guasti/regola/"])
def test_every_line_about_a_request_carries_its_number(
    client: Client, caplog: pytest.LogCaptureFixture, percorso: str
) -> None:
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.INFO):
        numero = client.get(percorso)["X-Request-ID"]
    assert len(caplog.records) >= 2
    assert {getattr(r, "richiesta", None) for r in caplog.records} == {numero}


def test_one_line_per_request_says_what_and_never_who(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "core.middleware"):
        client.get("/guasti/modulo/?q=anna@example.org", REMOTE_ADDR="192.0.2.7")
        client.get("/healthz")
        client.get("/readyz")
    (riga,) = caplog.messages
    assert re.fullmatch(r"GET /guasti/modulo/ 200 \d+ ms", riga)


# --- limits -----------------------------------------------------------------------------------------------


def test_a_body_over_the_limit_is_refused_unread(client: Client, settings: Any) -> None:
    settings.BODY_MAX_BYTES = 1000
    dentro = client.post("/guasti/modulo/", "testo=" + "a" * 900, content_type="application/x-www-form-urlencoded")
    assert dentro.status_code == 200
    risposta = client.post("/guasti/modulo/", "testo=" + "a" * 1000, content_type="application/x-www-form-urlencoded")
    assert risposta.status_code == 413
    assert "troppo grande" in risposta.content.decode()


def test_the_limit_looks_at_the_length_alone(settings: Any, rf: RequestFactory) -> None:
    class NonLeggere:
        def read(self, *args: object) -> bytes:
            raise AssertionError("the body was read")

    settings.BODY_MAX_BYTES = 1000
    richiesta = rf.generic("POST", "/", CONTENT_LENGTH="999999999999")
    richiesta._stream = NonLeggere()  # type: ignore[assignment]
    assert LimitsMiddleware(lambda request: pytest.fail("came through"))(richiesta).status_code == 413


@pytest.mark.parametrize("lunghezza", ["-1", "abc", "1e9", "10,10", "²"])
def test_a_length_that_is_no_number_is_refused(client: Client, lunghezza: str) -> None:
    risposta = client.post("/guasti/modulo/", {"testo": "ciao"}, CONTENT_LENGTH=lunghezza)
    assert risposta.status_code == 400
    assert "Non abbiamo capito la richiesta" in risposta.content.decode()


def test_without_a_length_there_is_no_body(client: Client) -> None:
    for lunghezza in ("", "0"):
        risposta = client.post("/guasti/modulo/", "testo=ciao", content_type="text/plain", CONTENT_LENGTH=lunghezza)
        assert (risposta.status_code, risposta.content) == (200, b"-")


def test_words_without_end_are_refused_with_words(client: Client) -> None:
    """Twenty megabytes of text: under the limit for photos, over the one for what is written."""
    risposta = client.post(
        "/guasti/modulo/", "testo=" + "a" * 20_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert risposta.status_code == 413
    assert "troppo grande" in risposta.content.decode()


@pytest.mark.parametrize("percorso", ["/guasti/modulo/%00/", "/guasti/modulo/?q=a%00b"])
def test_a_nul_in_the_address_is_refused(client: Client, percorso: str) -> None:
    assert client.get(percorso).status_code == 400


# --- refusals of the domain -------------------------------------------------------------------------------


def test_a_refusal_is_a_page_that_says_why(client: Client) -> None:
    risposta = client.post("/guasti/regola/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert risposta.status_code == 409
    assert "Questa segnalazione è già chiusa." in risposta.content.decode()
    assert "Accept" in risposta["Vary"]


@pytest.mark.parametrize(
    "accetta", ["application/json", "application/problem+json", "application/json, text/html;q=0.5"]
)
def test_a_refusal_is_problem_json_for_who_asks_for_it(client: Client, accetta: str) -> None:
    risposta = client.post("/guasti/regola/", headers={"Accept": accetta})
    assert risposta.status_code == 409
    assert risposta["Content-Type"] == "application/problem+json"
    assert risposta.json() == {
        "type": "urn:partecipa:gia_chiusa", "title": "Questa segnalazione è già chiusa.", "status": 409,
    }  # fmt: skip


@pytest.mark.parametrize("accetta", ["", "*/*", "text/html", "text/html;q=0.9,application/json;q=0.8", "image/png"])
def test_everybody_else_gets_the_page(client: Client, accetta: str) -> None:
    assert client.post("/guasti/regola/", headers={"Accept": accetta})["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("referer", "indietro"),
    [
        ("http://testserver/segnalazioni/LU-0000-0000/", "http://testserver/segnalazioni/LU-0000-0000/"),
        ("", "/guasti/regola/"),
        ("https://altrove.example/inganno/", "/guasti/regola/"),
        ("javascript:alert(1)", "/guasti/regola/"),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_the_form(client: Client, referer: str, indietro: str) -> None:
    pagina = client.post("/guasti/regola/", headers={"Referer": referer}).content.decode()
    assert f'href="{indietro}"' in pagina
    assert "altrove.example" not in pagina


def test_a_refusal_is_logged_by_its_code(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "core.middleware"):
        client.post("/guasti/regola/")
    assert "refused: gia_chiusa" in caplog.messages
    assert "già chiusa" not in caplog.text


# --- the database is down ---------------------------------------------------------------------------------


def test_a_dead_database_is_a_readable_page(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with database_giu():
        risposta = client.get("/guasti/database/")
    assert risposta.status_code == 503
    assert (risposta["Retry-After"], risposta["Cache-Control"]) == ("30", "no-store")
    pagina = risposta.content.decode()
    assert "Il sito è fermo per un momento" in pagina
    assert "10.1.2.3" not in pagina
    assert "database not answering" in caplog.text


def test_also_for_who_has_a_session(client: Client, anna: User) -> None:
    client.force_login(anna)
    with database_giu():
        for percorso in ("/guasti/database/", "/guasti/404/", "/guasti/403/", "/guasti/regola/", "/accedi/login/"):
            assert client.get(percorso).status_code == 503, percorso


def test_also_outside_the_view(client: Client) -> None:
    """The session is written by middleware, after the view has answered."""
    with database_giu():
        risposta = client.get("/guasti/sessione/")
    assert risposta.status_code == 503
    assert "Il sito è fermo per un momento" in risposta.content.decode()


def test_it_comes_back_with_the_database(client: Client) -> None:
    with database_giu():
        assert client.get("/guasti/database/").status_code == 503
    assert client.get("/guasti/database/").status_code == 200


def test_other_errors_of_the_database_are_ours(client: Client) -> None:
    assert client.get("/guasti/unicita/").status_code == 500


# --- content security policy ------------------------------------------------------------------------------

RIGIDA = {
    "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data: blob:",
    "font-src": "'self' data:", "connect-src": "'self'", "object-src": "'none'", "base-uri": "'self'",
    "form-action": "'self'", "frame-ancestors": "'self'",
}  # fmt: skip


def _regole(risposta: Any) -> dict[str, str]:
    return dict(r.strip().split(" ", 1) for r in risposta["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize(
    "percorso",
    ["/healthz", "/readyz", "/accedi/login/", "/guasti/404/", "/guasti/403/", "/guasti/400/", "/guasti/500/",
     "/guasti/regola/", "/guasti/sessione/", "/guasti/modulo/?q=%00", "/static/img/favicon.svg", "/cms", "/cmsx/"],
)  # fmt: skip
def test_every_answer_carries_the_same_strict_policy(client: Client, percorso: str) -> None:
    assert _regole(client.get(percorso)) == RIGIDA


def test_also_when_the_database_is_down(client: Client) -> None:
    with database_giu():
        assert _regole(client.get("/guasti/database/")) == RIGIDA


def test_the_editors_side_alone_may_run_its_own_scripts(client: Client) -> None:
    regole = _regole(client.get(reverse("wagtailadmin_login")))
    diverse = {nome: valore for nome, valore in regole.items() if RIGIDA.get(nome) != valore}
    assert diverse == {"script-src": "'self' 'unsafe-inline'", "style-src": "'self' 'unsafe-inline'"}
    assert reverse("wagtailadmin_home") == conf.CMS_PATH


def test_answers_cannot_be_framed_guessed_or_followed(client: Client) -> None:
    risposta = client.get("/accedi/login/")
    assert risposta["X-Frame-Options"] == "SAMEORIGIN"
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert risposta["Referrer-Policy"] == "same-origin"
