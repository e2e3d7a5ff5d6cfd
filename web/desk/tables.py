"""Rows of the tables of the desk; the templates own the markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from flask import Flask, url_for
from flask_babel import gettext  # type: ignore[import-untyped]
from markupsafe import Markup

from pb_engine.services.adoption import ToAdopt
from pb_engine.services.counter import AtCounter
from pb_engine.services.desk import DeskRoundPage
from pb_engine.services.desk_sessions import DeskSession
from pb_engine.services.ideas import Idea
from pb_engine.services.officials import ROLE_NAMES, Grant, Official
from pb_engine.services.pages import IdeaPage
from pb_engine.services.review_list import ReviewList
from pb_engine.services.security_keys import SecurityKey
from web import words as site_words
from web.desk import words
from web.desk.rules import PaperLine
from web.desk.showing import translated
from web.texts import day_short, moment, money, say

Cell = str | Markup
Macro = Callable[..., Markup]


def add(app: Flask) -> None:
    """Teach the templates of the desk these tables."""
    told: tuple[Callable[..., object], ...] = (
        calendar,
        code_counts,
        counter_changes,
        counter_rows,
        counting_steps,
        freezes,
        grant_in_words,
        merge_options,
        official_rows,
        outcome_rows,
        paper_rows,
        referral_options,
        right_counts,
        role_options,
        role_rows,
        roles_in_words,
        session_rows,
        key_rows,
    )
    app.jinja_env.globals.update({one.__name__: one for one in told})


def calendar(page: DeskRoundPage) -> list[dict[str, str]]:
    """Return the calendar of a round: title, dates and state of every step."""
    return [
        {
            "title": translated(site_words.CALENDAR_STEPS[step.key]),
            "text": _span(day_short(step.opens), day_short(step.closes)),
            "state": step.state,
        }
        for step in page.steps
    ]


def _span(first: str, last: str) -> str:
    if first == last:
        return first
    return str(gettext("%(first)s tot en met %(last)s", first=first, last=last))


_COUNTING = {
    "close_voting": "voting",
    "open_box": "closed",
    "tally": "opened",
    "explain": "counted",
    "adopt": "explained",
    "publish": "adopted",
}
"""The steps of counting day, each with the phase in which it is taken; ``adopted`` is none."""


def counting_steps(page: DeskRoundPage, outcome: ToAdopt | None) -> list[dict[str, str]]:
    """Return the steps of counting day: title, what it does, and whether it is done."""
    phases = list(_COUNTING.values())
    reached = "adopted" if outcome and outcome.adoption else str(page.phase)
    here = phases.index(reached) if reached in phases else -1
    if page.phase == "published":
        here = len(phases)
    return [
        {
            "title": translated(words.STEPS[step]),
            "text": translated(words.EFFECTS[step]),
            "state": "now" if place == here else "done" if place < here else "later",
        }
        for place, step in enumerate(_COUNTING)
    ]


def outcome_rows(outcome: ToAdopt, own_words: Macro) -> list[list[Cell]]:
    """Return title, cost, voters, whether it gets money, and why, of every project."""
    return [
        [
            own_words(one.title),
            money(one.cost_cents),
            str(one.voters),
            str(gettext("ja") if one.funded else gettext("nee")),
            say(one.sentence),
        ]
        for one in outcome.rows
    ]


def code_counts(page: DeskRoundPage) -> list[tuple[str, str]]:
    """Return how many codes there are in each state."""
    return [
        (translated(text), str(page.codes[state]))
        for state, text in words.CODE_STATES.items()
        if page.codes.get(state)
    ]


def right_counts(page: DeskRoundPage) -> list[tuple[str, str]]:
    """Return how many voting rights go along each channel; never who."""
    return [
        (translated(text), str(page.channels[channel]))
        for channel, text in words.CHANNELS.items()
        if page.channels.get(channel)
    ]


def freezes(page: DeskRoundPage, digest: Macro) -> list[tuple[str, Markup]]:
    """Return every moment at which the rules froze, with its digest and reason."""
    return [
        (
            translated(site_words.FREEZES[one.moment]),
            Markup("{}<br>{}{}").format(
                moment(one.at), digest(one.digest), _with_reason(one.reason)
            ),
        )
        for one in page.freezes
    ]


def _with_reason(reason: str) -> Markup:
    return Markup("<br>{}").format(reason) if reason else Markup()


def paper_rows(lines: Iterable[PaperLine], own_words: Macro) -> list[list[Cell]]:
    """Return number, title and cost of every line of the ballot paper."""
    return [[str(one.number), own_words(one.title), money(one.cost_cents)] for one in lines]


def official_rows(
    officials: Iterable[Official], me: int, invited: Mapping[int, datetime], buttons: Macro
) -> list[list[Cell]]:
    """Return name, address, roles, access and the possible changes of every official."""
    return [
        [
            one.name,
            one.email,
            roles_in_words(one),
            _access(one, invited.get(one.id)),
            gettext("dit bent u") if one.id == me else buttons(one),
        ]
        for one in officials
    ]


def _access(one: Official, until: datetime | None) -> str:
    if until is not None:
        return str(gettext("uitgenodigd tot %(when)s", when=moment(until)))
    if not one.active:
        return str(gettext("geblokkeerd"))
    if one.totp_method:
        return str(gettext("ja, met tweede stap"))
    return str(gettext("ja, nog zonder tweede stap"))


def roles_in_words(one: Official) -> str:
    """Return the roles of an official, in the language of the page."""
    return ", ".join(map(grant_in_words, one.grants))


def role_rows(one: Official, take: Macro) -> list[list[Cell]]:
    """Return the roles of an official, each with a button to take it; the last one stays."""
    several = len(one.grants) > 1
    return [[grant_in_words(grant), take(grant) if several else ""] for grant in one.grants]


def session_rows(sessions: Iterable[DeskSession], here: str, leave: Macro) -> list[list[Cell]]:
    """Return where an official is logged in, each with a button to log out there."""
    return [
        [
            one.browser or gettext("een onbekende browser"),
            moment(one.begun_at),
            moment(one.seen_at),
            gettext("deze browser") if one.key == here else leave(one.key),
        ]
        for one in sessions
    ]


def key_rows(keys: Iterable[SecurityKey], remove: Macro) -> list[list[Cell]]:
    """Return the security keys of an official, each with a button to remove it."""
    return [
        [
            one.name,
            moment(one.added_at),
            moment(one.used_at) if one.used_at else gettext("nog niet"),
            remove(one.id, one.name),
        ]
        for one in keys
    ]


def grant_in_words(grant: Grant) -> str:
    """Return a role, with its round and area where it counts in one only."""
    name = say(ROLE_NAMES[grant.role])
    return f"{name} ({grant.scope.replace(':', ', ')})" if grant.scope else name


def role_options() -> list[tuple[str, str]]:
    """Return every role, to choose from."""
    return [(str(name), say(text)) for name, text in ROLE_NAMES.items()]


def referral_options(page: IdeaPage | ReviewList) -> list[tuple[str, str]]:
    """Return the bodies to which an idea can be passed on."""
    return [(body.id, say(body.name)) for body in page.round.referral_bodies]


def merge_options(others: Iterable[Idea]) -> list[tuple[str, str]]:
    """Return the ideas that another one can go into."""
    return [(str(idea.id), f"{idea.number}. {idea.title}") for idea in others]


_CHANGES_OF = {"none": ("void",), "digital": ("replace",), "paper": ("spoilt",)}


def counter_changes(channel: str) -> list[tuple[str, str]]:
    """Return what a second officer may be asked for, given how a voting right was used."""
    kinds = _CHANGES_OF.get(channel, ())
    return [(kind, translated(words.RIGHT_CHANGES[kind])) for kind in kinds]


def counter_rows(people: Iterable[AtCounter], slug: str, choose: Macro) -> list[list[Cell]]:
    """Return the residents that a search found, each with a button to help them."""
    return [
        [
            one.name or str(gettext("een bewoner")),
            str(gettext("geheim")) if one.secret else one.address,
            translated(words.CHANNELS[one.channel])
            if one.active
            else str(gettext("niet meer in het kiezersregister")),
            choose(
                str(gettext("Helpen")),
                url_for("counter_choose", slug=slug),
                fields={"resident": one.resident},
            ),
        ]
        for one in people
    ]
