"""The public surface for plugins.  Semantic versioning applies here; all else is private."""

from pb_engine.api.card import Card, Offer
from pb_engine.api.events import PublicEvent
from pb_engine.api.export import Audience, Exporter, Release
from pb_engine.api.hookspecs import ENTRY_POINT_GROUP, PbSpecs, hookimpl
from pb_engine.api.identity import (
    Ask,
    Assurance,
    CheckStep,
    CodeBook,
    Fact,
    IdentityCheck,
    Known,
    Question,
    Refused,
    SendTo,
    Visit,
)
from pb_engine.api.notify import Message, Notifier
from pb_engine.api.results import Bar, Bars, Figure, Grid, Result, ResultView
from pb_engine.api.survey import Item, Questionnaire, SurveyMoment, TrustSurvey
from pb_engine.api.voting import Settings, VotingMethod, projects_by_id
from pb_engine.ballots import Ballot, BallotFormat, Mark
from pb_engine.errors import (
    CheckRefused,
    CodeVoid,
    DeliveryFailed,
    EngineError,
    MistypedCode,
    NotEligible,
    TallyRefused,
    UnknownCode,
)
from pb_engine.tallying import (
    Decision,
    Election,
    Explanation,
    Outcome,
    Profile,
    Project,
    Verdict,
)
from pb_engine.units import Cents, LocalText, ProjectId, RoundId, euros

__all__ = [
    "ENTRY_POINT_GROUP",
    "Ask",
    "Assurance",
    "Audience",
    "Ballot",
    "BallotFormat",
    "Bar",
    "Bars",
    "Card",
    "Cents",
    "CheckRefused",
    "CheckStep",
    "CodeBook",
    "CodeVoid",
    "Decision",
    "DeliveryFailed",
    "Election",
    "EngineError",
    "Explanation",
    "Exporter",
    "Fact",
    "Figure",
    "Grid",
    "IdentityCheck",
    "Item",
    "Known",
    "LocalText",
    "Mark",
    "Message",
    "MistypedCode",
    "NotEligible",
    "Notifier",
    "Offer",
    "Outcome",
    "PbSpecs",
    "Profile",
    "Project",
    "ProjectId",
    "PublicEvent",
    "Question",
    "Questionnaire",
    "Refused",
    "Release",
    "Result",
    "ResultView",
    "RoundId",
    "SendTo",
    "Settings",
    "SurveyMoment",
    "TallyRefused",
    "TrustSurvey",
    "UnknownCode",
    "Verdict",
    "Visit",
    "VotingMethod",
    "euros",
    "hookimpl",
    "projects_by_id",
]
