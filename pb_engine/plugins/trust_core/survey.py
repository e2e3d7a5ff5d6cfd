"""The shortest survey that can be compared over rounds: a level of trust, and fairness.

It asks how much trust there is, never whether trust has grown: people answer a question about
change with their present level (Graham and Coppock, Public Opinion Quarterly 85, 2021).
Compare levels between moments instead.  The two items are no validated scale and are not added
up; each is a score of its own, on the 0 to 10 on which it was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from marshmallow import Schema, fields, validate

from pb_engine.api import (
    Card,
    Item,
    LocalText,
    Questionnaire,
    Settings,
    SurveyMoment,
)
from pb_engine.api.setting import asked

TRUST = "trust_municipality"
FAIRNESS = "procedural_fairness"


class TrustCoreSettings(Schema):
    """Names that make the texts fit the place.

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


class TrustCore:
    """Trust in the municipality and fairness of the way in which a round chooses."""

    card = Card(
        name="trust_core",
        version="1",
        label=LocalText("Twee vragen over vertrouwen", "Two questions about trust"),
        summary=LocalText(
            "Na het stemmen: vertrouwen in de gemeente en eerlijkheid van de ronde. Overslaan mag.",
            "After voting: trust in the municipality and fairness of the round. May be skipped.",
        ),
    )
    settings_schema = TrustCoreSettings
    moments = frozenset({SurveyMoment.AFTER_BALLOT})

    def questionnaire(self, moment: SurveyMoment, settings: Settings) -> Questionnaire:  # noqa: ARG002 - asked at one moment only
        """Return the consent sentence and both items."""
        return Questionnaire(_consent(settings), (_trust(settings["municipality"]), _FAIRNESS))

    def score(self, answers: Mapping[str, int | None]) -> Mapping[str, Fraction | None]:
        """Return each item as its own score from 0 to 10; ``None`` where it was skipped."""
        return {name: _exact(answers.get(name)) for name in (TRUST, FAIRNESS)}


def _exact(answer: int | None) -> Fraction | None:
    return None if answer is None else Fraction(answer)


def _consent(settings: Settings) -> LocalText:
    return LocalText(
        "Meedoen hoeft niet en verandert niets aan uw stem. We bewaren uw antwoorden apart, zonder "
        "uw naam, uw code of uw stem. Alleen de dag staat erbij. Verstuurt u antwoorden? Dan "
        "vindt u het goed dat ze gebruikt worden voor onderzoek naar vertrouwen. Deze partijen "
        f"zien de antwoorden: {settings['recipients_nl']}.",
        "You need not take part, and it changes nothing about your vote. We keep your answers "
        "apart, without your name, your code or your vote. Only the day is kept with them. By "
        "sending answers you agree that they are used for research into trust. The answers are "
        f"seen by: {settings['recipients_en']}.",
    )


def _trust(municipality: str) -> Item:
    return Item(
        id=TRUST,
        text=LocalText(
            f"Hoeveel vertrouwen heeft u in {_name_nl(municipality)}?",
            f"How much do you personally trust {_name_en(municipality)}?",
        ),
        lowest=0,
        highest=10,
        low_label=LocalText("helemaal geen vertrouwen", "no trust at all"),
        high_label=LocalText("volledig vertrouwen", "complete trust"),
        source=(
            "adapted: the 0-10 question about trust in institutions of the European Social Survey, "
            "which the OECD trust survey also asks about local government; here about one "
            "municipality. Dutch: own translation with the end labels of Statistics Netherlands "
            "(CBS, 2010). Not validated in this form."
        ),
    )


def _name_nl(municipality: str) -> str:
    return f"de gemeente {municipality}" if municipality else "uw gemeente"


def _name_en(municipality: str) -> str:
    return f"the municipality of {municipality}" if municipality else "your municipality"


_FAIRNESS = Item(
    id=FAIRNESS,
    text=LocalText(
        "Hoe eerlijk vindt u de manier waarop in deze ronde gekozen wordt welke plannen geld "
        "krijgen?",
        "How fair do you find the way in which this round chooses the projects that get money?",
    ),
    lowest=0,
    highest=10,
    low_label=LocalText("helemaal niet eerlijk", "not fair at all"),
    high_label=LocalText("heel eerlijk", "very fair"),
    source=(
        "own wording, in Dutch and English, for the construct of perceived procedural fairness as "
        "studied with participatory decisions by Werner and Marien (British Journal of Political "
        "Science 52, 2022). Not an item of theirs; not validated."
    ),
)
