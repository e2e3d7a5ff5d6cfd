"""The live example on the page of the voting method: what each rule would do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from pb_engine.engine import Engine
from pb_engine.errors import EngineError
from pb_engine.services.draft_tryout import draft_options_of, sketch_of, try_draft
from pb_engine.services.round_drafts import RoundDraft
from pb_engine.services.tryout import Tryout
from pb_engine.services.tryout_rules import TryoutOptions
from web.errors import sentence_of

PART = "telmethode"
_FIRST = "popularity"


@dataclass(frozen=True, slots=True)
class Example:
    """What is shown: what can be chosen, what was chosen, and the outcome or why there is none."""

    options: TryoutOptions | None
    source: str
    keys: tuple[str, ...]
    found: Tryout | None
    problem: str


def example_of(engine: Engine, draft: RoundDraft) -> Example:
    """Try the rules of a draft on the ballots that the address asks for."""
    sketch = sketch_of(engine, draft.document)
    if sketch is None:
        return Example(None, "", (), None, "")
    options = draft_options_of(engine, sketch)
    source = request.args.get("bron", _FIRST)
    own = [rule.key for rule in options.rules if rule.own]
    keys = tuple(request.args.getlist("regel") or own)
    try:
        found = try_draft(engine, sketch, source, keys)
    except EngineError as problem:
        return Example(options, source, keys, None, sentence_of(problem))
    return Example(options, source, keys, found, "")
