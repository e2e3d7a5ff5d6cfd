"""A wire to PostgreSQL that can be cut at the commit."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

_NAME = ".s.PGSQL.5432"
_CHUNK = 65536
_COMMIT = b"COMMIT\x00"  # the whole statement, and not the end of READ COMMITTED


class Wire:
    """Passes everything on between clients and a server, until it is told to cut.

    :ivar cut: ``before``: the next COMMIT never arrives; ``after``: it arrives and is obeyed, and
        nobody hears of it; empty: nothing is cut.
    """

    def __init__(self, here: Path, server: Path) -> None:
        self.cut = ""
        self.cuts = 0
        self._obeyed = False
        self._server = str(server / _NAME)
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(here / _NAME))
        self._door.listen()
        threading.Thread(target=self._let_in, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()

    def _let_in(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            for pump in (self._to_server, self._to_client):
                threading.Thread(target=pump, args=(client, server), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        while sent := _received(client):
            if self.cut == "before" and _COMMIT in sent:
                self._do_cut(client, server)
                return
            self._obeyed = self.cut == "after" and _COMMIT in sent
            server.sendall(sent)
        _hang_up(server)

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        while told := _received(server):
            if self._obeyed:
                self._do_cut(client, server)
                return
            with contextlib.suppress(OSError):
                client.sendall(told)
        _hang_up(client)

    def _do_cut(self, client: socket.socket, server: socket.socket) -> None:
        self._obeyed, self.cut = False, ""
        self.cuts += 1
        _hang_up(client)
        _hang_up(server)


@contextlib.contextmanager
def wire(here: Path, server: Path) -> Iterator[Wire]:
    """Lend a wire that clients reach by the folder ``here``."""
    laid = Wire(here, server)
    try:
        yield laid
    finally:
        laid.close()


def _received(from_: socket.socket) -> bytes:
    try:
        return from_.recv(_CHUNK)
    except OSError:
        return b""


def _hang_up(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
