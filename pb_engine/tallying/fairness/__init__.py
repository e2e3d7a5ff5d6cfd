"""How fair an outcome is to its voters: exact numbers that belong to no rule.

Pure, like all of ``tallying``; a mark with a weight above zero is support.
"""

from pb_engine.tallying.fairness.areas import AreaShare, Place
from pb_engine.tallying.fairness.claims import AXIOMS, Check, Claim
from pb_engine.tallying.fairness.measure import Fairness, fairness_of
from pb_engine.tallying.fairness.words import fairness_sentences, percent

__all__ = [
    "AXIOMS",
    "AreaShare",
    "Check",
    "Claim",
    "Fairness",
    "Place",
    "fairness_of",
    "fairness_sentences",
    "percent",
]
