import dataclasses
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pb_engine.ballots import BallotFormat
from pb_engine.domain.rounds import PluginChoice, Tie
from pb_engine.errors import InvalidRound, NotReady, RulesFrozen, UnknownRound, WrongPhase
from pb_engine.services import phases, rounds
from pb_engine.services.desk import log_page
from pb_engine.services.pages import home, round_page
from pb_engine.services.rehearsal import keep_rehearsal
from pb_engine.services.round_files import read_round_text, round_text
from tests.builders import CALENDAR, DAY, a_round, a_round_in, an_engine, at, both

REASON = "de zaal was dicht"


@pytest.fixture
def engine(tmp_path):
    return an_engine(tmp_path, now=CALENDAR.ideas.start - 10 * DAY)


def write(folder: Path, round_) -> Path:
    path = folder / f"{round_.slug}.toml"
    path.write_text(round_text(round_), encoding="utf-8")
    return path


def test_an_exported_round_imports_as_an_equal_round(engine, tmp_path):
    rounds.import_round(engine, write(tmp_path, a_round()), "team")
    exported = rounds.export_round(engine, "proef-2027")
    assert read_round_text(exported.encode(), "terug.toml") == a_round()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"slug = ", "not TOML"),
        (b"\xff\xfe\x00", "byte 0 is not UTF-8"),
        (b"slug = 'x'\nslug = 'y'", "not TOML"),
        (b"x = " + b"[" * 100_000, "not TOML"),
        (b"slug = 'leeg'", "Missing data"),
    ],
)
def test_a_damaged_round_file_is_named_in_a_sentence(engine, tmp_path, raw, words):
    path = tmp_path / "kapot.toml"
    path.write_bytes(raw)
    with pytest.raises(InvalidRound, match=words) as refused:
        rounds.import_round(engine, path, "team")
    assert "kapot.toml" in refused.value.sentence
    assert rounds.round_list(engine) == ()


def test_a_missing_or_huge_file_is_refused(engine, tmp_path):
    with pytest.raises(InvalidRound, match="cannot be read"):
        rounds.import_round(engine, tmp_path / "geen.toml", "team")
    huge = tmp_path / "groot.toml"
    huge.write_bytes(b"#" * 2_000_001)
    with pytest.raises(InvalidRound, match="at most"):
        rounds.import_round(engine, huge, "team")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"voting_method": PluginChoice("dictator")}, "voting_method.*dictator"),
        ({"voting_method": PluginChoice("greedy", {"snelheid": 3})}, "voting_method.*snelheid"),
        (
            {"identity_checks": (PluginChoice("voting_code"), PluginChoice("self_declared"))},
            "identity_checks.*twice",
        ),
        ({"surveys": (PluginChoice("horoscoop"),)}, "surveys.*horoscoop"),
        ({"result_views": (PluginChoice("taart"),)}, "result_views.*taart"),
    ],
)
def test_a_round_that_names_a_plugin_wrongly_is_refused(engine, tmp_path, changes, words):
    with pytest.raises(InvalidRound, match=words):
        rounds.import_round(engine, write(tmp_path, a_round(**changes)), "team")


def test_a_method_that_cannot_count_the_ballot_format_is_refused(engine, tmp_path):
    inner = engine.plugins.voting_methods["greedy"]

    class OnlySingle:
        card, settings_schema = inner.card, inner.settings_schema
        tally, explain = inner.tally, inner.explain
        formats = frozenset({BallotFormat.SINGLE})

    methods = {**engine.plugins.voting_methods, "greedy": OnlySingle()}
    plugins = dataclasses.replace(engine.plugins, voting_methods=methods)
    limited = dataclasses.replace(engine, plugins=plugins)
    with pytest.raises(InvalidRound, match=r"ballot\.format: greedy cannot count approval"):
        rounds.import_round(limited, write(tmp_path, a_round()), "team")


def test_a_draft_can_be_imported_again_but_open_ideas_cannot(engine):
    rounds.add_round(engine, a_round(), "team")
    changed = a_round(place="Enschede-Noord")
    rounds.add_round(engine, changed, "team")
    phases.take_step(at(engine, CALENDAR.ideas.start), "proef-2027", "open_ideas", "team")
    rounds.add_round(engine, changed, "team")
    with pytest.raises(RulesFrozen):
        rounds.add_round(engine, a_round(), "team")


def test_the_clock_moves_a_round_once_however_often_it_is_asked(engine):
    rounds.add_round(engine, a_round(), "team")
    assert phases.advance(engine) == ()
    opening = at(engine, CALENDAR.ideas.start)
    first = [moved.step for moved in phases.advance(opening)]
    assert first == ["open_ideas"]
    assert phases.advance(opening) == ()
    assert round_page(opening, "proef-2027").phase == "ideas"


