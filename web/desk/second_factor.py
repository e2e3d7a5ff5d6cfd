"""The second factor: an authenticator app and nothing else; each code is accepted once."""

from __future__ import annotations

import threading

from flask_security import Totp, UserMixin
from flask_security.forms import Form, TwoFactorSetupForm
from passlib.totp import TotpMatch  # type: ignore[import-untyped]
from wtforms import RadioField, StringField  # type: ignore[import-untyped]


class AppOnlySetup(TwoFactorSetupForm):
    """Offers no choice of methods: the page has one button for the app."""

    setup = StringField()


class NoRescue(Form):
    """Takes the place of the library's form for mailing an administrator; no page shows it."""

    help_setup = RadioField(choices=[])


class OneTimeTotp(Totp):
    """Refuses a code that was used already: whoever looks over a shoulder comes too late.

    What was used is remembered in this program only; a code lives a minute and a half.
    """

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._lock = threading.Lock()
        self._used: dict[int, int] = {}

    def get_last_counter(self, user: UserMixin) -> int | None:
        """Return the moment of the last code that this account used."""
        with self._lock:
            return self._used.get(user.id)

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember the moment of a code that was accepted."""
        with self._lock:
            self._used[user.id] = tmatch.counter
