"""Every language that pages offer holds every sentence that a resident can meet."""

import pytest

from pb_engine.units import LANGUAGES
from web.locale import catalogues, gaps


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "nl"])
def test_nothing_is_missing(language):
    missing = gaps.gaps(language)
    assert not missing, (
        f"{len(missing)} sentences lack {language}; see docs/how-to/add-a-language.md: "
        f"{list(missing)[:10]}"
    )


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "nl"])
def test_every_place_survives(language):
    lost = {
        str(one.id): places
        for one in catalogues.read(language)
        if one.id and catalogues.told(one) and (places := catalogues.lost_places(one))
    }
    assert not lost
