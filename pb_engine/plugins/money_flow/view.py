"""The view ``money_flow``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import Schema

from pb_engine.api import Card, Figure, LocalText, Result, Settings
from pb_engine.api.setting import SettingsSchema, asked, whole_number
from pb_engine.plugins.money_flow.drawing import flow
from pb_engine.plugins.money_flow.losers import losers
from pb_engine.plugins.money_flow.shares import out_of_shares

CARD = Card(
    name="money_flow",
    version="1",
    label=LocalText(nl="Van kiezers naar ideeën", en="From voters to projects"),
    summary=LocalText(
        nl="Welke groep kiezers hoeveel geld naar welk idee bracht.",
        en="Which group of voters sent how much money to which project.",
    ),
)


class MoneyFlowSettings(SettingsSchema):
    """How much is shown.

    - ``most_groups``: so many groups of voters are named; the others stand together;
    - ``most_projects``: so many projects are named; the others stand together.
    """

    most_groups = asked(
        whole_number(7, least=1),
        ("Zo veel groepen kiezers krijgen een naam", "So many groups of voters are named"),
    )
    most_projects = asked(
        whole_number(9, least=1),
        ("Zo veel ideeën krijgen een naam", "So many projects are named"),
    )


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """Money from groups of voters to funded projects; and where the money of the others went.

    Every ballot stands with the most popular project on it.  Under Equal Shares the voters paid
    out of their shares, and the flow is what they paid.  Under every other rule the cost of a
    project is divided equally over the voters who support it.  Amounts are rounded to whole cents
    so that every project receives exactly its cost.  Under Equal Shares a table follows: for the
    most popular projects without money, what their voters had, spent and have left.
    """

    @property
    def card(self) -> Card:
        """The name plate."""
        return CARD

    @property
    def settings_schema(self) -> type[Schema]:
        """See ``MoneyFlowSettings``."""
        return MoneyFlowSettings

    def figures(self, result: Result, settings: Settings) -> Sequence[Figure]:
        """Return the flow and, under Equal Shares, the table; nothing when no money is spent."""
        shares = out_of_shares(result.election, result.outcome)
        drawn: list[Figure | None] = [flow(result, shares, settings)]
        if shares is not None:
            drawn.append(losers(result.election, result.outcome, shares))
        return [one for one in drawn if one is not None]
