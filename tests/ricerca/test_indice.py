"""What editors publish is found at once; what they take back, hide or move is not, or elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from cms.models import Argomento, BasePage, Documento
from core.tempo import adesso
from home.models import Componente, DocumentoPage, HomePage, OrganoPage, PaginaSemplice
from ricerca.actions import aggiorna, rifai
from ricerca.models import Occorrenza, Trovabile
from segnalazioni.actions.categorie import VoceCategoria, importa_categorie
from segnalazioni.importatori.tassonomia import leggi_tassonomia
from segnalazioni.models import ASSISTENZA, Categoria
from segnalazioni.suggerimenti import ALTRO
from tests.aiuti import pagina_con
from tests.ricerca.test_metro import primi

pytestmark = pytest.mark.django_db

PAROLA = "gelsomino"


def corpo_di(parole: str) -> str:
    """A body of one block."""
    return json.dumps([{"type": "testo", "value": f"<p>{parole}</p>"}])


@pytest.fixture
def casa() -> HomePage:
    casa: HomePage = HomePage.italiana()
    return casa


@pytest.fixture
def aiuole(casa: HomePage) -> PaginaSemplice:
    """A live page about flowers, with one more below it."""
    aiuole: PaginaSemplice = casa.add_child(
        instance=PaginaSemplice(title="Aiuole", slug="aiuole", corpo=corpo_di("Rose."))
    )
    aiuole.add_child(instance=PaginaSemplice(title="Il gelsomino", slug="gelsomino", corpo=corpo_di("Fiorisce.")))
    return aiuole


def pubblica(pagina: PaginaSemplice, **altro: object) -> PaginaSemplice:
    """Through a revision, as the editors' site does."""
    for nome, valore in altro.items():
        setattr(pagina, nome, valore)
    pagina.save_revision().publish()
    ripresa: PaginaSemplice = PaginaSemplice.objects.get(pk=pagina.pk)
    return ripresa


# --- pages ------------------------------------------------------------------------------------------------


def test_a_page_is_found_as_soon_as_it_is_published(aiuole: PaginaSemplice) -> None:
    assert primi("tulipano") == []
    pubblica(aiuole, corpo=corpo_di("Tulipani."))
    assert primi("tulipano") == ["/aiuole/"]
    assert primi("rose") == []


def test_a_draft_is_not_found(aiuole: PaginaSemplice, casa: HomePage) -> None:
    aiuole.corpo = corpo_di("Segretissimo.")
    aiuole.save_revision()
    casa.add_child(instance=PaginaSemplice(title="Bozza segretissima", slug="bozza", live=False))
    rifai()
    assert primi("segretissimo") == []
    assert not Occorrenza.objects.filter(forma__startswith="segretissim").exists()


def test_a_draft_saved_of_a_live_page_leaves_the_words_that_are_published(aiuole: PaginaSemplice) -> None:
    aiuole.title = "Segretissimo"
    aiuole.save_revision()
    aggiorna("pagina", [aiuole.pk])
    assert primi("segretissimo") == []
    assert primi("aiuole") == ["/aiuole/"]


def test_a_page_that_is_unpublished_is_not_found(aiuole: PaginaSemplice) -> None:
    assert primi("aiuole") == ["/aiuole/"]
    aiuole.unpublish()
    assert primi("aiuole") == []
    assert primi(PAROLA) == ["/aiuole/gelsomino/"]


def test_a_page_that_is_deleted_takes_what_is_below_it_along(aiuole: PaginaSemplice) -> None:
    aiuole.delete()
    assert primi("aiuole") + primi(PAROLA) == []


def test_a_page_that_is_moved_is_found_where_it_is(aiuole: PaginaSemplice) -> None:
    aiuole.move(BasePage.objects.get(slug="vivere-lucca"), pos="last-child")
    assert primi("aiuole") == ["/vivere-lucca/aiuole/"]
    assert primi(PAROLA) == ["/vivere-lucca/aiuole/gelsomino/"]


