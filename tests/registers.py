"""Invented voter registers of any size, in the shape of Enschede: nobody in them exists.

``python -m tests.registers 30000 OUT.csv --seed 1 --round zuid-2027 --fault outside=20``
"""

from __future__ import annotations

import argparse
import csv
import io
import random  # noqa: TID251 - an invented register, the same for the same seed
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from pb_engine.domain.areas import Parity
from pb_engine.domain.rounds import Round
from pb_engine.services.round_files import read_round_file

PRESETS = Path(__file__).parents[1] / "deployments" / "enschede" / "rounds"
HEADER = (
    *("persoonsnummer", "naam", "postcode", "huisnummer", "toevoeging"),
    *("geboortejaar", "geheim", "email", "herkomst"),
)
HEAD = "persoonsnummer;naam;postcode;huisnummer;toevoeging;geboortejaar"
MARK = "VERZONNEN"
"""Stands in every row: this person does not exist."""
_FIRST = [
    "Anouk",
    "Bram",
    "Cemil",
    "Daan",
    "Elif",
    "Fatma",
    "Gerrit",
    "Hennie",
    "Ínez",
    "Joëlle",
    "Kees",
    "Loïs",
    "Mehmet",
    "Nora",
]
_LAST = [
    "Fictief",
    "Testerink",
    "Voorbeeld",
    "Verzinsel",
    "Proefman",
    "Nepstra",
    "Schijnsma",
    "Bedachtink",
]
_TYPICAL = 2010

Row = dict[str, str]
Fault = Callable[[list[Row], int, random.Random], None]


def preset(slug: str) -> Round:
    """Return a round of the municipality, as it lies in the project."""
    return read_round_file(PRESETS / f"{slug}.toml")


def residents(round_: Round, number: int, seed: int) -> Iterator[Row]:
    """Yield invented people of at least 13 years, all within the areas of the round.

    They live in households of one to four; houses get as many additions as it takes.
    """
    chance = random.Random(seed)
    houses, year = list(_houses(round_)), round_.voters.reference_date.year
    made = floor = 0
    while made < number:
        chance.shuffle(houses)
        for postcode, house in houses:
            family = chance.choice(_LAST)
            for _ in range(min(chance.randint(1, 4), number - made)):
                made += 1
                yield {
                    "persoonsnummer": f"9{made:08}",
                    "naam": f"{chance.choice(_FIRST)} {family}-{made}",
                    "postcode": f"{postcode[:4]} {postcode[4:]}",
                    "huisnummer": str(house),
                    "toevoeging": _addition(floor),
                    "geboortejaar": str(year - chance.randint(13, 95)),
                    "geheim": "ja" if chance.random() < 0.004 else "",
                    "email": f"bewoner{made}@voorbeeld.example" if chance.random() < 0.2 else "",
                    "herkomst": MARK,
                }
        floor += 1


def _houses(round_: Round) -> Iterator[tuple[str, int]]:
    for part in round_.areas.addresses:
        if not round_.areas.lies_in(part.area, round_.voters.areas):
            continue
        step = 1 if part.parity is Parity.ALL else 2
        first = part.first + (part.parity is Parity.ODD and part.first % 2 == 0)
        first += part.parity is Parity.EVEN and part.first % 2 == 1
        yield from ((part.postcode, house) for house in range(first, part.last + 1, step))


def _addition(floor: int) -> str:
    return "" if not floor else chr(ord("A") + (floor - 1) % 26) + str((floor - 1) // 26 or "")


def _change(column: str, value: str) -> Fault:
    def change(rows: list[Row], at: int, _: random.Random) -> None:
        rows[at][column] = value

    return change


def _same_person(rows: list[Row], at: int, _: random.Random) -> None:
    rows[at]["persoonsnummer"] = rows[at - 1]["persoonsnummer"]


def _same_name(rows: list[Row], at: int, _: random.Random) -> None:
    rows[at] = {**rows[at - 1], "persoonsnummer": ""}


def _formula(rows: list[Row], at: int, chance: random.Random) -> None:
    rows[at]["naam"] = chance.choice("=+-@") + 'HYPERLINK("http://kwaad.example";"klik")'


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "outside": _change("postcode", "7511AA"),
        "too_young": _change("geboortejaar", str(_TYPICAL + 10)),
        "no_age": _change("geboortejaar", ""),
        "postcode": _change("postcode", "75 23"),
        "house": _change("huisnummer", "nul"),
        "same_person": _same_person,
        "same_name": _same_name,
        "formula": _formula,
        "newline": _change("naam", "Twee\nRegels Fictief"),
        "secret": _change("geheim", "ja"),
        "email": _change("email", "geen adres"),
    }
)
"""What can be made wrong or odd with a row, by name."""


def with_faults(rows: list[Row], faults: Mapping[str, int], seed: int) -> list[Row]:
    """Return the rows with each fault in so many of them; no row gets two."""
    chance = random.Random(seed)
    # Every other row stays as it is: some faults copy the row before.
    places = chance.sample(range(1, len(rows), 2), sum(faults.values()))
    changed = [dict(row) for row in rows]
    for name, times in faults.items():
        for _ in range(times):
            FAULTS[name](changed, places.pop(), chance)
    return changed


def lines(*rows: str, head: str = HEAD) -> io.BytesIO:
    """Return a small register with these lines, as a file in memory."""
    return io.BytesIO("\n".join([head, *rows, ""]).encode())


def people(number: int, first: int = 1, postcode: str = "7523AB") -> io.BytesIO:
    """Return a register of so many invented adults, each in a house of their own."""
    told = (f"{n};Bewoner {n} Fictief;{postcode};{n};;1980" for n in range(first, first + number))
    return lines(*told)


def write(path: Path, rows: list[Row], *, encoding: str = "utf-8", separator: str = ";") -> Path:
    """Write a register as a municipality would export it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, HEADER, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def main() -> None:
    """Write an invented register."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", default="zuid-2027", choices=["zuid-2027", "mekdep-2027"])
    parser.add_argument("--fault", action="append", default=[], help="NAME=TIMES")
    asked = parser.parse_args()
    faults = {name: int(times) for name, _, times in (one.partition("=") for one in asked.fault)}
    rows = list(residents(preset(asked.round), asked.number, asked.seed))
    write(asked.out, with_faults(rows, faults, asked.seed))
    print(f"{asked.out}: {asked.number} invented residents")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
