"""Who may do what at the desk: every endpoint, every role, and somebody without an account."""

import pytest

from tests.builders import a_round, a_round_in, an_engine
from tests.web.desk_visitor import (
    AUDITOR,
    BROKER,
    CHAIR,
    COACH,
    COMMISSION,
    COUNTER,
    MODERATOR,
    OFFICER,
    RESEARCHER,
    ROLES,
    SECRETARY,
    TEAM,
    TRUSTEE,
    DeskVisitor,
    desk_of,
)
from web import access
from web.base import finish, make_app
from web.desk import TEMPLATES, create_desk_app, login

EVERY = frozenset(ROLES)
ANYBODY = "anybody"
CLOSED = "closed"
EXPECTED = {
    "home": EVERY,
    "round": EVERY,
    "account": EVERY,
    "end_session": EVERY,
    "end_sessions": EVERY,
    "set_digest": EVERY,
    "import_round": {TEAM},
    "start_draft": {TEAM, COMMISSION},
    "draft": {TEAM, COMMISSION},
    "draft_settings": {TEAM, COMMISSION},
    "draft_language": {TEAM, COMMISSION},
    "draft_letter": {TEAM, COMMISSION},
    "check_draft": {TEAM, COMMISSION},
    "draft_file": {TEAM, COMMISSION},
    "make_round": {TEAM},
    "amend_by_draft": {TEAM},
    "drop_draft": {TEAM},
    "start_example": {TEAM, COMMISSION},
    "copy_round": {TEAM, COMMISSION},
    "edit_round": {TEAM},
    "step": {TEAM},
    "seed": {TEAM},
    "trustees": {TEAM},
    "rules": {TEAM},
    "ideas": {TEAM, COMMISSION},
    "idea": {TEAM, COMMISSION},
    "judge": {COMMISSION},
    "assessment": {TEAM, COMMISSION},
    "assess": {COMMISSION},
    "declare_interest": {COMMISSION},
    "merge": {COMMISSION},
    "consent": {TEAM, COMMISSION},
    "split": {COMMISSION},
    "split_consent": {COMMISSION},
    "links": {TEAM, COMMISSION},
    "link_ideas": {TEAM, COMMISSION},
    "unlink_ideas": {TEAM, COMMISSION},
    "reach": {TEAM, COMMISSION},
    "reply": {TEAM, COMMISSION},
    "decide_together": {COMMISSION},
    "talk": {TEAM, COMMISSION},
    "judge_comment": {TEAM},
    "judge_picture": {TEAM},
    "answer_question": {TEAM},
    "decide_appeal": {COMMISSION},
    "take_up": {TEAM},
    "paper": {TEAM, COMMISSION, AUDITOR},
    "tryout": {TEAM, COMMISSION},
    "tryout_file": {TEAM, COMMISSION},
    "rehearsal": {TEAM, COMMISSION, AUDITOR},
    "keep_rehearsal": {TEAM, COMMISSION},
    "register": {TEAM, OFFICER, AUDITOR},
    "take_in_register": {TEAM},
    "search_register": {OFFICER},
    "propose_change": {OFFICER},
    "decide_change": {TEAM, OFFICER},
    "codes": {TEAM, OFFICER},
    "issue": {TEAM},
    "move_batch": {TEAM},
    "return_code": {TEAM, OFFICER},
    "void": {TEAM, OFFICER},
    "replace": {TEAM, OFFICER},
    "counter": {TEAM, OFFICER},
    "counter_search": {TEAM, OFFICER},
    "counter_choose": {TEAM, OFFICER},
    "counter_finish": {TEAM, OFFICER},
    "counter_person": {TEAM, OFFICER},
    "counter_code": {TEAM, OFFICER},
    "counter_here": {TEAM, OFFICER},
    "counter_paper": {TEAM, OFFICER},
    "counter_paper_code": {TEAM, OFFICER},
    "counter_propose": {TEAM, OFFICER},
    "counter_decide": {TEAM, OFFICER},
    "counter_proxy": {TEAM, OFFICER},
    "counter_organisation": {TEAM},
    "letters": {TEAM},
    "letter_text": {TEAM},
    "letter_preview": {TEAM},
    "status_texts": {TEAM},
    "status_text": {TEAM},
    "write_status_text": {TEAM},
    "make_letters": {TEAM},
    "papers": {TEAM, COMMISSION, OFFICER, AUDITOR},
    "paper_batch": {TEAM, COMMISSION, OFFICER, AUDITOR},
    "paper_open": {TEAM, OFFICER},
    "paper_print": {TEAM, OFFICER},
    "paper_surplus": {TEAM},
    "paper_read": {TEAM, COMMISSION, OFFICER},
    "paper_enter": {TEAM, COMMISSION, OFFICER},
    "paper_finish": {TEAM, COMMISSION, OFFICER},
    "paper_restart": {TEAM, OFFICER},
    "paper_recount": {TEAM, OFFICER},
    "paper_compare": {TEAM, COMMISSION, OFFICER},
    "paper_decide": {TEAM, COMMISSION, OFFICER},
    "paper_totals": {TEAM, COMMISSION, OFFICER},
    "paper_count": {TEAM, COMMISSION, OFFICER},
    "paper_totals_compare": {TEAM, COMMISSION, OFFICER},
    "paper_count_decide": {TEAM, COMMISSION, OFFICER},
    "paper_accept": {TEAM, OFFICER},
    "paper_leave": {TEAM, OFFICER},
    "paper_sample": {TEAM, COMMISSION, OFFICER, AUDITOR},
    "paper_draw": {TEAM},
    "paper_check": {TEAM, COMMISSION, OFFICER},
    "paper_checked": {TEAM},
    "count": {TEAM, AUDITOR},
    "open_box": {TEAM},
    "take_in_count": {TEAM},
    "tally": {TEAM},
    "explain": {TEAM},
    "count_protocol": {TEAM, AUDITOR},
    "adopt": {TEAM},
    "publish": {TEAM},
    "result_letters": {TEAM},
    "correction": {TEAM, AUDITOR},
    "begin_correction": {TEAM},
    "publish_correction": {TEAM},
    "drop_correction": {TEAM},
    "council": {TEAM, AUDITOR},
    "note_decision": {TEAM},
    "settle_decision": {TEAM},
    "translation": {TEAM},
    "translate": {TEAM},
    "dashboard": {TEAM, COMMISSION, AUDITOR, RESEARCHER},
    "dashboard_file": {TEAM, COMMISSION, AUDITOR, RESEARCHER},
    "costs": {TEAM, COMMISSION, AUDITOR, RESEARCHER},
    "set_costs": {TEAM},
    "charter": {TEAM, COMMISSION, AUDITOR, RESEARCHER},
    "answer_charter": {TEAM, COMMISSION},
    "ending": {TEAM, COMMISSION, AUDITOR},
    "write_report": {TEAM},
    "thank": {TEAM},
    "archive": {TEAM},
    "document": {TEAM, COMMISSION, AUDITOR},
    "document_file": {TEAM, COMMISSION, AUDITOR},
    "set_round_picture": {TEAM},
    "drop_round_picture": {TEAM},
    "activities": {TEAM, COMMISSION, AUDITOR},
    "add_activity": {TEAM, COMMISSION},
    "remove_activity": {TEAM, COMMISSION},
    "activity_file": {TEAM, COMMISSION, AUDITOR},
    "activities_file": {TEAM, COMMISSION, AUDITOR},
    "news": {TEAM},
    "add_news": {TEAM},
    "show_news": {TEAM},
    "newsletters": {TEAM},
    "newsletter": {TEAM},
    "write_newsletter": {TEAM},
    "change_newsletter": {TEAM},
    "try_newsletter": {TEAM},
    "send_newsletter": {TEAM},
    "unreached": {TEAM},
    "mail_again": {TEAM},
    "works": {TEAM, COMMISSION, AUDITOR},
    "work": {TEAM, COMMISSION, AUDITOR},
    "tell_progress": {TEAM},
    "take_back_update": {TEAM},
    "leftovers": {TEAM, COMMISSION, AUDITOR},
    "decide_leftover": {TEAM},
    "take_back_leftover": {TEAM},
    "note_payment": {TEAM},
    "take_back_payment": {TEAM},
    "set_milestones": {TEAM},
    "channels": {TEAM, COMMISSION, AUDITOR},
    "write_channels": {TEAM, COMMISSION},
    "take_over_channels": {TEAM, COMMISSION},
    "add_aid": {TEAM, BROKER, COACH},
    "remove_aid": {TEAM, BROKER, COACH},
    "stories": {TEAM, COMMISSION, AUDITOR},
    "story_photo": {TEAM, COMMISSION, AUDITOR},
    "add_story": {TEAM, COMMISSION},
    "take_back_story": {TEAM, COMMISSION},
    "exports": {TEAM, RESEARCHER},
    "study": {TEAM, RESEARCHER},
    "codebook": {TEAM, RESEARCHER},
    "export": {TEAM, RESEARCHER},
    "log": {TEAM, AUDITOR},
    "log_file": {TEAM, AUDITOR},
    "officials": {TEAM},
    "add_official": {TEAM},
    "change_official": {TEAM},
    "one_official": {TEAM},
    "give_role": {TEAM},
    "take_role": {TEAM},
    "access_table": {TEAM, AUDITOR},
    "all_ideas": {TEAM, BROKER},
    "invitation": ANYBODY,
    "key_login": ANYBODY,
    "first_key": ANYBODY,
    "key_verify": EVERY,
    "add_key": EVERY,
    "remove_key": EVERY,
    "static": ANYBODY,
    "accent": ANYBODY,
    "font": ANYBODY,
    "stylesheet": ANYBODY,
    "security.login": ANYBODY,
    "security.logout": EVERY,
    "security.change_password": EVERY,
    "security.verify": EVERY,
    "security.two_factor_setup": ANYBODY,
    "security.two_factor_token_validation": ANYBODY,
    "security.mf_recovery": ANYBODY,
    "security.two_factor_setup_validate": EVERY,
    "security.mf_recovery_codes": EVERY,
    "security.two_factor_rescue": CLOSED,
    "security.tf_select": CLOSED,
}
"""ANYBODY: before the log-in; those pages of the second factor ask for their own state."""

