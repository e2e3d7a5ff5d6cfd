"""A security key as the second step: what it opens, and every answer that is refused."""

import html
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from passlib.totp import TOTP

from pb_engine.services import officials, security_keys
from pb_engine.services.officials import find_official
from tests.builders import an_engine
from tests.web.desk_visitor import AUDITOR, PASSWORD, TEAM, DeskVisitor
from tests.web.soft_key import PRESENT, SoftKey, altered
from web.desk import accounts, login

NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)
REFUSED = "Dit antwoord van de sleutel klopt niet."
INSIDE = "Overzicht van de rondes"


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """Passwords that cost as little as in the demo: they are not what is tried here."""
    slow = accounts.password_settings

    def quick(engine):
        cheap = {"argon2__memory_cost": 8192, "argon2__time_cost": 1, "argon2__parallelism": 1}
        return {**slow(engine), "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap}

    monkeypatch.setattr(accounts, "password_settings", quick)
    monkeypatch.setattr(login, "password_settings", quick)


@pytest.fixture
def desk(tmp_path):
    """A desk outside the demo, with somebody who has an account and no second factor yet."""
    visitor = DeskVisitor(an_engine(tmp_path, demo=False))
    visitor.hire("kim", TEAM)
    return visitor


def question_of(page):
    return json.loads(html.unescape(page.html.split('data-question="')[1].split('"')[0]))


def token_on(page):
    return dict(page.form("answer").fields)["csrf_token"]


def answer(desk, page, told, **more):
    return desk.send(page, page.form("answer"), answer=told, **more)


def first_key(desk, key=None, name="kim"):
    """Log in for the first time, and set a key instead of an app."""
    key = key or SoftKey()
    desk.log_in(name)
    page = desk.get("/sleutel/instellen")
    page = answer(desk, page, key.made(question_of(page)), name="blauwe stick")
    assert INSIDE in page.text, page.text
    return key


def again(desk):
    """Log out, and give the password once more: the page then asks for the key."""
    desk.post("/uitloggen", {})
    page = desk.log_in("kim")
    assert page.path == "/beheer/sleutel", page.path
    return page


def keys_of(desk):
    return security_keys.keys_of(
        desk.engine, find_official(desk.engine, email="kim@example.org").id
    )


def test_a_key_replaces_the_app_from_the_first_log_in(desk):
    key = first_key(desk)
    page = again(desk)
    assert "code uit uw app" not in page.text
    assert desk.get("/").path == "/beheer/inloggen"
    page = again(desk)
    assert INSIDE in answer(desk, page, key.signed(question_of(page))).text
    (kept,) = keys_of(desk)
    assert (kept.name, kept.sign_count) == ("blauwe stick", 1)
    assert kept.used_at is not None


def test_whoever_has_both_chooses_and_the_app_works_without_scripts(desk):
    page = desk.log_in("kim")
    page = desk.send(page, page.form("setup"))
    secret = page.html.split('class="big-code"><code>')[1].split("<")[0].replace("-", "")
    desk.send(page, page.form("code"), code=TOTP(key=secret).generate(time.time()).token)
    page, key = desk.get("/account/sleutel"), SoftKey()
    page = answer(desk, page, key.made(question_of(page)), name="laptop")
    assert "De sleutel is toegevoegd." in page.text
    page = again(desk)
    assert "code uit uw app" in page.text
    page = desk.get("/tweede-stap")
    code = TOTP(key=secret).generate(time.time() + 30).token
    assert INSIDE in desk.send(page, page.form("code"), code=code).text
    page = again(desk)
    assert INSIDE in answer(desk, page, key.signed(question_of(page))).text


@pytest.mark.parametrize("lie", ["origin", "site"])
def test_an_answer_for_another_website_is_refused(desk, lie):
    # A copy of the log-in page passes on whatever it gets; the key says where it was asked.
    key = first_key(desk)
    setattr(key, lie, {"origin": "https://wijkbudget.example.com", "site": "example.com"}[lie])
    page = again(desk)
    page = answer(desk, page, key.signed(question_of(page)))
    assert REFUSED in page.text
    assert desk.get("/").path == "/beheer/inloggen"
    assert keys_of(desk)[0].sign_count == 0


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_an_altered_answer_is_refused(desk, part):
    key = first_key(desk)
    page = again(desk)
    page = answer(desk, page, altered(key.signed(question_of(page)), part))
    assert REFUSED in page.text
    assert desk.get("/").path == "/beheer/inloggen"


@pytest.mark.parametrize("counts", [1, 0])
def test_an_answer_that_somebody_overheard_is_worth_nothing_even_with_the_old_cookie(desk, counts):
    # Many keys always count 0: for those the question alone makes an answer new.
    key = first_key(desk)
    page = again(desk)
    heard = key.signed(question_of(page), counts=counts)
    cookie, form = desk.cookie(), page.form("answer")
    assert INSIDE in desk.send(page, form, answer=heard).text
    desk.post("/uitloggen", {})
    desk.client.set_cookie("pb_desk", cookie, path="/beheer")
    assert REFUSED in desk.send(page, form, answer=heard).text
    assert desk.get("/").path == "/beheer/inloggen"


def test_a_key_whose_count_goes_back_is_refused_as_a_copy(desk):
    key = first_key(desk, SoftKey(count=40))
    page = again(desk)
    assert INSIDE in answer(desk, page, key.signed(question_of(page))).text
    page = again(desk)
    assert REFUSED in answer(desk, page, key.signed(question_of(page), counts=-5)).text
    assert keys_of(desk)[0].sign_count == 41


def test_an_answer_to_an_older_question_or_a_late_one_is_refused(desk):
    with time_machine.travel(NOW, tick=True) as traveller:
        key = first_key(desk)
        old = question_of(again(desk))
        page = desk.get("/sleutel")
        assert REFUSED in answer(desk, page, key.signed(old)).text
        page = desk.get("/sleutel")
        asked = question_of(page)
        traveller.shift(timedelta(minutes=6))
        assert REFUSED in answer(desk, page, key.signed(asked)).text


def test_the_key_of_another_official_opens_no_account_but_its_own_after_its_own_password(desk):
    # A colleague's key and one's own password: the key must be of whom the password was of.
    mine = first_key(desk)
    other = DeskVisitor(desk.engine)
    other.hire("noor", AUDITOR)
    first_key(other, name="noor")
    page = other.post("/uitloggen", {})
    page = other.log_in("noor")
    assert REFUSED in answer(other, page, mine.signed(question_of(page))).text
    assert other.get("/").path == "/beheer/inloggen"


def test_a_key_without_a_password_and_a_question_of_another_kind_open_nothing(desk):
    key = first_key(desk)
    page = desk.get("/sleutel/bevestigen")
    told = key.signed(question_of(page))
    desk.post("/uitloggen", {})
    assert desk.post("/sleutel", {"answer": told}).path == "/beheer/inloggen"
    page = desk.log_in("kim")
    assert REFUSED in answer(desk, page, told).text


def test_rubbish_instead_of_an_answer_is_refused_in_a_sentence(desk):
    key = first_key(desk)
    own = json.loads(key.signed({"challenge": "AAAA"}))
    for told in (
        "",
        "{",
        "[]",
        "7",
        "null",
        '{"id": 7}',
        "{}",
        "x" * 30_000,
        json.dumps(own["id"]),
    ):
        page = again(desk)
        assert REFUSED in answer(desk, page, told).text, told
    for part in ("authenticatorData", "clientDataJSON", "signature"):
        page = again(desk)
        bad = {**own, "response": {**own["response"], part: "%%%"}}
        assert REFUSED in answer(desk, page, json.dumps(bad)).text, part


def test_a_code_of_an_app_that_was_never_set_opens_nothing(desk):
    first_key(desk)
    page = again(desk)
    assert desk.get("/tweede-stap").path == "/beheer/sleutel"
    sent = {"code": "000000", "csrf_token": token_on(page)}
    assert desk.post("/tweede-stap", sent).path == "/beheer/sleutel"
    assert desk.get("/tweede-stap/instellen").path == "/beheer/inloggen"


@pytest.mark.parametrize("overtaken_by", ["a key", "an app"])
def test_a_stolen_password_that_waits_for_the_owners_first_log_in_replaces_nothing(
    desk, overtaken_by
):
    thief = DeskVisitor(desk.engine)
    thief.log_in("kim")
    page = thief.get("/sleutel/instellen")
    setup = thief.get("/tweede-stap/instellen")
    setting = thief.send(setup, setup.form("setup"))
    secret = setting.html.split('class="big-code"><code>')[1].split("<")[0].replace("-", "")
    late = DeskVisitor(desk.engine)
    late.log_in("kim")
    question = late.get("/sleutel/instellen")
    if overtaken_by == "a key":
        first_key(desk)
    else:
        page = desk.log_in("kim")
        page = desk.send(page, page.form("setup"))
        own = page.html.split('class="big-code"><code>')[1].split("<")[0].replace("-", "")
        desk.send(page, page.form("code"), code=TOTP(key=own).generate(time.time()).token)
    before = find_official(desk.engine, email="kim@example.org"), keys_of(desk)
    answer(late, question, SoftKey().made(question_of(question)), name="dief")
    code = TOTP(key=secret).generate(time.time()).token
    thief.send(setting, setting.form("code"), code=code)
    for one in (late, thief):
        assert one.get("/").path == "/beheer/inloggen"
    assert (find_official(desk.engine, email="kim@example.org"), keys_of(desk)) == before


def test_a_key_that_knows_its_owner_counts_before_a_dangerous_step(desk):
    with time_machine.travel(NOW, tick=True) as traveller:
        key = first_key(desk)
        traveller.shift(timedelta(minutes=20))
        page = desk.get("/account/sleutel")
        assert page.path == "/beheer/bevestigen"
        assert "Gebruik uw beveiligingssleutel in plaats van uw wachtwoord." in page.text
        page = desk.get("/sleutel/bevestigen?next=/beheer/account/sleutel")
        stick = key.signed(question_of(page), flags=PRESENT)
        assert REFUSED in answer(desk, page, stick).text  # a stick left in the computer
        assert desk.get("/account/sleutel").path == "/beheer/bevestigen"
        page = desk.get("/sleutel/bevestigen?next=/beheer/account/sleutel")
        told = {"answer": key.signed(question_of(page)), "csrf_token": token_on(page)}
        page = desk.post("/sleutel/bevestigen?next=/beheer/account/sleutel", told)
        assert page.path == "/beheer/account/sleutel"


def test_after_the_key_nobody_is_led_to_another_website(desk):
    key = first_key(desk)
    for bad in ("https://example.com/", "//example.com", "/\\example.com", "/beheer.example.com"):
        desk.post("/uitloggen", {})
        page = desk.log_in("kim")
        fields = {"answer": key.signed(question_of(page)), "csrf_token": token_on(page)}
        target = desk.post(f"/sleutel?next={bad}", fields, follow=False).headers["location"]
        assert target == "/beheer/", bad


def test_adding_and_removing_a_key_asks_who_one_is_after_a_while(desk):
    with time_machine.travel(NOW, tick=True) as traveller:
        first_key(desk)
        traveller.shift(timedelta(minutes=20))
        assert desk.get("/account/sleutel").path == "/beheer/bevestigen"
        key = keys_of(desk)[0].id
        assert desk.post("/account/sleutel/weg", {"key": key}).path == "/beheer/bevestigen"
        assert len(keys_of(desk)) == 1


def test_the_last_second_factor_is_never_removed_and_anothers_key_neither(desk):
    key, second = first_key(desk), SoftKey()
    (only,) = keys_of(desk)
    page = desk.post("/account/sleutel/weg", {"key": only.id})
    assert "Dit is uw enige tweede stap." in page.text
    for name, expected in (
        ("Blauwe Stick", "U heeft al een sleutel met deze naam."),
        ("", "U heeft hier nog niets ingevuld."),
        ("laptop", "De sleutel is toegevoegd."),
    ):
        page = desk.get("/account/sleutel")
        page = answer(desk, page, second.made(question_of(page)), name=name)
        assert expected in page.text, page.text
    page = desk.get("/account/sleutel")
    page = answer(desk, page, second.made(question_of(page)), name="nog eens")
    assert "Deze sleutel is al in gebruik." in page.text
    other = DeskVisitor(desk.engine)
    other.hire("noor", AUDITOR)
    first_key(other, name="noor")
    assert other.post("/account/sleutel/weg", {"key": only.id}).status != 200
    assert len(keys_of(desk)) == 2
    page = desk.post("/account/sleutel/weg", {"key": only.id})
    assert "De sleutel is weggehaald." in page.text
    page = again(desk)
    assert REFUSED in answer(desk, page, key.signed(question_of(page))).text
    page = again(desk)
    assert INSIDE in answer(desk, page, second.signed(question_of(page))).text


def test_wiping_the_second_step_of_somebody_forgets_their_keys(desk):
    first_key(desk)
    kim = find_official(desk.engine, email="kim@example.org")
    DeskVisitor(desk.engine).hire("noor", TEAM)
    officials.wipe_second_factor(desk.engine, kim.id, "noor")
    assert keys_of(desk) == ()
    assert "Tweede stap instellen" in desk.log_in("kim", PASSWORD).text


def test_a_recovery_code_opens_the_desk_when_the_key_is_lost(desk):
    first_key(desk)
    page = desk.get("/noodcodes")
    page = desk.send(page, page.form("generate_new_codes"))
    code = page.html.split("<li><code>")[1].split("<")[0]
    again(desk)
    page = desk.get("/noodcode")
    assert INSIDE in desk.send(page, page.form("code"), code=code).text
