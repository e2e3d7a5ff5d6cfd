"""The count on a machine without a network: no store, no engine, a box file and enough shares."""

from __future__ import annotations

from collections.abc import Sequence

from pb_engine.pluginhost import Plugins
from pb_engine.sealing import Share, restored, try_key
from pb_engine.services.box_checks import trustees_in
from pb_engine.services.box_file import BoxExport
from pb_engine.services.count_file import Count
from pb_engine.services.counting import counted_with
from pb_engine.services.frozen import frozen_election, frozen_method
from pb_engine.services.unsealing import unsealed


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
