"""Asking trustees for their shares, one by one, unseen and named when wrong."""

from __future__ import annotations

import resource
from collections.abc import Iterable
from pathlib import Path

import click

from pb_engine.errors import InvalidKey, MistypedCode
from pb_engine.sealing import Share, TrusteeKey, take_share
from pb_engine.sealing.symbols import LONGEST_INPUT

_ASK = "Share {number} of {needed} (it stays invisible; only Enter stops)"


def forbid_dumps() -> None:
    """Keep this program's memory out of core dumps: it is going to hold secrets."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def take_shares(key: TrusteeKey, files: Iterable[Path]) -> tuple[Share, ...]:
    """Return enough shares of this key: first those in files, then those that are typed.

    A share that cannot be right is named at once, with what is wrong, and not taken.

    :raises InvalidKey: asking was stopped before enough shares were there.
    """
    taken: list[Share] = []
    for path in files:
        _take(key, _read(path), taken, f"{path.name}: ")
    while len(taken) < key.threshold:
        typed = ask(_ASK.format(number=len(taken) + 1, needed=key.threshold))
        if not typed.strip():
            raise _too_few(key, len(taken))
        _take(key, typed, taken, "")
    return tuple(taken)


def ask(text: str) -> str:
    """Ask for something that nobody may see; nothing when there is nobody to ask."""
    try:
        return str(click.prompt(text, default="", show_default=False, hide_input=True, err=True))
    except click.Abort:
        return ""


def _take(key: TrusteeKey, typed: str, taken: list[Share], source: str) -> None:
    try:
        share = take_share(key, typed, taken)
    except (MistypedCode, InvalidKey) as problem:
        click.echo(f"{source}not taken: {problem.sentence}", err=True)
        return
    taken.append(share)
    name = key.trustees[share.index - 1].name
    click.echo(f"{source}share {share.index} ({name}) is good", err=True)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_INPUT + 1).decode("utf-8", errors="replace")
    except OSError as problem:
        raise InvalidKey(
            f"{path.name} cannot be read: {problem.strerror}", problem="unreadable"
        ) from problem


def _too_few(key: TrusteeKey, given: int) -> InvalidKey:
    return InvalidKey(
        f"{given} of the {key.threshold} shares that are needed are here, so nothing was opened. "
        f"Any {key.threshold} of the {len(key.trustees)} trustees will do: ask another one. When "
        "fewer sheets than that are left, the ballots cannot be opened by anybody",
        problem="too_few",
        given=given,
        wanted=key.threshold,
    )
