"""Trust surveys: shown after the ballot, answered or skipped, stored apart from everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from pb_engine.api import Item, Questionnaire, SurveyMoment, TrustSurvey
from pb_engine.domain.rounds import PluginChoice
from pb_engine.engine import Engine
from pb_engine.errors import InvalidAnswers
from pb_engine.pluginhost import load_settings, pick
from pb_engine.store.study import Answers
from pb_engine.units import RoundId

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ShownSurvey:
    """A survey by name, with what is asked."""

    name: str
    questionnaire: Questionnaire


def questionnaire_for(engine: Engine, slug: str, moment: str) -> tuple[ShownSurvey, ...]:
    """Return the surveys of a round for a moment.

    A survey plugin that fails is left out: it never stands between a voter and a receipt.

    :raises UnknownRound: no round has this slug.
    """
    shown = []
    for choice in _choices(engine, slug):
        try:
            survey = pick(engine.plugins.trust_surveys, choice.name, "trust survey")
            if SurveyMoment(moment) in survey.moments:
                shown.append(ShownSurvey(choice.name, _questionnaire(survey, choice, moment)))
        except Exception as problem:  # noqa: BLE001 - a survey may fail in any way
            _log.warning("survey left out", survey=choice.name, problem=type(problem).__name__)
    return tuple(shown)


def take_answers(
    engine: Engine, slug: str, moment: str, survey_name: str, answers: Mapping[str, str]
) -> int:
    """Store the answers to one survey and return how many items were answered.

    Kept are the day and the answers, and nothing of the voter, the ballot or the receipt.

    :raises InvalidAnswers: the round has no such survey now, or an answer is off its scale.
    """
    for choice in _choices(engine, slug):
        if choice.name == survey_name:
            break
    else:
        raise InvalidAnswers("this round does not ask this survey")
    survey = pick(engine.plugins.trust_surveys, survey_name, "trust survey")
    asked = _questionnaire(survey, choice, moment)
    values = {
        item.id: value for item in asked.items if (value := _value(item, answers)) is not None
    }
    if values:
        with engine.stores.study.write() as work:
            day = engine.today()
            kept = Answers(survey_name, survey.card.version, moment, day, values)
            work.add(RoundId(slug), kept)
            work.commit()
    return len(values)


def _choices(engine: Engine, slug: str) -> tuple[PluginChoice, ...]:
    with engine.stores.site.read() as work:
        return work.rounds.get(RoundId(slug)).round.surveys


def _questionnaire(survey: TrustSurvey, choice: PluginChoice, moment: str) -> Questionnaire:
    return survey.questionnaire(SurveyMoment(moment), load_settings(survey, choice.settings))


def _value(item: Item, answers: Mapping[str, str]) -> int | None:
    given = answers.get(item.id, "")
    if given in {"", "skip"}:
        return None
    shortest = 4
    if len(given) > shortest or not given.isascii() or not given.isdecimal():
        raise InvalidAnswers(f"{item.id}: choose one of the numbers", item=item.id)
    value = int(given)
    if not item.lowest <= value <= item.highest:
        raise InvalidAnswers(
            f"{item.id}: choose {item.lowest} to {item.highest}", item=item.id, limit=item.highest
        )
    return value
