"""What a council decided otherwise, beside what was counted."""

from datetime import date

from pb_engine.domain.council import CouncilDecision, DecisionState, granted, in_force

COUNTED = {"bankjes": 300, "aed": 200}


def decided(number, project, amount, state=DecisionState.AGREED):
    told = ("B-1", date(2027, 6, 3), "Een goede reden.", "kim")
    return CouncilDecision(number, project, amount > 0, amount, *told, state, "noor")


def test_without_a_decision_what_was_counted_is_what_is_given():
    assert granted(COUNTED, []) == COUNTED
    waiting = decided(1, "bankjes", 0, DecisionState.PROPOSED)
    refused = decided(2, "aed", 0, DecisionState.REFUSED)
    assert granted(COUNTED, [waiting, refused]) == COUNTED


def test_a_decision_takes_gives_and_changes_and_the_order_of_the_count_stays():
    told = [decided(1, "moestuin", 150), decided(2, "bankjes", 100), decided(3, "aed", 0)]
    assert list(granted(COUNTED, told).items()) == [("bankjes", 100), ("moestuin", 150)]


def test_of_two_decisions_about_one_project_the_newest_is_in_force():
    told = [decided(1, "aed", 0), decided(2, "aed", 50)]
    assert in_force(told)["aed"].number == 2
    assert granted(COUNTED, told)["aed"] == 50
