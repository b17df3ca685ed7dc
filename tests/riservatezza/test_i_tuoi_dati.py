"""Anna takes her data away and erases her account; Giulia, without an account, does the same by her mailbox."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from importlib import import_module
from io import BytesIO
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from ascolto.models import Contributo
from core.errors import DomainError
from core.immagini import Zona, pulisci
from core.tempo import adesso, fermo_a
from notifiche.models import Notifica
from riservatezza import actions, scheduled
from riservatezza.models import RichiestaDati
from riservatezza.persone import Persona
from segnalazioni import actions as verbi
from segnalazioni.actions import Perche
from segnalazioni.actions.moderazione import I_TUOI_DATI
from segnalazioni.catena import guasti_fra
from segnalazioni.models import CosaVista, Foto, OriginaleFoto, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from tests.aiuti import PASSWORD, fai, porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, immagine, pagina_di

DATI = "/i-tuoi-dati/"


def con_una_foto(caso, colore="navy", **di):
    return verbi.aggiungi_foto([pulisci(BytesIO(immagine(colore)))], segnalazione=caso, **di)[0]


@pytest.fixture
def casi(buche, anna, bruno, carla, elena, dario):
    """Anna's reports, open and concluded, with photos; Bruno signs one of them and reports his own."""
    aperta = porta_a(segnala(buche, autore=anna, testo="La buca di Anna, davanti a casa sua."), "attesa_cittadino")
    con_una_foto(aperta)
    aperta = verbi.rispondi(aperta, testo="Rispondo io, Anna.", autore=anna)
    risolta = porta_a(segnala(buche, autore=anna, testo="Un’altra buca, già chiusa."), "in_lavorazione")
    fai(risolta, "risolvi", testo="L’ufficio ha chiuso la buca.", foto=[pulisci(BytesIO(immagine("green")))])
    di_bruno = segnala(buche, autore=bruno, testo="La buca di Bruno, che è un’altra.")
    verbi.segui(aperta, firma=True, utente=bruno)
    verbi.segui(di_bruno, firma=True, utente=anna)
    verbi.consulta(aperta, operatore=elena, cosa=CosaVista.RECAPITI, motivo="contatto")
    return aperta, risolta, di_bruno


def esporta(client, eseguiti):
    with eseguiti(execute=True):
        risposta = client.post(DATI, {"che": "esporta"})
    return risposta["Location"]


def contenuto(risposta):
    archivio = zipfile.ZipFile(io.BytesIO(b"".join(risposta.streaming_content)))
    return archivio, json.loads(archivio.read("i-tuoi-dati.json"))


# --- taking away -------------------------------------------------------------------------------------------


def test_anna_takes_her_data_away(client, casi, anna, django_capture_on_commit_callbacks):
    client.force_login(anna)
    url = esporta(client, django_capture_on_commit_callbacks)
    assert "Il file è pronto" in pagina_di(client.get(url))
    risposta = client.get(f"{url}scarica/")
    assert risposta["Cache-Control"] == "private, no-store"
    assert risposta["Content-Disposition"] == 'attachment; filename="i-tuoi-dati.zip"'
    archivio, dati = contenuto(risposta)
    testo = json.dumps(dati, ensure_ascii=False)
    assert "La buca di Anna, davanti a casa sua." in testo
    assert "Rispondo io, Anna." in testo
    assert anna.email in testo
    assert [v["motivo"] for v in dati["Chi ha guardato i tuoi recapiti e che cosa era coperto"]] == ["contatto"]
    foto = [nome for nome in archivio.namelist() if nome.startswith("foto/")]
    assert len(foto) == 2, "her photo and its thumbnail, not the office's"
    assert archivio.read(foto[0]).startswith(b"\xff\xd8\xff")


def test_it_holds_nothing_of_others(client, casi, anna, bruno, elena, django_capture_on_commit_callbacks):
    client.force_login(anna)
    url = esporta(client, django_capture_on_commit_callbacks)
    _archivio, dati = contenuto(client.get(f"{url}scarica/"))
    testo = json.dumps(dati, ensure_ascii=False)
    for altrui in ("La buca di Bruno, che è un’altra", bruno.email, elena.email, "Esposito", "Sentito il capocantiere"):
        assert altrui not in testo


