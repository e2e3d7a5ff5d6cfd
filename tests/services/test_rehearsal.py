"""The rehearsal: planted mistakes are found before voting opens, and nothing is stored."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import sqlite3

import pytest

from pb_engine.api import Audience, LocalText
from pb_engine.ballots import Ballot, BallotFormat, BallotPaper, ballot_bytes
from pb_engine.domain.ideas import IdeaState
from pb_engine.domain.rounds import BallotRules, ChoiceLimit, PluginChoice
from pb_engine.engine import build
from pb_engine.errors import NotReady, TallyRefused
from pb_engine.services import opening, phases, rehearsal
from pb_engine.services.dry_run import REHEARSED, ballots, dry_run
from pb_engine.services.dry_run import told as told_module
from pb_engine.services.pages import ideas_page
from pb_engine.services.rounds import stored_round
from pb_engine.services.scenes import scene_without_ideas
from pb_engine.settings import settings_in
from pb_engine.tallying import Project
from pb_engine.units import Cents, ProjectId, RoundId
from tests.builders import CALENDAR, CHEAP, COSTS, DAY, a_round, a_round_in, at

OPENING = CALENDAR.voting.start + DAY


class Changed:
    """A plugin's offer with some of its members replaced."""

    def __init__(self, inner, **members):
        self._inner = inner
        self.__dict__.update(members)

    def __getattr__(self, name):
        return getattr(self._inner, name)


def with_offer(staged, kind, name, **members):
    """The same round in an installation where one offer behaves otherwise."""
    offers = dict(getattr(staged.engine.plugins, kind))
    offers[name] = Changed(offers[name], **members)
    plugins = dataclasses.replace(staged.engine.plugins, **{kind: offers})
    return dataclasses.replace(staged, engine=dataclasses.replace(staged.engine, plugins=plugins))


def found(staged):
    return rehearsal.rehearse(staged.engine, staged.slug)


def wrongs(staged):
    return [(one.check, one.sentence.nl, one.detail) for one in found(staged).wrong]


def opens(staged):
    phases.take_step(at(staged.engine, OPENING), staged.slug, "open_voting", "team")
    return stored_round(staged.engine, staged.slug).phase


def refused(staged):
    """Opening is refused and leaves everything as it was; return the sentence."""
    before = contents(staged)
    with pytest.raises(NotReady) as refusal:
        opens(staged)
    assert refusal.value.details["problem"] == "rehearsal"
    assert contents(staged) == before
    states = {idea.state for idea in ideas_page(staged.engine, staged.slug).ideas}
    assert states <= {"feasible", "withdrawn"}
    with staged.engine.stores.box.read() as box:
        assert box.state(RoundId(staged.slug)) is None
    return refusal.value.sentence


