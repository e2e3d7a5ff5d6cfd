import dataclasses
from datetime import UTC, datetime

import pytest

from pb_engine.domain.events import EVENTS, FIRST, Event, chain, check_chain
from pb_engine.errors import StoreProblem

NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)


def a_chain(length=4):
    entries, previous = [], FIRST
    for number in range(1, length + 1):
        event = Event("idea_submitted", "proef-2027", "resident", {"idea": f"i{number}"})
        entries.append(chain(number, event, NOW, previous))
        previous = entries[-1].hash
    return entries


def test_a_whole_chain_is_counted():
    assert check_chain(a_chain()) == 4
    assert check_chain([]) == 0


@pytest.mark.parametrize("place", range(3))
def test_a_removed_entry_breaks_the_chain(place):
    entries = a_chain()
    del entries[place]
    with pytest.raises(StoreProblem):
        check_chain(entries)


@pytest.mark.parametrize(
    "change",
    [
        {"hash": "0" * 64},
        {"number": 9},
        {"at": datetime(2027, 5, 2, tzinfo=UTC)},
        {"event": Event("idea_submitted", "proef-2027", "resident", {"idea": "anders"})},
    ],
)
def test_a_changed_entry_breaks_the_chain(change):
    entries = a_chain()
    entries[1] = dataclasses.replace(entries[1], **change)
    with pytest.raises(StoreProblem, match="entry 2"):
        check_chain(entries)


def test_an_event_outside_the_list_is_refused():
    with pytest.raises(ValueError, match="not in the list"):
        Event("ballot_cast", "proef-2027", "resident", {})
    with pytest.raises(ValueError, match="not in the list"):
        Event("idea_submitted", "proef-2027", "resident", {"idea": "i1", "name": "Sanne"})


def test_no_event_is_about_a_ballot_or_names_a_resident():
    assert not any("cast" in name for name in EVENTS)
    forbidden = {"name", "email", "code", "receipt", "choice", "voter", "address"}
    assert not forbidden & {fact for facts in EVENTS.values() for fact in facts}
