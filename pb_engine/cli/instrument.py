"""`pb-engine instrument`: check a survey instrument, and write it in another format."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import click
import yaml

from pb_engine.cli.refusing import Refusal, WrongUse
from pb_engine.errors import EngineError
from pb_engine.study import Instrument, ddi_of, instrument_of, read_instrument, surveyjs_of

WORKBOOK = ".xlsx"
LARGEST = 5_000_000


@click.group()
def instrument() -> None:
    """Survey instruments: the questions of a study as a file."""


@instrument.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(source: Path) -> None:
    """Check the instrument in SOURCE, a YAML file or an XLSForm workbook.

    Prints what it asks per wave, and its digest for a preregistration.
    """
    made = _read(source)
    click.echo(f"{made.name}, version {made.version}: {made.title.nl}")
    click.echo(f"languages: {', '.join(made.languages)}")
    for form in made.waves:
        click.echo(f"wave {form.wave}: {len(form.items)} questions on {len(form.pages)} pages")
    for score in made.scores:
        click.echo(f"score {score.id}: of {len(score.items)} questions, at least {score.least}")
    click.echo(f"SHA-256 {made.digest}")


@instrument.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--wave", default="", help="The wave to write, for .xlsx and .json.")
def convert(source: Path, target: Path, wave: str) -> None:
    """Write the instrument in SOURCE as TARGET; the ending says the format.

    TARGET is an XLSForm workbook (.xlsx) or a SurveyJS definition (.json) of one wave, a codebook
    in DDI 2.5 (.xml), or, of a workbook, an instrument file (.yaml).
    """
    if target.exists():
        raise Refusal(f"{target} is there already")
    content = _written(source, target.suffix, wave)
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise Refusal(f"{target}: {problem.strerror}") from problem
    click.echo(f"{target}: {len(content)} bytes")


def _written(source: Path, ending: str, wave: str) -> bytes:
    if ending == ".yaml":
        return _as_yaml(source)
    made = _read(source)
    try:
        if ending == ".xml":
            return ddi_of(made)
        if ending not in {".json", WORKBOOK}:
            raise WrongUse("the target must end in .xlsx, .json, .xml or .yaml")
        chosen = wave or _only_wave(made)
        if ending == ".json":
            return surveyjs_of(made, chosen)
        from pb_engine.study.xlsform_writing import xlsform_of  # slow to load

        return xlsform_of(made, chosen)
    except EngineError as problem:
        raise Refusal(problem.sentence) from problem


def _only_wave(made: Instrument) -> str:
    if len(made.waves) > 1:
        raise WrongUse(f"name one of the waves: --wave {' | '.join(w.wave for w in made.waves)}")
    return made.waves[0].wave


def _as_yaml(source: Path) -> bytes:
    if source.suffix.lower() != WORKBOOK:
        raise WrongUse("an instrument file is written from a workbook (.xlsx)")
    document = _document(source)
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)
    try:
        read_instrument(text.encode())
    except EngineError as problem:
        raise Refusal(f"{source}: {problem.sentence}") from problem
    return text.encode()


def _read(source: Path) -> Instrument:
    try:
        if source.suffix.lower() == WORKBOOK:
            return instrument_of(_document(source), hashlib.sha256(_content(source)).hexdigest())
        return read_instrument(_content(source))
    except EngineError as problem:
        raise Refusal(f"{source}: {problem.sentence}") from problem


def _document(source: Path) -> dict[str, Any]:
    from pb_engine.study.xlsform_reading import document_from_xlsform  # slow to load

    try:
        return document_from_xlsform(_content(source))
    except EngineError as problem:
        raise Refusal(f"{source}: {problem.sentence}") from problem


def _content(source: Path) -> bytes:
    try:
        if source.stat().st_size > LARGEST:
            raise Refusal(f"{source}: larger than {LARGEST // 1_000_000} MB")
        return source.read_bytes()
    except OSError as problem:
        raise Refusal(f"{source}: {problem.strerror}") from problem
