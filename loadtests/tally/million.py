"""Equal Shares on invented ballots of a metropolis: seconds of CPU and peak memory.

    python loadtests/tally/million.py --ballots 1000000 --projects 200

Two shapes: a few approvals among popular projects (ballots repeat), and one to ten approvals
spread over all projects (hardly any ballot repeats).  Seeded, so every run counts the same.
Ballots are
drawn and grouped in portions, as a reader would hand them over.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from pb_engine.ballots import BallotFormat
from pb_engine.plugins.equal_shares.rule import EqualShares
from pb_engine.tallying import Election, Profile, Project, lot_without_seed
from pb_engine.tallying.columns import Columns
from pb_engine.tallying.gathering import joined
from pb_engine.units import ProjectId

PORTION = 500_000


def drawn(voters: int, projects: int, *, popular: bool) -> Columns:
    """Draw all ballots, portion by portion, and group identical ones."""
    names = tuple(ProjectId(f"p{at}") for at in range(projects))
    parts = (
        columns(min(PORTION, voters - start), names, popular=popular, seed=start)
        for start in range(0, voters, PORTION)
    )
    return joined(BallotFormat.APPROVAL, names, parts)


def columns(voters: int, names: tuple[ProjectId, ...], *, popular: bool, seed: int) -> Columns:
    """Draw ballots: popular projects more often, no project twice on a ballot."""
    chance = np.random.default_rng(seed + 1)
    projects = len(names)
    reach, most = (min(40, projects), 3) if popular else (projects, 10)
    lengths = chance.integers(1, most + 1, voters)
    weights = 1 / np.arange(1, reach + 1)
    marks = chance.choice(reach, int(lengths.sum()), p=weights / weights.sum())
    ballot = np.repeat(np.arange(voters), lengths)
    key = np.unique(ballot * projects + marks)
    lengths = np.bincount(key // projects, minlength=voters)
    ones = np.ones(voters, dtype=np.int64)
    return Columns(BallotFormat.APPROVAL, names, lengths, key % projects, None, ones)


def election(ballots: Columns, seed: int) -> Election:
    """Give the projects costs and the city a budget for about a third of them."""
    chance = np.random.default_rng(seed)
    costs = chance.integers(50, 2_000, len(ballots.projects)) * 100_000
    projects = tuple(Project(n, int(c)) for n, c in zip(ballots.projects, costs, strict=True))
    profile = Profile(ballots)
    return Election(int(costs.sum()) // 3, projects, profile, lot_without_seed(projects, profile))


def main() -> None:
    """Print one line per shape and completion."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--projects", type=int, default=200)
    options = parser.parse_args()
    method = EqualShares()
    for popular in (True, False):
        started = time.process_time()
        ballots = drawn(options.ballots, options.projects, popular=popular)
        grouped, held = time.process_time() - started, peak()
        started = time.process_time()
        city = election(ballots, 2)
        settings = method.settings_schema().load({"completion": "none"})
        outcome = method.tally(city, settings)
        counted = time.process_time() - started
        print(
            f"{'popular' if popular else 'spread':<8} {options.ballots:>10} ballots "
            f"{len(ballots.times):>9} different, drawing and grouping {grouped:.1f} s, "
            f"{held:.0f} MB, exact count {counted:.1f} s, {len(outcome.selected)} funded, "
            f"peak {peak():.0f} MB",
            flush=True,
        )


def peak() -> float:
    """Return the most memory this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
