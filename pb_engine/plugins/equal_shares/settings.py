"""Settings of ``equal_shares``."""

from __future__ import annotations

from pb_engine.api.setting import SettingsSchema, asked, one_of, whole_number

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

    utility = asked(
        one_of(UTILITIES, "cost"),
        ("Wat is een idee waard voor wie het steunt?", "What is a project worth to a supporter?"),
        choices={
            "cost": ("Zijn prijs", "Its cost"),
            "cardinality": ("Elk idee evenveel", "Every project the same"),
            "points": ("De punten of het cijfer", "Its points or grade"),
            "borda": ("Zijn plaats op de ranglijst", "Its place in the ranking"),
        },
    )
    by = asked(
        one_of(("votes", "score"), "votes"),
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
    completion = asked(
        one_of(COMPLETIONS, "add1_greedy"),
        ("Wat gebeurt er met geld dat overblijft?", "What happens with money that is left?"),
        choices={
            "none": ("Niets: het blijft over", "Nothing: it is left"),
            "greedy": (
                "De ideeën met de meeste stemmen die nog passen",
                "The projects with most votes that still fit",
            ),
            "add1": ("Opnieuw tellen met grotere delen", "Count again with larger shares"),
            "add1_greedy": (
                "Opnieuw tellen met grotere delen, daarna de meeste stemmen",
                "Count again with larger shares, then most votes",
            ),
            "overspending": (
                "Stemmers mogen een deel aan de anderen laten",
                "Supporters may leave a part to the others",
            ),
            "overspending_greedy": (
                "Een deel aan de anderen laten, daarna de meeste stemmen",
                "Leave a part to the others, then most votes",
            ),
        },
    )
    variant = asked(
        one_of(VARIANTS, "official"),
        ("Hoe worden delen groter gemaakt?", "In which way are shares made larger?"),
        ("Drie programma’s doen dit anders.", "Three programs do this differently."),
        {
            "official": ("Zoals het artikel", "As the paper says"),
            "pabutools": ("Zoals pabutools", "As pabutools does"),
            "equalshares": ("Zoals equalshares.net", "As equalshares.net does"),
        },
    )
    comparison = asked(
        one_of(COMPARISONS, "none"),
        ("Vergelijken met de meeste stemmen eerst?", "Compare with most votes first?"),
        (
            "Zijn meer kiezers daarmee beter af, dan geldt die uitslag.",
            "If more voters are better off with that, that outcome is kept.",
        ),
        {
            "none": ("Nee", "No"),
            "satisfaction": (
                "Ja: wie krijgt meer van zijn keuze?",
                "Yes: who gets more of their choice?",
            ),
            "exclusion": ("Ja: wie krijgt niets?", "Yes: who gets nothing?"),
        },
    )
    step = asked(
        whole_number(1, least=1),
        ("Met hoeveel euro worden de delen steeds groter?", "By how many euros do shares grow?"),
    )
