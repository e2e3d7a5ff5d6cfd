"""Invented ballots through the real path: paper, seal, opening, paper again."""

from __future__ import annotations

from pb_engine.ballots import (
    Ballot,
    BallotPaper,
    plaintext_length,
    read_sealed_text,
    sealed_text,
)
from pb_engine.errors import SealBroken
from pb_engine.sealing import (
    SUITE,
    ballot_info,
    cast_names,
    new_nonce,
    new_round_keys,
    seal,
    unseal,
)
from pb_engine.tallying import Project
from pb_engine.tallying.simulating import Choice, Plan, Scene, draw_ballots
from pb_engine.units import Cents

MODELS = ("popularity", "impartial")
EACH = 30


def invented(
    paper: BallotPaper, projects: tuple[Project, ...], budget: Cents, seed: str
) -> tuple[Ballot, ...]:
    """Draw ballots by two models; equal arguments give equal ballots.

    :raises TallyRefused: nobody could fill in this paper.
    """
    scene = Scene(tuple(Choice(project) for project in projects), budget)
    plans = [Plan(scene, model, EACH, seed) for model in MODELS]
    return tuple(ballot for plan in plans for ballot in draw_ballots(plan, paper))


def through_the_box(
    paper: BallotPaper, ballots: tuple[Ballot, ...], manifest: str
) -> tuple[Ballot, ...]:
    """Check, seal and open each ballot under a key that is thrown away; return what came out.

    :raises InvalidBallot: a ballot does not follow the paper, or does not fit in its envelope.
    :raises SealBroken: a ballot came out otherwise than it went in.
    """
    keys = new_round_keys(SUITE)
    opened = []
    for ballot in ballots:
        paper.check(ballot)
        name = new_nonce()
        info = ballot_info(manifest=manifest, style="all", pseudonym=name, number=1)
        names = cast_names(new_nonce(), round_id="rehearsal", pseudonym=name, ballot=b"")
        sealed = seal(
            sealed_text(ballot, names.tracker),
            public=keys.public,
            suite=SUITE,
            info=info,
            length=plaintext_length(paper),
        )
        raw = unseal(sealed, private=keys.private, suite=SUITE, info=info)
        opened.append(read_sealed_text(raw)[0])
        paper.check(opened[-1])
    if tuple(opened) != ballots:
        raise SealBroken("a rehearsal ballot came out of its envelope otherwise than it went in")
    return tuple(opened)
