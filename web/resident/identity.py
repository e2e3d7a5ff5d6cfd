"""Showing that one may vote: choose a check, answer it, leave with a ballot ticket."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import (
    CheckRefused,
    CodeUsed,
    CodeVoid,
    EngineError,
    InvalidTicket,
    MistypedCode,
    NotEligible,
    TooBusy,
    UnknownCode,
)
from pb_engine.services import identity, pages
from pb_engine.services.admission import Admitted
from pb_engine.services.identity import Asked, NotVouched, Sent, Told
from pb_engine.services.mailing import LETTER
from web.access import anyone
from web.base import engine
from web.errors import sentence_of, status_of, with_wait
from web.resident import carried
from web.resident.pictures import drawn
from web.resident.showing import show
from web.resident.site import switched
from web.resident.throttling import (
    note_declared,
    note_wrong_code,
    throttled,
    was_declared,
    was_wrong,
)
from web.security import not_stored
from web.texts import locale, say, speak

# Refusals that the visitor can do something about on the same page.
_AGAIN = (
    MistypedCode,
    UnknownCode,
    CodeVoid,
    CodeUsed,
    NotEligible,
    CheckRefused,
    InvalidTicket,
    TooBusy,
)
# What somebody gets who tries what he does not have; a typing error is none of these.
_GUESSES = (UnknownCode, NotEligible)
LARGEST_LETTER = 3000
"""What does not fit into a cookie is no link of ours."""
_OWN_FIELDS = frozenset({"csrf_token", "carry", "language", "step"})


def add(app: Flask, _forms: CSRFProtect) -> None:
    """Register these pages; answers to a check are limited per network."""
    limited = throttled(app, check, lambda rates: rates.wrong_codes, was_wrong)
    limited = throttled(app, limited, lambda rates: rates.declarations, was_declared)
    both = ["GET", "POST"]
    app.add_url_rule("/<slug>/stemmen", view_func=vote)
    app.add_url_rule("/<slug>/stemmen/controle/<check_name>", "check", limited, methods=both)
    app.add_url_rule("/<slug>/stemmen/controle/<check_name>/terug", view_func=come_back)


@anyone
def vote(slug: str) -> ResponseReturnValue:
    """Offer the checks of the round; one check needs no choosing."""
    cards = identity.checks_of(engine(), slug)
    if len(cards) == 1:
        return redirect(url_for("check", slug=slug, check_name=cards[0].name), 303)
    page = pages.voting_page(engine(), slug)
    return not_stored(show("vote.html.j2", page, cards_list=cards))


@anyone
def check(slug: str, check_name: str) -> ResponseReturnValue:
    """Show a check, or take in its answers."""
    page = pages.round_page(engine(), slug)
    changed_language = switched()
    speak(page.round.languages, page.round.address)
    if request.method == "GET" or changed_language:
        return _shown(slug, check_name, _begun(slug, check_name))
    return _completed(slug, check_name, request.form.get("carry", ""), request.form.to_dict())


@anyone
def come_back(slug: str, check_name: str) -> ResponseReturnValue:
    """Take in what an outside identity provider sent along."""
    round_ = pages.round_page(engine(), slug).round
    speak(round_.languages, round_.address)
    if LETTER in request.args:
        return _take_letter(slug, check_name, request.args[LETTER])
    kept = carried.brought(carried.CHECK, slug, carried.SHOWN_ONCE_LIFE) or {}
    if LETTER in kept and not request.args:
        return _letter(slug, check_name, str(kept[LETTER]))
    return _completed(slug, check_name, str(kept.get("carry", "")), request.args.to_dict())


def _take_letter(slug: str, check_name: str, sealed: str) -> ResponseReturnValue:
    """Take a link out of the address bar.  It uses nothing up: programs that scan mail do this."""
    if len(sealed) > LARGEST_LETTER:
        return redirect(url_for("check", slug=slug, check_name=check_name), 303)
    response = redirect(url_for("come_back", slug=slug, check_name=check_name), 303)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    path = carried.voting_path(slug)
    return carried.carry(response, carried.CHECK, slug, {LETTER: sealed}, path)


def _letter(slug: str, check_name: str, sealed: str) -> ResponseReturnValue:
    """Show a button; only pressing it uses the link."""
    page = pages.round_page(engine(), slug)
    told = identity.opened_link(engine(), slug, check_name, sealed)
    card = _card(slug, check_name)
    return not_stored(show("told.html.j2", page, told=told, asked_card=card, picture=None))


def _told(slug: str, check_name: str, told: Told) -> ResponseReturnValue:
    picture = drawn(told.link) if told.link else None
    page = pages.round_page(engine(), slug)
    card = _card(slug, check_name)
    return not_stored(show("told.html.j2", page, told=told, asked_card=card, picture=picture))


def _completed(
    slug: str, check_name: str, carry: str, filled: Mapping[str, str]
) -> ResponseReturnValue:
    answers = {name: value for name, value in filled.items() if name not in _OWN_FIELDS}
    try:
        answer = identity.complete_check(
            engine(),
            slug,
            check_name,
            carry,
            answers,
            locale=locale(),
            return_url=_return_url(slug, check_name),
        )
    except CodeVoid as problem:
        if problem.details.get("problem") == "test":
            return not_stored(show("test_code.html.j2", pages.round_page(engine(), slug)))
        return _again(slug, check_name, problem)
    except _AGAIN as problem:
        if isinstance(problem, _GUESSES):
            note_wrong_code(slug)
        return _again(slug, check_name, problem)
    if isinstance(answer, Admitted) and _card(slug, check_name).declared:
        note_declared()
    return _shown(slug, check_name, answer)


def _again(slug: str, check_name: str, problem: EngineError) -> ResponseReturnValue:
    begun = _begun(slug, check_name)
    # Whoever would be sent away again must first read what is wrong.
    if not isinstance(begun, Asked):
        return _refused(slug, sentence_of(problem), status_of(problem))
    return _shown(slug, check_name, begun, problem)


def _begun(slug: str, check_name: str) -> identity.Answer:
    back = _return_url(slug, check_name)
    return identity.begin_check(engine(), slug, check_name, locale=locale(), return_url=back)


def _return_url(slug: str, check_name: str) -> str:
    path = url_for("come_back", slug=slug, check_name=check_name)
    settings = engine().settings
    return (settings.register_url or settings.base_url) + path


def _shown(
    slug: str, check_name: str, answer: identity.Answer, problem: EngineError | None = None
) -> ResponseReturnValue:
    match answer:
        case Admitted() if "box" not in engine().parts:
            return _to_the_box(slug, answer)
        case Admitted():
            response = redirect(url_for("ballot", slug=slug), 303)
            return carried.carry_voter(response, slug, carried.admitted(slug, answer))
        case Sent():
            path, content = carried.voting_path(slug), {"carry": answer.carry}
            return carried.carry(redirect(answer.url, 303), carried.CHECK, slug, content, path)
        case Asked():
            return _questions(slug, check_name, answer, problem)
        case Told():
            return _told(slug, check_name, answer)
        case NotVouched():
            return _refused(slug, say(answer.reason), 403)


def _refused(slug: str, sentence: str, status: int) -> Response:
    page = pages.round_page(engine(), slug)
    return not_stored(show("not_vouched.html.j2", page, status=status, sentence=sentence))


def _to_the_box(slug: str, admission: Admitted) -> Response:
    """Hand over a ticket that the visitor carries to the box, by a button and in no address."""
    page = pages.round_page(engine(), slug)
    response = not_stored(show("to_the_box.html.j2", page, ticket=admission.ticket))
    # The box lets in only who comes from here; no more than our address is told.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _questions(
    slug: str, check_name: str, asked: Asked, problem: EngineError | None
) -> ResponseReturnValue:
    sentence = sentence_of(problem) if problem else say(asked.problem) if asked.problem else None
    first = asked.questions[0].name
    shown = show(
        "check.html.j2",
        pages.round_page(engine(), slug),
        status=status_of(problem) if problem else 422 if asked.problem else 200,
        asked=asked,
        asked_card=_card(slug, check_name),
        mistakes={first: sentence} if sentence else {},
        typed=request.form.to_dict(),
        late=_is_late(slug),
        others=len(identity.checks_of(engine(), slug)) > 1,
        keeps="controle",
    )
    waits = problem.details.get("seconds") if problem else None
    return not_stored(make_response(with_wait(shown, waits)))


def _card(slug: str, check_name: str) -> identity.CheckCard:
    cards = identity.checks_of(engine(), slug)
    return next(card for card in cards if card.name == check_name)


def _is_late(slug: str) -> bool:
    voter = carried.voter_of(slug)
    return voter is not None and voter.is_late(engine().clock())
