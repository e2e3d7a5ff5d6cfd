"""The offline count on an invented box: seconds of CPU per step, per ballot, and peak memory.

    python loadtests/box/offline_count.py --ballots 10000

Everything is real except the voters: the key is split, ballots are sealed, the log is signed, the
file is read back, checked, opened with three shares of five, counted twice and signed.
"""

from __future__ import annotations

import argparse
import base64
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pb_engine.ballots import (
    Ballot,
    ballot_bytes,
    canonical_json,
    paper_document,
    plaintext_length,
)
from pb_engine.domain.round_document import round_document
from pb_engine.pluginhost import load
from pb_engine.sealing import (
    TreeHead,
    TrusteeKey,
    ballot_info,
    entry_id,
    hold_ceremony,
    leaf_hash,
    new_signing_key,
    public_part,
    root,
    seal,
    sign_head,
    trustee_document,
)
from pb_engine.services.box_checks import check_box
from pb_engine.services.box_file import FORMAT, KIND, read_box_file
from pb_engine.services.count_file import signed_count
from pb_engine.services.offline_count import count_box
from pb_engine.services.opening import make_paper
from pb_engine.tallying import Project
from pb_engine.units import Cents, ProjectId
from tests.builders import a_round

SLUG = "proef-2027"


def main() -> None:
    """Measure one box and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--ballots", type=int, default=10_000)
    options.add_argument("--projects", type=int, default=30)
    given = options.parse_args()
    held = hold_ceremony(SLUG, [f"trustee {at}" for at in range(5)], threshold=3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "box"
        with _timed("seal and write the box", given.ballots):
            path.write_bytes(_box(held.key, given.ballots, given.projects))
        print(
            f"{'size of the box file':<28}{path.stat().st_size / given.ballots:>10.0f} bytes each"
        )
        with _timed("read the box file", given.ballots):
            box = read_box_file(path)
        with _timed("check it", given.ballots):
            check_box(box)
        plugins = load(["greedy"])
        with _timed("open and count twice", given.ballots):
            count = count_box(box, held.shares[:3], plugins)
        with _timed("write the count", given.ballots):
            raw, _ = signed_count(count)
    print(f"{'size of the count file':<28}{len(raw) / given.ballots:>10.0f} bytes each")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<28}{peak:>10.0f} MB")


@contextmanager
def _timed(what: str, ballots: int) -> Iterator[None]:
    begin = time.process_time()
    yield
    spent = time.process_time() - begin
    print(f"{what:<28}{spent:>10.2f} s {1e6 * spent / ballots:>10.0f} microseconds each")


def _box(key: TrusteeKey, ballots: int, projects: int) -> bytes:
    round_ = a_round(compared_methods=())
    listed = tuple(
        Project(ProjectId(f"i{at}"), Cents(100_000 + at), f"Idea {at}") for at in range(projects)
    )
    paper = make_paper(round_, listed)
    method = {"name": "greedy", "version": _version(), "settings": {}}
    rules = canonical_json(
        {
            "format": 2,
            "round": round_document(round_),
            "methods": [method],
            "paper": paper_document(paper),
            "projects": [[one.id, one.cost, one.title] for one in listed],
            "trustees": trustee_document(key),
        }
    )
    manifest, length = sha256(rules).hexdigest(), plaintext_length(paper)
    lines, leaves = [], []
    for at in range(ballots):
        name = f"{at:064x}"
        chosen = [listed[(at + step * step) % projects].id for step in range(1 + at % 3)]
        sealed = seal(
            ballot_bytes(Ballot.choosing(paper.format, list(dict.fromkeys(chosen)))),
            public=key.public,
            suite=key.suite,
            info=ballot_info(manifest=manifest, style="all", pseudonym=name, number=1),
            length=length,
        )
        entry = entry_id(round_id=SLUG, pseudonym=name, number=1, sealed=sealed)
        leaves.append(leaf_hash(bytes.fromhex(entry)))
        line = {
            "at": at,
            "pseudonym": name,
            "number": 1,
            "style": "all",
            "sealed": base64.b64encode(sealed).decode(),
        }
        lines.append(canonical_json(line))
    log_key, top = new_signing_key(), root(leaves)
    signature = sign_head(TreeHead(SLUG, ballots, top), key=log_key)
    head = {
        "kind": KIND,
        "format": FORMAT,
        "round": SLUG,
        "suite": key.suite,
        "public_key": key.public.hex(),
        "manifest": manifest,
        "log_key": public_part(log_key).hex(),
        "rules": rules.decode(),
        "papers": {"all": paper_document(paper)},
        "heads": [[ballots, top.hex(), signature.hex()]],
        "cosignatures": [],
        "register": {"digital": ballots},
        "ballots": ballots,
    }
    return b"\n".join([canonical_json(head), *lines, b""])


def _version() -> str:
    return load(["greedy"]).voting_methods["greedy"].card.version


if __name__ == "__main__":
    main()
