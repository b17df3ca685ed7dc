"""What is sent: once, to who wants it, and only what can still be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils.timezone import make_aware

from accounts.models import User
from core.tempo import adesso, fermo_a, oggi
from home.models import Correzione, NotiziaPage
from notifiche.models import Notifica
from notiziario import actions
from notiziario.actions import numeri
from notiziario.models import Abbonamento, Numero, StatoNumero
from tests.factories.novita import bozza, esce, pubblica
from tests.notiziario.conftest import dopo, iscritta, ricevute

pytestmark = pytest.mark.django_db(transaction=True)
ANNA, BRUNO, CLARA = "anna@example.net", "bruno@example.net", "clara@example.net"
LUNEDI = make_aware(datetime(2026, 11, 30, 7, 5))


def test_a_piece_of_news_goes_to_who_follows_its_topics_or_all_of_them() -> None:
    iscritta(ANNA, "mobilita", "ambiente")
    iscritta(BRUNO, "bilancio")
    iscritta(CLARA)
    esce("Otto lampade", argomenti=("mobilita", "ambiente", "partecipazione"))
    assert dopo() == 2
    assert ricevute(ANNA) == ricevute(CLARA) == ["Notizia: Otto lampade"]
    assert ricevute(BRUNO) == []
    assert Numero.objects.get().destinatari == 2


def test_kinds_narrow_it_too() -> None:
    iscritta(ANNA, rubriche=("avvisi",))
    iscritta(BRUNO, "mobilita", rubriche=("notizie", "avvisi"))
    esce("Una notizia", argomenti=("mobilita",))
    esce("Un avviso", rubrica="avvisi")
    dopo()
    assert ricevute(ANNA) == ["Avviso: Un avviso"]
    assert ricevute(BRUNO) == ["Notizia: Una notizia"]


def test_who_loses_the_only_topic_does_not_get_everything() -> None:
    abbonamento = iscritta(ANNA, "mobilita")
    for seguito in abbonamento.seguiti.all():
        assert seguito.argomento is not None
        seguito.argomento.delete()
    esce("Otto lampade", argomenti=("ambiente",))
    assert dopo() == 0


def test_it_leaves_ten_minutes_after_and_never_twice() -> None:
    iscritta(ANNA)
    notizia = esce("Otto lampade")
    assert dopo(timedelta(minutes=9)) == 0
    assert dopo() == 1
    notizia.correzioni.add(Correzione(giorno=oggi(), testo="Erano nove."))
    notizia.save_revision().publish()
    notizia.unpublish()
    pubblica(notizia)
    assert dopo(timedelta(hours=1)) == 0
    assert ricevute(ANNA) == ["Notizia: Otto lampade"]


def test_who_subscribes_afterwards_does_not_get_it() -> None:
    iscritta(ANNA)
    esce("Otto lampade")
    iscritta(BRUNO)
    dopo()
    assert ricevute(BRUNO) == []


def test_taken_down_before_it_leaves_it_is_told_to_nobody_and_out_again_to_all() -> None:
    iscritta(ANNA)
    notizia = esce("Otto lampade")
    notizia.unpublish()
    assert dopo() == 0
    assert Numero.objects.get().stato == StatoNumero.RITIRATO
    pubblica(notizia)
    assert dopo() == 1
    assert ricevute(ANNA) == ["Notizia: Otto lampade"]


def test_taken_down_while_mails_wait_those_do_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    iscritta(ANNA)
    notizia = esce("Otto lampade")
    monkeypatch.setattr("notifiche.actions._affida", lambda pks: None)  # the carriers are slow
    assert dopo() == 1
    notizia.delete()
    assert not Notifica.objects.filter(tipo="notizia_uscita").exists()
    assert (Numero.objects.get().stato, Numero.objects.get().destinatari) == (StatoNumero.RITIRATO, 0)


def test_private_expired_scheduled_and_old_news_are_not_sent() -> None:
    iscritta(ANNA)
    bozza("In bozza")
    esce("Dell’anno scorso", data=oggi() - timedelta(days=300))
    futura = bozza("Domani")
    futura.go_live_at = adesso() + timedelta(days=1)
    futura.save_revision().publish()
    scaduta = esce("Già scaduta")
    type(scaduta).objects.filter(pk=scaduta.pk).update(expire_at=adesso())
    assert dopo() == 0


def test_what_breaks_between_two_batches_goes_on_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numeri, "LOTTO", 2)
    caselle = [f"persona{n}@example.net" for n in range(5)]
    for casella in caselle:
        iscritta(casella)
    esce("Otto lampade")
    with fermo_a(adesso() + timedelta(minutes=11)):
        numero = Numero.objects.get()
        assert numeri._un_lotto(numero.pk) == (2, True)
        avvisa = numeri.avvisa

        def muore(*args: object, **kwargs: object) -> int:
            avvisa(*args, **kwargs)  # type: ignore[arg-type]
            raise RuntimeError("kill -9")

        monkeypatch.setattr(numeri, "avvisa", muore)
        with pytest.raises(RuntimeError):
            actions.prosegui()
        assert Notifica.objects.filter(tipo="notizia_uscita").count() == 2
        monkeypatch.setattr(numeri, "avvisa", avvisa)
        assert actions.prosegui() == 3
    assert [ricevute(casella) for casella in caselle] == [["Notizia: Otto lampade"]] * 5


# --- the summary ------------------------------------------------------------------------------------------


def test_on_monday_the_week_is_told_in_one_mail_once() -> None:
    with fermo_a(LUNEDI - timedelta(days=8)):
        iscritta(ANNA, cadenza="settimana")
        iscritta(BRUNO, "bilancio", cadenza="settimana")
    with fermo_a(LUNEDI - timedelta(days=3)):
        esce("Otto lampade", data=(LUNEDI - timedelta(days=3)).date(), argomenti=("mobilita",))
        esce("Il bilancio", data=(LUNEDI - timedelta(days=3)).date(), argomenti=("bilancio", "trasparenza"))
        ritirata = esce("Ritirata", data=(LUNEDI - timedelta(days=3)).date())
        actions.prosegui()
    ritirata.unpublish()
    with fermo_a(LUNEDI):
        assert actions.apri_il_riassunto() is not None
        assert actions.apri_il_riassunto() is None
        assert actions.prosegui() == 2
        assert actions.prosegui() == 0
    assert ricevute(ANNA) == ["2 novità questa settimana: Il bilancio, e altre"]
    assert ricevute(BRUNO) == ["Una novità questa settimana: Il bilancio"]
    lettere = [str(lettera.body) for lettera in mail.outbox if lettera.to == [ANNA]]
    assert "http://127.0.0.1:8000/novita/notizie/otto-lampade/" in lettere[-1]


def test_before_seven_on_monday_it_is_last_weeks() -> None:
    with fermo_a(LUNEDI - timedelta(minutes=10)):
        numero = actions.apri_il_riassunto()
    assert numero is not None
    assert numero.uscito_il == LUNEDI - timedelta(days=7, minutes=5)


def test_a_week_with_an_hour_more_begins_at_seven_too() -> None:
    """Clocks went back on 25 October 2026."""
    dopo_il_cambio = make_aware(datetime(2026, 10, 26, 7)).astimezone(UTC)  # as the database gives it back
    assert numeri._sette_giorni_prima(dopo_il_cambio) == make_aware(datetime(2026, 10, 19, 7))


def test_who_comes_in_the_middle_of_a_week_is_told_of_the_rest_of_it() -> None:
    with fermo_a(LUNEDI - timedelta(days=3)):
        esce("Otto lampade", data=(LUNEDI - timedelta(days=3)).date())
    with fermo_a(LUNEDI - timedelta(days=2)):
        iscritta(ANNA, cadenza="settimana")
    with fermo_a(LUNEDI):
        actions.apri_il_riassunto()
        actions.prosegui()
    assert ricevute(ANNA) == []


@pytest.mark.parametrize(("giorni", "vecchia"), [(6, False), (8, True)])
def test_news_that_came_out_long_ago_is_old_whatever_date_it_bears(giorni: int, vecchia: bool) -> None:
    notizia = NotiziaPage(data=oggi(), first_published_at=adesso() - timedelta(days=giorni))
    assert numeri._vecchia(notizia, adesso()) is vecchia


def test_a_closed_account_is_written_to_no_more(anna: User) -> None:
    assert Abbonamento(utente=anna).casella == anna.email
    anna.is_active = False
    assert Abbonamento(utente=anna).casella == ""


def test_a_week_with_nothing_for_somebody_writes_no_mail() -> None:
    with fermo_a(LUNEDI - timedelta(days=8)):
        iscritta(ANNA, "bilancio", cadenza="settimana")
    with fermo_a(LUNEDI - timedelta(days=3)):
        esce("Otto lampade", data=(LUNEDI - timedelta(days=3)).date())
    with fermo_a(LUNEDI):
        actions.apri_il_riassunto()
        actions.prosegui()
    assert ricevute(ANNA) == []


# --- the mail ---------------------------------------------------------------------------------------------


def test_the_mail_leads_to_the_page_and_says_where_to_stop() -> None:
    iscritta(ANNA)
    esce("Otto <b>lampade</b>", sommario="Accese & spente")
    dopo()
    lettera = mail.outbox[-1]
    assert "http://127.0.0.1:8000/novita/notizie/otto-blampadeb/" in str(lettera.body)
    assert "Accese & spente" in str(lettera.body)
    html = str(lettera.alternatives[0][0])
    assert "Otto &lt;b&gt;lampade&lt;/b&gt;" in html
    ferma = lettera.extra_headers["List-Unsubscribe"].strip("<>")
    assert lettera.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ferma in str(lettera.body)
    assert ferma in html
    assert ANNA not in str(lettera.body)


def test_an_issue_costs_the_same_queries_for_two_and_for_many(django_assert_max_num_queries) -> None:
    for n in range(30):
        iscritta(f"persona{n}@example.net", "mobilita")
    esce("Otto lampade", argomenti=("mobilita",))
    with (
        fermo_a(adesso() + timedelta(minutes=11)),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("notifiche.actions._affida", lambda pks: None)
        with django_assert_max_num_queries(26):
            assert actions.prosegui() == 30
