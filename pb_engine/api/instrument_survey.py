"""A trust survey that is a file: the plugin brings an instrument, and writes no code."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from marshmallow import Schema, fields, validate

from pb_engine.api.card import Card
from pb_engine.api.setting import asked
from pb_engine.api.survey import Item, Questionnaire, SurveyMoment
from pb_engine.api.voting import Settings
from pb_engine.study import Instrument, Question, score_of
from pb_engine.units import LocalText

WAVE_OF: Mapping[SurveyMoment, str] = {
    SurveyMoment.ON_ARRIVAL: "T0",
    SurveyMoment.AFTER_BALLOT: "T1",
    SurveyMoment.AFTER_RESULT: "T2",
}
"""Which wave of an instrument is asked at a moment of a round."""


class InstrumentSettings(Schema):
    """What makes the texts fit the place.

    ``municipality`` is the bare name (``Enschede``); ``recipients_nl`` and ``recipients_en`` name
    everybody who will see single answers, because consent needs to know who they are.
    """

    municipality = asked(
        fields.String(load_default="", validate=validate.Length(max=60)),
        ("Naam van de gemeente, zoals Enschede", "Name of the municipality, such as Enschede"),
    )
    recipients_nl = asked(
        fields.String(load_default="de gemeente", validate=validate.Length(min=1, max=200)),
        ("Wie ziet losse antwoorden? (Nederlands)", "Who sees single answers? (Dutch)"),
        ("Noem iedereen: kiezers stemmen hiermee in.", "Name everybody: voters consent to this."),
    )
    recipients_en = asked(
        fields.String(load_default="the municipality", validate=validate.Length(min=1, max=200)),
        ("Wie ziet losse antwoorden? (Engels)", "Who sees single answers? (English)"),
    )


class InstrumentSurvey:
    """Asks the waves of an instrument at the moments of a round.

    Subclass with ``card`` and ``instrument``.  A question whose answers are no whole numbers is
    asked by the study only: :class:`Item` has no place for it.
    """

    card: ClassVar[Card]
    instrument: ClassVar[Instrument]
    settings_schema: ClassVar[type[Schema]] = InstrumentSettings

    @property
    def moments(self) -> frozenset[SurveyMoment]:
        """The moments for whose wave the instrument has a form."""
        return frozenset(
            moment for moment, wave in WAVE_OF.items() if self.instrument.form(wave) is not None
        )

    def questionnaire(self, moment: SurveyMoment, settings: Settings) -> Questionnaire:
        """Return the consent sentence and the items of the wave of ``moment``."""
        form = self.instrument.form(WAVE_OF.get(moment, ""))
        places = places_of(settings)
        asked = (self.instrument.question(item) for item in (form.items if form else ()))
        items = tuple(_item(one, places) for one in asked if one is not None and _countable(one))
        return Questionnaire(self.instrument.consent.filled(**places), items)

    def score(self, answers: Mapping[str, int | None]) -> Mapping[str, Fraction | None]:
        """Return the scores that the instrument declares, exactly."""
        given = {item: str(one) for item, one in answers.items() if one is not None}
        return {score.id: score_of(score, given) for score in self.instrument.scores}


def places_of(settings: Settings) -> dict[str, str | LocalText]:
    """Return what stands for each place in the texts of an instrument."""
    name = settings["municipality"]
    return {
        "municipality": LocalText(f"de gemeente {name}", f"the municipality of {name}")
        if name
        else LocalText("uw gemeente", "your municipality"),
        "recipients": LocalText(settings["recipients_nl"], settings["recipients_en"]),
        "round": LocalText("deze ronde", "this round"),
    }


def _countable(question: Question) -> bool:
    codes = [one.code for one in question.scale.options]
    first = codes[0]
    return first in {"0", "1"} and codes == [str(int(first) + at) for at in range(len(codes))]


def _item(question: Question, places: Mapping[str, str | LocalText]) -> Item:
    options = question.scale.options
    return Item(
        id=question.id,
        text=question.text.filled(**places),
        lowest=int(options[0].code),
        highest=int(options[-1].code),
        low_label=options[0].label,
        high_label=options[-1].label,
        source=f"{question.status.value}: {question.source}",
        labels=() if question.scale.numbers else tuple(one.label for one in options),
        dont_know=question.dont_know,
    )
