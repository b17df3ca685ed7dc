"""What the editors' forms send."""

from __future__ import annotations

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def modulo_notizia(**altro: object) -> dict[str, Any]:
    """A piece of news of the roads: a title, a text, a note."""
    corpo = streamfield(
        [
            ("titolo", "Che cosa cambia"),
            ("testo", rich_text("<p>Lunedì si passa da via Roma.</p>")),
            ("nota", {"tono": "s-pietra", "titolo": "", "testo": rich_text("<p>Autobus deviati.</p>")}),
        ]
    )
    dati: dict[str, Any] = nested_form_data(
        {
            "title": "Via Fillungo chiusa lunedì",
            "slug": "via-fillungo-chiusa",
            "sommario": "Lunedì, per i lavori.",
            "data": "2026-11-25",
            "immagine_testo": "",
            "ufficio": "",
            "corpo": corpo,
            "correzioni": inline_formset([]),
            "argomenti": [],
            **altro,
        }
    )
    return dati
