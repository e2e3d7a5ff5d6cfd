"""Counting day: open the box, count, explain, adopt, publish -- each a button of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from pb_engine.errors import EngineError
from pb_engine.services import adoption, counting, desk, publication
from pb_engine.services.counting_day import counting_checks
from pb_engine.services.documents.library import document_file
from pb_engine.services.documents.protocol import protocol
from pb_engine.services.documents.protocol_material import count_of
from pb_engine.services.register_check import last_check
from pb_engine.services.result_letters import letters_to_print, result_letters
from web.access import role
from web.base import engine
from web.desk import words
from web.desk.login import fresh, my_name
from web.desk.showing import done, show, translated


def add(app: Flask) -> None:
    """Register these pages."""
    app.jinja_env.globals.update(is_same_person=adoption.is_same_person)
    app.add_url_rule("/<slug>/tellen", "count", overview)
    app.add_url_rule("/<slug>/tellen/proces-verbaal.pdf", "count_protocol", count_protocol)
    app.add_url_rule("/<slug>/tellen/uitslagbrieven.pdf", "result_letters", letters)
    app.add_url_rule("/<slug>/tellen/openen", "open_box", open_box, methods=["POST"])
    app.add_url_rule("/<slug>/tellen/tellen", "tally", tally, methods=["POST"])
    app.add_url_rule("/<slug>/tellen/uitleggen", "explain", explain, methods=["POST"])
    app.add_url_rule("/<slug>/tellen/vaststellen", "adopt", adopt, methods=["POST"])
    app.add_url_rule("/<slug>/tellen/publiceren", "publish", publish, methods=["POST"])


@role("participation_team", "auditor", "commission_chair", "secretary", "trustee")
def overview(slug: str) -> ResponseReturnValue:
    """Show how far the count is, and the button for the next step."""
    return show_count(slug)


@role("participation_team", "auditor", "commission_chair", "secretary", "trustee")
def count_protocol(slug: str) -> ResponseReturnValue:
    """Send the protocol of the count as PDF; a concept until the result is public."""
    made = document_file(protocol(count_of(engine(), slug)), "pdf")
    answer = Response(made.body, mimetype=made.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


@role("participation_team", "secretary")
def letters(slug: str) -> ResponseReturnValue:
    """Send the letters with the result for submitters without e-mail."""
    answer = Response(result_letters(engine(), slug), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="uitslagbrieven-{slug}.pdf"'
    return answer


def show_count(slug: str, problem: EngineError | None = None) -> ResponseReturnValue:
    """Show how far the count is, with what went wrong."""
    page = desk.desk_round(engine(), slug)
    checked = last_check(engine(), slug)
    checks = counting_checks(engine(), slug)
    return show(
        "count.html.j2",
        page=page,
        round=page.round,
        checked=checked,
        checks=checks,
        outcome=adoption.to_adopt(engine(), slug),
        letters=letters_to_print(engine(), slug),
        problem=problem,
    )


def _take(
    step: str, slug: str, service: Callable[[], object], back: str = "count"
) -> ResponseReturnValue:
    try:
        service()
    except EngineError as problem:
        return show_count(slug, problem)
    return done(translated(words.DONE[step]), back, slug=slug)


@role("participation_team")
@fresh("count")
def open_box(slug: str) -> ResponseReturnValue:
    """Open the ballot box, with a key file where a trustee brings one."""
    sent = request.files.get("key_file")
    key = (sent.read() or None) if sent else None
    return _take(
        "open_box", slug, lambda: counting.open_box(engine(), slug, my_name(), key_file=key)
    )


@role("participation_team")
@fresh("count")
def tally(slug: str) -> ResponseReturnValue:
    """Count the ballots."""
    return _take("tally", slug, lambda: counting.tally(engine(), slug, my_name()))


@role("participation_team")
@fresh("count")
def explain(slug: str) -> ResponseReturnValue:
    """Explain the outcome."""
    return _take("explain", slug, lambda: counting.explain(engine(), slug, my_name()))


@role("participation_team", "commission_chair", "secretary")
@fresh("count")
def adopt(slug: str) -> ResponseReturnValue:
    """Adopt the outcome that a colleague had counted."""
    back = "correction" if publication.is_published(engine(), slug) else "count"
    return _take("adopt", slug, lambda: adoption.adopt(engine(), slug, my_name()), back)


@role("participation_team")
@fresh("count")
def publish(slug: str) -> ResponseReturnValue:
    """Publish the outcome."""
    return _take("publish", slug, lambda: publication.publish(engine(), slug, my_name()))
