"""Where the demonstration lives, when it is built anew, and that nothing else is ever touched."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from accounts.models import User
from chiarezza import demo
from comune.models import Ufficio
from core.tempo import oggi
from home.models import HomePage, OrganizzazionePage, RubricaPage, UfficioPage
from redazione.actions import allinea_tutte
from redazione.fondazione import CENTRALE
from redazione.models import ComeScrive, Parte, Redattore, Redazione
from segnalazioni.demo.costruzione import SEME

VERSIONE = 2  # of the stories: a higher one builds the demonstration anew
VECCHIA_DOPO = timedelta(days=7)  # its dates are relative to the day it was built


@dataclass(frozen=True, slots=True)
class Costruita:
    """What the mark beside the database says."""

    giorno: date
    versione: int


def cartella() -> Path:
    """var/demo of the project. Raises CommandError when the settings point anywhere else."""
    attesa = settings.BASE_DIR / "var" / "demo"
    base = settings.DATABASES["default"]
    dentro = [Path(base["NAME"]), settings.VAR_DIR, Path(settings.EMAIL_FILE_PATH)]
    sqlite = base["ENGINE"].endswith("sqlite3")
    if not (settings.DEMO and sqlite and all(p.resolve().is_relative_to(attesa.resolve()) for p in dentro)):
        raise CommandError(
            "Questo comando tocca solo la dimostrazione, che vive in var/demo: usa `make demo` "
            "(DJANGO_SETTINGS_MODULE=lucca_partecipa.settings.demo)."
        )
    return attesa


def _segno() -> Path:
    return cartella() / "costruita.json"


def leggi_segno() -> Costruita | None:
    """When the demonstration was built; None when it is not there, or was left half-way."""
    try:
        dati = json.loads(_segno().read_text())
        return Costruita(date.fromisoformat(dati["giorno"]), int(dati["versione"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def scrivi_segno() -> None:
    """From now on it is built."""
    _segno().write_text(json.dumps({"giorno": oggi().isoformat(), "versione": VERSIONE}))


def da_rifare(*, tieni: bool) -> str:
    """Why it has to be built (anew), in words; "" when it may stay. tieni: however old it is."""
    segno = leggi_segno()
    if segno is None or not Path(settings.DATABASES["default"]["NAME"]).exists():
        return "La costruisco: ci vuole meno di un minuto, solo questa volta."
    if tieni:
        return ""
    if segno.versione != VERSIONE:
        return "Il programma è cambiato: la rifaccio."
    if oggi() - segno.giorno > VECCHIA_DOPO:
        return f"Quella che c’è è del {segno.giorno:%d/%m/%Y}: la rifaccio, con date vicine a oggi (--tieni la lascia)."
    return ""


def svuota() -> None:
    """Takes the old demonstration away: database, photos, mails. Only ever inside var/demo."""
    dove = cartella()
    connections.close_all()
    for cosa in dove.iterdir() if dove.exists() else ():
        if cosa.is_dir() and not cosa.is_symlink():
            shutil.rmtree(cosa)
        else:
            cosa.unlink()


def giudica_le_pagine() -> None:
    """What people think of every page that is there."""
    demo.giudica_le_pagine(HomePage.italiana().get_descendants(inclusive=True).live().order_by("path"), seme=SEME)


def incarica_redazione() -> None:
    """The URP approves, with who writes for it; the office of the roads writes its own page, and news."""
    centrale = Redazione.objects.get(nome=CENTRALE)
    Redazione.objects.filter(pk=centrale.pk).update(ufficio=Ufficio.objects.get(slug="urp"))
    renata = User.objects.get(email="redazione@example.org")
    User.objects.filter(pk=renata.pk).update(is_staff=True)
    Redattore.objects.create(redazione=centrale, utente=renata, sort_order=0)
    strade = Ufficio.objects.get(slug="strade")
    redazione = Redazione.objects.create(nome=strade.nome, ufficio=strade)
    sua = (_pagina_di(strade), ComeScrive.SUA)
    rubriche = [(r, ComeScrive.AGGIUNGE) for r in RubricaPage.objects.filter(slug__in=["notizie", "avvisi"])]
    for numero, (pagina, come) in enumerate([sua, *rubriche]):
        Parte.objects.create(redazione=redazione, pagina=pagina, come=come, sort_order=numero)
    allinea_tutte()


def _pagina_di(ufficio: Ufficio) -> UfficioPage:
    """The page of an office, made where it is missing."""
    gia: UfficioPage | None = UfficioPage.objects.filter(ufficio=ufficio).first()
    if gia is not None:
        return gia
    madre = OrganizzazionePage.objects.get(slug="uffici")
    pagina = UfficioPage(title=ufficio.nome, slug=ufficio.slug, ufficio=ufficio, live=False)
    pagina.sommario = "Cura strade, marciapiedi e piste ciclabili del Comune."
    madre.add_child(instance=pagina)
    pagina.save_revision().publish()
    return pagina
