"""Input that nobody should send: program text, days out of order, huge files, two at once."""

import dataclasses
import io
import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from pb_engine.domain.phases import Phase, Step, Window
from pb_engine.domain.round_document import mistakes_in, read_round, round_document
from pb_engine.errors import InvalidRound, LetterRefused, RulesFrozen, WrongPhase
from pb_engine.services import activities, following, news, phases, round_drafts, rounds
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.letters.texts import set_text
from pb_engine.services.moderation import answer_question
from pb_engine.services.officials import find_official
from pb_engine.services.review import judge_idea
from pb_engine.services.round_files import read_round_text, round_text
from pb_engine.units import Cents, LocalText, RoundId
from tests.attacks.test_desk_forms import officer, pages_of
from tests.builders import CALENDAR, DAY, a_round, a_round_in
from tests.leftovers import dumped, mails
from tests.talking import REJECTED, a_talking_round, follow, post
from tests.web.desk_visitor import ROLES, TEAM
from tests.web.routes import addresses_of
from tests.web.visitor import Visitor

PROGRAM = "{{ 98765432*7 }}{% if x %}%(x)s %s{0.__class__}{title}${98765432*7}#{98765432*7}"
RUN = ("691358024", "<class", "&lt;class")
HOURS = ("2027-03-28 02:30", "2027-10-31 02:30", "2027-03-28T02:30:00+01:00")
VOTES = {"Bankjes": 2, "AED": 1}


