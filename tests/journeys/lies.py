"""Ten lies about a published bundle: in each of its files one byte is another one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

_DIGIT = re.compile(rb"[0-9]")


@dataclass(frozen=True)
class Lie:
    """A bundle with one other byte in one file; the archive around it is in order."""

    place: str
    raw: bytes


def lies_about(bundle: bytes) -> Iterator[Lie]:
    """Change one digit in the middle of every file, so that each file stays readable."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as packed:
        files = {one.filename: packed.read(one) for one in packed.infolist()}
    for name, body in files.items():
        found = _DIGIT.search(body, len(body) // 2) or _DIGIT.search(body)
        if found is None:
            continue
        at = found.start()
        told = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        place = f"{name}, byte {at}: {body[at]:c} became {told[at]:c}"
        yield Lie(place, _packed({**files, name: told}))


def _packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, body in files.items():
            packed.writestr(zipfile.ZipInfo(name), body)
    return made.getvalue()
