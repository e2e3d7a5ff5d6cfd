"""The log of the ballot box for everybody: heads and proofs as JSON, without log-in.

A program that checks reads these, so the shape is fixed (docs/reference/box-log.md) and a refusal
is JSON as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_wtf.csrf import CSRFProtect

from pb_engine.errors import EngineError, LogRefused
from pb_engine.services import box_log
from pb_engine.services.box_log import Growth, Inclusion, ShownHead
from web.access import anyone
from web.base import engine
from web.errors import status_of
from web.problems import problem_of

LONGEST_COSIGNATURE = 1000
_SIZE = re.compile(r"[0-9]{1,9}")


def add(app: Flask, forms: CSRFProtect) -> None:
    """Register these addresses.

    A witness has no session here: what it sends is worth as much as its signature.
    """
    rules = (
        ("/<slug>/stembus/hoofd", "box_head", newest_head, "GET"),
        ("/<slug>/stembus/hoofd/<size>", "box_head_of", head_of, "GET"),
        ("/<slug>/stembus/hoofd/<size>", "box_cosign", forms.exempt(cosign), "POST"),
        ("/<slug>/stembus/bewijs/<wanted>", "box_proof", proof, "GET"),
        ("/<slug>/stembus/groei/<first>/<second>", "box_growth", growth, "GET"),
    )
    for path, endpoint, view, method in rules:
        app.add_url_rule(path, endpoint, view, methods=[method])


def _told(view: Callable[..., Response]) -> Callable[..., Response]:
    @anyone
    @wraps(view)
    def answer(slug: str, **places: str) -> Response:
        try:
            return view(slug, **places)
        except EngineError as problem:
            details = dict(problem.details)
            told = {"code": problem.code, "details": details}
            return problem_of(status_of(problem), problem.sentence, **told)

    return answer


@_told
def newest_head(slug: str) -> Response:
    """Tell the newest signed head."""
    return jsonify(_head(box_log.head_of(engine(), slug)))


@_told
def head_of(slug: str, size: str) -> Response:
    """Tell the signed head of a size."""
    return jsonify(_head(box_log.head_of(engine(), slug, _number(size))))


@_told
def cosign(slug: str, size: str) -> Response:
    """Take in the signature of a witness."""
    if (request.content_length or 0) > LONGEST_COSIGNATURE:
        raise LogRefused("this is too long for a cosignature", problem="form")
    sent = request.get_json(force=True, silent=True)
    fields = sent if isinstance(sent, dict) else {}
    witness, signature = fields.get("witness"), fields.get("signature")
    if not isinstance(witness, str) or not isinstance(signature, str):
        raise LogRefused("a cosignature has a witness and a signature", problem="form")
    return jsonify(
        _head(box_log.take_cosignature(engine(), slug, _number(size), witness, signature))
    )


@_told
def proof(slug: str, wanted: str) -> Response:
    """Tell the proof that a ballot is in the log, by its receipt number or entry."""
    return jsonify(_inclusion(box_log.inclusion_of(engine(), slug, wanted)))


@_told
def growth(slug: str, first: str, second: str) -> Response:
    """Tell the proof that the log only grew from one head to another."""
    return jsonify(_growth(box_log.growth_between(engine(), slug, _number(first), _number(second))))


def _number(text: str) -> int:
    if not _SIZE.fullmatch(text):
        raise LogRefused("the size of a log is a whole number", problem="head")
    return int(text)


def _head(shown: ShownHead) -> dict[str, Any]:
    head = shown.head
    return {
        "round": head.round,
        "size": head.size,
        "root": head.root.hex(),
        "signature": head.signature.hex(),
        "log_key": shown.log_key.hex(),
        "cosignatures": [
            {"witness": one.witness.hex(), "signature": one.signature.hex()}
            for one in shown.cosignatures
        ],
    }


def _inclusion(found: Inclusion) -> dict[str, Any]:
    return {
        "entry": found.entry,
        "position": found.position,
        "path": [one.hex() for one in found.path],
        "head": _head(found.shown),
    }


def _growth(grown: Growth) -> dict[str, Any]:
    return {
        "round": grown.second.round,
        "from": {"size": grown.first.size, "root": grown.first.root.hex()},
        "to": {"size": grown.second.size, "root": grown.second.root.hex()},
        "path": [one.hex() for one in grown.path],
    }
