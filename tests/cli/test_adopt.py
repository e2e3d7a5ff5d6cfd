"""Adopting and correcting on the command line: the name that is typed, and who typed it."""

import dataclasses

import pytest
from click.testing import CliRunner

from pb_engine.cli import adopt, main
from pb_engine.cli import rounds as round_commands
from pb_engine.services.desk import log_page
from pb_engine.services.results import results_page
from pb_engine.services.rules import digest_of
from pb_engine.units import RoundId
from tests.builders import a_round_in

SLUG = "proef-2027"


def run(*words, fails=False):
    done = CliRunner().invoke(main, list(map(str, words)))
    assert (done.exit_code != 0) is fails, done.output
    return done.output


@pytest.fixture
def opened(tmp_path, monkeypatch):
    staged = a_round_in(tmp_path, "opened", votes={"AED": 3})
    for module in (adopt, round_commands):
        monkeypatch.setattr(module, "this_engine", lambda: staged.engine)
        monkeypatch.setattr(module, "operator", lambda: "operator:kim")
    return staged


def test_the_log_keeps_whose_name_was_typed_and_by_whom(opened):
    run("round", "count", SLUG)
    for name in ("kim", "Kim", "operator:kim"):
        assert "ask another official" in run("adopt", SLUG, "--by", name, fails=True)
    assert "say who adopts" in run("adopt", SLUG, "--by", " ", fails=True)
    assert "Missing option '--by'" in run("adopt", SLUG, fails=True)
    assert "adopted by Jan de Vries" in run("adopt", SLUG, "--by", "Jan de Vries")
    event = log_page(opened.engine, limit=500).entries[-1].event
    assert (event.by, event.facts["typed_by"]) == ("Jan de Vries", "operator:kim")
    assert "record digest" in run("round", "publish", SLUG)


def test_a_published_result_is_corrected_and_the_old_one_stays(opened):
    run("round", "count", SLUG)
    run("adopt", SLUG, "--by", "Jan")
    run("round", "publish", SLUG)
    why = ("--reason", "De uitleg bij een idee was verkeerd.")
    assert "the result is the same" in run("round", "correct", SLUG, *why, fails=True)
    assert "no correction waits" in run("round", "publish-correction", SLUG, fails=True)
    _tell_wrongly(opened)
    assert f"Next: pb-engine adopt {SLUG}" in run("round", "correct", SLUG, *why)
    assert "nobody adopted" in run("round", "publish-correction", SLUG, fails=True)
    run("adopt", SLUG, "--by", "Jan")
    assert "record digest" in run("round", "publish-correction", SLUG)
    (edition,) = results_page(opened.engine, SLUG).editions
    assert edition.reason == why[1]


def _tell_wrongly(staged):
    """Let the published result have another reason than the method would tell now."""
    with staged.engine.stores.site.write() as work:
        file = work.publications.get(RoundId(SLUG), "record.json")
        body = file.body.replace(b"krijgt geld", b"krijgt goud")
        changed = dataclasses.replace(file, body=body, digest=digest_of(body))
        work.publications.put(RoundId(SLUG), changed)
        work.commit()
