"""Settings of ``greedy``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, one_of, whole_number, yes_or_no


class GreedySettings(SettingsSchema):
    """How votes become a ranking, and how the ranking becomes a list that fits.

    - ``by``: ``score`` adds up weights (votes, points, grades; for rankings Borda points, where
      the first of ``places`` places gets ``places`` points and the last gets 1); ``votes`` counts
      who marks a project, whatever the weight.
    - ``places``: for rankings; 0 takes the longest ranking that was handed in.
    - ``skip``: a project that does not fit is passed over; otherwise the list ends there.
    - ``minimum_votes``: fewer voters than this, and a project is not funded.
    """

    by = one_of(("score", "votes"), "score")
    places = whole_number(0)
    skip = yes_or_no(default=True)
    minimum_votes = whole_number(0)