def test_a_page_with_another_address_is_found_there_with_all_below_it(
    aiuole: PaginaSemplice, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        pubblica(aiuole, slug="fiori")
    assert primi("aiuole") == ["/fiori/"]
    assert primi(PAROLA) == ["/fiori/gelsomino/"]


def test_a_page_that_not_everybody_may_read_is_not_found_nor_what_is_below_it(aiuole: PaginaSemplice) -> None:
    chiusa = PageViewRestriction.objects.create(page=aiuole, restriction_type=PageViewRestriction.LOGIN)
    assert primi("aiuole") + primi(PAROLA) == []
    rifai()
    assert primi("aiuole") + primi(PAROLA) == []
    pubblica(PaginaSemplice.objects.get(slug="gelsomino"))
    assert primi(PAROLA) == []
    chiusa.delete()
    assert primi("aiuole") == ["/aiuole/"]
    assert primi(PAROLA) == ["/aiuole/gelsomino/"]


def test_a_page_that_goes_under_a_closed_one_is_not_found(aiuole: PaginaSemplice) -> None:
    vivere = BasePage.objects.get(slug="vivere-lucca")
    PageViewRestriction.objects.create(page=vivere, restriction_type=PageViewRestriction.PASSWORD, password="x")
    aiuole.move(vivere, pos="last-child")
    assert primi("aiuole") + primi(PAROLA) == []


def test_the_hour_that_was_set_publishes_and_takes_back(aiuole: PaginaSemplice) -> None:
    aiuole.title, aiuole.go_live_at = "Ninfee", adesso() - timedelta(minutes=1)
    aiuole.save_revision().publish()
    call_command("publish_scheduled")
    assert primi("ninfee") == ["/aiuole/"]
    PaginaSemplice.objects.filter(pk=aiuole.pk).update(expire_at=adesso() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert primi("ninfee") == []


def test_what_is_published_and_taken_back_in_one_transaction_was_never_found(aiuole: PaginaSemplice) -> None:
    def ripensaci() -> None:
        with transaction.atomic():
            pubblica(aiuole, title="Ninfee")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ripensaci()
    assert primi("ninfee") == []
    assert primi("aiuole") == ["/aiuole/"]


def test_keywords_find_a_page_that_does_not_say_them(aiuole: PaginaSemplice) -> None:
    pubblica(aiuole, parole_chiave="fioriere, giardinetti")
    assert primi("giardinetto") == ["/aiuole/"]


def test_the_form_as_typed_comes_before_another_of_the_same_stem(casa: HomePage) -> None:
    for titolo, slug in (("Ninfee e calle", "ninfee-a"), ("Ninfea e calla", "ninfea-b")):
        casa.add_child(instance=PaginaSemplice(title=titolo, slug=slug, corpo=corpo_di("Fioriscono.")))
    assert primi("ninfea") == ["/ninfea-b/", "/ninfee-a/"]
    assert primi("ninfee") == ["/ninfee-a/", "/ninfea-b/"]


def test_words_in_quotes_follow_one_another(casa: HomePage) -> None:
    for titolo, slug in (("Gelsomini bianchi", "insieme"), ("Bianchi i gelsomini", "separati")):
        casa.add_child(instance=PaginaSemplice(title=titolo, slug=slug, corpo=corpo_di("Fioriscono.")))
    assert set(primi("gelsomini bianchi")) == {"/insieme/", "/separati/"}
    assert primi('"gelsomini bianchi"') == ["/insieme/"]


def test_the_home_page_of_the_site_is_not_found(casa: HomePage) -> None:
    rifai()
    assert not Trovabile.objects.filter(chiave=f"pagina:{casa.pk}").exists()
    assert Site.objects.get().root_page_id == casa.pk


def test_who_is_in_a_governing_body_is_found(casa: HomePage) -> None:
    organi = BasePage.objects.get(slug="organi-di-governo")
    giunta = organi.add_child(instance=OrganoPage(title="Giunta di prova", slug="giunta-di-prova", live=False))
    giunta.componenti.add(Componente(nome="Ines Quattrocchini", carica="assessora"))
    giunta.save_revision().publish()
    assert primi("quattrocchini") == [giunta.get_url()]


def test_a_topic_is_found_until_it_is_deleted() -> None:
    argomento = Argomento.objects.create(slug="giardinaggio", nome="Giardinaggio")
    assert primi("giardinaggio") == ["/argomenti/giardinaggio/"]
    argomento.delete()
    assert primi("giardinaggio") == []


# --- documents --------------------------------------------------------------------------------------------


@pytest.fixture
def regolamento() -> Documento:
    """On a page of its own."""
    documento: Documento = Documento.objects.create(
        title="Regolamento delle ninfee", file=ContentFile(b"%PDF-1.4", name="regolamento.pdf")
    )
    pagina_con(documento)
    return documento


def test_a_document_is_found_while_a_page_that_everybody_reads_has_it(regolamento: Documento) -> None:
    pagina = DocumentoPage.objects.get(slug=f"con-il-file-{regolamento.pk}")
    pagina.unpublish()
    assert primi("ninfee") == []
    pagina.save_revision().publish()
    assert primi("ninfee") == [regolamento.url]
    chiusa = PageViewRestriction.objects.create(page=pagina, restriction_type=PageViewRestriction.LOGIN)
    assert primi("ninfee") == []
    chiusa.delete()
    assert primi("ninfee") == [regolamento.url]
    pagina.versioni.clear()
    pagina.save_revision()
    assert primi("ninfee") == [regolamento.url], "a draft takes nothing away"
    pagina.get_latest_revision().publish()
    assert primi("ninfee") == []


def test_a_document_goes_with_its_page(regolamento: Documento) -> None:
    DocumentoPage.objects.get(slug=f"con-il-file-{regolamento.pk}").delete()
    assert primi("ninfee") == []


def test_a_document_that_nobody_has_approved_yet_is_not_found() -> None:
    documento = Documento.objects.create(title="Bozza delle ninfee", file=ContentFile(b"%PDF-1.4", name="bozza.pdf"))
    aggiorna("documento", [documento.pk])
    rifai()
    assert primi("ninfee") == []


def test_a_document_is_found_until_it_is_deleted(regolamento: Documento) -> None:
    assert primi("ninfee") == [regolamento.url]
    regolamento.title = "Regolamento dei tulipani"
    regolamento.save()
    assert primi("ninfee") == []
    assert primi("tulipani") == [regolamento.url]
    DocumentoPage.objects.get(slug=f"con-il-file-{regolamento.pk}").delete()
    regolamento.delete()
    assert primi("tulipani") == []


def test_a_document_of_a_closed_collection_is_not_found(regolamento: Documento) -> None:
    radice = Collection.get_first_root_node()
    riservata = radice.add_child(name="Riservata")
    dentro = riservata.add_child(name="Dentro")
    regolamento.collection = dentro
    regolamento.save()
    assert primi("ninfee") == [regolamento.url]
    chiusa = CollectionViewRestriction.objects.create(
        collection=riservata, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert primi("ninfee") == []
    rifai()
    assert primi("ninfee") == []
    chiusa.delete()
    assert primi("ninfee") == [regolamento.url]


def test_a_collection_that_goes_into_a_closed_one_takes_its_documents_along(
    regolamento: Documento, client: Client, django_user_model: type, django_capture_on_commit_callbacks: object
) -> None:
    radice = Collection.get_first_root_node()
    chiusa = radice.add_child(name="Chiusa")
    CollectionViewRestriction.objects.create(collection=chiusa, restriction_type=CollectionViewRestriction.LOGIN)
    aperta = radice.add_child(name="Aperta")
    regolamento.collection = aperta
    regolamento.save()
    client.force_login(django_user_model.objects.create_superuser("admin@example.org", "x"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(f"/cms/collections/{aperta.pk}/", {"name": "Aperta", "parent": chiusa.pk})
    assert Collection.objects.get(pk=aperta.pk).is_descendant_of(Collection.objects.get(pk=chiusa.pk))
    assert primi("ninfee") == []


# --- categories, doors ------------------------------------------------------------------------------------


def test_a_category_is_found_by_the_name_that_the_office_gave_it_until_it_is_switched_off(sito: None) -> None:
    spento = Categoria.objects.get(codice="luce.spento")
    spento.nome = "Ninfea fulminata"
    spento.save()
    assert primi("ninfea") == ["/segnalazioni/nuova/?categoria=luce.spento"]
    spento.attiva = False
    spento.save()
    assert primi("ninfea") == []


def test_help_and_anything_else_are_no_answer_to_a_question(sito: None) -> None:
    """Help has a door of its own; «altro» says nothing of what it is about."""
    speciali = Categoria.objects.filter(codice__in=(ALTRO, ASSISTENZA))
    assert speciali.count() == 2
    for speciale in speciali:
        speciale.nome = "Ninfea fulminata"
        speciale.save()
    rifai()
    assert primi("ninfea") == []


def test_the_name_of_a_group_finds_its_categories(sito: None) -> None:
    gruppo = Categoria.objects.get(codice="luce")
    gruppo.nome = "Ninfee elettriche"
    gruppo.save()
    assert all("categoria=luce." in url for url in primi("ninfee"))
    assert len(primi("ninfee")) == 3


def test_a_category_that_leaves_the_taxonomy_is_not_found(sito: None) -> None:
    assert "/segnalazioni/nuova/?categoria=luce.spento" in primi("lampione spento")
    importa_categorie(voce for voce in leggi_tassonomia() if voce.codice != "luce.spento")
    assert "/segnalazioni/nuova/?categoria=luce.spento" not in primi("lampione spento")


def test_what_an_update_of_the_taxonomy_changes_is_found_by_its_new_words(sito: None) -> None:
    def cambiata(voce: VoceCategoria) -> VoceCategoria:
        if not voce.madre and voce.codice == "luce":
            return replace(voce, nome="Ninfee")
        return replace(voce, nome="Ranuncolo") if voce.codice == "strade.buche" else voce

    nuova = VoceCategoria("strade.biancospini", "Biancospini", madre="strade")
    importa_categorie([*map(cambiata, leggi_tassonomia()), nuova])
    assert primi("ranuncolo") == ["/segnalazioni/nuova/?categoria=strade.buche"]
    assert primi("biancospini") == ["/segnalazioni/nuova/?categoria=strade.biancospini"]
    assert "/segnalazioni/nuova/?categoria=luce.spento" in primi("ninfee")


def test_every_door_leads_somewhere(sito: None, client: Client) -> None:
    porte = list(Trovabile.objects.filter(chiave__startswith="porta:").values_list("url", flat=True))
    assert len(porte) > 5
    assert [url for url in porte if client.get(url).status_code not in (200, 302)] == []


def test_made_anew_the_index_is_the_same_and_forgets_what_is_gone(sito: None) -> None:
    def tutto() -> list[tuple[str, str, float]]:
        return sorted(Occorrenza.objects.values_list("trovabile__chiave", "forma", "peso"))

    prima = tutto()
    for chiave in ("pagina:999999", "documento:999999", "categoria:999999", "porta:home:inventata"):
        Trovabile.objects.create(chiave=chiave, specie="pagine", url="/", titolo="Sparita")
    call_command("indicizza_sito", verbosity=0)
    assert tutto() == prima
    assert not Trovabile.objects.filter(titolo="Sparita").exists()
