"""The tables that a study will ever publish, declared before anybody votes.

No method survives free queries, so there are none: a table outside the programme is refused.  Its
digest is published when voting opens, and everybody can see later that nothing was added.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pb_engine.ballots import canonical_json
from pb_engine.disclosure.refusals import DisclosureRefused


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """One table of the programme.

    :ivar variables: what it counts or averages; two tables with one in common are compared.
    :ivar dimensions: by what its cells are told apart, such as ``("area", "age")``.
    """

    name: str
    variables: tuple[str, ...]
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """All declared tables of a study.

    :raises DisclosureRefused: two tables have one name, or one has nothing to count.
    """

    tables: tuple[DeclaredTable, ...]

    def __post_init__(self) -> None:
        names = [table.name for table in self.tables]
        for table in self.tables:
            if names.count(table.name) > 1:
                raise DisclosureRefused(f"table {table.name!r} is declared twice")
            if not table.variables:
                raise DisclosureRefused(f"table {table.name!r} counts nothing")

    def find(self, name: str) -> DeclaredTable:
        """Return the declared table with this name.

        :raises DisclosureRefused: nobody declared it.
        """
        for table in self.tables:
            if table.name == name:
                return table
        raise DisclosureRefused(f"table {name!r} is not in the declared programme")

    def shares_a_variable(self, one: str, other: str) -> bool:
        """Tell whether two declared tables speak about the same thing.

        :raises DisclosureRefused: nobody declared one of them.
        """
        return not set(self.find(one).variables).isdisjoint(self.find(other).variables)

    def digest(self) -> str:
        """Return the SHA-256 of the programme as 64 hexadecimal digits; order does not matter."""
        lines = sorted(
            [table.name, sorted(table.variables), list(table.dimensions)] for table in self.tables
        )
        return hashlib.sha256(canonical_json(lines)).hexdigest()
