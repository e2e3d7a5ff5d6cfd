"""Reading a letter as a resident does: words on a page, where they stand, and the QR code."""

from __future__ import annotations

import re

import pypdfium2
import zxingcpp

MILLIMETRES = 25.4 / 72
CODE = re.compile(r"\b([0-9A-Z]{4})\s+([0-9A-Z]{4})\s+([0-9A-Z]{4})\s+([0-9A-Z]{4})\b")


def texts(pdf):
    """Return the text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [document[place].get_textpage().get_text_bounded() for place in range(len(document))]


def codes(pdf):
    """Return the voting codes that are printed, in the order of the pages."""
    return ["-".join(found) for text in texts(pdf) for found in CODE.findall(text)]


def links(pdf, scale=2, only=None):
    """Return what a telephone reads from the QR codes of all or so many pages, in their order."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for place in range(only or len(document)):
            picture = document[place].render(scale=scale).to_pil()
            found += [one.text for one in zxingcpp.read_barcodes(picture)]
    return found


def within(pdf, left, top, right, bottom, page=0):
    """Return the text that lies wholly within a rectangle, in millimetres from the top left."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        return text.get_text_bounded(
            left / MILLIMETRES,
            height - bottom / MILLIMETRES,
            right / MILLIMETRES,
            height - top / MILLIMETRES,
        )


def boxes(pdf, page=0):
    """Return every character of a page with left, top, right, bottom in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height, text = sheet.get_height(), sheet.get_textpage()
        found = []
        for place in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(place)
            sides = (left, height - top, right, height - bottom)
            sign = text.get_text_range(place, 1)
            if sign.strip():
                found.append((sign, *(side * MILLIMETRES for side in sides)))
        return found


def rows(signs):
    """Return what stands on each line from left to right, as the eye finds it."""
    found, last = [], None
    for sign, west, north, _, south in sorted(signs, key=lambda one: one[2] + one[4]):
        middle = (north + south) / 2
        if last is None or middle - last > 2:
            found.append([])
        last = middle
        found[-1].append((west, sign))
    return ["".join(sign for _, sign in sorted(row)) for row in found]
