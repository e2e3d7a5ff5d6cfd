"""The register of ideas over all rounds."""

import dataclasses

import pytest

from pb_engine.services import phases, rounds
from pb_engine.services.idea_register import RegisterWishes, idea_register
from pb_engine.services.ideas import submit_idea, withdraw_idea
from tests.builders import DAY, a_draft, a_round, a_round_in, at, both
from tests.services.test_idea_list import counted
from tests.web.visitor import Visitor


@pytest.fixture
def two_rounds(staged):
    """A published round, and a later one that collects ideas."""
    visitor = Visitor(staged("published"))
    later = a_round()
    calendar = dataclasses.replace(
        later.calendar,
        **{
            name: dataclasses.replace(
                span, opens=span.opens + 365 * DAY, closes=span.closes + 365 * DAY
            )
            for name in ("ideas", "review", "appeal", "voting", "counting")
            if (span := getattr(later.calendar, name))
        },
        announced=later.calendar.announced + 365 * DAY,
        result=later.calendar.result + 365 * DAY,
    )
    later = dataclasses.replace(
        later,
        slug="later-2028",
        name=both("Later beter", "Better later"),
        calendar=calendar,
        voters=dataclasses.replace(later.voters, reference_date=calendar.voting.opens),
    )
    visitor.at(calendar.ideas.start + DAY)
    rounds.add_round(visitor.engine, later, "team")
    phases.take_step(visitor.engine, "later-2028", "open_ideas", "team")
    visitor.made = submit_idea(visitor.engine, "later-2028", a_draft("Nieuwe schommel"))
    return visitor


def titles(page):
    return [part.split("</bdi>")[0] for part in page.html.split("<bdi>")[1:]]


def test_all_rounds_are_in_it_the_newest_ideas_first(two_rounds):
    page = two_rounds.get("/ideeen")
    assert titles(page) == ["Nieuwe schommel", "AED", "Speeltoestel", "Moestuin", "Bankjes"]
    assert "Later beter" in page.text
    assert page.text.index("Later beter") < page.text.index("Proefwijk beter")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ronde=later-2028", ["Nieuwe schommel"]),
        ("stand=submitted", ["Nieuwe schommel"]),
        ("ronde=proef-2027&stand=submitted", []),
        ("zoek=schommel", ["Nieuwe schommel"]),
        ("zoek=tuin", ["Moestuin"]),
        ("zoek=tuin&ronde=later-2028", []),
        ("volgorde=title&stand=on_ballot", ["AED", "Bankjes", "Moestuin", "Speeltoestel"]),
        ("volgorde=cost&ronde=proef-2027", ["AED", "Bankjes", "Moestuin", "Speeltoestel"]),
    ],
)
def test_it_can_be_filtered_by_round_stand_and_words(two_rounds, query, found):
    page = two_rounds.get(f"/ideeen?{query}")
    assert page.status == 200
    assert titles(page) == found


def test_what_it_does_not_know_is_named_and_asks_nothing(two_rounds):
    page = two_rounds.get("/ideeen?ronde=weg&stand=onzin&volgorde=x&blad=99")
    assert "Deze keuze kennen wij niet: ronde, stand, volgorde." in page.text
    assert len(titles(page)) == 5


def test_an_idea_that_was_taken_back_is_not_in_it_but_keeps_its_address(two_rounds):
    idea = two_rounds.made.idea.id
    withdraw_idea(two_rounds.engine, "later-2028", idea, two_rounds.made.idea_code)
    assert "Nieuwe schommel" not in two_rounds.get("/ideeen").text
    assert "teruggetrokken" in two_rounds.get(f"/idee/{idea}").text


def test_it_costs_as_many_statements_for_any_number_of_ideas(two_rounds):
    with counted() as few:
        idea_register(two_rounds.engine, RegisterWishes(text="bankjes"))
    for number in range(5):
        late = at(two_rounds.engine, two_rounds.engine.clock() + number * DAY / 10)
        submit_idea(late, "later-2028", a_draft(f"Nog een {number}"))
    with counted() as more:
        idea_register(two_rounds.engine, RegisterWishes(text="bankjes"))
    assert len(few) == len(more) <= 6


def test_an_installation_without_ideas_says_so(tmp_path):
    visitor = Visitor(a_round_in(tmp_path, "draft"))
    assert "Er zijn nog geen ideeën." in visitor.get("/ideeen").text
