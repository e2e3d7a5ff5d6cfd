"""The trust study at the desk: what may be told of the answers, and the codebook."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext  # type: ignore[import-untyped]

from pb_engine.services import study_report as service
from web.access import role
from web.base import engine
from web.desk.showing import show
from web.texts import N_, number, say

_REASONS = {
    "dont_know": N_("Weet ik niet"),
    "prefer_not": N_("Zeg ik liever niet"),
    "skipped": N_("Overgeslagen"),
    "not_shown": N_("Niet gevraagd"),
}
WAVES = {
    "T0": N_("Voor het stemmen"),
    "T1": N_("Na het stemmen"),
    "T2": N_("Na de uitslag"),
}


def add(app: Flask) -> None:
    """Register these pages."""
    app.add_url_rule("/<slug>/onderzoek", "study", overview)
    app.add_url_rule("/<slug>/onderzoek/<name>.xml", "codebook", codebook)
    app.jinja_env.globals.update(
        answer_rows=answer_rows, score_rows=score_rows, wave_name=wave_name
    )


@role("participation_team", "researcher")
def overview(slug: str) -> ResponseReturnValue:
    """Show the surveys of a round in numbers."""
    page = service.study_page(engine(), slug)
    return show("study.html.j2", round=page.round, page=page)


@role("participation_team", "researcher")
def codebook(slug: str, name: str) -> Response:
    """Send the codebook of a survey."""
    answer = Response(service.codebook(engine(), slug, name), mimetype="application/xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="codebook-{name}.xml"'
    return answer


def wave_name(wave: str) -> str:
    """Return what a wave is called."""
    return str(gettext(WAVES[wave])) if wave in WAVES else wave


def answer_rows(answers: Sequence[service.AnswerCount]) -> list[tuple[str, str]]:
    """Return each answer with how often it was given, or that it is hidden."""
    return [
        (
            say(one.label) if one.label else gettext(_REASONS[one.code]),
            gettext("verborgen") if one.count is None else number(one.count),
        )
        for one in answers
    ]


def score_rows(wave: service.WaveReport) -> list[tuple[str, str, str, str, str]]:
    """Return each score of a wave with its uncertainty; a dash where there is nothing to tell."""
    return [
        (
            say(one.label),
            number(one.scored),
            _decimal(one.mean),
            f"{_decimal(one.low)} – {_decimal(one.high)}" if one.mean is not None else "–",
            _decimal(one.alpha),
        )
        for one in wave.scores
    ]


def _decimal(value: float | None) -> str:
    return "–" if value is None else format_decimal(round(value, 2))
