"""A round for the young, from the example to an open vote; every example can be begun with."""

import dataclasses
from datetime import date, timedelta

import pytest

from pb_engine.domain.round_document import read_round
from pb_engine.errors import UnknownRound
from pb_engine.services import identity, round_drafts, round_examples
from pb_engine.services.code_batches import create_batch
from tests import builders
from tests.builders import a_round, a_round_in, admitted, an_engine, at
from tests.domain.test_presets import YOUTH, preset


def test_every_example_starts_a_draft_without_a_mistake_and_with_days_to_come(tmp_path):
    engine = an_engine(tmp_path)
    for one in round_examples.examples():
        draft = round_drafts.one_draft(engine, round_examples.start_example(engine, one.key, "kim"))
        document = {**draft.document, "slug": "nieuw-2028"}
        round_ = read_round(document, "example")
        assert round_.calendar.announced > engine.today()
        assert round_drafts.check_draft(engine, document).mistakes == ()
    assert {one.key for one in round_examples.examples()} >= {YOUTH, "zuid-2027", "mekdep-2027"}
    with pytest.raises(UnknownRound):
        round_examples.start_example(engine, "../../pyproject", "kim")


def test_the_round_for_the_young_says_je_and_takes_them_from_twelve_to_twenty_six():
    round_ = preset(YOUTH)
    assert round_.address == "je"
    assert (round_.voters.minimum_age, round_.voters.maximum_age) == (12, 26)
    assert "26 jaar" in round_.submission.who.nl
    assert [one.name for one in round_.identity_checks] == ["school_batch", "voting_code"]
    said = str(round_)
    assert " u " not in said
    assert " uw " not in said


def test_days_of_classes_move_along_with_the_calendar(tmp_path):
    engine = an_engine(tmp_path)
    draft = round_drafts.one_draft(engine, round_examples.start_example(engine, YOUTH, "kim"))
    round_ = read_round({**draft.document, "slug": "nieuw-2028"}, "example")
    (school, _) = round_.identity_checks
    days = [date.fromisoformat(str(one)) for one in school.settings["days"]]
    voting = round_.calendar.voting
    assert all(voting.opens <= one <= voting.closes for one in days)


def test_it_opens_after_a_dry_run_and_a_class_votes_with_the_codes_of_its_school(
    tmp_path, monkeypatch
):
    real = builders.a_draft
    monkeypatch.setattr(
        builders, "a_draft", lambda title, **more: real(title, area=None, theme="sport", **more)
    )
    round_ = preset(YOUTH)
    drawn = dataclasses.replace(
        round_, tie=dataclasses.replace(round_.tie, seed=a_round().tie.seed)
    )
    staged = a_round_in(tmp_path, "voting", round_=drawn)
    (code, *_) = create_batch(staged.engine, staged.slug, kind="school", number=2, by="team").codes
    first = preset(YOUTH).identity_checks[0].settings["days"][1]
    lesson = staged.engine.clock().replace(
        **dict(zip(("year", "month", "day"), map(int, str(first).split("-")), strict=True)), hour=10
    )
    assert admitted(
        dataclasses.replace(staged, engine=at(staged.engine, lesson)), code, "school_batch"
    )
    evening = at(staged.engine, lesson + timedelta(hours=12))
    asked = identity.begin_check(evening, staged.slug, "school_batch", locale="nl")
    assert not isinstance(asked, identity.Asked)
