"""Splits and combines secrets with pyshamir; a share is its value, then its number."""

from __future__ import annotations

from pyshamir import combine, split


def answer(question):
    """Return the shares of a secret, or the secret of shares, in hex."""
    if "secret" in question:
        secret = bytes.fromhex(question["secret"])
        return [one.hex() for one in split(secret, question["shares"], question["threshold"])]
    return combine([bytearray.fromhex(one) for one in question["combine"]]).hex()
