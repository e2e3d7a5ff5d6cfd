"""Majority judgement: the grade that a majority grants, the highest first."""

from pb_engine.api import VotingMethod, hookimpl
from pb_engine.plugins.majority_judgement.rule import MajorityJudgement


@hookimpl
def pb_register_voting_methods() -> list[VotingMethod]:
    """Offer ``majority_judgement``."""
    return [MajorityJudgement()]
