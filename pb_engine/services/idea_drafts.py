"""Drafts: an idea that somebody is still writing, kept here so that nothing of it gets lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.domain.ideas import LENGTHS, tidy
from pb_engine.domain.phases import Phase
from pb_engine.domain.retention import TERMS, Kept
from pb_engine.domain.searching import asked_words, words_of
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidIdea, WrongPhase
from pb_engine.sealing import keyed_id, new_code, new_secret, normalised, written
from pb_engine.store.site import IdeaLine, KeptDraft, StoredRound
from pb_engine.units import RoundId

__all__ = [
    "DRAFT_DAYS",
    "KeptDraft",
    "SimilarIdea",
    "draft_tag",
    "keep_step",
    "new_draft_code",
    "open_draft",
    "require_ideas_open",
    "similar_ideas",
    "standing",
]

DRAFT_DAYS = TERMS[Kept.DRAFTS].after.days
LONGEST_VALUE = 4000
"""Longer texts than an idea may have are kept too, so that they can be shortened; up to here."""
_MOST_SIMILAR = 3
_TELLING = 4
"""Letters from which on a shared word tells something."""


@dataclass(frozen=True, slots=True)
class SimilarIdea:
    """An idea with a title like this one, and the words they share."""

    line: IdeaLine
    shared: tuple[str, ...]


def new_draft_code() -> str:
    """Return a code for a draft that is about to begin; nothing is stored yet."""
    return written(new_code())


def open_draft(engine: Engine, slug: str, code: str) -> KeptDraft | None:
    """Return the draft under a code; ``None`` if there is none, or it is too old.

    :raises MistypedCode: the code has a typing error.
    """
    tag = draft_tag(engine, slug, normalised(code))
    with engine.stores.site.read() as work:
        found = work.idea_drafts.find(tag)
    return found if found and _lives(engine, found) else None


def keep_step(
    engine: Engine, slug: str, code: str, typed: Mapping[str, str], seen: str
) -> KeptDraft:
    """Keep what was typed in one step; the other steps stay as they are.

    Sending the same again changes nothing.

    :param typed: texts by field, whether right or wrong.
    :param seen: ``standing`` of these fields when the page was shown.
    :raises WrongPhase: ideas are not open.
    :raises InvalidIdea: a text is too long even for a draft.
    :raises ConcurrentEdit: these fields were changed since, to something else; nothing is kept.
    """
    values = {field: tidy(text) for field, text in typed.items()}
    _check_lengths(values)
    tag = draft_tag(engine, slug, normalised(code))
    with engine.stores.site.write() as work:
        require_ideas_open(engine, work.rounds.get(RoundId(slug)))
        kept = work.idea_drafts.in_turn(tag)
        if kept and kept.idea:
            return kept
        before = kept.values if kept and _lives(engine, kept) else {}
        known = {field: before.get(field, "") for field in values}
        if seen != standing(before, values) and values != known and any(known.values()):
            raise ConcurrentEdit("this step was changed in another window", problem="draft")
        draft = KeptDraft(tag, RoundId(slug), {**before, **values}, engine.clock())
        work.idea_drafts.put(draft)
        work.commit()
    return draft


def standing(values: Mapping[str, str], fields: Iterable[str]) -> str:
    """Return a short digest of how some fields stand."""
    stand = {field: values.get(field, "") for field in fields}
    return hashlib.sha256(canonical_json(stand)).hexdigest()[:16]


def similar_ideas(engine: Engine, slug: str, title: str) -> tuple[SimilarIdea, ...]:
    """Return at most three ideas of a round whose titles share words with this title."""
    asked = {word for word in asked_words(title) if len(word) >= _TELLING}
    if not asked:
        return ()
    with engine.stores.site.read() as work:
        lines = work.idea_lines.listed(RoundId(slug))
    found = [
        SimilarIdea(line, tuple(sorted(shared)))
        for line in lines
        if (shared := asked.intersection(words_of(line.title)))
    ]
    found.sort(key=lambda one: (-len(one.shared), one.line.number))
    return tuple(found[:_MOST_SIMILAR])


def require_ideas_open(engine: Engine, stored: StoredRound) -> None:
    """Refuse when no idea can be submitted now.

    :raises WrongPhase: the round is in another phase, or the last day is over.
    """
    late = engine.clock() >= stored.round.calendar.ideas.end
    if stored.phase is not Phase.IDEAS or late:
        raise WrongPhase("ideas are not open in this round", phase=stored.phase, wanted="ideas")


def draft_tag(engine: Engine, slug: str, code: str) -> str:
    """Return under which tag a draft is kept; it does not tell its code."""
    key = engine.keyring.get_or_create("idea-codes", new_secret)
    return keyed_id(key, "idea draft", f"{slug} {code}")


def _lives(engine: Engine, draft: KeptDraft) -> bool:
    return engine.clock() < draft.saved_at + TERMS[Kept.DRAFTS].after


def _check_lengths(values: Mapping[str, str]) -> None:
    far = [field for field, text in values.items() if len(text) > LONGEST_VALUE]
    if far:
        words = (f"{name}:too_long:{LENGTHS.get(name, (0, LONGEST_VALUE))[1]}" for name in far)
        raise InvalidIdea(f"draft: {far[0]}: too long", all=" ".join(words))