def test_what_was_covered_is_hers_to_take(client, casi, anna, carla, django_capture_on_commit_callbacks):
    aperta = casi[0]
    verbi.copri_parole(aperta, operatore=carla, perche=Perche("propri"), frasi=["casa sua"])
    foto = Foto.objects.get(segnalazione=aperta)
    verbi.copri_foto(foto, operatore=carla, perche=Perche("altri"), zone=[Zona(0, 0, 50, 50)])
    client.force_login(anna)
    url = esporta(client, django_capture_on_commit_callbacks)
    archivio, dati = contenuto(client.get(f"{url}scarica/"))
    originali = dati["Le tue parole che sono state coperte"]
    assert "La buca di Anna, davanti a casa sua." in [voce["originale"] for voce in originali]
    assert len([n for n in archivio.namelist() if n.startswith("foto/")]) == 4


@pytest.mark.parametrize("coda", ["", "scarica/", "cancella/"])
def test_nobody_else_reaches_it_by_its_address(client, casi, anna, bruno, coda, django_capture_on_commit_callbacks):
    client.force_login(anna)
    url = esporta(client, django_capture_on_commit_callbacks) + coda
    for altro in (None, bruno):
        di_un_altro = Client()
        if altro:
            di_un_altro.force_login(altro)
        inventato = di_un_altro.get(f"{DATI}{uuid4()}/{coda}")
        risposta = di_un_altro.get(url)
        assert risposta.status_code == inventato.status_code == 404
        assert len(risposta.content) == len(inventato.content)


def test_after_a_week_it_is_gone(client, casi, anna, django_capture_on_commit_callbacks):
    client.force_login(anna)
    url = esporta(client, django_capture_on_commit_callbacks)
    richiesta = RichiestaDati.objects.get()
    deposito, nome = richiesta.file.storage, str(richiesta.file.name)
    assert scheduled.butta_le_richieste_scadute() == 0
    with fermo_a(adesso() + timedelta(days=8)):
        assert client.get(f"{url}scarica/").status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            assert scheduled.butta_le_richieste_scadute() == 1
    assert not deposito.exists(nome)


def test_a_long_one_says_how_far_it_is(client, casi, anna):
    client.force_login(anna)
    url = client.post(DATI, {"che": "esporta"})["Location"]  # the task has not run yet
    RichiestaDati.objects.update(fatte=3, tutte=10)
    pagina = pagina_di(client.get(url))
    assert "3 voci di 10" in pagina
    assert 'max="10"' in pagina
    assert client.get(f"{url}scarica/").status_code == 404


def test_a_second_request_is_the_same_one(client, casi, anna, django_capture_on_commit_callbacks):
    client.force_login(anna)
    assert esporta(client, django_capture_on_commit_callbacks) == esporta(client, django_capture_on_commit_callbacks)
    assert RichiestaDati.objects.count() == 1


# --- erasing -----------------------------------------------------------------------------------------------


def tutti_i_numeri():
    """What anybody can count: the figures of the home page, the lists, the CSV but for its moment."""
    client = Client()
    csv = b"".join(client.get(reverse("segnalazioni:csv")).streaming_content).decode()
    elenchi = [
        re.findall(r"<h2 id=\"t-trovate\"[^>]*>([^<]*)", pagina_di(client.get("/segnalazioni/", {"stato": stato})))
        for stato in ("", "aperte", "risolte", "in_ritardo", "altre")
    ]
    schede = [re.findall(r"<strong>(\d+) person", pagina_di(client.get(c.url()))) for c in Segnalazione.objects.all()]
    figure = Segnalazione.objects.numeri_pubblici()
    return figure, elenchi, schede, csv, Segnalazione.objects.count(), Contributo.objects.count()


def entra(client, anna):
    """Logs in, and says the password again where erasing asks for it; answers the address of the page."""
    client.post("/accedi/login/", {"login": anna.email, "password": PASSWORD})
    url = client.post(DATI, {"che": "cancella"})["Location"]
    ridillo = client.get(url)["Location"]
    assert client.post(ridillo, {"password": PASSWORD})["Location"] == url
    return url


def test_erasing_an_account_changes_no_number_and_no_chain(client, casi, anna):
    prima = tutti_i_numeri()
    actions.cancella_dati(Persona(utente=anna))
    assert tutti_i_numeri() == prima
    call_command("verifica_catena", stdout=io.StringIO())
    assert list(guasti_fra(Segnalazione.objects.per_elenco())) == []


