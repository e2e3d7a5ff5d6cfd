"""The test kit for authors of plugins: one contract class per kind, to run with pytest.

A contract asks of your object what the engine relies on.  Five lines are enough::

    from pb_engine.testing import VotingMethodContract
    from pb_example_rule.rule import CheapestFirst


    class TestCheapestFirst(VotingMethodContract):
        method = CheapestFirst()

The other contracts want ``check`` with ``good_answer``, ``survey``, ``notifier`` with
``broken_settings``, ``exporter`` or ``view``; each may set ``settings``.  Every built-in passes
its contract.  Semantic versioning applies to this package as it does to ``pb_engine.api``.
"""

from pb_engine.testing.builders import (
    a_ballot,
    a_result,
    an_election,
    edge_elections,
    small_elections,
)
from pb_engine.testing.export import ExporterContract
from pb_engine.testing.identity import IdentityCheckContract, OneCode, a_visit
from pb_engine.testing.notify import NotifierContract, a_message
from pb_engine.testing.offer import OfferContract
from pb_engine.testing.offices import (
    Household,
    LetterBox,
    NobodyOutside,
    OneDeskCode,
    SecretFiles,
    Spending,
)
from pb_engine.testing.results import ResultViewContract
from pb_engine.testing.survey import TrustSurveyContract
from pb_engine.testing.voting import VotingMethodContract

__all__ = [
    "ExporterContract",
    "Household",
    "IdentityCheckContract",
    "LetterBox",
    "NobodyOutside",
    "NotifierContract",
    "OfferContract",
    "OneCode",
    "OneDeskCode",
    "ResultViewContract",
    "SecretFiles",
    "Spending",
    "TrustSurveyContract",
    "VotingMethodContract",
    "a_ballot",
    "a_message",
    "a_result",
    "a_visit",
    "an_election",
    "edge_elections",
    "small_elections",
]
