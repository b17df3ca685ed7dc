"""Everything we know about somebody, gathered into one file: JSON that a program reads, and their photos."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import override

from riservatezza.models import RichiestaDati, StatoRichiesta
from riservatezza.persone import Persona, righe_di
from riservatezza.registro import REGOLE, Regola

OGNI = 50  # rows after which the progress is written


def prepara_esportazione(pk: int) -> None:
    """Writes the file of a request. Run twice it writes it twice; a request that is gone is nobody's."""
    richiesta = RichiestaDati.objects.filter(pk=pk, stato=StatoRichiesta.IN_PREPARAZIONE).first()
    if richiesta is None:
        return
    persona = Persona(richiesta.utente, richiesta.email)
    with override("it"):
        dati = _zip(persona, richiesta)
    richiesta.file.save("dati.zip", ContentFile(dati), save=False)
    richiesta.stato = StatoRichiesta.PRONTA
    richiesta.save(update_fields=["file", "stato"])


def _zip(persona: Persona, richiesta: RichiestaDati) -> bytes:
    uscita = io.BytesIO()
    parti = [(regola, righe) for regola in REGOLE if (righe := righe_di(persona, regola)) is not None]
    RichiestaDati.objects.filter(pk=richiesta.pk).update(tutte=sum(righe.count() for _regola, righe in parti))
    fatte, dati = 0, dict[str, list[dict[str, Any]]]()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for regola, righe in parti:
            voci = dati.setdefault(str(regola.che), [])
            for riga in righe:
                voci.append(_voce(regola, riga, archivio))
                fatte += 1
                if fatte % OGNI == 0:
                    RichiestaDati.objects.filter(pk=richiesta.pk).update(fatte=fatte)
        testo = json.dumps(dati, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
        archivio.writestr("i-tuoi-dati.json", testo)
    return uscita.getvalue()


def _voce(regola: Regola, riga: Model, archivio: zipfile.ZipFile) -> dict[str, Any]:
    """One row: what makes it readable first; a file goes into the archive, its name into the row."""
    altri = type(riga)._base_manager.filter(pk=riga.pk).values(*regola.esporta).get() if regola.esporta else {}
    voce: dict[str, Any] = dict(altri)
    for nome in regola.campi:
        if nome in regola.taciuti:
            continue
        if isinstance(riga._meta.get_field(nome), FileField):
            voce[nome] = _metti(getattr(riga, nome), archivio)
        else:
            voce[nome] = getattr(riga, nome)
    return voce


def _metti(file: FieldFile, archivio: zipfile.ZipFile) -> str:
    if not file:
        return ""
    nome = f"foto/{str(file.name).rsplit('/', 1)[-1]}"
    try:
        with file.open("rb") as aperto:
            archivio.writestr(nome, aperto.read())
    except FileNotFoundError:  # a storage being restored: the row is exported all the same
        return ""
    return nome
