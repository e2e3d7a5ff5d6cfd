"""The frozen rules against what was counted: the same round, paper, projects, seed and method."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from pb_engine.ballots import canonical_json, paper_document
from pb_engine.tallying.document import Part
from pb_engine.tallying.published import ElectionRecord, MethodChoice
from pb_engine.units import LocalText
from pb_engine.verifier.finding import Finding, bad, compared, good
from pb_engine.verifier.parts import About

_KEYS = ("format", "round", "methods", "paper", "projects")
_DIGEST = LocalText("Controlegetal van de regels", "Digest of the rules")


def digest(files: Mapping[str, bytes], record: ElectionRecord) -> Iterator[Finding]:
    """Check that these are the rules whose digest the record names."""
    found = hashlib.sha256(files.get("manifest.json", b"")).hexdigest()
    yield compared("rules", _DIGEST, record.rules_digest, found)


def agreement(manifest: Part, record: ElectionRecord, about: About) -> Iterator[Finding]:
    """Check everything in the record that the rules fix; one finding per difference."""
    told, fixed = _told(record), _fixed(manifest)
    wrong = [name for name, value in told.items() if _spelled(value) != _spelled(fixed[name])]
    if about.round != record.round:
        wrong.append("round")
    if _invented_rules(manifest, record):
        wrong.append("compared")
    if _another_key(manifest, about):
        wrong.append("trustees")
    for name in wrong:
        yield bad(
            "agreement",
            f"Het verslag wijkt af van de regels: {name}.",
            f"The record differs from the rules: {name}.",
        )
    if not wrong:
        yield good(
            "agreement",
            f"Op {len(told)} punten volgt het verslag de vastgelegde regels.",
            f"On {len(told)} points the record follows the frozen rules.",
        )


def _told(record: ElectionRecord) -> dict[str, object]:
    return {
        "round": record.round,
        "title": {"nl": record.title.nl, "en": record.title.en},
        "place": record.place,
        "budget": record.budget,
        "opens": record.opens,
        "closes": record.closes,
        "seed": record.seed,
        "invented": record.notice is not None,
        "paper": paper_document(record.paper),
        "projects": [[one.id, one.cost, one.title] for one in record.projects],
        "method": _method(record.method),
        "currency": record.currency,
    }


def _fixed(manifest: Part) -> dict[str, object]:
    more = tuple(name for name in ("trustees", "register") if name in manifest.entries())
    rules = manifest.exactly((*_KEYS, *more))
    voting = _at(rules["round"], "calendar", "voting")
    methods = rules["methods"].items()
    return {
        "round": _at(rules["round"], "slug").value,
        "title": {one: _at(rules["round"], "name", one).value for one in ("nl", "en")},
        "place": _at(rules["round"], "place").value,
        "budget": _at(rules["round"], "fund", "budget_cents").value,
        "opens": _at(voting, "opens").value,
        "closes": _at(voting, "closes").value,
        "seed": _at(rules["round"], "tie", "seed").value,
        "invented": _at(rules["round"], "fictional").value,
        "paper": rules["paper"].value,
        "projects": rules["projects"].value,
        "method": methods[0].value if methods else None,
        "currency": "EUR",
    }


def _invented_rules(manifest: Part, record: ElectionRecord) -> bool:
    # A rule that could not count is left out of the comparison; none is put in.
    left = iter([_spelled(one.value) for one in manifest.entries()["methods"].items()][1:])
    return not all(_spelled(_method(one)) in left for one, _ in record.compared)


def _held(manifest: Part) -> Part | None:
    """Return what the rules say of the key, where trustees keep it."""
    return manifest.entries().get("trustees")


def _another_key(manifest: Part, about: About) -> bool:
    held = _held(manifest)
    if held is None:
        return False
    frozen = tuple(_at(held, name).value for name in ("round", "suite", "public_key"))
    return frozen != (about.round, about.suite, about.round_key)


def _at(part: Part, *path: str) -> Part:
    for key in path:
        found = part.entries()
        if key not in found:
            part.refuse(f"the key {key!r} is missing")
        part = found[key]
    return part


def _method(choice: MethodChoice) -> dict[str, object]:
    return {"name": choice.name, "version": choice.version, "settings": dict(choice.settings)}


def _spelled(value: object) -> bytes:
    return canonical_json(value)
