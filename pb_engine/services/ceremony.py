"""The key ceremony: an offline machine, a printer, and the trustees around it.

No engine, no store and no network.  The private key is made, split, tried out and forgotten; what
stays is one sheet per trustee and a public file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pb_engine.errors import FolderRefused, InvalidKey
from pb_engine.sealing import (
    Rehearsal,
    TrusteeKey,
    check_words,
    hold_ceremony,
    read_check_words,
    read_trustee_key,
    rehearse,
    take_share,
    trustee_key_file,
)
from pb_engine.sealing.trustee_keys import LONGEST_FILE
from pb_engine.services.round_files import read_round_file
from pb_engine.services.trustee_sheets import Sheet, public_name, sheet_pdf

THRESHOLD, SHARES = 3, 5
_NOBODY = "het participatieteam van de gemeente"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a ceremony is for.

    :ivar round: how people call the round.
    :ivar names: the trustees, in the order of their shares.
    :ivar contact: whom a trustee calls.
    """

    slug: str
    round: str
    names: tuple[str, ...]
    threshold: int
    contact: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a ceremony left behind.

    :ivar sheets: one file per trustee; they hold the shares.
    :ivar public: the file that opening voting takes.
    """

    key: TrusteeKey
    rehearsal: Rehearsal
    sheets: tuple[Path, ...]
    public: Path


def make_plan(
    subject: str, names: Sequence[str], threshold: int | None = None, shares: int | None = None
) -> Plan:
    """Return the plan for a round: the path of a round file, or the slug of a round.

    What is not given follows from the round file, then from the names, then it is 3 of 5.

    :raises InvalidRound: the file is not a round file.
    :raises InvalidKey: numbers that contradict each other or the round file.
    """
    slug, title, contact = subject, subject, _NOBODY
    wanted = None
    if subject.endswith(".toml"):
        round_ = read_round_file(Path(subject))
        slug, title, wanted = round_.slug, round_.name.nl, round_.trustees
        contact = f"{round_.contact.name}: {round_.contact.phone}"
    total = wanted.shares if wanted else len(names) or SHARES
    total = total if shares is None else shares
    needed = wanted.threshold if wanted else min(THRESHOLD, total)
    needed = needed if threshold is None else threshold
    if wanted and (needed, total) != (wanted.threshold, wanted.shares):
        raise InvalidKey(
            f"the round file asks for {wanted.threshold} of {wanted.shares} shares, not for "
            f"{needed} of {total}",
            problem="number",
        )
    if names and len(names) != total:
        raise InvalidKey(
            f"{total} shares need {total} trustees; {len(names)} are named", problem="number"
        )
    if len(set(names)) != len(names):
        raise InvalidKey("two trustees have the same name", problem="name")
    called = tuple(names) or tuple(f"sleutelbewaarder {at}" for at in range(1, total + 1))
    return Plan(slug, title, called, needed, contact)


def hold(plan: Plan, folder: Path) -> Held:
    """Make the key, rehearse, and write the sheets and the public file, readable by us only.

    Nothing is written before every rehearsal succeeded; the public file comes last; what cannot
    be finished is removed.

    :raises FolderRefused: the folder is not empty or cannot be written.
    :raises InvalidKey: the plan is not possible, or a rehearsal failed.
    """
    held = hold_ceremony(plan.slug, plan.names, threshold=plan.threshold)
    rehearsal = rehearse(held.key, [share.written() for share in held.shares])
    sheets = {
        f"{plan.slug}-sleuteldeel-{share.index}.pdf": sheet_pdf(
            Sheet(held.key, share, plan.round, plan.contact)
        )
        for share in held.shares
    }
    public = public_name(plan.slug)
    with _new_files(folder) as write:
        paths = tuple(write(name, body) for name, body in sheets.items())
        path = write(public, trustee_key_file(held.key))
    return Held(held.key, rehearsal, paths, path)


def read_public(path: Path) -> TrusteeKey:
    """Read the public file of a ceremony.

    :raises InvalidKey: it cannot be read, or is not such a file.
    """
    try:
        with path.open("rb") as file:
            return read_trustee_key(file.read(LONGEST_FILE + 1))
    except OSError as problem:
        raise InvalidKey(
            f"{path.name} cannot be read: {problem.strerror}", problem="unreadable"
        ) from problem


def share_with_words(key: TrusteeKey, typed: str) -> int:
    """Return the number of the share to which these check words belong.

    :raises MistypedCode: naming the word that is none.
    :raises InvalidKey: no share of this key has these words.
    """
    words = read_check_words(typed)
    for number, hashed in enumerate(key.commitments, start=1):
        if check_words(hashed) == words:
            return number
    raise InvalidKey(
        "these words belong to no share of this key; is it a sheet of another round?",
        problem="foreign",
    )


def share_itself(key: TrusteeKey, typed: str) -> int:
    """Return the number of a share that is typed in whole.

    :raises MistypedCode: naming the group with a typing error.
    :raises InvalidKey: it is not a share of this key.
    """
    return take_share(key, typed).index


class _Writer:
    """Writes new files into one folder and remembers them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.written: list[Path] = []

    def __call__(self, name: str, body: bytes) -> Path:
        path = self._folder / name
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
        self.written.append(path)
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        return path


@contextmanager
def _new_files(folder: Path) -> Iterator[_Writer]:
    write = _Writer(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_empty(folder)
        yield write
    except OSError as problem:
        _remove(write.written)
        raise FolderRefused(
            f"{folder} cannot be written: {problem.strerror}; nothing was kept"
        ) from problem
    except BaseException:
        _remove(write.written)
        raise


def _require_empty(folder: Path) -> None:
    if any(folder.iterdir()):
        raise FolderRefused(f"{folder} is not empty; name another folder with --out")


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