IDEAS = {"ideas", "idea", "talk"}
ACTIVITIES = {
    *("activities", "activities_file", "activity_file", "add_activity", "remove_activity"),
}
STORIES = {
    *("stories", "story_photo", "add_story", "take_back_story"),
    *("channels", "write_channels", "take_over_channels"),
}
READING_PAPER = {
    *("papers", "paper_batch", "paper_read", "paper_enter", "paper_finish", "paper_compare"),
    *("paper_decide", "paper_totals", "paper_count", "paper_totals_compare", "paper_count_decide"),
    *("paper_sample", "paper_check"),
}
WORKS = {"works", "work", "leftovers"}
RESULT = {
    CHAIR: {"correction", "council", "settle_decision"},
    SECRETARY: {
        *("correction", "council", "note_decision", "settle_decision", "result_letters"),
    },
}
HELPERS = {
    CHAIR: {"count", "count_protocol", "adopt", *RESULT[CHAIR]},
    SECRETARY: {
        *(*IDEAS, *ACTIVITIES, *STORIES, *WORKS, "answer_question", "paper", "rehearsal", "count"),
        *("adopt", "count_protocol", "translation", "translate", "news", "add_news", "show_news"),
        *RESULT[SECRETARY],
        *("status_texts", "status_text", "write_status_text"),
        *("newsletters", "newsletter", "write_newsletter", "change_newsletter"),
        *("try_newsletter", "send_newsletter", "unreached", "mail_again"),
    },
    COACH: {
        *(*IDEAS, *ACTIVITIES, *STORIES, *WORKS, "answer_question"),
        *("tell_progress", "take_back_update"),
        *("note_payment", "take_back_payment", "set_milestones"),
    },
    BROKER: {*IDEAS, *WORKS, "take_up"},
    MODERATOR: {*IDEAS, "judge_comment", "judge_picture"},
    COUNTER: {*READING_PAPER, "paper"},
    TRUSTEE: {"paper", "rehearsal", "count", "count_protocol"},
}
"""What roles may that help the team and the commission, beside what every official may."""
for _role, _endpoints in HELPERS.items():
    for _endpoint in _endpoints:
        EXPECTED[_endpoint] = {*EXPECTED[_endpoint], _role}


