"""Which packages the kit was cut from, and the digest of everything that was committed."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
LOCK: Final = HERE / "lock.toml"
MACROS: Final = HERE.parent / "shared" / "templates"
PREFIX: Final = "utrecht-"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the lock.

    :ivar integrity: ``sha512-`` and the digest of the archive in base64.
    :ivar take: files of the archive, in the order in which they are joined.
    :ivar licence: an SPDX identifier.
    """

    name: str
    version: str
    integrity: str
    licence: str
    take: tuple[str, ...]


def packages(lock: Path = LOCK) -> tuple[Package, ...]:
    """Return the packages of the lock, in order."""
    read = tomllib.loads(lock.read_text(encoding="utf-8"))
    return tuple(Package(**{**one, "take": tuple(one["take"])}) for one in read["package"])


def differences(lock: Path = LOCK, folder: Path = HERE.parent) -> list[str]:
    """Name each committed file that is not the one in the lock; an empty list is good."""
    read = tomllib.loads(lock.read_text(encoding="utf-8"))
    return [
        f"{name} is not the file of the lock"
        for name, digest in read["made"].items()
        if not (folder / name).is_file() or sha256_of((folder / name).read_bytes()) != digest
    ]


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def css() -> str:
    """Return the rules of the kit."""
    return (HERE / "kit.css").read_text(encoding="utf-8")