def test_twenty_clocks_at_once_open_ideas_once(engine):
    rounds.add_round(engine, a_round(), "team")
    opening = at(engine, CALENDAR.ideas.start)
    threads = [threading.Thread(target=phases.advance, args=(opening,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = [entry.event.name for entry in log_page(opening).entries]
    assert names.count("ideas_opened") == 1


def test_a_round_that_is_not_ready_stays_where_it_is_and_says_why(tmp_path):
    staged = a_round_in(tmp_path, "ideas")
    late = at(staged.engine, CALENDAR.voting.start + DAY)
    moved = phases.advance(late)
    assert [one.step for one in moved] == ["start_review", "open_voting"]
    assert "ideas that passed" in (moved[-1].problem or "")
    assert round_page(late, staged.slug).phase == "review"


def test_voting_does_not_open_without_a_published_seed(tmp_path):
    staged = a_round_in(tmp_path, "review", round_=a_round(tie=Tie(both("Het lot."))))
    late = at(staged.engine, CALENDAR.voting.start)
    with pytest.raises(NotReady, match="seed"):
        phases.take_step(late, staged.slug, "open_voting", "team")
    rounds.publish_seed(late, staged.slug, "4 8 15 16 23 42", "team")
    keep_rehearsal(late, staged.slug, "team")
    assert phases.take_step(late, staged.slug, "open_voting", "team") == "voting"
    with pytest.raises(RulesFrozen):
        rounds.publish_seed(late, staged.slug, "een ander zaad", "team")


def test_a_seed_is_not_known_while_ideas_can_still_be_submitted(tmp_path):
    staged = a_round_in(tmp_path, "ideas", round_=a_round(tie=Tie(both("Het lot."))))
    with pytest.raises(WrongPhase, match="after ideas close"):
        rounds.publish_seed(staged.engine, staged.slug, "4 8 15 16 23 42", "team")


def test_an_amendment_cannot_take_the_seed_away_or_change_it(tmp_path):
    staged = a_round_in(tmp_path, "review")
    for tie in (Tie(both("Het lot.")), Tie(both("Het lot."), "een gunstiger zaad")):
        text = round_text(a_round(tie=tie))
        with pytest.raises(RulesFrozen, match="seed"):
            rounds.amend_rules(staged.engine, staged.slug, text, "zo komt het beter uit", "team")


def test_a_step_outside_the_calendar_needs_a_reason_and_is_logged_with_it(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    with pytest.raises(NotReady, match="reason"):
        phases.take_step(staged.engine, staged.slug, "open_ideas", "team")
    phases.take_step(staged.engine, staged.slug, "open_ideas", "team", REASON)
    facts = [
        one.event.facts
        for one in log_page(staged.engine).entries
        if one.event.name == "phase_moved_by_hand"
    ]
    assert facts == [{"step": "open_ideas", "reason": REASON}]


@pytest.mark.parametrize("step", ["tally", "publish", "open_box", "vliegen", ""])
def test_counting_steps_and_nonsense_are_not_taken_by_hand(tmp_path, step):
    staged = a_round_in(tmp_path, "draft")
    with pytest.raises(WrongPhase):
        phases.take_step(staged.engine, staged.slug, step, "team", REASON)


def test_an_unknown_round_is_said_to_be_unknown(engine):
    for call in (
        lambda: round_page(engine, "nergens"),
        lambda: phases.take_step(engine, "nergens", "open_ideas", "team", REASON),
        lambda: rounds.export_round(engine, "../../etc/passwd"),
    ):
        with pytest.raises(UnknownRound):
            call()


def test_the_rules_freeze_at_both_openings_with_a_digest_that_residents_see(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    page = round_page(staged.engine, staged.slug)
    assert [freeze.moment for freeze in page.freezes] == ["ideas", "voting"]
    assert page.rules_digest == page.freezes[-1].digest
    import hashlib

    for freeze in page.freezes:
        assert hashlib.sha256(freeze.document).hexdigest() == freeze.digest


def test_an_amendment_is_visible_with_its_reason(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    longer = dataclasses.replace(
        CALENDAR,
        voting=dataclasses.replace(CALENDAR.voting, closes=CALENDAR.voting.closes + DAY),
        counting=dataclasses.replace(CALENDAR.counting, opens=CALENDAR.counting.closes),
    )
    text = round_text(a_round(calendar=longer))
    digest = rounds.amend_rules(staged.engine, staged.slug, text, "storing in de bieb", "team")
    page = round_page(staged.engine, staged.slug)
    assert page.rules_digest == digest
    assert page.freezes[-1].reason == "storing in de bieb"
    closing = at(staged.engine, CALENDAR.voting.end)
    assert phases.advance(closing) == ()


def test_what_decides_the_outcome_cannot_be_amended_while_voting_is_open(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    richer = a_round(fund=dataclasses.replace(a_round().fund, budget_cents=99_999_00))
    with pytest.raises(RulesFrozen, match="fund"):
        rounds.amend_rules(
            staged.engine, staged.slug, round_text(richer), "meer geld graag", "team"
        )


def test_a_cancelled_round_leaves_the_home_page_and_takes_no_votes(tmp_path):
    staged = a_round_in(tmp_path, "voting")
    phases.take_step(staged.engine, staged.slug, "cancel", "team", REASON)
    assert home(staged.engine) == ()
    with staged.engine.stores.box.read() as box:
        assert not box.state("proef-2027").open


def test_opening_goes_on_where_a_crash_left_it(tmp_path, monkeypatch):
    staged = a_round_in(tmp_path, "review")
    opening = at(staged.engine, CALENDAR.voting.start + timedelta(hours=1))
    from pb_engine.services import phases as module

    real = module.open_voting

    def crash(*arguments):
        real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "open_voting", crash)
    with pytest.raises(KeyboardInterrupt):
        phases.take_step(opening, staged.slug, "open_voting", "team")
    monkeypatch.undo()
    assert round_page(opening, staged.slug).phase == "review"
    assert phases.take_step(opening, staged.slug, "open_voting", "team") == "voting"


def test_the_event_log_of_a_whole_round_is_one_chain(tmp_path):
    staged = a_round_in(tmp_path, "published", votes={"AED": 2})
    page = log_page(staged.engine, limit=500)
    names = [entry.event.name for entry in page.entries]
    assert page.checked == len(names)
    assert names[-9:] == [
        "voting_closed",
        "link_keys_erased",
        "box_log_finished",
        "register_checked",
        "box_opened",
        "ballots_tallied",
        "outcome_explained",
        "outcome_adopted",
        "results_published",
    ]
    assert not any("AED" in str(entry.event.facts) for entry in page.entries)
