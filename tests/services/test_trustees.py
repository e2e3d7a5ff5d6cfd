"""Voting under a key that trustees keep, and their count on a machine without a store."""

import base64
import dataclasses
import json

import pytest

from pb_engine.ballots import canonical_json
from pb_engine.domain.rounds import Trustees
from pb_engine.errors import (
    EngineError,
    FolderRefused,
    InvalidElectionFile,
    InvalidKey,
    LogRefused,
    MistypedCode,
    NotReady,
    RecountDiffers,
    RulesFrozen,
    TallyRefused,
    WrongPhase,
)
from pb_engine.pluginhost import load
from pb_engine.sealing import (
    TreeHead,
    cosign_head,
    new_signing_key,
    public_part,
    sign_count,
    trustee_key_file,
)
from pb_engine.services import counting, phases, rounds
from pb_engine.services.box_checks import box_digest_of, check_box, trustees_in
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.count_file import count_digest, signed_count
from pb_engine.services.count_import import take_in_count
from pb_engine.services.desk import log_page
from pb_engine.services.offline_count import count_box
from pb_engine.services.results import results_page
from pb_engine.services.round_files import round_text
from pb_engine.services.sequencing import append_waiting
from pb_engine.services.trustees import name_trustees, trustees_of
from pb_engine.store.box import Cosignature
from pb_engine.units import RoundId
from tests.builders import CALENDAR, DAY, a_round, a_round_in, adopt_and_publish, an_engine
from tests.trustees import SLUG, a_ceremony, cast, closed_with, opened_under, ready_to_vote
from tests.trustees import closed as close

HELD = a_ceremony()
FILE = trustee_key_file(HELD.key)
VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
PLUGINS = load(["greedy"])


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bus")
    staged = closed_with(folder / "pb", HELD, VOTES)
    assert export_box(staged.engine, SLUG, folder / "bus.jsonl") == 7
    return staged, folder / "bus.jsonl"


@pytest.fixture
def closed(tmp_path):
    return closed_with(tmp_path / "pb", HELD, VOTES)


def counted(staged, folder, shares=HELD.shares[1:4]):
    export_box(staged.engine, SLUG, folder / "bus.jsonl")
    box = read_box_file(folder / "bus.jsonl")
    check_box(box)
    return count_box(box, shares, PLUGINS)


def facts_of(engine, name):
    entries = log_page(engine, round_id=SLUG, limit=1000).entries
    return [dict(one.event.facts) for one in entries if one.event.name == name]


# ---- before voting


def test_a_round_that_demands_trustees_does_not_open_without_their_file(tmp_path):
    staged = ready_to_vote(tmp_path)
    with pytest.raises(NotReady, match="needs a key of 5 trustees") as refused:
        phases.take_step(staged.engine, SLUG, "open_voting", "team")
    assert refused.value.details["problem"] == "trustees"
    assert phases.advance(staged.engine)[0].problem is not None
    opened_under(staged, FILE)


def test_voting_opens_under_the_key_of_the_trustees_and_no_key_that_opens_it_is_here(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path), FILE)
    with staged.engine.stores.box.read() as box:
        state = box.state(RoundId(SLUG))
    assert state.public_key == HELD.key.public
    assert f"{SLUG}.round" not in staged.engine.keyring.names()
    with staged.engine.stores.site.read() as work:
        frozen = [f for f in work.freezes.all(RoundId(SLUG)) if f.moment == "voting"][-1]
    document = json.loads(frozen.document)
    assert state.manifest == frozen.digest
    assert document["format"] == 2
    assert document["trustees"] == json.loads(FILE)
    assert trustees_of(staged.engine, SLUG) == HELD.key
    assert facts_of(staged.engine, "trustees_named")[0]["shares"] == 5


def test_until_voting_opens_another_ceremony_replaces_the_first_and_then_none_does(tmp_path):
    staged = ready_to_vote(tmp_path)
    name_trustees(staged.engine, SLUG, trustee_key_file(a_ceremony().key), "team")
    opened_under(staged, FILE)
    assert trustees_of(staged.engine, SLUG) == HELD.key
    with pytest.raises(WrongPhase):
        name_trustees(staged.engine, SLUG, FILE, "team")


def test_a_ceremony_of_another_round_or_with_other_numbers_is_refused(tmp_path):
    staged = ready_to_vote(tmp_path)
    with pytest.raises(InvalidKey, match="key of round ander"):
        name_trustees(staged.engine, SLUG, trustee_key_file(a_ceremony("ander").key), "team")
    fewer = dataclasses.replace(HELD.key, threshold=2)
    with pytest.raises(InvalidKey, match="asks for 3 of 5"):
        name_trustees(staged.engine, SLUG, trustee_key_file(fewer), "team")
    with pytest.raises(InvalidKey, match="not the public file"):
        name_trustees(staged.engine, SLUG, b"{}", "team")
    assert trustees_of(staged.engine, SLUG) is None


