"""The contract bites: it refuses the notifier that it is there to refuse."""

import pytest

from pb_engine.api import DeliveryFailed
from pb_engine.plugins.mail_file import pb_register_notifiers
from pb_engine.testing import NotifierContract, a_message
from tests.plugins.verdicts import verdicts

GoodNotifier = type(pb_register_notifiers()[0])


@pytest.fixture
def notified(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    def run(notifier):
        contract = NotifierContract()
        contract.notifier = notifier
        contract.settings = {"folder": str(tmp_path / "mail")}
        contract.broken_settings = {"folder": str(blocked / "mail")}
        return verdicts(contract)

    return run


def test_a_good_notifier_passes_everything(notified):
    assert notified(GoodNotifier()) == set()


class FailingFirst(GoodNotifier):
    """Fails in a way of its own before the good notifier gets a word in."""

    def __init__(self, error):
        self.error = error

    def send(self, message, settings):
        try:
            super().send(message, settings)
        except DeliveryFailed as problem:
            raise self.error(message, problem) from None


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (
            lambda *_: RuntimeError("anything"),
            {
                "test_settings_that_reach_nobody_fail_for_now",
                "test_nobody_can_smuggle_in_a_header",
                "test_what_is_no_address_fails_for_good",
                "test_a_failure_does_not_repeat_the_address",
            },
        ),
        (
            lambda message, problem: DeliveryFailed(message.to, permanent=problem.permanent),
            {"test_a_failure_does_not_repeat_the_address"},
        ),
        (
            lambda *_: DeliveryFailed("no", permanent=True),
            {"test_settings_that_reach_nobody_fail_for_now"},
        ),
        (
            lambda *_: DeliveryFailed("no"),
            {"test_nobody_can_smuggle_in_a_header", "test_what_is_no_address_fails_for_good"},
        ),
    ],
)
def test_a_notifier_that_fails_in_the_wrong_way_is_found(notified, error, found):
    assert notified(FailingFirst(error)) == found


def test_a_notifier_that_delivers_nothing_and_says_nothing_is_found(notified):
    class Notifier(GoodNotifier):
        def send(self, message, settings):
            pass

    assert "test_settings_that_reach_nobody_fail_for_now" in notified(Notifier())


def test_the_example_message_holds_what_breaks_mail():
    assert "\n.\n" in a_message().body
    assert not a_message().subject.isascii()
