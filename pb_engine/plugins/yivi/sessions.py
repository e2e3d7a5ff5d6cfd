"""The requestor's side of a Yivi server: begin a session, and read its signed result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeGuard
from urllib.parse import quote

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from pb_engine.api import CheckRefused, OutsideAnswer, Settings, Visit

WAITING = frozenset({"INITIALIZED", "PAIRING", "CONNECTED"})
_CONTEXT = "https://irma.app/ld/request/disclosure/v2"
_SESSION_LIFE = 600
_RESULT_LIFE = 120
_SKEW = 30
_LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Session:
    """A session at the server.

    :ivar token: ours alone: whoever has it can read the result.
    :ivar link: opens the app on this device; as a picture it is for the app on another.
    """

    token: str
    link: str


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What came of a session.

    :ivar values: by attribute, only when ``status`` is ``DONE``.
    """

    status: str
    values: Mapping[str, str]


def refused(why: str) -> CheckRefused:
    """Return a refusal of what the server said; ``why`` repeats nothing of it."""
    return CheckRefused(why, problem="answer")


def begun(visit: Visit, asked: Mapping[str, str | None], settings: Settings) -> Session:
    """Begin a session that asks for attributes.

    :param asked: attributes, with the value that they must have, if any.
    :raises pb_engine.api.CheckRefused: the server does not want to.
    """
    request = {
        "validity": _RESULT_LIFE,
        "timeout": _SESSION_LIFE,
        "request": {"@context": _CONTEXT, "disclose": _disclose(asked)},
    }
    headers, body = _asking(visit, request, settings)
    answer = visit.outside.post(f"{settings['server']}/session", headers=headers, body=body)
    if answer.status != 200:  # noqa: PLR2004
        raise refused(f"the server answered {answer.status} to a question")
    found = _object(answer)
    token, pointer = found.get("token"), found.get("sessionPtr")
    if not isinstance(token, str) or not token.isalnum() or not isinstance(pointer, dict):
        raise refused("the server began no session")
    shown = {name: str(pointer.get(name, "")) for name in ("u", "irmaqr")}
    return Session(token, f"{settings['app']}#{quote(json.dumps(shown), safe='')}")


def result_of(visit: Visit, token: str, settings: Settings) -> Disclosed | None:
    """Return what came of a session, as the server signed it; ``None``: it knows no such session.

    :raises pb_engine.api.CheckRefused: the result is not signed by the server, of another session,
        too old, or says that the proof does not hold.
    """
    url = f"{settings['server']}/session/{token}/result-jwt"
    answer = visit.outside.get(url, headers={"Accept": "text/plain"}, keep=0)
    if answer.status != 200:  # noqa: PLR2004
        return None
    claims = _verified(visit, answer.body, settings)
    if claims.get("token") != token or claims.get("sub") != "disclosing_result":
        raise refused("the result is of another session")
    status = str(claims.get("status"))
    if status != "DONE":
        return Disclosed(status, {})
    if claims.get("proofStatus") != "VALID" or claims.get("type") != "disclosing":
        raise refused("the proof of the app does not hold")
    return Disclosed(status, dict(_values(claims.get("disclosed"))))


def _disclose(asked: Mapping[str, str | None]) -> list[list[list[Any]]]:
    """Return one group per credential: all of these, and no choice between them."""

    def credential(name: str) -> str:
        return name.rpartition(".")[0]

    groups = groupby(sorted(asked, key=credential), credential)
    return [[[_wanted(name, asked[name]) for name in names]] for _, names in groups]


def _wanted(name: str, value: str | None) -> dict[str, object]:
    return {"type": name} if value is None else {"type": name, "value": value}


def _asking(
    visit: Visit, request: dict[str, Any], settings: Settings
) -> tuple[dict[str, str], bytes]:
    secret = visit.secrets.read(settings["key"])
    if settings["auth"] == "token":
        headers = {"Authorization": secret.decode().strip(), "Content-Type": "application/json"}
        return headers, json.dumps(request).encode()
    claims = {
        "iss": settings["requestor"],
        "sub": "verification_request",
        "iat": int(visit.now.timestamp()),
        "sprequest": request,
    }
    signed = jwt.encode({"alg": "RS256"}, claims, RSAKey.import_key(secret), algorithms=["RS256"])
    return {"Content-Type": "text/plain"}, signed.encode()


def _verified(visit: Visit, body: bytes, settings: Settings) -> dict[str, Any]:
    if len(body) > _LONGEST:
        raise refused("the result is too large")
    key = RSAKey.import_key(visit.secrets.read(settings["server_key"]))
    try:
        claims = jwt.decode(body.strip(), key, algorithms=["RS256"]).claims
    except (JoseError, ValueError, TypeError) as problem:
        raise refused(f"the result is not signed well: {type(problem).__name__}") from None
    if claims.get("iss") != settings["server_name"]:
        raise refused("the result is of another server")
    now, made, until = int(visit.now.timestamp()), claims.get("iat"), claims.get("exp")
    if not _is_moment(made) or not _is_moment(until):
        raise refused("the result says no times")
    if until + _SKEW <= now or not now - _SESSION_LIFE <= made <= now + _SKEW:
        raise refused("the result is too old")
    return claims


def _is_moment(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _values(disclosed: object) -> Iterable[tuple[str, str]]:
    """Yield what the app showed; an attribute that comes twice is refused."""
    groups = disclosed if isinstance(disclosed, list) else []
    seen: set[str] = set()
    for one in (one for group in groups if isinstance(group, list) for one in group):
        name, value = one.get("id"), one.get("rawvalue")
        if one.get("status") != "PRESENT" or not isinstance(value, str) or name in seen:
            raise refused("the app showed something that was not asked, or nothing")
        seen.add(name)
        yield name, value


def _object(answer: OutsideAnswer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise refused("the server sent something that is not JSON") from None
    if not isinstance(found, dict):
        raise refused("the server sent something that is not a JSON object")
    return found
