"""Put a translator's work into a catalogue: ``python -m web.locale.fill de done.json``.

The file says ``{"Dutch sentence": "translation"}``, or a list of all plural forms.  With ``engine``
behind it, it fills what the engine and its plugins say, and may say more than the catalogue holds:
``"{number} stem|{number} stemmen"`` is a new sentence with a plural.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog

from web.languages import DOMAIN, ENGINE
from web.locale import catalogues
from web.locale.sentences import LOCALE, first

Told = Mapping[str, str | list[str]]


def fill(language: str, told: Told, locale: Path = LOCALE, domain: str = DOMAIN) -> list[str]:
    """Write translations into a catalogue and compile it.

    :returns: a sentence for each translation that was refused; the others are written.
    """
    catalogue = catalogues.read(language, locale, domain)
    if domain == ENGINE:
        told = _added(catalogue, told)
    known = {first(one.id): one for one in catalogue if one.id}
    refused = [f"no page says: {dutch}" for dutch in told if dutch not in known]
    for dutch, text in told.items():
        message = known.get(dutch)
        if message is None:
            continue
        before = message.string
        forms = 1 if isinstance(message.id, str) else catalogue.num_plurals
        if forms != (1 if isinstance(text, str) else len(text)):
            refused.append(f"{forms} forms are wanted: {dutch}")
            continue
        message.string = text if isinstance(message.id, str) else tuple(text)
        if lost := catalogues.lost_places(message):
            message.string = before
            refused.append(f"lost or made up {', '.join(lost)}: {dutch}")
    catalogues.write(catalogue, language, locale, domain)
    return refused


def _added(catalogue: Catalog, told: Told) -> Told:
    for sentence in told:
        one, _, more = sentence.partition("|")
        if one not in catalogue:
            catalogue.add((one, more) if more else one)
    return {sentence.partition("|")[0]: text for sentence, text in told.items()}


if __name__ == "__main__":
    _told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    _refused = fill(sys.argv[1], _told, domain=(*sys.argv[3:], DOMAIN)[0])
    print("\n".join(_refused))  # noqa: T201 - its answer
    sys.exit(bool(_refused))
