"""Back from the machine without a network: a count is checked against the box and taken in."""

from __future__ import annotations

from itertools import groupby

from pb_engine.ballots import BallotPaper, canonical_json, decode_ballot
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Step, after
from pb_engine.engine import Engine
from pb_engine.errors import InvalidBallot, NotReady, RecountDiffers
from pb_engine.sealing import receipt_number
from pb_engine.services.box_file import entry_of
from pb_engine.services.count_file import Count, count_digest, read_count
from pb_engine.services.counting import Opened, counted_by
from pb_engine.services.frozen import frozen_election
from pb_engine.services.rules import frozen_methods
from pb_engine.services.trustees import frozen_trustees
from pb_engine.store.box import BoxWork
from pb_engine.store.site import Freeze
from pb_engine.tallying.record import outcome_document
from pb_engine.units import RoundId


def take_in_count(engine: Engine, slug: str, raw: bytes, words: str, by: str) -> Opened:
    """Take in the count of trustees in the place of opening the box here.

    Without any key this checks: the count is signed by the key that the words name; rules and log
    are those of this box; each ballot in the box is counted, replaced or invalid, and nothing else
    is; every ballot follows the paper; counting again gives the same outcome.

    :param words: the words that were read out when the trustees counted.
    :raises WrongPhase: voting is not closed, or the box was opened before.
    :raises InvalidElectionFile: this is not a count.
    :raises MistypedCode: one of the words is none.
    :raises InvalidKey: the words are of another key, or the signature does not fit.
    :raises RecountDiffers: the count is not of this box, or does not add up.
    """
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        after(site.rounds.get(round_id).phase, Step.OPEN_BOX)
        freezes = site.freezes.all(round_id)
    count = read_count(raw, words)
    _require(count.round == slug, f"this is a count of round {count.round[:40]}")
    with engine.stores.box.read() as box:
        _require_same_box(box, count)
        _require_ballots(box, count)
    _require_outcome(engine, freezes, count)
    with engine.stores.box.write() as writing:
        if writing.opening(round_id) is None:
            writing.put_opening(count.opening)
        _require(writing.opening(round_id) == count.opening, "another count was taken in before")
        writing.commit()
    return _finish(engine, count, by)


def _require_same_box(box: BoxWork, count: Count) -> None:
    state, head = box.state(count.round), box.log.head(count.round)
    if state is None or state.open or head is None:
        raise NotReady("the ballot box is not closed", problem="box")
    _require(count.manifest == state.manifest, "the count was made under other rules")
    _require(
        (count.entries, count.root) == (head.size, head.root),
        f"the count is of a log of {count.entries} entries that is not the log of this box",
    )


def _require_ballots(box: BoxWork, count: Count) -> None:
    """Demand that every ballot in the box has its place in the count, and nothing else has."""
    opening = count.opening
    counted: list[str] = []
    superseded: list[str] = []
    styles: set[str] = set()
    for _, group in groupby(box.every(count.round), key=lambda one: one.pseudonym):
        *replaced, last = group
        styles.add(last.style)
        superseded.extend(receipt_number(entry_of(one)) for one in replaced)
        counted.append(receipt_number(entry_of(last)))
    _require(opening.counted == tuple(sorted(counted)), "other ballots are counted than are here")
    _require(
        opening.superseded == tuple(sorted(superseded)), "other ballots are replaced than here"
    )
    _require(
        opening.invalid >= 0 and len(opening.ballots) + opening.invalid == len(counted),
        f"{len(opening.ballots)} valid and {opening.invalid} invalid ballots are not "
        f"{len(counted)} counted ones",
    )
    papers = [paper for style in styles if (paper := box.paper(count.round, style))]
    for at, raw in enumerate(opening.ballots, start=1):
        _require(_follows(papers, raw), f"ballot {at} in the count does not follow the paper")


def _follows(papers: list[BallotPaper], raw: bytes) -> bool:
    for paper in papers:
        try:
            paper.check(decode_ballot(raw))
        except InvalidBallot:
            continue
        return True
    return False


def _require_outcome(engine: Engine, freezes: tuple[Freeze, ...], count: Count) -> None:
    frozen = next(one for one in freezes if one.moment == "voting")
    key, method = frozen_trustees(freezes), frozen_methods(frozen)[0]
    numbers = set(count.trustees)
    _require(
        key is not None
        and key.threshold <= len(numbers) == len(count.trustees)
        and max(numbers) <= len(key.trustees),
        "the count names other trustees than this round has",
    )
    _require(count.method == method, "the count was made by another method than the one that froze")
    election = frozen_election(frozen.document, count.opening.ballots)
    again = counted_by(engine, method, election)
    _require(
        canonical_json(outcome_document(again)) == canonical_json(outcome_document(count.outcome)),
        "counting the same ballots again gives another outcome",
    )


def _finish(engine: Engine, count: Count, by: str) -> Opened:
    opening, slug = count.opening, count.round
    opened = Opened(len(opening.counted), len(opening.superseded), opening.invalid)
    shares = ", ".join(map(str, count.trustees))
    taken = {"count_digest": count_digest(count), "trustees": shares}
    facts: dict[str, str | int] = {
        "counted": opened.counted,
        "superseded": opened.superseded,
        "invalid": opened.invalid,
    }
    with engine.stores.site.write() as work:
        reached = after(work.rounds.lock(slug).phase, Step.OPEN_BOX)
        now = engine.clock()
        work.log.append(Event("count_taken_in", slug, by, taken), now)
        work.log.append(Event("box_opened", slug, by, facts), now)
        work.rounds.set_phase(slug, reached, now)
        work.commit()
    return opened


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise RecountDiffers(sentence)
