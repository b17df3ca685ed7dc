"""Two reports of one thing: joined, told once, counted once, detached; nothing private becomes readable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from ascolto.models import Visibilita
from comune.models import Ufficio
from core.errors import DomainError
from core.tempo import adesso, fermo_a
from notifiche.emails import oggetto
from notifiche.models import Notifica
from segnalazioni import actions
from segnalazioni.actions.avvisi import evento_di
from segnalazioni.catena import guasti
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.models.passaggio import PASSI_INTERNI
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import PROCEDURA, RuoloCaso, Stato
from tests.aiuti import arriva_a, persona, porta_a, segnala


@pytest.fixture
def sua(buche: Categoria, bruno: User) -> Segnalazione:
    """Bruno's report of the same hole, with which it is about to be joined."""
    return segnala(buche, autore=bruno)


def rendi_privata(caso: Segnalazione) -> Segnalazione:
    """Only who reported it reads it."""
    caso.contributo.visibilita = Visibilita.PRIVATA
    caso.contributo.save()
    return caso


def rilegge(caso: Segnalazione) -> Segnalazione:
    """As it is now."""
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


def firme(caso: Segnalazione) -> int:
    """How many people have this problem."""
    return Segnalazione.objects.filter(pk=caso.pk).firme_di_ognuna()[caso.pk]


def mail_di(passo: str, caso: Segnalazione) -> list[str]:
    """Mailboxes that the last such step of a case wrote to, sorted; a box twice stands twice."""
    ultimo = Passaggio.objects.filter(segnalazione=caso, passo=passo).order_by("numero").last()
    assert ultimo is not None
    mail = Notifica.objects.filter(evento=evento_di(ultimo.uid), canale="email").select_related("utente")
    return sorted(m.utente.email if m.utente else m.email for m in mail)


# --- told -------------------------------------------------------------------------------------------------


def test_who_reported_and_follows_the_joined_one_hears_every_public_update_once(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, anna: User, bruno: User
) -> None:
    ospite = "gino@example.org"
    for caso in (buca, sua):  # Gino follows both by mail, Anna follows Bruno's too
        actions.segui(caso, firma=True, email=ospite)
        actions.email_dimostrata(caso, ospite)
    actions.segui(sua, firma=True, utente=anna)
    actions.segui(sua, firma=False, email="mai.confermata@example.org")
    actions.unisci(sua, operatore=carla, originale=buca, testo="È la stessa buca.")
    assert mail_di("unisci", sua) == ["anna@example.org", "bruno@example.org", ospite]
    caso = porta_a(rilegge(buca), Stato.RISOLTA)
    assert mail_di("risolvi", caso) == ["anna@example.org", "bruno@example.org", ospite]
    ultima = Notifica.objects.filter(canale="email", utente=bruno).latest("pk")
    assert (ultima.tipo, ultima.percorso) == ("segnalazione_unita_aggiornata", buca.url())


@pytest.mark.parametrize("passo", [p for p in PROCEDURA.passi if p not in PASSI_INTERNI | {"conferma"}])
def test_each_public_step_is_heard_once_by_who_reported_and_who_follows_here_and_in_the_joined_one(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, dario: User, passo: str
) -> None:
    for caso, email in ((buca, "chiara@example.org"), (sua, "gino@example.org"), (sua, "chiara@example.org")):
        actions.segui(caso, firma=True, email=email)
        actions.email_dimostrata(caso, email)
    actions.unisci(sua, operatore=carla, originale=buca)
    caso = arriva_a(rilegge(buca), passo)
    ultimo = Passaggio.objects.filter(segnalazione=caso, passo=passo).order_by("numero").last()
    assert ultimo is not None
    fuori = {"carla@example.org", "elena@example.org", "dario@example.org"}
    sentono = [mail for mail in mail_di(passo, caso) if mail not in fuori and not mail.startswith("collega")]
    attesi = ["bruno@example.org", "chiara@example.org", "gino@example.org"]
    if passo == "ritira":  # those joined are detached first, and hear of that
        assert mail_di("stacca", sua) == attesi
        attesi = ["chiara@example.org"]
    if ultimo.ruolo != RuoloCaso.SEGNALANTE:
        attesi = ["anna@example.org", *attesi]
    assert sentono == attesi


