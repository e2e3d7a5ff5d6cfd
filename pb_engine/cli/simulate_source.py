"""What `pb-engine simulate` reads: a round file, or a Pabulib file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pb_engine.api import Settings, VotingMethod
from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import InvalidElectionFile
from pb_engine.services.one_count import count_once
from pb_engine.tallying import Profile
from pb_engine.tallying.simulating import (
    Rule,
    Scene,
    format_of_file,
    paper_of_file,
    pool_of_file,
    scene_of_file,
)

MOST_PROJECTS = 2000


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule with its settings.

    :ivar name: what no other rule of the simulation is called.
    """

    method: VotingMethod
    settings: Settings
    name: str

    @property
    def rule(self) -> Rule:
        """The rule as an experiment takes it."""
        return Rule(self.name, lambda election: count_once(self.method, self.settings, election))


def told_apart(rules: Iterable[tuple[VotingMethod, Settings]]) -> list[Counted]:
    """Name rules after their methods; a method that comes again gets a number."""
    seen: Counter[str] = Counter()
    counted: list[Counted] = []
    for method, settings in rules:
        seen[method.card.name] += 1
        again = seen[method.card.name]
        name = method.card.name if again == 1 else f"{method.card.name} ({again})"
        counted.append(Counted(method, settings, name))
    return counted


@dataclass(frozen=True, slots=True)
class Source:
    """What to simulate.

    :ivar paper: makes the ballot paper of a format.
    :ivar choices: the rules of a round, the deciding one first; none for a file.
    :ivar pool: the ballots that were cast; none for a round file.
    :ivar areas: what an area is called, where that is not what it is named in the scene.
    :ivar pots: the round has pots, and ``choices`` know them.
    :ivar days: first and last day of voting, ``YYYY-MM-DD``, or empty.
    """

    title: str
    place: str
    scene: Scene
    format: BallotFormat
    paper: Callable[[BallotFormat], BallotPaper]
    choices: tuple[PluginChoice, ...] = ()
    pool: Profile | None = None
    areas: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, str] = ("", "")
    pots: bool = False


def read_source(path: Path, projects: int) -> Source:
    """Read a round file (``.toml``) or else a Pabulib file.

    :param projects: how many to invent for a round, which has none yet.
    :raises InvalidRound: the round file is wrong.
    :raises InvalidElectionFile: the Pabulib file is wrong, or has too many projects.
    """
    return _round(path, projects) if path.suffix == ".toml" else _file(path)


def _round(path: Path, projects: int) -> Source:
    from pb_engine.domain.pots import with_pots
    from pb_engine.services.round_files import read_round_file
    from pb_engine.services.scenes import paper_of_round, places_in, scene_without_ideas

    round_ = read_round_file(path)
    scene = scene_without_ideas(round_, projects)
    window = round_.calendar.voting
    return Source(
        title=str(round_.slug),
        place=round_.place,
        scene=scene,
        format=round_.ballot.format,
        paper=lambda one: paper_of_round(round_, scene, one),
        choices=(with_pots(round_, places_in(scene)).voting_method, *round_.compared_methods),
        areas={str(area.id): area.name for area in round_.areas.areas},
        days=(window.opens.isoformat(), window.closes.isoformat()),
        pots=round_.pots is not None,
    )


def _file(path: Path) -> Source:
    from pb_engine.tallying.pabulib import read_pabulib

    with path.open("rb") as stream:
        read = read_pabulib(stream)
    scene = scene_of_file(read)
    if not 1 <= len(scene.choices) <= MOST_PROJECTS:
        raise InvalidElectionFile(
            f"{path.name}: a simulation takes 1 to {MOST_PROJECTS} projects, not "
            f"{len(scene.choices)}"
        )
    days = [read.meta.get(key, "").split(".") for key in ("date_begin", "date_end")]
    return Source(
        title=path.stem,
        place=read.meta.get("unit", ""),
        scene=scene,
        format=format_of_file(read),
        paper=lambda one: paper_of_file(read, scene, one),
        pool=pool_of_file(read),
        days=("-".join(reversed(days[0])), "-".join(reversed(days[1]))),
    )
