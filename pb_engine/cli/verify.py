"""`pb-engine verify`: check a published bundle or record, without a database or settings."""

from __future__ import annotations

from pathlib import Path

import click

from pb_engine.cli.recount import by_plugin
from pb_engine.errors import SealBroken
from pb_engine.units import LocalText
from pb_engine.verifier import Asked, Finding, check_bundle, check_record

MOST_BYTES = 2**31
_ZIP = b"PK"
_READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_WORDS = {True: LocalText("goed", "ok"), False: LocalText("FOUT", "FAIL")}


@click.command()
@click.argument("file", type=_READABLE)
@click.option("--receipt", "receipts", multiple=True, help="A receipt number to look for.")
@click.option("--signature", "signatures", multiple=True, help="The signature beside it.")
@click.option("--tracker", "trackers", multiple=True, help="A tracker to look for.")
@click.option(
    "--witness", "witnesses", multiple=True, type=_READABLE, help="The state file of a witness."
)
@click.option("--cosigner", "cosigners", multiple=True, help="Public key of a witness that signed.")
@click.option(
    "--refusal", "refusals", multiple=True, type=_READABLE, help="What the box signed: too late."
)
@click.option("--log-key", help="Public key that the log must have.")
@click.option("--language", type=click.Choice(["en", "nl"]), default="en", show_default=True)
def verify(
    file: Path,
    receipts: tuple[str, ...],
    signatures: tuple[str, ...],
    trackers: tuple[str, ...],
    witnesses: tuple[Path, ...],
    cosigners: tuple[str, ...],
    refusals: tuple[Path, ...],
    log_key: str | None,
    language: str,
) -> None:
    """Check everything in the published bundle or record FILE that anybody can check."""
    raw = _read(file)
    if len(signatures) > len(receipts):
        raise click.UsageError("a signature belongs to a --receipt")
    seen, late = tuple(map(_read, witnesses)), tuple(_text(path) for path in refusals)
    asked = Asked(receipts, signatures, trackers, seen, cosigners, log_key, late)
    if raw.startswith(_ZIP):
        findings = check_bundle(raw, by_plugin, asked)
    elif asked != Asked():
        raise click.UsageError("these questions need a bundle; this file is a record")
    else:
        findings = check_record(raw, by_plugin)
    _tell(findings, language)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise SealBroken(f"{path.name} is larger than any bundle: more than {MOST_BYTES} bytes")
    return path.read_bytes()


def _text(path: Path) -> str:
    return _read(path).decode("utf-8", "replace")


def _tell(findings: list[Finding], language: str) -> None:
    for one in findings:
        word = _WORDS[one.holds].text(language)
        click.echo(f"{word:4} {one.check}: {one.sentence.text(language)}")
    wrong, number = sum(not one.holds for one in findings), len(findings)
    if wrong:
        said = LocalText(f"{wrong} van {number} controles mislukt.", f"{wrong} of {number} failed.")
        click.echo(said.text(language), err=True)
        raise SystemExit(1)
