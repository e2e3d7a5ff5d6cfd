"""The short form of a ballot paper's instruction in four other languages."""

from __future__ import annotations

from collections.abc import Mapping

from pb_engine.ballots import BallotFormat, BallotPaper
from pb_engine.services.paper.instructions import euros
from pb_engine.units import Cents

_MOST: Mapping[str, str] = {
    "en": "Put a cross for at most {most} ideas. Do not write your name.",
    "de": "Kreuzen Sie höchstens {most} Ideen an. Schreiben Sie keinen Namen.",
    "tr": "En fazla {most} fikri çarpı ile işaretleyin. Adınızı yazmayın.",
    "ar": "ضع علامة × أمام {most} أفكار على الأكثر. لا تكتب اسمك.",
}
_ONE: Mapping[str, str] = {
    "en": "Put a cross for 1 idea. Do not write your name.",
    "de": "Kreuzen Sie 1 Idee an. Schreiben Sie keinen Namen.",
    "tr": "1 fikri çarpı ile işaretleyin. Adınızı yazmayın.",
    "ar": "ضع علامة × أمام فكرة واحدة. لا تكتب اسمك.",
}
_POINTS: Mapping[str, str] = {
    "en": "Divide at most {points} points over at most {most} ideas. Do not write your name.",
    "de": "Verteilen Sie höchstens {points} Punkte auf höchstens {most} Ideen. Kein Name.",
    "tr": "En fazla {points} puanı en fazla {most} fikre dağıtın. Adınızı yazmayın.",
    "ar": "وزّع {points} نقطة على الأكثر على {most} أفكار على الأكثر. لا تكتب اسمك.",
}
_SCORE: Mapping[str, str] = {
    "en": "Give a grade: one cross per idea, for at most {most} ideas. Do not write your name.",
    "de": "Geben Sie Noten: ein Kreuz pro Idee, höchstens {most} Ideen. Kein Name.",
    "tr": "Not verin: fikir başına bir çarpı, en fazla {most} fikir. Adınızı yazmayın.",
    "ar": "أعطِ تقييماً: علامة × واحدة لكل فكرة، {most} أفكار على الأكثر. لا تكتب اسمك.",
}
_RANKING: Mapping[str, str] = {
    "en": "Write 1 for your first choice, then 2, 3 … for at most {most} ideas. No name.",
    "de": "Schreiben Sie 1 für die erste Wahl, dann 2, 3 … für höchstens {most} Ideen. Kein Name.",
    "tr": "İlk tercihinize 1, sonra 2, 3 … yazın; en fazla {most} fikir. Adınızı yazmayın.",
    "ar": "اكتب 1 لاختيارك الأول، ثم 2، 3 … لـ {most} أفكار على الأكثر. لا تكتب اسمك.",
}
_FITS: Mapping[str, str] = {
    "en": " Together they may cost {limit}; what no longer fits is skipped.",
    "de": " Zusammen dürfen sie {limit} kosten; was nicht mehr passt, wird übersprungen.",
    "tr": " Toplam en fazla {limit}; sığmayan fikir atlanır.",
    "ar": " التكلفة الإجمالية {limit} على الأكثر؛ ونتخطى ما لا يتسع له المبلغ.",
}
_TEXTS: Mapping[BallotFormat, Mapping[str, str]] = {
    BallotFormat.SINGLE: _ONE,
    BallotFormat.APPROVAL: _MOST,
    BallotFormat.BASKET: _RANKING,
    BallotFormat.POINTS: _POINTS,
    BallotFormat.SCORE: _SCORE,
    BallotFormat.RANKING: _RANKING,
}


def told_abroad(paper: BallotPaper) -> list[dict[str, str]]:
    """Return one sentence per language, with the limits of this paper."""
    basket = paper.format is BallotFormat.BASKET
    texts = _ONE if paper.max_choices == 1 and paper.format in _CROSSES else _TEXTS[paper.format]
    limits = {
        "most": paper.max_choices,
        "points": paper.max_points or 0,
        "limit": euros(paper.spend_limit or Cents(0)),
    }
    return [
        {"lang": lang, "text": (text + (_FITS[lang] if basket else "")).format(**limits)}
        for lang, text in texts.items()
    ]


_CROSSES = frozenset({BallotFormat.SINGLE, BallotFormat.APPROVAL})
