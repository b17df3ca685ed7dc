"""Sample data of the gallery of blocks: what an editor can put on a page, once each. No row of the database is read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from cms.blocks import CorpoBlock

# Their samples are drawn by the page itself: they show rows that an editor has uploaded.
CON_RIGHE = ("figura", "documenti")


def blocchi() -> list[tuple[str, StreamValue]]:
    """(name of the block, a stream with nothing else) for every block of a page that needs no row."""
    flusso = CorpoBlock()
    return [(nome, flusso.to_python([{"type": nome, "value": valore}])) for nome, valore in _campioni().items()]


def _campioni() -> dict[str, Any]:
    lampade = [_("Lampade"), _("Prima"), _("Adesso")]
    return {
        "titolo": _("Che cosa è stato fatto"),
        "testo": f"<p>{_('Otto lampade nuove, accese dal tramonto all’alba.')}</p>"
        f"<ul><li>{_('140 metri di linea')}</li><li>{_('la parete ridipinta di chiaro')}</li></ul>",
        "passi": [
            {"titolo": _("Scrivi che cosa succede"), "testo": f"<p>{_('Con parole tue.')}</p>"},
            {"titolo": _("Di’ dove"), "testo": f"<p>{_('Anche solo a parole.')}</p>"},
        ],
        "righe": [
            {"titolo": _("Una foto"), "testo": f"<p>{_('Se ce l’hai.')}</p>"},
            {"titolo": _("La tua e-mail"), "testo": f"<p>{_('Per avere la risposta.')}</p>"},
        ],
        "linea": [
            {"quando": _("subito"), "che": _("Hai il numero"), "nota": "", "attesa": False},
            {"quando": _("dopo la risposta"), "che": _("Puoi contestarla"), "nota": _("una volta"), "attesa": True},
        ],
        "tavola": {
            "nome": _("Lampade del sottopasso"),
            "celle": {
                "columns": [{"type": "parole", "heading": titolo} for titolo in lampade],
                "rows": [{"values": [_("accese"), "1", "8"]}, {"values": [_("spente"), "2", "0"]}],
            },
        },
        "nota": {
            "tono": "s-ocra",
            "titolo": _("Manca ancora"),
            "testo": f"<p>{_('Lo specchio in fondo alla rampa.')}</p>",
        },
        "azione": {"testo": _("Segnala adesso"), "pagina": None, "indirizzo": "/segnalazioni/nuova/"},
        "citazione": {"testo": _("Adesso vedo dove metto le ruote."), "chi": _("detto al sopralluogo")},
        "domande": [
            {"domanda": _("Devo registrarmi?"), "risposta": f"<p>{_('No: basta un’e-mail.')}</p>"},
            {"domanda": _("È un’emergenza?"), "risposta": f"<p>{_('Chiama il 112.')}</p>"},
        ],
    }
