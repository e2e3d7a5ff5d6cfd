"""Every refusal becomes a page with a status, one sentence, and a way on.  Never a bare 500."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Flask, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from pb_engine.errors import EngineError
from web.error_texts import EXPIRED_FORM, FIELD_MISTAKES, HTTP_SENTENCES, SENTENCES
from web.error_variants import VARIANTS
from web.texts import money

Show = Callable[[int, str], ResponseReturnValue]
"""Shows a status and a sentence, in the way of one application."""

_LEAST_SERVER_ERROR = 500
_FRAMES = 8
_log = structlog.get_logger()


class _Facts(dict[str, object]):
    """Details for a sentence; a detail that is missing leaves a gap, never an exception."""

    def __missing__(self, name: str) -> str:
        if name.endswith("_money"):
            return self._money(name.removesuffix("_money"))
        return ""

    def _money(self, name: str) -> str:
        if name == "over":
            return money(self._number("given") - self._number("limit"))
        return money(self._number(name))

    def _number(self, name: str) -> int:
        value = self.get(name, 0)
        return value if isinstance(value, int) else 0


_FACT = re.compile(r"%\((\w+)\)s")


def filled(sentence: str, details: Mapping[str, object]) -> str:
    """Translate a sentence and fill in its details; ``%(limit_money)s`` is written as money."""
    return str(gettext(sentence)) % _Facts(details)


def status_of(problem: EngineError) -> int:
    """Return the HTTP status for a refusal of the engine."""
    told = SENTENCES.get(problem.code) or SENTENCES["engine_error"]
    return told.status


def sentence_of(problem: EngineError) -> str:
    """Return what the visitor reads about a refusal, in the language of the page."""
    told = SENTENCES.get(problem.code) or SENTENCES["engine_error"]
    words = (problem.details.get(name) for name in ("problem", "wanted", "state"))
    variants = (VARIANTS.get((problem.code, str(word)), "") for word in words if word)
    fits = (one for one in variants if one and _facts_of(one) <= problem.details.keys())
    return filled(next(fits, told.sentence), problem.details)


def _facts_of(sentence: str) -> set[str]:
    return {name for name in _FACT.findall(sentence) if not name.endswith("_money")}


def field_mistakes(problem: EngineError) -> dict[str, str]:
    """Return a sentence per field for an error that lists ``field:problem:limit`` words."""
    listed: dict[str, str] = {}
    for word in str(problem.details.get("all", "")).split():
        field, mistake, limit = (*word.split(":"), "", "")[:3]
        sentence = FIELD_MISTAKES.get(mistake, FIELD_MISTAKES["unknown"])
        listed[field] = filled(sentence, {"limit": int(limit) if limit.isdecimal() else 0})
    return listed


def add_error_pages(app: Flask, show: Show) -> None:
    """Show every refusal with ``show``; log the ones that an operator must see."""

    @app.errorhandler(EngineError)
    def refused(problem: EngineError) -> ResponseReturnValue:
        status = status_of(problem)
        g.refusal = problem.code
        if status >= _LEAST_SERVER_ERROR:
            _log.error("refused", code=problem.code, endpoint=request.endpoint, why=str(problem))
        return with_wait(show(status, sentence_of(problem)), problem.details.get("seconds"))

    @app.errorhandler(CSRFError)
    def expired(_problem: Any) -> ResponseReturnValue:
        return show(400, gettext(EXPIRED_FORM))

    @app.errorhandler(HTTPException)
    def not_served(problem: HTTPException) -> ResponseReturnValue:
        if problem.response is not None or (problem.code or 500) < 400:  # noqa: PLR2004
            return problem  # a redirect that routing asks for
        shown = show(problem.code or 500, http_sentence(problem.code or 500))
        return with_wait(shown, getattr(problem, "retry_after", None))

    @app.errorhandler(Exception)
    def broken(problem: Exception) -> ResponseReturnValue:
        _log.error("broken", endpoint=request.endpoint, **traced(problem))
        return show(InternalServerError.code, http_sentence(InternalServerError.code))


def with_wait(shown: ResponseReturnValue, seconds: object) -> ResponseReturnValue:
    """Tell programs too how long to wait, where there is something to wait for."""
    if not isinstance(seconds, int):
        return shown
    response = make_response(shown)
    response.headers["Retry-After"] = str(seconds)
    return response


def traced(problem: BaseException) -> dict[str, object]:
    """Return what a log may hold of an exception: its kind and where it was raised.

    Not its message: that could repeat what a visitor typed.
    """
    frames = traceback.extract_tb(problem.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"kind": type(problem).__name__, "where": places}


def http_sentence(status: int) -> str:
    """Return what the visitor reads about a refusal of the web itself."""
    fallback = HTTP_SENTENCES[500 if status >= _LEAST_SERVER_ERROR else 400]
    return str(gettext(HTTP_SENTENCES.get(status, fallback)))