def contents(staged):
    """A fingerprint of everything in the four stores and of the names of all keys."""
    digest = hashlib.sha256()
    settings = staged.engine.settings
    for url in (settings.site_db, settings.register_db, settings.box_db, settings.study_db):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            for line in file.iterdump():
                digest.update(line.encode())
    for path in sorted(settings.keys_folder.rglob("*")):
        digest.update(path.name.encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original")
    return folder, a_round_in(folder, "review")


@pytest.fixture
def review(original, tmp_path):
    """A round in review on stores of its own, copied from one that was staged once."""
    folder, staged = original
    shutil.copytree(folder, tmp_path / "own")
    chosen = settings_in(
        tmp_path / "own", demo=True, code_cost=CHEAP, code_line=100, log_level="error"
    )
    engine = build(chosen, clock=staged.engine.clock)
    return dataclasses.replace(staged, engine=engine)


def test_a_sound_round_passes_and_opens(review):
    outcome = found(review)
    assert outcome.passed
    assert outcome.ballots == REHEARSED == 60
    assert [one.check for one in outcome.findings] == [
        "limits", "told", "texts", "ballots", "count", "count", "explain", "record", "pages",
    ]  # fmt: skip
    assert all(one.sentence.nl and one.sentence.en for one in outcome.findings)
    assert opens(review) == "voting"


def test_the_digest_is_that_of_the_rules_that_then_freeze(review):
    rehearsed = found(review).rules_digest
    opens(review)
    with review.engine.stores.site.read() as work:
        (freeze,) = [
            one for one in work.freezes.all(RoundId(review.slug)) if one.moment == "voting"
        ]
    assert freeze.digest == rehearsed


def test_voting_stays_closed_until_a_rehearsal_of_the_newest_ideas_is_kept(review):
    late = at(review.engine, OPENING)
    (idea,) = [one for one in ideas_page(late, review.slug).ideas if one.title == "AED"]
    with late.stores.site.write() as work:
        work.ideas.save(dataclasses.replace(idea, state=IdeaState.WITHDRAWN), idea.version)
        work.commit()
    with pytest.raises(NotReady) as refusal:
        phases.take_step(late, review.slug, "open_voting", "team")
    assert refusal.value.details["problem"] == "not_rehearsed"
    assert [one.problem is None for one in phases.advance(late)] == [False]
    kept = rehearsal.keep_rehearsal(late, review.slug, "kim")
    assert rehearsal.was_kept(late, kept)
    assert phases.take_step(late, review.slug, "open_voting", "team") == "voting"


def test_what_is_wrong_is_not_kept(review):
    staged = with_offer(review, "voting_methods", "greedy", formats=frozenset())
    before = contents(staged)
    with pytest.raises(NotReady):
        rehearsal.keep_rehearsal(staged.engine, staged.slug, "kim")
    assert contents(staged) == before


@pytest.mark.parametrize(
    ("where", "text", "wrong"),
    [
        ("page", "U kiest hoogstens 3 ideeën.", False),
        ("page", "Sie wählen höchstens 1 Idee.", True),
        ("page", "You choose at most 13 ideas.", True),
        ("page", "U kiest hoogstens 3 van de 5 ideeën.", True),
        ("page", "", True),
        ("page", "ضع علامة × أمام ٣ أفكار", False),
    ],
)
def test_a_page_that_tells_another_limit_is_found_in_any_language(review, where, text, wrong):
    told = [rehearsal.Saying(where, "de", text)]
    found = rehearsal.rehearse(review.engine, review.slug, told).wrong
    assert [one.check for one in found][:1] == ["told"] * wrong


def test_a_page_that_keeps_silent_about_the_least_or_a_theme_is_found(review):
    limits = (ChoiceLimit(2, theme="groen"),)
    ballot = BallotRules(BallotFormat.APPROVAL, 2, 3, None, may_change=True, limits=limits)
    round_ = a_round(ballot=ballot)
    projects = tuple(Project(ProjectId(name), Cents(1_000_00), name) for name in COSTS)
    paper = opening.make_paper(round_, projects)

    def levels(text):
        said = [rehearsal.Saying("page", "nl", text)]
        return {one.level for one in told_module.told(round_, paper, said)}

    assert levels("Minstens 2 en hoogstens 3. Bij groen: hoogstens 2.") == {"good"}
    assert levels("Hoogstens 3.") == {"wrong"}


def test_a_sheet_that_tells_another_limit_is_found(review, monkeypatch):
    monkeypatch.setattr(told_module, "told_abroad", lambda _: [{"lang": "tr", "text": "1 fikir"}])
    assert [sentence for _, sentence, _ in wrongs(review)] == [
        "De uitleg op papier (tr) noemt de grens 3 niet."
    ]


@pytest.mark.parametrize("written", ["€ 4.500", "€4,500.00", "4\u00a0500 €", "4.500,00 €"])
def test_an_amount_is_read_as_any_language_writes_it(review, written):
    limit = {"format": BallotFormat.BASKET, "max_choices": 9, "spend_limit_cents": Cents(4_500_00)}
    basket = dataclasses.replace(a_round().ballot, **limit)
    projects = tuple(Project(ProjectId(name), Cents(1_000_00), name) for name in COSTS)
    round_ = a_round(ballot=basket)
    paper = opening.make_paper(round_, projects)
    said = [rehearsal.Saying("page", "pl", f"Razem najwyżej {written}.")]
    assert [one.level for one in told_module.told(round_, paper, said)] == ["good"]


def test_the_rehearsed_result_tells_every_idea_and_why(review):
    result = found(review).result
    assert {one.title for one in result} == set(COSTS)
    assert any(one.funded for one in result)
    assert all(one.why.nl and one.why.en for one in result)


def test_a_rehearsal_stores_nothing_and_makes_no_key(review):
    before = contents(review)
    assert found(review).passed
    assert contents(review) == before


def test_a_rehearsal_cannot_reach_a_store(review):
    """It is given plugins and values; there is nothing through which it could store."""
    outcome = rehearsed(review)
    assert outcome.passed
    assert outcome.samples


def test_a_round_without_ideas_is_rehearsed_with_invented_ones(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    outcome = found(staged)
    assert outcome.samples
    assert outcome.passed


def test_one_vote_on_the_paper_where_the_rules_give_three_keeps_the_round_closed(
    review, monkeypatch
):
    real = opening.make_paper

    def one_vote(round_, projects, where) -> BallotPaper:
        return dataclasses.replace(real(round_, projects, where), max_choices=1)

    monkeypatch.setattr(opening, "make_paper", one_vote)
    monkeypatch.setattr(rehearsal, "make_paper", one_vote)
    told = [sentence for _, sentence, _ in wrongs(review)]
    assert told == [
        "De spelregels staan 3 ideeën toe. Op het stembiljet is het maximum 1.",
        "Een stem op 3 ideeën mag volgens de spelregels, maar de stembus weigert die.",
    ]
    assert "the rules allow 3 projects" in refused(review).lower()
    monkeypatch.undo()
    assert opens(review) == "voting"


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"recommended_choices": 4}, "raadt 4 ideeën aan"),
        ({"min_choices": 5, "max_choices": 6}, "vragen minstens 5 ideeën"),
        (
            {
                "format": BallotFormat.BASKET,
                "max_choices": 9,
                "spend_limit_cents": Cents(4_500_00),
            },
            "Niemand kan “Speeltoestel” kiezen: het kost € 5.000 en een kiezer verdeelt € 4.500",
        ),
        (
            {
                "format": BallotFormat.BASKET,
                "min_choices": 4,
                "max_choices": 9,
                "spend_limit_cents": Cents(10_000_00),
            },
            "Een stem op 4 ideeën mag volgens de spelregels, maar de stembus weigert die.",
        ),
    ],
)
def test_limits_that_contradict_each_other_are_found(review, rules, words):
    plain = BallotRules(BallotFormat.APPROVAL, 1, 3, None, may_change=True)
    projects = tuple(Project(ProjectId(title), Cents(cost), title) for title, cost in COSTS.items())
    ballot = dataclasses.replace(plain, **rules)
    outcome = rehearsed(review, projects=projects, ballot=ballot)
    assert any(words in one.sentence.nl for one in outcome.wrong if one.check == "limits")


