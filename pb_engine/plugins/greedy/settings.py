"""Settings of ``greedy``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from pb_engine.api.setting import (
    SettingsSchema,
    WholeNumber,
    asked,
    listing,
    one_of,
    percent,
    table,
    whole_number,
    yes_or_no,
)


class GroupSettings(SettingsSchema):
    """A group of projects: a theme, a neighbourhood."""

    name = fields.String(required=True)
    projects = fields.List(fields.String(), required=True)


class CeilingSettings(GroupSettings):
    """A group that may cost so much together, in cents."""

    at_most = WholeNumber(required=True, validate=validate.Range(min=0))


class PotSettings(GroupSettings):
    """A group with money of its own, in cents, that nobody else may spend."""

    amount = WholeNumber(required=True, validate=validate.Range(min=0))


class FirstSettings(GroupSettings):
    """A group that goes first until it has this percentage of the budget."""

    percent = WholeNumber(required=True, validate=validate.Range(min=1, max=100))


class ConditionSettings(SettingsSchema):
    """A project that makes sense only when another one is funded."""

    project = fields.String(required=True)
    needs = fields.String(required=True)


class SmallerSettings(SettingsSchema):
    """A plan, and a smaller version of the same plan."""

    plan = fields.String(required=True)
    smaller = fields.String(required=True)


class GreedySettings(SettingsSchema):
    """How votes become a ranking, and how the ranking becomes a list that fits.

    The ranking:

    - ``by``: ``score`` adds up weights (votes, points, grades; for rankings Borda points, where
      the first of ``places`` places gets ``places`` points and the last gets 1); ``votes`` counts
      who marks a project, whatever the weight.
    - ``places``: for rankings; 0 takes the longest ranking that was handed in.
    - ``per_euro``: rank by score per euro of cost instead of by score.
    - ``channel_percent``: how much of the outcome each channel makes up, however many ballots came
      through it: ``{paper = 50, internet = 50}``, whole percentages that add to 100.

    The list:

    - ``minimum_votes``: fewer voters than this, and a project is not funded.
    - ``minimum_percent``: likewise, as a whole percentage of all ballots.
    - ``skip``: a project that does not fit is passed over; otherwise the list ends there (with
      pots, the list of that pot).
    - ``first``: groups that get their turn before all others, until they have their percentage of
      the budget together.
    - ``ceilings``: groups that may cost only so much together; a project may be in several.
    - ``pots``: groups with money of their own.  Whatever is in no pot shares what is in no pot.
    - ``leftover``: what is left in the end is spent down the list once more, without ceilings and
      with what is left in all pots poured together.
    - ``exclusive``: groups of which one project at most is funded: two plans for one square.
    - ``smaller_versions``: pairs of which one at most is funded; when the plan does not fit, its
      smaller version gets its turn there and then.
    - ``conditions``: projects that need another one.  They wait for it, and get their turn as soon
      as it is funded.
    - ``partly``: what is left in the very end is offered to the highest project that did not fit.
      That does not make it a funded one.

    Groups may name projects that are not in the election (they may have been withdrawn): that has
    no effect, except that a project that needs a withdrawn one is not funded.  Lists are lists in
    TOML, and JSON on a command line.
    """

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
    per_euro = asked(
        yes_or_no(default=False),
        ("De meeste stemmen per euro staan bovenaan", "Most votes per euro stand on top"),
    )
    channel_percent = asked(
        table(WholeNumber(validate=validate.Range(min=0, max=100))),
        ("Procent van de uitslag", "Percentage of the outcome"),
        (
            "Samen 100. Laat alles leeg als elke stem even zwaar telt.",
            "Together 100. Leave all empty if every vote weighs the same.",
        ),
        {"paper": ("papier", "paper"), "internet": ("internet", "internet")},
    )
    minimum_votes = asked(
        whole_number(0),
        ("Een idee heeft minstens zo veel stemmen nodig", "A project needs at least as many votes"),
        ("0 vraagt niets.", "0 asks nothing."),
    )
    minimum_percent = asked(
        percent(),
        ("Zo veel procent van de kiezers minstens", "At least this percentage of the voters"),
        ("0 vraagt niets.", "0 asks nothing."),
    )
    skip = asked(
        yes_or_no(default=True),
        (
            "Past een idee niet meer, dan is het volgende aan de beurt",
            "Pass over what does not fit",
        ),
        ("Zonder vinkje stopt de lijst daar.", "Without a tick the list ends there."),
    )
    first = listing(fields.Nested(FirstSettings))
    ceilings = listing(fields.Nested(CeilingSettings))
    pots = listing(fields.Nested(PotSettings))
    leftover = asked(
        yes_or_no(default=False),
        (
            "Geld dat overblijft, gaat de lijst nog eens langs",
            "What is left goes down the list again",
        ),
        ("Dan zonder grens en zonder pot.", "Then without ceilings and without pots."),
    )
    exclusive = listing(fields.List(fields.String()))
    smaller_versions = listing(fields.Nested(SmallerSettings))
    conditions = listing(fields.Nested(ConditionSettings))
    partly = asked(
        yes_or_no(default=False),
        (
            "Het eerste idee dat niet past, mag de rest hebben",
            "The next project is offered the rest",
        ),
    )

    @validates_schema
    def check_channels(self, loaded: Mapping[str, Any], **_further: object) -> None:
        """Refuse percentages that do not share out the whole outcome."""
        shares = loaded["channel_percent"]
        if shares and sum(shares.values()) != 100:  # noqa: PLR2004 - per cent
            raise ValidationError("The percentages must add to 100.", "channel_percent")

    @validates_schema
    def check_groups(self, loaded: Mapping[str, Any], **_further: object) -> None:
        """Refuse two groups of one name, and a project in two pots."""
        for key in ("first", "ceilings", "pots"):
            if name := _twice(group["name"] for group in loaded[key]):
                raise ValidationError(f"There are two groups named {name!r}.", key)
        if project := _twice(p for pot in loaded["pots"] for p in set(pot["projects"])):
            raise ValidationError(f"Project {project!r} is in two pots.", "pots")

    @validates_schema
    def check_versions(self, loaded: Mapping[str, Any], **_further: object) -> None:
        """Refuse two smaller versions of one plan, and a plan that is smaller than itself."""
        pairs = loaded["smaller_versions"]
        for side in ("plan", "smaller"):
            if project := _twice(pair[side] for pair in pairs):
                raise ValidationError(
                    f"Project {project!r} stands twice as {side!r}.", "smaller_versions"
                )
        below = {pair["plan"]: pair["smaller"] for pair in pairs}
        for plan in below:
            version = plan
            while (version := below.get(version, "")) not in {"", plan}:
                pass
            if version == plan:
                raise ValidationError(
                    f"Project {plan!r} is a smaller version of itself.", "smaller_versions"
                )


def _twice(names: Iterable[str]) -> str | None:
    return next((name for name, times in Counter(names).items() if times > 1), None)
