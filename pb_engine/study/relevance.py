"""The column ``relevant`` of an XLSForm, as far as an instrument has the same operators."""

from __future__ import annotations

import re
from typing import Any, Final

from pb_engine.errors import InvalidInstrument

LONGEST: Final = 2000
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<ref>\$\{[a-z][a-z0-9_]*\})|(?P<text>'[^']*'|\"[^\"]*\"|[0-9]+)"
    r"|(?P<sign>!=|=|\(|\)|,)|(?P<word>[a-z]+))"
)
_OPEN, _CLOSED = "(", ")"


def read_relevant(text: str, where: str) -> dict[str, Any]:
    """Return a condition as an instrument file writes it.

    Known are ``${item} = 'code'``, ``!=``, ``selected(${item}, 'code')``, and, or, and brackets;
    ``${item} != ''`` asks whether there is an answer.

    :raises InvalidInstrument: anything else; nothing is ever run.
    """
    if len(text) > LONGEST:
        raise InvalidInstrument(f"{where}: relevant is longer than {LONGEST} characters")
    reader = _Reader(_tokens(text, where), where)
    made = reader.joined()
    reader.finish()
    return made


def _tokens(text: str, where: str) -> list[str]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise InvalidInstrument(
                f"{where}: relevant cannot be read from {text[at : at + 20]!r} on"
            )
        tokens.append(found.group().strip())
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from the left; brackets nest no deeper than a condition may."""

    def __init__(self, tokens: list[str], where: str) -> None:
        self._tokens, self._where, self._at, self._depth = tokens, where, 0, 0

    def joined(self) -> dict[str, Any]:
        """Read ``a or b``, each of which may be ``c and d``."""
        return self._join("or", "any", lambda: self._join("and", "all", self._one))

    def finish(self) -> None:
        """Refuse what is left over."""
        if self._at < len(self._tokens):
            raise self._wrong()

    def _join(self, word: str, key: str, read: Any) -> dict[str, Any]:
        parts = [read()]
        while self._next() == word:
            self._at += 1
            parts.append(read())
        return parts[0] if len(parts) == 1 else _merged(key, parts)

    def _one(self) -> dict[str, Any]:
        if self._next() == _OPEN:
            self._depth += 1
            if self._depth > 8:  # noqa: PLR2004 - nobody writes more by hand
                raise InvalidInstrument(f"{self._where}: relevant nests too deep")
            self._at += 1
            made = self.joined()
            self._take(_CLOSED)
            self._depth -= 1
            return made
        if self._next() == "selected":
            self._at += 1
            self._take(_OPEN)
            item = self._reference()
            self._take(",")
            code = self._text()
            self._take(_CLOSED)
            return {"item": item, "in": [code]}
        return self._comparison()

    def _comparison(self) -> dict[str, Any]:
        item, sign = self._reference(), self._next()
        if sign not in {"=", "!="}:
            raise self._wrong()
        self._at += 1
        code = self._text()
        if not code:
            if sign == "!=":
                return {"item": item, "answered": "yes"}
            raise InvalidInstrument(f"{self._where}: relevant cannot ask for no answer")
        return {"item": item, "in" if sign == "=" else "not_in": [code]}

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise self._wrong()
        self._at += 1

    def _reference(self) -> str:
        token = self._next()
        if not token.startswith("${"):
            raise self._wrong()
        self._at += 1
        return token[2:-1]

    def _text(self) -> str:
        token = self._next()
        if not token or not (token[0] in "'\"" or token.isdecimal()):
            raise self._wrong()
        self._at += 1
        return token.strip("'\"")

    def _wrong(self) -> InvalidInstrument:
        token = self._next() or "its end"
        return InvalidInstrument(f"{self._where}: relevant cannot be read at {token}")


def _merged(key: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one comparison where several of one item say the same, else the parts joined."""
    operator = "in" if key == "any" else "not_in"
    same = {part.get("item") for part in parts}
    if len(same) == 1 and all(set(part) == {"item", operator} for part in parts):
        codes = [code for part in parts for code in part[operator]]
        return {"item": same.pop(), operator: codes}
    return {key: parts}
