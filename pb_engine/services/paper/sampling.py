"""After the close some sheets, drawn by lot, are read again by two people.

Choices are sealed by then, so a sheet is not held against a ballot: it is held against the keyed
mark of what was read before, which the box keeps until the result is published.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.domain.events import Event
from pb_engine.domain.phases import Phase
from pb_engine.engine import Engine
from pb_engine.errors import PaperRefused, WrongPhase
from pb_engine.services import keys
from pb_engine.services.paper.names import Reading, marks_of
from pb_engine.services.paper.record import SAMPLE, batch_documents
from pb_engine.store.box import BoxWork, Checked
from pb_engine.store.site import SiteWork
from pb_engine.tallying.samples import batches_digest, draw_sheets
from pb_engine.units import RoundId

_WHEN = frozenset({Phase.CLOSED, Phase.OPENED, Phase.COUNTED, Phase.EXPLAINED})
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """The sheets (batch, sheet) that were drawn.

    :ivar looked: how many people have read each of them again.
    :ivar mine: those that the official who asks has read.
    :ivar differences: sheets that one of the two read otherwise than they were counted; ``None``
        until the sample is finished.
    """

    drawn: tuple[tuple[int, int], ...]
    looked: dict[tuple[int, int], int]
    differences: tuple[tuple[int, int], ...] | None
    mine: frozenset[tuple[int, int]] = frozenset()

    @property
    def finished(self) -> bool:
        """Tell whether the sample is closed."""
        return self.differences is not None


def draw_sample(engine: Engine, slug: str, number: int, by: str) -> Sample:
    """Draw so many sheets by the published seed, the record of all batches and the final log.

    :raises PaperRefused: a sample was drawn before, or there is no paper.
    :raises WrongPhase: voting is not closed, or the result is published.
    """
    round_id = RoundId(slug)
    with engine.stores.site.write() as site:
        seed = _require_counting(site, round_id)
        if site.counts.get(round_id, SAMPLE):
            raise PaperRefused("a sample was drawn before", problem="drawn")
        with engine.stores.box.read() as work:
            sheets, head = work.sheets.marks(round_id), work.log.head(round_id)
            digest = batches_digest(batch_documents(work.sheets.stacks(round_id)))
        if not sheets or head is None or number < 1:
            raise PaperRefused("there is no paper to draw from", problem="no_paper")
        drawn = draw_sheets(sheets, number, seed=seed, digest=digest, root=head.root.hex())
        _keep(site, round_id, drawn, None)
        facts: dict[str, str | int] = {"sheets": len(drawn)}
        site.log.append(Event("paper_sample_drawn", round_id, by, facts), engine.clock())
        site.commit()
    return Sample(drawn, dict.fromkeys(drawn, 0), None)


def sample_of(engine: Engine, slug: str, by: str = "") -> Sample | None:
    """Return the sample of a round as this official sees it; ``None`` before one was drawn."""
    round_id = RoundId(slug)
    with engine.stores.site.read() as site:
        raw = site.counts.get(round_id, SAMPLE)
    if raw is None:
        return None
    told = json.loads(raw)
    drawn = tuple((batch, sheet) for batch, sheet in told["drawn"])
    found = told["differences"]
    with engine.stores.box.read() as work:
        looks = _looks(work, round_id)
    looked = {sheet: len(looks.get(sheet, ())) for sheet in drawn}
    if found is not None:
        return Sample(drawn, looked, tuple((batch, sheet) for batch, sheet in found))
    me = marks_of(engine, slug).checker(by)
    mine = frozenset(one for one, all_ in looks.items() if me in {look.clerk for look in all_})
    return Sample(drawn, looked, None, mine)


def check_sheet(
    engine: Engine, slug: str, batch: int, sheet: int, reading: Reading, by: str
) -> None:
    """Keep what one of two people reads on a drawn sheet.

    :raises PaperRefused: the sheet is not drawn, two people or this one read it again already, or
        the sample is finished.
    """
    sample, round_id = _running(engine, slug), RoundId(slug)
    if (batch, sheet) not in sample.drawn:
        raise PaperRefused("this sheet is not in the sample", problem="not_drawn")
    names = marks_of(engine, slug)
    with engine.stores.box.write() as work:
        work.sheets.take_turn(round_id)
        before = _looks(work, round_id).get((batch, sheet), ())
        if names.checker(by) in {one.clerk for one in before}:
            raise PaperRefused("nobody reads one sheet twice", problem="two_people")
        if len(before) >= _BOTH:
            raise PaperRefused("two people read this sheet again already", problem="taken")
        mark = names.mark(batch, sheet, reading)
        clerk, hand = names.checker(by), len(before) + 1
        work.sheets.add_check(Checked(round_id, batch, sheet, hand, clerk, mark))
        work.commit()


def finish_sample(engine: Engine, slug: str, by: str) -> Sample:
    """Hold what was read again against what was counted; the outcome is published.

    :raises PaperRefused: two people have not yet read every sheet, or it is finished.
    """
    sample, round_id = _running(engine, slug), RoundId(slug)
    if any(number < _BOTH for number in sample.looked.values()):
        raise PaperRefused("two people must first read every drawn sheet", problem="unread")
    with engine.stores.box.read() as work:
        marks, looks = work.sheets.marks(round_id), _looks(work, round_id)
    differences = tuple(
        one for one in sample.drawn if any(look.mark != marks[one] for look in looks[one])
    )
    facts: dict[str, str | int] = {"sheets": len(sample.drawn), "differences": len(differences)}
    with engine.stores.site.write() as site:
        _require_counting(site, round_id)
        _keep(site, round_id, sample.drawn, differences)
        site.log.append(Event("paper_sample_checked", round_id, by, facts), engine.clock())
        site.commit()
    return Sample(sample.drawn, sample.looked, differences)


def forget_marks(engine: Engine, slug: str) -> None:
    """Erase by what readings compare, once the result is published; safe to repeat."""
    engine.keyring.erase(keys.sample(slug))
    with engine.stores.box.write() as work:
        work.sheets.forget_marks(RoundId(slug))
        work.commit()


def _running(engine: Engine, slug: str) -> Sample:
    sample = sample_of(engine, slug)
    if sample is None:
        raise PaperRefused("no sample was drawn", problem="no_sample")
    if sample.finished:
        raise PaperRefused("the sample is finished", problem="finished")
    return sample


def _require_counting(site: SiteWork, slug: RoundId) -> str:
    """Lock a round that is counted, and return its published seed."""
    stored = site.rounds.lock(slug)
    if stored.phase not in _WHEN:
        raise WrongPhase("sheets are drawn between close and publication", wanted="closed")
    return stored.round.tie.seed or ""


def _keep(
    site: SiteWork,
    slug: RoundId,
    drawn: tuple[tuple[int, int], ...],
    differences: tuple[tuple[int, int], ...] | None,
) -> None:
    told = {"drawn": drawn, "differences": differences}
    site.counts.put(slug, SAMPLE, canonical_json(told))


def _looks(work: BoxWork, slug: RoundId) -> dict[tuple[int, int], tuple[Checked, ...]]:
    found: defaultdict[tuple[int, int], list[Checked]] = defaultdict(list)
    for one in work.sheets.checks(slug):
        found[one.stack, one.sheet].append(one)
    return {sheet: tuple(looks) for sheet, looks in found.items()}
