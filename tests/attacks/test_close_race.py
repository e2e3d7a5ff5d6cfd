"""T79: every ballot that was acknowledged is in the box before the mark of the close."""

from tests.attacks.close_race import AFTERWARDS, CASTS, races

ROUNDS = 10


def test_forty_casts_that_race_the_close_are_in_before_it_or_get_a_signed_refusal(urls, tmp_path):
    figures = races(urls, tmp_path, ROUNDS, seed=5)
    assert figures.rounds == ROUNDS
    assert figures.accepted + figures.refused == ROUNDS * CASTS
    assert (figures.missing, figures.late, figures.unsigned) == (0, 0, 0)
    assert figures.accepted > 0
    assert figures.refused >= ROUNDS * AFTERWARDS
