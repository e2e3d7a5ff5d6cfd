"""Equal Shares on invented ballots of a metropolis: seconds of CPU and peak memory.

    python loadtests/tally/million.py --voters 1000000 --projects 200

Two shapes: a few approvals among popular projects (ballots repeat), and one to ten approvals
spread over all projects (hardly any ballot repeats).  Seeded, so every run counts the same.
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
from pb_engine.tallying.merging import merged


def columns(voters: int, projects: int, *, popular: bool, seed: int) -> Columns:
    """Draw ballots: popular projects more often, no project twice on a ballot."""
    chance = np.random.default_rng(seed)
    reach, most = (min(40, projects), 3) if popular else (projects, 10)
    lengths = chance.integers(1, most + 1, voters)
    weights = 1 / np.arange(1, reach + 1)
    marks = chance.choice(reach, int(lengths.sum()), p=weights / weights.sum())
    ballot = np.repeat(np.arange(voters), lengths)
    key = np.unique(ballot * projects + marks)
    names = tuple(f"p{at}" for at in range(projects))
    lengths = np.bincount(key // projects, minlength=voters)
    ones = np.ones(voters, dtype=np.int64)
    return Columns(BallotFormat.APPROVAL, names, lengths, key % projects, None, ones)


def election(drawn: Columns, seed: int) -> Election:
    """Give the projects costs and the city a budget for about a third of them."""
    chance = np.random.default_rng(seed)
    costs = chance.integers(50, 2_000, len(drawn.projects)) * 100_000
    projects = tuple(Project(n, int(c)) for n, c in zip(drawn.projects, costs, strict=True))
    profile = Profile(merged(drawn))
    return Election(int(costs.sum()) // 3, projects, profile, lot_without_seed(projects, profile))


def main() -> None:
    """Print one line per shape and completion."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=1_000_000)
    parser.add_argument("--projects", type=int, default=200)
    options = parser.parse_args()
    method = EqualShares()
    for popular in (True, False):
        drawn = columns(options.voters, options.projects, popular=popular, seed=1)
        started = time.process_time()
        city = election(drawn, 2)
        grouped = time.process_time() - started
        settings = method.settings_schema().load({"completion": "none"})
        outcome = method.tally(city, settings)
        counted = time.process_time() - started - grouped
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{'popular' if popular else 'spread':<8} {options.voters:>10} voters "
            f"{len(city.profile.columns.times):>9} different, grouping {grouped:.1f} s, "
            f"exact count {counted:.1f} s, {len(outcome.selected)} funded, peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()
