"""What the documents promise is there: commands, files, versions, and the fields of publiccode.yml."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml
from django.apps import apps

from segnalazioni.demo.persone import ACCOUNT, PASSWORD
from tests.conformance.casa import APPS, PYPROJECT, ROOT, ours, tracked

DOCUMENTS = sorted(path for path in tracked(".md"))
VERSION = PYPROJECT["project"]["version"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=ours)
def test_links_between_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=ours)
def test_every_make_command_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z0-9-]*):.*## ", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z][a-z-]+)", path.read_text(), re.M))
    assert named <= targets


def test_the_verbs_of_the_project_are_all_there() -> None:
    """Those people and machines rely on."""
    makefile = (ROOT / "Makefile").read_text()
    for verb in ("help", "install", "run", "demo", "test", "test-services", "lint", "e2e", "bench"):
        assert re.search(rf"^{verb}:.*## ", makefile, re.M), verb


def test_modules_named_in_the_documents_exist() -> None:
    """`core.tempo`, `tests.aiuti.porta_a`, `cms.BasePage`: a module, a name inside one, or a model by its label."""
    dotted = re.compile(rf"`((?:{'|'.join(APPS)}|tests)\.[\w.]+)`")
    named = {(ours(path), name) for path in DOCUMENTS for name in dotted.findall(path.read_text())}
    assert len(named) > 5
    assert {(path, name) for path, name in named if not _exists(name)} == set()


def _exists(name: str) -> bool:
    parent, _dot, last = name.rpartition(".")
    if importlib.util.find_spec(parent) is None:
        return False
    if _is_package(parent) and importlib.util.find_spec(name) is not None:
        return True
    models = {model._meta.label for model in apps.get_models()}
    return name in models or hasattr(importlib.import_module(parent), last)


def _is_package(name: str) -> bool:
    spec = importlib.util.find_spec(name)
    return spec is not None and spec.submodule_search_locations is not None


def test_documents_named_in_the_code_exist() -> None:
    """ "docs/adr/0003" stands for the decision of that number."""
    named = {
        (ours(path), name.rstrip("."))
        for path in tracked(".py", ".js", ".mjs", ".html", ".yaml")
        for name in re.findall(r"\bdocs/[a-z]+[\w/.-]*", path.read_text())
    }
    assert len(named) > 4
    assert {(path, name) for path, name in named if not [*ROOT.glob(f"{name}*")]} == set()


def test_the_readme_lists_the_accounts_of_the_demonstration() -> None:
    readme = (ROOT / "README.md").read_text()
    assert f"`{PASSWORD}`" in readme
    assert set(re.findall(r"`([\w.]+@example\.org)`", readme)) == {email for email, _name, _what in ACCOUNT}


def test_one_version_everywhere() -> None:
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert str(code["softwareVersion"]) == VERSION
    assert f"## [{VERSION}] - {code['releaseDate']}" in (ROOT / "CHANGELOG.md").read_text()


def test_publiccode_has_what_the_standard_asks() -> None:
    """publiccode.yml 0.4: compulsory keys, lengths, known words."""
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    compulsory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType"}
    assert compulsory | {"description", "legal", "maintenance", "localisation"} <= code.keys()
    assert code["publiccodeYmlVersion"] == "0.4"
    assert code["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert code["legal"]["license"] == "EUPL-1.2"
    assert code["maintenance"]["contacts"][0]["name"]
    assert "@" in code["maintenance"]["contacts"][0]["email"], "CONTRIBUTING sends reports of security there"
    assert {"it", "en"} <= code["description"].keys()
    for words in code["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
        assert all(len(feature) <= 100 for feature in words["features"])


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert all(re.search(rf"^{article}\.\s?[A-Z]", text, re.M) for article in range(1, 16))
    assert "Appendix" in text


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
    for name in listed:
        text = (folder / name).read_text()
        assert text.startswith(f"# {name[:4]} ")
        assert all(f"## {part}" in text for part in ("Context", "Decision", "Consequences")), name
