"""The trust study: instruments, waves, arms and figures, all as values.

Pure, like its neighbour ``disclosure``: no clock, no chance, no input or output.  Keys come in as
bytes.  ``docs/reference/instrument-file.md`` describes what researchers write.  Workbooks are read
and written by ``xlsform_reading`` and ``xlsform_writing``, imported by who needs them.
"""

from pb_engine.study.answering import read_answers
from pb_engine.study.conditions import holds, shown_items
from pb_engine.study.ddi import ddi_of
from pb_engine.study.instrument_file import instrument_of, read_instrument
from pb_engine.study.instruments import (
    Adding,
    Answer,
    Compare,
    Condition,
    Instrument,
    Join,
    Joined,
    Missing,
    Option,
    Question,
    Scale,
    Score,
    Status,
    WaveForm,
)
from pb_engine.study.missing_words import MISSING_WORDS
from pb_engine.study.scoring import score_of, scores_of
from pb_engine.study.surveyjs import surveyjs_of

__all__ = [
    "MISSING_WORDS",
    "Adding",
    "Answer",
    "Compare",
    "Condition",
    "Instrument",
    "Join",
    "Joined",
    "Missing",
    "Option",
    "Question",
    "Scale",
    "Score",
    "Status",
    "WaveForm",
    "ddi_of",
    "holds",
    "instrument_of",
    "read_answers",
    "read_instrument",
    "score_of",
    "scores_of",
    "shown_items",
    "surveyjs_of",
]
