"""The pages a new site begins with: every link of the frame leads somewhere, and says what is true today.

Used by the migration that makes them; afterwards they belong to the editors, in /cms/.
"""

from __future__ import annotations

from typing import NamedTuple


class Pagina(NamedTuple):
    """A page of text under the home page."""

    slug: str
    titolo: str
    sommario: str
    corpo: str


_IN_ARRIVO = "<p>Questa parte del sito è in preparazione. Che cosa puoi fare già adesso:</p>"

PAGINE: tuple[Pagina, ...] = (
    Pagina(
        "amministrazione",
        "Amministrazione",
        "Chi governa il Comune, chi ci lavora, quali uffici rispondono.",
        f"{_IN_ARRIVO}<ul><li>vedere, nella pagina di ogni <a href='/segnalazioni/'>segnalazione</a>, quale ufficio "
        "se ne occupa;</li><li>scrivere all’URP dalla pagina <a href='/assistenza/'>Richiedi assistenza</a>.</li></ul>"
        "<p>Qui ci saranno gli organi di governo, le aree amministrative, gli uffici con i loro recapiti, "
        "il personale e i documenti pubblici.</p>",
    ),
    Pagina(
        "novita",
        "Novità",
        "Notizie, comunicati e avvisi del Comune.",
        f"{_IN_ARRIVO}<ul><li>vedere che cosa è stato <a href='/segnalazioni/?stato=risolte_settimana'>risolto negli "
        "ultimi sette giorni</a>;</li><li>seguire una segnalazione: ogni passo ti arriva per e-mail.</li></ul>"
        "<p>Qui ci saranno le notizie e gli avvisi, con la data e l’ufficio che li pubblica.</p>",
    ),
    Pagina(
        "servizi",
        "Servizi",
        "Che cosa puoi chiedere al Comune, e come.",
        f"{_IN_ARRIVO}<ul><li><a href='/segnalazioni/nuova/'>segnalare un problema</a> in strada, in un parco, in un "
        "edificio o in un servizio del Comune.</li></ul><p>Qui ci sarà una scheda per ogni servizio: a chi è rivolto, "
        "come fare, che cosa serve, che cosa si ottiene, tempi e scadenze, contatti.</p>",
    ),
    Pagina(
        "vivere-lucca",
        "Vivere Lucca",
        "Luoghi ed eventi della città.",
        f"{_IN_ARRIVO}<ul><li>guardare le <a href='/segnalazioni/?stato=aperte'>segnalazioni aperte</a> del tuo "
        "quartiere.</li></ul><p>Qui ci saranno i luoghi della città e il calendario degli incontri aperti a "
        "tutti.</p>",
    ),
    Pagina(
        "partecipa",
        "Partecipa",
        "Dire la propria e sapere che cosa ne è venuto.",
        f"{_IN_ARRIVO}<ul><li><a href='/segnalazioni/nuova/'>scrivere un’idea o una proposta</a>: ha un numero, un "
        "termine e una risposta, come ogni segnalazione;</li><li>dire «anche a me» su una "
        "<a href='/segnalazioni/'>segnalazione</a> già fatta da altri.</li></ul>"
        "<h2>Che cosa ci sarà</h2><ul><li>gli incontri di quartiere e le giornate della trasparenza, con "
        "iscrizione;</li><li>le consultazioni sui testi in discussione;</li><li>i percorsi, i tavoli e il bilancio "
        "partecipato.</li></ul>",
    ),
    Pagina(
        "amministrazione-trasparente",
        "Amministrazione Trasparente",
        "Documenti, dati e informazioni che il Comune pubblica per legge (D.Lgs. 33/2013).",
        "<p>La sezione di questo sito è in preparazione: l’obbligo di pubblicazione è assolto sul sito istituzionale "
        "del Comune.</p><h2>Che cosa puoi fare adesso</h2><ul><li>se un dato manca o è vecchio, "
        "<a href='/segnalazioni/nuova/'>segnalalo</a> nella categoria «Trasparenza e dati pubblicati»;</li>"
        "<li>nella stessa categoria puoi presentare una richiesta di accesso civico.</li></ul>",
    ),
    Pagina(
        "faq",
        "Domande frequenti",
        "Le risposte a quello che ci chiedono più spesso sulle segnalazioni.",
        "<h2>Devo registrarmi?</h2><p>No. Puoi segnalare con il tuo indirizzo e-mail, che confermi con un "
        "collegamento, oppure senza dire chi sei dove la categoria lo permette.</p>"
        "<h2>Quando arriva la risposta?</h2><p>Ogni categoria ha il suo termine, che leggi prima di inviare. La "
        "pagina della segnalazione dice la data, e se è passata lo dice.</p>"
        "<h2>Chi legge quello che scrivo?</h2><p>Le segnalazioni delle categorie pubbliche le può leggere chiunque, "
        "senza il tuo nome e senza il tuo indirizzo. Quelle che riguardano una persona restano fra te e "
        "l’ufficio.</p>"
        "<h2>E le foto?</h2><p>Togliamo tutto quello che il telefono ci aggiunge, compresa la posizione. Se una foto "
        "mostra volti o targhe può essere coperta.</p>"
        "<h2>Ho perso il numero</h2><p>Cercalo nella conferma che ti abbiamo mandato per e-mail oppure, se hai un "
        "account, nella tua <a href='/area-personale/'>area personale</a>.</p>"
        "<h2>È un’emergenza</h2><p>Non scriverci: chiama il <strong>112</strong>.</p>",
    ),
    Pagina(
        "prenota",
        "Prenota appuntamento",
        "Parlare con un ufficio di persona.",
        "<p>Da questo sito non si prenota ancora.</p><h2>Che cosa puoi fare adesso</h2><ul><li>chiedere un "
        "appuntamento scrivendo dalla pagina <a href='/assistenza/'>Richiedi assistenza</a>;</li><li>se è per un "
        "problema in strada o in un servizio, <a href='/segnalazioni/nuova/'>segnalarlo</a>: non serve "
        "venire.</li></ul>",
    ),
    Pagina(
        "assistenza",
        "Richiedi assistenza",
        "Quando qualcosa non va o non è chiaro, risponde l’URP, l’ufficio relazioni con il pubblico.",
        "<ul><li><strong>Per un problema in città</strong>: <a href='/segnalazioni/nuova/'>fai una "
        "segnalazione</a>.</li><li><strong>Per un ufficio, uno sportello, una pratica in ritardo</strong>: "
        "<a href='/segnalazioni/nuova/'>scrivi nella categoria</a> «Servizi e uffici comunali»; non è "
        "pubblica.</li><li><strong>Se questo sito non funziona</strong>: stessa strada, «Sito, SPID, pagamenti "
        "online».</li></ul><p>Lo sportello dell’URP registra per te una segnalazione anche a voce o per "
        "telefono.</p>",
    ),
    Pagina(
        "privacy",
        "Informativa privacy",
        "Quali dati servono, a che cosa, per quanto tempo. Testo in attesa di approvazione del Comune.",
        "<p>Questo è un testo di lavoro: quello definitivo lo approva il Comune di Lucca, titolare del trattamento, "
        "con il suo responsabile della protezione dei dati.</p><h2>Che cosa raccogliamo</h2><ul><li>quello che "
        "scrivi, il luogo e le foto che alleghi;</li><li>il tuo indirizzo e-mail, se lo dai, per mandarti conferma e "
        "risposte;</li><li>il nome, se hai un account e lo hai scritto.</li></ul><h2>Che cosa si vede</h2><p>Nelle "
        "pagine pubbliche non compaiono mai nome e indirizzo e-mail. Le foto perdono tutti i dati nascosti. Le "
        "categorie che riguardano una persona non sono pubbliche.</p><h2>Che cosa non facciamo</h2><p>Nessuna "
        "richiesta a siti di terzi, nessun cookie di profilazione: i soli cookie tengono aperta la tua sessione e "
        "proteggono i moduli.</p><h2>I tuoi diritti</h2><p>Puoi chiedere di vedere, correggere e cancellare i tuoi "
        "dati: scrivi dalla pagina <a href='/assistenza/'>Richiedi assistenza</a>.</p>",
    ),
    Pagina(
        "note-legali",
        "Note legali",
        "Chi pubblica questo sito e a quali condizioni. Testo in attesa di approvazione del Comune.",
        "<p>Questo è un testo di lavoro: quello definitivo lo approva il Comune di Lucca.</p><h2>Il software</h2>"
        "<p>È libero, con licenza EUPL-1.2.</p><h2>I dati</h2><p>Da dove vengono mappe, confini e nomi dei luoghi è "
        "scritto in <a href='/crediti/'>Crediti e dati</a>.</p><h2>Quello che scrivi</h2><p>Chi segnala risponde di "
        "quello che scrive. Il Comune può nascondere un testo che contiene dati di altre persone o offese, dicendo "
        "perché.</p>",
    ),
    Pagina(
        "accessibilita",
        "Dichiarazione di accessibilità",
        "Quella ufficiale si compila e si pubblica sul sito di AgID.",
        "<p>La dichiarazione di accessibilità di un ente pubblico sta su "
        "<a href='https://form.agid.gov.it/'>form.agid.gov.it</a>: quando il Comune avrà compilato quella di questo "
        "sito, qui ci sarà il collegamento. Fino ad allora questa pagina non dichiara nulla.</p>"
        "<h2>Qualcosa non si usa o non si legge?</h2><p><a href='/segnalazioni/nuova/'>Segnalalo</a> nella categoria "
        "«Sito o servizio online non accessibile»: ha un termine e una risposta come ogni altra segnalazione.</p>",
    ),
)