def test_what_the_clock_did_is_told_in_the_words_of_the_history(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, bruno: User
) -> None:
    actions.unisci(sua, operatore=carla, originale=buca)
    oggetti = []
    for passo in ("scade", "declina"):
        arriva_a(rilegge(buca), passo)
        mail = Notifica.objects.filter(canale="email", utente=bruno).latest("pk")
        oggetti.append(oggetto(mail.tipo, mail.dati))
    assert oggetti == [f"{buca.codice}: il termine è passato", f"{buca.codice}: l’intervento non è disposto"]
    assert (mail.dati["di_chi"], mail.dati["testo"]) == ("La decisione:", "Passiamo noi.")


def test_an_account_and_its_own_mailbox_are_one_person(
    buca: Segnalazione, sua: Segnalazione, carla: User, bruno: User
) -> None:
    actions.segui(buca, firma=True, email=bruno.email)
    actions.email_dimostrata(buca, bruno.email)
    actions.unisci(sua, operatore=carla, originale=buca)
    assert firme(buca) == 2  # Anna and Bruno
    caso = porta_a(rilegge(buca), Stato.IN_LAVORAZIONE)
    assert mail_di("prendi_in_carico", caso) == ["anna@example.org", "bruno@example.org"]


def test_detached_it_hears_of_the_other_no_more(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User
) -> None:
    actions.unisci(sua, operatore=carla, originale=buca)
    actions.stacca(sua, operatore=carla, testo="È un’altra buca.")
    assert mail_di("stacca", sua) == ["bruno@example.org"]
    caso = porta_a(rilegge(buca), Stato.ASSEGNATA)
    assert mail_di("assegna", caso) == ["anna@example.org", "elena@example.org"]


def test_of_a_private_case_the_joined_ones_hear_nothing_but_their_own_end(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, dario: User
) -> None:
    rendi_privata(buca)
    actions.unisci(sua, operatore=carla, originale=buca)
    caso = porta_a(rilegge(buca), Stato.CONTESTATA)
    assert mail_di("risolvi", caso) == ["anna@example.org"]
    actions.chiudi(caso, operatore=carla, testo="La risposta è giusta.")
    assert mail_di("chiudi", caso) == ["anna@example.org"]
    assert mail_di("archivia", sua) == ["bruno@example.org"]
    di_bruno = Notifica.objects.filter(utente__email="bruno@example.org")
    assert not any(buca.codice in str(n.dati) + n.percorso for n in di_bruno)


# --- counted ----------------------------------------------------------------------------------------------


def test_people_are_counted_over_all_the_joined_ones_and_never_twice(
    buca: Segnalazione, sua: Segnalazione, buche: Categoria, carla: User, anna: User, client: Client
) -> None:
    actions.segui(buca, firma=True, sessione="a" * 64)
    actions.segui(sua, firma=True, sessione="a" * 64)
    actions.segui(sua, firma=True, utente=anna)
    assert (firme(buca), firme(sua)) == (2, 3)
    actions.unisci(sua, operatore=carla, originale=buca)
    assert firme(buca) == 3  # Anna, Bruno, one browser
    assert firme(sua) == 3  # its own page still counts its own
    assert "<strong>3 persone</strong>" in client.get(buca.url()).content.decode()
    assert "3 persone" in client.get("/segnalazioni/").content.decode()
    client.force_login(carla)
    assert "3 firme" in client.get("/scrivania/segnalazioni/?elenco=aperte").content.decode()
    assert "3 firme" in client.get(buca.url_scrivania()).content.decode()
    actions.stacca(sua, operatore=carla, testo="No.")
    assert (firme(buca), firme(sua)) == (2, 3)