def test_a_round_that_demands_nothing_may_have_trustees_all_the_same(tmp_path):
    staged = a_round_in(an_engine(tmp_path), "review").move_to(CALENDAR.voting.start + DAY)
    opened_under(staged, FILE)
    assert trustees_of(staged.engine, SLUG) == HELD.key


def test_an_opening_that_broke_off_goes_on_under_the_same_key(tmp_path, monkeypatch):
    from pb_engine.store.site import SiteWork

    staged = ready_to_vote(tmp_path)
    name_trustees(staged.engine, SLUG, FILE, "team")

    def fail(self):
        raise OSError("no light")

    with monkeypatch.context() as broken:
        broken.setattr(SiteWork, "commit", fail)
        with pytest.raises(OSError, match="no light"):
            phases.take_step(staged.engine, SLUG, "open_voting", "team")
    phases.take_step(staged.engine, SLUG, "open_voting", "team")
    assert trustees_of(staged.engine, SLUG) == HELD.key


def test_an_amendment_while_voting_keeps_the_trustees_and_cannot_change_them(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path), FILE)
    mine = a_round(trustees=Trustees(3, 5))
    contact = dataclasses.replace(mine.contact, phone="14 054")
    reason = "Het nummer is veranderd."
    text = round_text(dataclasses.replace(mine, contact=contact))
    rounds.amend_rules(staged.engine, SLUG, text, reason, "team")
    with staged.engine.stores.site.read() as work:
        last = work.freezes.all(RoundId(SLUG))[-1]
    assert json.loads(last.document)["trustees"] == json.loads(FILE)
    other = round_text(dataclasses.replace(mine, trustees=Trustees(1, 5)))
    with pytest.raises(RulesFrozen, match="trustees"):
        rounds.amend_rules(staged.engine, SLUG, other, reason, "team")


# ---- after the close


def test_the_engine_itself_cannot_open_the_box_and_says_what_to_do(closed):
    with pytest.raises(InvalidKey, match="box export proef-2027") as refused:
        counting.open_box(closed.engine, SLUG, "team")
    assert refused.value.details["problem"] == "trustees"
    with pytest.raises(InvalidKey):
        counting.open_box(closed.engine, SLUG, "team", b"{}")


def test_three_of_five_open_count_and_publish_and_the_result_is_the_votes(closed, tmp_path):
    count = counted(closed, tmp_path)
    assert (len(count.opening.counted), len(count.opening.superseded)) == (6, 1)
    raw, words = signed_count(count)
    opened = take_in_count(closed.engine, SLUG, raw, words, "team")
    assert opened == counting.Opened(counted=6, superseded=1, invalid=0)
    for step in (counting.tally, counting.explain, adopt_and_publish):
        step(closed.engine, SLUG, "team")
    page = results_page(closed.engine, SLUG)
    assert page.voters == 6
    assert counting.stored_outcome(closed.engine, SLUG) == count.outcome
    (taken,) = facts_of(closed.engine, "count_taken_in")
    assert taken == {"count_digest": count_digest(count), "trustees": "2, 3, 4"}


def test_any_three_trustees_come_to_the_same_count(exported):
    _, path = exported
    box = read_box_file(path)
    first = count_box(box, HELD.shares[:3], PLUGINS)
    other = count_box(box, HELD.shares[2:], PLUGINS)
    assert dataclasses.replace(first, trustees=()) == dataclasses.replace(other, trustees=())


def test_two_shares_open_nothing(exported):
    with pytest.raises(InvalidKey) as refused:
        count_box(read_box_file(exported[1]), HELD.shares[:2], PLUGINS)
    assert refused.value.details == {"problem": "too_few", "given": 2, "wanted": 3}


def test_an_export_names_its_checks_and_the_digest_of_the_event_log(exported):
    staged, path = exported
    box = read_box_file(path)
    told = " ".join(check_box(box))
    assert "7 ballots are here" in told
    assert "5 trustees" in told
    assert "6 voting rights" in told
    assert trustees_in(box) == HELD.key
    (closing,) = facts_of(staged.engine, "voting_closed")
    assert box_digest_of(box) == closing["box_digest"]


