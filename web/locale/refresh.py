"""Bring every catalogue up to date with the sentences that pages use: ``make translations``."""

from __future__ import annotations

from collections.abc import Mapping

from babel.messages import pofile
from babel.messages.catalog import Catalog

from pb_engine.units import LANGUAGES
from web.languages import DOMAIN, ENGINE, INFORMAL
from web.locale import catalogues, sentences
from web.locale.informal import informal_catalogue


def _texts(catalogue: Catalog) -> Mapping[str, str]:
    return {repr(one.id): repr(one.string) for one in catalogue if one.id}


def refresh() -> None:
    """Extract, update and compile; files in which nothing changed stay as they are."""
    used, seen_by_residents = sentences.used()
    everything, residents = sentences.template(used), sentences.template(seen_by_residents)
    path = sentences.LOCALE / f"{DOMAIN}.pot"
    with path.open("rb") as file:
        before = {repr(one.id) for one in pofile.read_po(file)}
    if before != {repr(one.id) for one in everything}:
        with path.open("wb") as file:
            pofile.write_po(file, everything, width=76, sort_output=True)
    for language in LANGUAGES:
        if catalogues.path_of(language, domain=ENGINE).exists():
            catalogues.write(catalogues.read(language, domain=ENGINE), language, domain=ENGINE)
        _update(language, residents if catalogues.for_residents_only(language) else everything)
    _speak_informally(informal_catalogue(seen_by_residents))


def _speak_informally(made: Catalog) -> None:
    if _texts(catalogues.read(INFORMAL)) != _texts(made):
        catalogues.write(made, INFORMAL)


def _update(language: str, template: Catalog) -> None:
    catalogue = catalogues.read(language)
    before = _texts(catalogue)
    catalogue.update(template, no_fuzzy_matching=True)
    path = catalogues.path_of(language)
    if _texts(catalogue) != before or not path.with_suffix(".mo").exists():
        catalogues.write(catalogue, language)


if __name__ == "__main__":
    refresh()
