"""Production as it would start: in a process of its own, with an environment of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management import call_command
from django.test import override_settings
from whitenoise import compress

from tests.conformance.casa import ROOT, ours, tracked

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "lucca_partecipa.settings.production",
    "SECRET_KEY": "una-chiave-lunga-fatta-solo-per-questa-prova-0123456789",
    "ALLOWED_HOSTS": "partecipa.comune.example",
    "SITO_URL": "https://partecipa.comune.example",
    "DATABASE_URL": "postgres://partecipa@127.0.0.1:5432/partecipa",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://partecipa:parola@mail.comune.example:587",
}
INHERITED = {"PATH", "HOME", "LANG", "TMPDIR", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"}


def _python(*args: str, tmp_path: Path, **change: str | None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k in INHERITED} | SETTINGS | {"VAR_DIR": str(tmp_path)}
    env |= {k: v for k, v in change.items() if v is not None}
    for name in (k for k, v in change.items() if v is None):
        env.pop(name, None)
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_deployment_checks_find_nothing(tmp_path: Path) -> None:
    done = _python("manage.py", "check", "--deploy", "--fail-level", "INFO", tmp_path=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues (1 silenced)" in done.stdout  # W019: pages may be framed by this site itself


@pytest.mark.parametrize(
    ("name", "value"),
    [*((name, None) for name in SETTINGS if name != "DJANGO_SETTINGS_MODULE"), ("SECRET_KEY", "corta"),
     ("SITO_URL", "http://partecipa.comune.example")],
)  # fmt: skip
def test_it_does_not_start_without_its_secrets(tmp_path: Path, name: str, value: str | None) -> None:
    done = _python("-c", "import django; django.setup()", tmp_path=tmp_path, **{name: value})
    assert done.returncode != 0
    assert f"Production does not start without: {name} " in done.stderr
    assert "parola" not in done.stderr  # a refusal does not print the other secrets


def test_production_answers_over_tls_only(tmp_path: Path) -> None:
    code = """
import django
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
from django.test import Client
plain = Client().get("/healthz", headers={"host": "partecipa.comune.example"})
assert plain.status_code == 200, plain
sent = Client().get("/accedi/login/", headers={"host": "partecipa.comune.example"})
assert (sent.status_code, sent["Location"]) == (301, "https://partecipa.comune.example/accedi/login/")
tls = Client().get("/healthz", headers={"host": "partecipa.comune.example", "x-forwarded-proto": "https"})
assert tls["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload", tls.headers
policy = {part.strip() for part in tls["Content-Security-Policy"].split(";")}
assert {"default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'"} <= policy, policy
assert not any("unsafe" in part or "http" in part for part in policy), policy
strange = Client().get("/accedi/login/", headers={"host": "altrove.example", "x-forwarded-proto": "https"})
assert strange.status_code == 400
"""
    done = _python("-W", "ignore", "-c", code, tmp_path=tmp_path)
    assert done.returncode == 0, done.stderr


def test_every_static_file_that_a_template_names_is_in_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """collectstatic with the storage of production: hashed names, compressed twins, imports of modules rewritten."""
    # Compressed as well as can be, a thousand files of Wagtail take longer than all the rest of this module.
    presto = staticmethod(partial(compress.brotli.compress, quality=1))
    monkeypatch.setattr(compress.Compressor, "compress_brotli", presto)
    storages = {"staticfiles": {"BACKEND": "core.storage.StaticStorage"}}
    named = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
    with override_settings(STATIC_ROOT=str(tmp_path), STORAGES=storages, WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        manifest = staticfiles_storage._wrapped if hasattr(staticfiles_storage, "_wrapped") else staticfiles_storage
        assert isinstance(manifest, ManifestStaticFilesStorage)
        wanted = {
            name for path in tracked(".html") if ROOT / "templates" in path.parents
            for name in named.findall(path.read_text())
        }  # fmt: skip
        assert len(wanted) > 3
        hashed = {name: manifest.stored_name(name) for name in wanted}
    assert [name for name in wanted if not (tmp_path / hashed[name]).is_file()] == []
    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in hashed.values())
    styles = next(name for name in hashed.values() if name.endswith(".css"))
    assert (tmp_path / f"{styles}.br").is_file()
    assert (tmp_path / f"{styles}.gz").is_file()


def test_the_server_logs_in_json_without_secrets(tmp_path: Path) -> None:
    code = """
import json, logging.config
logging.config.dictConfig(json.load(open("deploy/uvicorn-logs.json")))
logging.getLogger("uvicorn.error").info("gone: /segnalazioni/LU-7K3F-92QD/chiave/abcdef/")
"""
    done = _python("-c", code, tmp_path=tmp_path)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    assert line["level"] == "INFO"
    assert "abcdef" not in line["message"]


# --- what is written about it -----------------------------------------------------------------------------

_READ = re.compile(r"""(?:env(?:\.\w+)?|environ(?:\.get)?)[(\[]\s*["']([A-Z][A-Z0-9_]+)["']""")
_NOT_FOR_PEOPLE = {"DJANGO_SETTINGS_MODULE", "ENV_FILE", "TEST_PREFIX", "PYTEST_XDIST_WORKER"}


def _variables_read() -> set[str]:
    """By our settings, and by compose.yaml (${NAME…})."""
    read = set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)", (ROOT / "compose.yaml").read_text())) - {"TAG"}
    for path in tracked(".py"):
        if path.relative_to(ROOT).parts[0] == "lucca_partecipa":
            read |= set(_READ.findall(path.read_text()))
    return read - _NOT_FOR_PEOPLE


def _variables_explained() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))


def test_every_variable_is_explained() -> None:
    assert _variables_read() == _variables_explained()


def test_the_readme_lists_the_same_variables() -> None:
    listed = set(re.findall(r"`([A-Z][A-Z0-9_]{4,})`", (ROOT / "README.md").read_text()))
    assert _variables_explained() <= listed


def test_compose_describes_every_part_of_production() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert set(compose["services"]) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}
    for name, service in compose["services"].items():
        assert "image" in service, name
        assert name == "migrate" or service["restart"] == "unless-stopped", name
        assert "no-new-privileges:true" in service["security_opt"], name
    for name in ("web", "postgres", "redis"):
        assert "healthcheck" in compose["services"][name], name
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert set(compose["volumes"]) == _volumes_used(compose["services"])


def _volumes_used(services: dict[str, dict[str, list[str]]]) -> set[str]:
    mounted = (volume.split(":")[0] for service in services.values() for volume in service.get("volumes", []))
    return {source for source in mounted if not source.startswith((".", "/"))}


def test_every_file_that_deployment_copies_exists() -> None:
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.M):
        *sources, _target = line.split()
        for source in (s for s in sources if not s.startswith("--")):
            assert (ROOT / source).exists(), f"{ours(ROOT / 'deploy/Dockerfile')} copies {source}"
