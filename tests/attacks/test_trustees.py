"""Attacks on the key that trustees keep, on their box file, and on their count."""

import dataclasses
import hashlib
import itertools
import json
import secrets
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pb_engine.ballots import canonical_json
from pb_engine.errors import EngineError, InvalidKey, RecountDiffers, SealBroken
from pb_engine.pluginhost import load
from pb_engine.sealing import (
    SUITE,
    Share,
    ballot_info,
    check_words,
    combine,
    commitment,
    new_round_keys,
    read_ticket,
    restored,
    seal,
    sign_count,
    trustee_key_file,
    unseal,
)
from pb_engine.services import counting, phases
from pb_engine.services.box_checks import check_box, trustees_in
from pb_engine.services.box_export import export_box
from pb_engine.services.box_file import read_box_file
from pb_engine.services.count_file import (
    WORDS,
    Count,
    count_digest,
    count_document,
    read_count,
    signed_count,
)
from pb_engine.services.count_import import take_in_count
from pb_engine.services.offline_count import count_box
from pb_engine.services.trustees import name_trustees, trustees_of
from pb_engine.units import RoundId
from tests.builders import admitted
from tests.trustees import (
    SLUG,
    a_ceremony,
    cast,
    closed,
    closed_with,
    opened_under,
    ready_to_vote,
)

HELD = a_ceremony()
VOTES = {"Bankjes": 3, "Moestuin": 2, "AED": 1}
PLUGINS = load(["greedy"])


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return closed_with(tmp_path_factory.mktemp("pb"), HELD, VOTES)


@pytest.fixture(scope="module")
def export(staged, tmp_path_factory):
    path = tmp_path_factory.mktemp("bus") / "bus"
    export_box(staged.engine, SLUG, path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def honest(export, tmp_path_factory):
    path = tmp_path_factory.mktemp("eerlijk") / "bus"
    path.write_bytes(export)
    return count_box(read_box_file(path), HELD.shares[:3], PLUGINS)


def counted_from(raw, folder):
    """Check and count a box file as the command does."""
    path = folder / "bus"
    path.write_bytes(raw)
    box = read_box_file(path)
    check_box(box)
    return count_box(box, HELD.shares[:3], PLUGINS)


# ---- the shares


def test_two_trustees_together_open_no_ballot(staged):
    with staged.engine.stores.box.read() as box:
        ballot, state = next(box.every(RoundId(SLUG))), box.state(RoundId(SLUG))
    info = ballot_info(
        manifest=state.manifest,
        style=ballot.style,
        pseudonym=ballot.pseudonym,
        number=ballot.number,
    )
    three = restored(HELD.key, HELD.shares[:3])
    assert unseal(ballot.sealed, private=three, suite=SUITE, info=info)
    for pair in itertools.combinations(HELD.shares, 2):
        with pytest.raises(InvalidKey):
            restored(HELD.key, pair)
        # Not even by pretending that two are enough, or with a third that was guessed.
        guesses = [*pair, Share(_other(pair), secrets.token_bytes(32))]
        for shares, threshold in ((pair, 2), (guesses, 3)):
            wrong = combine(shares, threshold=threshold)
            with pytest.raises(SealBroken):
                unseal(ballot.sealed, private=wrong, suite=SUITE, info=info)


def _other(pair):
    return next(at for at in range(1, 6) if at not in {one.index for one in pair})


def test_the_published_hashes_and_words_let_nobody_tell_two_shares_apart():
    share = HELD.shares[0]
    near = Share(1, bytes([share.value[0] ^ 1]) + share.value[1:])
    assert commitment(near) != commitment(share)
    assert check_words(commitment(near)) != check_words(commitment(share))
    assert HELD.key.commitments[0] == commitment(share)
    assert share.written() not in trustee_key_file(HELD.key).decode()


def test_a_trustee_who_lies_about_a_share_is_named_and_the_others_still_count(export, tmp_path):
    (tmp_path / "bus").write_bytes(export)
    box = read_box_file(tmp_path / "bus")
    for liar, honest_ones in ((0, HELD.shares[1:4]), (4, HELD.shares[:3])):
        lie = Share(liar + 1, secrets.token_bytes(32))
        with pytest.raises(InvalidKey) as refused:
            count_box(box, [lie, *honest_ones[:2]], PLUGINS)
        assert refused.value.details == {"problem": "wrong", "share": liar + 1}
        assert count_box(box, honest_ones, PLUGINS).trustees


# ---- the server before and while voting


def test_whoever_owns_the_server_finds_no_key_that_opens_the_box(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path), trustee_key_file(HELD.key))
    private = restored(HELD.key, HELD.shares[:3])
    secret = [private, *(one.value for one in HELD.shares)]
    hidden = [*secret, *(s.hex().encode() for s in secret)]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 5
    for path in files:
        raw = path.read_bytes()
        assert not any(one in raw for one in hidden), path
    for name in staged.engine.keyring.names():
        raw = staged.engine.keyring.get(name)
        with staged.engine.stores.box.read() as box:
            public = box.state(RoundId(SLUG)).public_key
        sealed = seal(b"x", public=public, suite=SUITE, info=b"", length=9)
        with pytest.raises(SealBroken):
            unseal(sealed, private=raw, suite=SUITE, info=b"")


