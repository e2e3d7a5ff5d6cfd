"""From a template and values to tagged PDF, with the same fonts on every machine.

Values come in as JSON; nothing is joined into the code of a template.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import typst

_FONTS = Path(__file__).parent / "fonts"


def typeset(template: Path, name: str, document: Mapping[str, object]) -> bytes:
    """Return PDF/UA-1; equal for equal values.

    :param name: under which the template reads the document.
    :raises RuntimeError: the template or a missing character stops the page; it tells no value.
    """
    try:
        made = typst.compile(
            template.read_bytes(),
            format="pdf",
            sys_inputs={name: json.dumps(document)},
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FONTS]),
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        raise RuntimeError(f"{template.name} could not be set") from None
    return bytes(made)
