"""From ballot paper to receipt.  Choices travel with the voter until they are in the box."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response

from pb_engine.errors import InvalidBallot, InvalidTicket, TooLate
from pb_engine.services import admission, placards, voting
from web.access import Access, anyone, voter
from web.base import engine
from web.errors import status_of
from web.forms.packing import choices_of, unpacked
from web.resident import ballot_page, carried, kiosk, titles
from web.resident.carried import Voter
from web.resident.showing import show
from web.resident.site import switched
from web.security import levelled, not_stored, sent_from

if TYPE_CHECKING:
    from pb_engine.services.surveys import ShownSurvey


def add(app: Flask, forms: CSRFProtect) -> None:
    """Register these pages.

    A ticket comes from a page of the register, which has no form token of ours; the browser says
    where it comes from instead.
    """
    app.add_url_rule("/<slug>/stembus/binnen", "enter", forms.exempt(enter), methods=["POST"])
    both = ["GET", "POST"]
    app.add_url_rule("/<slug>/stemmen/biljet", "ballot", ballot_page.ballot, methods=both)
    app.add_url_rule("/<slug>/stemmen/nakijken", "look_over", look_over, methods=both)
    app.add_url_rule("/<slug>/stemmen/klaar", "done", done)
    app.add_url_rule("/<slug>/stemmen/wissen", view_func=wipe, methods=["POST"])


def enforce(access: Access) -> ResponseReturnValue | None:
    """Let a voter with a valid ticket through; send others to the beginning, choices kept."""
    slug = str((request.view_args or {})["slug"])
    found = carried.voter_of(slug) if access.kind == "voter" else None
    if found is None and carried.brought(carried.RECEIPT, slug, carried.SHOWN_ONCE_LIFE):
        return _sent_before(slug)
    if found is None:
        return redirect(url_for("vote", slug=slug), 303)
    g.voter = found
    if not found.is_late(engine().clock()) or _sends_to_a_closed_box(slug):
        return None
    return _to_the_code(slug, found)


def _sends_to_a_closed_box(slug: str) -> bool:
    """Tell whether a voter, however late, must hear from the box itself that it is closed."""
    sends = request.endpoint == "look_over" and request.method == "POST"
    return sends and not admission.is_open(engine(), slug)


def _to_the_code(slug: str, late: Voter) -> ResponseReturnValue:
    if request.endpoint == "ballot" and request.method == "POST":
        late, _ = ballot_page.taken_in(placards.ballot_page(engine(), slug), late)
    return carried.carry_voter(redirect(url_for("vote", slug=slug), 303), slug, late)


def _sent_before(slug: str, *, unsure: bool = False) -> Response:
    """Say that this ticket has had its ballot, and how to change a vote.

    :param unsure: the answer to that ballot may never have arrived here.
    """
    page = placards.ballot_page(engine(), slug)
    return not_stored(show("sent.html.j2", page, status=409, unsure=unsure))


@anyone
def enter(slug: str) -> ResponseReturnValue:
    """Take in the ticket that a voter brings from the register, where that is served apart."""
    settings = engine().settings
    if not sent_from(settings.register_url or settings.base_url):
        abort(400)
    switched()
    came = admission.arrive(engine(), slug, request.form.get("ticket", ""))
    response = redirect(url_for("ballot", slug=slug), 303)
    return carried.carry_voter(response, slug, carried.admitted(slug, came))


@voter
def look_over(slug: str) -> ResponseReturnValue:
    """Show the choice once more, or put it in the box."""
    page = placards.ballot_page(engine(), slug)
    who: Voter = g.voter
    choices = choices_of(page, unpacked(page, who.chosen))
    sends = request.method == "POST" and not switched()
    changed = request.method == "POST" and not ballot_page.is_seen(who)
    if sends and not changed:
        return _cast(slug, who, choices)
    try:
        ballot_ = voting.check_choices(engine(), slug, who.ticket, choices)
    except InvalidBallot:
        return redirect(url_for("ballot", slug=slug), 303)
    titles.bring_lines(page.projects)
    named = dataclasses.replace(who, attempt=who.attempt or voting.new_attempt())
    shown = show(
        "look_over.html.j2",
        page,
        status=409 if changed else 200,
        ballot=ballot_,
        voter=named,
        seen=ballot_page.seen(named),
        changed=changed,
        keeps="versturen",
    )
    return carried.carry_voter(levelled(not_stored(shown)), slug, named)


def _cast(slug: str, who: Voter, choices: voting.Choices) -> ResponseReturnValue:
    try:
        receipt = voting.cast_ballot(engine(), slug, who.ticket, choices, who.attempt)
    except (InvalidBallot, InvalidTicket) as problem:
        if problem.details.get("problem") == "spent":
            return _sent_before(slug, unsure=True)
        target = "ballot" if isinstance(problem, InvalidBallot) else "vote"
        return redirect(url_for(target, slug=slug), 303)
    except TooLate as problem:
        return _too_late(slug, problem)
    response = redirect(url_for("done", slug=slug), 303)
    carried.forget(response, slug, carried.VOTER, carried.CHECK)
    told, path = dataclasses.asdict(receipt), carried.voting_path(slug)
    return carried.carry(response, carried.RECEIPT, slug, told, path)


def _too_late(slug: str, problem: TooLate) -> Response:
    g.refusal = problem.code
    page, refusal = placards.ballot_page(engine(), slug), problem.details["refusal"]
    shown = show("too_late.html.j2", page, status=status_of(problem), refusal=refusal)
    return levelled(not_stored(shown))


@anyone
def done(slug: str) -> ResponseReturnValue:
    """Show the receipt, as long as this browser still has it, and ask the survey."""
    page = placards.ballot_page(engine(), slug)
    receipt = carried.brought(carried.RECEIPT, slug, carried.SHOWN_ONCE_LIFE)
    if receipt is None:
        return redirect(url_for("round", slug=slug), 303)
    shared = kiosk.COOKIE in request.cookies
    shown = show("done.html.j2", page, receipt=receipt, surveys=_surveys(slug), shared=shared)
    return not_stored(shown)


def _surveys(slug: str) -> Sequence[ShownSurvey]:
    if "site" not in engine().parts:
        return ()  # the box knows no survey; the page links to it
    from pb_engine.services import surveys

    return surveys.questionnaire_for(engine(), slug, "after_ballot")


@anyone
def wipe(slug: str) -> ResponseReturnValue:
    """Leave nothing on this device, for whoever sits down here next."""
    response = redirect(url_for("round", slug=slug), 303)
    names = (carried.VOTER, carried.RECEIPT, carried.CHECK)
    return carried.forget(response, slug, *names)
