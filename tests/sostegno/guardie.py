"""Guard-rails for every test: an undefined template variable, a POST form without its CSRF token, a call to the
outside world, or state left over from another test fail the run. Warnings do too: pyproject, filterwarnings.
"""

from __future__ import annotations

import inspect
import re
import socket
import uuid
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from channels.layers import channel_layers
from django.conf import settings
from django.core.cache import caches
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Node
from django.test.client import ClientMixin

OUR_TEMPLATES = Path(settings.BASE_DIR)

# --- undefined template variables -------------------------------------------------------------------------


class UndefinedVariable(AssertionError):
    """A template of ours asked for something nobody gave it. Optional values are asked for with {% if %}."""


class _RaisesWhenShown(str):
    """Stands in for string_if_invalid: Django formats it with the name of the missing variable."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _template_in_hand()
        if OUR_TEMPLATES in origin.parents and ".venv" not in origin.parts:
            raise UndefinedVariable(f"{origin.relative_to(OUR_TEMPLATES)}: {variable} is not defined")
        return ""


def _template_in_hand() -> Path:
    """File of the innermost node that is being rendered."""
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return Path(str(node.origin.name))
        frame = frame.f_back
    return Path()


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail(django_test_environment: None) -> Iterator[None]:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    engine = backend.engine
    before, engine.string_if_invalid = engine.string_if_invalid, _RaisesWhenShown("?")
    yield
    engine.string_if_invalid = before


# --- forms without their token ----------------------------------------------------------------------------


class _Forms(HTMLParser):
    """Collects POST forms to our own site that carry no CSRF token."""

    def __init__(self) -> None:
        super().__init__()
        self.bare: list[str] = []
        self._form: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "w-editing-sessions" in (values.get("class") or ""):
            return  # Wagtail's script sends this one, with the token in a header
        if tag == "form" and (values.get("method") or "").lower() == "post":
            action = values.get("action") or ""
            self._form = action if not action.startswith(("http:", "https:", "//")) else None
        elif tag == "input" and values.get("name") == "csrfmiddlewaretoken" and values.get("value"):
            self._form = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.bare.append(self._form or "(this page)")
            self._form = None


# The parser takes as long as some pages do, and these are all that it needs of them. What is written in a comment, a
# script or a style is no tag.
_OF_FORMS = re.compile(
    r"""<!--.*?-->|<(script|style)\b.*?</\1|(</?(?:form|input)\b(?:"[^"]*"|'[^']*'|[^"'>])*>)""", re.I | re.S
)


def _check_forms(response: Any) -> None:
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = response.content.decode(response.charset)
    if "<form" not in page:
        return
    forms = _Forms()
    forms.feed("".join(tag[2] or "" for tag in _OF_FORMS.finditer(page)))
    assert not forms.bare, f"POST forms without a CSRF token, to: {forms.bare}"


@pytest.fixture(autouse=True, scope="session")
def _forms_carry_their_token() -> Iterator[None]:
    """Every HTML answer that a test client gets is looked at."""
    patch = pytest.MonkeyPatch()
    whole: Any = ClientMixin.check_exception

    def checked(self: Any, response: Any) -> None:
        whole(self, response)
        _check_forms(response)

    patch.setattr(ClientMixin, "check_exception", checked)
    yield
    patch.undo()


# --- the outside world ------------------------------------------------------------------------------------


class NetworkInTest(AssertionError):
    """A test tried to leave this machine."""


def _may_go(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    return name in {"localhost", "::1", "0.0.0.0", "::", socket.gethostname()} or name.startswith("127.")


def _refuse_outside(address: Any, family: int) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not _may_go(address[0]):
        raise NetworkInTest(f"connection to {address[0]}:{address[1]}")


@pytest.fixture(autouse=True, scope="session")
def _network_stays_inside() -> Iterator[None]:
    """Only loopback and Unix sockets answer."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        _refuse_outside(address, self.family)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        _refuse_outside(address, self.family)
        return connect_ex(self, address)

    def resolved(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _may_go(host):
            raise NetworkInTest(f"name look-up of {host!r}")
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(socket.socket, "connect_ex", guarded_ex)
    patch.setattr(socket, "getaddrinfo", resolved)
    yield
    patch.undo()


# --- what one test must not leave to the next -------------------------------------------------------------


def forget() -> None:
    """Empty cache, new channel layer. A shared Redis is never flushed: the keys get another prefix."""
    for alias, values in settings.CACHES.items():
        values["KEY_PREFIX"] = f"{settings.TEST_PREFIX}-{uuid.uuid4().hex[:8]}"
        caches[alias].key_prefix = values["KEY_PREFIX"]
        if values["BACKEND"].endswith("LocMemCache"):
            caches[alias].clear()
    channel_layers.backends.clear()


@pytest.fixture(autouse=True)
def _nothing_left_over() -> None:
    forget()
