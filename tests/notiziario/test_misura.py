"""Two thousand subscribers: bounded queries per batch, and nobody left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tempo import adesso, fermo_a
from notifiche.models import Notifica
from notiziario import actions
from notiziario.models import Abbonamento, Numero, StatoAbbonamento, StatoNumero
from tests.factories.novita import esce

pytestmark = pytest.mark.django_db
QUANTI = 2_000


def test_two_thousand_mails_are_written_in_four_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    ora = adesso() - timedelta(days=1)
    stato = {"stato": StatoAbbonamento.ATTIVO, "chiesto_il": ora, "confermato_il": ora, "decorre_il": ora}
    Abbonamento.objects.bulk_create(Abbonamento(email=f"p{n}@example.net", **stato) for n in range(QUANTI))
    monkeypatch.setattr("notifiche.actions._affida", lambda pks: None)
    esce("Otto lampade")
    with (
        fermo_a(adesso() + timedelta(minutes=11)),
        CaptureQueriesContext(
            connection,
        ) as query,
    ):
        assert actions.prosegui() == QUANTI
    assert Notifica.objects.filter(tipo="notizia_uscita").values("chi").distinct().count() == QUANTI
    assert (Numero.objects.get().stato, Numero.objects.get().destinatari) == (StatoNumero.PARTITO, QUANTI)
    assert len(query) < 160, "inserts go in packets; nothing is asked per person"
