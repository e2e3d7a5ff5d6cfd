"""Sentences and lists that depend on the rules of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services.ballot_projects import BallotPage
from web import words
from web.resident import ballot_words
from web.resident.room import MOST, last_chance, room_of
from web.resident.titles import said_title
from web.texts import N_, day, day_short, moment, money, say, tell

if TYPE_CHECKING:
    from pb_engine.services.idea_list import IdeaListing
    from pb_engine.services.pages import CalendarStep, IdeaPage, RoundPage
    from pb_engine.services.rules_page import Method, RulesPage
    from pb_engine.services.surveys import ShownQuestion

    Page = RoundPage | IdeaListing | IdeaPage | BallotPage | RulesPage
Pairs = list[tuple[str, str]]


def add(app: Flask) -> None:
    """Teach the templates of an application these words."""
    taught: tuple[Callable[..., object], ...] = (
        agreements,
        area_names,
        area_options,
        calendar,
        criteria,
        freezes,
        last_chance,
        method_words,
        pots,
        room_of,
        scale,
        state_options,
        theme_of,
        theme_options,
        said_title,
        sentences,
        voting_points,
    )
    app.jinja_env.globals.update({one.__name__: one for one in (*taught, *ballot_words.TOLD)})
    app.jinja_env.globals.update(
        most_room=MOST,
        phase_words=words.PHASES,
        idea_states=words.IDEA_STATES,
        outcomes=words.OUTCOMES,
    )


def calendar(steps: Iterable[CalendarStep]) -> list[dict[str, str]]:
    """Return the steps of a calendar, each with title, dates and state."""
    return [
        {
            "title": gettext(words.CALENDAR_STEPS[step.key]),
            "text": _span(step),
            "state": step.state,
        }
        for step in steps
    ]


def _span(step: CalendarStep) -> str:
    first, last = day_short(step.opens), day_short(step.closes)
    if first == last:
        return first
    return str(gettext("%(first)s tot en met %(last)s", first=first, last=last))


def area_names(page: Page) -> str:
    """Name the areas whose residents may vote."""
    areas = page.round.areas
    found = (areas.find(area) for area in page.round.voters.areas)
    names = [area.name for area in found if area]
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return str(gettext("%(first)s en %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def criteria(page: Page) -> Pairs:
    """Return the numbered criteria."""
    return [(rule.number, tell(rule.text)) for rule in page.round.criteria]


def pots(page: Page) -> Pairs:
    """Return the money of each theme or area."""
    names = {theme.id: tell(theme.name) for theme in page.round.submission.themes}
    told = []
    for pot in page.round.pots.parts if page.round.pots else ():
        area = page.round.areas.find(pot.area) if pot.area else None
        told.append(
            (area.name if area else names.get(pot.theme or "", ""), money(pot.amount_cents))
        )
    return told


_STANDS: Mapping[str, str] = {
    "akkoord": N_("Eens met deze spelregels"),
    "afwezig": N_("Was er niet bij"),
    "apart": N_("Praat apart met de gemeente"),
    "schriftelijk": N_("Antwoordde op papier"),
}


def agreements(page: Page) -> Pairs:
    """Return what each body of residents said of the rules."""
    return [(one.body, _stand(one.stand, one.on)) for one in page.round.agreements]


def _stand(stand: str, on: date | None) -> str:
    told = str(gettext(_STANDS[str(stand)]))
    return f"{told}, {day(on)}" if on else told


def method_words(offered: Iterable[Method]) -> Pairs:
    """Return voting methods with what they do."""
    return [(tell(one.label), tell(one.summary)) for one in offered]


def sentences(marked: Iterable[str]) -> list[str]:
    """Translate marked sentences from a table."""
    return [str(gettext(sentence)) for sentence in marked]


def freezes(page: RoundPage | RulesPage) -> Pairs:
    """Return when the rules were frozen or changed, and why."""
    return [
        (gettext(words.FREEZES[one.moment]), f"{moment(one.at)} {one.reason} {one.digest[:16]}…")
        for one in page.freezes
    ]


def voting_points(page: Page) -> Pairs:
    """Return where somebody can vote or get help, and when."""
    return [
        (point.name, Markup("{}. {}.").format(point.address, tell(point.hours)))
        for point in page.round.voting_points
    ]


def theme_options(page: Page, *, choose: bool = False) -> Pairs:
    """Return the themes to choose from; ``choose`` asks for one instead of allowing all."""
    first = gettext("Kies een onderwerp") if choose else gettext("Alle onderwerpen")
    themes = page.round.submission.themes
    return [("", first), *((theme.id, say(theme.name)) for theme in themes)]


def area_options(page: Page) -> Pairs:
    """Return the areas of the round to choose from."""
    areas, within = page.round.areas, page.round.voters.areas
    inside = [area for area in areas.areas if areas.lies_in(area.id, within)]
    return [("", gettext("Het hele gebied")), *((area.id, area.name) for area in inside)]


def state_options() -> Pairs:
    """Return the states an idea on the list can be in."""
    listed = {name: word for name, (word, _) in words.IDEA_STATES.items() if name != "withdrawn"}
    return [("", gettext("Alles")), *((name, gettext(word)) for name, word in listed.items())]


def theme_of(page: Page, theme: str) -> str:
    """Return the name of a theme."""
    names = {one.id: say(one.name) for one in page.round.submission.themes}
    return names.get(theme, theme)


def scale(question: ShownQuestion) -> list[tuple[str, str]]:
    """Return the answers to a survey question, those apart from the scale last."""
    said = [(code, code if question.numbers else tell(label)) for code, label in question.options]
    if question.dont_know:
        said.append(("dont_know", gettext("Weet ik niet")))
    if question.prefer_not:
        said.append(("prefer_not", gettext("Zeg ik liever niet")))
    return [*said, ("", gettext("Overslaan"))]
