"""What may be told of the answers to one wave: counts, and scores with their uncertainty.

Counts below the threshold are hidden, with enough others that nobody works them out, per question
and over all its answers (``disclosure.suppress``).  A score is told from :data:`LEAST` people on.
The same answers always give the same summary.  Two summaries of nearly the same answers can be
compared; so a wave is summarised once, after it closed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pb_engine.disclosure import THRESHOLD, Cell, one_way, suppress
from pb_engine.errors import NotReady
from pb_engine.study.figures import Estimate, alpha, mean_difference, omega
from pb_engine.study.instruments import Answer, Instrument, Missing, Question, Score, WaveForm
from pb_engine.study.scoring import score_of

Figure = Callable[[Sequence[Sequence[float]]], float]
LEAST = 30
"""From so many people on a mean is told."""
_SHOWN_REASONS = (
    Missing.DONT_KNOW,
    Missing.PREFER_NOT,
    Missing.SKIPPED,
    Missing.NOT_SHOWN,
)


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """How often each answer was given.

    :ivar cells: by code of an answer or reason, in their order, shown or hidden.
    """

    question: Question
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """One score over a wave.

    :ivar scored: how many people have one.
    :ivar mean: with its uncertainty; ``None`` below :data:`LEAST` people.
    :ivar alpha: internal consistency over those who answered all its items; ``None`` where it
        does not exist or too few did.
    """

    score: Score
    scored: int
    mean: Estimate | None
    alpha: float | None
    omega: float | None


@dataclass(frozen=True, slots=True)
class WaveSummary:
    """One wave in numbers.

    :ivar sheets: how many people answered; ``None`` when there are fewer than the threshold.
    """

    wave: str
    sheets: int | None
    questions: tuple[QuestionSummary, ...]
    scores: tuple[ScoreSummary, ...]


def summarise(
    instrument: Instrument, form: WaveForm, sheets: Sequence[Mapping[str, Answer]]
) -> WaveSummary:
    """Return what may be told of the sheets of one wave; nothing of fewer than the threshold."""
    if len(sheets) < THRESHOLD:
        return WaveSummary(form.wave, None, (), ())
    asked = [one for item in form.items if (one := instrument.question(item)) is not None]
    scores = [one for one in instrument.scores if set(one.items) <= set(form.items)]
    return WaveSummary(
        form.wave,
        len(sheets),
        tuple(_question(one, sheets) for one in asked),
        tuple(_score(one, sheets) for one in scores),
    )


def _question(question: Question, sheets: Sequence[Mapping[str, Answer]]) -> QuestionSummary:
    given = [sheet.get(question.id, Missing.SKIPPED) for sheet in sheets]
    codes = [one.code for one in question.scale.options]
    counts = {code: given.count(code) for code in codes}
    counts |= {reason.value: given.count(reason) for reason in _SHOWN_REASONS if reason in given}
    hidden = suppress(one_way(counts), public={("*",)})
    return QuestionSummary(question, {code: hidden[(code,)] for code in counts})


def _score(score: Score, sheets: Sequence[Mapping[str, Answer]]) -> ScoreSummary:
    found = [one for sheet in sheets if (one := score_of(score, sheet)) is not None]
    mean = mean_difference([float(one) for one in found]) if len(found) >= LEAST else None
    whole = [
        [float(score.values[item][code]) for item, code in given]
        for sheet in sheets
        if len(given := _answered(score, sheet)) == len(score.items)
    ]
    enough = len(score.items) > 1 and len(whole) >= LEAST
    return ScoreSummary(
        score,
        len(found),
        mean,
        _existing(alpha, whole) if enough else None,
        _existing(omega, whole) if enough else None,
    )


def _answered(score: Score, sheet: Mapping[str, Answer]) -> list[tuple[str, str]]:
    given = ((item, sheet.get(item, Missing.SKIPPED)) for item in score.items)
    return [(item, one) for item, one in given if not isinstance(one, Missing)]


def _existing(figure: Figure, rows: Sequence[Sequence[float]]) -> float | None:
    try:
        return figure(rows)
    except NotReady:
        return None
