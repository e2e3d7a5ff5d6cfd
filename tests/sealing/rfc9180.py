"""A second HPKE sender, written from RFC 9180 alone, to hold against the one we use."""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

P256, X25519 = 0x0010, 0x0020
HKDF_SHA256, AES_128_GCM = 0x0001, 0x0001


def _two(number):
    return number.to_bytes(2, "big")


@dataclass(frozen=True)
class Labelled:
    """LabeledExtract and LabeledExpand of section 4 for one suite id."""

    suite_id: bytes

    def extract(self, salt, label, material):
        labelled = b"HPKE-v1" + self.suite_id + label + material
        return hmac.new(salt or bytes(32), labelled, hashlib.sha256).digest()

    def expand(self, key, label, info, length):
        labelled = _two(length) + b"HPKE-v1" + self.suite_id + label + info
        okm, block, count = b"", b"", 1
        while len(okm) < length:
            block = hmac.new(key, block + labelled + bytes([count]), hashlib.sha256).digest()
            okm, count = okm + block, count + 1
        return okm[:length]


def _exchanged(kem, ephemeral, public):
    """Return the shared point and the encoded ephemeral public key."""
    if kem == X25519:
        own = x25519.X25519PrivateKey.from_private_bytes(ephemeral)
        theirs = x25519.X25519PublicKey.from_public_bytes(public)
        return own.exchange(theirs), own.public_key().public_bytes_raw()
    own = ec.derive_private_key(int.from_bytes(ephemeral, "big"), ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return own.exchange(ec.ECDH(), theirs), point


def sealed_by_the_book(plaintext, *, kem, ephemeral, public, info, aad=b""):
    """Return enc || ct of base mode, sections 4.1 (Encap), 5.1 (KeySchedule) and 5.2 (Seal)."""
    shared, enc = _exchanged(kem, ephemeral, public)
    of_kem = Labelled(b"KEM" + _two(kem))
    eae = of_kem.extract(b"", b"eae_prk", shared)
    secret = of_kem.expand(eae, b"shared_secret", enc + public, 32)
    whole = Labelled(b"HPKE" + _two(kem) + _two(HKDF_SHA256) + _two(AES_128_GCM))
    context = b"\x00" + whole.extract(b"", b"psk_id_hash", b"")
    context += whole.extract(b"", b"info_hash", info)
    root = whole.extract(secret, b"secret", b"")
    key = whole.expand(root, b"key", context, 16)
    nonce = whole.expand(root, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, plaintext, aad)
