"""The files for a print shop: PDF files of so many letters each, and one list of them all."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from pb_engine.errors import FolderRefused, LetterRefused
from pb_engine.services.letters.edition import Edition, document
from pb_engine.services.letters.letter import Letter
from pb_engine.services.letters.press import press
from pb_engine.services.printable import printable
from pb_engine.tallying.sheets.cells import guarded

LIST_NAME = "letters.csv"
_SEPARATOR = ";"
"""With which a Dutch spreadsheet opens it as columns, as it does the other lists of codes."""
MOST_PER_FILE = 1000
"""More letters in one file would take more than a gigabyte of memory."""

_COLUMNS = (
    "number",
    "file",
    "name",
    "street",
    "house",
    "postcode",
    "place",
    "area",
    "code",
    "link",
)


@dataclass(frozen=True, slots=True)
class Printed:
    """What was written.

    :ivar files: the PDF files, in the order of the letters.
    """

    folder: Path
    letters: int
    files: tuple[Path, ...]


def new_folder(folder: Path) -> Path:
    """Make the folder for a print run, which only this account may enter.

    :raises FolderRefused: it exists already, or cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as problem:
        raise FolderRefused(f"{folder} exists already; name a new folder") from problem
    except OSError as problem:
        raise FolderRefused(f"{folder} cannot be made: {problem.strerror}") from problem
    return folder


def print_run(
    edition: Edition, letters: Iterable[Letter], batch: int, folder: Path, per_file: int
) -> Printed:
    """Write the letters into an empty folder; no more than one file of them is in memory.

    No code is lost when printing fails: the list then holds all of them, without a file.

    :raises LetterRefused: printing failed, or so many letters do not go in one file.
    :raises FolderRefused: a file cannot be written.
    """
    require_per_file(per_file)
    made: list[Path] = []
    number = 0
    try:
        with _private(folder / LIST_NAME) as sheet:
            writer = csv.writer(sheet, delimiter=_SEPARATOR)
            writer.writerow(_COLUMNS)
            parts = _parts(letters, per_file)
            for some in parts:
                path = folder / f"letters-{len(made) + 1:04d}.pdf"
                writer.writerows(_row(edition, one, path.name) for one in some)
                sheet.flush()
                try:
                    made_pdf = press(document(edition, some, batch))
                except LetterRefused:
                    rest = (one for part in parts for one in part)
                    writer.writerows(_row(edition, one, "") for one in rest)
                    raise
                with _private_bytes(path) as file:
                    file.write(made_pdf)
                made.append(path)
                number += len(some)
    except OSError as problem:
        raise FolderRefused(f"{folder} cannot be written: {problem.strerror}") from problem
    return Printed(folder, number, tuple(made))


def require_per_file(per_file: int) -> None:
    """Refuse more letters in one file than memory should hold.

    :raises LetterRefused: not 1 to 1,000.
    """
    if not 1 <= per_file <= MOST_PER_FILE:
        sentence = f"a file has 1 to {MOST_PER_FILE} letters"
        raise LetterRefused(sentence, problem="per_file", limit=MOST_PER_FILE)


def _parts(letters: Iterable[Letter], size: int) -> Iterator[list[Letter]]:
    source = iter(letters)
    while some := list(islice(source, size)):
        yield some


def _row(edition: Edition, letter: Letter, file: str) -> list[str]:
    address = letter.address
    told = (
        (address.name, address.street, address.house, address.postcode, address.place)
        if address
        else ("",) * 5
    )
    cells = (*map(printable, told), letter.area or "", letter.code, edition.link(letter.code))
    return [str(letter.number), file, *map(guarded, cells)]


def _private(path: Path) -> TextIO:
    return os.fdopen(_opened(path), "w", encoding="utf-8-sig", newline="")


def _private_bytes(path: Path) -> BinaryIO:
    return os.fdopen(_opened(path), "wb")


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