def test_a_chain_counts_and_tells_all_and_comes_apart_again(
    buca: Segnalazione, sua: Segnalazione, buche: Categoria, carla: User, elena: User
) -> None:
    """C joined to B, then B to A: the people of C hear of A. B detached takes C along."""
    terza = segnala(buche, autore=persona("Chiara"))
    actions.unisci(terza, operatore=carla, originale=sua)
    actions.unisci(sua, operatore=carla, originale=buca)
    assert mail_di("unisci", sua) == ["bruno@example.org", "chiara@example.org"]
    assert rilegge(terza).radice == buca
    assert firme(buca) == 3
    caso = porta_a(rilegge(buca), Stato.ASSEGNATA)
    assert mail_di("assegna", caso) == [f"{nome}@example.org" for nome in ("anna", "bruno", "chiara", "elena")]
    actions.stacca(sua, operatore=carla, testo="Un’altra.")
    assert (rilegge(terza).radice, rilegge(terza).originale) == (sua, sua)
    assert (firme(buca), firme(sua)) == (1, 2)


def test_lists_feed_and_table_show_each_case_once_and_no_private_one(
    buca: Segnalazione, sua: Segnalazione, buche: Categoria, carla: User, client: Client
) -> None:
    nascosta = rendi_privata(segnala(buche, autore=persona("Chiara"), testo="Parole segrete di Chiara"))
    for unita in (sua, nascosta):
        actions.unisci(unita, operatore=carla, originale=buca)
    assert Segnalazione.objects.numeri_pubblici()["aperte"] == 1
    assert "2 segnalazioni" in client.get("/segnalazioni/").content.decode()
    csv = b"".join(client.get("/segnalazioni/dati.csv").streaming_content).decode()
    for testo in (csv, client.get("/segnalazioni/feed/").content.decode(), client.get(buca.url()).content.decode()):
        assert nascosta.codice not in testo
        assert "segrete" not in testo
    assert csv.count(sua.codice) == csv.count(buca.codice) == 1


# --- read -------------------------------------------------------------------------------------------------


def test_the_page_of_the_joined_one_says_where_the_other_stands(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, client: Client
) -> None:
    actions.unisci(sua, operatore=carla, originale=buca)
    prima = client.get(sua.url("stato"))
    assert buca.titolo in prima.content.decode()
    assert buca.url() in prima.content.decode()
    porta_a(rilegge(buca), Stato.IN_LAVORAZIONE)
    dopo = client.get(sua.url("stato"), headers={"if-none-match": prima["ETag"]})
    assert dopo.status_code == 200, "the other one has moved: what the browser has is old"
    assert "In lavorazione" in dopo.content.decode()


def test_of_a_private_parent_the_page_says_only_that_there_is_one(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, client: Client, bruno: User
) -> None:
    rendi_privata(buca)
    Segnalazione.objects.filter(pk=buca.pk).update(titolo="Titolo che nessuno deve leggere")
    actions.unisci(sua, operatore=carla, originale=buca)
    porta_a(rilegge(buca), Stato.RISOLTA)
    client.force_login(bruno)
    for url in (sua.url(), sua.url("stato")):
        pagina = client.get(url).content.decode()
        assert "che non è pubblica" in pagina
        for parola in (buca.codice, "nessuno deve leggere", "Risolta"):
            assert parola not in pagina
    assert client.get(buca.url()).status_code == 404


def test_a_private_case_joined_to_a_public_one_stays_private(
    buca: Segnalazione, sua: Segnalazione, carla: User, client: Client, anna: User
) -> None:
    rendi_privata(sua)
    actions.unisci(sua, operatore=carla, originale=buca)
    client.force_login(anna)
    assert client.get(sua.url()).status_code == 404
    assert sua.codice not in client.get(buca.url()).content.decode()


# --- ends -------------------------------------------------------------------------------------------------


