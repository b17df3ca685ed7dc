"""A report on its way to the register, and servers that register it or do not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from accounts.models import User
from protocollo.models import Registrazione
from segnalazioni.models import Segnalazione
from tests.processi import porta_libera
from tests.protocollista import Protocollista, protocollista


@pytest.fixture
def registrazione(buca: Segnalazione) -> Registrazione:
    """That of Anna's report: its carrier has not started."""
    return Registrazione.objects.get(contributo=buca.contributo)


@pytest.fixture
def server(settings: Settings) -> Iterator[Protocollista]:
    """The protocol server of the Comune, in use."""
    with protocollista() as casa:
        settings.PROTOCOLLO_URL, settings.PROTOCOLLO_TOKEN, settings.PROTOCOLLO_TIMEOUT = casa.url, "un-gettone", 0.6
        yield casa


@pytest.fixture
def server_spento(settings: Settings) -> None:
    """Its address, where nobody listens."""
    settings.PROTOCOLLO_URL, settings.PROTOCOLLO_TIMEOUT = f"http://127.0.0.1:{porta_libera()}/registrazioni", 0.6


@pytest.fixture
def dina(ufficio_urp, db: None) -> User:
    """Works at the URP too."""
    from comune.models import Ruolo
    from tests.aiuti import incarica, persona

    return incarica(persona("Dina", is_staff=True), ufficio_urp, Ruolo.URP)
