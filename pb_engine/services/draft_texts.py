"""The texts of a round that is being written, in further languages, and on a trial letter."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.domain.round_document import read_round
from pb_engine.domain.round_drafting import DraftText, draft_texts, with_translations
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidRound
from pb_engine.services.dry_run import Level
from pb_engine.services.dry_run.texts import texts
from pb_engine.services.letters.edition import edition_of_draft
from pb_engine.services.letters.making import sample
from pb_engine.services.round_drafts import changed_part
from pb_engine.store.site import RoundDraft
from pb_engine.units import LANGUAGES, LocalText

__all__ = [
    "DraftText",
    "doubts_of",
    "further_languages",
    "letter_of_draft",
    "part_of_language",
    "texts_of",
    "translate",
]


def further_languages(draft: RoundDraft) -> tuple[str, ...]:
    """Return the languages of a draft beside Dutch and English, which every text has."""
    named = draft.document.get("languages") or ()
    return tuple(one for one in LANGUAGES[2:] if one in named)


def texts_of(draft: RoundDraft) -> tuple[DraftText, ...]:
    """Return every text of a draft that has its Dutch."""
    return draft_texts(draft.document)


def doubts_of(round_: Round) -> tuple[LocalText, ...]:
    """Return what the texts of a round say otherwise than its rules, as the rehearsal will."""
    return tuple(one.sentence for one in texts(round_) if one.level is Level.DOUBT)


def part_of_language(language: str) -> str:
    """Return how a draft calls its part with the texts in a language."""
    return f"vertaling-{language}"


def translate(
    engine: Engine, draft: str, language: str, told: Mapping[str, str], seen: int, by: str
) -> int:
    """Keep texts of a draft in a language; return how many keys no longer stand there.

    A text whose Dutch changed meanwhile keeps no translation of what it said before.

    :param told: by key of ``DraftText``; an empty text takes a translation away.
    :param seen: how often this language was changed when the official saw it.
    :raises ConcurrentEdit: somebody changed this language since.
    :raises InvalidRound: the draft has no such language, or would become too large.
    :raises UnknownRound: there is no such draft.
    """
    part = part_of_language(language)
    with engine.stores.site.write() as work:
        found = work.round_drafts.in_turn(draft)
        if language not in further_languages(found):
            raise InvalidRound(f"languages: this draft is not in {language[:10]!r}")
        times = found.parts.get(part, 0)
        if times != seen:
            raise ConcurrentEdit("somebody else changed these translations", part=part)
        gone = told.keys() - {one.key for one in draft_texts(found.document)}
        document = with_translations(found.document, language, told)
        work.round_drafts.put(changed_part(found, part, document, by, engine.clock()))
        work.commit()
    return len(gone)


def letter_of_draft(engine: Engine, draft: RoundDraft) -> bytes:
    """Return a trial letter of a draft as PDF, with the texts that every round has.

    :raises InvalidRound: the draft has mistakes.
    :raises LetterRefused: it cannot be printed.
    """
    return sample(edition_of_draft(engine, read_round(draft.document, "concept")))
