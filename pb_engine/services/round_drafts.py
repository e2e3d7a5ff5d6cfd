"""Writing a round at the desk, part by part, until it can be made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import tomli_w

from pb_engine.domain.calendar_advice import calendar_advice
from pb_engine.domain.phases import Calendar, Phase
from pb_engine.domain.round_document import (
    calendar_in,
    mistakes_in,
    read_round,
    round_document,
)
from pb_engine.domain.round_drafting import as_template, first_document, value_at, with_values
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidRound, NotReady, RulesFrozen, UnknownRound
from pb_engine.services.pages import CalendarStep, calendar_steps
from pb_engine.services.round_files import check_plugins, round_text
from pb_engine.services.rounds import add_round, amend_rules
from pb_engine.services.saving import SavedMoney, saved_money, saved_problem
from pb_engine.store.site import RoundDraft
from pb_engine.units import AreaId, LocalText, RoundId

__all__ = ["RoundDraft", "value_at"]

AMENDABLE = frozenset({Phase.IDEAS, Phase.REVIEW, Phase.VOTING})
"""When rules are frozen, and can still change with a reason."""
MOST_DRAFTS = 50
LARGEST_DRAFT = 2_000_000
_SOURCE = "concept"


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What is still wrong with a draft.

    :ivar mistakes: dotted path in the round file, and a sentence in English.
    :ivar round: the round that it makes; ``None`` while there are mistakes.
    :ivar replaces: phase of the round that has this name in addresses already, or ``None``.
    :ivar frozen: how often the rules of that round were frozen until now.
    """

    mistakes: tuple[tuple[str, str], ...]
    round: Round | None
    replaces: Phase | None
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """The dates of a draft as residents will see them, with what deserves another look."""

    calendar: Calendar
    steps: tuple[CalendarStep, ...]
    advice: tuple[LocalText, ...]


def all_drafts(engine: Engine) -> tuple[RoundDraft, ...]:
    """Return every draft of a round, the one that was changed last first."""
    with engine.stores.site.read() as work:
        return work.round_drafts.all()


def one_draft(engine: Engine, draft: str) -> RoundDraft:
    """Return one draft.

    :raises UnknownRound: there is none with this identifier.
    """
    with engine.stores.site.read() as work:
        return work.round_drafts.get(draft)


def start_draft(engine: Engine, by: str) -> str:
    """Start an empty draft with usual numbers; return its identifier.

    :raises NotReady: there are too many drafts (``problem="drafts"``).
    """
    return draft_from(engine, first_document(engine.today()), by)


def copy_as_draft(engine: Engine, slug: str, by: str) -> str:
    """Start a draft from a round, a year later; return its identifier.

    The round that is made of it takes over the texts of its letters too.

    :raises UnknownRound: no round has this slug.
    :raises NotReady: there are too many drafts (``problem="drafts"``).
    """
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(RoundId(slug)).round
    return draft_from(engine, as_template(round_document(round_), engine.today()), by, round_.slug)


def reopen_as_draft(engine: Engine, slug: str, by: str) -> str:
    """Start a draft that changes a round; return its identifier.

    Once the round has begun its rules change by ``rounds.amend_rules``, with a reason.

    :raises UnknownRound: no round has this slug.
    :raises RulesFrozen: voting is over, and nothing changes any more.
    :raises NotReady: there are too many drafts (``problem="drafts"``).
    """
    with engine.stores.site.read() as work:
        stored = work.rounds.get(RoundId(slug))
    if stored.phase not in {Phase.DRAFT, *AMENDABLE}:
        raise RulesFrozen(f"the rules of round {slug} change no more", round=slug)
    return draft_from(engine, round_document(stored.round), by)


def rules_now(engine: Engine, slug: str) -> Mapping[str, Any]:
    """Return the rules of a round as they are now, as the document of a draft.

    :raises UnknownRound: no round has this slug.
    """
    with engine.stores.site.read() as work:
        return round_document(work.rounds.get(RoundId(slug)).round)


def draft_from(engine: Engine, document: Mapping[str, Any], by: str, copied_from: str = "") -> str:
    """Start a draft that says this already; return its identifier.

    :param copied_from: the round from which it was copied.
    :raises NotReady: there are too many drafts (``problem="drafts"``).
    """
    draft = RoundDraft(secrets.token_hex(8), document, {}, by, engine.clock(), copied_from)
    with engine.stores.site.write() as work:
        if len(work.round_drafts.all()) >= MOST_DRAFTS:
            raise NotReady(
                f"there are {MOST_DRAFTS} drafts; remove one first",
                problem="drafts",
                limit=MOST_DRAFTS,
            )
        work.round_drafts.put(draft)
        work.commit()
    return draft.id


def change_draft(
    engine: Engine, draft: str, part: str, values: Mapping[str, Any], seen: int, by: str
) -> RoundDraft:
    """Fill in one part of a draft, also while it has mistakes; return the draft.

    Two officials in different parts do not hinder each other.

    :param values: by dotted path; ``None`` takes a value away.
    :param seen: how often the part was changed when the official saw it.
    :raises ConcurrentEdit: somebody changed this part since.
    :raises InvalidRound: the draft would become too large.
    :raises UnknownRound: there is no such draft.
    """
    with engine.stores.site.write() as work:
        found = work.round_drafts.in_turn(draft)
        times = found.parts.get(part, 0)
        if times != seen:
            raise ConcurrentEdit("somebody else changed this part of the draft", part=part)
        document = with_values(found.document, values)
        changed = changed_part(found, part, document, by, engine.clock())
        work.round_drafts.put(changed)
        work.commit()
    return changed


