"""The kinds of notice that there are. Each has its three templates: templates/email/<nome>.{subject.txt,txt,html}."""

from __future__ import annotations

from dataclasses import dataclass

GIORNI_APPUNTAMENTO = 42  # the link of an appointment cancels it as long as it lies ahead
# Where a subscriber to the news changes or stops it: the name of an address whose one argument is signed for it.
LISTA_NOVITA = "notiziario:gestisci"


@dataclass(frozen=True, slots=True)
class Tipo:
    """A kind of notice. `dovuto`: owed by law or by office, or asked for a moment ago: nobody unsubscribes from it.

    `giorni`: how long its link proves a mailbox.
    `lista`: of a mailing list, whose page is public and whose mails say where to stop: the name of that address.
    """

    nome: str
    dovuto: bool = True
    giorni: int = 7
    lista: str = ""


TIPI: dict[str, Tipo] = {
    tipo.nome: tipo
    for tipo in (
        Tipo("segnalazione_conferma"),
        Tipo("segnalazione_ricevuta"),
        Tipo("segnalazione_domanda"),
        Tipo("segnalazione_preavviso"),
        Tipo("segnalazione_termine"),
        Tipo("segnalazione_aggiornata"),
        Tipo("segnalazione_unita_aggiornata"),
        Tipo("segnalazione_seguita"),
        Tipo("segnalazione_seguita_aggiornata", dovuto=False),
        Tipo("segnalazione_collegamento"),
        Tipo("segnalazione_assegnata_ufficio"),
        Tipo("catena_rotta"),
        Tipo("segnalazione_menzione"),
        Tipo("dati_collegamento"),
        Tipo("segnalazione_moderata"),
        Tipo("regola_guasta"),
        Tipo("appuntamento_conferma", giorni=1),
        Tipo("appuntamento_preso", giorni=GIORNI_APPUNTAMENTO),
        Tipo("appuntamento_promemoria"),
        Tipo("appuntamento_annullato", giorni=GIORNI_APPUNTAMENTO),
        Tipo("appuntamento_disdetto"),
        Tipo("appuntamento_collegamento", giorni=GIORNI_APPUNTAMENTO),
        Tipo("notizie_conferma", giorni=3),
        Tipo("notizie_collegamento", lista=LISTA_NOVITA),
        Tipo("notizia_uscita", dovuto=False, lista=LISTA_NOVITA),
        Tipo("notizie_riassunto", dovuto=False, lista=LISTA_NOVITA),
        Tipo("pagina_da_approvare"),
        Tipo("pagina_da_correggere"),
        Tipo("pagina_approvata"),
    )
}
