"""A published result is corrected: by two, with a reason, and the old one stays to be read."""

import dataclasses
import json
import shutil

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.errors import (
    CorrectionRefused,
    DecisionRefused,
    NotAllowed,
    NotReady,
    PaperRefused,
    RecountDiffers,
    WrongPhase,
)
from pb_engine.sealing import pack, unpack
from pb_engine.services import adoption, correction, council, publication
from pb_engine.services.documents.library import document_file
from pb_engine.services.documents.protocol import protocol
from pb_engine.services.documents.protocol_material import count_of
from pb_engine.services.paper.corrected import corrected_paper
from pb_engine.services.paper.pages import totals_lines
from pb_engine.services.results import results_page
from pb_engine.services.rules import digest_of
from pb_engine.store import close_stores
from pb_engine.units import RoundId
from pb_engine.verifier import check_bundle
from tests.builders import CALENDAR, a_round_in, an_engine
from tests.services.letters.pages import texts
from tests.totals import published_with_totals
from tests.verifier.bundles import OUTSIDE, tally

REASON = "Stapel 1 was verkeerd geteld: de AED kreeg te veel."


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return published_with_totals(tmp_path_factory.mktemp("correctie"))


@pytest.fixture
def published(kept, tmp_path):
    """A copy of it."""
    close_stores(kept.engine.stores)
    shutil.copytree(kept.engine.settings.data_folder, tmp_path / "pb", dirs_exist_ok=True)
    return dataclasses.replace(kept, engine=an_engine(tmp_path / "pb", now=kept.engine.clock()))


def numbers(staged, **votes):
    """What the batch comes to: so many sheets for each title, all of them counted."""
    lines = dict.fromkeys((line.key for line in totals_lines(staged.engine, staged.slug)), 0)
    lines["counted"] = 4
    return lines | {staged.ideas[title]: number for title, number in votes.items()}


def begin(staged, told=None, by="kim"):
    told = {1: numbers(staged, AED=4)} if told is None else told
    return correction.begin_correction(staged.engine, staged.slug, REASON, told, by)


def funded(staged):
    rows = results_page(staged.engine, staged.slug).rows
    return {row.title: row.voters for row in rows if row.funded}


def corrected(staged):
    begin(staged)
    adoption.adopt(staged.engine, staged.slug, "noor")
    return correction.publish_correction(staged.engine, staged.slug, "kim")


def test_nothing_changes_for_residents_until_two_agreed_and_it_is_published(published):
    engine, slug = published.engine, published.slug
    before = results_page(engine, slug)
    begin(published)
    with pytest.raises(NotReady, match="nobody adopted"):
        correction.publish_correction(engine, slug, "kim")
    with pytest.raises(NotAllowed):
        adoption.adopt(engine, slug, "Kim")
    adoption.adopt(engine, slug, "noor")
    assert results_page(engine, slug) == before
    correction.publish_correction(engine, slug, "kim")
    after = results_page(engine, slug)
    assert after.record_digest != before.record_digest
    assert "AED" in funded(published)


def test_both_editions_stay_and_the_old_one_says_when_and_why_it_was_replaced(published):
    engine, slug = published.engine, published.slug
    old = publication.download(engine, slug, "record.json")
    digest = corrected(published)
    page = results_page(engine, slug)
    (edition,) = page.editions
    assert (edition.number, edition.reason) == (1, REASON)
    assert edition.replaced_on == engine.today()
    assert edition.record_digest == old.digest
    assert edition.funded == (("Speeltoestel", 500_000), ("Moestuin", 400_000))
    assert publication.download(engine, slug, "versie-1-record.json").body == old.body
    assert publication.download(engine, slug, "record.json").digest == digest
    assert {one.name for one in edition.files} >= {"versie-1-record.json", "versie-1-bundle.zip"}
    assert not any(one.name.startswith("versie") for one in page.downloads)