def poisoned(value, key=""):
    """The document of a round with program text behind every text that residents read."""
    if isinstance(value, dict):
        told = {"nl", "en"} <= value.keys()
        return {
            name: f"{one} {PROGRAM}" if told and one else poisoned(one, name)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    return f"{value} {PROGRAM}" if key in {"place", "hours"} else value


@pytest.mark.parametrize("phase", ["voting", "published"])
def test_program_text_in_the_texts_of_a_round_is_shown_and_never_run(tmp_path, phase):
    round_ = read_round(poisoned(round_document(a_round())), "x")
    staged = a_round_in(tmp_path, phase, round_=round_, votes=VOTES)
    news.add_news(
        staged.engine, staged.slug, LocalText(PROGRAM, PROGRAM), LocalText(PROGRAM, PROGRAM), "kim"
    )
    desk, visitor = officer(staged, "kim", *ROLES), Visitor(staged)
    shown = 0
    resident = [visitor.get(path) for path in addresses_of(visitor.app, staged).values()]
    for page in [*resident, *pages_of(desk)]:
        assert page.status < 500, page.url
        assert not [one for one in RUN if one in page.html], page.url
        shown += PROGRAM.partition("{% if")[0] in page.text
    assert shown > 40
    for _, letter in mails(staged.engine):
        assert not [one for one in RUN if one in letter]


def test_program_text_that_an_official_writes_about_an_idea_is_shown_and_never_run(tmp_path):
    staged = a_talking_round(tmp_path, "review")
    idea, visitor = staged.ideas["AED"], Visitor(staged)
    told = dataclasses.replace(REJECTED, reason=PROGRAM, suggestion=PROGRAM)
    written = write_comment(staged.engine, staged.slug, idea, NewComment("Noor", PROGRAM))
    answer_question(staged.engine, staged.slug, written.id, PROGRAM, "kim")
    following.confirm(staged.engine, follow(visitor, idea).removeprefix("/volgen/"))
    judge_idea(staged.engine, staged.slug, idea, told, 2, "kim")
    activity = activities.NewActivity(date(2027, 4, 2), "meeting", PROGRAM[:40], 12, PROGRAM)
    activities.add_activity(staged.engine, staged.slug, activity, "kim")
    desk = officer(staged, "kim", *ROLES)
    pages = [visitor.get(f"~/ideeen/{idea}"), visitor.get(f"~/ideeen/{idea}/reacties")]
    pages += [desk.get(f"~/ideeen/{idea}"), desk.get("~/activiteiten"), desk.get("~/reacties")]
    for page in pages:
        assert not [one for one in RUN if one in page.html], page.url
    assert sum(PROGRAM[:30] in page.text for page in pages) >= 4
    letters = "".join(str(one.get_content()) for one in post(staged))
    assert letters
    assert not [one for one in RUN if one in letters]
    for text in (PROGRAM, "{0.__class__}", "{naam!r}"):
        with pytest.raises(LetterRefused):
            set_text(staged.engine, staged.slug, "opening", "nl", text, "kim")


def test_two_who_take_a_step_at_once_take_it_once(engine, at_once):
    staged = a_round_in(engine, "ideas").move_to(CALENDAR.ideas.start + 2 * DAY)
    step = lambda: phases.take_step(  # noqa: E731 - the same call by all
        staged.engine, staged.slug, "start_review", "kim", "eerder klaar"
    )
    outcomes = at_once(*[step] * 6)
    assert sum(not isinstance(one, Exception) for one in outcomes) == 1
    assert all(isinstance(one, WrongPhase) for one in outcomes if isinstance(one, Exception))
    with staged.engine.stores.site.read() as work:
        assert work.rounds.get(RoundId(staged.slug)).phase is Phase.REVIEW
        told = [one.event.name for one in work.log.entries(limit=1000)]
    assert told.count("review_started") == 1


def test_an_official_who_is_blocked_while_logged_in_does_nothing_more(tmp_path):
    staged = a_round_in(tmp_path, "review")
    team, noor = officer(staged, "kim", TEAM), officer(staged, "noor", *ROLES)
    number = find_official(staged.engine, email="noor@example.org").id
    token = noor.token()
    team.post(f"/medewerkers/{number}/blokkeren", {})
    before, tried = dumped(staged.engine), 0
    for rule in noor.app.url_map.iter_rules():
        if "<slug>" in rule.rule and "POST" in rule.methods and len(rule.arguments) == 1:
            path = rule.rule.replace("<slug>", staged.slug)
            page = noor.post(path, {"csrf_token": token, "reason": "wraak"}, follow=False)
            assert page.status in {303, 400}, rule.endpoint
            assert "/inloggen" in page.headers.get("location", "/inloggen"), rule.endpoint
            tried += 1
    assert tried > 25
    assert dumped(staged.engine) == before


SPANS = ("ideas", "review", "voting", "counting")
MARKS = ("announced", *(f"{span}.{end}" for span in SPANS for end in ("opens", "closes")), "result")


@pytest.mark.parametrize(("early", "late"), list(itertools.combinations(MARKS, 2)))
def test_two_days_of_a_calendar_that_changed_places_are_refused_at_one_of_them(early, late):
    document = round_document(a_round())
    first, second = (round_drafts.value_at(document, f"calendar.{one}") for one in (early, late))
    if first == second:
        return
    for at, day in ((early, second), (late, first)):
        table, _, key = f"calendar.{at}".rpartition(".")
        round_drafts.value_at(document, table)[key] = day
    assert any(path.startswith("calendar") for path, _ in mistakes_in(document))


@pytest.mark.parametrize(
    ("day", "hours", "opens"),
    [
        (date(2027, 3, 28), 23, datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 10, 31), 25, datetime(2027, 10, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_phase_on_the_night_of_another_clock_lasts_from_midnight_to_midnight(day, hours, opens):
    night = Window(day, day)
    assert (night.start, night.end - night.start) == (opens, timedelta(hours=hours))
    calendar = dataclasses.replace(CALENDAR, voting=night)
    # Half past two exists twice in October and never in March; nothing ends there.
    for minutes in range(0, hours * 60, 15):
        now = opens + timedelta(minutes=minutes)
        assert calendar.due(Phase.VOTING, now) is None
    assert calendar.due(Phase.VOTING, night.end) is Step.CLOSE_VOTING


def test_an_hour_of_such_a_night_is_no_day_of_a_calendar(tmp_path):
    text = round_text(a_round())
    days = str(a_round().calendar.voting.closes)
    desk = officer(a_round_in(tmp_path, "draft"), "kim", TEAM)
    draft = round_drafts.copy_as_draft(desk.engine, desk.slug, "kim")
    before = round_drafts.one_draft(desk.engine, draft)
    for moment in (*HOURS, "2027-02-30"):
        with pytest.raises(InvalidRound, match=r"calendar|TOML"):
            read_round_text(text.replace(days, moment).encode(), "x")
        sent = {"calendar-voting-closes": moment, "seen": "0"}
        page = desk.post(f"/rondes/concept/{draft}/kalender", sent)
        assert page.status == 422
        assert "Dit is geen dag." in page.text
        assert round_drafts.one_draft(desk.engine, draft) == before


@pytest.mark.parametrize("phase", ["voting", "published"])
def test_the_budget_does_not_change_once_people_vote_on_it(tmp_path, phase):
    staged = a_round_in(tmp_path, phase, votes=VOTES)
    fund = dataclasses.replace(a_round().fund, budget_cents=Cents(1_00))
    text = round_text(a_round(fund=fund))
    before = dumped(staged.engine)
    with pytest.raises(RulesFrozen):
        rounds.amend_rules(staged.engine, staged.slug, text, "we hebben minder geld", "kim")
    with pytest.raises(RulesFrozen):
        rounds.add_round(staged.engine, a_round(fund=fund), "kim")
    assert dumped(staged.engine) == before


def test_a_form_of_ten_megabytes_is_refused_everywhere_before_it_is_read(tmp_path):
    staged = a_round_in(tmp_path, "review")
    desk = officer(staged, "kim", *ROLES)
    before, refused = dumped(staged.engine), 0
    for rule in desk.app.url_map.iter_rules():
        alone = rule.arguments <= {"slug"} and "POST" in rule.methods
        if alone and not rule.endpoint.startswith("security."):
            huge = {"reason": "a" * (10_000_000 if refused < 3 else 300_000)}
            page = desk.post(rule.rule.replace("<slug>", staged.slug), huge, follow=False)
            assert 400 <= page.status < 500, rule.endpoint
            refused += "te veel tekst" in page.text or "te groot" in page.text
    assert refused > 25
    assert dumped(staged.engine) == before


def test_a_list_of_a_hundred_thousand_lines_is_refused_with_a_sentence(tmp_path):
    staged = a_round_in(tmp_path, "draft")
    desk = officer(staged, "kim", TEAM)
    draft = round_drafts.copy_as_draft(staged.engine, staged.slug, "kim")
    before = round_drafts.one_draft(staged.engine, draft)
    rows = "\n".join(f"a{number} | buurt | x" for number in range(100_000))
    page = desk.post(f"/rondes/concept/{draft}/geld", {"areas-tree": rows, "seen": "0"})
    assert page.status in {413, 422}
    assert "te veel tekst" in page.text or "Deze tekst is te lang." in page.text
    fewer = desk.post(f"/rondes/concept/{draft}/geld", {"areas-tree": "a" * 210_000, "seen": "0"})
    assert "Deze tekst is te lang." in fewer.text
    assert round_drafts.one_draft(staged.engine, draft) == before
    tree = "".join(f'{{ id = "a{n}", kind = "buurt", name = "x" }},' for n in range(100_000))
    file = io.BytesIO(f"[areas]\ntree = [{tree}]\n".encode())
    stored = dumped(staged.engine)
    page = desk.post("/rondes/nieuw", {"file": (file, "ronde.toml")})
    assert page.status in {413, 422}
    assert "te veel tekst" in page.text
    assert dumped(staged.engine) == stored
