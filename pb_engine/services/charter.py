"""The self-check of a round: what officials answer, beside what the engine can tell by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.domain.charter import (
    LONGEST_EVIDENCE,
    QUESTIONS,
    Answer,
    Feature,
    Finding,
)
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import InvalidIdea
from pb_engine.services.charter_evidence import evidence_of
from pb_engine.services.dashboard import dashboard
from pb_engine.units import LocalText, RoundId

__all__ = ["QUESTIONS", "Answer", "Feature", "Finding", "SelfCheck", "answer_charter", "self_check"]

_NAME = "charter"
_MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """The self-check of a round.

    :ivar findings: what officials answered; a feature that nobody answered is not there.
    :ivar evidence: what the engine can tell of each feature, now.
    :ivar version: counts changes, so that nobody overwrites what they did not see.
    """

    round: Round
    findings: Mapping[Feature, Finding]
    evidence: Mapping[Feature, tuple[LocalText, ...]]
    version: int


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What somebody filled in; an empty ``answer`` is none."""

    answer: str
    text: str


def self_check(engine: Engine, slug: str) -> SelfCheck:
    """Return the self-check of a round.

    :raises UnknownRound: no round has this slug.
    """
    figures = dashboard(engine, slug)
    with engine.stores.site.read() as work:
        document, version = work.notes.get(RoundId(slug), _NAME)
        entries = work.log.entries(round_id=RoundId(slug), limit=_MOST_ENTRIES)
    findings = {
        Feature(name): Finding(Answer(one["answer"]), one["text"]) for name, one in document.items()
    }
    done = Counter(one.event.name for one in entries)
    return SelfCheck(figures.round, findings, evidence_of(figures, done), version)


def answer_charter(
    engine: Engine, slug: str, typed: Mapping[str, NewFinding], seen: int, by: str
) -> None:
    """Keep what officials answer; a feature without an answer stays open.

    :param typed: by the name of a feature.
    :param seen: the version that the official had before them.
    :raises InvalidIdea: naming every field that is not right, as ``answer_fair`` or ``text_fair``:
        an answer without a text says nothing; nothing was stored.
    :raises ConcurrentEdit: somebody else answered first.
    :raises UnknownRound: no round has this slug.
    """
    texts = {Feature(name): tidy(one.text) for name, one in typed.items()}
    mistakes = [
        mistake
        for name, one in typed.items()
        for mistake in _mistakes(name, one.answer, texts[Feature(name)])
    ]
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea("no answer", field=field, problem=problem, all=" ".join(mistakes))
    document = {
        name: {"answer": one.answer, "text": texts[Feature(name)]}
        for name, one in typed.items()
        if one.answer
    }
    with engine.stores.site.write() as work:
        round_id = work.rounds.get(RoundId(slug)).round.slug
        work.notes.save(round_id, _NAME, document, seen)
        event = Event("charter_answered", round_id, by, {"answers": len(document)})
        work.log.append(event, engine.clock())
        work.commit()


def _mistakes(name: str, answer: str, text: str) -> list[str]:
    mistakes = []
    if answer and answer not in set(Answer):
        mistakes.append(f"answer_{name}:unknown")
    if text and not answer:
        mistakes.append(f"answer_{name}:choose_answer")
    if answer and not text:
        mistakes.append(f"text_{name}:empty")
    if len(text) > LONGEST_EVIDENCE:
        mistakes.append(f"text_{name}:too_long:{LONGEST_EVIDENCE}")
    return mistakes
