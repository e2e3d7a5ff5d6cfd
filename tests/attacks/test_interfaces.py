"""T12, T17, T18: what a stronger mode will plug into, held fixed until it is there.

Credentials that are signed blindly and ballots that are sealed in the browser are not built.  What
can be tried now: the box refuses, by name, whatever would belong to them, and every stored format
has the place where they fit.
"""

import dataclasses
import inspect

import pytest

from pb_engine.errors import InvalidKey, InvalidTicket, SealBroken
from pb_engine.sealing import (
    SCHEMES,
    SUITE,
    X25519_SUITE,
    ballot_info,
    cast_names,
    issue_ticket,
    new_nonce,
    new_round_keys,
    new_signing_key,
    public_part,
    read_credential,
    read_ticket,
    seal,
    unseal,
)
from pb_engine.services.admission import arrive
from pb_engine.services.voting import cast_ballot, new_attempt
from tests.attacks.staging import a_ticket
from tests.builders import a_round_in
from tests.store.raw import EVERY_BALLOT, raw_sql
from tests.web.visitor import Visitor

KEY = new_signing_key()
NAMES = {"manifest": "m" * 64, "style": "all", "pseudonym": "p" * 64, "number": 1}
# What one would send to a blind signer to break it: nothing, one, the modulus and its neighbours.
STRANGE = ("0", "1", "-1", "ff" * 384, "00" * 384, "", "zz", "1" * 5000, "é")
BROKEN_KEYS = {
    "empty": b"",
    "zero": bytes(65),
    "too short": b"\x04" + bytes(63),
    "off the curve": b"\x04" + b"\x01" * 64,
    "infinity": b"\x00",
    "compressed": b"\x02" + b"\x01" * 32,
    "another suite": bytes(32),
}


@pytest.fixture
def staged(tmp_path):
    return a_round_in(tmp_path)


def test_there_is_one_credential_scheme_and_a_credential_names_it(staged):
    assert dict(SCHEMES) == {"ticket": read_ticket}
    assert list(inspect.signature(read_ticket).parameters) == ["text", "public", "now"]
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    with staged.engine.stores.box.read() as box:
        public = box.state(staged.slug).ticket_key
    assert ":" not in ticket
    assert read_credential(ticket, public=public, now=0) == read_credential(
        f"ticket:{ticket}", public=public, now=0
    )


@pytest.mark.parametrize("scheme", ["blind", "rsabssa/1", "Ticket", " ticket", "", "x" * 4000])
def test_a_credential_of_a_scheme_that_is_not_built_is_refused_by_name(staged, scheme):
    # T12, T18
    ticket = a_ticket(staged.engine, staged.slug, "a voter")
    chosen = [staged.ideas["AED"]]
    for told in (f"{scheme}:{ticket}", *(f"{scheme}:{text}" for text in STRANGE)):
        for refuse in (
            lambda told=told: arrive(staged.engine, staged.slug, told),
            lambda told=told: cast_ballot(staged.engine, staged.slug, told, chosen, new_attempt()),
        ):
            with pytest.raises(InvalidTicket) as refused:
                refuse()
            assert refused.value.details["problem"] in {"scheme", "oversize"}
            assert told not in str(refused.value)
    assert raw_sql(staged.engine.stores.box, f"SELECT count(*) FROM {EVERY_BALLOT}") == [(0,)]


def test_strange_numbers_at_the_door_of_the_box_are_a_page_and_no_error(staged):
    # T18: nothing here signs what somebody sends, so all of it is only a credential that is none.
    visitor = Visitor(staged)
    for text in (*STRANGE, *(f"blind:{one}" for one in STRANGE)):
        page = visitor.post("~/stembus/binnen", {"ticket": text}, Origin="http://localhost")
        assert 400 <= page.status < 500, text[:20]
        assert "Traceback" not in page.text


def test_no_signer_of_ours_signs_bytes_that_somebody_else_chose(staged):
    # T18: what is signed carries a label of ours and a fixed shape; a raw number never does.
    from pb_engine import sealing

    signers = [name for name in sealing.__all__ if name.startswith(("sign", "issue", "cosign"))]
    assert sorted(signers) == [
        *("cosign_head", "issue_ticket", "sign_count", "sign_head", "sign_receipt"),
        *("sign_refusal", "sign_roll"),
    ]
    assert "blind" not in " ".join(dir(sealing)).lower()


