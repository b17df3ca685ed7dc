"""Commands: what is refused is refused before anything is done, in words."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.tempo import oggi
from home import dimostrazione, server
from segnalazioni.models import Categoria


@pytest.fixture
def occupata() -> Iterator[int]:
    """A port that somebody else serves on."""
    with socket.socket() as altro:
        altro.bind(("127.0.0.1", 0))
        altro.listen()
        yield altro.getsockname()[1]


def test_a_busy_port_is_said_at_once(occupata: int) -> None:
    with pytest.raises(CommandError, match=f"PORT={occupata + 1} make demo"):
        call_command("servi", port=occupata)


def test_more_processes_need_redis(settings) -> None:
    settings.REDIS_URL = ""
    with pytest.raises(CommandError, match="imposta REDIS_URL"):
        call_command("servi", workers=2, port=0)
    settings.REDIS_URL = "redis://127.0.0.1:6379/9"
    server.controlla("127.0.0.1", 0, workers=2)


def test_it_serves_and_ends_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    chiamate = []

    def uvicorn(applicazione: str, **come: object) -> None:
        chiamate.append((applicazione, come["host"], come["workers"]))
        raise KeyboardInterrupt  # Ctrl-C, as uvicorn raises it again once everything is closed

    monkeypatch.setattr(server.uvicorn, "run", uvicorn)
    uscita = StringIO()
    call_command("servi", port=0, stdout=uscita)
    assert chiamate == [("lucca_partecipa.asgi:application", "127.0.0.1", 1)]
    assert "http://127.0.0.1:0" in uscita.getvalue()


@pytest.mark.django_db
def test_prepara_twice_changes_nothing() -> None:
    call_command("prepara", stdout=StringIO(), verbosity=0)
    prima = list(Categoria.objects.order_by("pk").values())
    assert len(prima) == 86
    call_command("prepara", stdout=StringIO(), verbosity=0)
    assert list(Categoria.objects.order_by("pk").values()) == prima


# --- the demonstration and its fence ----------------------------------------------------------------------


def test_the_demo_touches_no_other_database() -> None:
    """These are the settings of the tests: not the demonstration's."""
    with pytest.raises(CommandError, match="vive in var/demo"):
        call_command("demo", solo_costruisci=True)


@pytest.fixture
def recinto(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a demonstration whose project lies in a temporary folder."""
    var = tmp_path / "var" / "demo"
    var.mkdir(parents=True)
    settings.BASE_DIR, settings.VAR_DIR, settings.DEMO = tmp_path, var, True
    settings.EMAIL_FILE_PATH = str(var / "posta")
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(var / "demo.sqlite3"))
    return var


def test_the_fence_knows_its_own(recinto: Path) -> None:
    assert dimostrazione.cartella() == recinto


@pytest.mark.parametrize("dove", ["../altro.sqlite3", "../../produzione.sqlite3", "/dati/altrove.sqlite3"])
def test_a_database_outside_the_fence_is_refused(recinto: Path, settings, dove: str) -> None:
    settings.DATABASES["default"]["NAME"] = str(recinto / dove)
    with pytest.raises(CommandError, match="vive in var/demo"):
        dimostrazione.svuota()


def test_settings_that_are_not_the_demo_s_are_refused(recinto: Path, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="vive in var/demo"):
        dimostrazione.svuota()


def test_a_database_server_is_never_the_demo_s(recinto: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    with pytest.raises(CommandError, match="vive in var/demo"):
        dimostrazione.svuota()


def test_it_empties_its_folder_and_nothing_else(recinto: Path) -> None:
    fuori = recinto.parent / "sviluppo.sqlite3"
    fuori.write_text("resta")
    (recinto / "posta").mkdir()
    (recinto / "posta" / "una.eml").write_text("ciao")
    (recinto / "demo.sqlite3").write_text("via")
    (recinto / "scorciatoia").symlink_to(recinto.parent)
    dimostrazione.svuota()
    assert list(recinto.iterdir()) == []
    assert fuori.read_text() == "resta"


def test_it_is_built_once_and_again_when_it_has_grown_old(recinto: Path) -> None:
    assert "La costruisco" in dimostrazione.da_rifare(tieni=False)
    (recinto / "demo.sqlite3").touch()
    dimostrazione.scrivi_segno()
    assert dimostrazione.da_rifare(tieni=False) == ""
    vecchia = {"giorno": (oggi() - timedelta(days=8)).isoformat(), "versione": dimostrazione.VERSIONE}
    (recinto / "costruita.json").write_text(json.dumps(vecchia))
    assert "--tieni la lascia" in dimostrazione.da_rifare(tieni=False)
    assert dimostrazione.da_rifare(tieni=True) == ""
    (recinto / "costruita.json").write_text(json.dumps(vecchia | {"giorno": oggi().isoformat(), "versione": 0}))
    assert "il programma è cambiato" in dimostrazione.da_rifare(tieni=False).lower()


@pytest.mark.parametrize("rotto", ["", "[]", '{"giorno": "ieri", "versione": 1}', '{"versione": 1}'])
def test_a_mark_that_cannot_be_read_builds_it_anew(recinto: Path, rotto: str) -> None:
    (recinto / "demo.sqlite3").touch()
    (recinto / "costruita.json").write_text(rotto)
    assert "La costruisco" in dimostrazione.da_rifare(tieni=False)