def test_a_key_that_is_swapped_after_the_opening_is_never_used(staged):
    mine = a_ceremony()
    with pytest.raises(EngineError):
        name_trustees(staged.engine, SLUG, trustee_key_file(mine.key), "team")
    with staged.engine.stores.site.write() as work:
        work.counts.put(RoundId(SLUG), "trustees", trustee_key_file(mine.key))
        work.commit()
    assert trustees_of(staged.engine, SLUG) == HELD.key


def test_a_ceremony_that_broke_off_or_a_lost_share_before_voting_leaves_no_half_open_round(
    tmp_path,
):
    staged = ready_to_vote(tmp_path)
    with pytest.raises(EngineError):
        name_trustees(staged.engine, SLUG, trustee_key_file(HELD.key)[:-20], "team")
    with pytest.raises(EngineError):
        phases.take_step(staged.engine, SLUG, "open_voting", "team", "Wij beginnen nu.")
    with staged.engine.stores.box.read() as box:
        assert box.state(RoundId(SLUG)) is None
    name_trustees(staged.engine, SLUG, trustee_key_file(a_ceremony().key), "team")
    opened_under(staged, trustee_key_file(HELD.key))
    assert trustees_of(staged.engine, SLUG) == HELD.key


# ---- the box file on its way to the machine without a network


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_byte_of_a_box_file_is_changed_it_is_refused_or_the_count_is_the_same(
    export, honest, tmp_path, data
):
    at = data.draw(st.integers(0, len(export) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != export[at]))
    changed = export[:at] + bytes([value]) + export[at + 1 :]
    _refused_or_same(changed, honest, tmp_path)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_lines_that_are_dropped_doubled_or_swapped_are_refused(export, honest, tmp_path, data):
    head, *ballots = export.splitlines(keepends=True)
    one, other = (data.draw(st.integers(0, len(ballots) - 1)) for _ in range(2))
    match data.draw(st.sampled_from(["drop", "double", "swap", "cut"])):
        case "drop":
            ballots.pop(one)
        case "double":
            ballots.insert(one, ballots[other])
        case "swap":
            ballots[one], ballots[other] = ballots[other], ballots[one]
        case _:
            ballots[-1] = ballots[-1][: data.draw(st.integers(0, len(ballots[-1]) - 1))]
    changed = head + b"".join(ballots)
    if changed != export:
        with pytest.raises(EngineError):
            counted_from(changed, tmp_path)
    # Also when the head is told how many there are now.
    told = json.loads(head)
    told["ballots"] = len(ballots)
    _refused_or_same(canonical_json(told) + b"\n" + b"".join(ballots), honest, tmp_path)


def _refused_or_same(changed, honest, folder):
    try:
        count = counted_from(changed, folder)
    except EngineError:
        return
    assert count == honest


def head_with(export, **changes):
    head, rest = export.split(b"\n", 1)
    return canonical_json({**json.loads(head), **changes}) + b"\n" + rest


