"""Officials: who has access and as what, adding one, and one's own account."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user

from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.services import desk_sessions, invitations, rounds, security_keys
from pb_engine.services import officials as service
from pb_engine.services.officials import Official
from pb_engine.services.rehearsal import Round
from web.access import official, role
from web.base import engine
from web.desk import desk_session
from web.desk.accounts import hash_password
from web.desk.login import fresh, my_name
from web.desk.showing import done, show
from web.forms.desk import GrantForm, OfficialForm, read
from web.texts import say


def add(app: Flask) -> None:
    """Register these pages."""
    post = ["POST"]
    app.add_url_rule("/medewerkers", "officials", overview)
    app.add_url_rule("/medewerkers/nieuw", "add_official", new, methods=post)
    app.add_url_rule("/medewerkers/<int:number>", "one_official", one)
    app.add_url_rule("/medewerkers/<int:number>/rollen/geven", "give_role", give, methods=post)
    app.add_url_rule("/medewerkers/<int:number>/rollen/afnemen", "take_role", take, methods=post)
    app.add_url_rule("/medewerkers/<int:number>/<change>", "change_official", change_, methods=post)
    app.add_url_rule("/account", "account", account)
    app.add_url_rule("/account/uitloggen", "end_session", end_one, methods=post)
    app.add_url_rule("/account/overal-uitloggen", "end_sessions", end_all, methods=post)


@official
def account() -> ResponseReturnValue:
    """Show the official's own account, and where they are logged in."""
    return show(
        "account.html.j2",
        me=current_user.official,
        keys=security_keys.keys_of(engine(), current_user.id),
        sessions=desk_sessions.sessions_of(engine(), current_user.id),
        here=desk_session.here(),
    )


@official
def end_one() -> ResponseReturnValue:
    """End one of one's own sessions."""
    if not desk_sessions.end_session(engine(), current_user.id, request.form.get("key", "")[:80]):
        abort(404)
    return done(gettext("Die browser is uitgelogd."), "account")


@official
def end_all() -> ResponseReturnValue:
    """End all of one's own sessions, this one too."""
    service.log_out_everywhere(engine(), current_user.id, my_name())
    return redirect(url_for("security.login"), 303)


@role("participation_team")
def overview() -> ResponseReturnValue:
    """Show every official, and the form to add one."""
    return _overview()


def _overview(problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    return show(
        "officials.html.j2",
        officials=service.all_officials(engine()),
        scopes=_scopes(),
        me=current_user.id,
        invited=invitations.open_invitations(engine()),
        problem=problem,
        typed=request.form,
        **more,
    )


def _scopes() -> list[tuple[str, str]]:
    every = [part for one in rounds.round_list(engine()) for part in _parts(one.round)]
    return [("", gettext("Alle rondes, en het hele beheer")), *every]


def _parts(round_: Round) -> Iterator[tuple[str, str]]:
    """Yield a round, and its largest areas: two commissions may divide it among them."""
    name = say(round_.name)
    yield str(round_.slug), name
    for area in round_.areas.areas:
        if area.parent in round_.voters.areas:
            told = gettext(
                "%(round)s: alleen ideeën uit %(area)s (commissie)", round=name, area=area.name
            )
            yield f"{round_.slug}:{area.id}", told


@role("participation_team")
def one(number: int) -> ResponseReturnValue:
    """Show one official with the roles that can be given and taken."""
    return _one(number)


def _one(number: int, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    return show(
        "official.html.j2",
        one=_other(number),
        scopes=_scopes(),
        problem=problem,
        typed=request.form,
        **more,
    )


def _other(number: int) -> Official:
    """Return another official; one's own account is for another to change."""
    found = service.find_official(engine(), id=number)
    if found is None or found.id == current_user.id:
        abort(404)
    return found


@role("participation_team")
@fresh("one_official")
def give(number: int) -> ResponseReturnValue:
    """Give an official a role, for one round or for all."""
    return _move(number, service.give_role, gettext("De rol is gegeven."))


@role("participation_team")
@fresh("one_official")
def take(number: int) -> ResponseReturnValue:
    """Take a role from an official."""
    return _move(number, service.take_role, gettext("De rol is afgenomen."))


def _move(
    number: int, service_: Callable[[Engine, int, str, str], Official], told: str
) -> ResponseReturnValue:
    found = _other(number)
    values, mistakes = read(GrantForm(), request.form)
    if mistakes:
        return _one(number, mistakes=mistakes)
    try:
        service_(engine(), found.id, _grant(values), my_name())
    except EngineError as problem:
        return _one(number, problem)
    return done(told, "one_official", number=number)


def _grant(values: Mapping[str, str]) -> str:
    return f"{values['role']}:{values['scope']}" if values["scope"] else values["role"]


@role("participation_team")
@fresh("officials")
def new() -> ResponseReturnValue:
    """Invite an official; the link is mailed, and shown once."""
    values, mistakes = read(OfficialForm(), request.form)
    if mistakes:
        return _overview(mistakes=mistakes)
    unknown = hash_password(engine(), secrets.token_urlsafe(32))
    try:
        made, link = invitations.invite_official(
            engine(), values["email"], values["name"], [_grant(values)], unknown, my_name()
        )
    except EngineError as problem:
        return _overview(problem)
    return show("official_invited.html.j2", official=made, link=link)


@role("participation_team")
@fresh("officials")
def change_(number: int, change: str) -> ResponseReturnValue:
    """Give or take access, wipe a second factor, or make a new password; never one's own."""
    found = _other(number)
    if change not in _CHANGES and change not in _SHOWN:
        abort(404)
    try:
        if change in _SHOWN:
            return _SHOWN[change](found)
        _CHANGES[change](engine(), number, my_name())
    except EngineError as problem:
        return _overview(problem)
    return done(gettext("De wijziging is opgeslagen."), "officials")


def _new_password(found: Official) -> ResponseReturnValue:
    password = secrets.token_urlsafe(12)
    hashed = hash_password(engine(), password)
    changed = service.replace_password(engine(), found.id, hashed, my_name())
    return show("official_password.html.j2", official=changed, password=password)


def _invite_again(found: Official) -> ResponseReturnValue:
    made, link = invitations.invite_again(engine(), found.id, my_name())
    return show("official_invited.html.j2", official=made, link=link)


_SHOWN: Mapping[str, Callable[[Official], ResponseReturnValue]] = MappingProxyType(
    {"wachtwoord": _new_password, "uitnodigen": _invite_again}
)
"""Changes after which something is shown once."""
_CHANGES: Mapping[str, Callable[[Engine, int, str], Official]] = MappingProxyType(
    {
        "blokkeren": lambda of, number, by: service.set_access(of, number, by, allowed=False),
        "toelaten": lambda of, number, by: service.set_access(of, number, by, allowed=True),
        "intrekken": lambda of, number, by: service.set_access(of, number, by, allowed=False),
        "tweede-stap": service.wipe_second_factor,
    }
)
"""Every one of them also ends all sessions of that official."""
