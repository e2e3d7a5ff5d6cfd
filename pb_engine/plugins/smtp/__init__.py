"""Notifier: hands messages to a mail server."""

from __future__ import annotations

from pb_engine.api import Notifier, hookimpl
from pb_engine.plugins.smtp.notifier import Smtp


@hookimpl
def pb_register_notifiers() -> list[Notifier]:
    """Offer the notifier ``smtp``."""
    return [Smtp()]
