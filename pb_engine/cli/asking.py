"""Asking a box or another witness something over the network, with limits."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping

from pb_engine.errors import LogRefused

PATIENCE = 20
LONGEST_ANSWER = 1 << 20
_SERVER_ERROR = 500


def get(address: str) -> bytes:
    """Return what an address answers.

    :raises LogRefused: it cannot be reached, answers without end, or refuses; then ``problem`` is
        ``refused``, unless the fault is on its own side.
    """
    return _answer(urllib.request.Request(address))  # noqa: S310 - the scheme was looked at


def post(address: str, fields: Mapping[str, str]) -> None:
    """Send fields as JSON.

    :raises LogRefused: as ``get``.
    """
    kind = {"Content-Type": "application/json"}
    _answer(
        urllib.request.Request(address, json.dumps(fields).encode(), kind)  # noqa: S310
    )


def _answer(request: urllib.request.Request) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            raw: bytes = answer.read(LONGEST_ANSWER + 1)
    except urllib.error.HTTPError as problem:
        told = problem.read(300).decode("utf-8", "replace")
        kind = "refused" if problem.code < _SERVER_ERROR else "broken"
        raise LogRefused(
            f"{request.full_url} answers {problem.code}: {told}", problem=kind
        ) from problem
    except OSError as problem:
        raise LogRefused(f"{request.full_url} cannot be reached: {problem}") from problem
    if len(raw) > LONGEST_ANSWER:
        raise LogRefused(f"{request.full_url} answers without end")
    return raw