@pytest.mark.parametrize("suite", ["", "hpke-xwing", "none", SUITE.upper(), f"{SUITE} "])
def test_a_suite_that_nobody_knows_seals_and_opens_nothing(suite):
    # T17: the suite stands in the manifest and the box; another one is refused, never guessed.
    keys = new_round_keys(SUITE)
    info = ballot_info(**NAMES)
    for attempt in (
        lambda: new_round_keys(suite),
        lambda: seal(b"x", public=keys.public, suite=suite, info=info, length=64),
        lambda: unseal(bytes(200), private=keys.private, suite=suite, info=info),
    ):
        with pytest.raises((InvalidKey, SealBroken)):
            attempt()


@pytest.mark.parametrize("key", BROKEN_KEYS.values(), ids=BROKEN_KEYS)
def test_a_key_that_is_none_of_its_suite_seals_nothing(key):
    # T17
    with pytest.raises(InvalidKey):
        seal(b"x", public=key, suite=SUITE, info=ballot_info(**NAMES), length=64)


def test_a_box_whose_key_was_replaced_no_longer_has_the_key_of_the_frozen_rules(staged):
    # T17: the key that seals is bound into the rules, so a page or a box with another one shows.
    with staged.engine.stores.site.read() as site:
        (frozen,) = [one for one in site.freezes.all(staged.slug) if one.moment == "voting"]
    with staged.engine.stores.box.read() as box:
        state = box.state(staged.slug)
    assert state.manifest == frozen.digest
    assert state.suite in {SUITE, X25519_SUITE}
    with pytest.raises(Exception, match="only closes"):
        raw_sql(staged.engine.stores.box, "UPDATE boxes SET public_key = x'00'")


def test_what_binds_a_sealed_ballot_names_no_credential_scheme():
    # T12: a ballot of a stronger mode has the same four bindings, so what is stored stays good.
    assert list(inspect.signature(ballot_info).parameters) == list(NAMES)
    info = ballot_info(**NAMES)
    for name, other in (("manifest", "n" * 64), ("style", "x"), ("pseudonym", "q"), ("number", 2)):
        assert ballot_info(**{**NAMES, name: other}) != info


def test_what_travels_with_a_voter_opens_for_one_voter_one_round_and_one_purpose_only(staged):
    # T12: nothing of a voter is kept here; what the browser keeps cannot be swapped or cut.
    one, other = Visitor(staged), Visitor(staged)
    for visitor, code in zip((one, other), staged.codes, strict=False):
        visitor.enter(code)
    kept = one.cookie("pb_stem", "~/stemmen").value
    for wrong in (kept[:-8], kept[8:], kept[::-1], kept[:40] + "AAAA" + kept[44:], ""):
        other.client.set_cookie("pb_stem", wrong, path="/proef-2027/stemmen")
        assert other.get("~/stemmen/biljet").path.endswith("/controle/voting_code")
    other.client.set_cookie("pb_bewijs", kept, path="/proef-2027/stemmen")
    assert other.get("~/stemmen/klaar").path == "/proef-2027/"


def test_a_ticket_says_nothing_that_a_stronger_credential_could_not_say(staged):
    # Stored formats use these and nothing else of a credential.
    fields = {field.name for field in dataclasses.fields(read_ticket_of(staged))}
    assert fields == {"round", "style", "pseudonym", "expires", "nonce"}
    names = cast_names(new_nonce(), round_id="r", pseudonym="any text of any scheme", ballot=b"b")
    assert len(names.attempt) == 32
    told = issue_ticket(read_ticket_of(staged), key=KEY)
    assert read_credential(told, public=public_part(KEY), now=0) == read_ticket_of(staged, told)


def read_ticket_of(staged, told=None):
    if told is not None:
        return read_ticket(told, public=public_part(KEY), now=0)
    from pb_engine.sealing import Ticket

    return Ticket(staged.slug, "all", "p" * 64, 2**40, "0" * 32)
