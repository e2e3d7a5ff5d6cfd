"""Sending what waits: in a bounded turn, each message by one worker, and again when it failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import structlog

from pb_engine.api import Message
from pb_engine.domain.events import Event
from pb_engine.engine import Engine
from pb_engine.errors import DeliveryFailed, EngineError
from pb_engine.pluginhost import load_settings, pick
from pb_engine.services import bounces
from pb_engine.store.site import Bounce, OutMessage

__all__ = ["AT_ONCE", "MOST_TRIES", "TURN_SECONDS", "send_due"]

AT_ONCE = 200
MOST_TRIES = 8
TURN_SECONDS = 20
"""After so long no further message is begun; the next turn goes on."""
_CLAIM = timedelta(minutes=10)
"""Longer than one message can take: whoever still holds it by then is dead."""
_CLOSED = timedelta(minutes=2)
_log = structlog.get_logger()


def send_due(engine: Engine) -> int:
    """Send what may go now, for a bounded time; return how many messages left.

    A message that fails waits longer each time and is given up after ``MOST_TRIES``.  When the
    notifier reaches nobody the turn ends at once, so that a server that hangs costs the time of
    one message; that costs no try, however long it lasts.
    """
    notifier = pick(engine.plugins.notifiers, engine.settings.notifier, "notifier")
    settings = load_settings(notifier, engine.settings.notifier_settings)
    with engine.stores.site.read() as work:
        due = work.messages.due(AT_ONCE, engine.clock())
    sent, began = 0, time.monotonic()
    for one in due:
        if time.monotonic() - began > TURN_SECONDS:
            break
        if not _claimed(engine, one) or _left_out(engine, one):
            continue
        problem = _send(engine, partial(notifier.send, settings=settings), one)
        if isinstance(problem, DeliveryFailed) and problem.unreachable:
            _log.warning("no message can leave now", problem=problem.sentence)
            break
        sent += problem is None
    return sent


def _send(engine: Engine, send: Callable[[Message], None], one: OutMessage) -> Exception | None:
    """Send a message and keep what became of it; return what went wrong."""
    message = Message(one.key, one.to, one.subject, one.body, one.locale, one.unsubscribe)
    try:
        send(message)
    except Exception as problem:  # noqa: BLE001 - one bad address must not stop the others
        _failed(engine, one, problem)
        return problem
    with engine.stores.site.write() as work:
        work.messages.sent(one.key)
        work.bounces.forget(bounces.tag_of(engine, one.to))
        work.commit()
    return None


def _left_out(engine: Engine, one: OutMessage) -> bool:
    """Give a message up unsent whose address takes no mail, and count it."""
    tag = bounces.tag_of(engine, one.to)
    with engine.stores.site.write() as work:
        refused = bool(work.bounces.of([tag])) and not bounces.asked_for(one.key)
        if refused:
            work.bounces.skip(tag)
            work.messages.given_up(one.key, "address_refused")
            work.commit()
    return refused


def _claimed(engine: Engine, message: OutMessage) -> bool:
    now = engine.clock()
    with engine.stores.site.write() as work:
        mine = work.messages.claim(message.key, now, now + _CLAIM)
        work.commit()
    return mine


def _failed(engine: Engine, message: OutMessage, problem: Exception) -> None:
    kind = problem.code if isinstance(problem, EngineError) else type(problem).__name__
    now = engine.clock()
    with engine.stores.site.write() as work:
        if isinstance(problem, DeliveryFailed) and problem.unreachable:
            work.messages.postpone(message.key, kind, now + _CLOSED)
        else:
            permanent = isinstance(problem, DeliveryFailed) and problem.permanent
            if isinstance(problem, DeliveryFailed) and problem.refused:
                work.bounces.add(_bounce(engine, message, problem))
            given_up = permanent or message.tries + 1 >= MOST_TRIES
            wait = timedelta(minutes=2**message.tries)
            work.messages.failed(message.key, kind, None if given_up else now + wait)
            if given_up:
                facts = {"message": message.key, "problem": kind}
                work.log.append(Event("message_failed", None, "outbox", facts), now)
        work.commit()


def _bounce(engine: Engine, message: OutMessage, problem: DeliveryFailed) -> Bounce:
    tag, reason = bounces.tag_of(engine, message.to), str(problem.details.get("code", ""))
    return Bounce(tag, reason, engine.today())
