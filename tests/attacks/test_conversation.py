"""Hostile visitors where residents talk: scripts, forged links, bombs, stuffing, and peeping."""

import dataclasses
import sqlite3

import pytest

from pb_engine.errors import InvalidTicket
from pb_engine.services import following, support
from pb_engine.services.appeals import ask_again
from pb_engine.services.carrying import pack
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.ideas import submit_idea
from pb_engine.services.moderation import answer_question
from pb_engine.services.review import judge_idea
from tests.builders import a_draft
from tests.talking import REJECTED, a_talking_round, follow, links, post
from tests.web.desk_visitor import COMMISSION, TEAM, desk_of
from tests.web.visitor import Visitor

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}"
FORMS = (
    ("steunen", {"stance": "for"}),
    ("reageren", {"name": "Noor", "body": "Mooi idee."}),
    ("volgen", {"email": "noor@example.org"}),
    ("herziening", {"code": "ABC", "body": "Kijk nog eens goed."}),
)


@pytest.fixture
def staged(tmp_path):
    return a_talking_round(tmp_path)


@pytest.fixture
def visitor(staged):
    return Visitor(staged)


def send(visitor, action, **values):
    idea = visitor.staged.ideas["AED"]
    page = visitor.get(f"~/ideeen/{idea}/{action}")
    return visitor.send(page, next(iter(values)), **values)


def test_no_script_of_a_resident_or_an_official_runs_anywhere(staged, visitor):
    made = submit_idea(staged.engine, staged.slug, a_draft("Drempels weg"))
    judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 1, "robin")
    ask_again(staged.engine, staged.slug, made.idea.id, made.idea_code, SCRIPT)
    new = NewComment(SCRIPT[:40], SCRIPT, question=True)
    asked = write_comment(staged.engine, staged.slug, made.idea.id, new)
    answer_question(staged.engine, staged.slug, asked.id, SCRIPT, "kim")
    again = send(visitor, "reageren", body="x" * 1001 + SCRIPT, name=SCRIPT)
    bounced = send(visitor, "volgen", email=SCRIPT)
    read = [visitor.get(f"~/ideeen/{made.idea.id}{end}") for end in ("", "/reacties")]
    for page in (*read, again, bounced, desk_of(staged, TEAM, COMMISSION).get("~/reacties")):
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
        assert "&lt;script&gt;" in page.html
        assert "49" not in page.text.replace(SCRIPT, "").split("alert(1)")[0][-5:]


@pytest.mark.parametrize(("action", "fields"), FORMS)
def test_a_page_elsewhere_cannot_speak_for_a_visitor(visitor, action, fields):
    idea = visitor.staged.ideas["AED"]
    answer = visitor.post(f"~/ideeen/{idea}/{action}", fields, Origin="https://elders.example")
    assert answer.status == 400
    assert post(visitor.staged) == []
    assert "Voor 0" in " ".join(visitor.get(f"~/ideeen/{idea}").text.split())


def test_reading_sets_no_cookie_and_only_support_marks_the_device(visitor):
    idea = visitor.staged.ideas["AED"]
    for path in ("", "/reacties"):
        assert visitor.get(f"~/ideeen/{idea}{path}").headers["set-cookie"] == ""
    for action, fields in FORMS[1:3]:
        send(visitor, action, **fields)
        assert visitor.cookie("pb_apparaat", "~/ideeen") is None
    send(visitor, "steunen", stance="for")
    assert visitor.cookie("pb_apparaat", "~/ideeen") is not None


def test_links_that_are_forged_swapped_or_old_do_nothing(staged, visitor):
    idea = staged.ideas["AED"]
    link = follow(visitor, idea)
    sealed = link.removeprefix("/volgen/")
    flipped = sealed[:-2] + ("AA" if not sealed.endswith("AA") else "BB")
    stop = pack(staged.engine, "stop following", {"follow": "x"})
    foreign = pack(staged.engine, "pb_apparaat proef-2027", {"idea": idea, "round": staged.slug})
    for bad in (flipped, stop, foreign, "x", "a" * 20_000, "%00", "..%2f..", "ü"):
        page = visitor.get(f"/volgen/{bad}")
        assert page.status in {404, 410, 414}, bad
    for bad in (flipped, sealed, foreign, "x", "a" * 20_000):
        assert visitor.post(f"/volgen/stop/{bad}", {}).status == 410, bad[:20]
    late = dataclasses.replace(
        staged.engine, clock=lambda: staged.engine.clock().replace(year=2028)
    )
    with pytest.raises(InvalidTicket):
        following.confirm(late, sealed)
    with staged.engine.stores.site.read() as work:
        assert work.follows.of(f"idea:{idea}") == ()


def test_a_mail_scanner_that_opens_every_link_neither_follows_nor_stops(staged, visitor):
    idea = staged.ideas["AED"]
    link = follow(visitor, idea)
    visitor.get(link)
    judge_idea(staged.engine, staged.slug, idea, REJECTED, 1, "robin")
    assert not any(one["List-Unsubscribe"] for one in post(staged))
    following.confirm(staged.engine, link.removeprefix("/volgen/"))
    following.confirm(staged.engine, link.removeprefix("/volgen/"))
    judge_idea(staged.engine, staged.slug, idea, REJECTED, 2, "robin")
    (news,) = (one for one in post(staged) if one["List-Unsubscribe"])
    Visitor(staged).get(links(news, "/stop/")[0])
    with staged.engine.stores.site.read() as work:
        assert len(work.follows.of(f"idea:{idea}")) == 1


