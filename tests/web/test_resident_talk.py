"""Support, comments, following and appeals, as residents meet them."""

import pytest

from pb_engine.domain.conversation import Conversation, Moderation
from pb_engine.services import pages
from pb_engine.services.appeals import appeals_of, decide_appeal
from pb_engine.services.ideas import submit_idea
from pb_engine.services.moderation import answer_question, judge_comment
from pb_engine.services.review import judge_idea
from tests.builders import CALENDAR, DAY, a_draft, a_pass
from tests.talking import REJECTED, a_talking_round, follow, links, post, reject
from tests.web.visitor import Visitor


@pytest.fixture
def talking(tmp_path):
    return Visitor(a_talking_round(tmp_path))


def path_of(visitor, title="AED"):
    return f"~/ideeen/{visitor.staged.ideas[title]}"


def support(visitor, stance, title="AED"):
    return visitor.send(visitor.get(f"{path_of(visitor, title)}/steunen"), "stance", stance=stance)


def comment(visitor, body="Wanneer begint dit?", name="Noor", **more):
    return visitor.send(
        visitor.get(f"{path_of(visitor)}/reageren"), "body", name=name, body=body, **more
    )


def comment_id(page):
    return page.html.split('id="reactie-')[1].split('"')[0]


def test_support_is_counted_per_device_and_is_never_the_only_test(talking):
    page = talking.get(path_of(talking))
    assert "Er zijn er nog 2 nodig." in page.text
    assert "Steun is niet de enige toets." in page.text
    assert "set-cookie" not in page.headers or "pb_apparaat" not in page.headers["set-cookie"]
    support(talking, "against")
    page = support(talking, "for")
    assert "Er zijn er nog 1 nodig." in page.text
    assert "Wijzig uw mening" in page.text
    page = support(Visitor(talking.staged), "for")
    assert "Dat is gehaald." in page.text
    assert "Voor 2 Tegen 0" in " ".join(page.text.split())
    assert (
        pages.idea_page(talking.engine, talking.slug, talking.staged.ideas["AED"]).idea.state
        == "submitted"
    )


def test_support_without_an_answer_says_so(talking):
    page = support(talking, "")
    assert page.status == 422
    assert "Kies iets uit de lijst." in page.text


def test_an_idea_that_is_decided_or_a_round_that_votes_takes_no_support(talking):
    reject(talking.staged, "AED")
    assert "Geef uw mening" not in talking.get(path_of(talking)).text
    assert talking.get(f"{path_of(talking)}/steunen").status == 409


def test_a_round_without_a_conversation_has_none_of_it(collecting):
    page = collecting.get(path_of(collecting))
    assert "Reacties" not in page.text
    assert "Steun van bewoners" not in page.text
    assert collecting.get(f"{path_of(collecting)}/reacties").status == 404
    assert collecting.get(f"{path_of(collecting)}/reageren").status == 409
    assert collecting.get(f"{path_of(collecting)}/steunen").status == 409


def test_a_question_says_when_the_answer_comes_and_the_answer_is_marked(talking):
    page = comment(talking, question="ja")
    assert "Antwoord uiterlijk dinsdag 9 maart 2027." in page.text
    answer_question(talking.engine, talking.slug, comment_id(page), "Dat is in mei.", "kim")
    page = talking.get(f"{path_of(talking)}/reacties")
    assert "Antwoord van de gemeente – Participatieteam" in page.text
    assert "Antwoord uiterlijk" not in page.text
    assert "kim" not in page.html
    assert "De gemeente gaf antwoord op een vraag." in talking.get(path_of(talking)).text


def test_a_hidden_comment_shows_the_rule_and_not_its_words_or_name(talking):
    page = comment(talking, body="Koop mijn fietsen!", name="Fietsboer")
    judge_comment(talking.engine, talking.slug, comment_id(page), "adverts", "kim")
    page = talking.get(f"{path_of(talking)}/reacties")
    assert "Huisregel: Maak geen reclame." in page.text
    assert "Koop" not in page.html
    assert "Fietsboer" not in page.html


