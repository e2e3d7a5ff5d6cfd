"""Forms of the voter register: a search, and a change."""

from __future__ import annotations

from web.forms.desk import LONGEST_REASON, DeskForm, optional, required


class SearchForm(DeskForm):
    """An address, or a part of a name."""

    text = required(80)


class ChangeForm(DeskForm):
    """A change of the register; which fields it needs, the kind decides."""

    kind = required(20)
    reason = required(LONGEST_REASON)
    resident = optional(64)
    name = optional(200)
    postcode = optional(10)
    house = optional(10)
    addition = optional(10)
    birth_year = optional(10)
