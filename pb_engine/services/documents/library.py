"""Which documents there are, and how to get one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pb_engine.engine import Engine
from pb_engine.errors import UnknownIdea
from pb_engine.services.documents.end_report import end_report
from pb_engine.services.documents.letters import certificate, council_letter, magazine_page
from pb_engine.services.documents.material import material_of
from pb_engine.services.documents.money_reports import account, spending_plan
from pb_engine.services.documents.parts import Document
from pb_engine.services.documents.printed import printed
from pb_engine.services.documents.word import MEDIA_TYPE, word_file

DOCUMENTS: Mapping[str, Callable[..., Document]] = MappingProxyType(
    {
        "eindverslag": end_report,
        "bestedingsplan": spending_plan,
        "verantwoording": account,
        "raadsbrief": council_letter,
        "magazine": magazine_page,
        "certificaat": certificate,
    }
)
OF_ONE_IDEA = frozenset({"certificaat"})
_WRITERS: Mapping[str, tuple[str, Callable[[Document], bytes]]] = MappingProxyType(
    {"pdf": ("application/pdf", printed), "docx": (MEDIA_TYPE, word_file)}
)
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document as a file."""

    name: str
    media_type: str
    body: bytes


def document_of(engine: Engine, slug: str, which: str, idea: str = "") -> Document:
    """Return a document as it is now.

    :param which: a key of ``DOCUMENTS``.
    :param idea: the idea that a certificate is for.
    :raises UnknownIdea: a certificate is asked for an idea that got no money.
    :raises UnknownRound: no round has this slug.
    :raises WrongPhase: the result is not published yet.
    """
    if (which in OF_ONE_IDEA) != bool(idea):
        raise UnknownIdea("a certificate is for one idea, other documents are not", idea=idea[:64])
    material = material_of(engine, slug)
    return DOCUMENTS[which](material, idea) if idea else DOCUMENTS[which](material)


def document_file(document: Document, kind: str) -> DocumentFile:
    """Return a document as ``pdf`` or ``docx``; equal for equal documents."""
    media_type, write = _WRITERS[kind]
    return DocumentFile(f"{document.name}.{kind}", media_type, write(document))
