"""The yardstick: what people type, and what must be among the first three answers."""

from __future__ import annotations

import json

import pytest
from django.utils.html import escape

from home.models import HomePage, PaginaSemplice
from ricerca.models import Trovabile
from ricerca.risultati import cerca
from segnalazioni.models import Categoria
from tests.sostegno.dati import SHARED

pytestmark = pytest.mark.django_db

# Where a section of ../shared/data/ricerca/queries.json is answered today. Sections that have no page of their own yet
# are answered by the page that says where the thing is, or what can be done meanwhile.
DOVE = {
    "segnalazioni/traccia": "/segnalazioni/",
    "segnalazioni/aiuto": "/faq/",
    "eventi/assemblee": "/partecipa/",
    "eventi/giornate-trasparenza": "/partecipa/",
    "partecipazione/forum-tavoli": "/partecipa/",
    "partecipazione/bilancio-partecipato": "/partecipa/",
    "partecipazione/casa-della-citta": "/partecipa/",
    "amministrazione-trasparente/disposizioni-generali": "/amministrazione-trasparente/",
    "amministrazione-trasparente/personale": "/amministrazione-trasparente/",
    "amministrazione-trasparente/organizzazione": "/amministrazione-trasparente/",
    "amministrazione-trasparente/bandi-di-gara-e-contratti": "/amministrazione-trasparente/",
    "amministrazione-trasparente/sovvenzioni": "/amministrazione-trasparente/",
    "contatti/urp": "/assistenza/",
}


def primi(scritto: str, quanti: int = 3) -> list[str]:
    """Addresses of the first answers."""
    posti = cerca(scritto).posti[:quanti]
    url = dict(Trovabile.objects.filter(pk__in=[p.pk for p in posti]).values_list("pk", "url"))
    return [url[p.pk] for p in posti]


def atteso(che: str) -> str:
    """The address that answers, as queries.json names it."""
    if che.startswith("sezione:"):
        return DOVE[che.removeprefix("sezione:")]
    return f"/segnalazioni/nuova/?categoria={che}"


def perse() -> list[tuple[str, str, list[str]]]:
    """Queries whose answer is not among the first three: what was typed, what was wanted, what came."""
    domande = json.loads((SHARED / "data/ricerca/queries.json").read_text())
    assert len(domande) == 65
    prove = [(d["query"], atteso(d["expected"])) for d in domande]
    return [(scritto, url, primi(scritto)) for scritto, url in prove if url not in primi(scritto)]


# Ours, so that the yardstick is kept where ../shared is missing. Nothing was tuned on the last ten.
NOSTRE = [
    ("c'è una voragine in via del fosso", "strade.buche"),
    ("lampione fulminato", "luce.spento"),
    ("luci accese a mezzogiorno", "luce.acceso"),
    ("tombino intasato di foglie", "acqua.caditoie"),
    ("hanno lasciato un materasso per strada", "rifiuti.abbandono"),
    ("devo buttare un frigorifero", "rifiuti.ingombranti"),
    ("non passano a prendere l'umido", "rifiuti.mancato_ritiro"),
    ("topi nel giardino", "animali.infestanti"),
    ("albero pericolante dopo il vento", "verde.albero"),
    ("scivolo del parco rotto", "verde.giochi"),
    ("lastre di amianto", "ambiente.amianto"),
    ("dove trovo il bilancio", "sezione:amministrazione-trasparente/disposizioni-generali"),
    ("gare d'appalto", "sezione:amministrazione-trasparente/bandi-di-gara-e-contratti"),
    ("quanto guadagna il sindaco stipendio", "sezione:amministrazione-trasparente/organizzazione"),
    ("telefono dell'ufficio relazioni con il pubblico", "sezione:contatti/urp"),
    ("a che punto siamo con la mia segnalazione", "sezione:segnalazioni/traccia"),
    ("si può segnalare in modo anonimo?", "sezione:segnalazioni/aiuto"),
    ("prossima assemblea di quartiere", "sezione:eventi/assemblee"),
    ("cassonetti stracolmi", "rifiuti.contenitore"),
    ("lampioni spnti", "luce.spento"),
    ("marciapede dissestato", "strade.marciapiede"),
    ("smaforo guasto", "strade.semaforo"),
    ("puza di fognia", "acqua.fogna"),
    ("machina parcheggiata sul marciapiede", "sicurezza.sosta"),
    ("cane randagio", "animali.randagi"),
    ("graffitti sul muro della scuola", "arredo.graffiti"),
    ("rumori dal locale sotto casa", "rumore.rumore"),
    ("tubo rotto esce acqua", "acqua.perdita"),
]


def test_ours_find_theirs_among_the_first_three(sito: None) -> None:
    prove = [(scritto, atteso(che), primi(scritto)) for scritto, che in NOSTRE]
    mancate = [(scritto, url, trovate) for scritto, url, trovate in prove if url not in trovate]
    assert len(mancate) <= len(NOSTRE) * 0.05, mancate


@pytest.mark.dati
def test_of_the_queries_of_the_yardstick_nineteen_in_twenty_find_theirs(sito: None) -> None:
    assert Categoria.objects.foglie().count() > 60
    mancate = perse()
    assert len(mancate) <= 65 * 0.05, mancate


@pytest.mark.dati
def test_and_so_they_do_among_pages_about_how_to_make_such_a_site(sito: None) -> None:
    """Long texts in which every word of an office stands somewhere."""
    casa = HomePage.italiana()
    righe = (SHARED / "data/ricerca/corpus_modello_comuni.ndjson").read_text().splitlines()
    for numero, riga in enumerate(map(json.loads, righe)):
        corpo = json.dumps([{"type": "testo", "value": f"<p>{escape(riga['text'])}</p>"}])
        casa.add_child(instance=PaginaSemplice(title=riga["title"], slug=f"rumore-{numero}", corpo=corpo))
    assert Trovabile.objects.filter(url__startswith="/rumore-").count() > 50
    mancate = perse()
    assert len(mancate) <= 65 * 0.05, mancate
