"""The ballots of a simulated round as a Pabulib file that says what it is."""

from __future__ import annotations

from pb_engine.ballots import BallotPaper
from pb_engine.cli.simulate_source import Counted, Source
from pb_engine.errors import InvalidElectionFile
from pb_engine.tallying import Profile
from pb_engine.tallying.pabulib.writer import pabulib_bytes
from pb_engine.tallying.record import ElectionRecord, MethodChoice
from pb_engine.tallying.simulating import Draws, Plan, draw_ballots
from pb_engine.units import LocalText, RoundId

_CENTS = 100


def simulated_file(source: Source, plan: Plan, paper: BallotPaper, counted: Counted) -> bytes:
    """Return the first simulated round, with what ``counted`` selects in it.

    :raises InvalidElectionFile: amounts are finer than cents, which the writer does not know.
    :raises TallyRefused: the ballots cannot be drawn or counted.
    """
    scene = plan.scene
    if scene.unit != _CENTS:
        raise InvalidElectionFile("--out writes amounts in cents; this file has finer ones")
    ballots = draw_ballots(plan, paper)
    lot = scene.lot(Draws(plan.seed, "lot", 0))
    outcome = counted.rule.tally(scene.election(Profile.of(ballots), lot))
    told = f"Invented ballots, model {plan.model}, strength {plan.strength}, seed {plan.seed!r}"
    card = counted.method.card
    record = ElectionRecord(
        round=RoundId(f"{source.title} (simulated)"),
        title=LocalText(told, told),
        place=source.place,
        rules_digest="simulated",
        opens=source.days[0],
        closes=source.days[1],
        currency=scene.currency,
        budget=scene.budget,
        paper=paper,
        projects=scene.projects,
        seed=plan.seed,
        lot=lot,
        method=MethodChoice(card.name, card.version),
        ballots=ballots,
        invalid=0,
        receipts=(),
        superseded=(),
        outcome=outcome,
        explanations={},
        notice=LocalText(told, told),
    )
    return pabulib_bytes(record)
