"""A round that is being written: a document with gaps, changed part by part."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Document = dict[str, Any]
_WEEK = timedelta(weeks=1)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a dotted path; ``None`` where nothing does."""
    at: Any = document
    for key in path.split("."):
        if not isinstance(at, Mapping) or key not in at:
            return None
        at = at[key]
    return at


def with_values(document: Mapping[str, Any], values: Mapping[str, Any]) -> Document:
    """Return the document with other values at these paths; ``None`` takes one away."""
    changed: Document = copy.deepcopy(dict(document))
    for path, value in values.items():
        _put(changed, path.split("."), value)
    return changed


def _put(table: Document, keys: list[str], value: Any) -> None:
    first, *rest = keys
    if not rest:
        if value is None:
            table.pop(first, None)
        else:
            table[first] = value
        return
    inner = table.get(first)
    inner = dict(inner) if isinstance(inner, Mapping) else {}
    _put(inner, rest, value)
    # A table of which nothing is left is no table: an empty one would ask for all its keys.
    if inner:
        table[first] = inner
    else:
        table.pop(first, None)


def first_document(today: date) -> Document:
    """Return what a new draft starts with: usual numbers, and a calendar of usual lengths."""
    monday = today + timedelta(days=7 - today.weekday())
    at = {name: monday + weeks * _WEEK for name, weeks in _USUAL_WEEKS.items()}
    return {
        "languages": ["nl", "en"],
        "calendar": {
            "announced": str(monday + 3 * _WEEK),
            **{name: _window(at[name], weeks) for name, weeks in _LENGTHS.items()},
            "counting": {
                "opens": str(at["counting"]),
                "closes": str(at["counting"] + timedelta(days=1)),
            },
            "result": str(at["counting"] + timedelta(days=4)),
        },
        "voters": {"minimum_age": 12, "reference_date": str(at["voting"])},
        "submission": {
            "min_cost_cents": 25_000,
            "max_cost_cents": 1_000_000,
            "max_ideas": 3,
            "helper_below": 16,
        },
        "review": {
            "assessors": 2,
            "assess_days": 14,
            "decide_days": 21,
            "appeal_reply_days": 7,
            "consent": True,
        },
        "ballot": {"format": "approval", "min_choices": 1, "max_choices": 3, "may_change": True},
        "voting_method": {"name": "greedy"},
        "compared_methods": [{"name": "equal_shares"}],
        "tie": {"text": dict(_TIE)},
        "identity_checks": [{"name": "voting_code"}],
    }


_USUAL_WEEKS = {"ideas": 6, "review": 10, "appeal": 13, "voting": 16, "counting": 19}
_LENGTHS = {"ideas": 4, "review": 3, "appeal": 1, "voting": 3}
_TIE = {
    "nl": "Bij gelijke stand beslist het lot. Het lot is van tevoren gepubliceerd.",
    "en": "A tie falls by lot. The lot is published beforehand.",
}


def _window(opens: date, weeks: int) -> dict[str, str]:
    return {"opens": str(opens), "closes": str(opens + weeks * _WEEK - timedelta(days=1))}


def as_template(document: Mapping[str, Any], today: date) -> Document:
    """Return the document of a round for a next one: no name in addresses, no lot, later dates.

    All dates move by whole weeks, so that a Monday stays a Monday, and the first is not past.
    """
    copied: Document = copy.deepcopy(dict(document))
    gone = ("slug", "tie.seed", "plan.decided_on", "agreements", "consultation", "fund.saved")
    for path in gone:
        copied = with_values(copied, {path: None})
    first = date.fromisoformat(copied["calendar"]["announced"])
    weeks = max(52, -(-(today - first).days // 7))
    copied["calendar"] = _moved(copied["calendar"], weeks)
    day = copied["voters"]["reference_date"]
    copied["voters"]["reference_date"] = _moved(day, weeks)
    for check in copied.get("identity_checks", ()):
        # Days on which a check is open, such as those of classes, move along.
        check["settings"] = _moved(check.get("settings", {}), weeks)
    return copied


def _moved(value: Any, weeks: int) -> Any:
    if isinstance(value, Mapping):
        return {key: _moved(item, weeks) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_moved(item, weeks) for item in value]
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return value
    return str(date.fromisoformat(value) + weeks * _WEEK)


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text of a draft that can be said in further languages.

    :ivar key: names this text as long as it stands there and its Dutch stays the same.
    :ivar path: where it stands, with a number from 0 for a place in a list.
    """

    key: str
    path: str
    said: Mapping[str, str]


def draft_texts(document: Mapping[str, Any]) -> tuple[DraftText, ...]:
    """Return every text of a draft that has its Dutch, in the order of the document."""
    return tuple(
        DraftText(_key(path, said["nl"]), path, said) for path, said in _said(document, "")
    )


def with_translations(
    document: Mapping[str, Any], language: str, told: Mapping[str, str]
) -> Document:
    """Return the document with these texts in a language; an empty one takes it away.

    :param told: by key of the text; a key whose Dutch changed meanwhile has no effect.
    """
    changed: Document = copy.deepcopy(dict(document))
    for path, said in _said(changed, ""):
        text = told.get(_key(path, said["nl"]))
        if text:
            said[language] = text
        elif text is not None:
            said.pop(language, None)
    return changed


def _key(path: str, dutch: str) -> str:
    return hashlib.sha256(f"{path}\n{dutch}".encode()).hexdigest()[:16]


def _said(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        if isinstance(value.get("nl"), str) and value["nl"]:
            yield path, value
            return
        for key, part in value.items():
            yield from _said(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _said(part, f"{path}.{place}")
