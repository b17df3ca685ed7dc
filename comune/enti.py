"""Bodies that answer for what people report and the Comune does not do (categories of reports, working proposal).

Names and duties only: no contact is made up, whoever knows one writes it in /cms/.
"""

from __future__ import annotations

# nome, tipo, di che cosa risponde, the name that the taxonomy gives it.
ENTI: tuple[tuple[str, str, str, str], ...] = (
    (
        "Provincia di Lucca",
        "strade",
        "le strade provinciali (SP)",
        "Provincia di Lucca (strade provinciali)",
    ),
    ("ANAS", "strade", "le strade statali, come la SS 12", "ANAS (strade statali, es. SS12)"),
    (
        "Sistema Ambiente S.p.A.",
        "gestore",
        "la raccolta dei rifiuti e la pulizia delle strade",
        "Gestore rifiuti (Sistema Ambiente S.p.A. / gruppo RetiAmbiente)",
    ),
    (
        "GEAL S.p.A.",
        "gestore",
        "l’acquedotto e le fognature",
        "Gestore idrico (GEAL S.p.A.; possibile subentro GAIA S.p.A.)",
    ),
    ("e-distribuzione", "gestore", "le linee elettriche e le cabine", "e-distribuzione"),
    (
        "Consorzio 1 Toscana Nord",
        "pubblico",
        "i fossi e il reticolo idraulico",
        "Consorzio 1 Toscana Nord (fossi e reticolo idraulico)",
    ),
    (
        "Regione Toscana, Genio Civile",
        "pubblico",
        "il fiume Serchio e le frane",
        "Regione Toscana – Genio Civile (fiume Serchio, frane)",
    ),
    (
        "Azienda USL Toscana nord ovest",
        "pubblico",
        "l’igiene pubblica e la veterinaria",
        "Azienda USL Toscana nord ovest (igiene, veterinaria)",
    ),
    ("ARPAT", "pubblico", "i controlli sull’aria, sull’acqua e sul rumore", "ARPAT"),
    ("Autolinee Toscane", "gestore", "le fermate e le linee degli autobus", "Autolinee Toscane (fermate e linee bus)"),
)
