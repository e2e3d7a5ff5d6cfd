"""Seals, signatures, codes and keys.  The only room with ``cryptography``.

Bytes and plain values in, bytes and plain values out: no room outside sees an object of the
library.  Everything that is hashed, keyed or signed is framed first (``framing``), under a label
that names its purpose and version.
"""

from pb_engine.sealing.bundles import (
    archive,
    bundle_is_signed,
    checksums,
    pack,
    read_checksums,
    unpack,
)
from pb_engine.sealing.carriers import open_carry, seal_carry
from pb_engine.sealing.ceremonies import (
    Ceremony,
    Rehearsal,
    hold_ceremony,
    rehearse,
    restored,
    take_share,
    try_key,
)
from pb_engine.sealing.check_words import check_words, read_check_words
from pb_engine.sealing.codes import (
    DEFAULT_COST,
    StretchCost,
    code_tag,
    new_code,
    normalised,
    written,
)
from pb_engine.sealing.counts import count_is_signed, sign_count
from pb_engine.sealing.credentials import SCHEMES, CredentialScheme, read_credential
from pb_engine.sealing.desk_codes import new_desk_code, read_desk_code, written_desk_code
from pb_engine.sealing.envelopes import ballot_info, seal, unseal
from pb_engine.sealing.heads import (
    TreeHead,
    cosign_head,
    head_is_cosigned,
    head_is_signed,
    sign_head,
)
from pb_engine.sealing.keyfiles import key_file, read_key_file
from pb_engine.sealing.keyring import Keyring
from pb_engine.sealing.line import Line
from pb_engine.sealing.log import (
    EMPTY_ROOT,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    roots,
)
from pb_engine.sealing.pseudonyms import keyed_id, new_nonce, new_secret, pseudonym
from pb_engine.sealing.receipts import (
    entry_id,
    normalised_receipt,
    receipt_is_signed,
    receipt_number,
    sign_receipt,
)
from pb_engine.sealing.refusals import Refusal, read_refusal, refusal_is_signed, sign_refusal
from pb_engine.sealing.rolls import roll_is_signed, sign_roll
from pb_engine.sealing.shares import combine, commitment, split
from pb_engine.sealing.sheets import Share, read_share
from pb_engine.sealing.signing import new_signing_key, public_part
from pb_engine.sealing.suites import (
    SUITE,
    X25519_SUITE,
    RoundKeys,
    new_round_keys,
    round_public,
)
from pb_engine.sealing.tickets import Ticket, issue_ticket, read_ticket
from pb_engine.sealing.trackers import CastNames, cast_names, normalised_tracker
from pb_engine.sealing.trustee_keys import (
    Trustee,
    TrusteeKey,
    read_trustee_key,
    trustee_document,
    trustee_key_file,
    trustee_key_in,
)

__all__ = [
    "DEFAULT_COST",
    "EMPTY_ROOT",
    "SCHEMES",
    "SUITE",
    "X25519_SUITE",
    "CastNames",
    "Ceremony",
    "CredentialScheme",
    "Keyring",
    "Line",
    "Refusal",
    "Rehearsal",
    "RoundKeys",
    "Share",
    "StretchCost",
    "Ticket",
    "TreeHead",
    "Trustee",
    "TrusteeKey",
    "archive",
    "ballot_info",
    "bundle_is_signed",
    "cast_names",
    "check_consistency",
    "check_inclusion",
    "check_words",
    "checksums",
    "code_tag",
    "combine",
    "commitment",
    "consistency_proof",
    "cosign_head",
    "count_is_signed",
    "entry_id",
    "head_is_cosigned",
    "head_is_signed",
    "hold_ceremony",
    "inclusion_proof",
    "issue_ticket",
    "key_file",
    "keyed_id",
    "leaf_hash",
    "new_code",
    "new_desk_code",
    "new_nonce",
    "new_round_keys",
    "new_secret",
    "new_signing_key",
    "normalised",
    "normalised_receipt",
    "normalised_tracker",
    "open_carry",
    "pack",
    "pseudonym",
    "public_part",
    "read_check_words",
    "read_checksums",
    "read_credential",
    "read_desk_code",
    "read_key_file",
    "read_refusal",
    "read_share",
    "read_ticket",
    "read_trustee_key",
    "receipt_is_signed",
    "receipt_number",
    "refusal_is_signed",
    "rehearse",
    "restored",
    "roll_is_signed",
    "root",
    "roots",
    "round_public",
    "seal",
    "seal_carry",
    "sign_count",
    "sign_head",
    "sign_receipt",
    "sign_refusal",
    "sign_roll",
    "split",
    "take_share",
    "trustee_document",
    "trustee_key_file",
    "trustee_key_in",
    "try_key",
    "unpack",
    "unseal",
    "written",
    "written_desk_code",
]
