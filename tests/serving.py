"""A real server in a thread of the test, and a real Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from pb_engine.engine import Engine
from web.app import create_app

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def served(engine: Engine, port: int = 0) -> Iterator[str]:
    """Serve on a loopback port, free if not named; yield the address with a slash at its end."""
    server = create_server(create_app(engine), host="127.0.0.1", port=port, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        # First whoever answers, then the sockets, by the thread that waits for them.
        server.task_dispatcher.shutdown()
        with contextlib.suppress(OSError):  # it was awake, and is done before we could wake it
            server.trigger.pull_trigger(lambda: _close(server._map))
        thread.join(timeout=5)


def _close(sockets: dict[int, wasyncore.dispatcher]) -> None:
    """Close all sockets, and the files that a browser went away from half-way."""
    for channel in [one for one in sockets.values() if isinstance(one, HTTPChannel)]:
        channel.handle_close()
    wasyncore.close_all(sockets)


def free_port() -> int:
    """A port that nobody listens on, for who must know an address before it is served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium of Debian; the browser that pip could bring is not downloaded."""
    program = shutil.which("chromium")
    if program is None:
        sentence = "these tests need Chromium: install the package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()
