"""Settings of ``score_totals``."""

from __future__ import annotations

from marshmallow import validate

from pb_engine.api.setting import SettingsSchema, WholeNumber, one_of, whole_number, yes_or_no


class ScoreTotalsSettings(SettingsSchema):
    """How points become a ranking, and how the ranking becomes a list that fits.

    - ``length``: for rankings, how many places there are points for: ``own`` takes the length of
      each voter's own ranking, ``longest`` the longest ranking that was handed in, ``paper`` the
      number of projects, ``places`` the number in ``places``.
    - ``places``: see ``length``; places below it get nothing.
    - ``last``: for rankings: the points for the last of these places, 1 or 0; every place above
      it gets one more.
    - ``order``: ``total`` puts the highest total first; ``total_per_cost`` the most points per
      euro, and then a project that is free stands first if it has a point.
    - ``skip``: a project that does not fit is passed over; otherwise the list ends there.
    - ``minimum_points``: a lower total than this, and a project is not funded.
    """

    length = one_of(("own", "longest", "paper", "places"), "longest")
    places = whole_number(3, least=1)
    last = WholeNumber(load_default=1, validate=validate.OneOf((0, 1)))
    order = one_of(("total", "total_per_cost"), "total")
    skip = yes_or_no(default=True)
    minimum_points = whole_number(0)
