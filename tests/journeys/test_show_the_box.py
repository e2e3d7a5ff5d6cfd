"""The show of the ballot box in its short form: thirty ballots, and everything else as it is."""

import os

import pytest

from tests.journeys.show_the_box import show, two_clusters

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


def test_from_the_ceremony_to_ten_refused_lies_in_three_processes(tmp_path):
    with two_clusters() as urls:
        if urls is None:
            sentence = "this show needs PostgreSQL's server programs: install postgresql"
            if os.environ.get("CI") == "true":
                pytest.fail(sentence)
            pytest.skip(sentence)
        shown = show(tmp_path, urls, ballots=30)
    assert (shown.counted, shown.replaced, shown.killed) == (29, 1, 1)
    assert shown.funded == shown.expected == ("AED", "Bankjes", "Moestuin")
    assert shown.checks > 35
    assert len({place for place, *_ in shown.refusals}) == 10
    assert all(sentences for _, *sentences in shown.refusals)
    assert shown.leaked == shown.shares_on_disk == ()
