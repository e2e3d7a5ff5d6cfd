"""The sections META and PROJECTS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pb_engine.tallying.pabulib.amounts import Decimals, decimals, repaired, whole_number
from pb_engine.tallying.pabulib.fields import RENAMED
from pb_engine.tallying.pabulib.lines import Row, Rows, refuse
from pb_engine.tallying.pabulib.tolerance import Tolerance

VOTE_TYPES = ("approval", "choose-1", "cumulative", "ordinal", "scoring")
LONGEST_ID = 64
LONGEST_SECTION = 256 * 1024 * 1024
"""Characters of META or PROJECTS, which are held in memory as they stand."""
_REQUIRED = ("num_projects", "num_votes", "budget", "vote_type")


@dataclass(frozen=True, slots=True)
class Meta:
    """The META section: its text by key, and the line on which each key stands."""

    text: dict[str, str]
    lines: dict[str, int]

    def whole(self, key: str) -> int | None:
        """Return the whole number under ``key``, or ``None`` when it is not given.

        :raises InvalidElectionFile: it is something else.
        """
        if not self.text.get(key):
            return None
        return whole_number(self.text[key], self.lines[key], key, negative=True)

    def amount(self, key: str) -> Decimals | None:
        """Return the amount under ``key``, or ``None`` when it is not given.

        :raises InvalidElectionFile: it is something else.
        """
        if not self.text.get(key):
            return None
        return decimals(self.text[key], self.lines[key], key)


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One row of the PROJECTS section."""

    id: str
    cost: Decimals
    cells: dict[str, str]
    line: int


def _is_title(row: Row, title: str) -> bool:
    return row[0].strip().upper() == title and not any(cell.strip() for cell in row[1:])


def expect_title(rows: Rows, title: str) -> None:
    """Read the title line of a section.

    :raises InvalidElectionFile: another line stands there, or none.
    """
    found = rows.take(1)
    if not found or not _is_title(found[0], title):
        shown = repr(found[0][0][:40]) if found else "the end of the file"
        raise refuse(rows.line or 1, "section", f"{title} must stand here, not {shown}")


def read_header(rows: Rows, title: str, first: str) -> list[str]:
    """Read the names of the columns of a section.

    :raises InvalidElectionFile: there are none, one stands twice, or the first is another.
    """
    found = rows.take(1)
    header = [cell.strip() for cell in found[0]] if found else []
    if not header or header[0] != first:
        raise refuse(rows.line, title, f"the first column must be {first!r}")
    for name in header:
        if header.count(name) > 1:
            raise refuse(rows.line, title, f"the column {name!r} stands twice")
    return header


def _until(rows: Rows, title: str, inside: str) -> Iterator[Row]:
    held = 0
    for row in rows:
        if _is_title(row, title):
            return
        held += sum(map(len, row))
        if held > LONGEST_SECTION:
            raise refuse(rows.line, inside, f"more than {LONGEST_SECTION} characters")
        yield row
    raise refuse(rows.line, inside, f"the file ends before its section {title}")


def read_meta(rows: Rows) -> Meta:
    """Read META up to and with the title PROJECTS.

    :raises InvalidElectionFile: a key stands twice or a required one is missing.
    """
    expect_title(rows, "META")
    read_header(rows, "META", "key")
    meta = Meta({}, {})
    for row in _until(rows, "PROJECTS", "META"):
        key = row[0].strip()
        if key in meta.text:
            raise refuse(rows.line, key, "this key stands twice in META")
        meta.text[key] = ";".join(row[1:]).strip()
        meta.lines[key] = rows.line
    for key in _REQUIRED:
        if not meta.text.get(key):
            raise refuse(rows.line, key, "META must say this")
    if meta.text["vote_type"] not in VOTE_TYPES:
        raise refuse(
            meta.lines["vote_type"],
            "vote_type",
            f"{meta.text['vote_type'][:40]!r} is none of {', '.join(VOTE_TYPES)}",
        )
    return meta


def read_projects(rows: Rows, meta: Meta, tolerance: Tolerance) -> list[ProjectRow]:
    """Read PROJECTS up to and with the title VOTES.

    :raises InvalidElectionFile: a project misses its cost, stands twice, or the number differs
        from what META says.
    """
    header = _renamed(read_header(rows, "PROJECTS", "project_id"), tolerance)
    if "cost" not in header:
        raise refuse(rows.line, "PROJECTS", "there is no column 'cost'")
    found: dict[str, ProjectRow] = {}
    for row in _until(rows, "VOTES", "PROJECTS"):
        project = _project(row, header, rows.line, tolerance)
        if project.id in found:
            raise refuse(rows.line, "project_id", f"project {project.id!r} stands twice")
        found[project.id] = project
    if len(found) != meta.whole("num_projects"):
        tolerance.face(
            refuse(
                meta.lines["num_projects"],
                "num_projects",
                f"says {meta.text['num_projects'][:40]}, but PROJECTS has {len(found)} rows",
            )
        )
    return list(found.values())


def _renamed(header: list[str], tolerance: Tolerance) -> list[str]:
    for old, new in RENAMED.items():
        if old in header and new not in header:
            tolerance.note(f"the column {old!r} of PROJECTS is called {new!r} since April 2026")
            header[header.index(old)] = new
    return header


def _project(row: Row, header: list[str], line: int, tolerance: Tolerance) -> ProjectRow:
    if len(row) != len(header):
        raise refuse(line, "PROJECTS", f"{len(row)} cells where {len(header)} columns are named")
    cells = dict(zip(header, map(str.strip, row), strict=True))
    name = cells["project_id"]
    if not name or len(name) > LONGEST_ID or "," in name:
        raise refuse(
            line, "project_id", f"{name[:40]!r} must be 1 to {LONGEST_ID} characters, no commas"
        )
    cells["cost"] = repaired(cells["cost"], line, "cost", tolerance)
    return ProjectRow(name, decimals(cells["cost"], line, "cost"), cells, line)