def test_a_contradiction_in_the_rules_keeps_a_real_round_closed(tmp_path):
    hint = dataclasses.replace(a_round().ballot, recommended_choices=4)
    staged = a_round_in(tmp_path, "review", round_=a_round(ballot=hint))
    assert "recommends 4 projects" in refused(staged)


def rehearsed(staged, projects=None, **changes):
    """Rehearse another round in memory, with invented projects where none are given."""
    round_ = a_round(**changes)
    projects = projects or scene_without_ideas(round_).projects
    paper = opening.make_paper(round_, projects)
    return dry_run(staged.engine.plugins, round_, paper, projects, "0" * 64, samples=True)


def test_a_project_above_the_whole_budget_is_a_note_that_stops_nothing(review):
    poor = dataclasses.replace(a_round().fund, budget_cents=Cents(4_000_00))
    outcome = rehearsed(review, fund=poor)
    notes = [one.sentence.nl for one in outcome.findings if one.level == "note"]
    assert notes
    assert all("kost meer dan al het geld van de ronde" in sentence for sentence in notes)
    assert outcome.passed


@pytest.mark.parametrize(("least", "most", "told"), [(1, 2, True), (2, 9, True), (1, 3, False)])
def test_a_basket_with_numbers_beside_its_money_is_a_note(review, least, most, told):
    basket = BallotRules(BallotFormat.BASKET, least, most, Cents(9_000_00), may_change=True)
    projects = tuple(Project(ProjectId(title), Cents(cost), title) for title, cost in COSTS.items())
    outcome = rehearsed(review, projects=projects, ballot=basket)
    notes = [one.sentence.nl for one in outcome.findings if one.level == "note"]
    assert any("Een kiezer verdeelt geld, maar" in sentence for sentence in notes) is told
    assert outcome.passed


def refuse_without_channel(_election, _settings):
    raise TallyRefused("channel_percent: these ballots do not say how they came")


def only_with_ballots(inner):
    def tally(election, settings):
        if not election.profile.voters:
            raise ZeroDivisionError("division by zero")
        return inner.tally(election, settings)

    return tally


def not_with_one_ballot(inner):
    def tally(election, settings):
        if election.profile.voters == 1:
            raise IndexError("list index out of range")
        return inner.tally(election, settings)

    return tally


def never_the_same(inner):
    turns = iter(range(1000))

    def tally(election, settings):
        return dataclasses.replace(inner.tally(election, settings), facts={"turn": next(turns)})

    return tally


@pytest.mark.parametrize("name", ["greedy", "equal_shares"])
def test_a_rule_that_refuses_a_setting_says_so_whether_it_decides_or_is_compared(review, name):
    staged = with_offer(review, "voting_methods", name, tally=refuse_without_channel)
    ((check, sentence, detail),) = wrongs(staged)
    assert check == "count"
    assert "kan deze stemmen niet tellen" in sentence
    assert detail == "channel_percent: these ballots do not say how they came"
    assert "channel_percent" in refused(staged)


