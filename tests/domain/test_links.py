"""Ideas that exclude or need each other: what may be linked, and what the count gets."""

from datetime import date

import pytest

from pb_engine.domain.links import Link, LinkKind, check_link, missing_needs, with_links
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import WrongIdeaState
from pb_engine.units import IdeaId
from tests.builders import a_round

A, B, C, D = (IdeaId(one) for one in "abcd")


def link(kind, idea, other):
    return Link(f"{idea}{other}", kind, idea, other, "Het is dezelfde plek.", date(2027, 3, 1), "k")


def needs(idea, other):
    return link(LinkKind.NEEDS, idea, other)


def excludes(idea, other):
    return link(LinkKind.EXCLUSIVE, idea, other)


@pytest.mark.parametrize(
    ("known", "new", "problem"),
    [
        ((), needs(A, A), "link_same"),
        ((excludes(A, B),), excludes(B, A), "link_twice"),
        ((excludes(A, B),), needs(B, A), "link_twice"),
        ((needs(A, B),), needs(B, A), "link_twice"),
        ((needs(A, B), needs(B, C)), needs(C, A), "link_circle"),
    ],
)
def test_a_link_that_cannot_be_is_refused(known, new, problem):
    with pytest.raises(WrongIdeaState) as refused:
        check_link(known, new)
    assert refused.value.details["problem"] == problem


def test_links_that_say_something_new_are_taken():
    check_link((needs(A, B), needs(B, C)), needs(A, C))
    check_link((needs(A, B),), excludes(A, C))
    check_link((needs(A, B), needs(C, B)), needs(D, A))


def test_the_method_gets_the_links_between_projects_on_the_paper_beside_its_own_settings():
    method = PluginChoice("greedy", {"exclusive": [["x", "y"]], "minimum_votes": 3})
    links = (excludes(A, B), needs(B, C), excludes(A, D), needs(D, A))
    settings = with_links(a_round(voting_method=method), links, {"a", "b", "c"})
    assert settings.voting_method.settings == {
        "minimum_votes": 3,
        "exclusive": [["x", "y"], ["a", "b"]],
        "conditions": [{"project": "b", "needs": "c"}],
    }


def test_a_round_without_links_stays_as_it_is():
    round_ = a_round()
    assert with_links(round_, (), {"a"}) is round_
    assert with_links(round_, (excludes(A, B),), {"a"}) is round_


def test_a_need_that_is_not_on_the_paper_is_found():
    lost = missing_needs((needs(A, B), needs(C, A), excludes(A, D)), {"a", "c"})
    assert lost == (needs(A, B),)
