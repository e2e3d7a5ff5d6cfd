"""What happened to one idea, from the event log, and the ideas that it came from or went into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.events import LogEntry
from pb_engine.domain.ideas import Idea
from pb_engine.domain.phases import DUTCH_TIME
from pb_engine.engine import Engine
from pb_engine.units import IdeaId, LocalText, RoundId

__all__ = ["Relative", "Step", "Story", "home_of", "idea_story"]

_TOLD = (
    "idea_judged",
    "idea_withdrawn",
    "ideas_merged",
    "idea_taken_up",
    "appeal_made",
    "appeal_decided",
    "question_answered",
)
"""What residents read of an idea; that it was submitted stands in the idea itself."""


@dataclass(frozen=True, slots=True)
class Relative:
    """Another idea, of this round or another, with the name of its round."""

    id: IdeaId
    round: RoundId
    title: str
    round_name: LocalText


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened.

    :ivar name: the name of the event, or ``submitted``.
    :ivar outcome: what was decided, where something was.
    :ivar other: the other idea that took part.
    """

    name: str
    on: date
    outcome: str = ""
    other: Relative | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The steps of an idea, oldest first, and its lineage.

    :ivar taken_from: the idea of an earlier round of which this one is the next try.
    :ivar taken_up: the next tries of this idea.
    """

    steps: tuple[Step, ...]
    taken_from: Relative | None
    taken_up: tuple[Relative, ...]


def idea_story(engine: Engine, slug: str, idea_id: str) -> Story:
    """Return what happened to an idea; nobody is named.

    :raises UnknownIdea: no idea in this round has this identifier.
    """
    with engine.stores.site.read() as work:
        idea = work.ideas.get(RoundId(slug), IdeaId(idea_id))
        entries = work.log.of_idea(idea.round, idea.id, _TOLD)
        kin = {one.id: one for one in work.ideas.kin(idea)}
        names = {
            slug: work.rounds.get(slug).round.name for slug in {one.round for one in kin.values()}
        }
    kin_of = {
        one.id: Relative(one.id, one.round, one.title, names[one.round]) for one in kin.values()
    }
    told = (_step(entry, idea, kin_of) for entry in entries)
    return Story(
        steps=(Step("submitted", idea.submitted_on), *told),
        taken_from=kin_of.get(idea.taken_from) if idea.taken_from else None,
        taken_up=tuple(kin_of[one.id] for one in kin.values() if one.taken_from == idea.id),
    )


def home_of(engine: Engine, idea_id: str) -> RoundId:
    """Return the round in which an idea stands, for its address that never changes.

    :raises UnknownIdea: no round has such an idea.
    """
    with engine.stores.site.read() as work:
        return work.ideas.find(IdeaId(idea_id)).round


def _step(entry: LogEntry, idea: Idea, kin: Mapping[IdeaId, Relative]) -> Step:
    facts = entry.event.facts
    took_in = entry.event.name == "ideas_merged" and facts["into"] == idea.id
    other = IdeaId(str(facts["idea" if took_in else "into"])) if "into" in facts else None
    return Step(
        name="took_in" if took_in else entry.event.name,
        on=entry.at.astimezone(DUTCH_TIME).date(),
        outcome=str(facts.get("outcome", facts.get("decision", ""))),
        other=kin.get(other) if other else None,
    )
