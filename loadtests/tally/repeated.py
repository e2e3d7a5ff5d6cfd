"""Write an invented Pabulib file on which few different ballots are cast by very many voters.

    python loadtests/tally/repeated.py /tmp/repeated.pb
    python loadtests/tally/repeated.py --voters 1000000 --projects 80 --different 900 FILE.pb

The same numbers give the same file on every machine.  How often a ballot is cast falls off as in
real cities: a few ballots are cast thousands of times, most of them rarely.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random  # noqa: TID251 - invents ballots, from a seed

MOST_CHOICES = 10


def ballots(chance: Random, projects: Sequence[str], different: int) -> list[str]:
    """Return different ballots, as Pabulib writes them; well-known projects are on more."""
    found: dict[str, None] = {}
    known = [1 / (1 + at / 10) for at in range(len(projects))]
    while len(found) < different:
        chosen = set(chance.choices(projects, known, k=chance.randint(1, MOST_CHOICES)))
        found[",".join(sorted(chosen))] = None
    return list(found)


def repeated(voters: int, projects: int, different: int, seed: int) -> str:
    """Return the text of a file; every different ballot is cast at least once."""
    chance = Random(seed)
    names = [f"p{at:02}" for at in range(projects)]
    costs = [chance.randrange(5_000, 250_000, 250) for _ in names]
    cast = ballots(chance, names, different)
    often = [1 / (1 + at) for at in range(different)]
    cast += chance.choices(cast, often, k=voters - different)
    chance.shuffle(cast)
    meta = {
        "description": "Invented: few different ballots",
        "num_projects": projects,
        "num_votes": voters,
        "budget": sum(costs) // 4,
        "vote_type": "approval",
        "rule": "unknown",
        "max_length": MOST_CHOICES,
    }
    lines = ["META", "key;value", *(f"{key};{value}" for key, value in meta.items())]
    lines += ["PROJECTS", "project_id;cost"]
    lines += [f"{name};{cost}" for name, cost in zip(names, costs, strict=True)]
    lines += ["VOTES", "voter_id;vote", *(f"{at};{vote}" for at, vote in enumerate(cast, start=1))]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--voters", type=int, default=200_000)
    parser.add_argument("--projects", type=int, default=60)
    parser.add_argument("--different", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text = repeated(options.voters, options.projects, options.different, options.seed)
    options.file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