def test_a_rule_that_lost_the_format_says_so(review):
    staged = with_offer(review, "voting_methods", "greedy", formats=frozenset())
    assert wrongs(staged)[0][2] == "greedy does not count approval ballots"
    refused(staged)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (only_with_ballots, "ZeroDivisionError"),
        (not_with_one_ballot, "IndexError"),
        (never_the_same, "two outcomes"),
    ],
)
def test_a_rule_that_fails_on_counting_day_fails_now(review, changed, words):
    inner = review.engine.plugins.voting_methods["greedy"]
    staged = with_offer(review, "voting_methods", "greedy", tally=changed(inner))
    assert words in wrongs(staged)[0][2]
    refused(staged)


def test_a_rule_that_leaves_a_project_unexplained_is_found(review):
    inner = review.engine.plugins.voting_methods["greedy"]

    def explain(election, outcome, settings):
        told = dict(inner.explain(election, outcome, settings))
        told.pop(election.projects[-1].id)
        return told

    staged = with_offer(review, "voting_methods", "greedy", explain=explain)
    assert wrongs(staged)[0][0] == "explain"
    refused(staged)


def test_a_rule_that_explains_in_one_language_only_is_found(review):
    inner = review.engine.plugins.voting_methods["greedy"]

    def explain(election, outcome, settings):
        return {
            project: dataclasses.replace(why, sentence=LocalText(why.sentence.nl, ""))
            for project, why in inner.explain(election, outcome, settings).items()
        }

    staged = with_offer(review, "voting_methods", "greedy", explain=explain)
    assert "in nl and en" in wrongs(staged)[0][2]


def test_a_rule_that_cannot_explain_an_empty_box_is_found(review):
    inner = review.engine.plugins.voting_methods["greedy"]

    def explain(election, outcome, settings):
        return inner.explain(election, outcome, settings) if election.profile.voters else {}

    staged = with_offer(review, "voting_methods", "greedy", explain=explain)
    assert [check for check, _, _ in wrongs(staged)] == ["explain"]


def test_a_public_file_that_cannot_be_written_is_found(review):
    def write(_release, _to, _settings):
        raise OSError("disk full")

    audiences = frozenset({Audience.PUBLIC})
    staged = with_offer(review, "exporters", "pabulib", write=write, audiences=audiences)
    assert wrongs(staged)[0][0] == "record"
    assert "pabulib" in refused(staged)


def test_a_figure_that_fails_is_a_note_since_the_result_comes_without_it(review):
    def figures(_result, _settings):
        raise KeyError("kleur")

    staged = with_offer(review, "result_views", "votes_and_money", figures=figures)
    outcome = found(staged)
    assert outcome.passed
    assert outcome.findings[-1].level == "note"
    assert opens(staged) == "voting"


def test_a_ballot_that_does_not_fit_its_envelope_is_found(review, monkeypatch):
    monkeypatch.setattr(ballots, "plaintext_length", lambda _paper: 20)
    assert wrongs(review)[0][0] == "ballots"
    assert "do not fit" in refused(review)


def test_a_ballot_that_comes_out_otherwise_is_found(review, monkeypatch):
    monkeypatch.setattr(ballots, "unseal", lambda *_a, **_k: b'{"format":"approval"}')
    assert wrongs(review)[0][0] == "ballots"
    one = Ballot.choosing(BallotFormat.APPROVAL, [review.ideas["AED"]])
    monkeypatch.setattr(ballots, "unseal", lambda *_a, **_k: ballot_bytes(one))
    assert "otherwise than it went in" in wrongs(review)[0][2]


def test_a_rule_that_is_gone_is_a_finding_and_no_crash(review):
    plugins = dataclasses.replace(review.engine.plugins, voting_methods={})
    engine = dataclasses.replace(review.engine, plugins=plugins)
    outcome = rehearsal.rehearse(engine, review.slug)
    assert "no loaded plugin offers" in outcome.wrong[0].detail
    assert [one.check for one in outcome.findings] == [
        "limits",
        "told",
        "texts",
        "ballots",
        "count",
    ]


def test_settings_that_a_new_version_does_not_know_are_found(review):
    outcome = rehearsed(review, voting_method=PluginChoice("greedy", {"snelheid": 3}))
    assert "snelheid" in outcome.wrong[0].detail


def test_the_clock_waits_for_a_rehearsal_that_passes_and_says_why(review):
    staged = with_offer(review, "voting_methods", "greedy", tally=refuse_without_channel)
    late = at(staged.engine, OPENING)
    (moved,) = phases.advance(late)
    assert moved.problem is not None
    assert "the rehearsal of this round fails" in moved.problem
    assert stored_round(late, staged.slug).phase == "review"
    mended = dataclasses.replace(late, plugins=review.engine.plugins)
    assert [one.problem for one in phases.advance(mended)] == [None]
    assert stored_round(mended, staged.slug).phase == "voting"
