"""The election record as a value: what anybody needs to count again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pb_engine.ballots import Ballot, BallotPaper
from pb_engine.tallying.election import Project
from pb_engine.tallying.hand_count import Totals
from pb_engine.tallying.outcome import Explanation, Outcome
from pb_engine.units import Cents, LocalText, ProjectId, RoundId


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A voting method as a round froze it: name, version, and settings as plain values."""

    name: str
    version: str
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ElectionRecord:
    """Rules, projects, ballots and outcome of one round, without anything about voters.

    :ivar rules_digest: SHA-256 (hex) of the rules as they were frozen when voting opened.
    :ivar opens: first day of voting, ``YYYY-MM-DD``.
    :ivar closes: last day of voting, ``YYYY-MM-DD``.
    :ivar currency: ISO 4217.
    :ivar seed: the published seed of the lot; ``lot`` follows from it.
    :ivar ballots: every valid counted ballot, in canonical order (never in order of casting).
    :ivar invalid: counted ballots that did not follow the paper once opened.
    :ivar receipts: receipt numbers of the counted ballots, sorted.
    :ivar superseded: receipt numbers of ballots that their voters replaced, sorted.
    :ivar compared: other rules on the same ballots, with their outcomes, for comparison only.
    :ivar totals: paper that was counted as totals only; it is in no ballot and has no receipt.
    :ivar notice: a sentence that must stand on every page made from this record, or ``None``.
    """

    round: RoundId
    title: LocalText
    place: str
    rules_digest: str
    opens: str
    closes: str
    currency: str
    budget: Cents
    paper: BallotPaper
    projects: tuple[Project, ...]
    seed: str
    lot: tuple[ProjectId, ...]
    method: MethodChoice
    ballots: tuple[Ballot, ...]
    invalid: int
    receipts: tuple[str, ...]
    superseded: tuple[str, ...]
    outcome: Outcome
    explanations: Mapping[str, Explanation]
    compared: tuple[tuple[MethodChoice, Outcome], ...] = ()
    notice: LocalText | None = None
    totals: Totals | None = None
