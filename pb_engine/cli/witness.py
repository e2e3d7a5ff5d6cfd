"""`pb-engine witness`: a small job for somebody else's machine.

It needs no database and no settings: the address of a box, a key and a file to remember in.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import click

from pb_engine.cli.asking import get, post
from pb_engine.cli.witness_peers import require_agreement
from pb_engine.errors import LogRefused
from pb_engine.sealing import cosign_head, key_file, new_signing_key, public_part, read_key_file
from pb_engine.sealing.witnessing import (
    Seen,
    read_head,
    read_path,
    read_state,
    require_growth,
    require_same_log,
    state_file,
)

_KEY = "witness"


@click.command()
@click.argument("url")
@click.option(
    "--key",
    "key_path",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your key; it is made at the first run.",
)
@click.option(
    "--state",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to remember the last head.",
)
@click.option("--log-key", default="", help="The public key that this log must have.")
@click.option("--post", "posts", is_flag=True, help="Also send the cosignature to the box.")
@click.option("--peer", "peers", multiple=True, help="State file or address of another witness.")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to keep two heads that do not fit.  [default: beside the state]",
)
def witness(
    url: str,
    key_path: Path,
    state: Path,
    log_key: str,
    posts: bool,
    peers: tuple[str, ...],
    evidence: Path | None,
) -> None:
    """Check that the log at URL only grew since the last time, and cosign its newest head.

    URL is the address of a round: https://example.org/proef-2027
    """
    base = _base(url)
    key = _key(key_path)
    seen, signature = read_head(get(f"{base}/stembus/hoofd"))
    if log_key and seen.log_key.hex() != log_key.lower():
        raise LogRefused("this log has another key than it must have", problem="key")
    _require_followed(base, state, seen)
    proof = evidence or state.with_name(f"{state.name}.fork")
    agreed = require_agreement(base, (seen, signature), peers, proof)
    if peers:
        click.echo(f"{agreed} other witnesses were shown the same log", err=True)
    # Remembered before it is signed: a witness never signs two heads of one size.
    _replace(state, state_file(seen, signature))
    signed = {
        "witness": public_part(key).hex(),
        "signature": cosign_head(seen.head, log_key=seen.log_key, key=key).hex(),
    }
    if posts:
        post(f"{base}/stembus/hoofd/{seen.head.size}", signed)
    click.echo(json.dumps({"round": seen.head.round, "size": seen.head.size, **signed}))


def _require_followed(base: str, state: Path, seen: Seen) -> None:
    if not state.exists():
        click.echo(f"first look at the log with key {seen.log_key.hex()}", err=True)
        return
    before = read_state(state.read_bytes())
    require_same_log(before, seen)
    first, second = before.head.size, seen.head.size
    path: tuple[bytes, ...] = ()
    if first < second:
        path = read_path(get(f"{base}/stembus/groei/{first}/{second}"))
    require_growth(before, seen, path)


def _base(url: str) -> str:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise LogRefused("the address of a round begins with https://", problem="address")
    return url.rstrip("/")


def _key(path: Path) -> bytes:
    if not path.exists():
        raw = key_file(_KEY, new_signing_key(), demo=False)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
    _, secret, _ = read_key_file(path)
    return secret


def _replace(path: Path, content: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=path.absolute().parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)
