from pb_example_rule.rule import CheapestFirst

from pb_engine.testing import VotingMethodContract


class TestCheapestFirst(VotingMethodContract):
    method = CheapestFirst()
