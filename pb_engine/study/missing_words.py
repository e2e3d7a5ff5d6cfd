"""What each reason for a missing answer is called in codebooks."""

from __future__ import annotations

from pb_engine.study.instruments import Missing
from pb_engine.units import LocalText

MISSING_WORDS = {
    Missing.NOT_SHOWN: LocalText("niet gevraagd", "not asked"),
    Missing.SKIPPED: LocalText("overgeslagen", "skipped"),
    Missing.DONT_KNOW: LocalText("weet ik niet", "don't know"),
    Missing.PREFER_NOT: LocalText("zeg ik liever niet", "prefer not to say"),
    Missing.WAVE_MISSED: LocalText("deed deze ronde vragen niet", "missed this wave"),
    Missing.WITHDRAWN: LocalText("teruggetrokken", "withdrawn"),
    Missing.INVALID_PAPER: LocalText("ongeldig op papier", "invalid on paper"),
}
