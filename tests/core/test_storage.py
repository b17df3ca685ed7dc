"""Photos as they are stored: no address, no reader but us."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.test import Client

from core.storage import CartellaPrivata, MemoriaPrivata, SenzaIndirizzo, butta_dopo, privato
from core.storage_s3 import SecchioPrivato


def test_a_private_file_is_written_and_read(tmp_path: Path) -> None:
    cartella = CartellaPrivata(str(tmp_path / "privato"))
    nome = cartella.save("foto/ab/abc.jpg", ContentFile(b"pixel"))
    with cartella.open(nome) as file:
        assert file.read() == b"pixel"


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    cartella = CartellaPrivata(str(tmp_path / "privato"))
    file = tmp_path / "privato" / cartella.save("foto/ab/abc.jpg", ContentFile(b"pixel"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [stat.S_IMODE(c.stat().st_mode) for c in list(file.parents)[:2]] == [0o700, 0o700]


def test_it_does_not_leave_its_folder(tmp_path: Path) -> None:
    cartella = CartellaPrivata(str(tmp_path / "privato"))
    with pytest.raises(SuspiciousFileOperation):
        cartella.save("../fuori.jpg", ContentFile(b"pixel"))


def test_a_private_file_has_no_address(tmp_path: Path) -> None:
    for deposito in (CartellaPrivata(str(tmp_path)), MemoriaPrivata(), SecchioPrivato(bucket_name="partecipa")):
        with pytest.raises(ValueError, match="through a door"):
            deposito.url("foto/ab/abc.jpg")


def test_the_private_storage_of_the_settings_is_one_of_these() -> None:
    assert isinstance(privato(), SenzaIndirizzo)
    assert privato() is privato()


@pytest.mark.parametrize(
    "percorso", ["/media/foto/ab/abc.jpg", "/privato/foto/ab/abc.jpg", "/var/privato/foto/ab/abc.jpg"]
)
def test_no_address_leads_to_it(client: Client, db: None, percorso: str) -> None:
    privato().save("foto/ab/abc.jpg", ContentFile(b"pixel"))
    assert client.get(percorso).status_code == 404


def test_a_file_goes_only_after_commit_by_the_name_it_had(db: None, django_capture_on_commit_callbacks: Any) -> None:
    deposito, riga = MemoriaPrivata(), cast(Any, None)
    file = FieldFile(riga, FileField(storage=deposito), deposito.save("foto/a.jpg", ContentFile(b"pixel")))
    nessuno = FieldFile(riga, FileField(storage=deposito), "")
    with django_capture_on_commit_callbacks(execute=True) as richiami:
        butta_dopo(file, nessuno)
        file.name = "foto/b.jpg"
        assert deposito.exists("foto/a.jpg")
    assert len(richiami) == 1
    assert not deposito.exists("foto/a.jpg")
