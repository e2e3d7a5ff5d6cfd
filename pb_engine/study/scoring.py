"""Scores, computed exactly as the instrument declares them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pb_engine.study.instruments import Adding, Answer, Instrument, Missing, Score


def scores_of(instrument: Instrument, answers: Mapping[str, Answer]) -> dict[str, Fraction | None]:
    """Return every score by its id; ``None`` where too few items were answered.

    What is missing is never nought and never filled in.
    """
    return {score.id: score_of(score, answers) for score in instrument.scores}


def score_of(score: Score, answers: Mapping[str, Answer]) -> Fraction | None:
    """Return one score.

    :raises KeyError: an answer is on no scale; :func:`read_answers` lets none through.
    """
    given = {item: answers.get(item, Missing.SKIPPED) for item in score.items}
    counted = [
        score.values[item][answer]
        for item, answer in given.items()
        if not isinstance(answer, Missing)
    ]
    if len(counted) < score.least:
        return None
    total = sum(counted, Fraction(0))
    return score.times * (total / len(counted) if score.adding is Adding.MEAN else total)
