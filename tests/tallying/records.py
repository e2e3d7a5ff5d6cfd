"""Records of small rounds, really counted."""

from __future__ import annotations

from dataclasses import replace

from pb_engine.errors import TallyRefused
from pb_engine.plugins import equal_shares, greedy, score_totals
from pb_engine.tallying.record import MethodChoice
from pb_engine.tallying.recount import record_election
from pb_engine.testing.records import a_record

METHODS = {
    method.card.name: method
    for plugin in (greedy, equal_shares, score_totals)
    for method in plugin.pb_register_voting_methods()
}


def tally(choice, election):
    """Count as a caller of ``recount`` does."""
    if choice.name not in METHODS:
        raise TallyRefused(f"no method {choice.name!r} here")
    method = METHODS[choice.name]
    return method.tally(election, method.settings_schema().load(dict(choice.settings)))


def counted(**changes):
    """A record whose outcomes are what its ballots give."""
    record = replace(a_record(), **changes)
    election = record_election(record)
    compared = [MethodChoice("equal_shares", "1", {"completion": "none"})]
    return replace(
        record,
        outcome=tally(record.method, election),
        compared=tuple((choice, tally(choice, election)) for choice in compared),
    )