def reaches(role, endpoint):
    """Tell whether a role should reach a page; the chair is a member of the commission."""
    return role in EXPECTED[endpoint] or (role == CHAIR and COMMISSION in EXPECTED[endpoint])


PARTS = {
    "slug": "proef-2027",
    "step": "cancel",
    "number": "999",
    "change": "blokkeren",
    "answer": "akkoord",
    "batch": "1",
    "comment_id": "reactie",
    "picture": "foto",
    "story": "verhaal",
    "aid": "hulp",
    "appeal_id": "verzoek",
    "hand": "1",
    "item": "0",
    "to": "tonen",
    "into": "en",
    "status": "received",
    "locale": "nl",
    "draft": "concept",
    "part": "plan",
    "sort": "telmethode",
    "language": "de",
    "int:place": "0",
    "which": "eindverslag",
    "any(pdf, docx):kind": "pdf",
}


def declared(app, endpoint):
    found = access.access_of(app, endpoint)
    if found == access.ANYONE:
        return ANYBODY
    if found == login.CLOSED:
        return CLOSED
    return found.roles or EVERY


@pytest.fixture
def real_app(tmp_path):
    return create_desk_app(an_engine(tmp_path, demo=False))


def test_every_endpoint_declares_what_the_table_says_and_the_table_has_every_endpoint(real_app):
    found = {
        rule.endpoint: declared(real_app, rule.endpoint) for rule in real_app.url_map.iter_rules()
    }
    assert found == EXPECTED


