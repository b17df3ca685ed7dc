"""The text of plain pages, HTML until now, as the blocks that 0004 reads: titles of sections apart, drafts included."""

import json
import re
import uuid

from django.db import migrations

_TITOLO = re.compile(r"<h2>(.*?)</h2>", re.S)
_SEGNI = re.compile(r"<[^>]+>")


def _blocchi(html):
    pezzi = _TITOLO.split(html or "")  # text, title, text, title, text…
    blocchi = []
    for numero, pezzo in enumerate(pezzi):
        valore = _SEGNI.sub("", pezzo).strip() if numero % 2 else pezzo.strip()
        if valore:
            blocchi.append({"type": "titolo" if numero % 2 else "testo", "value": valore, "id": str(uuid.uuid4())})
    return json.dumps(blocchi)


def _html(testo):
    pezzi = [f"<h2>{b['value']}</h2>" if b["type"] == "titolo" else b["value"] for b in json.loads(testo or "[]")]
    return "".join(pezzi)


def _converti(apps, come):
    PaginaSemplice = apps.get_model("home", "PaginaSemplice")
    for pagina in PaginaSemplice.objects.only("pk", "corpo"):
        PaginaSemplice.objects.filter(pk=pagina.pk).update(corpo=come(pagina.corpo))
    Revision = apps.get_model("wagtailcore", "Revision")
    for revisione in Revision.objects.filter(content_type__app_label="home", content_type__model="paginasemplice"):
        revisione.content["corpo"] = come(revisione.content.get("corpo", ""))
        revisione.save(update_fields=["content"])


def avanti(apps, schema_editor):
    _converti(apps, _blocchi)


def indietro(apps, schema_editor):
    _converti(apps, _html)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_pagine_iniziali"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(avanti, indietro)]
