"""The catalogue of Dutch with je for u: made, not written."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from babel.messages.catalog import Catalog

from web.address import informal
from web.locale.sentences import Sentence


def informal_catalogue(sentences: AbstractSet[Sentence]) -> Catalog:
    """Return the catalogue ``nl@je``: the sentences that sound another way."""
    made = Catalog(locale="nl", project="pb-engine", version="1", charset="utf-8", fuzzy=False)
    for one in sorted(sentences, key=str):
        forms = (one,) if isinstance(one, str) else one
        said = tuple(informal(form) for form in forms)
        if said != forms:
            made.add(one, said[0] if isinstance(one, str) else said)
    return made
