import dataclasses

import pytest

from pb_engine.errors import InvalidAnswers, NotAllowed, PluginProblem, UnknownDownload
from pb_engine.services.exports import export, exporters_for
from pb_engine.services.publication import download
from pb_engine.services.surveys import questionnaire_for, take_answers
from pb_engine.units import RoundId
from tests.builders import a_round_in

MOMENT = "after_ballot"


@pytest.fixture
def voting(tmp_path):
    return a_round_in(tmp_path)


def answers_in(staged):
    with staged.engine.stores.study.write() as work:
        return work.take_waiting(RoundId(staged.slug), "trust_core")


def items(staged):
    (shown,) = questionnaire_for(staged.engine, staged.slug, MOMENT)
    return [one.id for one in shown.questions]


def test_answers_are_kept_without_a_day_and_without_a_voter(voting):
    first, second, *_ = items(voting)
    taken = take_answers(
        voting.engine,
        voting.slug,
        MOMENT,
        "trust_core",
        {first: "7", second: "10", "naam": "Sanne"},
    )
    assert taken.answered == 2
    (kept,) = answers_in(voting)
    assert dict(kept.values) == {first: "7", second: "10", "understanding": "skipped"}
    assert {field.name for field in dataclasses.fields(kept)} == {
        "survey",
        "version",
        "moment",
        "values",
        "sid",
    }


def test_every_item_may_be_skipped_and_an_empty_sheet_is_not_kept(voting):
    first, second, *_ = items(voting)
    taken = take_answers(
        voting.engine, voting.slug, MOMENT, "trust_core", {first: "", second: "skip"}
    )
    assert taken.answered == 0
    assert answers_in(voting) == ()


@pytest.mark.parametrize("given", ["11", "-1", "3.5", "zeven", "٣", "9" * 5000, "<b>"])
def test_an_answer_off_the_scale_is_refused_and_nothing_is_kept(voting, given):
    first, second, *_ = items(voting)
    with pytest.raises(InvalidAnswers):
        take_answers(voting.engine, voting.slug, MOMENT, "trust_core", {first: "5", second: given})
    assert answers_in(voting) == ()


def test_whoever_does_not_know_says_something_and_it_is_kept_as_a_reason(voting):
    first, *_ = items(voting)
    assert (
        take_answers(
            voting.engine, voting.slug, MOMENT, "trust_core", {first: "dont_know"}
        ).answered
        == 0
    )
    (kept,) = answers_in(voting)
    assert kept.values[first] == "dont_know"


def test_a_survey_that_the_round_does_not_ask_is_refused(voting):
    with pytest.raises(InvalidAnswers):
        take_answers(voting.engine, voting.slug, MOMENT, "horoscoop", {})


def test_a_crashing_survey_plugin_changes_nothing_for_the_voter(voting):
    class Broken:
        card = property(lambda self: 1 / 0)

    plugins = dataclasses.replace(voting.engine.plugins, trust_surveys={"trust_core": Broken()})
    engine = dataclasses.replace(voting.engine, plugins=plugins)
    assert questionnaire_for(engine, voting.slug, MOMENT) == ()


def test_nothing_is_asked_at_a_moment_that_the_survey_does_not_know(voting):
    assert questionnaire_for(voting.engine, voting.slug, "after_idea") == ()


def test_files_are_downloaded_only_after_publication(tmp_path):
    counted = a_round_in(tmp_path / "a", "explained", votes={"AED": 1})
    with pytest.raises(UnknownDownload):
        download(counted.engine, counted.slug, "record.json")
    published = a_round_in(tmp_path / "b", "published", votes={"AED": 1})
    assert (
        download(published.engine, published.slug, "record.json").media_type == "application/json"
    )
    assert download(published.engine, published.slug, "proef-2027.pb").body.startswith(b"META\n")
    for strange in ("../box.sqlite3", "", "record.json/..", "x" * 5000):
        with pytest.raises(UnknownDownload):
            download(published.engine, published.slug, strange)


def test_a_research_export_is_logged_with_its_digest(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"AED": 1})
    names = {card.name for card in exporters_for(staged.engine, "research")}
    assert names
    file = export(staged.engine, staged.slug, min(names), "onderzoek")
    with staged.engine.stores.site.read() as work:
        assert work.log.last().event.facts == {"file": file.name, "digest": file.digest}
    with pytest.raises(PluginProblem):
        export(staged.engine, staged.slug, "excel97", "onderzoek")


def test_an_exporter_for_others_does_not_write_for_research(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"AED": 1})
    inner = staged.engine.plugins.exporters["pabulib"]

    class PublicOnly:
        card, settings_schema = inner.card, inner.settings_schema
        media_type, suffix, write = inner.media_type, inner.suffix, inner.write
        audiences = frozenset({"public"})

    plugins = dataclasses.replace(staged.engine.plugins, exporters={"pabulib": PublicOnly()})
    with pytest.raises(NotAllowed):
        export(dataclasses.replace(staged.engine, plugins=plugins), staged.slug, "pabulib", "x")
