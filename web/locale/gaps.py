"""Print what a language lacks, for a translator: ``python -m web.locale.gaps de > gaps.json``.

The answer names per Dutch sentence the English one and how many plural forms are wanted.
"""

from __future__ import annotations

import json
import sys

from web.locale import catalogues
from web.locale.sentences import first

Gap = dict[str, str | list[str] | int]


def gaps(language: str) -> dict[str, Gap]:
    """Return the untranslated sentences of a language, by Dutch sentence."""
    english = {first(one.id): one.string for one in catalogues.read("en") if one.id}
    catalogue = catalogues.read(language)
    missing = [one for one in catalogue if one.id and not catalogues.told(one)]
    return {
        first(one.id): {
            "english": _plain(english.get(first(one.id), "")),
            "forms": 1 if isinstance(one.id, str) else int(catalogue.num_plurals),
        }
        for one in missing
    }


def _plain(text: str | tuple[str, ...] | list[str] | None) -> str | list[str]:
    return text if isinstance(text, str) else list(text or ())


if __name__ == "__main__":
    print(json.dumps(gaps(sys.argv[1]), ensure_ascii=False, indent=1))  # noqa: T201 - its answer