DANGEROUS = {
    *(
        "step",
        "seed",
        "trustees",
        "rules",
        "amend_by_draft",
        "open_box",
        "take_in_count",
        "tally",
        "explain",
        "adopt",
        "publish",
        "note_decision",
        "begin_correction",
        "publish_correction",
        "drop_correction",
        "settle_decision",
    ),
    *("take_in_register", "decide_change", "issue", "move_batch", "make_letters", "export"),
    *("add_official", "change_official", "give_role", "take_role"),
    *("paper_surplus", "paper_restart", "paper_recount", "paper_accept", "paper_leave"),
    *("paper_draw", "paper_checked"),
}


def test_every_step_that_cannot_be_undone_asks_for_the_password_again(real_app):
    asking = {name for name, view in real_app.view_functions.items() if "fresh" in vars(view)}
    assert asking >= DANGEROUS


def test_a_desk_with_an_undeclared_endpoint_does_not_start(tmp_path):
    app, _ = make_app("desk", an_engine(tmp_path), TEMPLATES, part="desk", path="/beheer")
    login.add(app)
    app.add_url_rule("/stiekem", "hidden_door", lambda: "open")
    with pytest.raises(RuntimeError, match="hidden_door"):
        finish(app, login.enforce)


FILES = ("static", "accent", "font", "stylesheet")


def addresses(desk, staged):
    """Every address of the desk with a method, except leaving and loading files."""
    idea = next(iter(staged.ideas.values()))
    for rule in desk.app.url_map.iter_rules():
        if rule.endpoint in {
            *FILES,
            "security.logout",
            "security.login",
            "end_sessions",
            "invitation",
        }:
            continue
        path = rule.rule
        for name, value in {**PARTS, "idea_id": idea}.items():
            path = path.replace(f"<{name}>", value).replace(f"<int:{name}>", value)
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield rule.endpoint, method, path


def call(desk, method, path):
    return desk.get(path, False) if method == "GET" else desk.post(path, {}, follow=False)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_its_pages_and_no_others(staged, role):
    review = staged("review")
    desk = desk_of(review, role)
    for endpoint, method, path in addresses(desk, review):
        page = call(desk, method, path)
        if reaches(role, endpoint):
            assert page.status != 403, (endpoint, method)
            assert page.status < 500, (endpoint, method)
            assert "/inloggen" not in page.headers.get("location", ""), (endpoint, method)
        else:
            assert page.status == 403, (endpoint, method)
            assert "U mag dit niet doen." in page.text


def test_somebody_without_an_account_is_asked_to_log_in_everywhere(staged):
    review = staged("review")
    desk = DeskVisitor(review.engine)
    for endpoint, method, path in addresses(desk, review):
        page = call(desk, method, path)
        assert page.status == 303, (endpoint, method)
        assert "/beheer/inloggen" in page.headers["location"]


@pytest.mark.parametrize("role", [*ROLES[:5], SECRETARY, BROKER, COUNTER])
def test_a_menu_shows_no_page_that_its_official_may_not_see(staged, role):
    desk = desk_of(staged("review"), role)
    for path in ("/", "~/"):
        menu = desk.get(path).html.split('<nav class="site-nav"')[1].split("</nav>")[0]
        links = [part.split('"')[0] for part in menu.split('href="')[1:]]
        assert links
        for link in links:
            assert desk.get(link.removeprefix("/beheer")).status == 200, link


