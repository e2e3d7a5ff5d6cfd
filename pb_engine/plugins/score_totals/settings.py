"""Settings of ``score_totals``."""

from __future__ import annotations

from marshmallow import validate

from pb_engine.api.setting import (
    SettingsSchema,
    WholeNumber,
    asked,
    one_of,
    whole_number,
    yes_or_no,
)


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

    length = asked(
        one_of(("own", "longest", "paper", "places"), "longest"),
        (
            "Hoeveel plaatsen op een ranglijst krijgen punten?",
            "How many places of a ranking count?",
        ),
        choices={
            "own": ("Zo veel als de kiezer zelf invult", "As many as the voter fills in"),
            "longest": ("Zo veel als de langste lijst", "As many as the longest ranking"),
            "paper": ("Zo veel als er ideeën zijn", "As many as there are projects"),
            "places": ("Het aantal hieronder", "The number below"),
        },
    )
    places = asked(
        whole_number(3, least=1), ("Aantal plaatsen met punten", "Number of places with points")
    )
    last = asked(
        WholeNumber(load_default=1, validate=validate.OneOf((0, 1))),
        ("Punten voor de laatste van deze plaatsen", "Points for the last of these places"),
        choices={"1": ("1 punt", "1 point"), "0": ("Geen punt", "None")},
    )
    order = asked(
        one_of(("total", "total_per_cost"), "total"),
        ("Wat staat bovenaan?", "What stands on top?"),
        choices={
            "total": ("De meeste punten", "Most points"),
            "total_per_cost": ("De meeste punten per euro", "Most points per euro"),
        },
    )
    skip = asked(
        yes_or_no(default=True),
        (
            "Past een idee niet meer, dan is het volgende aan de beurt",
            "Pass over what does not fit",
        ),
        ("Zonder vinkje stopt de lijst daar.", "Without a tick the list ends there."),
    )
    minimum_points = asked(
        whole_number(0),
        ("Een idee heeft minstens zo veel punten nodig", "A project needs at least as many points"),
        ("0 vraagt niets.", "0 asks nothing."),
    )