def test_an_export_holds_no_attempt_and_no_secret_and_is_for_us_only(exported):
    staged, path = exported
    text = path.read_text(encoding="utf-8")
    with staged.engine.stores.box.read() as box:
        ballots = list(box.every(RoundId(SLUG)))
    assert len(ballots) == 7
    assert all(one.pseudonym in text and one.attempt not in text for one in ballots)
    for share in HELD.shares:
        assert share.value.hex() not in text
        assert share.written() not in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_open_box_is_not_exported_and_a_file_is_never_overwritten(tmp_path, exported):
    staged = opened_under(ready_to_vote(tmp_path / "pb"), FILE)
    with pytest.raises(NotReady):
        export_box(staged.engine, SLUG, tmp_path / "bus")
    assert not (tmp_path / "bus").exists()
    with pytest.raises(NotReady):
        export_box(staged.engine, "nergens", tmp_path / "bus")
    with pytest.raises(FolderRefused):
        export_box(exported[0].engine, SLUG, exported[1])
    with pytest.raises(FolderRefused):
        export_box(exported[0].engine, SLUG, tmp_path / "geen" / "map")


def test_a_method_of_another_version_counts_nothing(exported):
    greedy = PLUGINS.voting_methods["greedy"]

    class Newer:
        card = dataclasses.replace(greedy.card, version="99")
        settings_schema = greedy.settings_schema

    plugins = dataclasses.replace(PLUGINS, voting_methods={"greedy": Newer()})
    with pytest.raises(TallyRefused, match="version 99"):
        count_box(read_box_file(exported[1]), HELD.shares[:3], plugins)


def test_an_empty_box_is_counted_too(tmp_path):
    staged = closed_with(tmp_path / "pb", HELD, {})
    count = counted(staged, tmp_path)
    raw, words = signed_count(count)
    assert take_in_count(staged.engine, SLUG, raw, words, "team").counted == 0


def test_a_round_without_trustees_is_not_counted_with_shares(tmp_path):
    staged = a_round_in(tmp_path / "pb", "closed", votes={"AED": 1})
    export_box(staged.engine, SLUG, tmp_path / "bus")
    with pytest.raises(InvalidKey, match="round open-box"):
        check_box(read_box_file(tmp_path / "bus"))


# ---- taking a count in


def resigned(count, **changes):
    """A count with something changed, signed again by somebody who can."""
    from pb_engine.sealing import check_words
    from pb_engine.services.count_file import WORDS, count_document

    document = {**count_document(count), **changes}
    public, signature = sign_count(canonical_json(document))
    told = {"count": document, "public_key": public.hex(), "signature": signature.hex()}
    return canonical_json(told) + b"\n", check_words(public, WORDS)


def in_order(*ballots):
    return sorted(ballots, key=base64.b64decode)


def test_a_count_is_taken_in_once(closed, tmp_path):
    raw, words = signed_count(counted(closed, tmp_path))
    take_in_count(closed.engine, SLUG, raw, words, "team")
    with pytest.raises(WrongPhase):
        take_in_count(closed.engine, SLUG, raw, words, "team")


def test_a_count_with_other_words_or_a_changed_byte_is_refused(closed, tmp_path):
    raw, words = signed_count(counted(closed, tmp_path))
    _, others = signed_count(counted_again(tmp_path))
    refused = [
        (raw, others, InvalidKey),
        (raw, " ".join(words.split()[:7]), MistypedCode),
        (raw.replace(b'"trustees":[2', b'"trustees":[1'), words, InvalidKey),
        (raw[:-1], words, InvalidElectionFile),
        (b" " + raw, words, InvalidElectionFile),
        (b"{}", words, InvalidElectionFile),
        (raw.replace(b'"greedy"', rb'"\ud800"', 1), words, InvalidElectionFile),
        (b"[" * 100_000, words, InvalidElectionFile),
        (b"", words, InvalidElectionFile),
    ]
    for given, spoken, kind in refused:
        with pytest.raises(kind):
            take_in_count(closed.engine, SLUG, given, spoken, "team")
    assert rounds.stored_round(closed.engine, SLUG).phase == "closed"
    take_in_count(closed.engine, SLUG, raw, words.upper(), "team")


def counted_again(folder):
    return count_box(read_box_file(folder / "bus.jsonl"), HELD.shares[:3], PLUGINS)


