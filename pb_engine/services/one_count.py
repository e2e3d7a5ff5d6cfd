"""One count by one rule: the same call for a round, a file, a rehearsal and a simulation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pb_engine.api import Settings, VotingMethod
from pb_engine.api.voting import require_countable
from pb_engine.errors import EngineError, TallyRefused
from pb_engine.tallying import Election, Outcome, check_outcome

Result = TypeVar("Result")


def count_once(method: VotingMethod, settings: Settings, election: Election) -> Outcome:
    """Count by ``method`` and return what is an outcome.

    :raises TallyRefused: the method cannot count this, raised, or gave back something that is
        not an outcome.
    """
    require_countable(method, settings, election)
    return check_outcome(election, guarded(method, lambda: method.tally(election, settings)))


def guarded(method: VotingMethod, call: Callable[[], Result]) -> Result:
    """Return what a call into a method gives; whatever a stranger raises becomes a refusal.

    :raises TallyRefused: the method raised something that is no refusal.
    """
    try:
        return call()
    except EngineError:
        raise
    except Exception as problem:
        raise TallyRefused(
            f"voting method {method.card.name!r} failed: {type(problem).__name__}: {problem}",
            method=method.card.name,
        ) from problem
