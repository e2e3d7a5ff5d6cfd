"""The models by name: what each says about voters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.errors import TallyRefused
from pb_engine.tallying.simulating.draws import Draws
from pb_engine.tallying.simulating.scene import Scene
from pb_engine.tallying.simulating.tastes import Taste, around, copying, leaning, resampled
from pb_engine.units import LocalText

BOOTSTRAP = "bootstrap"
"""The model that has no tastes: it draws from ballots that were cast."""

CORE = 3
"""The core of ``resampling`` holds one project in so many."""

Tastes = Callable[[Scene, Draws, int], Iterator[Taste]]
"""Draws voters without end, from a scene, draws, and a strength from 0."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model by name.  With strength 0 none of them favours any project.

    :ivar summary: one sentence for whoever chooses.
    """

    name: str
    label: LocalText
    summary: LocalText
    tastes: Tastes


def _impartial(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    del strength
    while True:
        yield Taste(tuple(draws.shuffled(range(len(scene.choices)))))


def _popularity(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    return around(draws, draws.shuffled(range(len(scene.choices))), strength)


def _urn(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    return copying(draws, len(scene.choices), strength)


def _resampling(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    number = len(scene.choices)
    return resampled(draws, number, max(1, number // CORE), strength)


def _neighbourhood(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    areas = [choice.area for choice in scene.choices]
    residents = scene.residents or tuple((area, 1) for area in sorted(set(areas) - {""}))
    if not {area for area, _ in residents} & set(areas):
        raise TallyRefused(
            "no project has an area where voters live; the model 'neighbourhood' has nothing to "
            "go by",
            problem="model",
        )
    return _own_first(areas, residents, draws, (1 + strength, 1 + strength // 2, 1))


def _themes(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    themes = [choice.theme for choice in scene.choices]
    known = sorted(set(themes) - {""})
    if not known:
        raise TallyRefused(
            "no project has a theme; the model 'themes' has nothing to go by", problem="model"
        )
    voters = [(theme, 1) for theme in known]
    return _own_first(themes, voters, draws, (1 + strength, 1, 1))


def _own_first(
    groups: Sequence[str],
    voters: Sequence[tuple[str, int]],
    draws: Draws,
    weights: tuple[int, int, int],
) -> Iterator[Taste]:
    """Draw a group for each voter; weigh its projects, those of no group, and all others."""
    split = {
        own: (
            [at for at, group in enumerate(groups) if group == own],
            [at for at, group in enumerate(groups) if not group],
            [at for at, group in enumerate(groups) if group and group != own],
        )
        for own, _ in voters
    }
    every = sum(number for _, number in voters)
    while True:
        at = draws.below(every)
        for own, number in voters:
            at -= number
            if at < 0:
                yield leaning(draws, list(zip(weights, split[own], strict=True)))
                break


def _cheap(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    return _by_cost(scene, draws, (1 + strength, 1 + strength // 2, 1))


def _dear(scene: Scene, draws: Draws, strength: int) -> Iterator[Taste]:
    return _by_cost(scene, draws, (1, 1 + strength // 2, 1 + strength))


def _by_cost(scene: Scene, draws: Draws, weights: tuple[int, int, int]) -> Iterator[Taste]:
    """Weigh the cheapest third, the middle and the dearest third of the projects."""
    number = len(scene.choices)
    order = sorted(range(number), key=lambda at: (scene.projects[at].cost, scene.projects[at].id))
    third, rest = divmod(number, 3)
    parts = order[:third], order[third : 2 * third + rest], order[2 * third + rest :]
    while True:
        yield leaning(draws, list(zip(weights, parts, strict=True)))


def _model(name: str, tastes: Tastes, label: LocalText, summary: LocalText) -> tuple[str, Model]:
    return name, Model(name, label, summary, tastes)


MODELS: Mapping[str, Model] = MappingProxyType(
    dict(
        (
            _model(
                "impartial",
                _impartial,
                LocalText("Iedereen kiest iets anders", "Everybody likes something else"),
                LocalText(
                    "Geen enkel idee is geliefder dan een ander.",
                    "No project is liked better than another.",
                ),
            ),
            _model(
                "popularity",
                _popularity,
                LocalText("Sommige ideeën zijn geliefd", "Some projects are popular"),
                LocalText(
                    "De meeste mensen vinden dezelfde ideeën goed, de een meer dan de ander.",
                    "Most people like the same projects, some more than others.",
                ),
            ),
            _model(
                "urn",
                _urn,
                LocalText("Groepen stemmen hetzelfde", "Groups vote alike"),
                LocalText(
                    "Mensen nemen vaak precies de keuze van iemand anders over.",
                    "People often copy somebody else's whole choice.",
                ),
            ),
            _model(
                "resampling",
                _resampling,
                LocalText("Een vaste kern van ideeën", "A core of projects"),
                LocalText(
                    "Een vast groepje ideeën is geliefd. Elke kiezer wijkt daar wat van af.",
                    "One set of projects is liked; each voter differs from it a little.",
                ),
            ),
            _model(
                "neighbourhood",
                _neighbourhood,
                LocalText("Mensen kiezen hun eigen buurt", "People choose their own area"),
                LocalText(
                    "Kiezers hebben liever een idee in hun eigen buurt.",
                    "Voters prefer projects in the area where they live.",
                ),
            ),
            _model(
                "themes",
                _themes,
                LocalText("Mensen kiezen een onderwerp", "People choose a subject"),
                LocalText(
                    "Elke kiezer heeft één onderwerp dat voorgaat.",
                    "Every voter has one subject that comes first.",
                ),
            ),
            _model(
                "cheap",
                _cheap,
                LocalText("Mensen kiezen goedkope ideeën", "People choose cheap projects"),
                LocalText("Goedkope ideeën zijn geliefder.", "Cheap projects are liked better."),
            ),
            _model(
                "dear",
                _dear,
                LocalText("Mensen kiezen dure ideeën", "People choose dear projects"),
                LocalText("Dure ideeën zijn geliefder.", "Dear projects are liked better."),
            ),
        )
    )
)
"""Every model that draws tastes, in the order of lists."""
