"""Trying voting methods out at the desk, and the rehearsal before voting opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import desk, rehearsal, rounds, tryout
from pb_engine.services.tryout_rules import TryoutOptions, tryout_options
from web.access import role
from web.base import engine
from web.desk.login import my_name
from web.desk.sayings import sayings_of
from web.desk.showing import done, show

DEFAULTS = {"bron": "popularity", "stemmen": "200", "zaad": "proef"}
LONGEST_SEED = 80
_ROUND = "ronde:"


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/uitproberen", "tryout", overview)
    app.add_url_rule("/<slug>/uitproberen/bestand", "tryout_file", file, methods=["POST"])
    app.add_url_rule("/<slug>/proefstemming", "rehearsal", rehearse)
    app.add_url_rule("/<slug>/proefstemming/vastleggen", "keep_rehearsal", keep, methods=["POST"])


@role("participation_team", "commission_member")
def overview(slug: str) -> ResponseReturnValue:
    """Show the form, and what the chosen rules do once something is chosen."""
    if "bron" not in request.args:
        return _page(slug, DEFAULTS)
    sent, keys = request.args, request.args.getlist("regel")
    source, seed = sent["bron"], sent.get("zaad", "")[:LONGEST_SEED]
    other = source.removeprefix(_ROUND) if source.startswith(_ROUND) else None
    number = _number(sent.get("stemmen", ""))
    mistakes = _mistakes(keys, number if other is None else 1)
    if mistakes:
        return _page(slug, sent, keys, mistakes=mistakes)
    if other is not None:
        return _tried(slug, sent, keys, lambda: tryout.try_round(engine(), slug, other, keys))
    return _tried(
        slug, sent, keys, lambda: tryout.try_model(engine(), slug, source, number, seed, keys)
    )


@role("participation_team", "commission_member")
def file(slug: str) -> ResponseReturnValue:
    """Count the ballots of a file that somebody sends; nothing of it is kept."""
    upload, keys = request.files.get("file"), request.form.getlist("regel")
    mistakes = _mistakes(keys, 1)
    if mistakes:
        return _page(slug, DEFAULTS, keys, mistakes=mistakes)
    raw = upload.read() if upload else b""
    return _tried(slug, DEFAULTS, keys, lambda: tryout.try_file(engine(), slug, raw, keys))


@role("participation_team", "commission_member", "auditor", "secretary", "trustee")
def rehearse(slug: str) -> ResponseReturnValue:
    """Show what a rehearsal of this moment finds; nothing is stored."""
    return _rehearsed(slug)


@role("participation_team", "commission_member")
def keep(slug: str) -> ResponseReturnValue:
    """Rehearse, and keep in the log that it passed: voting opens after that only."""
    round_ = rounds.stored_round(engine(), slug).round
    try:
        read = frozenset(request.form.getlist("gelezen"))
        rehearsal.keep_rehearsal(engine(), slug, my_name(), sayings_of(round_), read)
    except EngineError as problem:
        return _rehearsed(slug, problem)
    return done(gettext("De proefstemming is vastgelegd."), "rehearsal", slug=slug)


def _rehearsed(slug: str, problem: EngineError | None = None) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    found = rehearsal.rehearse(engine(), slug, sayings_of(page.round))
    kept = rehearsal.was_kept(engine(), found)
    return show(
        "rehearsal.html.j2", page=page, round=page.round, found=found, kept=kept, problem=problem
    )


def _number(typed: str) -> int:
    """Return what was typed as a number; what is no number is as wrong as 0."""
    plain = typed.strip().replace(".", "")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 7 else 0  # noqa: PLR2004


def _mistakes(keys: list[str], number: int) -> dict[str, str]:
    mistakes = {}
    if not 1 <= number <= tryout.MOST_BALLOTS:
        mistakes["stemmen"] = gettext(
            "Vul een getal in van 1 tot en met %(most)s.", most=tryout.MOST_BALLOTS
        )
    if not keys:
        mistakes["regel"] = gettext("Kies minstens één telmethode.")
    return mistakes


def _tried(
    slug: str,
    typed: Mapping[str, str],
    keys: list[str],
    call: Callable[[], tryout.Tryout],
) -> ResponseReturnValue:
    try:
        found = call()
    except EngineError as problem:
        return _page(slug, typed, keys, problem=problem)
    return _page(slug, typed, keys, found=found)


def _page(
    slug: str, typed: Mapping[str, str], chosen: list[str] | None = None, **more: Any
) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    options = tryout_options(engine(), slug)
    return show(
        "tryout.html.j2",
        page=page,
        round=page.round,
        options=options,
        chosen=_own(options) if chosen is None else chosen,
        most=tryout.MOST_BALLOTS,
        longest_seed=LONGEST_SEED,
        typed={**DEFAULTS, **{name: typed.get(name, "") for name in DEFAULTS}},
        **more,
    )


def _own(options: TryoutOptions) -> list[str]:
    return [rule.key for rule in options.rules if rule.own]
