"""Logging in at the desk: one answer for every mistake, a second factor, and no lasting door."""

import dataclasses
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from passlib.totp import TOTP

from pb_engine.services.officials import find_official, save_official
from tests.builders import a_round_in, an_engine, at
from tests.web.desk_visitor import AUDITOR, PASSWORD, TEAM, DeskVisitor, desk_of
from web.desk.attempts import MOST_MISTAKES, WAIT, Attempts

NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)
WRONG = "Het e-mailadres en het wachtwoord horen niet bij elkaar."


@pytest.fixture
def demo_desk(staged):
    visitor = DeskVisitor(staged("review").engine)
    visitor.hire("kim", TEAM)
    return visitor


@pytest.fixture
def real_desk(tmp_path):
    """A desk outside the demo: with a second factor."""
    engine = an_engine(tmp_path, demo=False)
    visitor = DeskVisitor(a_round_in(engine, "review").engine)
    visitor.hire("kim", TEAM)
    return visitor


def code_of(key, later=0):
    return TOTP(key=key.replace("-", "")).generate(time.time() + later).token


def set_up(desk):
    """Log in for the first time, set up the second factor, and return its key."""
    page = desk.log_in("kim")
    assert "Tweede stap instellen" in page.text
    page = desk.send(page, page.form("setup"))
    key = page.html.split('class="big-code"><code>')[1].split("<")[0]
    page = desk.send(page, page.form("code"), code=code_of(key))
    assert "Overzicht van de rondes" in page.text
    return key


def test_the_right_password_opens_the_desk_and_any_mistake_gets_the_same_answer(demo_desk):
    for name, password in (("kim", "fout wachtwoord"), ("niemand", PASSWORD), ("kim", "")):
        page = demo_desk.log_in(name, password)
        assert WRONG in page.text
        assert page.path == "/beheer/inloggen"
    assert "Overzicht van de rondes" in demo_desk.log_in("kim").text
    assert "Uitloggen" in demo_desk.get("/").text


def test_an_inactive_official_gets_the_same_answer_as_a_stranger(demo_desk):
    found = find_official(demo_desk.engine, email="kim@example.org")
    save_official(demo_desk.engine, dataclasses.replace(found, active=False), "test", "active")
    assert WRONG in demo_desk.log_in("kim").text


def test_a_page_comes_back_after_the_log_in_but_never_a_page_elsewhere(demo_desk):
    fields = {"email": "kim@example.org", "password": PASSWORD}
    page = demo_desk.get("~/codes")
    assert page.path == "/beheer/inloggen"
    asked = demo_desk.client.get("/beheer/proef-2027/codes").headers["Location"]
    assert asked == "/beheer/inloggen?next=/beheer/proef-2027/codes"
    answer = demo_desk.post(asked.removeprefix("/beheer"), fields, follow=False)
    assert answer.headers["location"] == "/beheer/proef-2027/codes"
    demo_desk.post("/uitloggen", {})
    for bad in ("https://example.com/", "//example.com", "/\\example.com", "///example.com"):
        answer = demo_desk.post(f"/inloggen?next={bad}", fields, follow=False)
        target = answer.headers.get("location", "/beheer/inloggen")
        assert target.startswith("/"), target
        assert not target.startswith(("//", "/\\")), target
        demo_desk.post("/uitloggen", {})


def test_the_session_is_another_one_after_the_log_in_and_gone_after_the_log_out(demo_desk):
    planted = demo_desk.token()
    before = demo_desk.cookie()
    demo_desk.log_in("kim")
    assert demo_desk.cookie() != before
    refused = demo_desk.post("~/lot", {"csrf_token": planted})
    assert refused.status == 400  # a form token from before the log-in is worth nothing
    demo_desk.post("/uitloggen", {})
    assert demo_desk.get("/").path == "/beheer/inloggen"


