"""Ideas that exclude or need each other: whether the voting method can count with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pb_engine.domain.links import Link, missing_needs
from pb_engine.domain.rounds import Round
from pb_engine.pluginhost import Plugins
from pb_engine.services.dry_run.findings import Finding, good, note, wrong
from pb_engine.services.settled import takes_links
from pb_engine.tallying import Project


def linked(
    plugins: Plugins, round_: Round, projects: tuple[Project, ...], links: Iterable[Link]
) -> Iterator[Finding]:
    """Check the links between ideas; a round without links has nothing to find."""
    known = tuple(links)
    if not known:
        return
    if not takes_links(plugins, round_):
        yield wrong(
            "links",
            "De telmethode kan niet rekenen met ideeën die samenhangen. Haal de verbanden weg, of "
            "kies een andere telmethode.",
            "The voting method cannot count with ideas that are linked. Remove the links, or "
            "choose another method.",
            round_.voting_method.name,
        )
        return
    titles = {str(project.id): project.title for project in projects}
    lost = missing_needs(known, titles)
    for one in lost:
        yield wrong(
            "links",
            f"“{titles[one.idea]}” kan alleen samen met een idee dat niet op het stembiljet staat.",
            f"“{titles[one.idea]}” needs an idea that is not on the ballot paper.",
        )
    about = sum(one.idea in titles and one.other in titles for one in known)
    if about and not lost:
        yield good(
            "links",
            f"Verbanden tussen ideeën die meetellen: {about}.",
            f"Links between ideas that count: {about}.",
        )
    if about and round_.compared_methods:
        yield note(
            "links",
            "De andere telmethodes bij de uitslag rekenen niet met deze verbanden.",
            "The other methods beside the result do not count with these links.",
        )
