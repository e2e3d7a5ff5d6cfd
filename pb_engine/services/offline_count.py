"""The count on a machine without a network: no store, no engine, a box file and enough shares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pb_engine.ballots import decode_ballot
from pb_engine.domain.round_document import read_round
from pb_engine.pluginhost import Plugins
from pb_engine.sealing import Share, restored, try_key
from pb_engine.services.box_checks import trustees_in
from pb_engine.services.box_file import BoxExport
from pb_engine.services.count_file import Count
from pb_engine.services.counting import counted_with
from pb_engine.services.unsealing import unsealed
from pb_engine.tallying import Election, Profile, Project, draw_lot
from pb_engine.tallying.record import MethodChoice
from pb_engine.units import Cents, ProjectId


def count_box(box: BoxExport, shares: Sequence[Share], plugins: Plugins) -> Count:
    """Open a checked box with enough shares and count it twice by its frozen method.

    :raises InvalidKey: the shares do not give the key of this box.
    :raises TallyRefused: the method is another version than the one that froze, or failed.
    """
    private = restored(trustees_in(box), shares)
    try_key(box.state.public_key, private, suite=box.state.suite)
    opening = unsealed(box, box.state, private)
    method = frozen_method(box.rules)
    return Count(
        round=box.state.round,
        manifest=box.state.manifest,
        entries=box.heads[-1].size,
        root=box.heads[-1].root,
        opening=opening,
        method=method,
        outcome=counted_with(plugins, method, frozen_election(box.rules, opening.ballots)),
        trustees=tuple(sorted(share.index for share in shares)),
    )


def frozen_method(rules: bytes) -> MethodChoice:
    """Return the method that decides, as it froze."""
    told: dict[str, Any] = json.loads(rules)["methods"][0]
    return MethodChoice(told["name"], told["version"], told["settings"])


def frozen_election(rules: bytes, ballots: Iterable[bytes]) -> Election:
    """Return what is counted: the frozen money, projects and seed, with these ballots."""
    document = json.loads(rules)
    round_ = read_round(document["round"], "rules")
    projects = tuple(
        Project(ProjectId(name), Cents(cost), title) for name, cost, title in document["projects"]
    )
    return Election(
        budget=round_.fund.budget_cents,
        projects=projects,
        profile=Profile.of(decode_ballot(raw) for raw in ballots),
        lot=draw_lot(round_.tie.seed or "", (project.id for project in projects)),
    )
