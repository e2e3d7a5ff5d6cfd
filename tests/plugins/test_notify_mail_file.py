import dataclasses
from email import message_from_bytes, policy

import pytest

from pb_engine.api import DeliveryFailed
from pb_engine.plugins.mail_file import pb_register_notifiers
from pb_engine.testing import NotifierContract, a_message

(NOTIFIER,) = pb_register_notifiers()


class TestMailFileKeepsTheContract(NotifierContract):
    notifier = NOTIFIER

    @pytest.fixture(autouse=True)
    def _folders(self, tmp_path):
        blocked = tmp_path / "a_file"
        blocked.write_text("not a folder", encoding="utf-8")
        self.settings = {"folder": str(tmp_path / "mail")}
        self.broken_settings = {"folder": str(blocked / "mail")}


@pytest.fixture
def send(tmp_path):
    settings = NOTIFIER.settings_schema().load({"folder": str(tmp_path / "mail")})

    def send_one(message):
        NOTIFIER.send(message, settings)
        return sorted((tmp_path / "mail").iterdir())

    return send_one


def test_a_message_becomes_a_file_that_a_mail_program_reads(send):
    (path,) = send(a_message())
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)

    assert path.suffix == ".eml"
    assert mail["To"] == "jan@example.com"
    assert mail["Subject"] == a_message().subject
    assert mail["Content-Language"] == "nl"
    assert mail.get_content().splitlines() == a_message().body.splitlines()


def test_a_second_delivery_writes_the_same_file_with_the_same_bytes(send):
    (first,) = send(a_message())
    before = first.read_bytes()

    assert send(a_message()) == [first]
    assert first.read_bytes() == before


def test_two_keys_are_two_files(send):
    send(a_message(key="one"))

    assert len(send(a_message(key="two"))) == 2


@pytest.mark.parametrize("key", ["../../etc/passwd", "/tmp/x", "a\0b", "é" * 500, "\ud800", ""])
def test_no_key_writes_outside_the_folder(send, tmp_path, key):
    (path,) = send(a_message(key=key))

    assert path.parent == tmp_path / "mail"
    assert [entry.name for entry in tmp_path.iterdir()] == ["mail"]


def test_a_domain_with_accents_is_written_as_mail_servers_know_it(send):
    (path,) = send(a_message(to="jan@café.example"))

    assert b"To: jan@xn--caf-dma.example" in path.read_bytes()


@pytest.mark.parametrize("changed", [{"subject": "\ud800"}, {"body": "\ud800"}, {"locale": "a\nb"}])
def test_what_cannot_be_written_fails_for_good_and_leaves_no_file(send, tmp_path, changed):
    with pytest.raises(DeliveryFailed) as failure:
        send(dataclasses.replace(a_message(), **changed))

    assert failure.value.permanent
    assert not (tmp_path / "mail").exists()


def test_a_file_that_cannot_be_put_in_place_leaves_no_half_file(send, tmp_path):
    (path,) = send(a_message())
    path.unlink()
    (path / "in the way").mkdir(parents=True)

    with pytest.raises(DeliveryFailed) as failure:
        send(a_message())

    assert not failure.value.permanent
    assert list((tmp_path / "mail").iterdir()) == [path]


@pytest.mark.parametrize(
    "sender", ["", "nobody", "é@example.com", "a@b.nl, c@d.nl", "a@b.nl\nX: y"]
)
def test_a_sender_that_is_no_address_is_refused_before_any_message(sender):
    assert "sender" in NOTIFIER.settings_schema().validate({"sender": sender})


@pytest.mark.parametrize(
    "subject",
    ["=?utf-8?q?Uw_idee=0ABcc:_x@example.com?=", "==??utf-8?q?a=0D=0ABcc:b?=", "x" * 999 + " =?"],
)
def test_a_subject_that_looks_encoded_adds_no_header(send, subject):
    (path,) = send(dataclasses.replace(a_message(), subject=subject))
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)

    assert mail["Bcc"] is None
    assert mail["Subject"] == subject.replace("=?", "= ?")


def test_a_language_that_smuggles_a_header_fails_for_good(send, tmp_path):
    with pytest.raises(DeliveryFailed) as failure:
        send(dataclasses.replace(a_message(), locale="=?utf-8?q?nl=0ABcc:_x@example.com?="))

    assert failure.value.permanent
    assert not (tmp_path / "mail").exists()
