"""`python -m web.vendor`: fetch the packages of the lock and cut the kit again.

For who develops: it needs npm and the network.  An archive whose digest is not the one of the
lock is refused.  `--update NAME...` writes new versions into the lock first.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import tomli_w

from web.kit.lock import HERE, LOCK, MACROS, PREFIX, Package, packages, sha256_of
from web.kit.rules import classes_in, properties_used, shaken
from web.styles import squeezed
from web.themes.theme import make_theme

WEB = HERE.parent
THEME = WEB / "themes" / "voorbeeld"
_TOKENS = "dist/tokens.json"


def main(arguments: Sequence[str]) -> None:
    """Fetch, check, cut and write; with ``--update`` take what is newest of these packages."""
    newer = set(arguments[1:]) if arguments[:1] == ["--update"] else set()
    taken, rules = [], []
    fonts: dict[str, bytes] = {}
    tokens = b""
    for locked in packages():
        newest = locked.name in newer
        package, files = _open(locked, _fetch(locked, newest=newest), newest=newest)
        taken.append(package)
        for name in package.take:
            if name.endswith(".css"):
                rules.append(files[name].decode())
            elif name == _TOKENS:
                tokens = files[name]
            else:
                fonts[Path(name).name] = files[name]
    _write(taken, rules, tokens, fonts)


def _fetch(package: Package, *, newest: bool) -> bytes:
    """Ask npm, as it is set up on this machine, for one archive."""
    wanted = package.name if newest else f"{package.name}@{package.version}"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, timeout=120)  # noqa: S603, S607
        (archive,) = Path(folder).glob("*.tgz")
        return archive.read_bytes()


def _open(package: Package, archive: bytes, *, newest: bool) -> tuple[Package, dict[str, bytes]]:
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if digest != package.integrity and not newest:
        raise SystemExit(f"{package.name}: the archive is {digest}, the lock says otherwise")
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        files = {name: _member(packed, name) for name in (*package.take, "package.json")}
    about = json.loads(files["package.json"])
    return (
        replace(package, integrity=digest, version=about["version"], licence=about["license"]),
        files,
    )


def _member(packed: tarfile.TarFile, name: str) -> bytes:
    found = packed.extractfile(f"package/{name}")
    if found is None:
        raise SystemExit(f"{name} is not in the archive")
    return found.read()


def _write(taken: list[Package], rules: list[str], tokens: bytes, fonts: dict[str, bytes]) -> None:
    """Write kit, theme and lock."""
    markup = "\n".join(one.read_text(encoding="utf-8") for one in sorted(MACROS.rglob("*.j2")))
    kit = shaken("\n".join(rules), classes_in(markup, PREFIX))
    notice = (
        "/* NL Design System, EUPL-1.2; see lock.toml for the packages and their versions. */\n"
    )
    (HERE / "kit.css").write_text(notice + kit + "\n", encoding="utf-8")
    make_theme(tokens, THEME, name="voorbeeld", licence="EUPL-1.2", fonts=fonts)
    print(f"kit {len(squeezed(kit))} bytes, {len(properties_used(kit))} tokens used")  # noqa: T201
    made = [HERE / "kit.css", *sorted(one for one in THEME.rglob("*") if one.is_file())]
    lock = {
        "package": [
            {
                "name": one.name,
                "version": one.version,
                "integrity": one.integrity,
                "licence": one.licence,
                "take": list(one.take),
            }
            for one in taken
        ],
        "made": {str(one.relative_to(WEB)): sha256_of(one.read_bytes()) for one in made},
    }
    head = "# Written by python -m web.vendor.  Licences: LICENSES in the root of the project.\n"
    LOCK.write_text(head + tomli_w.dumps(lock), encoding="utf-8")
    tomllib.loads(LOCK.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
