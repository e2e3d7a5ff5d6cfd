"""Print what a language lacks, for a translator: ``python -m web.locale.gaps de > gaps.json``.

The answer names per Dutch sentence the English one, how many plural forms are wanted, and for
which number each is used first: Arabic wants that of 100 before that of 11.
"""

from __future__ import annotations

import json
import sys
from gettext import c2py

from babel.messages.catalog import Catalog

from web.locale import catalogues
from web.locale.sentences import first

Gap = dict[str, str | list[str] | list[int] | int]


def gaps(language: str) -> dict[str, Gap]:
    """Return the untranslated sentences of a language, by Dutch sentence."""
    english = {first(one.id): one.string for one in catalogues.read("en") if one.id}
    catalogue = catalogues.read(language)
    missing = [one for one in catalogue if one.id and not catalogues.told(one)]
    return {
        first(one.id): {
            "english": _plain(english.get(first(one.id), "")),
            **({"forms": 1} if isinstance(one.id, str) else plural_forms(catalogue)),
        }
        for one in missing
    }


def plural_forms(catalogue: Catalog) -> Gap:
    """Return how many forms a language has, and the first number of each."""
    form = c2py(catalogue.plural_expr)
    used = [next(n for n in range(1000) if form(n) == at) for at in range(catalogue.num_plurals)]
    return {"forms": int(catalogue.num_plurals), "numbers": used}


def _plain(text: str | tuple[str, ...] | list[str] | None) -> str | list[str]:
    return text if isinstance(text, str) else list(text or ())


if __name__ == "__main__":
    print(json.dumps(gaps(sys.argv[1]), ensure_ascii=False, indent=1))  # noqa: T201 - its answer
