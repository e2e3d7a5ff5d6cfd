"""A bundle with paper: every batch adds up, and every lie about paper is noticed."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.sealing import pack, unpack
from pb_engine.services import counting, phases
from pb_engine.services.paper import accepting, sampling, stacks, surplus
from pb_engine.services.publication import download
from tests.attacks.test_bundle_tampering import flipped, other, places
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, vote
from tests.paper import a_read_batch, a_stack, accept, read_as, to_paper
from tests.verifier.bundles import OUTSIDE, failing, spelled

WHY = "er zat een stapel oude folders tussen"


class WithPaper:
    """A published round: four ballots online, two batches on paper, one left out, a sample."""

    def __init__(self, folder: Path, *, marked: int = 6, explained: bool = False) -> None:
        staged = a_round_in(folder, codes=20)
        self.slug = staged.slug
        for code in staged.codes[:4]:
            vote(staged, code, ["AED"])
        to_paper(staged, staged.codes[4 : 4 + marked])
        stack = a_stack(staged, 4) | {2: "<blank>", 4: "<late>"}
        for one in (stack, a_stack(staged, 2)):
            accept(staged, a_read_batch(staged, one))
        left = stacks.open_batch(staged.engine, staged.slug, 3, "team")
        accepting.propose_leaving(staged.engine, staged.slug, left, WHY, "Anna")
        accepting.leave_out(staged.engine, staged.slug, left, WHY, "Bram")
        end = staged.move_to(CALENDAR.voting.end)
        phases.take_step(end.engine, self.slug, "close_voting", "team")
        for batch, sheet in sampling.draw_sample(end.engine, self.slug, 3, "team").drawn:
            told = read_as(end, stack[sheet] if batch == 1 else a_stack(end, 2)[sheet])
            for by in ("Dirk", "Els"):
                sampling.check_sheet(end.engine, self.slug, batch, sheet, told, by)
        sampling.finish_sample(end.engine, self.slug, "team")
        if explained:
            surplus.explain_surplus(end.engine, self.slug, WHY, "team")
        for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
            step(end.engine, self.slug, "team")
        self.engine = end.engine
        self.raw = download(end.engine, self.slug, "bundle.zip").body
        self.files = unpack(self.raw)
        self.key = end.engine.keyring.get(f"{self.slug}.log")

    def repacked(self, name: str, body: bytes) -> bytes:
        files = {one: raw for one, raw in self.files.items() if one not in OUTSIDE}
        return pack({**files, name: body}, round_id=self.slug, key=self.key)

    def told(self):
        return json.loads(self.files["paper.json"])


@functools.cache
def published(**how) -> WithPaper:
    return WithPaper(Path(tempfile.mkdtemp(prefix="paper-")), **how)


def lied(change) -> set[str]:
    document = published().told()
    change(document)
    return failing(published().repacked("paper.json", canonical_json(document)))


def test_a_true_bundle_tells_every_batch_and_holds():
    true = published()
    assert failing(true.raw) == set()
    told = true.told()
    assert [one["state"] for one in told["batches"]] == ["accepted", "accepted", "left_out"]
    assert told["batches"][0] == {
        "batch": 1,
        "stated": 4,
        "state": "accepted",
        "counted": 2,
        "defects": {"blank": 1, "late": 1},
        "reason": "",
    }
    assert len(told["entries"]) == 4
    assert (len(told["sample"]["drawn"]), told["sample"]["differences"]) == (3, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["batches"].pop(),
        lambda told: told["batches"][0].update(stated=5),
        lambda told: told["batches"][0].update(counted=3),
        lambda told: told["batches"][0]["defects"].update(blank=2, late=1),
        lambda told: told["batches"][0].update(defects={"late": 2}),
        lambda told: told["batches"][0].update(defects={"torn": 2}),
        lambda told: told["batches"][0].update(reason="zomaar"),
        lambda told: told["batches"][0].update(state="left_out"),
        lambda told: told["batches"][2].update(reason="een andere reden"),
        lambda told: told["batches"][2].update(counted=3, state="accepted", reason=""),
        lambda told: told["batches"].append(dict(told["batches"][0], batch=4)),
        lambda told: told["entries"].pop(),
        lambda told: told["entries"].append(told["entries"][0]),
        lambda told: told["entries"].reverse(),
        lambda told: told["entries"].__setitem__(0, "0" * 64),
        lambda told: told["entries"].__setitem__(0, 7),
        lambda told: told["sample"].update(drawn=[[1, 1], [1, 2], [1, 3]]),
        lambda told: told["sample"].update(differences=[[1, 1]]),
        lambda told: told.update(sample=None),
        lambda told: told.update(batches=None),
    ],
)
def test_every_lie_about_paper_is_noticed(change):
    assert lied(change)


@pytest.mark.parametrize("change", [other, flipped])
def test_each_value_in_the_paper_of_a_bundle_that_an_insider_changes_is_noticed(change):
    document = published().told()
    for path in places(document):
        made = json.loads(json.dumps(document))
        part = made
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = change(part[path[-1]])
        assert failing(published().repacked("paper.json", canonical_json(made))), path


def test_a_batch_that_does_not_add_up_is_noticed_also_where_the_event_log_lies_along():
    true = published()
    document = true.told()
    document["sample"] = None
    document["batches"][0]["stated"] = 5
    lines = [json.loads(line) for line in true.files["events.jsonl"].splitlines()]
    lines = [line for line in lines if not line["name"].startswith("paper_sample")]
    for line in lines:
        if line["name"] == "paper_batch_accepted" and line["facts"]["batch"] == 1:
            line["facts"]["sheets"] = 5
    files = {one: raw for one, raw in true.files.items() if one not in OUTSIDE}
    files |= {"events.jsonl": spelled(lines), "paper.json": canonical_json(document)}
    raw = pack(files, round_id=true.slug, key=true.key)
    assert failing(raw) == {"paper"}
    document["batches"][0]["stated"] = 4
    lines = [json.loads(line) for line in true.files["events.jsonl"].splitlines()]
    lines = [line for line in lines if not line["name"].startswith("paper_sample")]
    files |= {"events.jsonl": spelled(lines), "paper.json": canonical_json(document)}
    assert failing(pack(files, round_id=true.slug, key=true.key)) == set()


def test_paper_may_not_hide_a_ballot_that_was_cast_online():
    # Somebody calls an online ballot paper, and forgets one that was.
    entries = [json.loads(line) for line in published().files["log.jsonl"].splitlines()]
    mine = published().told()["entries"]
    other = next(one for one in entries if one not in mine)

    def swap(told):
        told["entries"] = sorted([*told["entries"][1:], other])

    # Nobody outside can tell which ballots came on paper; how many did is what is checked.
    assert lied(swap) == set()
    assert lied(lambda told: told.update(entries=sorted([*told["entries"], other]))) != set()


def test_more_paper_ballots_than_rights_are_bad_until_somebody_says_why():
    assert "paper register" in failing(published(marked=3).raw)
    assert failing(published(marked=3, explained=True).raw) == set()
    events = published(marked=3, explained=True).files["events.jsonl"].splitlines()
    lines = [json.loads(line) for line in events]
    for line in lines:
        if line["name"] == "paper_surplus_explained":
            line["facts"]["rights"] = 2
    raw = published(marked=3, explained=True).repacked("events.jsonl", spelled(lines))
    assert "paper register" in failing(raw)


def test_by_publication_nothing_is_left_by_which_a_reading_can_be_guessed():
    true = published()
    with true.engine.stores.box.read() as work:
        assert work.sheets.marks(true.slug) == {}
        assert work.sheets.checks(true.slug) == ()
    assert not true.engine.keyring.has(f"{true.slug}.sample")
    assert not true.engine.keyring.has(f"{true.slug}.paper")
