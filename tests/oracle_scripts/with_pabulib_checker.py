"""Checks files with the checker of the library that keeps them."""

from __future__ import annotations

from pabulib.checker import Checker


def answer(question):
    """Return what it finds wrong and what it warns of, in a file given as text."""
    found = Checker().process_files([question["file"]])
    results = found[1]["results"]
    return {"errors": results.get("errors", {}), "warnings": results.get("warnings", {})}
