"""The page of a case."""

from __future__ import annotations

from django.test import Client

from segnalazioni.models import Segnalazione


def test_anybody_reads_a_public_case(client: Client, buca: Segnalazione) -> None:
    pagina = client.get(buca.url())
    assert pagina.status_code == 200
    assert buca.codice in pagina.content.decode()