def test_an_idea_of_another_round_is_not_found_under_this_round(tmp_path):
    engine = an_engine(tmp_path)
    first = a_round_in(engine, "review")
    a_round_in(engine, "review", round_=a_round(slug="andere-2027"))
    desk = DeskVisitor(first.engine)
    desk.hire("kim", COMMISSION)
    desk.log_in("kim")
    foreign = first.ideas["Bankjes"]
    assert desk.get(f"~/ideeen/{foreign}").status == 200
    assert desk.get(f"/andere-2027/ideeen/{foreign}").status == 404
    for action in ("oordeel", "samenvoegen"):
        page = desk.post(f"/andere-2027/ideeen/{foreign}/{action}", {"into": first.ideas["AED"]})
        assert page.status == 404, action


def test_a_role_for_one_round_opens_that_round_and_nothing_else(tmp_path):
    engine = an_engine(tmp_path)
    first = a_round_in(engine, "review")
    a_round_in(engine, "review", round_=a_round(slug="andere-2027"))
    desk = DeskVisitor(first.engine)
    desk.hire("kim", f"{TEAM}:andere-2027", f"{MODERATOR}:proef-2027")
    home = desk.log_in("kim")
    assert "/beheer/proef-2027/" in home.html
    assert "/beheer/andere-2027/" in home.html
    assert "/beheer/logboek" not in home.html
    for path in ("/andere-2027/", "/andere-2027/codes", "~/", "~/ideeen", "~/reacties"):
        assert desk.get(path).status == 200, path
    for path in ("~/codes", "~/brieven", "/logboek", "/medewerkers", "/rondes/nieuw"):
        assert desk.get(path).status == 403, path
    desk.hire("noor", f"{MODERATOR}:andere-2027")
    other = DeskVisitor(first.engine)
    assert "/beheer/proef-2027/" not in other.log_in("noor").html
    assert other.get("~/").status == 403


def test_the_broker_finds_every_idea_of_every_round_and_a_broker_of_one_round_does_not(tmp_path):
    engine = an_engine(tmp_path)
    a_round_in(engine, "review")
    staged = a_round_in(engine, "review", round_=a_round(slug="andere-2027"))
    desk = desk_of(staged, BROKER)
    page = desk.get("/ideeen")
    for slug in ("proef-2027", "andere-2027"):
        assert f"/beheer/{slug}/ideeen/i" in page.html
    assert "/beheer/proef-2027/" not in desk.get("/ideeen?ronde=andere-2027").html.split("<h1")[1]
    assert "0 van" in desk.get("/ideeen?zoek=olifant&blz=99&stand=weg").text
    desk.hire("noor", f"{BROKER}:andere-2027")
    other = DeskVisitor(engine, "andere-2027")
    other.log_in("noor")
    assert other.get("/ideeen").status == 403
    assert other.get("~/ideeen").status == 200


def test_the_table_of_access_says_what_the_pages_declare(staged):
    desk = desk_of(staged("review"), TEAM)
    page = desk.get("/medewerkers/rollen?rol=moderator")
    assert page.html.split("<tbody")[1].count("<tr") == sum(
        reaches(MODERATOR, rule.endpoint)
        for rule in desk.app.url_map.iter_rules()
        if EXPECTED[rule.endpoint] not in {ANYBODY, CLOSED}
    )
    assert "/…/brieven" not in page.text
    assert "/…/brieven" in desk.get("/medewerkers/rollen").text


def test_an_unknown_round_is_not_found_on_any_page(staged):
    desk = desk_of(staged("review"), *ROLES)
    pages = ("", "ideeen", "stembiljet", "codes", "tellen", "wijzigen", "uitvoer", "stap/cancel")
    for path in pages:
        page = desk.get(f"/weg-2027/{path}")
        assert page.status == 404, path
        assert "Deze ronde bestaat niet." in page.text
    for path in (
        "lot",
        "codes/maken",
        "codes/series",
        "codes/intrekken",
        "tellen/openen",
        "uitvoer/maken",
    ):
        assert desk.post(f"/weg-2027/{path}", {"number": "1"}).status == 404, path


def test_a_form_without_its_token_changes_nothing(staged):
    review = staged("review")
    desk = desk_of(review, *ROLES)
    for endpoint, method, path in addresses(desk, review):
        if method == "POST":
            page = desk.post(path, {"csrf_token": "vals"})
            assert page.status == 400, endpoint
            assert "stond te lang open" in page.text


def test_too_large_a_form_gets_a_sentence(staged):
    review = staged("review")
    desk = desk_of(review, *ROLES)
    idea = review.ideas["Bankjes"]
    page = desk.post(f"~/ideeen/{idea}/oordeel", {"reason": "a" * 1_000_000})
    assert page.status == 413
    assert "te veel tekst" in page.text
