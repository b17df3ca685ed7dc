"""An editor changes a page in /cms/ and publishes it; everybody reads it. One way in, for everybody."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from accounts.models import User
from home.models import PaginaSemplice
from tests.aiuti import PASSWORD, persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def renata() -> User:
    """Writes the pages of the site."""
    renata = persona("Renata", last_name="Riva")
    renata.groups.add(Group.objects.get(name="Moderators"))
    return renata


@pytest.fixture
def privacy() -> PaginaSemplice:
    privacy: PaginaSemplice = PaginaSemplice.objects.get(slug="privacy")
    return privacy


def modulo(pagina: PaginaSemplice, **altro: object) -> dict[str, object]:
    """What the edit form sends."""
    dati: dict[str, object] = nested_form_data(
        {
            "title": pagina.title,
            "slug": pagina.slug,
            "sommario": pagina.sommario,
            "corpo": streamfield([]),
            "argomenti": [],
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **altro,
        }
    )
    return dati


def test_renata_edits_and_publishes_and_anna_reads(client: Client, renata: User, privacy: PaginaSemplice) -> None:
    client.force_login(renata)
    corpo = streamfield([("titolo", "E di domenica?"), ("testo", rich_text("<p>Anche.</p>"))])
    dati = modulo(privacy, sommario="Risposte nuove.", corpo=corpo)
    client.post(f"/cms/pages/{privacy.pk}/edit/", {**dati, "action-publish": "1"})
    pagina = Client().get("/privacy/").content.decode()
    assert "Risposte nuove." in pagina
    assert '<h2 id="e-di-domenica">E di domenica?</h2>' in pagina


def test_a_draft_is_read_by_nobody(client: Client, renata: User, privacy: PaginaSemplice) -> None:
    client.force_login(renata)
    client.post(f"/cms/pages/{privacy.pk}/edit/", modulo(privacy, sommario="Ancora da rivedere."))
    privacy.refresh_from_db()
    assert privacy.get_latest_revision_as_object().sommario == "Ancora da rivedere."
    assert "Ancora da rivedere." not in Client().get("/privacy/").content.decode()


def test_the_home_page_changes_its_question(client: Client, renata: User) -> None:
    casa = PaginaSemplice.objects.get(slug="privacy").get_parent().specific
    client.force_login(renata)
    dati = {
        "title": casa.title,
        "slug": casa.slug,
        "sommario": casa.sommario,
        "domanda": "Che cosa non va?",
        "introduzione": casa.introduzione,
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    client.post(f"/cms/pages/{casa.pk}/edit/", {**nested_form_data(dati), "action-publish": "1"})
    assert '<h1 id="domanda">Che cosa non va?</h1>' in Client().get("/").content.decode()


def test_the_administration_speaks_italian(client: Client, renata: User, privacy: PaginaSemplice) -> None:
    client.force_login(renata)
    pagina = client.get(f"/cms/pages/{privacy.pk}/edit/").content.decode()
    assert '<html lang="it"' in pagina
    assert "Salva bozza" in pagina
    assert "In breve" in pagina


@pytest.mark.parametrize("chi", ["anna", "carla"])
def test_who_is_not_of_the_redazione_stays_out(request, client: Client, chi: str, privacy: PaginaSemplice) -> None:
    client.force_login(request.getfixturevalue(chi))
    risposta = client.post(f"/cms/pages/{privacy.pk}/edit/", modulo(privacy, sommario="Ciao"))
    assert risposta.status_code == 302
    privacy.refresh_from_db()
    assert privacy.sommario != "Ciao"


@pytest.mark.parametrize("porta", ["/cms/", "/cms/login/", "/cms/pages/"])
def test_there_is_one_way_in(client: Client, porta: str) -> None:
    """Wagtail's own form knows nothing of the second step that a colleague may have switched on."""
    risposta = client.get(porta)
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(("/cms/login/", "/accedi/login/"))


def test_after_the_login_the_editor_is_where_they_wanted_to_be(client: Client, renata: User) -> None:
    dati = {"login": renata.email, "password": PASSWORD}
    risposta = client.post("/accedi/login/?next=/cms/", dati)
    assert risposta["Location"] == "/cms/"


def test_a_picture_of_the_editors_is_served_and_its_original_is_not(client: Client) -> None:
    for cartella in ("images", "original_images"):
        default_storage.save(f"{cartella}/mura.jpg", ContentFile(b"mura"))
    risposta = client.get("/media/images/mura.jpg")
    assert b"".join(risposta.streaming_content) == b"mura"
    assert risposta["Content-Type"] == "image/jpeg"
    for altrove in ("original_images/mura.jpg", "images/../original_images/mura.jpg", "images/torre.jpg"):
        assert client.get(f"/media/{altrove}").status_code == 404
