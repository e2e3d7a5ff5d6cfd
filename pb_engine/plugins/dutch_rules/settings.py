"""Settings of ``dutch_greedy``."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import ValidationError, fields, validate

from pb_engine.api.setting import (
    SettingsSchema,
    WholeNumber,
    one_of,
    whole_number,
    yes_or_no,
)

FROM_0_TO_100 = validate.Range(min=0, max=100)


class _Table(fields.Dict):
    """A table in TOML; on a command line it is written as JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as problem:
                raise ValidationError("Not a table, and not one in JSON.") from problem
        return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]


def _table(values: fields.Field[Any]) -> fields.Dict:
    return _Table(keys=fields.String(), values=values, load_default=dict)


def _percent() -> WholeNumber:
    return WholeNumber(load_default=0, validate=FROM_0_TO_100)


class DutchGreedySettings(SettingsSchema):
    """The variants, in the order in which they take effect; the defaults switch all of them off.

    - ``order``: ``votes`` puts the most votes (points, grades) first; ``votes_per_euro`` the most
      votes per euro, and then a project that is free stands first if it has a vote.
    - ``minimum_votes``, ``minimum_percent``: fewer ballots that mark it than this number, or than
      this percentage of all ballots, and a project is not funded.
    - ``groups``: which group (neighbourhood, theme) a project belongs to: ``{project: group}``.
    - ``first_group``, ``first_percent``: projects of this group get their turn before all others,
      until they have this percentage of the budget together.
    - ``pots``: the most that a group may get, in cents: ``{group: cents}``.  Pots that make up the
      budget together are kept apart by this; smaller sums leave money for everybody, larger ones
      are ceilings.
    - ``leftover``: what is left after the list is spent once more down the list, without pots.
    - ``exclusive``: projects that stand in each other's way, as ``{project: name}``: of those with
      the same name one is funded at most.
    - ``needs``: ``{project: other project}``: it is only funded when the other one is.  It waits
      for that, and gets its turn as soon as the other one is funded.
    - ``ending``: ``skip`` passes over a project that no longer fits; ``stop`` ends the list there.
    - ``partial_next``: what is left in the very end is offered to the highest project that did not
      fit.  It counts as not funded, since the money is not enough: whether it goes ahead is for
      its makers to say.
    """

    order = one_of(("votes", "votes_per_euro"), "votes")
    minimum_votes = whole_number(0)
    minimum_percent = _percent()
    groups = _table(fields.String())
    first_group = fields.String(load_default="")
    first_percent = _percent()
    pots = _table(WholeNumber(validate=validate.Range(min=0)))
    leftover = yes_or_no(default=False)
    exclusive = _table(fields.String())
    needs = _table(fields.String())
    ending = one_of(("skip", "stop"), "skip")
    partial_next = yes_or_no(default=False)
