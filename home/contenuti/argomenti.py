"""The topics a new site begins with: (slug, name, one sentence, on the home page)."""

from __future__ import annotations

ARGOMENTI = (
    ("ambiente", "Ambiente", "Rifiuti, acque, aria, verde: come si tiene la città.", True),
    ("mobilita", "Mobilità", "Strade, marciapiedi, biciclette, mezzi pubblici, parcheggi.", True),
    ("partecipazione", "Partecipazione", "Dire la propria, e sapere che cosa ne è venuto.", True),
    ("trasparenza", "Trasparenza", "Documenti e dati che chiunque può leggere, e come chiederne altri.", True),
    (
        "associazioni",
        "Associazioni e volontariato",
        "Chi si mette insieme per la città, e con quale aiuto.",
        False,
    ),
    ("bilancio", "Bilancio e conti", "Da dove vengono i soldi del Comune, dove vanno, chi lo decide.", False),
    ("lavori-pubblici", "Lavori pubblici", "Cantieri, scuole, piazze: che cosa si fa e quando finisce.", False),
    ("sociale", "Sociale e casa", "Aiuti alle persone e alle famiglie, alloggi, segretariato sociale.", False),
    (
        "innovazione",
        "Sito e servizi digitali",
        "Come funziona questo sito, e che fare quando non va.",
        False,
    ),
)
