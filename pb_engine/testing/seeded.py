"""Counts in another process, with another hash seed, where sets stand in another order."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from pb_engine.api import Outcome, VotingMethod
from pb_engine.api.counting import check_outcome
from pb_engine.testing.builders import small_elections
from pb_engine.testing.offer import load

_TIMEOUT = 300


def outcomes_of(method: VotingMethod, settings: Mapping[str, Any]) -> list[str]:
    """Count small elections in every format of the method; spell the outcomes."""
    loaded = load(method, settings)
    return [
        _spelled(check_outcome(election, method.tally(election, loaded)))
        for ballot_format in sorted(method.formats)
        for election in small_elections(ballot_format, 15)
    ]


def outcomes_elsewhere(
    method: VotingMethod, settings: Mapping[str, Any], hash_seed: int
) -> list[str]:
    """Do the same in a process of its own with this ``PYTHONHASHSEED``.

    :raises AssertionError: the class of the method cannot be imported by its name, or it fails.
    """
    done = subprocess.run(
        [sys.executable, "-c", "from pb_engine.testing.seeded import answer; answer()"],
        input=pickle.dumps((method, dict(settings))),
        capture_output=True,
        check=False,
        timeout=_TIMEOUT,
        env=os.environ
        | {"PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def answer() -> None:
    """Count what stands on standard input."""
    method, settings = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own parent
    sys.stdout.writelines(f"{line}\n" for line in outcomes_of(method, settings))


def _spelled(outcome: Outcome) -> str:
    decisions = [
        (one.project, one.verdict, one.reason, one.voters, sorted(one.facts.items()), one.tied_with)
        for one in outcome.decisions
    ]
    return repr((outcome.selected, decisions, sorted(outcome.facts.items())))
