"""A redazione follows its office: who comes, who goes, what each may do, and what stays with the office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Collection

from accounts.models import User
from cms.models import BasePage, Immagine
from comune.models import Incarico, Ruolo
from core.tempo import adesso, oggi
from redazione.actions import allinea, allinea_tutte
from redazione.models import ComeScrive, Parte, Redattore, Redazione
from redazione.scheduled import allinea_le_redazioni
from tests.aiuti import PASSWORD, incarica
from tests.immagini import foto
from tests.redazione.conftest import notizia

pytestmark = pytest.mark.django_db


def _fresca(chi: User) -> User:
    """As the next request finds it."""
    return User.objects.get(pk=chi.pk)


def test_elena_may_what_is_hers_and_nothing_else(elena, redazione_strade, pagina_strade, pagina_luce, notizie):
    sua, di_altri, lista = (p.permissions_for_user(elena) for p in (pagina_strade, pagina_luce, notizie))
    assert sua.can_edit()
    assert [sua.can_publish(), sua.can_unpublish(), sua.can_delete()] == [False] * 3  # what is out stays out
    assert [di_altri.can_edit(), di_altri.can_add_subpage(), di_altri.can_move()] == [False] * 3
    assert lista.can_add_subpage()
    assert not lista.can_edit()


def test_in_a_shared_list_one_changes_what_one_has_made(elena, fabio, redazione_strade, redazione_luce, notizie):
    sua, di_lui = notizia(elena, notizie), notizia(fabio, notizie, titolo="Lampade nuove")
    assert sua.permissions_for_user(elena).can_edit()
    assert sua.permissions_for_user(elena).can_submit_for_moderation()
    assert not di_lui.permissions_for_user(elena).can_edit()


def test_who_leaves_loses_the_tree_the_same_day(entra, elena, dario, strade, redazione_strade, pagina_strade):
    allinea_tutte()
    assert entra(elena).get(f"/cms/pages/{pagina_strade.pk}/edit/").status_code == 200
    Incarico.objects.filter(utente=elena).update(al=oggi() - timedelta(days=1))
    allinea_le_redazioni()
    assert not _fresca(elena).has_perm("wagtailadmin.access_admin")
    assert entra(elena).get("/cms/").status_code == 302
    assert _fresca(dario).has_perm("wagtailadmin.access_admin")


def test_what_who_leaves_had_locked_is_free(elena, fabio, redazione_strade, redazione_luce, pagina_strade, pagina_luce):
    for pagina, chi in ((pagina_strade, elena), (pagina_luce, fabio)):
        BasePage.objects.filter(pk=pagina.pk).update(locked=True, locked_by=chi, locked_at=adesso())
    Incarico.objects.filter(utente=elena).update(al=oggi() - timedelta(days=1))
    allinea_tutte()
    pagina_strade.refresh_from_db()
    pagina_luce.refresh_from_db()
    assert (pagina_strade.locked, pagina_strade.locked_by) == (False, None)
    assert (pagina_luce.locked, pagina_luce.locked_by) == (True, fabio)


def test_drafts_of_other_offices_are_not_even_named_where_a_link_is_chosen(
    entra, elena, fabio, redazione_strade, redazione_luce, notizie
):
    notizia(elena, notizie, titolo="Bozza di Elena")
    notizia(fabio, notizie, titolo="Bozza di Fabio")
    scelta = entra(elena).get(f"/cms/choose-page/{notizie.pk}/").json()["html"]
    assert "Bozza di Elena" in scelta
    assert "Bozza di Fabio" not in scelta


def test_who_passes_to_another_office_takes_no_page_along(
    elena, dario, luce, redazione_strade, redazione_luce, notizie
):
    """Both offices add to the same list: Wagtail would let the owner go on."""
    allinea_tutte()
    pagina = notizia(elena, notizie)
    Incarico.objects.filter(utente=elena).update(al=oggi() - timedelta(days=1))
    incarica(elena, luce, Ruolo.OPERATORE)
    allinea_tutte()
    pagina.refresh_from_db()
    assert pagina.owner == dario
    assert not pagina.permissions_for_user(_fresca(elena)).can_edit()
    assert pagina.permissions_for_user(_fresca(dario)).can_edit()


def test_the_end_of_an_incarico_written_in_cms_counts_at_once(elena, redazione_strade):
    amministra = Client()
    amministra.force_login(User.objects.create_superuser("root@example.org", "x"))
    incarico = Incarico.objects.get(utente=elena)
    ieri = oggi() - timedelta(days=1)
    dati = {
        "utente": elena.pk,
        "ufficio": incarico.ufficio_id,
        "ruolo": incarico.ruolo,
        "dal": incarico.dal,
        "al": ieri,
    }
    risposta = amministra.post(f"/cms/snippets/comune/incarico/edit/{incarico.pk}/", dati)
    assert risposta.status_code == 302, risposta.context["form"].errors
    assert not _fresca(elena).groups.exists()


def test_somebody_named_writes_too_until_the_account_is_closed(anna, redazione_strade):
    User.objects.filter(pk=anna.pk).update(is_staff=True)
    Redattore.objects.create(redazione=redazione_strade, utente=anna, sort_order=0)
    allinea(redazione_strade)
    assert _fresca(anna).has_perm("wagtailadmin.access_admin")
    User.objects.filter(pk=anna.pk).update(is_active=False)
    allinea(redazione_strade)
    assert not _fresca(anna).groups.exists()


def test_what_is_ticked_by_hand_does_not_stay(elena, redazione_strade, pagina_luce):
    gruppo = redazione_strade.gruppo
    gruppo.permissions.add(Permission.objects.get(codename="change_user"))
    Parte.objects.create(redazione=redazione_strade, pagina=pagina_luce, come=ComeScrive.AGGIUNGE, sort_order=9)
    allinea(redazione_strade)
    Parte.objects.filter(pagina=pagina_luce).delete()
    allinea(redazione_strade)
    assert {p.codename for p in gruppo.permissions.all()} == {"access_admin", "submit_translation"}
    assert not pagina_luce.permissions_for_user(_fresca(elena)).can_edit()


def test_aligned_again_nothing_changes(redazione_strade, django_assert_max_num_queries):
    gruppo = redazione_strade.gruppo
    prima = sorted(gruppo.page_permissions.values_list("pk", flat=True))
    with django_assert_max_num_queries(30):
        allinea(redazione_strade)
    assert sorted(gruppo.page_permissions.values_list("pk", flat=True)) == prima


def test_switched_off_it_has_nobody(elena, redazione_strade):
    Redazione.objects.filter(pk=redazione_strade.pk).update(attiva=False)
    allinea(redazione_strade)
    assert not _fresca(elena).groups.exists()


def test_it_is_made_in_cms_by_an_administrator_and_never_deleted(strade, elena, pagina_strade):
    amministra = Client()
    amministra.force_login(User.objects.create_superuser("root@example.org", "x"))
    dati = {
        "nome": "Strade", "ufficio": strade.pk, "attiva": "on",
        "parti-TOTAL_FORMS": 1, "parti-INITIAL_FORMS": 0, "parti-MIN_NUM_FORMS": 0, "parti-MAX_NUM_FORMS": 1000,
        "parti-0-pagina": pagina_strade.pk, "parti-0-come": "sua", "parti-0-ORDER": 1,
        "redattori-TOTAL_FORMS": 0, "redattori-INITIAL_FORMS": 0, "redattori-MIN_NUM_FORMS": 0,
        "redattori-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    risposta = amministra.post("/cms/snippets/redazione/redazione/add/", dati)
    assert risposta.status_code == 302, risposta.context["form"].errors
    redazione = Redazione.objects.get(nome="Strade")
    assert pagina_strade.permissions_for_user(_fresca(elena)).can_edit()
    amministra.post(f"/cms/snippets/redazione/redazione/delete/{redazione.pk}/")
    assert Redazione.objects.filter(pk=redazione.pk).exists()


def test_an_office_does_not_see_the_register(entra, elena, redazione_strade):
    for porta in (
        "/cms/snippets/redazione/redazione/",
        "/cms/snippets/comune/incarico/",
        "/cms/users/",
        "/cms/groups/",
    ):
        assert entra(elena).get(porta).status_code in (302, 403, 404), porta


# --- pictures and files -----------------------------------------------------------------------------------


def _immagine(raccolta, titolo: str) -> Immagine:
    immagine = Immagine(title=titolo, description=titolo, collection=raccolta)
    immagine.file.save("foto.jpg", ContentFile(foto()), save=True)
    return immagine


def test_an_office_keeps_its_pictures_and_chooses_those_in_common(entra, elena, redazione_strade, redazione_luce):
    comune = Collection.objects.get(name="In comune")
    quali = [redazione_strade.raccolta, redazione_luce.raccolta, comune, Collection.get_first_root_node()]
    sua, di_altri, di_tutti, centrale = [_immagine(dove, f"Foto {n}") for n, dove in enumerate(quali)]
    client = entra(elena)
    assert "/cms/images/" in client.get("/cms/").content.decode()
    scelta = client.get("/cms/images/chooser/").content.decode()
    assert [i.title in scelta for i in (sua, di_altri, di_tutti, centrale)] == [True, False, True, False]
    assert client.get(f"/cms/images/{sua.pk}/").status_code == 200
    for altra in (di_altri, di_tutti, centrale):
        for porta in (f"/cms/images/{altra.pk}/", f"/cms/images/{altra.pk}/delete/"):
            assert client.post(porta, {"title": "Presa", "description": "x"})["Location"] == "/cms/", porta


def test_a_new_picture_goes_to_the_collection_of_the_office(entra, elena, redazione_strade, redazione_luce):
    client = entra(elena)
    for raccolta, preso in ((redazione_luce.raccolta, False), (redazione_strade.raccolta, True)):
        file = SimpleUploadedFile("buca.jpg", foto(), "image/jpeg")
        dati = {"title": "Buca", "description": "Una buca", "collection": raccolta.pk, "file": file}
        client.post("/cms/images/add/", dati)
        assert Immagine.objects.filter(collection=raccolta).exists() is preso
    assert not Immagine.objects.exclude(collection=redazione_strade.raccolta).exists()


def test_who_approves_works_on_every_file(entra, carla, centrale, redazione_luce):
    immagine = _immagine(redazione_luce.raccolta, "Lampada")
    assert entra(carla).get(f"/cms/images/{immagine.pk}/").status_code == 200


def test_who_only_writes_pages_comes_from_the_login_to_cms(paola):
    """The desk would be shut: it is of who holds an office."""
    client = Client()
    risposta = client.post("/accedi/login/", {"login": paola.email, "password": PASSWORD})
    assert risposta["Location"] == "/cms/"


def test_who_also_works_at_an_office_comes_to_the_desk(elena, redazione_strade):
    risposta = Client().post("/accedi/login/", {"login": elena.email, "password": PASSWORD})
    assert risposta["Location"] == "/scrivania/segnalazioni/"
