"""Settings of ``max_welfare``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, asked, one_of, whole_number

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

    utility = asked(
        one_of(UTILITIES, "cost"),
        ("Wat is een idee waard voor wie het steunt?", "What is a project worth to a supporter?"),
        choices={
            "cost": ("Zijn prijs", "Its cost"),
            "cardinality": ("Elk idee evenveel", "Every project the same"),
        },
    )
    by = asked(
        one_of(("score", "votes"), "score"),
        ("Wat telt van een stembiljet?", "What counts of a ballot?"),
        ("Alleen bij punten, cijfers en ranglijsten.", "For points, grades and rankings only."),
        {
            "votes": ("Of een idee erop staat", "Whether a project is on it"),
            "score": ("Hoeveel punten een idee krijgt", "How many points a project gets"),
        },
    )
    places = asked(
        whole_number(0),
        (
            "Punten voor de eerste plaats op een ranglijst",
            "Points for the first place of a ranking",
        ),
        (
            "Elke volgende plaats krijgt er één minder. 0 neemt de langste lijst.",
            "Every next place gets one less. 0 takes the longest ranking.",
        ),
    )