def test_the_session_cookie_is_the_desks_own_and_closed_to_scripts(demo_desk):
    page = demo_desk.get("/inloggen")
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("pb_desk=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/beheer" in cookie
    assert page.headers["cache-control"] == "no-store"


def test_nobody_is_remembered_even_when_a_form_asks_for_it(demo_desk):
    page = demo_desk.log_in("kim", follow=False, remember="y")
    assert page.status == 302
    assert "remember" not in page.headers["set-cookie"]


def test_half_an_hour_without_a_click_ends_the_session(demo_desk):
    with time_machine.travel(NOW, tick=True) as traveller:
        demo_desk.log_in("kim")
        traveller.shift(timedelta(minutes=29))
        assert demo_desk.get("/").path == "/beheer/"
        traveller.shift(timedelta(minutes=29))
        assert demo_desk.get("/").path == "/beheer/"
        traveller.shift(timedelta(minutes=31))
        assert demo_desk.get("/").path == "/beheer/inloggen"


def test_guessing_a_password_has_to_wait_and_says_so(demo_desk):
    for _ in range(MOST_MISTAKES):
        assert demo_desk.log_in("kim", "raden").status == 200
    assert demo_desk.log_in("kim", "raden").status == 429
    assert demo_desk.log_in("kim").status == 429
    for _ in range(MOST_MISTAKES):
        assert demo_desk.log_in("niemand", "raden").status == 200
    assert demo_desk.log_in("niemand", "raden").status == 429  # a stranger waits just the same


def test_mistakes_are_forgotten_after_a_wait_and_after_a_success(tmp_path):
    engine = an_engine(tmp_path, NOW)
    attempts, later = Attempts(engine), Attempts(at(engine, NOW + WAIT))
    for _ in range(MOST_MISTAKES):
        attempts.failed("kim")
    assert not attempts.may_try("kim")
    assert attempts.wait("kim") == WAIT.total_seconds()
    assert attempts.may_try("iemand anders")
    assert later.may_try("kim")
    attempts.succeeded("kim")
    assert attempts.may_try("kim")


def test_a_guesser_elsewhere_keeps_no_official_out(demo_desk):
    guess = {"email": "kim@example.org", "password": "raden", "csrf_token": demo_desk.token()}
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    for _ in range(MOST_MISTAKES + 1):
        answer = demo_desk.client.post("/beheer/inloggen", data=guess, environ_base=elsewhere)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= WAIT.total_seconds()
    assert "Overzicht van de rondes" in demo_desk.log_in("kim").text


def test_no_page_of_the_login_library_answers_with_json_or_takes_a_token(demo_desk):
    headers = {"Accept": "application/json", "Authentication-Token": "x"}
    answer = demo_desk.client.get("/beheer/inloggen", headers=headers)
    assert answer.mimetype == "text/html"
    assert demo_desk.client.get("/beheer/", headers=headers).status_code == 303


def test_outside_the_demo_the_first_log_in_sets_up_a_second_factor(real_desk):
    key = set_up(real_desk)
    real_desk.post("/uitloggen", {})
    page = real_desk.log_in("kim")
    assert "Code uit uw app" in page.text
    assert real_desk.get("/").path == "/beheer/inloggen"
    page = real_desk.log_in("kim")
    page = real_desk.send(page, page.form("code"), code="000000")
    assert "Deze code klopt niet" in page.text
    page = real_desk.send(page, page.form("code"), code=code_of(key, later=30))
    assert "Overzicht van de rondes" in page.text
    stored = find_official(real_desk.engine, email="kim@example.org")
    assert stored.totp_method == "authenticator"
    assert key.replace("-", "") not in stored.totp_secret


def test_a_code_of_the_app_works_once(real_desk):
    key = set_up(real_desk)
    real_desk.post("/uitloggen", {})
    page = real_desk.log_in("kim")
    code = code_of(key, later=30)
    page = real_desk.send(page, page.form("code"), code=code)
    assert "Overzicht van de rondes" in page.text
    real_desk.post("/uitloggen", {})
    page = real_desk.log_in("kim")
    page = real_desk.send(page, page.form("code"), code=code)
    assert "Deze code klopt niet of is al gebruikt." in page.text


def test_a_recovery_code_replaces_a_lost_phone_once(real_desk):
    set_up(real_desk)
    page = real_desk.get("/noodcodes")
    page = real_desk.send(page, page.form("generate_new_codes"))
    shown = [part.split("<")[0] for part in page.html.split("<li><code>")[1:]]
    assert len(shown) == 8
    stored = find_official(real_desk.engine, email="kim@example.org").recovery_codes
    assert not set(shown) & set(stored)
    for expected in ("Overzicht van de rondes", "Deze noodcode klopt niet of is al gebruikt."):
        real_desk.post("/uitloggen", {})
        real_desk.log_in("kim")
        page = real_desk.get("/noodcode")
        page = real_desk.send(page, page.form("code"), code=shown[0])
        assert expected in page.text


def test_a_password_alone_reaches_nothing_outside_the_demo(real_desk):
    set_up(real_desk)
    real_desk.post("/uitloggen", {})
    real_desk.log_in("kim")
    for path in ("/", "~/", "~/ideeen", "/logboek", "/account", "/wachtwoord", "/noodcodes"):
        assert real_desk.get(path).path == "/beheer/inloggen", path


@pytest.mark.parametrize("path", ["/tf-rescue", "/tf-select"])
def test_what_the_login_library_offers_beyond_the_desk_is_not_there(real_desk, path):
    assert real_desk.get(path).status == 404


def test_a_dangerous_step_asks_for_the_password_again_after_a_while(real_desk):
    with time_machine.travel(NOW, tick=True) as traveller:
        set_up(real_desk)
        assert real_desk.get("~/stap/cancel").path == "/beheer/proef-2027/stap/cancel"
        traveller.shift(timedelta(minutes=20))
        page = real_desk.get("~/stap/cancel")
        assert page.path == "/beheer/bevestigen"
        page = real_desk.post("~/stap/cancel", {"reason": "Er is te weinig geld."})
        assert page.path == "/beheer/bevestigen"
        assert "Er is nog niets veranderd." in page.text
        wrong = real_desk.post("/bevestigen", {"password": "fout"})
        assert "Dit wachtwoord klopt niet." in wrong.text
        right = real_desk.post("/bevestigen", {"password": PASSWORD})
        assert right.status == 200
        page = real_desk.post("~/stap/cancel", {"reason": "Er is te weinig geld."})
        assert "De ronde is gestopt." in page.text


def test_an_own_password_replaces_the_first_one_and_ends_other_sessions(demo_desk):
    demo_desk.log_in("kim")
    fields = {"password": PASSWORD, "new_password": "kort", "new_password_confirm": "anders"}
    page = demo_desk.post("/wachtwoord", fields)
    assert "De twee nieuwe wachtwoorden zijn niet gelijk." in page.text
    fields.update(new_password="kort", new_password_confirm="kort")
    assert "te kort" in demo_desk.post("/wachtwoord", fields).text
    new = "een heel nieuw wachtwoord"
    fields.update(new_password=new, new_password_confirm=new, password="fout")
    assert "Dit is niet uw wachtwoord van nu" in demo_desk.post("/wachtwoord", fields).text
    other = DeskVisitor(demo_desk.engine)
    other.log_in("kim")
    fields["password"] = PASSWORD
    page = demo_desk.post("/wachtwoord", fields)
    assert page.path == "/beheer/account"
    assert other.get("/").path == "/beheer/inloggen"
    assert WRONG in other.log_in("kim").text
    assert "Overzicht" in other.log_in("kim", new).text


def test_a_session_is_listed_and_ended_from_another_browser_and_no_stranger_ends_it(demo_desk):
    demo_desk.log_in("kim")
    other, noor = DeskVisitor(demo_desk.engine), DeskVisitor(demo_desk.engine)
    noor.hire("noor", AUDITOR)
    noor.log_in("noor")
    other.log_in("kim")
    page = demo_desk.get("/account")
    assert page.text.count("deze browser") == 1
    (form,) = [one for one in page.forms if "key" in dict(one.fields)]
    key = dict(form.fields)["key"]
    assert noor.post("/account/uitloggen", {"key": key}).status == 404
    assert other.get("/").path == "/beheer/"
    assert "Die browser is uitgelogd." in demo_desk.send(page, form).text
    assert other.get("/").path == "/beheer/inloggen"
    assert demo_desk.get("/").path == "/beheer/"


def test_a_copied_cookie_is_worth_nothing_after_the_log_out_everywhere_or_a_working_day(demo_desk):
    for last in ("/uitloggen", "/account/overal-uitloggen"):
        demo_desk.log_in("kim")
        kept = demo_desk.cookie()
        demo_desk.post(last, {})
        demo_desk.client.set_cookie("pb_desk", kept, path="/beheer")
        assert demo_desk.get("/").path == "/beheer/inloggen", last
        assert demo_desk.get("/account", follow=False).status == 303
    with time_machine.travel(NOW, tick=True) as traveller:
        demo_desk.log_in("kim")
        for _ in range(25):  # a click every half hour
            traveller.shift(timedelta(minutes=28))
            demo_desk.get("/")
        assert demo_desk.get("/").path == "/beheer/"
        traveller.shift(timedelta(minutes=28))
        assert demo_desk.get("/").path == "/beheer/inloggen"


def test_an_official_never_sees_another_officials_page(staged):
    desk = desk_of(staged("review"), AUDITOR)
    page = desk.get("/medewerkers")
    assert page.status == 403
    assert "U mag dit niet doen." in page.text


def test_pages_renew_the_session_and_files_that_come_late_put_nothing_old_back(staged):
    desk = desk_of(staged("review"), TEAM)
    page = desk.get("/account")
    assert "pb_desk=" in page.headers["set-cookie"]
    files = re.findall(r'(?:href|src)="/beheer(/[^"]+\.(?:css|js|woff2)[^"]*)"', page.html)
    assert files
    for file in files:
        assert "pb_desk=" not in desk.get(file).headers["set-cookie"], file
