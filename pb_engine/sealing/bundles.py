"""A bundle: named files in one zip archive, with checksums, under one signature.

The archive has one spelling: files in the order of their names, uncompressed, without times.
Equal files give equal bytes, and nothing can be hidden between them.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from pb_engine.errors import SealBroken
from pb_engine.sealing.framing import framed
from pb_engine.sealing.heads import SIGNATURE_LENGTH
from pb_engine.sealing.signing import is_signed, sign

CHECKSUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
MOST_BYTES = 2**31
_LABEL = "pb-engine/bundle/1"
_MOST_FILES = 100
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]{0,99})")
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def pack(files: Mapping[str, bytes], *, round_id: str, key: bytes) -> bytes:
    """Return the bundle of these files, with their checksums signed; always the same bytes.

    :param key: the private key of the log of the round.
    :raises InvalidKey: the key is not a signing key.
    """
    sums = checksums(files)
    signature = sign(framed(_LABEL, round_id, sums), key=key).hex().encode() + b"\n"
    return archive({**files, CHECKSUMS: sums, SIGNATURE: signature})


def unpack(raw: bytes) -> dict[str, bytes]:
    """Return the files in an archive, by name.  Nothing is written anywhere.

    :raises SealBroken: it is no archive of files that lie in it uncompressed and once.
    """
    if len(raw) > MOST_BYTES:
        raise SealBroken(f"a bundle has at most {MOST_BYTES} bytes, this one {len(raw)}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _require_plain(packed.infolist(), len(raw))
            return {one.filename: packed.read(one) for one in packed.infolist()}
    # zipfile has no single error for bytes that somebody made up.
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, OSError, RuntimeError) as problem:
        raise SealBroken(f"this is not a bundle: {problem}") from problem
    except (NotImplementedError, OverflowError, MemoryError) as problem:
        raise SealBroken("this is not a bundle that can be read") from problem


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the one archive that holds exactly these files."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            packed.writestr(member, files[name])
    return to.getvalue()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return what ``sha256sum`` would print for these files, by name."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def read_checksums(raw: bytes) -> dict[str, str]:
    """Return the SHA-256 of each file that is listed.

    :raises SealBroken: it is not such a list, or a file is listed twice.
    """
    lines = raw.decode("ascii", "replace").splitlines()
    found = [_LINE.fullmatch(line) for line in lines]
    listed = {match[2]: match[1] for match in found if match}
    if len(listed) != len(lines):
        raise SealBroken(f"{CHECKSUMS} is not a list of checksums")
    return listed


def bundle_is_signed(sums: bytes, signature: bytes, *, round_id: str, public: bytes) -> bool:
    """Tell whether the holder of the key of the log signed these checksums.

    :param signature: as it stands in the bundle: hexadecimal and a line feed.
    :raises InvalidKey: ``public`` is not a public key.
    """
    if not re.fullmatch(rb"[0-9a-f]{%d}\n" % (2 * SIGNATURE_LENGTH), signature):
        return False
    return is_signed(
        framed(_LABEL, round_id, sums), bytes.fromhex(signature.decode()), public=public
    )


def _require_plain(members: list[zipfile.ZipInfo], size: int) -> None:
    names = [one.filename for one in members]
    if len(members) > _MOST_FILES or len(set(names)) != len(names):
        raise SealBroken(f"a bundle holds at most {_MOST_FILES} files, each once")
    for one in members:
        encrypted = one.flag_bits & 1
        if one.compress_type != zipfile.ZIP_STORED or encrypted or one.file_size > size:
            raise SealBroken(
                f"{one.filename[:60]!r} is packed otherwise than a bundle is; use the file as it "
                "was published"
            )
    if sum(one.file_size for one in members) > size:
        raise SealBroken("the files in this bundle lie over one another")
