"""Small Pabulib files as bytes."""

from __future__ import annotations


def a_file(
    votes=("1", "1,2"),
    *,
    points=None,
    vote_type="approval",
    budget="1000",
    cost="600",
    name="Bench",
    further=(),
):
    """A file with two projects; ``points`` are pairs of vote and points."""
    rows = [(vote,) for vote in votes] if points is None else list(points)
    lines = [
        "META",
        "key;value",
        "description;Example",
        "country;Netherlands",
        "unit;Enschede",
        "instance;2027",
        "num_projects;2",
        f"num_votes;{len(rows)}",
        f"budget;{budget}",
        f"vote_type;{vote_type}",
        "rule;greedy",
        "date_begin;01.03.2027",
        "date_end;31.03.2027",
        *further,
        "PROJECTS",
        "project_id;cost;name;selected",
        f"1;{cost};{name};1",
        "2;500;Trees;0",
        "VOTES",
        "voter_id;vote" if points is None else "voter_id;vote;points",
        *(";".join((f"v{number}", *row)) for number, row in enumerate(rows)),
    ]
    return ("\n".join(lines) + "\n").encode()