def test_a_box_with_a_ballot_more_is_refused_though_its_head_is_signed_by_somebody(
    export, tmp_path
):
    from pb_engine.sealing import TreeHead, leaf_hash, new_signing_key, public_part, root, sign_head
    from pb_engine.services.box_file import entry_of

    (tmp_path / "bus").write_bytes(export)
    box = read_box_file(tmp_path / "bus")
    key = new_signing_key()
    entries = dict(zip(box.positions, map(entry_of, box.ballots), strict=True))
    leaves = [leaf_hash(bytes.fromhex(entries[at])) for at in range(len(entries))]
    top = root(leaves)
    forged = [[len(leaves), top.hex(), sign_head(TreeHead(SLUG, len(leaves), top), key=key).hex()]]
    # With a key of its own the file is sound in itself; the server then knows another log ...
    count = counted_from(
        head_with(export, heads=forged, log_key=public_part(key).hex(), cosignatures=[]), tmp_path
    )
    assert count.root == box.heads[-1].root
    # ... and with the key of the log somebody else's signature is noticed at once.
    with pytest.raises(EngineError, match="not signed with the key of the log"):
        counted_from(head_with(export, heads=forged, cosignatures=[]), tmp_path)


MADE_UP = (
    {"methods": []},
    {"methods": [1]},
    {"methods": None},
    {"projects": [["a"]]},
    {"projects": [[1, "duur", None]]},
    {"round": []},
    {"round": {}},
    {"trustees": 1},
    {"trustees": {}},
    {"paper": None},
)


def self_made(rules, **part):
    """Rules that somebody made up, with the digest that fits them."""
    raw = canonical_json({**rules, **part})
    return {"rules": raw.decode(), "manifest": hashlib.sha256(raw).hexdigest()}


def test_other_rules_another_key_or_another_round_in_a_box_file_are_refused(export, tmp_path):
    head = json.loads(export.split(b"\n", 1)[0])
    rules = json.loads(head["rules"])
    poorer = {
        **rules,
        "round": {**rules["round"], "tie": {**rules["round"]["tie"], "seed": "x" * 9}},
    }
    mine = a_ceremony()
    mine_rules = {**rules, "trustees": json.loads(trustee_key_file(mine.key))}
    for changes in (
        {"rules": canonical_json(poorer).decode()},
        {"rules": "geen json"},
        {"rules": "[]"},
        *(self_made(rules, **part) for part in MADE_UP),
        {"rules": canonical_json(mine_rules).decode()},
        {"public_key": mine.key.public.hex()},
        {"suite": "hpke-x25519-sha256-aes128gcm"},
        {"round": "ander"},
        {"manifest": "0" * 64},
        {"papers": {}},
        {"papers": {"all": {**head["papers"]["all"], "max_choices": 99}}},
        {"register": {}},
        {"heads": []},
    ):
        (tmp_path / "bus").write_bytes(head_with(export, **changes))
        with pytest.raises(EngineError):  # before anybody is asked for a share
            check_box(read_box_file(tmp_path / "bus"))


def copied_into_the_box(staged, pseudonym):
    """Put a copy of somebody's sealed ballot in the box, under another pseudonym."""
    with staged.engine.stores.box.write() as work:
        victim, *_ = work.log.waiting_ballots(RoundId(SLUG))
        copy = dataclasses.replace(victim, pseudonym=pseudonym, number=1, attempt="f" * 32)
        work.deposit(copy)
        work.commit()


def test_a_copied_ballot_is_invalid_at_the_count_and_harms_nobody(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path / "pb"), trustee_key_file(HELD.key))
    cast(staged, VOTES)
    with staged.engine.stores.box.read() as box:
        key = box.state(RoundId(SLUG)).ticket_key
    now = int(staged.engine.clock().timestamp())
    mine = read_ticket(admitted(staged, staged.codes[0]).ticket, public=key, now=now)
    copied_into_the_box(staged, mine.pseudonym)
    staged = closed(staged)
    export_box(staged.engine, SLUG, tmp_path / "export")
    count = counted_from((tmp_path / "export").read_bytes(), tmp_path)
    assert (len(count.opening.ballots), count.opening.invalid) == (6, 1)
    raw, words = signed_count(count)
    opened = take_in_count(staged.engine, SLUG, raw, words, "team")
    assert opened == counting.Opened(counted=7, superseded=1, invalid=1)


