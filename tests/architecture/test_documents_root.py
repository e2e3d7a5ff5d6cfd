"""Licence, metadata and examples: complete, equal to each other, and real."""

from __future__ import annotations

import configparser
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from http import HTTPStatus
from pathlib import Path

import click
import pytest
from werkzeug.test import Client

from pb_engine.cli import main
from pb_engine.engine import store_urls
from pb_engine.settings import VARIABLES, read_settings
from pb_engine.store import migrate

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = ROOT / "deployments"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *DEPLOYMENTS.rglob("*.md")])
MOST_SHORT, LEAST_LONG = 150, 150


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def metadata(key: str) -> str:
    found = re.search(rf"^ *{key}: *(.+)$", text_of(ROOT / "publiccode.yml"), re.MULTILINE)
    assert found, key
    return found[1].strip('"')


def test_the_licence_is_the_whole_eupl() -> None:
    text = text_of(ROOT / "LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    articles = re.findall(r"^(\d+)\.", text, re.MULTILINE)
    assert articles == [str(number) for number in range(1, 16)]
    assert "Compatible Licences" in text[text.index("Appendix") :]
    assert text == text_of(ROOT / "LICENSES" / "EUPL-1.2.txt")


def test_every_file_has_a_licence_and_a_copyright_by_reuse() -> None:
    command = [sys.executable, "-m", "reuse", "--root", str(ROOT), "lint", "--lines"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_all_places_name_the_same_licence() -> None:
    reuse = tomllib.loads(text_of(ROOT / "REUSE.toml"))
    assert PROJECT["license"] == "EUPL-1.2" == metadata("license")
    assert reuse["annotations"][0]["SPDX-License-Identifier"] == "EUPL-1.2"


def test_all_places_name_the_same_version_and_day() -> None:
    heading = re.search(r"^## \[(\d.*?)\] - (\S+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert heading
    assert PROJECT["version"] == metadata("softwareVersion") == heading[1]
    assert metadata("releaseDate") == heading[2]


def test_the_public_code_file_has_the_keys_of_its_standard() -> None:
    top = re.findall(r"^(\w+):", text_of(ROOT / "publiccode.yml"), re.MULTILINE)
    assert metadata("publiccodeYmlVersion") == "0.4"
    assert metadata("name") == PROJECT["name"]
    assert set(top) >= {
        "publiccodeYmlVersion", "name", "url", "releaseDate", "softwareVersion", "platforms",
        "categories", "developmentStatus", "softwareType", "description", "legal", "maintenance",
        "localisation",
    }  # fmt: skip
    assert len(top) == len(set(top))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_public_code_file_describes_itself_in_the_lengths_of_its_standard(
    language: str,
) -> None:
    text = text_of(ROOT / "publiccode.yml")
    part = text[text.index(f"\n  {language}:\n") :]
    short = re.search(r"shortDescription: (.+)", part)
    long = re.search(r"longDescription: >\n((?: {6}.+\n)+)", part)
    assert short
    assert long
    assert len(short[1]) <= MOST_SHORT
    assert len(" ".join(long[1].split())) >= LEAST_LONG


def test_the_example_of_settings_is_read_without_a_complaint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = text_of(DEPLOYMENTS / "enschede" / "engine.env.example").splitlines()
    given = dict(line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?PB_", line))
    assert set(given) == set(VARIABLES)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert settings.base_url == given["PB_BASE_URL"]
    assert settings.notifier_settings["host"] == "mail.example.org"


def test_the_wsgi_file_builds_the_site_that_the_environment_describes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PB_DATA", str(tmp_path / "data"))
    settings = read_settings()
    settings.data_folder.mkdir(mode=0o700)
    migrate(store_urls(settings))
    application = runpy.run_path(str(DEPLOYMENTS / "enschede" / "wsgi.py"))["application"]
    answer = Client(application()).get("/healthz", base_url=settings.base_url)
    assert answer.status_code == HTTPStatus.OK


def test_the_containers_are_given_known_settings_and_only_a_local_port() -> None:
    text = text_of(DEPLOYMENTS / "compose" / "compose.yaml")
    named = set(re.findall(r"\bPB_[A-Z_]+\b", text))
    assert {"PB_SITE_DB", "PB_REGISTER_DB", "PB_BOX_DB", "PB_STUDY_DB"} <= named <= set(VARIABLES)
    assert re.findall(r'- "([^"]*:\d+:\d+)"', text) == ["127.0.0.1:8080:8080"]
    people, votes = (text_of(DEPLOYMENTS / "compose" / f"{n}.sql") for n in ("people", "votes"))
    for store, server, script in (
        ("site", "people", people), ("register", "people", people),
        ("box", "votes", votes), ("study", "votes", votes),
    ):  # fmt: skip
        assert f"@{server}/{store}\n" in text
        assert f"CREATE DATABASE {store};" in script


def commands_of_units() -> list[str]:
    found = []
    for unit in sorted((DEPLOYMENTS / "systemd").glob("*.service")):
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(text_of(unit))
        service = parser["Service"]
        assert service["ProtectSystem"] == "strict", unit.name
        assert service["NoNewPrivileges"] == "yes", unit.name
        found += [line for key, line in service.items() if key.startswith("ExecStart")]
    return [line.replace("/opt/pb-engine/bin/", "") for line in found]


def commands_in_documents() -> list[str]:
    found: set[str] = set()
    for page in PAGES:
        text = text_of(page)
        blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
        found.update(line.strip() for block in blocks for line in block.splitlines())
        found.update(re.findall(r"`([^`\n]*pb-engine [^`\n]*)`", text))
    at = (re.search(r"(?:^|/bin/|exec engine )(pb-engine [a-z].*)$", line) for line in found)
    return sorted(match[1].split(" > ")[0].split("#")[0].strip() for match in at if match)


def test_the_documents_hold_commands_to_check() -> None:
    assert len(commands_in_documents()) > 20


@pytest.mark.parametrize("line", [*commands_in_documents(), *commands_of_units()])
def test_every_command_in_a_document_or_unit_is_one_that_the_program_knows(line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    options = {
        spelling
        for part in command.params
        if isinstance(part, click.Option)
        for spelling in (*part.opts, *part.secondary_opts)
    }
    for word in words:
        assert not word.startswith("--") or word.split("=")[0] in {*options, "--help"}, line