def test_nothing_of_her_is_left_but_the_words_of_her_reports(casi, anna, django_capture_on_commit_callbacks):
    aperta, risolta, di_bruno = casi
    foto = Foto.objects.get(segnalazione=aperta)
    indirizzo, nome = anna.email, anna.get_full_name()
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancella_dati(Persona(utente=anna))
    vuota = User.objects.get(pk=anna.pk)
    assert (vuota.nome, vuota.is_active, vuota.has_usable_password()) == ("Persona cancellata", False, False)
    for modello in (User, Seguace, Notifica, EmailAddress):
        for riga in modello.objects.values():
            assert indirizzo not in str(riga)
            assert nome not in str(riga)
    assert not foto.file.storage.exists(str(foto.file.name))
    assert not Foto.objects.filter(segnalazione=aperta).exists()
    assert Foto.objects.filter(segnalazione=risolta).count() == 1, "the office's photo is the office's"
    assert not Contributo.objects.filter(autore=anna).exists()
    for caso in (aperta, di_bruno):
        caso.refresh_from_db()
        assert caso.testo, "the words stay in the file of the proceeding"
    assert Seguace.objects.filter(segnalazione=di_bruno, firma=True).count() == 2


def ovunque():
    """Every row of every table, and every session as it is read."""
    for modello in apps.get_models():
        for riga in modello._base_manager.order_by("pk").values():
            yield modello._meta.label, str(riga)
    for sessione in Session.objects.order_by("pk"):
        yield "sessions.Session", str(sessione.get_decoded())


@pytest.mark.parametrize("deposito", ["db", "cached_db"])
def test_no_table_of_anybody_holds_her_name_or_address(
    anna, bruno, settings, deposito, django_capture_on_commit_callbacks
):
    """An administrator has saved her account, she is logged in on two devices, and has asked for a new password."""
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{deposito}"
    rosa = User.objects.create_superuser("rosa@example.org", PASSWORD)
    della_redazione, telefono, computer, di_bruno = Client(), Client(), Client(), Client()
    della_redazione.force_login(rosa)
    sua = {"email": anna.email, "first_name": "Anna", "last_name": "Bianchi", "is_active": "on"}
    assert della_redazione.post(reverse("wagtailusers_users:edit", args=[anna.pk]), sua).status_code == 302
    for cliente, chi in ((telefono, anna), (computer, anna), (di_bruno, bruno)):
        cliente.post("/accedi/login/", {"login": chi.email, "password": PASSWORD})
        assert cliente.get("/area-personale/").status_code == 200
    telefono.post("/accedi/password/reset/", {"email": anna.email})
    assert {dove for dove, riga in ovunque() if "Anna Bianchi" in riga} == {"wagtailcore.ModelLogEntry"}
    assert {dove for dove, riga in ovunque() if anna.email in riga} >= {"sessions.Session", "account.EmailAddress"}
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancella_dati(Persona(utente=anna))
    assert [(dove, riga) for dove, riga in ovunque() if "anna@example.org" in riga or "Bianchi" in riga] == []
    assert ModelLogEntry.objects.get(object_id=str(anna.pk)).label == "Persona cancellata"
    for cliente in (telefono, computer):
        chiave = cliente.cookies["sessionid"].value
        assert not import_module(settings.SESSION_ENGINE).SessionStore(chiave).load(), "the cache forgets it too"
        assert cliente.get("/area-personale/").status_code == 302
    assert di_bruno.get("/area-personale/").status_code == 200
    assert della_redazione.get("/cms/").status_code == 200


def test_others_lose_nothing(casi, anna, bruno):
    prima = list(Seguace.objects.filter(utente=bruno).values())
    avvisi = Notifica.objects.filter(utente=bruno).count()
    actions.cancella_dati(Persona(utente=anna))
    assert list(Seguace.objects.filter(utente=bruno).values()) == prima
    assert Notifica.objects.filter(utente=bruno).count() == avvisi


def test_an_open_case_goes_on_without_a_contact(casi, anna):
    actions.cancella_dati(Persona(utente=anna))
    prima = Notifica.objects.count()
    caso = fai(casi[0], "risolvi", testo="Chiusa la buca.")
    assert caso.stato == "risolta"
    nuovi = Notifica.objects.order_by("pk")[prima:]
    assert anna.pk not in {avviso.utente_id for avviso in nuovi}


def test_it_is_said_before_and_takes_two_gestures(client, casi, anna):
    url = entra(client, anna)
    pagina = pagina_di(client.get(url))
    assert "1 segnalazione è ancora aperta" in pagina
    assert "2 segnalazioni con le loro parole" in pagina
    assert "1 firma «anche a me»" in pagina
    assert client.post(url).status_code == 422
    assert User.objects.get(pk=anna.pk).is_active
    assert client.post(url, {"sicura": "on"}).status_code == 302
    assert not User.objects.get(pk=anna.pk).is_active
    assert client.get("/area-personale/").status_code == 302, "logged out"
    assert client.login(email=anna.email, password=PASSWORD) is False


