"""Every rule that comes with the engine, by name."""

from __future__ import annotations

from pb_engine import pluginhost

BUILT_IN = [one.name for one in pluginhost.available() if one.distribution == "pb-engine"]
METHODS = dict(pluginhost.load(BUILT_IN).voting_methods)