def test_a_stranger_can_check_both_bundles_and_sees_that_totals_were_corrected(published):
    engine, slug = published.engine, published.slug
    corrected(published)
    for name in ("bundle.zip", "versie-1-bundle.zip"):
        findings = check_bundle(publication.download(engine, slug, name).body, tally)
        assert [one.sentence.nl for one in findings if not one.holds] == []
    files = unpack(publication.download(engine, slug, "bundle.zip").body)
    (told,) = json.loads(files["paper.json"])["corrected"]
    assert told == {"batch": 1, "stated": 4, "counted": 4, "defects": {}}
    assert published.ideas["AED"].encode() not in files["paper.json"]
    assert REASON.encode() in files["events.jsonl"]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["corrected"][0].update(counted=3),
        lambda told: told["corrected"][0].update(counted=3, defects={"blank": 1}),
        lambda told: told["corrected"][0].update(batch=2),
        lambda told: told.pop("corrected"),
        lambda told: told["corrected"].append(told["corrected"][0]),
    ],
)
def test_whoever_lies_about_corrected_paper_is_noticed(published, change):
    engine, slug = published.engine, published.slug
    corrected(published)
    files = unpack(publication.download(engine, slug, "bundle.zip").body)
    told = json.loads(files["paper.json"])
    change(told)
    files = {name: raw for name, raw in files.items() if name not in OUTSIDE}
    files["paper.json"] = canonical_json(told)
    raw = pack(files, round_id=slug, key=engine.keyring.get(f"{slug}.log"))
    assert any(not one.holds for one in check_bundle(raw, tally))


@pytest.mark.parametrize("wrong", [{"counted": 3}, {"stated": 5, "counted": 5}, {"batch": 2}])
def test_an_insider_who_lies_in_paper_and_event_log_alike_is_noticed_too(published, wrong):
    engine, slug = published.engine, published.slug
    corrected(published)
    files = unpack(publication.download(engine, slug, "bundle.zip").body)
    told = json.loads(files["paper.json"])
    told["corrected"][0].update(wrong)
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    events[-1]["facts"]["paper"] = canonical_json(told["corrected"]).decode()
    files = {name: raw for name, raw in files.items() if name not in OUTSIDE}
    files["paper.json"] = canonical_json(told)
    files["events.jsonl"] = b"".join(canonical_json(one) + b"\n" for one in events)
    raw = pack(files, round_id=slug, key=engine.keyring.get(f"{slug}.log"))
    found = [one.sentence.en for one in check_bundle(raw, tally) if not one.holds]
    assert any("The correction of batch" in one for one in found), found


def test_a_result_can_be_corrected_twice(published):
    corrected(published)
    begin(published, {1: numbers(published, Bankjes=4)}, "noor")
    adoption.adopt(published.engine, published.slug, "kim")
    correction.publish_correction(published.engine, published.slug, "noor")
    assert "Bankjes" in funded(published)
    assert "AED" not in funded(published) or funded(published)["AED"] == 0
    page = results_page(published.engine, published.slug)
    assert [one.number for one in page.editions] == [2, 1]
    raw = publication.download(published.engine, published.slug, "bundle.zip").body
    assert all(one.holds for one in check_bundle(raw, tally))


def test_a_correction_that_is_counted_anew_must_be_adopted_anew(published):
    begin(published)
    adoption.adopt(published.engine, published.slug, "noor")
    begin(published, {1: numbers(published, Bankjes=4)})
    with pytest.raises(NotReady, match="nobody adopted"):
        correction.publish_correction(published.engine, published.slug, "kim")


def test_an_insider_who_counts_the_same_again_does_not_keep_their_own_adoption(published):
    begin(published, by="kim")
    adoption.adopt(published.engine, published.slug, "noor")
    begin(published, by="noor")
    with pytest.raises(NotReady, match="nobody adopted"):
        correction.publish_correction(published.engine, published.slug, "noor")
    with pytest.raises(NotAllowed):
        adoption.adopt(published.engine, published.slug, "noor")


