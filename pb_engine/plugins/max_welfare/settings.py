"""Settings of ``max_welfare``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, one_of, whole_number

UTILITIES = ("cost", "cardinality")


class MaxWelfareSettings(SettingsSchema):
    """What a list of projects is worth.

    - ``utility``: what a funded project is worth to a supporter: its ``cost``, or 1
      (``cardinality``).
    - ``by``: for points, grades and rankings: ``score`` multiplies the utility by the weight (for
      rankings Borda points, see ``places``); ``votes`` counts every mark alike.
    - ``places``: for rankings: the first place gets this many points, the next one less; 0 takes
      the longest ranking that was handed in.
    """

    utility = one_of(UTILITIES, "cost")
    by = one_of(("score", "votes"), "score")
    places = whole_number(0)
