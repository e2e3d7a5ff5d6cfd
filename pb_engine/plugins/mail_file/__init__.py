"""Notifier: writes each message as a file that any mail program opens."""

from __future__ import annotations

from pb_engine.api import Notifier, hookimpl
from pb_engine.plugins.mail_file.notifier import MailFile


@hookimpl
def pb_register_notifiers() -> list[Notifier]:
    """Offer the notifier ``mail_file``."""
    return [MailFile()]