def test_a_ballot_without_a_used_voting_right_stops_the_count_before_any_share(tmp_path):
    staged = opened_under(ready_to_vote(tmp_path / "pb"), trustee_key_file(HELD.key))
    cast(staged, VOTES)
    copied_into_the_box(staged, "ab" * 32)
    export_box(closed(staged).engine, SLUG, tmp_path / "export")
    with pytest.raises(EngineError, match=r"7 voting rights have a ballot here, .* 6 were used"):
        counted_from((tmp_path / "export").read_bytes(), tmp_path)
    box = read_box_file(tmp_path / "export")
    assert "by decision of those who are here" in check_box(box, despite_register=True)[-1]
    with pytest.raises(EngineError):
        check_box(dataclasses.replace(box, heads=()), despite_register=True)


# ---- the count on its way back


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_byte_of_a_count_is_changed_it_is_refused(honest, data):
    raw, words = signed_count(honest)
    at = data.draw(st.integers(0, len(raw) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != raw[at]))
    with pytest.raises(EngineError):
        read_count(raw[:at] + bytes([value]) + raw[at + 1 :], words)


def resigned(count: Count, **changes):
    document = {**count_document(count), **changes}
    public, signature = sign_count(canonical_json(document))
    told = {"count": document, "public_key": public.hex(), "signature": signature.hex()}
    return canonical_json(told) + b"\n", check_words(public, WORDS)


def test_whoever_carries_the_count_cannot_change_it_without_changing_the_words(staged, honest):
    _, spoken = resigned(honest)
    forged, _ = resigned(honest, trustees=[1, 2, 4])
    with pytest.raises(InvalidKey, match="another key"):
        take_in_count(staged.engine, SLUG, forged, spoken, "team")


def test_a_count_of_a_log_that_the_server_does_not_have_is_refused(staged, honest):
    raw, words = resigned(honest, root="00" * 32)
    with pytest.raises(RecountDiffers, match="not the log of this box"):
        take_in_count(staged.engine, SLUG, raw, words, "team")


def test_two_machines_that_count_the_same_box_come_to_the_same_digest(export, honest, tmp_path):
    assert count_digest(counted_from(export, tmp_path)) == count_digest(honest)


def test_a_machine_without_settings_or_stores_counts(export, tmp_path):
    (tmp_path / "bus").write_bytes(export)
    written = "\n".join(share.written() for share in HELD.shares[2:])
    done = subprocess.run(
        [sys.executable, "-m", "pb_engine", "count", "bus", "--out", "telling"],
        input=written,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PATH": "", "PB_DATA": "/geen/map", "PB_SITE_DB": "onzin"},
        timeout=60,
        check=True,
    )
    assert "funded: Bankjes" in done.stdout
    assert {one.name for one in tmp_path.iterdir()} == {"bus", "telling"}
    everything = done.stdout + done.stderr + (tmp_path / "telling").read_text()
    private = restored(HELD.key, HELD.shares[:3])
    for share in HELD.shares:
        assert share.written() not in everything
        assert share.value.hex() not in everything
    assert private.hex() not in everything


def test_a_key_of_the_demonstration_or_of_nobody_never_stands_in_for_trustees(staged):
    pair = new_round_keys()
    from pb_engine.sealing import key_file

    for raw in (key_file(f"{SLUG}.round", pair.private, demo=False), b"", None):
        with pytest.raises(InvalidKey):
            counting.open_box(staged.engine, SLUG, "team", raw)


def test_the_key_in_the_frozen_rules_is_the_one_that_ballots_are_sealed_to(export, tmp_path):
    (tmp_path / "bus").write_bytes(export)
    box = read_box_file(tmp_path / "bus")
    assert trustees_in(box) == HELD.key
    assert box.state.public_key == HELD.key.public