def test_the_same_box_counted_again_gives_the_same_and_corrects_nothing(published):
    with pytest.raises(CorrectionRefused, match="the same"):
        begin(published, {})


def test_a_reason_that_was_told_wrongly_is_corrected_by_counting_the_same_box_again(published):
    with published.engine.stores.site.write() as work:
        file = work.publications.get(RoundId(published.slug), "record.json")
        body = file.body.replace(b"krijgt geld", b"krijgt goud")
        digest = digest_of(body)
        work.publications.put(
            RoundId(published.slug), dataclasses.replace(file, body=body, digest=digest)
        )
        work.commit()
    begin(published, {})
    adoption.adopt(published.engine, published.slug, "noor")
    correction.publish_correction(published.engine, published.slug, "kim")
    page = results_page(published.engine, published.slug)
    assert "krijgt geld" in page.rows[0].sentence.nl
    assert len(page.editions) == 1


def test_a_dropped_correction_leaves_everything_as_it_was(published):
    before = results_page(published.engine, published.slug)
    begin(published)
    correction.drop_correction(published.engine, published.slug, "kim")
    with pytest.raises(NotReady, match="no correction waits"):
        correction.publish_correction(published.engine, published.slug, "kim")
    with pytest.raises(WrongPhase):
        adoption.adopt(published.engine, published.slug, "noor")
    assert results_page(published.engine, published.slug) == before


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({2: {}}, PaperRefused),
        ({1: {"counted": 4}}, PaperRefused),
        ({1: {"AED": 5}}, PaperRefused),
        ({1: {"AED": -1}}, PaperRefused),
    ],
)
def test_totals_that_no_sheets_can_have_are_refused(published, told, refusal):
    (batch, lines), *_ = told.items()
    lines = lines if set(lines) == {"counted"} or not lines else numbers(published, **lines)
    with pytest.raises(refusal):
        begin(published, {batch: lines})
    with published.engine.stores.site.read() as work:
        assert corrected_paper(work, RoundId(published.slug)) == {}


def test_a_correction_needs_a_result_and_a_reason(published, tmp_path):
    with pytest.raises(CorrectionRefused):
        correction.begin_correction(published.engine, published.slug, " kort ", {}, "kim")
    early = a_round_in(tmp_path / "vroeg", "explained", votes={"AED": 1})
    with pytest.raises(WrongPhase):
        begin(early, {})


def test_a_correction_never_costs_more_with_what_the_council_decided(published):
    engine, slug = published.engine, published.slug
    for title, amount in (("Speeltoestel", 0), ("AED", 600_000)):
        idea, day = published.ideas[title], CALENDAR.voting.closes
        told = council.NewDecision(idea, amount > 0, amount, "B-1", day, REASON)
        number = council.propose_decision(engine, slug, told, "kim")
        council.settle_decision(engine, slug, number, "noor", agreed=True)
    before = results_page(engine, slug)
    assert before.granted_cents == 1_000_000
    begin(published, {1: numbers(published, Bankjes=4)})
    adoption.adopt(engine, slug, "noor")
    with pytest.raises(DecisionRefused, match="ideas get € 13"):
        correction.publish_correction(engine, slug, "kim")
    assert results_page(engine, slug) == before


def test_the_protocol_tells_who_corrected_what_and_why(published):
    corrected(published)
    made = protocol(count_of(published.engine, published.slug))
    told = " ".join(" ".join(texts(document_file(made, "pdf").body)).split())
    assert "Geteld door kim." in told
    assert "Vastgesteld door noor." in told
    assert "Uitslag gecorrigeerd; versie 1 is vervangen." in told


def test_an_old_edition_that_was_changed_is_not_shown(published):
    corrected(published)
    with published.engine.stores.site.write() as work:
        file = work.publications.get(RoundId(published.slug), "versie-1-record.json")
        work.publications.put(
            RoundId(published.slug), dataclasses.replace(file, body=file.body + b" ")
        )
        work.commit()
    with pytest.raises(RecountDiffers, match="edition 1"):
        results_page(published.engine, published.slug)
