"""Pages of the site, one family per file."""

from __future__ import annotations

from home.models.amministrazione import (
    AmministrazionePage,
    AreaPage,
    Componente,
    DocumentoPage,
    OrganizzazionePage,
    OrganoPage,
    UfficioPage,
    Versione,
)
from home.models.iniziale import HomePage
from home.models.luoghi import LuogoPage, VivereLuccaPage
from home.models.novita import Correzione, NotiziaPage, NovitaPage, RubricaPage
from home.models.servizi import CategoriaServiziPage, ServizioPage, ServiziPage
from home.models.testo import FaqPage, PaginaSemplice

__all__ = [
    "AmministrazionePage",
    "AreaPage",
    "CategoriaServiziPage",
    "Componente",
    "Correzione",
    "DocumentoPage",
    "FaqPage",
    "HomePage",
    "LuogoPage",
    "NotiziaPage",
    "NovitaPage",
    "OrganizzazionePage",
    "OrganoPage",
    "PaginaSemplice",
    "RubricaPage",
    "ServiziPage",
    "ServizioPage",
    "UfficioPage",
    "Versione",
    "VivereLuccaPage",
]
