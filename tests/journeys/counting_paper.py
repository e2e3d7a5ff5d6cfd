"""A stack of ballots that two officials type at the desk, and a third decides where they differ."""

from __future__ import annotations

import random  # noqa: TID251 - invented sheets, the same every time
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.journeys.browser_of_forms import Browser, Page

PLANTED = 5
_DEFECTS = {3: "b", 5: "o", 8: "m", 13: "l", 21: "v"}
_SHEET = re.compile(r'name="sheet"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="sheet"')


@dataclass(frozen=True)
class Stack:
    """How a stack was counted.

    :ivar planted: the sheets that the second reader read otherwise.
    :ivar differing: those that the desk showed to the third.
    """

    planted: tuple[int, ...]
    differing: tuple[int, ...]
    balance: str


def sheets_of(number: int) -> dict[int, str]:
    """What stands on each sheet: a ranking of one to three of four ideas, or a defect."""
    draw = random.Random(7)
    told = {
        sheet: " ".join(map(str, draw.sample(range(1, 5), draw.randint(1, 3))))
        for sheet in range(1, number + 1)
    }
    return told | {sheet: letter for sheet, letter in _DEFECTS.items() if sheet <= number}


def count(team: Sequence[Browser], slug: str, number: int) -> Stack:
    """Enter a stack twice, decide the differences, and put it into the box.

    :param team: two who read, and a third.
    """
    anna, bram, carla = team
    told = sheets_of(number)
    planted = tuple(sorted(random.Random(8).sample(sorted(set(told) - set(_DEFECTS)), PLANTED)))
    otherwise = {sheet: "4" if told[sheet] != "4" else "3" for sheet in planted}
    base = f"/beheer/{slug}/papier"
    page = anna.send(anna.get(base), "sheets", sheets=str(number))
    assert "Dit is stapel 1." in page.text, page.text[:600]
    _type(anna, f"{base}/1/lezen/1", told)
    page = _type(bram, f"{base}/1/lezen/2", {**told, **otherwise})
    assert f"Op {PLANTED} vellen verschillen" in page.text, page.text[:600]
    differing = _decide(carla, f"{base}/1/verschillen", told)
    page = carla.get(f"{base}/1")
    page = carla.send_form(page, next(one for one in page.forms if one.action.endswith("/erin")))
    assert "Deze stapel zit in de stembus" in page.text, page.text[:600]
    balance = page.text[page.text.index("Ingeleverd") :].split("U bent in")[0]
    return Stack(planted, differing, balance[:160].strip())


def _type(reader: Browser, path: str, told: Mapping[int, str]) -> Page:
    page = reader.get(path)
    for sheet in sorted(told):
        assert _asked(page) == sheet
        page = reader.send(page, "typed", typed=told[sheet], remark="")
        assert page.status == 200, page.text[:600]
    done = next(one for one in page.forms if "/klaar/" in one.action)
    return reader.send_form(page, done)


def _decide(third: Browser, path: str, told: Mapping[int, str]) -> tuple[int, ...]:
    found: list[int] = []
    page = third.get(path)
    while "Er zijn geen verschillen meer" not in page.text:
        sheet = _asked(page)
        assert sheet not in found
        found.append(sheet)
        page = third.send(page, "typed", typed=told[sheet], remark="", reason="")
        assert page.status == 200, page.text[:600]
    return tuple(found)


def _asked(page: Page) -> int:
    found = _SHEET.search(page.body.decode())
    assert found is not None, page.text[:600]
    return int(found[1] or found[2])
