"""Example rounds to begin with: whole round files that are shipped, such as one for the young."""

from __future__ import annotations

from dataclasses import dataclass

from pb_engine.domain.round_document import round_document
from pb_engine.domain.round_drafting import as_template
from pb_engine.engine import Engine
from pb_engine.errors import StoreProblem, UnknownRound
from pb_engine.services.demo_presets import presets_folder
from pb_engine.services.round_drafts import draft_from
from pb_engine.services.round_files import read_round_file
from pb_engine.units import LocalText


@dataclass(frozen=True, slots=True)
class Example:
    """An example round.

    :ivar key: name of its file.
    :ivar name: what the round is called.
    """

    key: str
    name: LocalText


def examples() -> tuple[Example, ...]:
    """Return the rounds that one may begin with; none where no example is installed."""
    try:
        folder = presets_folder() / "enschede" / "rounds"
    except StoreProblem:
        return ()
    paths = sorted(folder.glob("*.toml"))
    return tuple(Example(one.stem, read_round_file(one).name) for one in paths)


def start_example(engine: Engine, key: str, by: str) -> str:
    """Start a draft from an example, with dates still to come; return its identifier.

    :raises UnknownRound: there is no such example.
    :raises NotReady: there are too many drafts (``problem="drafts"``).
    """
    if key not in {one.key for one in examples()}:
        raise UnknownRound(f"there is no example {key[:40]!r}", round=key[:40])
    round_ = read_round_file(presets_folder() / "enschede" / "rounds" / f"{key}.toml")
    return draft_from(engine, as_template(round_document(round_), engine.today()), by)
