import contextlib
import dataclasses
import socket
import threading
import time
from email import message_from_bytes, policy

import pytest
from marshmallow import ValidationError

from pb_engine.api import DeliveryFailed
from pb_engine.plugins.smtp import pb_register_notifiers
from pb_engine.testing import NotifierContract, a_message
from tests.plugins.mail_server import Inbox, MailServer, make_certificate

(NOTIFIER,) = pb_register_notifiers()
SENDER = "ronde@example.com"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate") / "server.pem")


@pytest.fixture
def serve():
    """Return a function that starts a mail server whose steps answer as told."""
    running = []

    def start(certificate=None, password=None, **answers):
        server = MailServer(Inbox(**answers), certificate, password)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def closed_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def settings(port, **changed):
    given = {"host": "127.0.0.1", "port": port, "starttls": False, "sender": SENDER, "timeout": 5}
    return NOTIFIER.settings_schema().load(given | changed)


def failure(loaded, message=None):
    with pytest.raises(DeliveryFailed) as refused:
        NOTIFIER.send(message or a_message(), loaded)
    return refused.value


class TestSmtpKeepsTheContract(NotifierContract):
    notifier = NOTIFIER

    @pytest.fixture(autouse=True)
    def _server(self, serve, closed_port):
        plain = {"host": "127.0.0.1", "starttls": False, "timeout": 5, "sender": SENDER}
        self.settings = plain | {"port": serve().port}
        self.broken_settings = plain | {"port": closed_port}


def test_a_message_arrives_whole(serve):
    server = serve()

    NOTIFIER.send(a_message(), settings(server.port))

    ((encrypted, envelope),) = server.inbox.mails
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert not encrypted
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["jan@example.com"])
    assert (mail["From"], mail["To"]) == (SENDER, "jan@example.com")
    assert mail["Subject"] == a_message().subject
    assert mail.get_content().splitlines() == a_message().body.splitlines()
    assert mail["Content-Language"] == "nl"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime is not None


def test_a_repeat_carries_the_same_message_id(serve):
    server = serve()

    for key in ("one", "one", "two"):
        NOTIFIER.send(a_message(key=key), settings(server.port))

    mails = [message_from_bytes(envelope.content) for _, envelope in server.inbox.mails]
    first, again, other = (mail["Message-ID"] for mail in mails)
    assert first == again != other


def test_starttls_is_used_and_the_certificate_is_checked(serve, certificate):
    server = serve(certificate)

    NOTIFIER.send(
        a_message(),
        settings(server.port, starttls=True, ca_file=str(certificate), host="localhost"),
    )

    assert [encrypted for encrypted, _ in server.inbox.mails] == [True]


def test_a_certificate_that_nobody_vouches_for_stops_the_message(serve, certificate):
    server = serve(certificate)

    refused = failure(settings(server.port, starttls=True))

    assert "SSLCertVerificationError" in refused.sentence
    assert not refused.permanent
    assert server.inbox.mails == []


def test_a_certificate_of_another_host_stops_the_message(serve, tmp_path):
    foreign = make_certificate(tmp_path / "foreign.pem", name="elsewhere.example")
    server = serve(foreign)

    refused = failure(settings(server.port, starttls=True, ca_file=str(foreign), host="localhost"))

    assert not refused.permanent
    assert server.inbox.mails == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(serve):
    server = serve()

    refused = failure(settings(server.port, starttls=True))

    assert "SMTPNotSupportedError" in refused.sentence
    assert server.inbox.mails == []


def test_a_missing_file_of_certificates_fails_for_now(serve, certificate):
    server = serve(certificate)

    refused = failure(settings(server.port, starttls=True, ca_file="/nowhere/ca.pem"))

    assert not refused.permanent


def test_the_password_comes_from_the_environment(serve, certificate, monkeypatch):
    server = serve(certificate, password=b"geheim")
    loaded = settings(
        server.port,
        starttls=True,
        ca_file=str(certificate),
        username="ronde",
        password_env="MAIL_SECRET",
    )

    monkeypatch.setenv("MAIL_SECRET", "geheim")
    NOTIFIER.send(a_message(), loaded)
    monkeypatch.setenv("MAIL_SECRET", "wrong-guess")
    refused = failure(loaded)
    monkeypatch.delenv("MAIL_SECRET")
    unset = failure(loaded)

    assert server.seen[0] == b"ronde"
    assert len(server.inbox.mails) == 1
    assert not refused.permanent
    assert "535" in refused.sentence
    assert "wrong-guess" not in refused.sentence
    assert "MAIL_SECRET" in unset.sentence


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(("answer", "permanent"), [("550 No", True), ("451 Later", False)])
def test_five_hundreds_are_for_good_and_four_hundreds_for_now(serve, step, answer, permanent):
    server = serve(**{step: answer})

    refused = failure(settings(server.port))

    assert refused.permanent is permanent
    assert answer[:3] in refused.sentence


