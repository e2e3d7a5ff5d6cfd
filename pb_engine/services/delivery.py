"""What officials keep of the work on a funded idea: its steps, and each amount that was spent."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pb_engine.domain.delivery import LONGEST_NAME, MOST_MILESTONES, Milestone, Payment
from pb_engine.domain.events import Event
from pb_engine.domain.ideas import tidy
from pb_engine.domain.works import MOST_SPENT, Work
from pb_engine.engine import Engine
from pb_engine.errors import ConcurrentEdit, InvalidIdea
from pb_engine.services.leftovers import require_unsettled
from pb_engine.services.progress import WorkCard, WorksPage, work_page
from pb_engine.units import Cents, IdeaId

__all__ = [
    "MOST_MILESTONES",
    "Milestone",
    "NewMilestone",
    "NewPayment",
    "note_payment",
    "set_milestones",
    "take_back_payment",
]

_FARTHEST_DAYS = 3660
Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class NewPayment:
    """An amount that was spent; ``None`` is what cannot be read."""

    paid_on: date | None
    cents: int | None
    what: str


@dataclass(frozen=True, slots=True)
class NewMilestone:
    """A step as somebody typed it; ``wrong`` names the field whose day cannot be read."""

    name: str
    due_on: date | None
    done_on: date | None = None
    wrong: tuple[str, ...] = ()


def note_payment(
    engine: Engine, slug: str, idea_id: str, new: NewPayment, seen: int, by: str
) -> Payment:
    """Keep what was spent on a funded idea; residents read it on the site.

    :param seen: the version of the work that the official had before them.
    :raises InvalidIdea: naming every field that is not right; nothing was stored.
    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises ConcurrentEdit: somebody else changed this work first.
    :raises NotReady: what is left of this money was settled (``problem="leftover_settled"``).
    """
    page, card = work_page(engine, slug, idea_id)
    what = _one_line(new.what)
    _refuse(_payment_mistakes(engine.today(), page, card, new, what))
    assert new.paid_on is not None  # noqa: S101 - a payment without a day was refused above
    payment = Payment(
        id=f"p{secrets.token_hex(6)}",
        round=card.work.round,
        idea=card.work.idea,
        paid_on=new.paid_on,
        cents=Cents(new.cents or 0),
        what=what,
    )
    facts: Facts = {"idea": payment.idea, "cents": payment.cents}
    with engine.stores.site.write() as work:
        require_unsettled(work, payment.round, payment.idea)
        work.works.save(_at_version(card, seen))
        work.deliveries.pay(payment)
        work.log.append(Event("payment_noted", payment.round, by, facts), engine.clock())
        work.commit()
    return payment


def take_back_payment(engine: Engine, slug: str, idea_id: str, payment_id: str, by: str) -> None:
    """Take a payment out again; the event log keeps that it was there.

    :raises ConcurrentEdit: there is no such payment of this idea, or not any more.
    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises NotReady: what is left of this money was settled (``problem="leftover_settled"``).
    """
    _, card = work_page(engine, slug, idea_id)
    found = next((one for one in card.payments if one.id == payment_id), None)
    with engine.stores.site.write() as work:
        idea = card.work.idea
        require_unsettled(work, card.work.round, idea)
        if found is None or not work.deliveries.take_back(card.work.round, idea, payment_id):
            raise ConcurrentEdit("this payment is not there any more", idea=idea)
        work.works.save(card.work)
        facts: Facts = {"idea": idea, "cents": found.cents}
        work.log.append(Event("payment_taken_back", card.work.round, by, facts), engine.clock())
        work.commit()


def set_milestones(
    engine: Engine, slug: str, idea_id: str, steps: Sequence[NewMilestone], seen: int, by: str
) -> None:
    """Keep these steps of the work on a funded idea, by the day on which they are due.

    :param seen: the version of the work that the official had before them.
    :raises InvalidIdea: naming every field that is not right, as ``name_0``, ``due_on_0`` or
        ``done_on_0``; nothing was stored.
    :raises UnknownIdea: there is no such idea, or it got no money.
    :raises ConcurrentEdit: somebody else changed this work first.
    """
    _, card = work_page(engine, slug, idea_id)
    today = engine.today()
    _refuse(one for place, step in enumerate(steps) for one in _step_mistakes(today, place, step))
    planned = sorted(
        (
            Milestone(_one_line(one.name), one.due_on, one.done_on)
            for one in steps
            if one.due_on is not None
        ),
        key=lambda one: one.due_on,
    )
    idea = IdeaId(idea_id)
    with engine.stores.site.write() as work:
        work.works.save(_at_version(card, seen))
        work.deliveries.plan(card.work.round, idea, planned)
        facts: Facts = {"idea": idea, "steps": len(planned)}
        work.log.append(Event("milestones_set", card.work.round, by, facts), engine.clock())
        work.commit()


def _at_version(card: WorkCard, seen: int) -> Work:
    return dataclasses.replace(card.work, version=seen)


def _one_line(text: str) -> str:
    return " ".join(tidy(text).split())


def _refuse(found: Iterator[str]) -> None:
    mistakes = list(found)
    if mistakes:
        field, problem, *_ = mistakes[0].split(":")
        raise InvalidIdea(
            "this cannot be kept of an idea", field=field, problem=problem, all=" ".join(mistakes)
        )


def _payment_mistakes(
    today: date, page: WorksPage, card: WorkCard, new: NewPayment, what: str
) -> Iterator[str]:
    if new.paid_on is None:
        yield "paid_on:not_a_day"
    elif new.paid_on > today:
        yield "paid_on:later"
    elif (page.adopted - new.paid_on).days > _FARTHEST_DAYS:
        yield "paid_on:not_a_day"
    if not new.cents or new.cents < 0:
        yield "cents:not_money"
    elif new.cents + card.spent_cents > MOST_SPENT:
        yield f"cents:too_high:{MOST_SPENT}"
    if not what:
        yield "what:empty"
    elif len(what) > LONGEST_NAME:
        yield f"what:too_long:{LONGEST_NAME}"


def _step_mistakes(today: date, place: int, step: NewMilestone) -> Iterator[str]:
    if place >= MOST_MILESTONES:
        yield f"name_{place}:too_many_steps:{MOST_MILESTONES}"
    name = _one_line(step.name)
    if not name:
        yield f"name_{place}:empty"
    elif len(name) > LONGEST_NAME:
        yield f"name_{place}:too_long:{LONGEST_NAME}"
    wrong = set(step.wrong)
    if step.due_on is None or abs((step.due_on - today).days) > _FARTHEST_DAYS:
        wrong.add("due_on")
    if step.done_on and abs((step.done_on - today).days) > _FARTHEST_DAYS:
        wrong.add("done_on")
    yield from (f"{one}_{place}:not_a_day" for one in sorted(wrong))
    if "done_on" not in wrong and step.done_on and step.done_on > today:
        yield f"done_on_{place}:later"