def test_a_comment_waits_where_it_is_read_first(tmp_path):
    rules = Conversation(comments=Moderation.BEFORE)
    visitor = Visitor(a_talking_round(tmp_path, rules=rules))
    page = comment(visitor)
    assert "Uw reactie is binnen" in page.text
    assert "Wanneer begint dit?" not in page.html
    assert "Er zijn nog geen reacties." in visitor.get(path_of(visitor)).text


def test_mistakes_in_a_comment_stand_at_their_fields_and_nothing_is_lost(talking):
    page = comment(talking, body="x" * 1001, name="")
    assert page.status == 422
    assert "Er zijn 2 dingen niet goed" in page.text
    assert "x" * 1001 in page.html
    assert comment(talking, body="\u202e \u200b ").status == 422


def test_following_takes_two_steps_and_stopping_one(talking):
    idea = talking.staged.ideas["AED"]
    link = follow(talking, idea)
    first = talking.get(link)
    assert "Ja, ik wil dit idee volgen" in first.text
    judge_idea(talking.engine, talking.slug, idea, a_pass(1_900_00), 1, "robin")
    assert len(post(talking.staged)) == 1
    done = talking.post(link, {"csrf_token": dict(first.form("csrf_token").fields)["csrf_token"]})
    assert "U volgt dit idee" in done.text
    judge_idea(talking.engine, talking.slug, idea, REJECTED, 2, "robin")
    (news,) = (one for one in post(talking.staged) if one["List-Unsubscribe"])
    (stop,) = links(news, "/volgen/stop/")
    assert news["List-Unsubscribe"].replace("\n", "").replace(" ", "").endswith(f"{stop}>")
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/{talking.slug}/ideeen/{idea}" in news.get_content()
    assert "Stop met volgen" in talking.get(stop).text
    one_click = Visitor(talking.staged).post(stop, {"List-Unsubscribe": "One-Click"})
    assert "U krijgt geen e-mail meer" in one_click.text
    judge_idea(talking.engine, talking.slug, idea, a_pass(1_900_00), 3, "robin")
    assert len(post(talking.staged)) == 2


def test_a_submitter_asks_for_another_look_and_somebody_else_decides(talking):
    made = submit_idea(talking.engine, talking.slug, a_draft("Drempels weg"))
    judge_idea(talking.engine, talking.slug, made.idea.id, REJECTED, 1, "robin")
    path = f"~/ideeen/{made.idea.id}"
    talking.at(CALENDAR.review.start + DAY)
    assert "tot en met zondag 25 april 2027" in talking.get(path).text
    form = talking.get(f"{path}/herziening")
    wrong = talking.send(form, "code", code="ABC", body="Dit gaat niet over verkeer.")
    assert wrong.status == 422
    page = talking.send(form, "code", code=made.idea_code, body="Dit gaat niet over verkeer.")
    assert "Iemand anders dan de beoordelaar kijkt ernaar." in page.text
    assert talking.get(f"{path}/herziening").status == 409
    (appeal,) = appeals_of(talking.engine, talking.slug, made.idea.id).appeals
    decide_appeal(talking.engine, talking.slug, appeal.id, "upheld", "U hebt gelijk.", "kim")
    page = talking.get(path)
    assert "Besluit: toegekend." in page.text
    assert "De commissie kijkt opnieuw naar dit idee." in page.text
    assert "kim" not in page.html
    told = page.text.index("De indiener vroeg om herziening.")
    assert told < page.text.index("De herziening is toegekend.")


def test_after_the_window_nobody_asks_for_another_look(talking):
    made = submit_idea(talking.engine, talking.slug, a_draft("Drempels weg"))
    judge_idea(talking.engine, talking.slug, made.idea.id, REJECTED, 1, "robin")
    talking.at(CALENDAR.appeal.end + DAY)
    assert talking.get(f"~/ideeen/{made.idea.id}/herziening").status == 409
    assert "Vraag om herziening" not in talking.get(f"~/ideeen/{made.idea.id}").text
