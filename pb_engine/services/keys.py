"""The names of key files.  Keys live in files with mode 0600, never in a database."""

from __future__ import annotations


def link(slug: str) -> str:
    """Name the key that turns entitlements into pseudonyms; erased at the close."""
    return f"{slug}.link"


def ticket(slug: str) -> str:
    """Name the key that signs ballot tickets; erased at the close."""
    return f"{slug}.ticket"


def spent(slug: str) -> str:
    """Name the key of the marks that used tickets leave; erased at the close."""
    return f"{slug}.spent"


def receipt(slug: str) -> str:
    """Name the key that signs receipts."""
    return f"{slug}.receipt"


def log(slug: str) -> str:
    """Name the key that signs the tree heads of the box log."""
    return f"{slug}.log"


def round_private(slug: str) -> str:
    """Name the key that opens the box, where no trustee keeps it."""
    return f"{slug}.round"


def pepper(slug: str) -> str:
    """Name the key under which voting codes are stored."""
    return f"{slug}.pepper"


def subject(slug: str) -> str:
    """Name the key that turns people of other identity checks into entitlements."""
    return f"{slug}.subject"


def seal(slug: str) -> str:
    """Name the key that seals voting rights, and that turns people into keyed hashes."""
    return f"{slug}.seal"


def throttle(day: str) -> str:
    """Name the key under which tries of one day are counted; ``day`` is ``20270510``."""
    return f"{day}.throttle"


def roll(slug: str) -> str:
    """Name the key with which the register signs what it was at the opening, and changes since."""
    return f"{slug}.roll"


def paper(slug: str) -> str:
    """Name the key that names paper ballots and who reads them; erased at the close."""
    return f"{slug}.paper"


def sample(slug: str) -> str:
    """Name the key by which two readings of one sheet compare; erased at the publication."""
    return f"{slug}.sample"


def talk() -> str:
    """Name the key that turns devices and addresses of those who join in into keyed hashes."""
    return "talk"
