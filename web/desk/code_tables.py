"""The table of batches of codes, and the choices of its forms."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.services.batch_moves import BatchLine
from pb_engine.services.code_rules import CHECK_OF_SCHOOLS
from pb_engine.services.desk import DeskRoundPage
from web.desk import words
from web.desk.showing import translated

Option = tuple[str, str]


def add(app: Flask) -> None:
    """Teach the templates of the desk this table."""
    told = (batch_rows, batch_options, move_options, kind_options)
    app.jinja_env.globals.update({one.__name__: one for one in told})


def batch_rows(lines: Iterable[BatchLine]) -> list[list[str]]:
    """Return number, kind, state, size and the states of the codes of every batch."""
    return [
        [
            str(one.batch.batch),
            translated(words.BATCH_KINDS[one.batch.kind]),
            translated(words.BATCH_STATES[one.batch.state]),
            str(one.batch.made),
            _states(one),
        ]
        for one in lines
    ]


def _states(line: BatchLine) -> str:
    return ", ".join(
        f"{translated(text)}: {line.states[state]}"
        for state, text in words.CODE_STATES.items()
        if line.states[state]
    )


def batch_options(lines: Iterable[BatchLine]) -> list[Option]:
    """Return the batches that can go on."""
    return [
        (str(one.batch.batch), gettext("Serie %(batch)s", batch=one.batch.batch))
        for one in lines
        if one.moves
    ]


def move_options() -> list[Option]:
    """Return what can happen to a batch."""
    return [(state, translated(text)) for state, text in words.BATCH_MOVES.items()]


def kind_options(page: DeskRoundPage) -> list[Option]:
    """Return for whom the desk can make codes in this round; letters have a page of their own."""
    checks = {choice.name for choice in page.round.identity_checks}
    left_out = {"letter"} | ({"school"} if CHECK_OF_SCHOOLS not in checks else set())
    return [
        (kind, translated(text)) for kind, text in words.BATCH_KINDS.items() if kind not in left_out
    ]
