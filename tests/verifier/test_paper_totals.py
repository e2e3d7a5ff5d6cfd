"""A bundle with paper that was counted as totals: it says so, and every lie about it is noticed."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.sealing import pack, unpack
from pb_engine.services import counting, phases
from pb_engine.services.paper import sampling, totals
from pb_engine.services.publication import download
from pb_engine.tallying.pabulib import pabulib_bytes
from pb_engine.tallying.record import read_record, record_bytes
from pb_engine.verifier import check_bundle
from tests.builders import CALENDAR, a_round_in, adopt_and_publish, vote
from tests.paper import a_read_batch, a_stack, accept, read_as, to_paper
from tests.totals import a_counted_batch
from tests.verifier.bundles import OUTSIDE, failing, spelled, tally


class WithTotals:
    """A published round: four ballots online, a batch by sheet with a sample, one of totals."""

    def __init__(self, folder: Path) -> None:
        staged = a_round_in(folder, codes=20)
        self.slug = staged.slug
        for code in staged.codes[:4]:
            vote(staged, code, ["AED"])
        to_paper(staged, staged.codes[4:16])
        by_total = a_counted_batch(staged, a_stack(staged, 9) | {2: "<blank>"})
        totals.accept_totals(staged.engine, staged.slug, by_total, "Carla")
        stack = a_stack(staged, 3)
        accept(staged, a_read_batch(staged, stack))
        end = staged.move_to(CALENDAR.voting.end)
        phases.take_step(end.engine, self.slug, "close_voting", "team")
        drawn = sampling.draw_sample(end.engine, self.slug, 9, "team").drawn
        assert sorted(drawn) == [(2, 1), (2, 2), (2, 3)]
        for batch, sheet in drawn:
            for by in ("Dirk", "Els"):
                told = read_as(end, stack[sheet])
                sampling.check_sheet(end.engine, self.slug, batch, sheet, told, by)
        sampling.finish_sample(end.engine, self.slug, "team")
        for step in (counting.open_box, counting.tally, counting.explain, adopt_and_publish):
            step(end.engine, self.slug, "team")
        self.raw = download(end.engine, self.slug, "bundle.zip").body
        self.files = unpack(self.raw)
        self.key = end.engine.keyring.get(f"{self.slug}.log")

    def repacked(self, name: str, body: bytes) -> bytes:
        files = {one: raw for one, raw in self.files.items() if one not in OUTSIDE}
        return pack({**files, name: body}, round_id=self.slug, key=self.key)

    def told(self, name: str):
        return json.loads(self.files[name])


@functools.cache
def published() -> WithTotals:
    return WithTotals(Path(tempfile.mkdtemp(prefix="totals-")))


def lied(name, change) -> set[str]:
    document = published().told(name)
    change(document)
    return failing(published().repacked(name, canonical_json(document)))


def test_a_true_bundle_holds_and_says_how_many_sheets_are_totals():
    findings = check_bundle(published().raw, tally)
    assert [one.sentence.nl for one in findings if not one.holds] == []
    said = " ".join(one.sentence.nl for one in findings)
    assert "8 papieren biljetten zijn alleen als totaal geteld." in said
    assert "12 vellen ingeleverd, 11 geteld, 12 stemrechten op papier." in said
    assert published().told("record.json")["totals"]["sheets"] == 8


def test_no_total_is_changed_unseen():
    for project in published().told("record.json")["totals"]["votes"]:
        for by in (1, -1):

            def change(record, project=project, by=by):
                record["totals"]["votes"][project] += by

            assert "recount" in lied("record.json", change), project


def test_a_total_is_not_changed_with_the_outcome_that_follows_from_it():
    def change(record):
        project = max(record["totals"]["votes"], key=record["totals"]["votes"].get)
        record["totals"]["votes"][project] -= 1
        for decision in record["outcome"]["decisions"]:
            if decision["project"] == project:
                decision["voters"] -= 1

    assert "facts" in lied("record.json", change)


def no_project(record):
    record["totals"]["votes"].popitem()


def another_project(record):
    record["totals"]["votes"]["wolkenkrabber"] = 0


def too_many(record):
    record["totals"]["sheets"] = 301


def fewer(record):
    record["totals"]["sheets"] -= 1


def none(record):
    del record["totals"]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (no_project, "totals"),
        (another_project, "totals"),
        (too_many, "totals"),
        (fewer, "totals"),
        (none, "totals"),
    ],
)
def test_what_no_sheets_can_have_is_told(change, check):
    assert check in lied("record.json", change)


def test_a_batch_is_not_called_anything_else_than_what_it_is():
    def hide(told):
        del told["batches"][0]["totals"]

    def claim(told):
        told["batches"][1]["totals"] = True

    for change in (hide, claim):
        assert {"totals", "paper"} <= lied("paper.json", change)


def test_a_batch_of_totals_says_so_with_true_and_nothing_else():
    for value in (False, 1, None):

        def change(told, value=value):
            told["batches"][0]["totals"] = value

        assert "form" in lied("paper.json", change)


def test_the_event_log_names_every_batch_of_totals():
    lines = [json.loads(line) for line in published().files["events.jsonl"].splitlines()]
    kept = [one for one in lines if one["name"] != "paper_batch_by_totals"]
    assert len(kept) == len(lines) - 1
    assert failing(published().repacked("events.jsonl", spelled(kept))) == {"totals"}


def test_a_record_with_totals_is_spelled_in_one_way_and_reads_back():
    raw = published().files["record.json"]
    assert record_bytes(read_record(raw)) == raw


def test_a_pabulib_file_says_what_it_leaves_out():
    file = pabulib_bytes(read_record(published().files["record.json"])).decode()
    assert "#3: 8 paper ballots were counted as totals and are not in VOTES" in file
