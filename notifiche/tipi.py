"""The kinds of notice that there are. Each has its three templates: templates/email/<nome>.{subject.txt,txt,html}."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tipo:
    """A kind of notice. `dovuto`: owed by law or by office, or asked for a moment ago: nobody unsubscribes from it."""

    nome: str
    dovuto: bool = True


TIPI: dict[str, Tipo] = {
    tipo.nome: tipo
    for tipo in (
        Tipo("segnalazione_conferma"),
        Tipo("segnalazione_ricevuta"),
        Tipo("segnalazione_domanda"),
        Tipo("segnalazione_aggiornata"),
        Tipo("segnalazione_seguita"),
        Tipo("segnalazione_seguita_aggiornata", dovuto=False),
        Tipo("segnalazione_collegamento"),
        Tipo("segnalazione_assegnata_ufficio"),
    )
}
