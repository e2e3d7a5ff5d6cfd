"""Which entries of the log somebody wants to read: of a round, by whom, of a kind, between days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pb_engine.services.events import LogEntry
from web.texts import DUTCH_TIME, N_

_LONGEST = 80
_REST = "steps"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "steps": N_("Stappen en uitslag"),
        "ideas": N_("Ideeën en reacties"),
        "codes": N_("Stemcodes, brieven en balie"),
        "register": N_("Kiezersregister"),
        "paper": N_("Papier"),
        "officials": N_("Medewerkers"),
    }
)
_KIND_OF: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("idea", "appeal", "comment", "picture", "question"), "ideas"),
        "split": "ideas",
        **dict.fromkeys(("progress", "work", "payment", "milestones", "status"), "ideas"),
        **dict.fromkeys(("code", "codes", "batch", "letter", "letters", "counter"), "codes"),
        **dict.fromkeys(("right", "proxy", "organisation", "desk", "guessing"), "codes"),
        **dict.fromkeys(("register", "areas"), "register"),
        **dict.fromkeys(("paper", "papers"), "paper"),
        **dict.fromkeys(("official", "role", "invitation"), "officials"),
    }
)
"""The kind of an event, by the first word of its name; every other event is a step of a round."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What to show; an empty part leaves nothing out.

    :ivar first: and ``last``: days in Dutch time, both included.
    """

    round: str
    by: str
    kind: str
    first: date | None
    last: date | None
    args: Mapping[str, str]

    def chooses(self, entry: LogEntry) -> bool:
        """Tell whether an entry is wanted."""
        event, day = entry.event, entry.at.astimezone(DUTCH_TIME).date()
        return (
            (not self.round or event.round == self.round)
            and (not self.by or event.by == self.by)
            and (not self.kind or kind_of(event.name) == self.kind)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )


def kind_of(event: str) -> str:
    """Return the kind of an event."""
    return _KIND_OF.get(event.partition("_")[0], _REST)


def filter_of(sent: Mapping[str, str]) -> tuple[LogFilter, tuple[str, ...]]:
    """Read a filter from an address, and return which of its days are no days."""
    args = {
        name: sent[name].strip()[:_LONGEST]
        for name in ("ronde", "wie", "soort", "van", "tot")
        if sent.get(name, "").strip()
    }
    days = {name: _day(args[name]) for name in ("van", "tot") if name in args}
    made = LogFilter(
        round=args.get("ronde", ""),
        by=args.get("wie", ""),
        kind=args.get("soort", ""),
        first=days.get("van"),
        last=days.get("tot"),
        args=args,
    )
    return made, tuple(name for name, day in days.items() if day is None)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def who_acted(entries: Iterable[LogEntry]) -> list[str]:
    """Return everybody whom the log names, in the order of the alphabet."""
    return sorted({one.event.by for one in entries}, key=str.casefold)
