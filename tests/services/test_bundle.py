"""What goes into a bundle from register and box."""

import json

from pb_engine.ballots import Ballot, BallotFormat, ballot_bytes, plaintext_length
from pb_engine.sealing import ballot_info, normalised_tracker, seal, unpack
from pb_engine.services import counting, phases
from pb_engine.services.codes import issue_codes
from pb_engine.services.publication import download
from pb_engine.store.box import StoredBallot
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, vote
from tests.registers import people
from tests.verifier.bundles import failing


def finished(staged):
    end = staged.move_to(CALENDAR.voting.end)
    phases.take_step(end.engine, end.slug, "close_voting", "team")
    for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
        step(end.engine, end.slug, "team")
    return download(end.engine, end.slug, "bundle.zip").body


def codes(staged, number, area):
    return issue_codes(staged.engine, staged.slug, number, "team", area=area).codes


def test_small_numbers_per_area_are_hidden_and_the_totals_stay(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=1)
    large, small = codes(staged, 60, "mekkelholt"), codes(staged, 40, "roombeek")
    for code in (*large[:25], *small[:2]):
        vote(staged, code, ["AED"])
    raw = finished(staged)
    register = json.loads(unpack(raw)["register.json"])
    assert register["total"] == {"digital": 27, "none": 74, "paper": 0}
    assert register["areas"].get("roombeek", {}).get("digital") is None
    for name in ("digital", "none"):
        shown = [cells[name] for cells in register["areas"].values() if cells[name] is not None]
        # One shown number of two would give the other away.
        assert len(shown) != 1
    assert failing(raw) == set()


def test_large_numbers_per_area_are_shown(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=30)
    for code in staged.codes[:15]:
        vote(staged, code, ["AED"])
    for area in ("mekkelholt", "roombeek"):
        for code in codes(staged, 30, area)[:15]:
            vote(staged, code, ["AED"])
    raw = finished(staged)
    areas = json.loads(unpack(raw)["register.json"])["areas"]
    assert areas == {area: {"digital": 15, "none": 15} for area in ("", "mekkelholt", "roombeek")}
    assert failing(raw) == set()


def deposited_without_tracker(staged, pseudonym):
    """A ballot as an earlier version of the engine sealed it."""
    ballot = ballot_bytes(Ballot.choosing(BallotFormat.APPROVAL, [staged.ideas["Moestuin"]]))
    with staged.engine.stores.box.write() as box:
        state, paper = box.state(staged.slug), box.paper(staged.slug, "all")
        info = ballot_info(manifest=state.manifest, style="all", pseudonym=pseudonym, number=1)
        sealed = seal(
            ballot,
            public=state.public_key,
            suite=state.suite,
            info=info,
            length=plaintext_length(paper),
        )
        box.deposit(StoredBallot(staged.slug, pseudonym, 1, "all", pseudonym[:32], sealed))
        box.commit()


def test_a_ballot_without_a_tracker_gets_one_and_stands_among_the_others(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=30)
    receipts = [vote(staged, code, ["AED"]) for code in staged.codes[:25]]
    deposited_without_tracker(staged, "ab" * 32)
    # Somebody has to have used a voting right for it.
    issue_and_enter(staged)
    raw = finished(staged)
    listed = [json.loads(line) for line in unpack(raw)["ballots.jsonl"].splitlines()]
    (strange,) = {tracker for tracker, _ in listed} - {one.tracker for one in receipts}
    assert normalised_tracker(strange) == strange
    assert dict(listed)[strange] == [[staged.ideas["Moestuin"], 1]]
    assert failing(raw) == set()


def issue_and_enter(staged):
    from tests.builders import admitted

    admitted(staged, staged.codes[29])


def test_the_bundle_of_a_round_with_a_register_says_what_it_was_at_the_opening(tmp_path):
    staged = a_round_in(tmp_path, "voting", codes=1, register=people(30))
    vote(staged, staged.codes[0], ["AED"])
    raw = finished(staged)
    files = unpack(raw)
    frozen = json.loads(files["manifest.json"])["register"]
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    [noted] = [one["facts"] for one in events if one["name"] == "register_frozen"]
    [checked] = [one["facts"] for one in events if one["name"] == "register_checked"]
    assert (frozen["digest"], frozen["rights"]) == (noted["digest"], 30)
    assert checked == {"rights": 30, "problems": 0, "told": "-"}
    assert failing(raw) == set()
