"""Surveys of a round: shown after the ballot, answered or skipped, stored apart from everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from pb_engine.api import InstrumentSurvey, Item, Questionnaire, SurveyMoment, TrustSurvey
from pb_engine.api.instrument_survey import WAVE_OF, places_of
from pb_engine.domain.rounds import PluginChoice
from pb_engine.engine import Engine
from pb_engine.errors import InvalidAnswers
from pb_engine.pluginhost import load_settings, pick
from pb_engine.sealing.study_codes import new_study_code, study_id, written_study_code
from pb_engine.services.study_answers import keep_sheet
from pb_engine.store.study import Sheet
from pb_engine.study import (
    Answer,
    Instrument,
    Missing,
    Option,
    Question,
    Scale,
    Status,
    WaveForm,
    read_answers,
)
from pb_engine.units import LocalText, RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as somebody sees it.

    :ivar options: code and label of each answer, in the order shown.
    :ivar numbers: whether only the first and the last answer have words.
    """

    id: str
    text: LocalText
    options: tuple[tuple[str, LocalText], ...]
    numbers: bool
    dont_know: bool
    prefer_not: bool


@dataclass(frozen=True, slots=True)
class ShownSurvey:
    """A survey by name, with what is asked: texts are filled in.

    :ivar pages: the questions, page by page.
    """

    name: str
    consent: LocalText
    pages: tuple[tuple[ShownQuestion, ...], ...]

    @property
    def questions(self) -> tuple[ShownQuestion, ...]:
        """All questions in their order."""
        return tuple(one for page in self.pages for one in page)


@dataclass(frozen=True, slots=True)
class AskedSurvey:
    """A survey at one moment of a round.

    :ivar places: what its texts are filled in with.
    """

    survey: TrustSurvey
    moment: str
    instrument: Instrument
    form: WaveForm
    places: Mapping[str, str | LocalText]


def questionnaire_for(engine: Engine, slug: str, moment: str) -> tuple[ShownSurvey, ...]:
    """Return the surveys of a round for a moment.

    A survey plugin that fails is left out: it never stands between a voter and a receipt.

    :raises UnknownRound: no round has this slug.
    """
    shown = []
    for choice in _choices(engine, slug):
        try:
            asked = _asked(engine, choice, SurveyMoment(moment))
            if asked is not None:
                shown.append(_shown(choice.name, asked))
        except Exception as problem:  # noqa: BLE001 - a survey may fail in any way
            _log.warning("survey left out", survey=choice.name, problem=type(problem).__name__)
    return tuple(shown)


def asked_surveys(engine: Engine, slug: str) -> tuple[tuple[str, tuple[AskedSurvey, ...]], ...]:
    """Return the surveys of a round by name, each with the moments at which it is asked.

    :raises UnknownRound: no round has this slug.
    :raises PluginProblem: a survey of the round is not there.
    """
    found = []
    for choice in _choices(engine, slug):
        moments = (_asked(engine, choice, moment) for moment in SurveyMoment)
        if asked := tuple(one for one in moments if one is not None):
            found.append((choice.name, asked))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet.

    :ivar answered: how many items were answered.
    :ivar code: with it the giver finds his answers again, now and never later; empty where nothing
        was kept.
    """

    answered: int
    code: str


def take_answers(
    engine: Engine, slug: str, moment: str, survey_name: str, answers: Mapping[str, str]
) -> Taken:
    """Put the answers to one survey into the waiting room.

    Kept are the answers and where somebody did not know, and nothing of the voter, the ballot or
    the receipt.  A sheet on which nothing was said is not kept.

    :raises InvalidAnswers: the round has no such survey now, or an answer is off its scale.
    """
    choice = next((one for one in _choices(engine, slug) if one.name == survey_name), None)
    asked = _asked(engine, choice, SurveyMoment(moment)) if choice else None
    if asked is None:
        raise InvalidAnswers("this round does not ask this survey")
    given = read_answers(asked.instrument, asked.form, answers)
    said = [one for one in given.values() if not isinstance(one, Missing)]
    if not said and not {Missing.DONT_KNOW, Missing.PREFER_NOT} & set(given.values()):
        return Taken(0, "")
    values = {item: _written(one) for item, one in given.items() if one is not Missing.NOT_SHOWN}
    code = new_study_code()
    sid = study_id(code, round_id=slug)
    keep_sheet(engine, slug, Sheet(survey_name, asked.survey.card.version, moment, values, sid))
    return Taken(len(said), written_study_code(code))


def _written(answer: Answer) -> str:
    return answer.value if isinstance(answer, Missing) else answer


def _choices(engine: Engine, slug: str) -> tuple[PluginChoice, ...]:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round.surveys


def _asked(engine: Engine, choice: PluginChoice, moment: SurveyMoment) -> AskedSurvey | None:
    survey = pick(engine.plugins.trust_surveys, choice.name, "trust survey")
    if moment not in survey.moments:
        return None
    settings = load_settings(survey, choice.settings)
    if isinstance(survey, InstrumentSurvey):
        form = survey.instrument.form(WAVE_OF[moment])
        places = places_of(settings)
        return (
            None
            if form is None
            else AskedSurvey(survey, moment.value, survey.instrument, form, places)
        )
    made = _instrument(survey, survey.questionnaire(moment, settings))
    return AskedSurvey(survey, moment.value, made, made.waves[0], {})


def _instrument(survey: TrustSurvey, paper: Questionnaire) -> Instrument:
    """Return what a plugin asks in code as an instrument, so that one path reads all answers."""
    questions = tuple(_question(item) for item in paper.items)
    pages = tuple((one.id,) for one in questions)
    return Instrument(
        name=survey.card.name,
        version=survey.card.version,
        title=survey.card.label,
        consent=paper.consent,
        languages=("nl", "en"),
        scales=tuple(one.scale for one in questions),
        questions=questions,
        scores=(),
        waves=(WaveForm("T1", pages),),
        digest="",
    )


def _question(item: Item) -> Question:
    numbers = range(item.lowest, item.highest + 1)
    ends = {item.lowest: item.low_label, item.highest: item.high_label}
    labels = item.labels or tuple(ends.get(n, LocalText(str(n), str(n))) for n in numbers)
    options = tuple(Option(str(n), label) for n, label in zip(numbers, labels, strict=True))
    scale = Scale(item.id, options, numbers=not item.labels)
    return Question(item.id, item.text, scale, Status.OWN, item.source, dont_know=item.dont_know)


def _shown(name: str, asked: AskedSurvey) -> ShownSurvey:
    questions = {one.id: one for one in asked.instrument.questions}
    pages = tuple(
        tuple(_filled(questions[item], asked.places) for item in page) for page in asked.form.pages
    )
    return ShownSurvey(name, _said(asked.instrument.consent, asked.places), pages)


def _filled(question: Question, places: Mapping[str, str | LocalText]) -> ShownQuestion:
    return ShownQuestion(
        question.id,
        _said(question.text, places),
        tuple((one.code, one.label) for one in question.scale.options),
        question.scale.numbers,
        question.dont_know,
        question.prefer_not,
    )


def said(text: LocalText, asked: AskedSurvey) -> LocalText:
    """Return a text of a survey as residents read it."""
    return _said(text, asked.places)


def _said(text: LocalText, places: Mapping[str, str | LocalText]) -> LocalText:
    # What a plugin says in code has no places, and may hold braces.
    return text.filled(**places) if places else text
