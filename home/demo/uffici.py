"""Who governs and who answers: settori and offices of the demonstration as pages, a Giunta of invented names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from comune.models import Settore, Ufficio
from home.contenuti.campi import flusso
from home.models import AreaPage, Componente, OrganizzazionePage, OrganoPage, UfficioPage

FILE = Path(__file__).with_name("uffici.toml")


def presenta_gli_uffici() -> int:
    """A page for every settore and office, and who sits in the governing bodies; answers how many pages are new."""
    dati = tomllib.loads(FILE.read_text())
    nuove = sum(_area(settore, dati["settori"][settore.nome]) for settore in Settore.objects.order_by("ordine"))
    nuove += sum(_ufficio(ufficio, dati["uffici"][ufficio.slug]) for ufficio in Ufficio.objects.order_by("pk"))
    for slug, componenti in dati["organi"].items():
        _riempi(OrganoPage.objects.get(slug=slug), componenti)
    return nuove


def _area(settore: Settore, detto: dict[str, Any]) -> bool:
    """Ties the settore to the page that speaks of it already, or lays one; True when it is new."""
    if pagina := detto.get("pagina"):
        AreaPage.objects.filter(slug=pagina).update(settore=settore)
        return False
    parole = flusso(AreaPage, "corpo", [("testo", detto["testo"])])
    nuova = AreaPage(title=settore.nome, sommario=detto["sommario"], settore=settore, corpo=parole)
    OrganizzazionePage.objects.get(slug="aree-amministrative").add_child(instance=nuova)
    nuova.save_revision().publish()
    return True


def _ufficio(ufficio: Ufficio, detto: dict[str, Any]) -> bool:
    """The same for an office."""
    if pagina := detto.get("pagina"):
        UfficioPage.objects.filter(slug=pagina).update(ufficio=ufficio)
        return False
    nuova = UfficioPage(
        title=ufficio.nome,
        sommario=detto["sommario"],
        ufficio=ufficio,
        email=f"{ufficio.slug}@example.org",
        telefono="0583 000 000",
        corpo=flusso(UfficioPage, "corpo", [("testo", detto["testo"])]),
    )
    OrganizzazionePage.objects.get(slug="uffici").add_child(instance=nuova)
    nuova.save_revision().publish()
    return True


def _riempi(organo: OrganoPage, componenti: list[list[str]]) -> None:
    organo.componenti.set(
        [Componente(nome=nome, carica=carica, deleghe=deleghe) for nome, carica, deleghe in componenti]
    )
    organo.save_revision().publish()
