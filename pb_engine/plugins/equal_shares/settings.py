"""Settings of ``equal_shares``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, one_of, whole_number

UTILITIES = ("cost", "cardinality", "points", "borda")
WEIGHED = frozenset({"points", "borda"})
"""Utilities that count how much a ballot gives, not only that it marks a project."""
COMPLETIONS = ("none", "greedy", "add1", "add1_greedy", "overspending", "overspending_greedy")
COMPARISONS = ("none", "satisfaction", "exclusion")
VARIANTS = ("official", "pabutools", "equalshares")


class EqualSharesSettings(SettingsSchema):
    """How shares are spent, and what happens with money that is left.

    - ``utility``: what a funded project is worth to a supporter: its ``cost`` (as all cities
      that use the rule do), 1 (``cardinality``, as most papers do), or what the ballot gives it:
      its ``points`` or grade, or for rankings its ``borda`` points.
    - ``by``: for points, grades and rankings: ``votes`` counts every mark alike; ``score``
      multiplies the utility by the weight (for rankings Borda points, see ``places``).
    - ``places``: for rankings: the first place gets this many points, the next one less; 0 takes
      the longest ranking that was handed in.
    - ``completion``: ``none``; ``greedy``: most votes first, what still fits; ``add1``: count
      again with a larger endowment per ballot, as long as the budget allows; ``overspending``:
      supporters may leave a part of the cost to the others, see ``overspending.py``; the last
      two also with ``_greedy`` behind.
    - ``variant``: which of the three rules that are called add1; see ``equal-shares.md``.
    - ``comparison``: keep the greedy outcome if more ballots prefer it, by ``satisfaction`` or by
      ``exclusion``; see ``comparison.py``.
    - ``step``: by how much ``add1`` raises the endowment, in whole units of the currency.
    """

    utility = one_of(UTILITIES, "cost")
    by = one_of(("votes", "score"), "votes")
    places = whole_number(0)
    completion = one_of(COMPLETIONS, "add1_greedy")
    variant = one_of(VARIANTS, "official")
    comparison = one_of(COMPARISONS, "none")
    step = whole_number(1, least=1)
