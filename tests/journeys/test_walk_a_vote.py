"""From the letter to the receipt in few pages and few bytes, in every format."""

import pytest

from tests.journeys.walk_a_vote import MARKER, PAGE, walk
from tests.web.ballot_rounds import FORMATS

MOST_PAGES = 5
MOST_BYTES = 100_000
"""Compressed, the whole way with all files."""


@pytest.mark.parametrize("kind", FORMATS)
def test_a_vote_takes_few_pages_and_few_bytes(tmp_path, kind):
    walked = walk(tmp_path / kind, kind)
    assert [name for name, _ in walked.pages] == ["voting_code", "biljet", "nakijken", "klaar"]
    assert len(walked.pages) <= MOST_PAGES
    assert walked.total <= MOST_BYTES
    assert f"| `{kind}` | {len(walked.pages)} |" in PAGE.read_text().split(MARKER)[1]