def test_a_refused_recipient_is_not_named_in_the_chain_of_errors(serve):
    refused = failure(settings(serve(rcpt="550 <jan@example.com> unknown").port))

    assert refused.__cause__ is None
    assert refused.__suppress_context__
    assert "jan" not in refused.sentence


def test_nobody_listening_fails_for_now(closed_port):
    refused = failure(settings(closed_port))

    assert not refused.permanent
    assert "ConnectionRefusedError" in refused.sentence


def test_a_server_that_hangs_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        refused = failure(settings(silent.getsockname()[1], timeout=1))

    assert not refused.permanent
    assert refused.unreachable


def test_a_server_that_says_a_letter_now_and_then_is_given_up_in_time():
    with socket.create_server(("127.0.0.1", 0)) as dripping:

        def drip():
            visitor, _ = dripping.accept()
            with visitor, contextlib.suppress(OSError):
                while True:
                    visitor.sendall(b"2")
                    time.sleep(0.1)

        slow = threading.Thread(target=drip)
        slow.start()
        began = time.monotonic()
        refused = failure(settings(dripping.getsockname()[1], timeout=1))
        took = time.monotonic() - began
        slow.join()

    assert refused.unreachable
    assert 0.9 < took < 3


def test_a_server_that_falls_silent_after_the_message_is_no_fault_of_the_message(serve):
    server = serve(data="421 closing")

    refused = failure(settings(server.port))

    assert refused.unreachable
    assert not refused.permanent


def test_a_server_that_greets_with_no_fails_for_now():
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def greet():
            visitor, _ = rude.accept()
            with visitor:
                visitor.sendall(b"554 go away\r\n")

        greeter = threading.Thread(target=greet)
        greeter.start()
        refused = failure(settings(rude.getsockname()[1]))
        greeter.join()

    assert not refused.permanent
    assert "554" in refused.sentence


@pytest.mark.parametrize("field", ["subject", "to", "locale"])
def test_a_header_cannot_be_smuggled_in(serve, field):
    server = serve()
    value = f"{getattr(a_message(), field)}\r\nBcc: other@example.com"

    refused = failure(settings(server.port), dataclasses.replace(a_message(), **{field: value}))

    assert refused.permanent
    assert server.inbox.mails == []


@pytest.mark.parametrize("field", ["subject", "locale"])
def test_text_that_looks_encoded_adds_no_header(serve, field):
    server = serve()
    message = dataclasses.replace(
        a_message(), **{field: "=?utf-8?q?Uw_idee=0ABcc:_x@example.com?="}
    )

    if field == "subject":
        NOTIFIER.send(message, settings(server.port))
    else:
        assert failure(settings(server.port), message).permanent

    for _, envelope in server.inbox.mails:
        assert message_from_bytes(envelope.content)["Bcc"] is None
    assert len(server.inbox.mails) == (field == "subject")


def test_a_body_cannot_end_the_message_early(serve):
    server = serve()
    body = "one\r\n.\r\nMAIL FROM:<evil@example.com>\r\n"

    NOTIFIER.send(dataclasses.replace(a_message(), body=body), settings(server.port))

    ((_, envelope),) = server.inbox.mails
    assert b"MAIL FROM" in envelope.content


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"username": "ronde"}, "password_env"),
        ({"username": "ronde", "password_env": "SECRET", "starttls": False}, "starttls"),
        ({"port": 0}, "port"),
        ({"port": 25.9}, "port"),
        ({"timeout": 0}, "timeout"),
        ({"sender": "nobody"}, "sender"),
        ({"host": ""}, "host"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(given, named):
    with pytest.raises(ValidationError) as refused:
        NOTIFIER.settings_schema().load(given)

    assert named in refused.value.messages


def test_encryption_is_the_default():
    assert NOTIFIER.settings_schema().load({})["starttls"] is True
