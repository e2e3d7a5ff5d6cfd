import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb_engine.ballots import canonical_json
from pb_engine.errors import InvalidKey, InvalidTicket
from pb_engine.sealing import (
    Ticket,
    issue_ticket,
    new_nonce,
    new_signing_key,
    public_part,
    read_ticket,
)
from pb_engine.sealing.framing import armoured, framed, unarmoured
from pb_engine.sealing.signing import sign
from pb_engine.sealing.tickets import LONGEST_TICKET

KEY = new_signing_key()
PUBLIC = public_part(KEY)
TICKET = Ticket("mekdep-2027", "all", "ab" * 32, 1000, new_nonce())
TEXT = issue_ticket(TICKET, key=KEY)


def problem(text, *, public=PUBLIC, now=0):
    with pytest.raises(InvalidTicket) as refused:
        read_ticket(text, public=public, now=now)
    return refused.value.details["problem"]


def signed(body, label="pb-engine/ticket/1"):
    return f"{armoured(body)}.{armoured(sign(framed(label, body), key=KEY))}"


words = st.text(st.characters(codec="utf-8"), max_size=60)


@given(
    st.builds(
        Ticket,
        round=words,
        style=words,
        pseudonym=words,
        expires=st.integers(1, 2**60),
        nonce=words,
    )
)
def test_a_ticket_comes_back_as_it_was_issued(ticket):
    text = issue_ticket(ticket, key=KEY)
    assert read_ticket(text, public=PUBLIC, now=ticket.expires - 1) == ticket
    assert not set(text) & set("=+/&?# ")


def test_a_ticket_is_worth_nothing_from_the_second_it_expires():
    assert read_ticket(TEXT, public=PUBLIC, now=999) == TICKET
    assert problem(TEXT, now=1000) == "expired"
    assert problem(TEXT, now=1001) == "expired"


def test_an_expired_forgery_is_called_a_forgery():
    assert problem(TEXT, public=public_part(new_signing_key()), now=2000) == "forged"


def test_every_changed_character_is_refused():
    for at, symbol in enumerate(TEXT):
        for other in {"A", "B", "-", ".", "="} - {symbol}:
            assert problem(TEXT[:at] + other + TEXT[at + 1 :]) in {"forged", "malformed"}


def test_every_flipped_bit_of_body_and_signature_is_refused():
    body, signature = (unarmoured(part) for part in TEXT.split("."))
    for at in range(8 * len(body)):
        assert problem(f"{armoured(flipped(body, at))}.{armoured(signature)}") == "forged"
    for at in range(8 * len(signature)):
        assert problem(f"{armoured(body)}.{armoured(flipped(signature, at))}") == "forged"


def flipped(raw, bit):
    return bytes(byte ^ (1 << bit % 8 if at == bit // 8 else 0) for at, byte in enumerate(raw))


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a", TEXT + ".", TEXT + "=", TEXT + "\n", " " + TEXT, "é.é"]
)
def test_what_is_no_ticket_is_refused(text):
    assert problem(text) in {"malformed", "forged"}


@given(st.text(max_size=200))
def test_any_text_is_refused_with_a_problem(text):
    assert problem(text) in {"malformed", "forged"}


def test_an_oversized_ticket_is_neither_read_nor_issued():
    assert problem("A" * (LONGEST_TICKET + 1)) == "oversize"
    with pytest.raises(InvalidTicket) as refused:
        issue_ticket(replace(TICKET, style="x" * LONGEST_TICKET), key=KEY)
    assert refused.value.details["problem"] == "oversize"


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b"[" * 1400,
        json.dumps(asdict(TICKET)).encode(),
        canonical_json({**asdict(TICKET), "extra": 1}),
        canonical_json({**asdict(TICKET), "expires": True}),
        canonical_json({**asdict(TICKET), "expires": "1000"}),
        canonical_json({**asdict(TICKET), "round": None}),
    ],
)
def test_signed_bytes_of_another_form_are_refused(body):
    assert problem(signed(body)) == "malformed"


def test_a_signature_made_for_another_purpose_is_no_ticket():
    body = canonical_json(asdict(TICKET))
    assert read_ticket(signed(body), public=PUBLIC, now=0) == TICKET
    assert problem(signed(body, label="pb-engine/receipt/1")) == "forged"


def test_bytes_that_are_no_key_are_refused():
    with pytest.raises(InvalidKey):
        read_ticket(TEXT, public=b"short", now=0)
    with pytest.raises(InvalidKey):
        issue_ticket(TICKET, key=b"short")
    with pytest.raises(InvalidKey):
        public_part(b"short")


def test_a_pseudonym_stays_out_of_repr():
    assert TICKET.pseudonym not in repr(TICKET)
    assert TICKET.nonce not in repr(TICKET)


# RFC 8032, section 7.1, tests 1 to 3.
@pytest.mark.parametrize(
    ("private", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ],
)
def test_signatures_are_those_of_the_standard(private, public, message, signature):
    key = bytes.fromhex(private)
    assert public_part(key).hex() == public
    assert sign(bytes.fromhex(message), key=key).hex() == signature