def test_a_count_that_does_not_add_up_is_refused_though_it_is_signed(closed, tmp_path):
    from pb_engine.services.count_file import count_document

    count = counted(closed, tmp_path)
    opening = count_document(count)["opening"]
    outcome = count_document(count)["outcome"]
    changes = {
        "round": "ander",
        "manifest": "0" * 64,
        "entries": 6,
        "root": "00" * 32,
        "trustees": [1, 2],
        "method": {"name": "greedy", "version": "0", "settings": {}},
        "outcome": {**outcome, "selected": outcome["selected"][:1]},
    }
    for name, change in {
        "less": {"ballots": opening["ballots"][1:]},
        "swapped": {"ballots": in_order(opening["ballots"][0], *opening["ballots"][:-1])},
        "junk": {"ballots": in_order("e30=", *opening["ballots"][1:])},
        "uncounted": {"counted": opening["counted"][1:]},
        "foreign": {"superseded": ["AAAAA-AAAAA-AAAAA"]},
        "invalid": {"invalid": 1},
    }.items():
        assert name not in changes
        changes[f"opening {name}"] = {**opening, **change}
    for name, change in changes.items():
        raw, words = resigned(count, **{name.split()[0]: change})
        with pytest.raises((RecountDiffers, InvalidElectionFile)):
            take_in_count(closed.engine, SLUG, raw, words, "team")
    for name, change in {
        "trustees": [],
        "kind": "x",
        "opening": {},
        "outcome": 1,
        "method": [],
    }.items():
        raw, words = resigned(count, **{name: change})
        with pytest.raises(EngineError):
            take_in_count(closed.engine, SLUG, raw, words, "team")
    with closed.engine.stores.box.read() as box:
        assert box.opening(RoundId(SLUG)) is None


def test_a_count_of_another_box_is_refused(closed, tmp_path):
    other = closed_with(tmp_path / "ander", HELD, {"AED": 3})
    (tmp_path / "b").mkdir()
    raw, words = signed_count(counted(other, tmp_path / "b"))
    with pytest.raises(RecountDiffers):
        take_in_count(closed.engine, SLUG, raw, words, "team")


def test_the_count_counts_what_is_in_the_box_though_ballots_come_in_any_order(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path / "pb"), FILE)
    cast(staged, dict(reversed(VOTES.items())))
    count = counted(close(staged), tmp_path)
    titles = {one: title for title, one in staged.ideas.items()}
    assert [titles[one] for one in count.outcome.selected] == ["Bankjes", "Moestuin", "AED"]


def cosigned_box(folder):
    """A closed box with two batches in its log, the first of them cosigned by a witness."""
    staged = opened_under(ready_to_vote(folder / "pb"), FILE)
    cast(staged, {"AED": 2})
    append_waiting(staged.engine, SLUG, everything=True)
    witness = new_signing_key()
    with staged.engine.stores.box.write() as work:
        head, key = work.log.head(RoundId(SLUG)), work.log.key(RoundId(SLUG))
        signed = cosign_head(TreeHead(SLUG, head.size, head.root), log_key=key, key=witness)
        name = public_part(witness)
        work.log.cosign(Cosignature(RoundId(SLUG), head.size, name, signed))
        work.commit()
    cast(staged, {"Bankjes": 1})
    export_box(close(staged).engine, SLUG, folder / "bus")
    return read_box_file(folder / "bus")


def test_every_head_and_every_cosignature_of_an_export_is_checked(tmp_path):
    box = cosigned_box(tmp_path)
    told = " ".join(check_box(box))
    assert "all 3 signed heads" in told
    assert "1 witnesses cosigned 1 heads" in told
    (cosigned,) = box.cosignatures
    begin, first, last = box.heads
    assert (begin.size, first.size, last.size) == (0, 3, 5)
    for wrong in (
        {"cosignatures": (dataclasses.replace(cosigned, witness=bytes(32)),)},
        {"cosignatures": (dataclasses.replace(cosigned, size=5),)},
        {"cosignatures": (dataclasses.replace(cosigned, size=4),)},
        {"heads": (begin, dataclasses.replace(first, root=last.root), last)},
        {"heads": (begin, dataclasses.replace(first, signature=last.signature), last)},
        {"heads": (begin, dataclasses.replace(first, size=2), last)},
        {"heads": (begin, first)},
        {"heads": ()},
        {"log_key": bytes(32)},
        {"positions": (*box.positions[1:], box.positions[0])},
        {"positions": (*box.positions[1:], 9)},
        {"ballots": box.ballots[1:], "positions": box.positions[1:]},
        {"ballots": box.ballots[::-1], "positions": box.positions[::-1]},
        {"register": {"digital": 2, "paper": 0}},
    ):
        with pytest.raises(LogRefused):
            check_box(dataclasses.replace(box, **wrong))
    assert check_box(dataclasses.replace(box, register={"digital": 2, "paper": 1}))


def test_taking_a_count_in_goes_on_where_a_crash_left_it(closed, tmp_path, monkeypatch):
    from pb_engine.store.site import SiteWork

    raw, words = signed_count(counted(closed, tmp_path))

    def fail(self):
        raise OSError("no light")

    with monkeypatch.context() as broken:
        broken.setattr(SiteWork, "commit", fail)
        with pytest.raises(OSError, match="no light"):
            take_in_count(closed.engine, SLUG, raw, words, "team")
    assert rounds.stored_round(closed.engine, SLUG).phase == "closed"
    assert take_in_count(closed.engine, SLUG, raw, words, "team").counted == 6
    assert len(facts_of(closed.engine, "count_taken_in")) == 1
