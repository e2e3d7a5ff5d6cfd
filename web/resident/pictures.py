"""Pictures of addresses, for a telephone that stands beside this screen."""

from __future__ import annotations

import segno


def drawn(address: str) -> str:
    """Return a QR code of an address as the address of a picture."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=4, light="#fff"))