def test_taken_back_the_parent_lets_its_own_live_on(
    buca: Segnalazione, sua: Segnalazione, buche: Categoria, carla: User, anna: User, strade: Ufficio
) -> None:
    terza = segnala(buche, autore=persona("Chiara"))
    actions.unisci(terza, operatore=carla, originale=sua)
    actions.unisci(sua, operatore=carla, originale=buca)
    actions.ritira(rilegge(buca), autore=anna)
    viva = rilegge(sua)
    assert (viva.stato, viva.radice, viva.conclusa_il) == (Stato.RICEVUTA, None, None)
    assert (rilegge(terza).stato, rilegge(terza).radice) == (Stato.DUPLICATA, sua)
    ultimo = Passaggio.objects.filter(segnalazione=sua).order_by("numero").last()
    assert ultimo is not None
    assert (ultimo.passo, ultimo.ruolo) == ("stacca", "sistema")
    assert mail_di("stacca", sua) == ["bruno@example.org", "chiara@example.org"]
    assert mail_di("ritira", buca) == []
    assert guasti(viva) == []


def test_closed_the_parent_closes_its_own_and_tells_them_once(
    buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, dario: User, bruno: User
) -> None:
    actions.unisci(sua, operatore=carla, originale=buca)
    caso = porta_a(rilegge(buca), Stato.CONTESTATA)
    actions.chiudi(caso, operatore=carla, testo="La risposta è giusta.")
    assert rilegge(sua).stato == Stato.CHIUSA
    assert mail_di("chiudi", caso) == ["anna@example.org", "bruno@example.org"]
    assert mail_di("archivia", sua) == []
    assert guasti(rilegge(sua)) == []


def test_detached_it_goes_on_with_its_own_clock(buca: Segnalazione, sua: Segnalazione, carla: User) -> None:
    scadenza = sua.scadenza
    actions.unisci(porta_a(sua, Stato.ASSEGNATA), operatore=carla, originale=buca)
    with fermo_a(adesso() + timedelta(days=30)):
        viva = actions.stacca(rilegge(sua), operatore=carla, testo="No.")
        assert (viva.stato, viva.scadenza, viva.conclusa_il, viva.ufficio) == (Stato.RICEVUTA, scadenza, None, None)
        assert viva.in_ritardo()


# --- refused ----------------------------------------------------------------------------------------------


def test_nothing_is_joined_to_itself_to_a_joined_one_or_to_a_closed_one(
    buca: Segnalazione, sua: Segnalazione, buche: Categoria, carla: User, elena: User
) -> None:
    terza, chiusa = segnala(buche), porta_a(segnala(buche), Stato.RISOLTA)
    actions.unisci(sua, operatore=carla, originale=buca)
    for altra in (terza, sua, chiusa):
        with pytest.raises(DomainError):
            actions.unisci(terza, operatore=carla, originale=rilegge(altra))
    with pytest.raises(DomainError):  # back into what it was joined to: a circle
        actions.unisci(rilegge(buca), operatore=carla, originale=rilegge(sua))
    assert rilegge(terza).stato == Stato.RICEVUTA


def test_only_the_urp_detaches(buca: Segnalazione, sua: Segnalazione, carla: User, elena: User, dario: User) -> None:
    actions.unisci(porta_a(sua, Stato.ASSEGNATA), operatore=elena, originale=buca)
    for chi in (elena, dario):
        with pytest.raises(DomainError):
            actions.stacca(rilegge(sua), operatore=chi, testo="No.")


def test_the_signature_of_a_person_who_has_left_stays_gone(buca: Segnalazione, sua: Segnalazione, carla: User) -> None:
    seguace = actions.segui(sua, firma=True, sessione="b" * 64)
    actions.unisci(sua, operatore=carla, originale=buca)
    assert firme(buca) == 3
    actions.smetti_di_seguire(Seguace.objects.get(pk=seguace.pk))
    assert firme(buca) == 2


def test_telling_a_group_costs_the_same_however_large(
    buca: Segnalazione, buche: Categoria, carla: User, elena: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        actions.unisci(segnala(buche, autore=persona(f"P{n}")), operatore=carla, originale=buca)
    caso = porta_a(rilegge(buca), Stato.IN_LAVORAZIONE)
    with django_assert_max_num_queries(30):
        actions.risolvi(caso, operatore=elena, testo="Chiusa.")
    assert len(mail_di("risolvi", caso)) == 9
