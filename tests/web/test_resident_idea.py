"""The page of one idea: what happened to it, in an order that everybody can follow."""

from pb_engine.services.review import Colour, Judgement, NewReview, judge_idea, merge_ideas
from tests.builders import a_pass

REJECTED = NewReview(
    outcome="reject",
    judgements=(
        Judgement("R1", Colour.GREEN),
        Judgement("R2", Colour.RED, "Dit gaat over een drempel in de straat."),
    ),
    reason="Dit gaat over verkeer, dus kan het niet.",
)


def path_of(visitor, title):
    return f"~/ideeen/{visitor.staged.ideas[title]}"


def test_an_idea_tells_its_story_and_names_no_official(collecting):
    engine, slug = collecting.engine, collecting.slug
    idea, other = (collecting.staged.ideas[title] for title in ("AED", "Bankjes"))
    judge_idea(engine, slug, idea, REJECTED, 1, "kim-van-de-commissie")
    judge_idea(engine, slug, idea, a_pass(1_900_00), 2, "kim-van-de-commissie")
    merge_ideas(engine, slug, other, idea, 1, "kim-van-de-commissie")
    page = collecting.get(path_of(collecting, "AED"))
    told = [
        "Het idee is ingestuurd.",
        "het idee kan niet door.",
        "De commissie besloot: het idee kan door.",
        "Een ander idee ging op in dit idee.",
    ]
    places = [page.text.index(one) for one in told]
    assert places == sorted(places)
    assert "kim-van-de-commissie" not in page.html
    assert (
        "Het idee ging op in een ander idee." in collecting.get(path_of(collecting, "Bankjes")).text
    )


def test_an_idea_has_an_address_that_names_no_round(collecting):
    idea = collecting.staged.ideas["AED"]
    page = collecting.get(f"/idee/{idea}")
    assert page.path == f"/{collecting.slug}/ideeen/{idea}"
    for odd in ("zomaar", "%00", "a" * 5000, "i1%25", "..%2f..", "_"):
        assert collecting.get(f"/idee/{odd}").status == 404