def test_who_has_not_said_the_password_again_erases_nothing(client, casi, anna):
    client.post("/accedi/login/", {"login": anna.email, "password": PASSWORD})
    url = client.post(DATI, {"che": "cancella"})["Location"]
    for risposta in (client.get(url), client.post(url, {"sicura": "on"})):
        assert risposta["Location"].startswith("/accedi/reauthenticate/")
    assert User.objects.get(pk=anna.pk).is_active


@pytest.mark.parametrize("chi", ["carla", "elena"])
def test_a_colleague_in_office_is_asked_to_wait(request, casi, chi):
    with pytest.raises(DomainError, match="incarico"):
        actions.cancella_dati(Persona(utente=request.getfixturevalue(chi)))


def test_who_runs_the_site_does_not_close_it_by_mistake(db):
    rosa = User.objects.create_superuser("rosa@example.org", PASSWORD)
    with pytest.raises(DomainError, match="amministra"):
        actions.cancella_dati(Persona(utente=rosa))


def test_the_original_of_a_covered_photo_goes_too(casi, anna, carla, django_capture_on_commit_callbacks):
    foto = Foto.objects.get(segnalazione=casi[0])
    verbi.copri_foto(foto, operatore=carla, perche=Perche("altri"), zone=[Zona(0, 0, 50, 50)])
    originale = OriginaleFoto.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancella_dati(Persona(utente=anna))
    assert not OriginaleFoto.objects.exists()
    assert not originale.file.storage.exists(str(originale.file.name))


# --- by mailbox --------------------------------------------------------------------------------------------


@pytest.fixture
def di_giulia(buche, carla, elena):
    caso = verbi.email_dimostrata(segnala(buche, email=GIULIA, testo="La buca di Giulia, senza account."), GIULIA)
    con_una_foto(caso)
    return caso


def browser_di_giulia(eseguiti):
    """A browser whose owner has used the link of the mail."""
    client = Client()
    mail.outbox.clear()
    with eseguiti(execute=True):
        assert client.post(DATI, {"email": GIULIA.upper()}).status_code == 200
    url = re.search(rf"{DATI}chiave/\S+", str(mail.outbox[-1].body))
    assert url is not None
    assert client.get(url[0]).status_code == 200
    assert not RichiestaDati.objects.exists(), "looking at it uses nothing"
    return client, client.post(url[0])["Location"]


def test_giulia_takes_her_data_away_by_her_mailbox(di_giulia, django_capture_on_commit_callbacks):
    client, url = browser_di_giulia(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)
    _archivio, dati = contenuto(client.get(f"{url}scarica/"))
    assert "La buca di Giulia, senza account." in json.dumps(dati, ensure_ascii=False)
    assert Client().get(f"{url}scarica/").status_code == 404, "the address alone is not enough"
    with fermo_a(adesso() + timedelta(hours=25)):
        assert client.get(f"{url}scarica/").status_code == 404


def test_giulia_erases_herself(di_giulia, django_capture_on_commit_callbacks):
    client, url = browser_di_giulia(django_capture_on_commit_callbacks)
    prima = tutti_i_numeri()
    assert client.post(f"{url}cancella/", {"sicura": "on"}).status_code == 302
    assert tutti_i_numeri() == prima
    assert not Seguace.objects.filter(email=GIULIA).exists()
    assert not Notifica.objects.filter(email=GIULIA).exists()
    assert not Foto.objects.filter(segnalazione=di_giulia).exists()
    assert client.get(url).status_code == 404


def test_nobody_learns_whose_address_is_known(di_giulia, django_capture_on_commit_callbacks):
    risposte = []
    for email in (GIULIA, "mai.vista@example.org"):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            pagina = pagina_di(Client().post(DATI, {"email": email})).replace(email, "")
        risposte.append(re.sub(r'value="[A-Za-z0-9]{64}"', "", pagina))
    assert risposte[0] == risposte[1]
    assert mail.outbox == [], "to the unknown one nothing"


def test_one_mailbox_is_not_filled_through_us(di_giulia):
    for _volta in range(6):
        actions.chiedi_collegamento(GIULIA)
    assert Notifica.objects.filter(tipo="dati_collegamento").count() == 3


def test_an_old_link_leads_to_asking_again(di_giulia):
    risposta = Client().post(f"{DATI}chiave/boh/")
    assert risposta.status_code == 410
    assert "chiedine un altro" in pagina_di(risposta)


def test_a_removed_report_leads_here():
    assert reverse("riservatezza:dati") == I_TUOI_DATI
