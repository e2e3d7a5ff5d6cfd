"""After the result: how it goes with the ideas that got money."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup

from pb_engine.services.delivery import Milestone
from pb_engine.services.idea_translations import titles_of
from pb_engine.services.leftovers import LeftoverLine, leftover_lines
from pb_engine.services.progress import WorkCard, WorksPage, work_page, works_page
from web import words
from web.access import anyone
from web.base import engine
from web.resident import titles
from web.resident.showing import show
from web.texts import day, day_short, money

Macro = Callable[..., Markup]


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/voortgang", "progress", overview)
    app.add_url_rule("/<slug>/voortgang/<idea_id>", "work", one)
    app.jinja_env.globals.update(
        left_of=left_of,
        left_in_all=left_in_all,
        left_told=left_told,
        payment_lines=payment_lines,
        step_lines=step_lines,
        steps_done=steps_done,
        work_states=words.WORK_STATES,
    )


@anyone
def overview(slug: str) -> ResponseReturnValue:
    """Show how it goes with all of them, and thank who took part."""
    page = works_page(engine(), slug)
    titles.bring(titles_of(engine(), {one.work.idea: one.title for one in page.works}))
    decided = [one for one in leftover_lines(engine(), page) if one.decided]
    return show("works.html.j2", page, decided=decided)


@anyone
def one(slug: str, idea_id: str) -> ResponseReturnValue:
    """Show how it goes with one of them, and what was told."""
    page, card = work_page(engine(), slug, idea_id)
    titles.bring(titles_of(engine(), {card.work.idea: card.title}))
    return show("work.html.j2", page, card=card)


def left_of(card: WorkCard) -> str:
    """Say what an idea did not spend, or took beyond what it got."""
    if card.left_cents < 0:
        return str(gettext("%(amount)s meer dan gekregen", amount=money(-card.left_cents)))
    if not card.over:
        return str(gettext("nog %(amount)s", amount=money(card.left_cents)))
    if card.left_cents:
        return str(gettext("%(amount)s niet uitgegeven", amount=money(card.left_cents)))
    return str(gettext("niets"))


def left_in_all(page: WorksPage) -> int:
    """Return what ended works did not spend, in cents."""
    return sum(max(card.left_cents, 0) for card in page.works if card.over)


def step_lines(card: WorkCard, own_words: Macro) -> list[dict[str, object]]:
    """Return the steps of the work; the first that is not done is the one of now."""
    lines: list[dict[str, object]] = []
    now = "now"
    for one in card.milestones:
        state = "done" if one.done_on else now
        now = now if one.done_on else "later"
        lines.append({"title": own_words(one.name), "text": _when(one, card), "state": state})
    return lines


def _when(step: Milestone, card: WorkCard) -> str:
    if step.done_on:
        return day(step.done_on)
    if step.name in card.late:
        return str(gettext("moest klaar zijn op %(day)s", day=day(step.due_on)))
    return str(gettext("uiterlijk %(day)s", day=day(step.due_on)))


def steps_done(card: WorkCard) -> str:
    """Say how many steps of the work are done."""
    done = sum(one.done_on is not None for one in card.milestones)
    return str(
        gettext("Stappen klaar: %(done)s van %(steps)s", done=done, steps=len(card.milestones))
    )


def payment_lines(card: WorkCard, own_words: Macro) -> list[list[Markup | str]]:
    """Return what was spent, day by day."""
    return [
        [own_words(one.what), day_short(one.paid_on), money(one.cents)] for one in card.payments
    ]


def left_told(line: LeftoverLine) -> str:
    """Say what becomes of money that is left."""
    found = line.decided
    if found is None or found.fate == "returns" or line.lapsed:
        return str(gettext("gaat terug naar de gemeente"))
    if found.until is None:
        return str(gettext("wordt gespaard voor het gebied"))
    told = gettext("gespaard voor het gebied tot en met %(day)s", day=day(found.until))
    used = gettext("Een nieuwe ronde gebruikt dit geld.") if found.used_by else ""
    return f"{told}. {used}".strip() if used else str(told)
