"""The form in which an official notes what a council decided."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.services.council import NewDecision
from web.forms.desk_progress import day_of
from web.forms.money import cents


def read_decision(sent: Mapping[str, str]) -> NewDecision:
    """Return what a form says; the service checks it."""
    try:
        decided_on = day_of(sent.get("decided_on", ""))
    except ValueError:
        decided_on = None
    return NewDecision(
        project=sent.get("project", ""),
        funded=sent.get("funded", "") == "ja",
        amount_cents=cents(sent.get("amount", "")),
        reference=sent.get("reference", ""),
        decided_on=decided_on,
        reason=sent.get("reason", ""),
    )
