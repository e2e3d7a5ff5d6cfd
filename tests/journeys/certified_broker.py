"""Residents log in at the certified provider of the npm package oidc-provider, and vote.

``python -m tests.journeys.certified_broker`` needs Node and npm, which nothing else here does: so
it is a command beside the suite.  The package comes into a folder that goes afterwards.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urljoin

from pb_engine.settings import settings_in
from tests.brokers import BSN, a_key
from tests.enrolled import enrol
from tests.journeys.elsewhere import PEOPLE, a_round_of
from tests.web.visitor import Visitor

PACKAGE = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).parents[1] / "oracle_scripts" / "certified_provider.mjs"
BACK = "/proef-2027/stemmen/controle/oidc/terug"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@contextlib.contextmanager
def provider(folder: Path, back: str) -> Iterator[str]:
    """Run the provider in a program of its own; yield its address."""
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE],
        check=True,
    )
    script = shutil.copy(SCRIPT, folder / "provider.mjs")
    key = json.dumps(a_key("ours").as_dict(private=False) | {"alg": "PS256"})
    running = subprocess.Popen(
        ["node", script, json.dumps(PEOPLE), key, back],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        told = next(line for line in running.stdout if line.startswith("port "))
        yield f"http://localhost:{int(told.split()[1])}"
        running.stdin.close()


def log_in(visitor: Visitor, person: str):
    """Go to the provider, choose who one is, and bring back what it says."""
    base = visitor.engine.settings.base_url
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(CookieJar()))
    place = visitor.get("~/stemmen/controle/oidc", follow=False).headers["location"]
    for _ in range(8):
        if place.startswith(base):
            return visitor.get(place.removeprefix(base))
        here = f"{place}?who={person}" if "/interaction/" in place else place
        try:
            answer = opener.open(here, timeout=10)
            raise AssertionError(answer.read())
        except urllib.error.HTTPError as sent:
            with contextlib.closing(sent):
                place = urljoin(here, sent.headers["location"] or "/nowhere")
    raise AssertionError(f"the provider sends us round in circles: {place}")


def main() -> int:
    """Log in as a resident, at too low a level, and as a stranger; vote as the first."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "node").mkdir()
        base = settings_in(folder).base_url
        with provider(folder / "node", base + BACK) as address:
            staged = a_round_of(folder / "pb", address, "PS256")
            _, code = enrol(staged.engine, staged.slug, BSN)
            visitor = Visitor(staged)
            paper = log_in(visitor, "anna")
            assert paper.path == "/proef-2027/stemmen/biljet", paper.text
            checked = visitor.send(paper, "choices", choices=visitor.ids("AED"))
            assert "Uw stem is binnen" in visitor.send(checked, "step").text
            print(f"{PACKAGE}: a resident logged in and voted")  # noqa: T201
            for person, sentence in (("laag", "niet op deze manier"), ("vreemd", "op de lijst")):
                page = log_in(Visitor(staged), person)
                assert (page.status, sentence in page.text) == (403, True), page.text
            print("too low a level and a stranger were refused")  # noqa: T201
            by_letter = Visitor(staged)
            page = by_letter.get("~/stemmen/controle/voting_code")
            assert "al gestemd" in by_letter.send(page, "code", code=code).text
            print("the letter of the resident leads to the same voting right")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
