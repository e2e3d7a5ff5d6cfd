"""T16, T29, T35, T60, T62-T65, T72: one change anywhere in a published bundle is noticed.

Two kinds of people change it.  Whoever has only a copy changes bytes.  An insider also holds the
key of the log, and makes checksums and signature fit again.
"""

from __future__ import annotations

import functools
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb_engine.ballots import canonical_json
from pb_engine.verifier.envelope import NAMES
from tests.verifier.bundles import failing, published, spelled

IRRELEVANT = {
    ("bundle.json", "suite"): "for whoever opens the box; the sealed ballots are not in the bundle",
    ("bundle.json", "round_key"): "as the suite",
    ("bundle.json", "receipt_key"): "for whoever holds a signed receipt; printed in it too",
    ("events.jsonl", "at"): "moments decide nothing; that they do not run back is checked",
    ("events.jsonl", "keys"): "how many keys were erased cannot be seen afterwards",
    ("events.jsonl", "ideas"): "how many ideas were waiting before the vote",
    ("events.jsonl", "problems"): "what the register said of itself at the close; its log has more",
    ("events.jsonl", "rights"): "as the problems",
    ("events.jsonl", "told"): "as the problems",
    ("events.jsonl", "seed"): "noted when the seed was drawn by the engine; checked where it is",
    ("events.jsonl", "rules_digest"): "of the rules for ideas; those of voting are checked",
    ("manifest.json", "*"): "covered by the digest that the record names",
    ("record.json", "explanations"): "sentences for people; the decisions are counted again",
    ("record.json", "notice"): "the words of the remark; that there is one is checked",
    ("record.json", "projects"): "covered by the rules",
    ("register.json", "none"): "unused rights cannot be seen in the box; compare with the letters",
    ("register.json", "digital"): "more used rights than ballots is possible: not all vote",
    ("register.json", "paper"): "as digital",
}
"""What an insider can change unnoticed, each with the reason: docs/reference/bundle.md."""
JSONL = ("ballots.jsonl", "events.jsonl", "heads.jsonl", "log.jsonl")
JSON = ("bundle.json", "manifest.json", "record.json", "register.json")
# Of paper.json a bundle without paper has nothing to change: tests/verifier/test_papers.py.


@functools.cache
def documents():
    true = published()
    return {
        **{name: true.lines(name) for name in JSONL},
        **{name: json.loads(true.files[name]) for name in JSON},
    }


def places(value, path=()):
    """Every place in a document where a plain value stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))
        else:
            yield (*path, key)


def changed(name, path, change):
    """The document with another value in one place, as bytes."""
    document = json.loads(json.dumps(documents()[name]))
    part = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = change(part[path[-1]])
    return spelled(document) if name in JSONL else canonical_json(document)


def other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if value else "x"


def flipped(value):
    """Another value of the same length and kind, where there is one."""
    if isinstance(value, str) and value:
        return ("0" if value[0] != "0" else "1") + value[1:]
    return other(value)


def is_listed(name, path):
    words = {str(key) for key in path}
    return any(file == name and (key == "*" or key in words) for file, key in IRRELEVANT)


def replaced(name, body):
    return published().repacked(**{name.replace(".", "_"): body})


@pytest.mark.parametrize("name", [*JSONL, "bundle.json", "register.json"])
@pytest.mark.parametrize("change", [other, flipped])
def test_each_field_that_an_insider_changes_is_noticed_or_listed_with_a_reason(name, change):
    # T60
    all_places = list(places(documents()[name]))
    some = all_places if name != "ballots.jsonl" else all_places[:: len(all_places) // 25]
    unnoticed = [path for path in some if not failing(replaced(name, changed(name, path, change)))]
    assert [path for path in unnoticed if not is_listed(name, path)] == []


@pytest.mark.parametrize("name", ["record.json", "manifest.json"])
@given(chosen=st.data())
@settings(max_examples=60, deadline=None)
def test_any_field_of_record_and_rules_with_any_other_value_is_noticed_or_listed(name, chosen):
    # T60, T65
    path = chosen.draw(st.sampled_from(sorted(places(documents()[name]), key=str)))
    value = chosen.draw(st.one_of(st.integers(-9, 10**30), st.text(max_size=30), st.none()))
    body = changed(name, path, lambda _: value)
    if body != published().files[name]:
        noticed = failing(replaced(name, body))
        assert noticed or (name == "record.json" and is_listed(name, path)), path


@pytest.mark.parametrize("name", JSONL)
@given(chosen=st.data())
@settings(max_examples=40, deadline=None)
def test_a_line_that_is_deleted_doubled_or_swapped_is_noticed(name, chosen):
    # T60
    lines = documents()[name]
    place = chosen.draw(st.integers(0, len(lines) - 1))
    to = chosen.draw(st.integers(0, len(lines) - 1))
    kind = chosen.draw(st.sampled_from(["deleted", "doubled", "swapped"]))
    made = list(lines)
    if kind == "deleted":
        del made[place]
    elif kind == "doubled":
        made.insert(place, made[place])
    else:
        made[place], made[to] = made[to], made[place]
    if made == lines:
        return
    assert failing(replaced(name, spelled(made))) or may_go(name, kind, place, to)


def may_go(name, kind, place, to):
    """Lines that decide nothing, and heads that whoever kept them can show: see the reference."""
    lines = documents()[name]
    if name == "heads.jsonl":
        return kind == "deleted" and 0 < place < len(lines) - 1
    told_for_themselves = {
        *("ideas_opened", "review_started", "link_keys_erased"),
        *("register_frozen", "register_checked"),
    }
    return name == "events.jsonl" and bool(
        {lines[place]["name"], lines[to]["name"]} & told_for_themselves
    )


@given(chosen=st.data())
@settings(max_examples=150, deadline=None)
def test_any_bytes_that_anybody_changes_are_noticed_and_never_break_the_verifier(chosen):
    # T60, T29, T35
    raw = published().raw
    place = chosen.draw(st.integers(0, len(raw) - 1))
    length = chosen.draw(st.integers(1, 40))
    kind = chosen.draw(st.sampled_from(["other", "deleted", "doubled", "cut", "swapped", "added"]))
    piece = raw[place : place + length]
    if kind == "other":
        made = raw[:place] + chosen.draw(st.binary(min_size=1, max_size=4)) + raw[place + 1 :]
    elif kind == "deleted":
        made = raw[:place] + raw[place + length :]
    elif kind == "doubled":
        made = raw[:place] + piece + raw[place:]
    elif kind == "cut":
        made = raw[:place]
    elif kind == "swapped":
        made = raw[:place] + raw[place + length : place + 2 * length] + piece
        made += raw[place + 2 * length :]
    else:
        made = raw + piece
    assert made == raw or failing(made)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_file_less_in_the_bundle_is_noticed_and_named(name):
    # T60
    if name.startswith("SHA256"):
        to = io.BytesIO()
        with zipfile.ZipFile(to, "w") as packed:
            for file, body in published().files.items():
                if file != name:
                    packed.writestr(file, body)
        assert {"files", "checksums" if name == "SHA256SUMS" else "signature"} <= failing(
            to.getvalue()
        )
    else:
        assert "files" in failing(published().repacked(**{name.replace(".", "_"): None}))


def test_nothing_in_the_archive_tells_a_time_or_an_order_of_voting():
    # T72
    with zipfile.ZipFile(io.BytesIO(published().raw)) as packed:
        members = packed.infolist()
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}
    assert [one.filename for one in members] == sorted(one.filename for one in members)
    assert {(one.extra, one.comment) for one in members} == {(b"", b"")}