def test_nobody_is_bombed_with_letters_and_nobody_sees_who_follows(staged, visitor):
    idea = staged.ideas["AED"]
    fresh = send(visitor, "volgen", email="doelwit@example.org").html
    link = links(post(staged)[0], "/volgen/")[0]
    following.confirm(staged.engine, link.removeprefix("/volgen/"))
    for number, title in enumerate(("AED", "Bankjes", "Moestuin", "AED", "AED")):
        shouted = "DoelWit@Example.org" if number % 2 else " doelwit@example.org"
        following.ask_to_follow(staged.engine, staged.slug, staged.ideas[title], shouted, "nl")
    assert len(post(staged)) == following.MOST_A_DAY
    assert send(visitor, "volgen", email="doelwit@example.org").html == fresh
    assert idea


def test_an_address_that_was_not_confirmed_stands_nowhere_once_the_letter_left(staged, visitor):
    follow(visitor, staged.ideas["AED"], "spijt@example.org")
    stores = staged.engine.settings.data_folder
    for file in stores.glob("*.sqlite3"):
        with sqlite3.connect(file) as found:
            assert "spijt@example.org" not in "\n".join(found.iterdump()), file


@pytest.mark.parametrize(
    "email",
    [
        "a@b.nl\r\nBcc: x@y.nl",
        "a@b.nl,x@y.nl",
        "a@b",
        "@b.nl",
        "a b@c.nl",
        "a" * 300 + "@b.nl",
        "<a@b.nl>",
    ],
)
def test_what_is_no_single_address_is_refused_in_words(visitor, email):
    page = send(visitor, "volgen", email=email)
    assert page.status == 422
    assert "Dit is geen e-mailadres." in page.text
    assert post(visitor.staged) == []


def test_support_is_bounded_per_network_and_a_device_cannot_be_made_up(tmp_path):
    few = {"opinions": "3 per hour"}
    staged = a_talking_round(tmp_path)
    settings = dataclasses.replace(staged.engine.settings, **few)
    staged = dataclasses.replace(
        staged, engine=dataclasses.replace(staged.engine, settings=settings)
    )
    answers = []
    for number in range(5):
        robot = Visitor(staged)
        robot.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        robot.client.set_cookie("pb_apparaat", f"verzonnen-{number}", path=robot.path("~/ideeen"))
        answers.append(send(robot, "steunen", stance="for").status)
    assert answers == [200, 200, 200, 429, 429]
    counts = support.support_of(staged.engine, staged.slug, staged.ideas["AED"])
    assert counts.for_it == 3


def test_devices_on_two_ideas_cannot_be_joined_in_the_store(staged):
    for title in ("AED", "Bankjes"):
        support.give_support(staged.engine, staged.slug, staged.ideas[title], "for", "toestel")
    with sqlite3.connect(staged.engine.settings.data_folder / "site.sqlite3") as found:
        rows = found.execute("SELECT supporter FROM supports").fetchall()
    assert len(set(rows)) == 2
    assert "toestel" not in str(rows)


def test_comments_and_appeals_of_another_round_are_not_there(staged):
    desk = desk_of(staged, TEAM, COMMISSION)
    asked = write_comment(
        staged.engine, staged.slug, staged.ideas["AED"], NewComment("Noor", "Waar komt hij?")
    )
    for path in (f"reacties/{asked.id}", f"reacties/{asked.id}/antwoord"):
        fields = {"what": "show", f"answer-{asked.id}": "Bij de school."}
        assert desk.post(f"/andere-2027/{path}", fields).status == 404
    assert (
        desk.post(
            "~/herziening/onbekend", {"decision": "upheld", "appeal-onbekend": "x" * 20}
        ).status
        == 404
    )


def test_nobody_appeals_for_somebody_else_or_twice(staged, visitor):
    mine = submit_idea(staged.engine, staged.slug, a_draft("Drempels weg"))
    other = submit_idea(staged.engine, staged.slug, a_draft("Ook drempels weg"))
    for made in (mine, other):
        judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 1, "robin")
    page = visitor.get(f"~/ideeen/{mine.idea.id}/herziening")
    text = {"body": "Kijk er nog eens goed naar."}
    assert visitor.send(page, "code", code=other.idea_code, **text).status == 422
    assert visitor.send(page, "code", code=mine.idea_code, **text).status == 200
    assert visitor.send(page, "code", code=mine.idea_code, **text).status == 409


def test_fields_that_no_form_has_show_hide_or_mark_nothing(staged, visitor):
    send(
        visitor,
        "reageren",
        body="Mooi idee.",
        name="Burgemeester",
        official="1",
        state="shown",
        answers="x",
        reply_due="2020-01-01",
    )
    page = visitor.get(f"~/ideeen/{staged.ideas['AED']}/reacties")
    assert "Antwoord van de gemeente" not in page.text
    assert "Vraag aan de gemeente" not in page.text
