"""Mail that waits; and a mail server that hangs, is slow or away, or busy with another worker."""

import contextlib
import dataclasses
import socket
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest

from pb_engine.api import Card, DeliveryFailed, LocalText
from pb_engine.cli.work import one_turn
from pb_engine.engine import build
from pb_engine.services import sending
from pb_engine.services.outbox import deliver
from pb_engine.services.rounds import stored_round
from pb_engine.services.sending import send_due
from pb_engine.settings import settings_in
from pb_engine.store import close_stores
from pb_engine.store.site import OutMessage
from tests.builders import CALENDAR, CHEAP, DAY, a_round_in, an_engine, at
from tests.plugins.mail_server import Inbox, MailServer
from tests.postgres import STORES

SMTP = {"host": "127.0.0.1", "starttls": False, "sender": "ronde@example.org", "timeout": 1}


@contextlib.contextmanager
def a_hanging_server():
    """Accept everybody and never say a word; yields the port and who came."""
    came = []

    def accept():
        while True:
            try:
                came.append(server.accept()[0])
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield server.getsockname()[1], came
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for one in came:
                one.close()


@contextlib.contextmanager
def a_good_server():
    server = MailServer(Inbox())
    server.start()
    try:
        yield server.port, server.inbox.mails
    finally:
        server.stop()


def mailing_to(engine, port):
    settings = dataclasses.replace(
        engine.settings, notifier="smtp", notifier_settings=SMTP | {"port": port}
    )
    return dataclasses.replace(engine, settings=settings)


def let_wait(engine, number):
    with engine.stores.site.write() as work:
        for place in range(number):
            key = f"m{place:03}"
            work.messages.add(OutMessage(key, f"{key}@example.org", "Uw idee", "Beste", "nl"))
        work.commit()


def later(engine, **time_):
    return at(engine, engine.clock() + timedelta(**time_))


class Told:
    """A notifier that does what it is told, in this process."""

    card = Card("told", "1", LocalText("x", "x"), LocalText("x", "x"))
    settings_schema = None

    def __init__(self, act):
        self.act, self.keys, self.lock = act, [], threading.Lock()

    def send(self, message, settings):
        with self.lock:
            self.keys.append(message.key)
        self.act()


def told(engine, monkeypatch, act):
    notifier = Told(act)
    monkeypatch.setattr(sending, "pick", lambda *_: notifier)
    monkeypatch.setattr(sending, "load_settings", lambda *_: {})
    return notifier


def test_a_mail_server_that_hangs_costs_the_time_of_one_message_and_the_round_goes_on(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    engine = at(staged.engine, CALENDAR.ideas.start + DAY)
    let_wait(engine, 60)
    with a_hanging_server() as (port, came):
        began = time.monotonic()
        one_turn(mailing_to(engine, port))
        took = time.monotonic() - began
    assert len(came) == 1
    assert took < 3
    assert stored_round(engine, staged.slug).phase == "ideas"
    with a_good_server() as (port, mails):
        mended = mailing_to(later(engine, minutes=5), port)
        assert send_due(mended) == 60
    assert len({envelope.rcpt_tos[0] for _, envelope in mails}) == 60


def test_a_long_outage_uses_up_no_tries(tmp_path):
    engine = an_engine(tmp_path)
    let_wait(engine, 2)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        for turn in range(40):
            assert send_due(mailing_to(later(engine, hours=turn), closed.getsockname()[1])) == 0
    with a_good_server() as (port, _):
        assert send_due(mailing_to(later(engine, hours=99), port)) == 2


def test_one_message_that_fails_does_not_end_the_turn(tmp_path, monkeypatch):
    engine = an_engine(tmp_path)
    let_wait(engine, 3)
    answers = iter([DeliveryFailed("no", permanent=True), DeliveryFailed("later"), None])

    def act():
        if problem := next(answers):
            raise problem

    notifier = told(engine, monkeypatch, act)
    assert send_due(engine) == 1
    assert notifier.keys == ["m000", "m001", "m002"]


def test_a_slow_server_holds_one_turn_no_longer_than_its_bound(tmp_path, monkeypatch):
    engine = an_engine(tmp_path)
    let_wait(engine, 50)
    monkeypatch.setattr(sending, "TURN_SECONDS", 0.1)
    notifier = told(engine, monkeypatch, lambda: time.sleep(0.03))
    first = send_due(engine)
    assert 1 <= first <= 10
    assert send_due(engine) >= 1
    assert len(set(notifier.keys)) == len(notifier.keys)


def test_a_worker_that_dies_with_a_message_in_hand_leaves_it_to_the_next(tmp_path, monkeypatch):
    engine = an_engine(tmp_path)
    let_wait(engine, 1)

    def die():
        raise KeyboardInterrupt

    told(engine, monkeypatch, die)
    with pytest.raises(KeyboardInterrupt):
        send_due(engine)
    again = told(engine, monkeypatch, lambda: None)
    assert send_due(later(engine, minutes=1)) == 0
    assert send_due(later(engine, minutes=11)) == 1
    assert again.keys == ["m000"]


def crowd(engine, monkeypatch, workers=4):
    """Let workers send at once; return how often each message went out."""
    let_wait(engine, 30)
    notifier = told(engine, monkeypatch, lambda: time.sleep(0.001))
    threads = [threading.Thread(target=deliver, args=(engine,)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(notifier.keys)


def test_workers_side_by_side_send_each_message_once(tmp_path, monkeypatch):
    went = crowd(an_engine(tmp_path), monkeypatch)
    assert len(went) == 30
    assert set(went.values()) == {1}


@pytest.mark.postgres
def test_workers_side_by_side_send_each_message_once_on_postgresql(
    postgres_urls, tmp_path, monkeypatch
):
    urls = {f"{name}_db": getattr(postgres_urls, name) for name in STORES}
    settings = dataclasses.replace(settings_in(tmp_path, demo=True, code_cost=CHEAP), **urls)
    engine = build(settings, clock=lambda: CALENDAR.ideas.start)
    try:
        went = crowd(engine, monkeypatch)
    finally:
        close_stores(engine.stores)
    assert len(went) == 30
    assert set(went.values()) == {1}
