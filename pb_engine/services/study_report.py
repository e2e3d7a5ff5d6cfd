"""The trust study of a round in numbers, for its researchers; nothing before voting has closed."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.disclosure import Shown
from pb_engine.domain.rounds import Round
from pb_engine.engine import Engine
from pb_engine.errors import UnknownDownload
from pb_engine.services.rounds import stored_round
from pb_engine.services.study_answers import answers_of, closed
from pb_engine.services.surveys import AskedSurvey, asked_surveys, said
from pb_engine.store.study import Answers
from pb_engine.study import Answer, Missing, ddi_of
from pb_engine.study.summary import QuestionSummary, ScoreSummary, summarise
from pb_engine.units import LocalText

_REASONS = {one.value: one for one in Missing}


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How often an answer was given.

    :ivar label: ``None`` for a reason why there is no answer; then ``code`` names it.
    :ivar count: ``None`` where it is hidden.
    """

    code: str
    label: LocalText | None
    count: int | None


@dataclass(frozen=True, slots=True)
class ScoreNumbers:
    """A score over a wave; ``mean`` and the rest are ``None`` where too few people have it."""

    label: LocalText
    scored: int
    mean: float | None
    low: float | None
    high: float | None
    alpha: float | None
    omega: float | None


@dataclass(frozen=True, slots=True)
class WaveReport:
    """One wave of a survey.

    :ivar sheets: how many people answered; ``None`` when they are too few to tell anything.
    :ivar questions: the text of each question with its answers.
    """

    wave: str
    sheets: int | None
    questions: tuple[tuple[LocalText, tuple[AnswerCount, ...]], ...]
    scores: tuple[ScoreNumbers, ...]


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """One survey of a round.

    :ivar digest: of the instrument file; empty for a survey that a plugin asks in code.
    :ivar waves: one per wave that the round asks; empty while people vote.
    """

    name: str
    title: LocalText
    version: str
    digest: str
    waves: tuple[WaveReport, ...]


@dataclass(frozen=True, slots=True)
class StudyPage:
    """The surveys of a round.

    :ivar closed: whether numbers may be told.
    """

    round: Round
    closed: bool
    surveys: tuple[SurveyReport, ...]


def study_page(engine: Engine, slug: str) -> StudyPage:
    """Return what may be told of the surveys of a round.

    :raises UnknownRound: no round has this slug.
    """
    round_ = stored_round(engine, slug).round
    told = closed(engine, round_.slug)
    reports = []
    for name, asked in asked_surveys(engine, slug):
        given = answers_of(engine, slug, name) if told else ()
        waves = tuple(_wave(one, given) for one in asked) if told else ()
        made = asked[0].instrument
        reports.append(SurveyReport(name, made.title, made.version, made.digest, waves))
    return StudyPage(round_, told, tuple(reports))


def codebook(engine: Engine, slug: str, survey: str) -> bytes:
    """Return the codebook of a survey of a round as DDI 2.5.

    :raises UnknownDownload: the round asks no such survey.
    :raises UnknownRound: no round has this slug.
    """
    for name, asked in asked_surveys(engine, slug):
        if name == survey:
            return ddi_of(asked[0].instrument)
    raise UnknownDownload(f"this round asks no survey {survey!r}")


def _wave(asked: AskedSurvey, given: tuple[Answers, ...]) -> WaveReport:
    mine = [
        {item: _answer(code) for item, code in one.values.items()}
        for one in given
        if one.moment == asked.moment and one.version == asked.survey.card.version
    ]
    made = summarise(asked.instrument, asked.form, mine)
    questions = tuple((said(one.question.text, asked), _counts(one)) for one in made.questions)
    return WaveReport(made.wave, made.sheets, questions, tuple(map(_numbers, made.scores)))


def _counts(told: QuestionSummary) -> tuple[AnswerCount, ...]:
    labels = {one.code: one.label for one in told.question.scale.options}
    return tuple(
        AnswerCount(code, labels.get(code), cell.count if isinstance(cell, Shown) else None)
        for code, cell in told.cells.items()
    )


def _numbers(told: ScoreSummary) -> ScoreNumbers:
    mean = told.mean
    return ScoreNumbers(
        told.score.label,
        told.scored,
        mean.value if mean else None,
        mean.low if mean else None,
        mean.high if mean else None,
        told.alpha,
        told.omega,
    )


def _answer(code: str) -> Answer:
    return _REASONS.get(code, code)
