"""Count a file with this engine inside one process and print what is selected and what it took."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from all_files import method_of
from rules import COMPARED

from pb_engine.pluginhost import load_settings
from pb_engine.tallying.pabulib import read_pabulib


def main() -> None:
    """Arguments: file, rule."""
    file, rule = sys.argv[1:]
    with Path(file).open("rb") as stream:
        election = read_pabulib(stream).election
    method, given = method_of(COMPARED[rule])
    settings = load_settings(method, given)
    wall, cpu = time.perf_counter(), time.process_time()
    outcome = method.tally(election, settings)
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps({"selected": list(outcome.selected), **took}))


if __name__ == "__main__":
    main()
