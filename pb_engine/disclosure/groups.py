"""Which groups of ballots may be published apart, and which must be merged.

Units: ballots.  Guarantee: every published group, the merged one too, has ``least`` ballots or
more, so no total minus the published groups leaves fewer; the answer depends on the sizes only.
When that is impossible, only totals are published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pb_engine.disclosure.fingerprints import LEAST_GROUP
from pb_engine.disclosure.refusals import DisclosureRefused


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """How to publish groups of ballots.

    :ivar apart: groups that stand alone, sorted.
    :ivar merged: groups that become one, sorted; empty when none is small.
    :ivar totals_only: True when all ballots together are too few; then both are empty.
    """

    apart: tuple[str, ...]
    merged: tuple[str, ...]
    totals_only: bool


def plan_groups(sizes: Mapping[str, int], least: int = LEAST_GROUP) -> GroupPlan:
    """Merge the groups with fewer than ``least`` ballots, and the smallest others as needed.

    Groups without a single ballot are merged as well: that nobody voted there is told by nothing.

    :raises DisclosureRefused: a size that is no count.
    """
    for name, size in sizes.items():
        if type(size) is not int or size < 0:
            raise DisclosureRefused(f"group {name!r} has {size!r} ballots; a count is 0 or more")
    if sum(sizes.values()) < least:
        return GroupPlan((), (), totals_only=True)
    by_size = sorted(sizes, key=lambda name: (sizes[name], name))
    cut = sum(1 for size in sizes.values() if size < least)
    while cut and sum(sizes[name] for name in by_size[:cut]) < least:
        cut += 1
    return GroupPlan(tuple(sorted(by_size[cut:])), tuple(sorted(by_size[:cut])), totals_only=False)
