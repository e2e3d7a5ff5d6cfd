"""An installation in three parts, as real processes, and an operator who reaches all of them."""

from __future__ import annotations

import dataclasses
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from pb_engine.domain.phases import Calendar, Window
from pb_engine.engine import Engine, build, store_urls, wall_clock
from pb_engine.settings import Settings, settings_in
from pb_engine.store import StoreUrls, migrate
from tests.builders import CALENDAR, Staged

PARTS = ("site", "register", "box")
STORES = {
    "site": ("SITE", "STUDY"),
    "register": ("REGISTER", "SITE"),
    "box": ("BOX",),
    "operator": ("SITE", "REGISTER", "BOX", "STUDY"),
}
COST = (8192, 1, 1)
PATIENCE = 30


def open_today() -> Calendar:
    """The calendar of the other tests, moved so that voting opened yesterday."""
    ahead = wall_clock().date() - CALENDAR.voting.opens - timedelta(days=1)

    def moved(span: Window) -> Window:
        return Window(span.opens + ahead, span.closes + ahead)

    return Calendar(
        announced=CALENDAR.announced + ahead,
        ideas=moved(CALENDAR.ideas),
        review=moved(CALENDAR.review),
        appeal=moved(CALENDAR.appeal) if CALENDAR.appeal else None,
        voting=moved(CALENDAR.voting),
        counting=moved(CALENDAR.counting),
        result=CALENDAR.result + ahead,
    )


def free_ports(number: int) -> list[int]:
    """Ports on which nobody listens at this moment.

    They lie below those that a machine gives to outgoing lines, so that no other program gets one
    of them by chance before it is used.
    """
    with ExitStack() as stack:
        taken: list[int] = []
        while len(taken) < number:
            port = 20_000 + secrets.randbelow(12_000)
            one = stack.enter_context(socket.socket())
            with suppress(OSError):
                one.bind(("127.0.0.1", port))
                taken.append(port)
        return taken


class Town:
    """Three parts, each with a folder, databases, keys and an address of its own.

    :param stage: takes a round as far as it shall be when the processes start.
    :param journal: a folder on another disk, for the journal of the box.
    """

    def __init__(
        self,
        folder: Path,
        stage: Callable[[Engine], Staged],
        urls: StoreUrls | None = None,
        journal: Path | None = None,
    ) -> None:
        self.folder, self.journal = folder, journal
        self.ports = dict(zip(PARTS, free_ports(len(PARTS)), strict=True))
        self.at = {part: f"http://127.0.0.1:{port}" for part, port in self.ports.items()}
        self.settings = self._settings(urls)
        self.more: dict[str, str] = {}
        for part in STORES:
            (folder / part).mkdir(mode=0o700)
        migrate(store_urls(self.settings))
        self.staged = stage(build(self.settings))

    def _settings(self, urls: StoreUrls | None) -> Settings:
        settings = settings_in(
            self.folder / "operator",
            code_cost=COST,
            base_url=self.at["site"],
            register_url=self.at["register"],
            box_url=self.at["box"],
            register_keys=self.folder / "register" / "keys",
            box_keys=self.folder / "box" / "keys",
            journal_folder=self.journal,
        )
        if urls is None:
            return settings
        stores = {f"{name}_db": url for name, url in dataclasses.asdict(urls).items()}
        return dataclasses.replace(settings, **stores)

    def environment(self, part: str) -> dict[str, str]:
        """What a process of this part is told: its own stores and keys, and those of no other."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("PB_")}
        told: dict[str, Any] = {
            "PB_DATA": self.folder / part,
            "PB_CODE_COST": ",".join(map(str, COST)),
            "PB_BASE_URL": self.at["site"],
            "PB_REGISTER_URL": self.at["register"],
            "PB_BOX_URL": self.at["box"],
        }
        for name in STORES[part]:
            told[f"PB_{name}_DB"] = getattr(self.settings, f"{name.lower()}_db")
        if part == "operator":
            told |= {"PB_KEYS_REGISTER": self.folder / "register" / "keys"}
            told |= {"PB_KEYS_BOX": self.folder / "box" / "keys"}
        if self.journal and "BOX" in STORES[part]:
            told |= {"PB_JOURNAL": self.journal, **self.more}
        return own | {name: str(value) for name, value in told.items()}

    @contextmanager
    def serving(self, part: str) -> Iterator[subprocess.Popen[str]]:
        """Serve one part in a process of its own, until the end of the block or its death."""
        command = [sys.executable, "-m", "pb_engine", "serve", "--only", part]
        with (
            (self.folder / part / "log").open("ab") as log,
            subprocess.Popen(
                [*command, "--port", str(self.ports[part])],
                env=self.environment(part),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            try:
                assert process.stdout is not None
                said = process.stdout.readline()
                assert said.startswith("Serving on"), (said, self.logs())
                yield process
            finally:
                process.terminate()
                process.wait(PATIENCE)

    def logs(self) -> str:
        """Everything that the three processes wrote."""
        files = (self.folder / part / "log" for part in PARTS)
        return "".join(file.read_text("utf-8") for file in files if file.exists())
