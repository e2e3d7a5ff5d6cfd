"""Settings of ``greedy``."""

from __future__ import annotations

from marshmallow import fields

from pb_engine.api.setting import (
    SettingsSchema,
    WholeNumber,
    listing,
    one_of,
    whole_number,
    yes_or_no,
)


class CeilingSettings(SettingsSchema):
    """A group of projects that may cost so much together, in cents."""

    name = fields.String(required=True)
    projects = fields.List(fields.String(), required=True)
    at_most = WholeNumber(required=True)


class ConditionSettings(SettingsSchema):
    """A project that makes sense only when another one is funded."""

    project = fields.String(required=True)
    needs = fields.String(required=True)


class GreedySettings(SettingsSchema):
    """How votes become a ranking, and how the ranking becomes a list that fits.

    - ``by``: ``score`` adds up weights (votes, points, grades; for rankings Borda points, where
      the first of ``places`` places gets ``places`` points and the last gets 1); ``votes`` counts
      who marks a project, whatever the weight.
    - ``per_euro``: rank by score per euro of cost instead of by score.
    - ``places``: for rankings; 0 takes the longest ranking that was handed in.
    - ``skip``: a project that does not fit is passed over; otherwise the list ends there.
    - ``minimum_votes``: fewer voters than this, and a project is not funded.
    - ``minimum_percent``: likewise, as a whole percentage of all ballots.
    - ``partly``: what is left in the end goes to the highest project that did not fit.
    - ``ceilings``: groups (a theme, a neighbourhood) that may cost only so much together.
    - ``leftover``: what is left in the end is spent without the ceilings.
    - ``exclusive``: groups of which one project at most is funded: two plans for one square, or
      a plan and its smaller version.
    - ``conditions``: projects that need another one to be funded before them.

    The last three take lists in TOML, and JSON on a command line.
    """

    by = one_of(("score", "votes"), "score")
    per_euro = yes_or_no(default=False)
    places = whole_number(0)
    skip = yes_or_no(default=True)
    minimum_votes = whole_number(0)
    minimum_percent = whole_number(0)
    partly = yes_or_no(default=False)
    ceilings = listing(fields.Nested(CeilingSettings))
    leftover = yes_or_no(default=False)
    exclusive = listing(fields.List(fields.String()))
    conditions = listing(fields.Nested(ConditionSettings))
