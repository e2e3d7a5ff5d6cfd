"""Asking servers elsewhere, with bounds on time and size, and without following them around."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from threading import Lock
from typing import Final
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from pb_engine.api import OutsideAnswer
from pb_engine.errors import OutsideFailed

WAIT: Final = 5.0
"""Seconds until the first byte, and between two parts."""
LONGEST: Final = 10.0
"""Seconds for a whole answer."""
LARGEST: Final = 256 * 1024
_PART = 16 * 1024
_MOST_KEPT = 64
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Its log would hold addresses, and an address may hold the secret name of a session.
logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)

_kept: dict[str, tuple[float, OutsideAnswer]] = {}
_lock = Lock()


class OutsideWorld:
    """Servers elsewhere, as an identity check may reach them."""

    def get(self, url: str, *, headers: Mapping[str, str], keep: int) -> OutsideAnswer:
        """Fetch an address; see ``pb_engine.api.Outside``."""
        found = _kept.get(url) if keep else None
        if found and time.monotonic() - found[0] <= keep:
            return found[1]
        answer = _ask("GET", url, headers, None)
        if keep and answer.status == 200:  # noqa: PLR2004
            _keep(url, answer)
        return answer

    def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> OutsideAnswer:
        """Send something; see ``pb_engine.api.Outside``."""
        return _ask("POST", url, headers, body)


def fetch(url: str, *, within: float) -> OutsideAnswer:
    """Fetch an address once, within so many seconds; nothing of it is kept.

    :raises OutsideFailed: no safe address, no answer, or one that is too large or too slow.
    """
    return _ask("GET", url, {"Accept": "application/json"}, None, within)


def forget_kept() -> None:
    """Forget every answer that was kept."""
    with _lock:
        _kept.clear()


def _keep(url: str, answer: OutsideAnswer) -> None:
    with _lock:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[url] = (time.monotonic(), answer)


def _ask(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | None,
    longest: float | None = None,
) -> OutsideAnswer:
    host = _require_safe(url)
    within = LONGEST if longest is None else longest
    began = time.monotonic()
    try:
        with requests.Session() as session:
            # No proxy, no password from a file of the account: what is asked is all that is sent.
            session.trust_env = False
            answer = session.request(
                method,
                url,
                headers={**headers, "Accept-Encoding": "identity"},
                data=body,
                timeout=min(WAIT, within),
                allow_redirects=False,
                stream=True,
            )
            with answer as sent:
                return OutsideAnswer(sent.status_code, _read(sent, host, began, within))
    except (requests.RequestException, HTTPError, ValueError, OSError) as problem:
        # The message of the library may repeat an address with a secret in it.
        raise OutsideFailed(
            f"{host} gave no answer: {type(problem).__name__}", problem="absent"
        ) from None


def _read(sent: requests.Response, host: str, began: float, within: float) -> bytes:
    body = b""
    # As it came: what was packed to a thousandth of its size is not unpacked here.
    for part in sent.raw.stream(_PART, decode_content=False):
        body += part
        if len(body) > LARGEST:
            raise OutsideFailed(f"{host} sent more than {LARGEST} bytes", problem="large")
        if time.monotonic() - began > within:
            raise OutsideFailed(f"{host} took more than {within:.0f} seconds", problem="slow")
    return body


def _require_safe(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", None
    plain = parts is not None and parts.scheme == "http" and host in _LOOPBACK
    if not host or parts is None or not (parts.scheme == "https" or plain) or parts.username:
        raise OutsideFailed(
            f"{url[:80]!r} is not an https address; only this machine is asked without it",
            problem="address",
        )
    return host
