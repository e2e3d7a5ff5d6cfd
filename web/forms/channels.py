"""The form with the channel plan of a round: five slots at once."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.services.channels import SLOTS, ChannelSlot
from web.forms.activity import count_of


def read_slots(sent: Mapping[str, str]) -> list[ChannelSlot]:
    """Return what the form says of each slot; the service checks it."""
    return [
        ChannelSlot(
            who=sent.get(f"who-{at}", ""),
            ways=sent.get(f"ways-{at}", ""),
            moments=sent.get(f"moments-{at}", ""),
            by_whom=sent.get(f"by_whom-{at}", ""),
            done=sent.get(f"done-{at}") == "ja",
            reached=count_of(sent.get(f"reached-{at}", "").strip()),
        )
        for at in range(1, SLOTS + 1)
    ]
