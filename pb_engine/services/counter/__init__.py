"""The counter: an officer helps somebody to their own voting right, and never sees a choice."""

from __future__ import annotations

from pb_engine.services.counter.organisations import give_organisation_code
from pb_engine.services.counter.pairs import (
    Decided,
    Waiting,
    decide_on_right,
    propose_on_right,
    waiting_changes,
)
from pb_engine.services.counter.people import (
    AtCounter,
    Search,
    at_counter,
    find_people,
    find_people_by,
    knows_people,
)
from pb_engine.services.counter.proxies import Proxy, give_proxy, proxies_left
from pb_engine.services.counter.rights import (
    give_code,
    hand_out_paper,
    hand_out_paper_for_code,
    let_vote_here,
    votes_here,
)

__all__ = [
    "AtCounter",
    "Decided",
    "Proxy",
    "Search",
    "Waiting",
    "at_counter",
    "decide_on_right",
    "find_people",
    "find_people_by",
    "give_code",
    "give_organisation_code",
    "give_proxy",
    "hand_out_paper",
    "hand_out_paper_for_code",
    "knows_people",
    "let_vote_here",
    "propose_on_right",
    "proxies_left",
    "votes_here",
    "waiting_changes",
]
