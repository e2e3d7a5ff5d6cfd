"""The event log: what happened, who did it, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import StoreProblem
from pb_engine.services import desk, officials, rounds
from pb_engine.services.events import LogEntry
from web.access import role
from web.base import engine
from web.desk import words
from web.desk.log_filter import filter_of, who_acted
from web.desk.log_texts import EVENT_TEXTS
from web.desk.showing import show, translated
from web.desk.spreadsheet import sheet
from web.desk.status_texts import NAMES
from web.errors import filled
from web.texts import N_, money, say
from web.words import CONSENTS, WORK_STATES

PAGE = 50
_ALL = 1_000_000


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/logboek", "log", overview)
    app.add_url_rule("/logboek.csv", "log_file", file)


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as it is read.

    :ivar round: name of the round, or nothing for the site as a whole.
    """

    number: int
    at: datetime
    round: str
    by: str
    event: str
    sentence: str
    hash: str


@role("participation_team", "auditor")
def overview() -> ResponseReturnValue:
    """Show the log, newest first, and the result of following its chain."""
    chosen, wrong = filter_of(request.args)
    told: dict[str, Any] = {
        "rounds": {str(one.round.slug): one.round.name for one in rounds.round_list(engine())},
        "typed": request.args,
        "mistakes": {name: gettext("Deze datum klopt niet. Kies een dag.") for name in wrong},
        "keep": chosen.args,
    }
    try:
        log = desk.log_page(engine(), limit=_ALL)
    except StoreProblem as problem:
        broken = problem.details.get("number")
        if broken is None:
            raise
        return show("log.html.j2", **told, people=[], broken=broken, lines=[]), 409
    found = [entry for entry in log.entries if not wrong and chosen.chooses(entry)]
    page = _page_number(len(found))
    return show(
        "log.html.j2",
        **told,
        people=_people(log.entries),
        broken=None,
        checked=log.checked,
        number=page,
        last=(len(found) - 1) // PAGE + 1 if found else 1,
        lines=_lines(found[::-1][(page - 1) * PAGE : page * PAGE]),
    )


def _people(entries: Sequence[LogEntry]) -> list[tuple[str, str]]:
    told = _Words(())
    return [("", gettext("Iedereen")), *((one, told.who(one)) for one in who_acted(entries))]


def _page_number(entries: int) -> int:
    typed = request.args.get("blz", "1")
    wanted = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1  # noqa: PLR2004
    return max(1, min(wanted, (entries - 1) // PAGE + 1))


@role("participation_team", "auditor")
def file() -> Response:
    """Send the log as a file for a spreadsheet, oldest first; a filter leaves entries out."""
    chosen, wrong = filter_of(request.args)
    entries = desk.log_page(engine(), limit=_ALL).entries
    lines = _lines([one for one in entries if not wrong and chosen.chooses(one)])
    rows = [
        (
            str(line.number),
            line.at.isoformat(timespec="seconds"),
            *(line.round, line.by, line.event, line.sentence, line.hash),
        )
        for line in lines
    ]
    headings = ["number", "at", "round", "by", "event", "sentence", "hash"]
    return sheet("logboek.csv", headings, rows)


def _lines(entries: Sequence[LogEntry]) -> list[LogLine]:
    told = _Words(str(entry.event.round) for entry in entries if entry.event.round)
    return [
        LogLine(
            number=entry.number,
            at=entry.at,
            round=told.round(entry.event.round),
            by=told.who(entry.event.by),
            event=entry.event.name,
            sentence=told.sentence(entry.event.name, entry.event.by, entry.event.facts),
            hash=entry.hash,
        )
        for entry in entries
    ]


class _Words:
    """Facts of events in words: numbers of ideas and names of officials instead of keys."""

    def __init__(self, slugs: Iterable[str]) -> None:
        running = engine()
        self._rounds = {str(one.round.slug): one.round.name for one in rounds.round_list(running)}
        self._ideas = {
            str(idea.id): idea.number
            for slug in dict.fromkeys(slugs)
            if slug in self._rounds
            for idea in desk.desk_ideas(running, slug)
        }
        self._officials = {one.id: one.name for one in officials.all_officials(running)}

    def round(self, slug: str | None) -> str:
        name = self._rounds.get(slug or "")
        return say(name) if name else slug or ""

    def who(self, by: str) -> str:
        named = {"clock": gettext("De kalender"), "resident": gettext("Een bewoner")}
        return str(named.get(by, by))

    def sentence(self, event: str, by: str, facts: Mapping[str, str | int]) -> str:
        written = {name: self._fact(name, value) for name, value in facts.items()}
        return filled(EVENT_TEXTS.get(event, event), {**written, "by": self.who(by)})

    def _fact(self, name: str, value: str | int) -> str:
        if name in {"idea", "into", "part"}:
            return self._idea(name, str(value))
        if name in {"cents", "spent_cents", "amount_cents"} and isinstance(value, int):
            return money(value)
        if name == "official" and isinstance(value, int):
            return self._officials.get(value, str(value))
        if name == "role":
            return self._role(str(value))
        if name in {"digest", "rules_digest", "box_digest", "outcome_digest", "record_digest"}:
            return str(value)[:12]
        return self._named(name, str(value))

    def _idea(self, name: str, value: str) -> str:
        if name == "part" and not value:
            return str(gettext("het geld dat niet verdeeld is"))
        number = self._ideas.get(value)
        return str(gettext("idee %(number)s", number=number or value))

    def _role(self, value: str) -> str:
        role, _, slug = value.partition(":")
        names = {str(one): say(text) for one, text in officials.ROLE_NAMES.items()}
        named = names.get(role, role)
        return f"{named} ({self.round(slug)})" if slug else named

    @staticmethod
    def _named(name: str, value: str) -> str:
        if name in _WORDS:
            known = _WORDS[name]
            return translated(known[value]) if value in known else value
        if name == "change":
            return _each(value.split(), words.ACCOUNT_CHANGES)
        return value or str(gettext("geen"))


_WORDS = {
    "step": words.STEPS,
    "outcome": words.DECISIONS,
    "agrees_with": words.READERS,
    "state": {**words.BATCH_STATES, **{key: told for key, (told, _) in WORK_STATES.items()}},
    "decision": words.ANSWERS,
    "status": NAMES,
    "way": {**words.CONSENT_WAYS, "link": N_("met de link in de brief")},
    "answer": {key: told for key, (told, _) in CONSENTS.items()},
    "link": words.LINKS,
    "cause": words.LINK_ENDS,
    "fate": words.FATES,
    "part": words.STORY_PARTS,
}
"""Facts whose values are words of a list."""


def _each(keys: Sequence[str], known: Mapping[str, str]) -> str:
    return ", ".join(translated(known[key]) if key in known else key for key in keys)
