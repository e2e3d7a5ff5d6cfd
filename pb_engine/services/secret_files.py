"""Secrets of the deployment: files that a round names, in a folder that a round cannot choose."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pb_engine.engine import Engine
from pb_engine.errors import SecretMissing

LARGEST = 16 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_OTHERS = 0o077
_CAREFULLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def read_secret(engine: Engine, name: str) -> bytes:
    """Return the content of a file in the folder of secrets.

    :raises SecretMissing: the name is not allowed, there is no such file, others than its owner
        may read it, or it is larger than 16 KiB.
    """
    if not _NAME.fullmatch(name):
        raise SecretMissing(
            f"{name[:40]!r} is not the name of a secret: small letters, digits, dots and dashes",
            problem="name",
        )
    path = folder_of(engine) / name
    try:
        return _read(path)
    except OSError as problem:
        raise SecretMissing(f"{path} cannot be read: {problem.strerror}", problem="file") from None


def folder_of(engine: Engine) -> Path:
    """Return the folder of secrets."""
    return engine.settings.secrets_folder or engine.settings.data_folder / "secrets"


def _read(path: Path) -> bytes:
    with os.fdopen(os.open(path, _CAREFULLY), "rb") as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode) or state.st_mode & _OTHERS:
            raise SecretMissing(f"others may read {path}; run chmod 600 on it", problem="open")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SecretMissing(f"{path} is larger than {LARGEST} bytes", problem="large")
    return content
