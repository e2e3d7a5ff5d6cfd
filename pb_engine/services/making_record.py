"""The election record of a counted round: what is adopted, and then published as it was adopted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pb_engine.api import Explanation, LocalText
from pb_engine.ballots import decode_ballot
from pb_engine.engine import Engine
from pb_engine.errors import NotReady
from pb_engine.services.counting import election_of, stored_outcome
from pb_engine.services.paper.corrected import Corrected
from pb_engine.store.site import Freeze
from pb_engine.tallying import Outcome
from pb_engine.tallying.record import ElectionRecord, MethodChoice, read_outcome
from pb_engine.units import RoundId

FICTIONAL = LocalText(
    "Verzonnen voorbeeldgegevens — geen echte inwoners of ideeën.",
    "Invented example data — no real residents or ideas.",
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count: its outcome, what other rules choose, and the reasons, the last two as stored."""

    outcome: Outcome
    compared: bytes
    explanations: bytes


def make_record(
    engine: Engine,
    slug: str,
    counted: Counted | None = None,
    corrected: Corrected | None = None,
) -> ElectionRecord:
    """Put rules, projects, ballots and outcome together in one record.

    :param counted: a count in the place of the stored one, with the ``corrected`` totals of paper
        on which it rests.
    :raises NotReady: the outcome is not counted or not explained yet.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as work:
        round_ = work.rounds.get(round_id).round
        freezes = work.freezes.all(round_id)
        paper = work.papers.paper(round_id)
    with engine.stores.box.read() as box:
        opening = box.opening(round_id)
    told = counted or stored_count(engine, slug)
    if opening is None or paper is None:
        raise NotReady("the outcome is not explained yet", problem="outcome")
    election, (deciding, *_) = election_of(engine, slug, corrected)
    window = round_.calendar.voting
    return ElectionRecord(
        round=round_id,
        title=round_.name,
        place=round_.place,
        rules_digest=_last_digest(freezes),
        opens=window.opens.isoformat(),
        closes=window.closes.isoformat(),
        currency="EUR",
        budget=election.budget,
        paper=paper,
        projects=election.projects,
        seed=round_.tie.seed or "",
        lot=election.lot,
        method=deciding,
        ballots=tuple(decode_ballot(raw) for raw in opening.ballots),
        invalid=opening.invalid,
        receipts=opening.counted,
        superseded=opening.superseded,
        outcome=told.outcome,
        explanations=_read_explanations(told.explanations),
        compared=_read_compared(told.compared),
        notice=FICTIONAL if round_.fictional else None,
        totals=election.totals,
    )


def stored_count(engine: Engine, slug: str) -> Counted:
    """Return the count that is stored.

    :raises NotReady: the outcome is not counted or not explained yet.
    """
    with engine.stores.site.read() as work:
        compared = work.counts.get(RoundId(slug), "compared")
        explanations = work.counts.get(RoundId(slug), "explanations")
    if compared is None or explanations is None:
        raise NotReady("the outcome is not explained yet", problem="outcome")
    return Counted(stored_outcome(engine, slug), compared, explanations)


def _last_digest(freezes: tuple[Freeze, ...]) -> str:
    return next(freeze.digest for freeze in reversed(freezes) if freeze.moment != "ideas")


def _read_explanations(raw: bytes) -> dict[str, Explanation]:
    return {
        project: Explanation(
            LocalText(*told["sentence"]), tuple(LocalText(*step) for step in told["steps"])
        )
        for project, told in json.loads(raw).items()
    }


def _read_compared(raw: bytes) -> tuple[tuple[MethodChoice, Outcome], ...]:
    return tuple(
        (
            MethodChoice(one["name"], one["version"], one["settings"]),
            read_outcome(one["outcome"]),
        )
        for one in json.loads(raw)
    )
