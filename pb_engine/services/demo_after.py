"""What is told after the result in a demonstration: plans, an expense, savings, costs."""

from __future__ import annotations

from datetime import timedelta

from pb_engine.engine import Engine
from pb_engine.services.delivery import NewMilestone, NewPayment, note_payment, set_milestones
from pb_engine.services.leftovers import UNDIVIDED, NewLeftover, decide_leftover, leftover_lines
from pb_engine.services.progress import NewProgress, WorkCard, tell_progress, works_page
from pb_engine.services.round_costs import set_costs

_STEPS = (
    ("Afspraken met de indieners", 0),
    ("Materiaal kiezen", 30),
    ("Samen aan de slag", 75),
)
_TOLD = (
    "We hebben met de indieners om tafel gezeten. De eerste tekening is klaar. Volgende maand "
    "kiezen we samen het materiaal."
)
_OWNER = "stadsdeelmanagement en de indieners"
_FIRST_CENTS = 350_00
_PURPOSE = "Groen in het hele stadsdeel, bij een volgende ronde"
_COSTS = {"campaign": 1_250_00, "letters": 2_150_00, "postage": 3_400_00, "hours": 9_600_00}


def fill_after(engine: Engine, slug: str, by: str) -> None:
    """Tell how it goes with the first two funded ideas of a round whose result is public.

    :param engine: with its clock at the moment on which it is told.
    """
    works = works_page(engine, slug).works
    for card in works[:2]:
        _plan(engine, slug, card, by)
    if works:
        _begin(engine, slug, works[0], by)
    rest = leftover_lines(engine, works_page(engine, slug))[-1]
    if rest.left_cents:
        decide_leftover(engine, slug, UNDIVIDED, NewLeftover("saved", _PURPOSE, 2), 0, by)
    set_costs(engine, slug, _COSTS, 0, by)


def _plan(engine: Engine, slug: str, card: WorkCard, by: str) -> None:
    today = engine.today()
    steps = [
        NewMilestone(name, today + timedelta(days=days), None if days else today)
        for name, days in _STEPS
    ]
    set_milestones(engine, slug, card.work.idea, steps, 0, by)


def _begin(engine: Engine, slug: str, card: WorkCard, by: str) -> None:
    today, idea = engine.today(), card.work.idea
    note_payment(engine, slug, idea, NewPayment(today, _FIRST_CENTS, "Een tekening"), 1, by)
    ready_on = today + timedelta(days=_STEPS[-1][1])
    tell_progress(engine, slug, idea, NewProgress("under_way", _OWNER, ready_on, _TOLD), 2, by)
