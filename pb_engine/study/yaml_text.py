"""Reading YAML as text and nothing else.

YAML guesses types: ``no`` becomes false, ``012`` becomes ten, ``12:30`` becomes 750.  Here every
value stays the text that was typed, and whatever makes a file mean more than it says is refused:
a key that stands twice, anchors, aliases and tags.
"""

from __future__ import annotations

from typing import Any

import yaml

from pb_engine.errors import InvalidInstrument

LONGEST = 256 * 1024
"""The largest file that is read, in bytes of UTF-8."""
DEEPEST = 12
"""How deep lists and mappings may lie in each other."""


class _PlainLoader(yaml.BaseLoader):
    """Texts, lists and mappings; PyYAML itself would take the last of two equal keys."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
        if getattr(event, "anchor", None) is not None:
            raise _refused("anchors and aliases (& and *) are not allowed", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise _refused("tags (!) are not allowed", event.start_mark)
        if self._depth >= DEEPEST:
            raise _refused(f"lies more than {DEEPEST} levels deep", event.start_mark)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused("a key must be a text", key.start_mark)
            if key.value in seen:
                raise _refused(f"the key {key.value!r} stands here twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str) -> Any:
    """Return the texts, lists and mappings of one YAML document.

    :raises InvalidInstrument: too long, no YAML, or more than plain values; the sentence names the
        line.
    """
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise InvalidInstrument(f"the file is longer than {LONGEST // 1024} kB")
    try:
        # The loader makes texts, lists and mappings only: it is the plainest one there is.
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506
    except yaml.MarkedYAMLError as problem:
        raise _refused(problem.problem or "this is no YAML", problem.problem_mark) from None
    except yaml.YAMLError:
        raise InvalidInstrument("the file holds a character that YAML does not know") from None


def _refused(what: str, mark: yaml.Mark | None) -> InvalidInstrument:
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return InvalidInstrument(where + what)
