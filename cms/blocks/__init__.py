"""The blocks of a page, one per file, and the two streams that pages are made of.

A block has no setting of colour, size or space: it says what a thing is, its template how that looks.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.azione import AzioneBlock
from cms.blocks.citazione import CitazioneBlock
from cms.blocks.documenti import DocumentiBlock
from cms.blocks.domande import DomandeBlock
from cms.blocks.figura import FiguraBlock
from cms.blocks.linea import LineaBlock
from cms.blocks.nota import NotaBlock
from cms.blocks.passi import PassiBlock
from cms.blocks.righe import RigheBlock
from cms.blocks.tavola import TavolaBlock
from cms.blocks.testo import TestoBlock
from cms.blocks.titolo import TitoloBlock


class SezioneBlock(blocks.StreamBlock):
    """What stands under a title that the page itself writes (a part of a service sheet)."""

    testo = TestoBlock()
    passi = PassiBlock()
    righe = RigheBlock()
    linea = LineaBlock()
    tavola = TavolaBlock()
    nota = NotaBlock()
    azione = AzioneBlock()
    documenti = DocumentiBlock()


class CorpoBlock(SezioneBlock):
    """The body of a page, with titles of its own."""

    titolo = TitoloBlock()
    figura = FiguraBlock()
    citazione = CitazioneBlock()
    domande = DomandeBlock()


class DomandeStream(blocks.StreamBlock):
    """Questions and answers in groups: the page of the FAQ."""

    titolo = TitoloBlock()
    domande = DomandeBlock()
    testo = TestoBlock()

    class Meta:
        label = _("domande")
