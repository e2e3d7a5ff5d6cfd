"""T63: what no public check can see, shown on purpose, and who does see it."""

from __future__ import annotations

import base64
import json
import sqlite3

from pb_engine.ballots import Ballot, BallotFormat, ballot_bytes, canonical_json
from pb_engine.services import counting, phases
from pb_engine.services.publication import download
from pb_engine.services.trackers import find_choice
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, vote
from tests.verifier.bundles import failing


def rewritten(path, change):
    """What whoever counts and lies does between the opening and the tally."""
    raw = sqlite3.connect(path)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    ((document,),) = raw.execute("SELECT document FROM openings")
    told = json.loads(document)
    change(told)
    raw.execute("UPDATE openings SET document = ?", (canonical_json(told),))
    raw.commit()
    raw.close()


def test_a_vote_changed_at_the_count_passes_every_public_check_and_only_its_voter_notices(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=30)
    receipts = [vote(staged, code, ["AED"]) for code in staged.codes]
    victim, others = receipts[0], receipts[1:]
    end = staged.move_to(CALENDAR.voting.end)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    counting.open_box(end.engine, end.slug, "team")

    def lie(told):
        other = ballot_bytes(Ballot.choosing(BallotFormat.APPROVAL, [staged.ideas["Bankjes"]]))
        place = told["trackers"].index(victim.tracker)
        told["ballots"][place] = base64.b64encode(other).decode()

    rewritten(tmp_path / "box.sqlite3", lie)
    for step in (counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    assert failing(download(end.engine, end.slug, "bundle.zip").body) == set()
    assert find_choice(end.engine, end.slug, victim.tracker).choices == (("Bankjes", 1),)
    assert {find_choice(end.engine, end.slug, one.tracker).choices for one in others} == {
        (("AED", 1),)
    }
