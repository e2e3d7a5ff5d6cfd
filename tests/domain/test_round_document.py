import copy

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.domain.round_document import read_round, round_document
from pb_engine.domain.rounds import Trustees
from pb_engine.errors import InvalidRound
from tests.builders import a_round


@pytest.fixture
def document():
    return round_document(a_round())


def test_a_round_survives_its_document(document):
    assert read_round(document, "proef.toml") == a_round()


def test_a_round_with_trustees_survives_its_document():
    round_ = a_round(trustees=Trustees(3, 5))
    assert read_round(round_document(round_), "proef.toml") == round_
    assert "trustees" not in round_document(a_round())


def test_equal_rounds_have_equal_canonical_bytes(document):
    again = round_document(read_round(document, "proef.toml"))
    assert canonical_json(again) == canonical_json(document)


def changed(document, path, value):
    new = copy.deepcopy(document)
    at = new
    *parents, last = path.split(".")
    for key in parents:
        at = at[int(key)] if key.isdigit() else at[key]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return new


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("fund.budget_cents", -1, "fund.budget_cents: must be 0"),
        ("fund.budget_cents", 10.5, "fund.budget_cents"),
        ("fund.budget_cents", "veel", "fund.budget_cents"),
        ("fund.source", "loterij", "wijkbudget"),
        ("slug", "Met Spaties", "slug: must be lower case"),
        ("name.en", ..., "name.en: Missing"),
        ("ballot.format", "gokken", "approval"),
        ("ballot.max_choices", 0, "ballot.max_choices: must be a whole number from 1"),
        ("ballot.min_choices", 9, "ballot.min_choices: must not be above"),
        ("calendar.voting.opens", "31 mei", "calendar.voting.opens"),
        ("calendar.voting.closes", "2027-05-01", "calendar.voting.closes: must not be before"),
        ("voters.areas", ["atlantis"], "atlantis"),
        ("criteria", [], "criteria"),
        ("identity_checks", [], "identity_checks"),
        ("contact.email", "geen adres", "contact.email"),
        ("languages", ["kl"], "languages.0"),
        ("trustees", {"shares": 5, "threshold": 6}, "trustees.threshold: must not be above shares"),
        ("trustees", {"shares": 256, "threshold": 1}, "trustees.shares: must be a whole number"),
        ("trustees", {"shares": 5, "threshold": 0}, "trustees.threshold: must be a whole number"),
        ("trustees", {"shares": 5}, "trustees.threshold: Missing"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_what_is_allowed(document, path, value, words):
    with pytest.raises(InvalidRound) as refused:
        read_round(changed(document, path, value), "fout.toml")
    assert "fout.toml: " in refused.value.sentence
    assert words in refused.value.sentence


def test_an_unknown_key_is_refused(document):
    with pytest.raises(InvalidRound, match="budgett: Unknown"):
        read_round({**document, "budgett": 5}, "fout.toml")


def test_every_mistake_is_told_at_once(document):
    wrong = changed(changed(document, "slug", "X"), "fund.budget_cents", -5)
    with pytest.raises(InvalidRound) as refused:
        read_round(wrong, "fout.toml")
    assert refused.value.details["mistakes"] == 2


def test_a_basket_needs_a_spending_limit(document):
    with pytest.raises(InvalidRound, match="spend_limit_cents: is required"):
        read_round(changed(document, "ballot.format", "basket"), "fout.toml")


def test_two_criteria_with_one_number_are_refused(document):
    twice = [document["criteria"][0], document["criteria"][0]]
    with pytest.raises(InvalidRound, match="own number"):
        read_round({**document, "criteria": twice}, "fout.toml")