def changed_part(
    found: RoundDraft, part: str, document: Mapping[str, Any], by: str, now: datetime
) -> RoundDraft:
    """Return a draft with another document, one of whose parts was changed once more.

    :raises InvalidRound: the document is too large.
    """
    if len(json.dumps(document)) > LARGEST_DRAFT:
        raise InvalidRound(f"a draft has at most {LARGEST_DRAFT} characters")
    times = found.parts.get(part, 0)
    return replace(
        found,
        document=document,
        parts={**found.parts, part: times + 1},
        edited_by=by,
        edited_at=now,
    )


def drop_draft(engine: Engine, draft: str) -> None:
    """Forget a draft.

    :raises UnknownRound: there is none with this identifier.
    """
    with engine.stores.site.write() as work:
        work.round_drafts.in_turn(draft)
        work.round_drafts.remove(draft)
        work.commit()


def check_draft(engine: Engine, document: Mapping[str, Any]) -> DraftCheck:
    """Check a draft as a round file is checked, with every mistake by its path."""
    mistakes = mistakes_in(document)
    if mistakes:
        return DraftCheck(mistakes, None, None)
    round_ = read_round(document, _SOURCE)
    try:
        check_plugins(engine, round_, _SOURCE)
    except InvalidRound as problem:
        path, _, told = problem.sentence.removeprefix(f"{_SOURCE}: ").partition(": ")
        return DraftCheck(((path, told),), None, None)
    with engine.stores.site.read() as work:
        unusable = saved_problem(work, round_, engine.today())
        if unusable:
            return DraftCheck((("fund.saved", unusable.removeprefix("saved: ")),), None, None)
        try:
            phase = work.rounds.get(round_.slug).phase
        except UnknownRound:
            return DraftCheck((), round_, None)
        frozen = len(work.freezes.all(round_.slug))
    return DraftCheck((), round_, phase, frozen)


def preview_calendar(engine: Engine, document: Mapping[str, Any]) -> CalendarPreview | None:
    """Return the calendar of a draft with its advice; ``None`` while a date is missing or wrong."""
    calendar = calendar_in(document)
    if calendar is None:
        return None
    steps = calendar_steps(calendar, engine.today())
    return CalendarPreview(calendar, steps, calendar_advice(calendar))


def changes_of(draft: RoundDraft) -> int:
    """Return how often a draft was changed; who looked it over makes that round and no other."""
    return sum(draft.parts.values())


def make_round(engine: Engine, draft: str, seen: int, by: str) -> Round:
    """Make the round of a draft, as importing its file would; then the draft is gone.

    :param seen: how often the draft was changed when the official looked it over.
    :raises ConcurrentEdit: somebody changed it since.
    :raises InvalidRound: the draft has mistakes.
    :raises RulesFrozen: the round has left its draft and the document says something else.
    :raises UnknownRound: there is no such draft.
    """
    found, round_ = _looked_over(engine, draft, seen)
    check_plugins(engine, round_, _SOURCE)
    made = add_round(engine, round_, by, texts_of=found.copied_from)
    drop_draft(engine, draft)
    return made


def amend_round(
    engine: Engine, draft: str, seen: int, frozen: int, reason: str, by: str
) -> RoundId:
    """Change the rules of a round that has begun into those of a draft; then the draft is gone.

    :param seen: how often the draft was changed when the official looked it over.
    :param frozen: how often the rules of the round were frozen then.
    :raises ConcurrentEdit: somebody changed either since.
    :raises InvalidRound: the draft has mistakes.
    :raises RulesFrozen: the change is not allowed in this phase.
    :raises NotReady: the reason is too short.
    :raises UnknownRound: there is no such draft, or no such round.
    """
    _, round_ = _looked_over(engine, draft, seen)
    amend_rules(engine, round_.slug, round_text(round_), reason, by, frozen)
    drop_draft(engine, draft)
    return round_.slug


def _looked_over(engine: Engine, draft: str, seen: int) -> tuple[RoundDraft, Round]:
    found = one_draft(engine, draft)
    if changes_of(found) != seen:
        raise ConcurrentEdit("somebody else changed the draft", draft=draft)
    return found, read_round(found.document, _SOURCE)


def draft_text(document: Mapping[str, Any]) -> str:
    """Write a draft as TOML; as a round file when it has no mistakes."""
    if not mistakes_in(document):
        return round_text(read_round(document, _SOURCE))
    return tomli_w.dumps(dict(document), multiline_strings=False)


def saved_for(engine: Engine, document: Mapping[str, Any]) -> tuple[SavedMoney, ...]:
    """Return the saved money that the round of a draft can use, the first to end first.

    While no areas are filled in, that of every area.
    """
    tree = value_at(document, "areas.tree")
    areas = {str(one.get("id", "")) for one in tree or () if isinstance(one, Mapping)}
    return saved_money(engine, frozenset(map(AreaId, areas)), str(document.get("slug") or ""))
