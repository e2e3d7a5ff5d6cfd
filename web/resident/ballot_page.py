"""The ballot paper on the screen: it takes in what is filled in, and loses nothing of it.

The choice travels in a sealed cookie.  A form brings back a mark of the choice that its page
showed, so that a page from before another choice, in a second window or behind the back button,
never replaces that choice in silence.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from pb_engine.errors import InvalidBallot
from pb_engine.services import placards, voting
from pb_engine.services.ballot_projects import BallotPage, BallotProject
from web.access import voter
from web.base import engine
from web.errors import sentence_of
from web.forms.ballot import FilledBallot, read_ballot
from web.forms.packing import digits_for, packed, unpacked
from web.resident import carried, choosing, titles
from web.resident.carried import Voter
from web.resident.showing import show
from web.resident.site import switched
from web.security import levelled, not_stored

_CONFLICT, _UNREADABLE = 409, 422


@voter
def ballot(slug: str) -> ResponseReturnValue:
    """Show the ballot paper, or take in what is filled in."""
    page = placards.ballot_page(engine(), slug)
    before: Voter = g.voter
    if request.method == "GET":
        return _shown(page, before, choosing.read_view(request.args))
    view = choosing.read_view(request.form)
    now, filled = taken_in(page, before)
    lost = _lost(page, before, now)
    if lost:
        return _answer(page, now, view, filled, status=_CONFLICT, lost=lost)
    if switched() or (filled.next == "stay" and not filled.faults):
        return carried.carry_voter(redirect(choosing.address(slug, view), 303), slug, now)
    if filled.faults:
        return _answer(page, now, view, filled, status=_UNREADABLE)
    try:
        voting.check_choices(engine(), slug, now.ticket, filled.choices)
    except InvalidBallot as problem:
        mistakes = {"choices": sentence_of(problem)}
        return _answer(page, now, view, filled, status=_UNREADABLE, mistakes=mistakes)
    return carried.carry_voter(redirect(url_for("look_over", slug=slug), 303), slug, now)


def taken_in(page: BallotPage, before: Voter) -> tuple[Voter, FilledBallot]:
    """Return the voter with the choice of the form that was sent, and that form."""
    filled = read_ballot(request.form, page, unpacked(page, before.chosen))
    touched = next(
        (place for place, line in enumerate(page.projects, 1) if line.id == filled.touched), 0
    )
    chosen = packed(page, filled.choices)
    now = dataclasses.replace(
        before,
        chosen=chosen,
        number=len(unpacked(page, chosen)),
        digits=digits_for(page),
        touched=touched,
        kept=False,
    )
    return now, filled


def seen(who: Voter) -> str:
    """Return a mark of a voter's choice of this moment; it tells nothing without the ticket."""
    return hashlib.sha256(f"{who.ticket} {who.chosen:x}".encode()).hexdigest()[:16]


def is_seen(who: Voter) -> bool:
    """Tell whether the form that was sent stood on a page that showed this very choice."""
    return request.form.get("seen", seen(who)) == seen(who)


def _lost(page: BallotPage, before: Voter, now: Voter) -> list[BallotProject]:
    """Return what a page from before that choice would take away unnoticed."""
    if is_seen(before):
        return []
    had, has = unpacked(page, before.chosen), unpacked(page, now.chosen)
    return [line for line in page.projects if line.id in had and had[line.id] != has.get(line.id)]


def _answer(
    page: BallotPage,
    now: Voter,
    view: choosing.View,
    filled: FilledBallot,
    *,
    status: int,
    lost: list[BallotProject] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> Response:
    told = {**_sentences(filled), **(mistakes or {})}
    typed = {f"mark-{project}": text for project, text in filled.typed.items()}
    shown = _shown(page, now, view, status, lost or [], told, typed)
    return carried.carry_voter(shown, str(page.round.slug), now)


def _sentences(filled: FilledBallot) -> dict[str, str]:
    words = {
        "number": gettext("Vul hier een heel getal in, zoals 2."),
        "twice": gettext("Twee ideeën kregen dezelfde plaats. Kijk of de volgorde nu klopt."),
    }
    return {f"mark-{project}": str(words[fault]) for project, fault in filled.faults.items()}


def _shown(
    page: BallotPage,
    who: Voter,
    view: choosing.View,
    status: int = 200,
    lost: list[BallotProject] | None = None,
    mistakes: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    weights = unpacked(page, who.chosen)
    touched = page.projects[who.touched - 1] if who.touched else None
    titles.bring_lines(page.projects)
    shown = show(
        "ballot.html.j2",
        page,
        status=status,
        typed=typed,
        mistakes=mistakes,
        weights=weights,
        screen=choosing.screen(page, weights, view, who.order),
        view=view,
        seen=seen(who),
        touched=touched,
        lost=lost or [],
        voter=who,
        keeps="biljet",
    )
    return levelled(not_stored(shown))
