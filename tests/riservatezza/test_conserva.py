"""Retention takes personal data away when their term is over, and nothing else: numbers, steps and chain stay."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from core.immagini import pulisci
from core.tempo import adesso, fermo_a
from notifiche.models import Notifica
from riservatezza import scheduled
from riservatezza.actions import conserva
from riservatezza.models import Conservazione
from segnalazioni import actions, models
from segnalazioni.catena import guasti
from segnalazioni.models import Foto, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.racconto import voci
from tests.aiuti import porta_a, segnala
from tests.factories.comune import QuartiereFactory
from tests.segnalazioni.cittadini import immagine


def conclusa(buche, anni, **chi):
    """A case that ended so many years ago, with words, a photo and a contact."""
    with fermo_a(adesso() - timedelta(days=365 * anni + 20)):
        caso = segnala(buche, **(chi or {"email": "giulia@example.org"}))
        if caso.stato == "da_confermare":
            caso = actions.email_dimostrata(caso, "giulia@example.org")
        actions.aggiungi_foto([pulisci(BytesIO(immagine()))], segnalazione=caso, nomi=["la_mia_porta.jpg"])
        return porta_a(caso, "risolta")


def di_nuovo(caso):
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


def test_after_two_years_the_contacts_go_and_the_words_stay(buche, carla, elena):
    caso = conclusa(buche, 2)
    conserva()
    assert Seguace.objects.get(segnalazione=caso).email == ""
    assert Seguace.objects.get(segnalazione=caso).firma, "it goes on being counted"
    assert di_nuovo(caso).testo.startswith("Buca profonda")
    assert Foto.objects.filter(segnalazione=caso).exists()


def test_after_five_years_the_photos_go_with_their_files(buche, carla, elena, django_capture_on_commit_callbacks):
    caso = conclusa(buche, 5)
    foto = Foto.objects.get(segnalazione=caso)
    with django_capture_on_commit_callbacks(execute=True):
        conserva()
    assert not Foto.objects.filter(segnalazione=caso).exists()
    assert not foto.file.storage.exists(str(foto.file.name))
    assert not foto.miniatura.storage.exists(str(foto.miniatura.name))


def test_after_ten_years_the_words_go_and_the_story_still_holds(client, buche, anna, carla, elena):
    caso = conclusa(buche, 10, autore=anna)
    prima, passi = Segnalazione.objects.numeri_pubblici(), len(voci(caso))
    conserva()
    vuota = di_nuovo(caso)
    assert (vuota.titolo, vuota.testo, vuota.risposte, vuota.dove) == ("Buca sulla strada", "", {}, "")
    assert vuota.contributo.impronta_testo == ""
    assert vuota.svuotata_il is not None
    assert not models.TestoPassaggio.objects.filter(passaggio__segnalazione=caso).exists()
    assert guasti(vuota) == []
    assert (Segnalazione.objects.numeri_pubblici(), len(voci(vuota))) == (prima, passi)
    assert client.get(caso.url()).status_code == 200
    assert vuota.edizione == caso.edizione + 1, "open pages learn of it"


def test_after_ten_years_the_point_no_longer_names_a_house_and_counts_stay(buche, anna, carla, elena):
    area = QuartiereFactory(lat=43.8440, lon=10.5030)
    caso = conclusa(buche, 10, autore=anna)
    altrove = conclusa(buche, 10, autore=anna, lat=None, lon=None, luogo_a_parole="Dietro la scuola")
    recente = conclusa(buche, 2, autore=anna)
    prima = models.Segnalazione.objects.values_list("contributo__quartiere", "stato").order_by("pk")
    conti = list(prima)
    conserva()
    vuota = di_nuovo(caso)
    assert (vuota.lat, vuota.lon) == (43.843, 10.503), "it was 43.8429, 10.5027"
    assert vuota.contributo.quartiere == area
    assert (di_nuovo(altrove).lat, di_nuovo(altrove).lon) == (None, None)
    assert (di_nuovo(recente).lat, di_nuovo(recente).lon) == (43.8429, 10.5027)
    assert list(prima.all()) == conti


def test_what_is_still_open_keeps_everything_however_old(buche):
    with fermo_a(adesso() - timedelta(days=365 * 15)):
        caso = actions.email_dimostrata(segnala(buche, email="giulia@example.org"), "giulia@example.org")
    conserva()
    assert di_nuovo(caso).testo.startswith("Buca profonda")
    assert Seguace.objects.get(segnalazione=caso).email == "giulia@example.org"


def test_a_year_later_notices_are_gone(buche, anna):
    with fermo_a(adesso() - timedelta(days=400)):
        segnala(buche, autore=anna)
    segnala(buche, autore=anna)
    conserva()
    assert {n.created_at.year for n in Notifica.objects.all()} == {adesso().year}


def test_a_trial_counts_and_touches_nothing(buche, carla, elena):
    caso = conclusa(buche, 11)
    uscita = StringIO()
    call_command("conserva", "--prova", stdout=uscita)
    assert "segnalazioni.Foto: file, miniatura, nome, didascalia: 1" in uscita.getvalue()
    assert di_nuovo(caso).testo
    assert not Conservazione.objects.exists()


def test_a_trial_foretells_what_a_run_does_and_a_second_run_does_nothing(buche, carla, elena):
    for anni in (2, 5, 10, 11):
        conclusa(buche, anni)
    previsto = conserva(prova=True)
    assert conserva(lotto=2) == previsto
    assert conserva() == {}
    riga = Conservazione.objects.get()
    assert riga.conti == previsto
    assert "giulia" not in str(riga.conti)


def test_it_runs_by_itself(buche, carla, elena):
    conclusa(buche, 2)
    assert scheduled.applica_la_conservazione() > 0


@pytest.mark.parametrize("giorno", ["2028-02-29"])
def test_a_leap_day_has_a_day_of_its_own_ten_years_before(giorno):
    from datetime import datetime

    from riservatezza.actions.conserva import anni_prima

    assert anni_prima(datetime.fromisoformat(giorno), 10).date().isoformat() == "2018-02-28"
