"""Moderation, answers, appeals and the idea broker at the desk."""

from pb_engine.domain.conversation import Conversation, Moderation
from pb_engine.services import pages
from pb_engine.services.appeals import ask_again
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.desk import desk_round
from pb_engine.services.ideas import submit_idea
from pb_engine.services.review import judge_idea
from tests.builders import DAY, a_draft, a_round, a_round_in
from tests.talking import REJECTED, a_talking_round, reject
from tests.web.desk_visitor import BROKER, COMMISSION, TEAM, DeskVisitor, desk_of
from tests.web.visitor import Visitor


def written(staged, body, *, question=False):
    new = NewComment("Noor", body, question=question)
    return write_comment(staged.engine, staged.slug, staged.ideas["AED"], new)


def test_a_comment_is_read_shown_hidden_and_answered(tmp_path):
    staged = a_talking_round(tmp_path, rules=Conversation(comments=Moderation.BEFORE))
    bad, good = (
        written(staged, "Wat een sukkels!"),
        written(staged, "Waar komt hij?", question=True),
    )
    desk = desk_of(staged, TEAM)
    page = desk.get("~/reacties")
    assert page.text.count("Toon de reactie eerst.") == 1
    page = desk.post(f"~/reacties/{bad.id}", {"what": "hide"})
    assert "Kies de huisregel" in page.text
    desk.post(f"~/reacties/{bad.id}", {"what": "hide", f"rule-{bad.id}": "respect"})
    desk.post(f"~/reacties/{good.id}", {"what": "show"})
    short = desk.post(f"~/reacties/{good.id}/antwoord", {f"answer-{good.id}": "?"})
    assert "Vul hier minstens 3 tekens in." in short.text
    page = desk.post(f"~/reacties/{good.id}/antwoord", {f"answer-{good.id}": "Bij de school."})
    assert "Elke vraag heeft een antwoord." in page.text
    seen = Visitor(staged).get(f"~/ideeen/{staged.ideas['AED']}/reacties").text
    assert "Bij de school." in seen
    assert "sukkels" not in seen
    log = desk.get("/logboek").text
    assert "verborgen. Regel: respect." in log
    assert f"kim beantwoordde vraag {good.id}" in log


def test_a_late_answer_is_a_warning(tmp_path):
    staged = a_talking_round(tmp_path)
    written(staged, "Waar komt hij?", question=True)
    late = staged.move_to(staged.engine.clock() + 8 * DAY)
    page = desk_of(late, TEAM).get("~/reacties")
    assert "1 vraag is te laat" in page.text


def test_the_one_who_judged_does_not_decide_the_appeal(tmp_path):
    staged = a_talking_round(tmp_path)
    made = submit_idea(staged.engine, staged.slug, a_draft("Drempels weg"))
    judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 1, "kim")
    args = (staged.engine, staged.slug, made.idea.id, made.idea_code)
    appeal = ask_again(*args, "Dit gaat niet over verkeer.")
    checks = desk_round(staged.engine, staged.slug).checks
    assert [one.holds for one in checks if "herziening" in one.sentence.nl] == [False]
    desk = desk_of(staged, COMMISSION)
    assert "Een collega beslist hierover." in desk.get("~/reacties").text
    fields = {"decision": "upheld", f"appeal-{appeal.id}": "Dat klopt helemaal."}
    page = desk.post(f"~/herziening/{appeal.id}", fields)
    assert page.status == 403
    judge_idea(staged.engine, staged.slug, made.idea.id, REJECTED, 2, "robin")
    assert desk.post(f"~/herziening/{appeal.id}", fields).status == 403
    desk.hire("sam", COMMISSION)
    other = DeskVisitor(staged.engine, staged.slug)
    other.log_in("sam")
    assert (
        "Kies eerst: toekennen of afwijzen."
        in other.post(f"~/herziening/{appeal.id}", {**fields, "decision": "?"}).text
    )
    other.post(f"~/herziening/{appeal.id}", fields)
    assert pages.idea_page(*args[:3]).idea.state == "submitted"
    again = other.post(f"~/herziening/{appeal.id}", {**fields, "decision": "dismissed"})
    assert again.status == 409


def test_the_support_stands_beside_the_form_for_the_judgement(tmp_path):
    staged = a_talking_round(tmp_path)
    page = desk_of(staged, COMMISSION).get(f"~/ideeen/{staged.ideas['AED']}")
    assert "Steun van bewoners" in page.text
    assert page.form("outcome")


def test_the_broker_gives_a_rejected_idea_another_try_in_another_round(tmp_path):
    staged = a_talking_round(tmp_path)
    idea = reject(staged, "AED")
    a_round_in(staged.engine, "ideas", round_=a_round(slug="volgende-2027"))
    desk = desk_of(staged, TEAM)
    form = desk.get(f"~/ideeen/{idea}").form("into")
    assert (
        "Vraag eerst of de indiener"
        in desk.send(desk.get(f"~/ideeen/{idea}"), form, into="volgende-2027 groen").text
    )
    page = desk.send(desk.get(f"~/ideeen/{idea}"), form, into="volgende-2027 groen", agreed="ja")
    assert "Het idee doet opnieuw mee, met nummer 5." in page.text
    visitor = Visitor(staged)
    old = visitor.get(f"~/ideeen/{idea}")
    assert "Dit idee doet opnieuw mee in de ronde" in old.text
    new = visitor.get(
        "/volgende-2027/ideeen/" + old.html.split("/volgende-2027/ideeen/")[1].split('"')[0]
    )
    assert "Dit idee deed eerder mee in de ronde" in new.text
    twice = desk.send(desk.get(f"~/ideeen/{idea}"), form, into="volgende-2027 groen", agreed="ja")
    assert "Dit idee doet al opnieuw mee in die ronde." in twice.text


def test_a_broker_of_one_round_puts_no_idea_into_another_one(tmp_path):
    staged = a_talking_round(tmp_path)
    idea = reject(staged, "AED")
    a_round_in(staged.engine, "ideas", round_=a_round(slug="volgende-2027"))
    desk = desk_of(staged, f"{BROKER}:{staged.slug}")
    assert "volgende-2027" not in desk.get(f"~/ideeen/{idea}").html
    wish = {"into": "volgende-2027 groen", "agreed": "ja"}
    path = f"~/ideeen/{idea}/opnieuw"
    assert desk.post(path, wish).status == 403
    both = DeskVisitor(staged.engine, staged.slug)
    both.hire("sam", f"{BROKER}:{staged.slug}", f"{BROKER}:volgende-2027")
    both.log_in("sam")
    assert "Het idee doet opnieuw mee" in both.post(path, wish).text
