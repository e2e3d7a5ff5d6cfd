"""Just enough of CSS to leave rules out: at-rules with blocks, rules, selectors, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS: Final = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_USE: Final = re.compile(r"var\(\s*(--[\w-]+)")
_NESTING: Final = ("@media", "@supports", "@layer", "@container")


def shaken(css: str, used: frozenset[str]) -> str:
    """Return the rules that can touch an element with no classes but those ``used``."""
    bare = _COMMENT.sub("", css)
    return "\n".join(_kept(bare, used))


def properties_used(css: str) -> frozenset[str]:
    """Return the names of the custom properties that rules ask for, without hyphens in front.

    Those that begin with an underscore are the kit's own and are set by its rules.
    """
    return frozenset(name[2:] for name in _USE.findall(css) if not name.startswith("--_"))


def classes_in(markup: str, prefix: str) -> frozenset[str]:
    """Return all class names in templates that begin with ``prefix``."""
    return frozenset(re.findall(rf"\b{prefix}[\w-]*\w", markup))


def _kept(css: str, used: frozenset[str]) -> Iterator[str]:
    for head, body in _blocks(css):
        if head.startswith(_NESTING):
            inner = "\n".join(_kept(body, used))
            if inner:
                yield f"{head} {{\n{inner}\n}}"
        elif not head.startswith("@"):
            selectors = [one for one in _split(head) if set(_CLASS.findall(one)) <= used]
            if selectors and body.strip():
                yield f"{', '.join(selectors)} {{ {' '.join(body.split())} }}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each block of the outermost level, and what is in it."""
    depth, start, opened = 0, 0, 0
    for at, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = at
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield " ".join(css[start:opened].split()), css[opened + 1 : at]
                start = at + 1
        elif sign == ";" and depth == 0:
            start = at + 1


def _split(selectors: str) -> list[str]:
    """Split at commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [one.strip() for one in parts]
