"""The waiting room of answers: what keeps a survey apart from the ballot that came before it.

A survey follows the ballot by minutes, so whoever sees when answers came in, or in which order, can
pair most of them with ballots that carry a time or an order as well.  So answers wait without a
time, leave shuffled with at least nineteen others, and bear the day of leaving.  In a small round
they leave together when voting has closed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.sealing.study_codes import study_id
from pb_engine.services.rounds import stored_round
from pb_engine.store.study import Answers, Sheet, StudyWork
from pb_engine.units import RoundId

LEAST_BATCH = 20
"""So many sheets leave together at least, while people still vote."""
SMALL = 1000
"""While fewer sheets than this have come in, none leaves before voting has closed."""
_STILL_VOTING = {Phase.DRAFT, Phase.IDEAS, Phase.REVIEW, Phase.VOTING}


@dataclass(frozen=True, slots=True)
class Left:
    """How many sheets of a survey left the waiting room."""

    round: RoundId
    survey: str
    number: int


def let_leave(engine: Engine) -> tuple[Left, ...]:
    """Let those sheets leave that may; safe to do at any time and twice at once."""
    with engine.stores.study.read() as work:
        waiting = work.waiting()
    return tuple(
        left for slug, survey in sorted(waiting) if (left := _leave(engine, slug, survey)).number
    )


def _leave(engine: Engine, slug: RoundId, survey: str) -> Left:
    over = closed(engine, slug)
    with engine.stores.study.write() as work:
        # Else a second worker would count a batch that has left, and let a few leave alone.
        work.in_turn(slug)
        if not over and not _may_leave(work, slug, survey):
            return Left(slug, survey, 0)
        sheets = list(work.take_waiting(slug, survey))
        secrets.SystemRandom().shuffle(sheets)
        day = engine.today()
        work.add(
            slug,
            (Answers(s.survey, s.version, s.moment, day, s.values, s.sid) for s in sheets),
        )
        work.commit()
    return Left(slug, survey, len(sheets))


def _may_leave(work: StudyWork, slug: RoundId, survey: str) -> bool:
    here = work.waiting().get((slug, survey), 0)
    return here >= LEAST_BATCH and here + work.number(slug, survey) >= SMALL


def closed(engine: Engine, slug: RoundId) -> bool:
    """Tell whether voting has closed, so that answers may leave and be read.

    :raises UnknownRound: no round has this slug.
    """
    return stored_round(engine, slug).phase not in _STILL_VOTING


def answers_of(engine: Engine, slug: str, survey: str) -> tuple[Answers, ...]:
    """Return the answers to a survey, sorted by content.

    :raises NotReady: voting has not closed: answers about a vote would be a poll during the vote.
    :raises UnknownRound: no round has this slug.
    """
    if not closed(engine, RoundId(slug)):
        raise NotReady("answers stay closed until voting has closed")
    with engine.stores.study.read() as work:
        return work.all(RoundId(slug), survey)


def withdraw(engine: Engine, slug: str, typed: str) -> int:
    """Remove the answers that somebody gave under a study code; return how many sheets went.

    What was released before stays in what was released; nothing later holds these answers.

    :raises MistypedCode: it is no study code.
    :raises UnknownRound: no round has this slug.
    """
    round_id = stored_round(engine, slug).round.slug
    sid = study_id(typed, round_id=round_id)
    with engine.stores.study.write() as work:
        removed = work.withdraw(round_id, sid)
        work.commit()
    return removed


def keep_sheet(engine: Engine, slug: str, sheet: Sheet) -> None:
    """Put a sheet into the waiting room."""
    with engine.stores.study.write() as work:
        work.wait(RoundId(slug), sheet)
        work.commit()
