"""The folder of keys: one file per key, readable by this account only, never overwritten."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from pb_engine.errors import InvalidKey
from pb_engine.sealing.keyfiles import LONGEST_FILE, key_file, read_key_file, require_name

_SUFFIX = ".key"
_OTHERS = 0o077
# A pipe in the place of a key must not hang us, and a link must not lead us elsewhere.
_CAREFULLY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Keyring:
    """Secrets in files with mode 0600, in a folder with mode 0700.

    Nothing is held in memory: an erased key is dead at once, for every process.

    :param apart: folders of their own for kinds of keys, by what follows the last full stop of
        their names, so that the register and the box need not read each other's keys.
    """

    def __init__(
        self, folder: Path, *, demo: bool, apart: Mapping[str, Path] = MappingProxyType({})
    ) -> None:
        self._folder = folder
        self._apart = apart
        self._demo = demo

    def create(self, name: str, secret: bytes) -> None:
        """Keep a new secret; it is on the disk, whole, when this returns.

        :raises InvalidKey: a key of this name exists (``problem="exists"``; it is untouched), the
            name is not allowed, or the folder cannot be used.
        """
        path = self._path(name)
        content = key_file(name, secret, demo=self._demo)
        with _in_words(name):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require_private(path.parent)
            try:
                _write_new(path, content)
            except FileExistsError as problem:
                raise InvalidKey(
                    f"there is a key {name} already; it was not touched", problem="exists"
                ) from problem

    def get(self, name: str) -> bytes:
        """Return a secret.

        :raises InvalidKey: ``problem`` is ``missing``, ``open`` (others may read the file or the
            folder), ``format``, ``foreign`` (a file under another name than its own), ``demo``
            (a demo key outside demo mode) or ``unreadable``.
        """
        path = self._path(name)
        with _in_words(name):
            _require_private(path.parent)
            raw = _read_private(path)
        own_name, secret, demo = read_key_file(raw)
        if own_name != name:
            raise InvalidKey(f"key file {name} holds another key", problem="foreign")
        if demo and not self._demo:
            raise InvalidKey(f"key {name} was made by a demo and never counts", problem="demo")
        return secret

    def has(self, name: str) -> bool:
        """Tell whether there is a file for this key.

        :raises InvalidKey: the name is not allowed, or the folder cannot be looked into.
        """
        path = self._path(name)
        with _in_words(name):
            return path.is_file()

    def get_or_create(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret and make it first when there is none.

        Of many who ask at once, one keeps its secret and all get that one; ``make`` may then
        have been called in vain.

        :raises InvalidKey: as ``get`` and ``create``.
        """
        if not self.has(name):
            try:
                self.create(name, make())
            except InvalidKey as refusal:
                if refusal.details.get("problem") != "exists":
                    raise
        return self.get(name)

    def erase(self, name: str) -> bool:
        """Overwrite a key and remove it; return whether there was one.

        The removal is on the disk when this returns.  What a backup, a snapshot or the wear
        levelling of a drive may still hold is beyond any program.

        :raises InvalidKey: the key could not be erased.
        """
        path = self._path(name)
        with _in_words(name):
            try:
                _overwrite(path)
                path.unlink()
            except FileNotFoundError:
                return False
            _sync_folder(path.parent)
        return True

    def names(self) -> tuple[str, ...]:
        """Return the names of all keys, sorted; none when there is no folder yet.

        :raises InvalidKey: the folder cannot be looked into.
        """
        folders = {self._folder, *self._apart.values()}
        with _in_words("folder"):
            found = [path.name for one in folders if one.is_dir() for path in one.iterdir()]
        return tuple(
            sorted({name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)})
        )

    def _path(self, name: str) -> Path:
        require_name(name)
        kind = name.rpartition(".")[2]
        return self._apart.get(kind, self._folder) / f"{name}{_SUFFIX}"


def _require_private(folder: Path) -> None:
    if folder.exists() and folder.stat().st_mode & _OTHERS:
        raise InvalidKey(
            f"the folder of keys {folder} is open to others; run chmod 700 on it",
            problem="open",
        )


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        raise InvalidKey(f"there is no key {name}", problem="missing") from problem
    except OSError as problem:
        raise InvalidKey(
            f"the file of key {name} cannot be used: {problem.strerror}", problem="unreadable"
        ) from problem


def _write_new(path: Path, content: bytes) -> None:
    # A hard link, unlike a rename, fails when the name is taken: whole, or not at all, or refused.
    descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    finally:
        Path(draft).unlink()
    _sync_folder(path.parent)


def _read_private(path: Path) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | _CAREFULLY), "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise InvalidKey(f"{path} is not a file", problem="unreadable")
        if facts.st_mode & _OTHERS:
            raise InvalidKey(f"{path} is open to others; run chmod 600 on it", problem="open")
        return file.read(LONGEST_FILE + 1)


def _overwrite(path: Path) -> None:
    # In place: the draft of an interrupted create may be a second name of the same file.
    with os.fdopen(os.open(path, os.O_RDWR | _CAREFULLY), "r+b") as file:
        file.write(bytes(os.fstat(file.fileno()).st_size))
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
