"""A theme: a folder with ``theme.css``, ``theme.toml`` and perhaps fonts.

``theme.css`` holds custom properties only, in a form so narrow that it can be read back and
judged line by line; whatever else stands in it is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tomli_w

from pb_engine.errors import InvalidSettings
from web.kit import lock
from web.kit.rules import properties_used
from web.themes.fonts import Font, read_fonts
from web.themes.pairs import KIT_PAIRS, too_faint
from web.themes.roles import COLOURS, FALLBACK, LETTERS
from web.themes.tokens import Token, read_tokens, resolved
from web.themes.values import css_value

_HERE: Final = Path(__file__).parent
BUILT_IN: Final = _HERE / "voorbeeld"
CONTRAST: Final = _HERE / "contrast"
"""Black on white with letters of the device: nothing to load, and every text at least 7 to 1."""
_LARGEST_CSS: Final = 200 * 1024
_LINE: Final = re.compile(r"--([a-z][a-z0-9-]{0,120}): ([^;{}]{1,300});")
_NAME: Final = re.compile(r"[\w][\w .()-]{0,60}")
_FIRST: Final = re.compile(r'"([^"]+)"')
_QUOTED: Final = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Theme:
    """A house style, read and judged.

    :ivar properties: custom properties with their values: roles and tokens of the kit.
    """

    name: str
    licence: str
    properties: Mapping[str, str]
    fonts: tuple[Font, ...]

    def css(self) -> str:
        """Return the rules of this theme."""
        lines = (f"--{name}: {value};" for name, value in self.properties.items())
        return "\n".join([*(one.face() for one in self.fonts), ":root {", *lines, "}"])

    def missing_fonts(self) -> list[str]:
        """Return the families that are asked for and of which the folder has no file."""
        return [
            one for one in _families(self.properties) if one not in {f.family for f in self.fonts}
        ]


def make_theme(
    raw: bytes, folder: Path, *, name: str, licence: str, fonts: Mapping[str, bytes]
) -> Theme:
    """Turn a file of tokens into a theme folder; return the theme.

    Nothing is written when something is wrong.

    :raises InvalidSettings: a value that no stylesheet may hold, colours that cannot be told
        apart, a font that is none.
    """
    tokens = read_tokens(raw)
    theme = _judged(name, licence, {**_roles(tokens), **_kit(tokens)}, fonts)
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"  --{one}: {value};\n" for one, value in theme.properties.items())
    (folder / "theme.css").write_text(f":root {{\n{lines}}}\n", encoding="utf-8")
    about = {"name": name, "licence": licence}
    (folder / "theme.toml").write_text(tomli_w.dumps(about), encoding="utf-8")
    if fonts:
        (folder / "fonts").mkdir(exist_ok=True)
    for one, content in fonts.items():
        (folder / "fonts" / one).write_bytes(content)
    return theme


def folder_of(named: Path | None) -> Path:
    """Return the folder of a theme; ``contrast`` and ``voorbeeld`` come with the engine."""
    if named is None:
        return BUILT_IN
    shipped = _HERE / named.name
    return shipped if not named.exists() and (shipped / "theme.toml").exists() else named


def read_theme(folder: Path) -> Theme:
    """Read a theme folder; one that names a shipped theme as its ``base`` holds the rest only.

    :raises InvalidSettings: as for ``make_theme``, or when the folder is no theme.
    """
    try:
        text = (folder / "theme.css").read_text(encoding="utf-8")
        about = tomllib.loads((folder / "theme.toml").read_text(encoding="utf-8"))
        fonts = {one.name: one.read_bytes() for one in sorted((folder / "fonts").glob("*"))}
    except (OSError, ValueError) as problem:
        raise InvalidSettings(f"{folder} is no theme: {problem}") from problem
    name, licence = str(about.get("name", "")), str(about.get("licence", ""))
    properties = {**_base(about.get("base")), **_properties(text)}
    missing = [role for role in (*COLOURS, *LETTERS) if role not in properties]
    if missing:
        raise InvalidSettings(f"theme.css lacks {', '.join(missing)}: import the tokens again")
    return _judged(name, licence, properties, fonts)


def _base(named: object) -> Mapping[str, str]:
    """Return the properties of the shipped theme that a theme stands on, if it names one."""
    if named is None:
        return {}
    if named != BUILT_IN.name:
        raise InvalidSettings(f"base is {str(named)[:60]!r}; a theme can stand on {BUILT_IN.name}")
    return read_theme(BUILT_IN).properties


def _judged(
    name: str, licence: str, properties: Mapping[str, str], fonts: Mapping[str, bytes]
) -> Theme:
    if not _NAME.fullmatch(name):
        raise InvalidSettings(f"{name[:60]!r} is no name for a theme")
    faint = too_faint({role: properties[role] for role in COLOURS}, properties)
    if faint:
        raise InvalidSettings(
            "colours of this theme cannot be told apart well enough:\n  " + "\n  ".join(faint)
        )
    return Theme(name, licence, properties, read_fonts(fonts, _families(properties)))


def _roles(tokens: Mapping[str, Token]) -> dict[str, str]:
    found = {role: _first(names[:-1], tokens) or names[-1] for role, names in COLOURS.items()}
    letters = {role: _first(names, tokens) for role, names in LETTERS.items()}
    first = letters["letters"]
    for role, value in letters.items():
        families = _QUOTED.findall(value or first or "")
        found[role] = ", ".join([*(f'"{one}"' for one in families[:1]), FALLBACK])
    return found


def _first(names: tuple[str, ...], tokens: Mapping[str, Token]) -> str | None:
    values = (_value(name, tokens) for name in names)
    return next((one for one in values if one and one != "transparent"), None)


def _kit(tokens: Mapping[str, Token]) -> dict[str, str]:
    """Return the tokens that the kit asks for, with values; families come from the roles."""
    judged = {half for on, below, _ in KIT_PAIRS for half in (on, below)}
    used = sorted(properties_used(lock.css()) | (judged & tokens.keys()))
    values = {name: _value(name, tokens) for name in used if not name.endswith("font-family")}
    return {name: value for name, value in values.items() if value is not None and value != "None"}


def _value(name: str, tokens: Mapping[str, Token]) -> str | None:
    token = resolved(name, tokens)
    return None if token is None else css_value(name, token)


def _properties(text: str) -> dict[str, str]:
    lines = [one.strip() for one in text.strip().splitlines() if one.strip()]
    if len(text) > _LARGEST_CSS or len(lines) < 2 or (lines[0], lines[-1]) != (":root {", "}"):  # noqa: PLR2004
        raise InvalidSettings("theme.css is not as `pb-engine theme import` writes it")
    found: dict[str, str] = {}
    for line in lines[1:-1]:
        match = _LINE.fullmatch(line)
        value = match and _checked(match[1], match[2])
        if not match or value is None:
            raise InvalidSettings(f"theme.css holds {line[:80]!r}, which is no plain property")
        found[match[1]] = value
    return found


def _checked(name: str, value: str) -> str | None:
    kind = "fontFamily" if name in LETTERS else ""
    return css_value(name, Token(kind, value))


def _families(properties: Mapping[str, str]) -> list[str]:
    """Return the families that stand first, before the fonts of the device."""
    firsts = (_FIRST.match(properties.get(role, "")) for role in LETTERS)
    return list(dict.fromkeys(match[1] for match in firsts if match))
