"""A part of a round that is being written: what its fields are, and how they are typed and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields
from werkzeug.datastructures import MultiDict

from web.error_texts import FIELD_MISTAKES
from web.errors import filled
from web.forms.desk import DeskForm, optional, read
from web.forms.money import cents
from web.forms.numbers import whole_cents, whole_of

LONGEST_LINE, LONGEST_TICKS, LONGEST_TEXT, LONGEST_LINES = 200, 1000, 5000, 200_000
_BETWEEN = " | "
_MARKS = "#€@"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to fill in.

    :ivar path: where it stands in a round file.
    :ivar kind: ``text``, ``long``, ``both`` and ``longboth`` (in two languages), ``money``,
        ``whole``, ``day``, ``choice``, ``yes``, ``switch``, ``names`` (ticks), ``shares``
        (ticks, each an amount of saved money), ``plugin``, ``plugins``, or ``lines`` (a table,
        one row a line).
    :ivar columns: of ``lines``: where each cell stands in a row; ``#`` marks a whole number, ``€``
        an amount, ``@`` a day.
    :ivar options: which answers a ``choice`` or ticks offer.
    """

    path: str
    kind: str
    label: str
    help: str = ""
    columns: tuple[str, ...] = ()
    options: str = ""

    @property
    def name(self) -> str:
        """How the form calls it."""
        return self.path.replace(".", "-")

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the form that it takes."""
        if self.kind in {"both", "longboth"}:
            return f"{self.name}-nl", f"{self.name}-en"
        return (self.name,)


class NotUnderstood(Exception):
    """What was typed cannot be read; the word says which sentence to show."""


def typed_part(entries: Iterable[Entry], document_at: Callable[[str], Any]) -> dict[str, str]:
    """Return what stands in the fields for what is stored; ticks are one name a line."""
    typed: dict[str, str] = {}
    for entry in entries:
        stored = document_at(entry.path)
        if entry.kind in {"both", "longboth"}:
            for name, language in zip(entry.names, ("nl", "en"), strict=True):
                typed[name] = str((stored or {}).get(language, ""))
        else:
            typed[entry.name] = _WRITE.get(entry.kind, _plain)(stored, entry)
    return typed


def read_part(
    entries: Iterable[Entry], sent: MultiDict[str, str], document_at: Callable[[str], Any]
) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """Return values by path, a sentence per field that cannot be read, and what was typed."""
    listed = tuple(entries)
    flat = {name: "\n".join(sent.getlist(name)) for entry in listed for name in entry.names}
    loaded, mistakes = read(_form(listed), flat)
    if mistakes:
        return {}, mistakes, flat
    values: dict[str, Any] = {}
    for entry in listed:
        texts = [loaded[name].replace("\r\n", "\n") for name in entry.names]
        try:
            stored = document_at(entry.path)
            values[entry.path] = _translated(_read_one(entry, texts, stored), stored)
        except NotUnderstood as problem:
            mistakes[entry.name] = filled(FIELD_MISTAKES[str(problem)], {"limit": 999_999})
    return values, mistakes, flat


def translation_form(names: Iterable[str]) -> DeskForm:
    """Return a form with a text of a round for each field."""
    parts: dict[str, fields.Field[Any]] = {name: optional(LONGEST_TEXT) for name in names}
    made: DeskForm = type("TranslationForm", (DeskForm,), parts)()
    return made


def _form(entries: Iterable[Entry]) -> DeskForm:
    most = {"lines": LONGEST_LINES, **dict.fromkeys(("long", "longboth"), LONGEST_TEXT)}
    most |= dict.fromkeys(("names", "shares"), LONGEST_TICKS)
    parts: dict[str, fields.Field[Any]] = {
        name: optional(
            most.get(entry.kind, 1000 if entry.kind in {"names", "shares"} else LONGEST_LINE)
        )
        for entry in entries
        for name in entry.names
    }
    made: DeskForm = type("PartForm", (DeskForm,), parts)()
    return made


def _read_one(entry: Entry, texts: list[str], stored: Any) -> Any:
    if entry.kind in {"both", "longboth"}:
        pairs = zip(("nl", "en"), texts, strict=True)
        return {language: text for language, text in pairs if text} or None
    text = texts[0]
    if entry.kind in {"yes", "switch"}:
        # A switch that is off says nothing; a yes-or-no says no.
        return bool(text) or (None if entry.kind == "switch" else False)
    reads = _READ.get(entry.kind)
    if not text:
        return None
    return reads(entry, text.splitlines(), stored) if reads else _cell(entry.kind, text)


def _translated(value: Any, stored: Any) -> Any:
    """Keep what only a file can say, the other languages, with a text that stays as it is."""
    before = {(one["nl"], one["en"]): one for one in _texts(stored)}
    return _kept(value, before)


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, Mapping):
        if {"nl", "en"} <= value.keys():
            yield value
        yield from (one for part in value.values() for one in _texts(part))
    elif isinstance(value, list):
        yield from (one for part in value for one in _texts(part))


def _kept(value: Any, before: Mapping[tuple[str, str], Mapping[str, str]]) -> Any:
    if isinstance(value, list):
        return [_kept(part, before) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"nl", "en"}:
        return dict(before.get((value["nl"], value["en"]), value))
    return {key: _kept(part, before) for key, part in value.items()}


def _rows(entry: Entry, lines: list[str], _stored: Any) -> Any:
    return [_row(entry, line) for line in lines if line.strip()] or None


def _shares(_entry: Entry, lines: list[str], _stored: Any) -> Any:
    return [_share(line) for line in lines]


def _share(line: str) -> dict[str, Any]:
    slug, part, amount = (*line.split("|"), "", "")[:3]
    named = {"part": part} if part else {}
    return {"round": slug, **named, "cents": _known(whole_cents(amount), "unknown")}


def share_value(slug: str, part: str, amount: int) -> str:
    """Return how a form names saved money of an earlier round."""
    return f"{slug}|{part}|{amount}"


def _plugins(entry: Entry, names: list[str], stored: Any) -> Any:
    # Settings that only a file can hold stay as they are, and so does the order.
    rows = [stored] if entry.kind == "plugin" else stored
    before = [one for one in rows or [] if one]
    kept = [one for one in before if one["name"] in names]
    known = {one["name"] for one in before}
    chosen = kept + [{"name": name} for name in names if name not in known]
    return chosen[0] if entry.kind == "plugin" else chosen


_READ: Mapping[str, Callable[[Entry, list[str], Any], Any]] = {
    "names": lambda _entry, lines, _stored: lines,
    "shares": _shares,
    "plugin": _plugins,
    "plugins": _plugins,
    "lines": _rows,
}


def _row(entry: Entry, line: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > len(entry.columns):
        raise NotUnderstood("too_many_cells")
    for column, cell in zip(entry.columns, cells, strict=False):
        if cell:
            _place(row, column, cell)
    return row


def _place(row: dict[str, Any], column: str, cell: str) -> None:
    kind = {"#": "whole", "€": "money", "@": "day"}.get(column[-1], "text")
    table, dot, key = column.rstrip(_MARKS).partition(".")
    value = _cell(kind, cell)
    if dot:
        row.setdefault(table, {})[key] = value
    else:
        row[table] = value


def _cell(kind: str, text: str) -> Any:
    if kind == "money":
        return _known(cents(text), "not_money")
    if kind == "whole":
        return _known(whole_of(text), "not_count")
    if kind == "day":
        return day_of(text)
    return text


def _known(value: int | None, problem: str) -> int:
    if value is None:
        raise NotUnderstood(problem)
    return value


def day_of(text: str) -> str:
    """Read a day as ``2027-11-30`` or ``30-11-2027``.

    :raises NotUnderstood: it is no day.
    """
    parts = text.split("-")
    if len(parts) == 3 and len(parts[2]) == 4:  # noqa: PLR2004 - 30-11-2027
        text = "-".join(part.zfill(2) for part in reversed(parts))
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as problem:
        raise NotUnderstood("not_a_day") from problem


def _plain(stored: Any, _entry: Entry) -> str:
    return "" if stored is None else str(stored)


def _money(stored: Any, _entry: Entry) -> str:
    if not isinstance(stored, int):
        return ""
    whole, rest = divmod(stored, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def _lines(stored: Any, entry: Entry) -> str:
    return "\n".join(_line(row, entry) for row in stored or [])


def _line(row: Mapping[str, Any], entry: Entry) -> str:
    cells = []
    for column in entry.columns:
        table, dot, key = column.rstrip(_MARKS).partition(".")
        value = row.get(table)
        value = value.get(key) if dot and isinstance(value, Mapping) else value
        cells.append(_money(value, entry) if column.endswith("€") else _plain(value, entry))
    return _BETWEEN.join(cells).rstrip(" |")


def _named(stored: Any, _entry: Entry) -> str:
    return "\n".join(one["name"] for one in stored or [])


_WRITE: Mapping[str, Callable[[Any, Entry], str]] = {
    "money": _money,
    "lines": _lines,
    "names": lambda stored, _: "\n".join(stored or []),
    "shares": lambda stored, _: "\n".join(
        share_value(one["round"], one.get("part", ""), one["cents"]) for one in stored or []
    ),
    "plugins": _named,
    "plugin": lambda stored, _: str((stored or {}).get("name", "")),
    "yes": lambda stored, _: "ja" if stored else "",
    "switch": lambda stored, _: "ja" if stored else "",
}
