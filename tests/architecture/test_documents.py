"""The reference pages say what the code says, and no link leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from marshmallow import Schema, fields

from pb_engine.ballots import BallotFormat
from pb_engine.domain import round_schema, schema_parts
from pb_engine.domain.events import EVENTS
from pb_engine.domain.ideas import IDEA_TRANSITIONS, IdeaState, IdeaStep
from pb_engine.domain.phases import TRANSITIONS, Phase
from pb_engine.errors import every_error
from pb_engine.settings import VARIABLES
from pb_engine.tallying.record import VERSION, record_document
from pb_engine.testing.records import a_record

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"


def rows(page: str, heading: str = "") -> list[list[str]]:
    """Return the body cells of the first table after ``heading``, without back quotes."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    lines = iter(text[text.index(heading) :].splitlines())
    table: list[str] = []
    for line in lines:
        if line.startswith("|"):
            table.append(line)
        elif table:
            break
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return [[cell.replace("`", "") for cell in row] for row in cells[2:]]


def head(page: str, heading: str) -> list[str]:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    line = next(line for line in text[text.index(heading) :].splitlines() if line.startswith("| |"))
    return [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]


def test_the_table_of_phases_is_the_table_of_the_code() -> None:
    written = [tuple(row[:3]) for row in rows("phases.md", "## Phases")]
    assert written == [(str(a), str(step), str(b)) for (a, step), b in TRANSITIONS.items()]


def test_the_table_of_idea_states_is_the_table_of_the_code() -> None:
    heading = "## States of an idea"
    steps = head("phases.md", heading)[1:]
    written = {
        (state, step): cell
        for state, *cells in rows("phases.md", heading)
        for step, cell in zip(steps, cells, strict=True)
        if cell != "-"
    }
    assert steps == [str(step) for step in IdeaStep]
    assert [row[0] for row in rows("phases.md", heading)] == [str(state) for state in IdeaState]
    assert written == {(str(a), str(step)): str(b) for (a, step), b in IDEA_TRANSITIONS.items()}


def test_every_phase_says_what_a_resident_can_do_in_it() -> None:
    told = [row[0].split(", ") for row in rows("phases.md", "## What a resident can do")]
    assert {phase for cell in told for phase in cell} == {str(phase) for phase in Phase}


def test_the_page_of_events_lists_every_event_with_its_facts() -> None:
    written = {row[0]: tuple(row[1].split(", ")) for row in rows("events.md")}
    assert written == dict(EVENTS)


def test_the_page_of_errors_lists_every_code_once() -> None:
    written = [row[0] for row in rows("errors.md")]
    assert written == [error.code for error in every_error()]


def test_the_page_of_settings_lists_every_variable() -> None:
    assert [row[0] for row in rows("settings.md")] == list(VARIABLES)


def test_the_page_of_ballot_formats_lists_every_format() -> None:
    assert [row[0] for row in rows("ballot-formats.md")] == [str(one) for one in BallotFormat]


def test_the_page_of_the_record_lists_every_key_of_its_version() -> None:
    written = [key for row in rows("election-record.md") for key in row[0].split(", ")]
    assert sorted(written) == sorted(record_document(a_record()))
    assert f"version of this format: {VERSION}" in (REFERENCE / "election-record.md").read_text()


def keys_of(schema: Schema, path: str = "") -> Iterator[tuple[str, bool]]:
    """Yield every key of a round file with whether its table demands it; a text is one key."""
    for name, field in schema.fields.items():
        at = f"{path}{field.data_key or name}"
        inner = field.inner if isinstance(field, fields.List) else field
        is_part = isinstance(inner, fields.Nested) and not isinstance(
            inner.schema, schema_parts.Text
        )
        if not is_part:
            yield at, field.required
            continue
        assert isinstance(inner, fields.Nested)
        many = "[]" if isinstance(field, fields.List) else ""
        yield from keys_of(inner.schema, f"{at}{many}.")


def test_the_page_of_the_round_file_lists_every_key_of_the_schema() -> None:
    written = [row[0] for row in rows("round-file.md")]
    expected = [key for key, _ in keys_of(round_schema.RoundSchema())]
    assert sorted(written) == sorted(expected)


DEPENDS = {
    "ballot.spend_limit_cents": "for basket",
    "ballot.max_points": "for points and score",
    "ballot.limits[].max_choices": "for limits",
}


def test_the_page_of_the_round_file_says_which_keys_are_required() -> None:
    told = {row[0]: row[2] for row in rows("round-file.md")}
    # An absent table makes none of its keys required, and a list may be empty.
    optional_parts = (
        "calendar.appeal.",
        "compared_methods[].",
        "surveys[].",
        "result_views[].",
        "trustees.",
    )
    for key, required in keys_of(round_schema.RoundSchema()):
        expected = "yes" if required and not key.startswith(optional_parts) else "no"
        expected = DEPENDS.get(key, expected)
        assert told[key] == expected, key


def documents() -> list[Path]:
    top = [path for path in ROOT.glob("*.md") if path.name != "LICENSE"]
    return sorted([*top, *DOCS.rglob("*.md"), *(ROOT / "deployments").rglob("*.md")])


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_in_a_document_leads_nowhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = page if not path else (page.parent / path).resolve()
        assert found.exists(), target
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), target


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def test_every_decision_stands_in_the_list_and_keeps_its_shape() -> None:
    folder = DOCS / "decisions"
    listed = re.findall(
        r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \|$", (folder / "README.md").read_text(), re.MULTILINE
    )
    records = sorted(folder.glob("[0-9]*.md"))
    assert [name for _, _, name in listed] == [path.name for path in records]
    for (number, title, _), path in zip(listed, records, strict=True):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. {title}\n")
        headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
        assert headings == ["Context", "Options", "Decision", "Consequences"], path.name


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
