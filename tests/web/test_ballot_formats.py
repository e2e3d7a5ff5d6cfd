"""All six ballot formats from the code to the box, without JavaScript."""

import json

import pytest

from pb_engine.services import counting, trackers
from pb_engine.services.phases import take_step
from tests.builders import CALENDAR, DAY, at
from tests.web.ballot_rounds import FORMATS, GREEN, NORTH, a_visitor_of


@pytest.fixture
def visitor(tmp_path):
    return lambda kind, **changes: a_visitor_of(tmp_path / kind, kind, **changes)


def marks(visitor, **weights):
    return {f"mark-{visitor.staged.ideas[title]}": str(one) for title, one in weights.items()}


def press(visitor, step, title):
    return {"step": f"{step}:{visitor.staged.ideas[title]}"}


def order_of(page):
    return [value for name, value in page.form("seen").fields if name == "was"]


def counted(visitor):
    """Close the box, open it, and return the only ballot in it as weights by title."""
    closing = at(visitor.staged.engine, CALENDAR.voting.end + DAY)
    take_step(closing, visitor.slug, "close_voting", "team")
    counting.open_box(closing, visitor.slug, "team")
    ((ballot, _),) = counting.election_of(closing, visitor.slug)[0].profile.groups
    titles = {project: title for title, project in visitor.staged.ideas.items()}
    return {titles[mark.project]: mark.weight for mark in ballot.marks}


CAST = {
    "single": ({"AED": 1}, "AED"),
    "approval": ({"AED": 1, "Bankjes": 1}, "AED"),
    "basket": ({"AED": 1, "Moestuin": 1}, "€ 5.900"),
    "points": ({"AED": 4, "Bankjes": 1}, "4 punten"),
    "score": ({"AED": 2, "Bankjes": 0}, "slecht"),
    "ranking": ({"AED": 2, "Bankjes": 1}, "Uw favoriet staat bovenaan"),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_ballot_of_every_format_comes_out_of_the_box_as_it_was_filled_in(visitor, kind):
    resident, (wanted, said) = visitor(kind), CAST[kind]
    paper = resident.enter(resident.staged.codes[0])
    if kind in CAST and kind in ("single", "approval", "basket"):
        filled = {"choices": resident.ids(*wanted)}
    else:
        filled = marks(resident, **wanted)
    checked = resident.send(paper, "seen", **filled)
    assert checked.path.endswith("/nakijken"), checked.text
    assert said in checked.text.replace("\u00a0", " ")
    assert "Uw stem is nog niet verstuurd" in checked.text
    done = resident.send(checked, "seen")
    assert "Uw stem is binnen" in done.text
    assert counted(resident) == wanted


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_explains_itself_and_disables_nothing(visitor, kind):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    assert "Hulp bij het invullen" in paper.text
    assert "zondag 30 mei 2027, 24.00 uur" in paper.text
    assert "Op een ander apparaat begint u opnieuw" in paper.text
    assert "Uw stem is nog niet verstuurd" in paper.text
    assert "disabled" not in paper.html
    assert 'role="status"' in paper.html
    assert json.loads(paper.html.split('data-limits="')[1].split('"')[0].replace("&#34;", '"'))
    ids = [part.split('"')[0] for part in paper.html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("kind", "filled", "sentence"),
    [
        ("points", {"AED": 4, "Bankjes": 3}, "U gaf 7 punten. U heeft er 5"),
        ("points", {"AED": "veel"}, "Vul hier een heel getal in"),
        ("points", {"AED": "-3"}, "Vul hier een heel getal in"),
        ("points", {"AED": "1.5"}, "Vul hier een heel getal in"),
        ("points", {}, "Kies er minstens 1"),
        ("score", {"AED": 7}, "Een van uw getallen past niet"),
        ("score", {}, "Kies er minstens 1"),
        ("ranking", {}, "Kies er minstens 1"),
        ("ranking", {"AED": 1, "Bankjes": 1}, "Twee ideeën kregen dezelfde plaats"),
        ("ranking", {"AED": 1, "Bankjes": 2, "Moestuin": 3, "Speeltoestel": 4}, "hoogstens 3"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_kept(visitor, kind, filled, sentence):
    resident = visitor(kind)
    paper = resident.enter(resident.staged.codes[0])
    answer = resident.send(paper, "seen", **marks(resident, **filled))
    assert answer.status == 422
    assert sentence in answer.text
    assert "<title>Fout:" in answer.html
    target = answer.html.split('<a href="#veld-')[1].split('"')[0]
    assert f'id="veld-{target}"' in answer.html


def test_points_go_up_and_down_by_buttons_and_the_meter_says_what_is_left(visitor):
    resident = visitor("points")
    paper = resident.enter(resident.staged.codes[0])
    assert "U gaf 0 van 5 punten. U heeft er nog 5." in paper.text
    for _ in range(2):
        paper = resident.send(paper, "seen", **press(resident, "more", "AED"))
    assert "U gaf 2 van 5 punten. U heeft er nog 3." in paper.text
    assert "autofocus" in paper.html
    paper = resident.send(paper, "seen", **press(resident, "less", "AED"))
    assert dict(paper.form("seen").fields)[f"mark-{resident.staged.ideas['AED']}"] == "1"
    over = resident.send(paper, "seen", **marks(resident, AED=9), step="recount")
    assert "U gaf 9 punten. Dat is 4 te veel." in over.text


def test_a_ranking_is_made_by_buttons_alone(visitor):
    resident = visitor("ranking")
    page = resident.enter(resident.staged.codes[0])
    assert "U heeft nog niets op volgorde gezet" in page.text
    for title in ("AED", "Bankjes", "Moestuin"):
        page = resident.send(page, "seen", **press(resident, "add", title))
    page = resident.send(page, "seen", **press(resident, "up", "Moestuin"))
    assert order_of(page) == resident.ids("AED", "Moestuin", "Bankjes")
    assert "Staat nu op plaats 2" in page.text
    page = resident.send(page, "seen", **press(resident, "down", "AED"))
    page = resident.send(page, "seen", **press(resident, "off", "Bankjes"))
    assert order_of(page) == resident.ids("Moestuin", "AED")


def test_one_typed_number_moves_an_idea_and_the_others_make_room(visitor):
    resident = visitor("ranking")
    page = resident.enter(resident.staged.codes[0])
    filled = marks(resident, Moestuin=1, AED=2, Bankjes=9)
    page = resident.send(page, "seen", **filled, step="recount")
    assert order_of(page) == resident.ids("Moestuin", "AED", "Bankjes")
    page = resident.send(page, "seen", **marks(resident, Bankjes=1), step="recount")
    assert order_of(page) == resident.ids("Bankjes", "Moestuin", "AED")
    page = resident.send(page, "seen", **marks(resident, Moestuin=""), step="recount")
    assert order_of(page) == resident.ids("Bankjes", "AED")


@pytest.mark.parametrize("limit", [GREEN, NORTH], ids=["theme", "area"])
def test_a_limit_per_theme_or_area_is_explained_counted_and_kept(visitor, limit):
    resident = visitor("approval", limits=(limit,))
    name, most = ("groen", 1) if limit is GREEN else ("Noord", 2)
    assert f"Bij {name}: hoogstens {most}." in resident.get("~/").text
    paper = resident.enter(resident.staged.codes[0])
    assert f"Bij {name}: hoogstens {most}." in paper.text
    assert f"{name}: 0 van hoogstens {most}." in paper.text
    titles = ["AED", "Bankjes", "Moestuin"][: most + 1]
    answer = resident.send(paper, "seen", choices=resident.ids(*titles))
    assert answer.status == 422
    assert f"{name}: {most + 1} is te veel. Haal er 1 weg." in answer.text
    assert f"bij {name}" in answer.text
    checked = resident.send(answer, "seen", choices=resident.ids(*titles[:most]))
    assert checked.path.endswith("/nakijken")


def test_two_windows_never_lose_a_choice_in_silence(visitor):
    resident = visitor("approval")
    first = resident.enter(resident.staged.codes[0])
    second = resident.get("~/stemmen/biljet")
    checked = resident.send(second, "seen", choices=resident.ids("AED"))
    answer = resident.send(first, "seen", choices=resident.ids("Bankjes"))
    assert answer.status == 409
    assert "U koos eerder iets anders" in answer.text
    assert "AED" in answer.text.split("Hulp bij het invullen")[0]
    stale = resident.send(checked, "seen")
    assert stale.status == 409
    assert "Uw keuze is intussen veranderd" in stale.text
    assert "Bankjes" in stale.text
    assert "Uw stem is binnen" in resident.send(stale, "seen").text
    assert counted(resident) == {"Bankjes": 1}


def test_the_order_is_drawn_for_each_visit_and_stays_the_same_within_it(visitor):
    resident = visitor("approval")

    def lines(page):
        return page.form("choices").choices["choices"]

    orders = set()
    for code in resident.staged.codes:
        page = resident.enter(code)
        assert lines(resident.get("~/stemmen/biljet")) == lines(page)
        assert lines(resident.get("~/stemmen/biljet", **{"Accept-Language": "en"})) == lines(page)
        orders.add(tuple(lines(page)))
    assert len(orders) > 1
    assert all(set(one) == set(resident.staged.ideas.values()) for one in orders)


def test_an_answer_that_is_lost_at_any_step_costs_nothing(visitor):
    """The line breaks once behind every request; the browser asks again with old cookies."""
    resident = visitor("ranking")
    client, jar = resident.client, "~/stemmen"
    filled = marks(resident, AED=1, Bankjes=2)
    asked = resident.get("~/stemmen")
    resident.send(asked, "code", code=resident.staged.codes[0])
    paper = resident.send(asked, "code", code=resident.staged.codes[0])
    before = resident.cookie("pb_stem", jar).value
    resident.send(paper, "seen", **filled)
    client.set_cookie("pb_stem", before, path=resident.path(jar))
    checked = resident.send(paper, "seen", **filled)
    before = resident.cookie("pb_stem", jar).value
    first = resident.send(checked, "seen")
    client.delete_cookie("pb_bewijs", path=resident.path(jar))
    client.set_cookie("pb_stem", before, path=resident.path(jar))
    done = resident.send(checked, "seen")
    numbers = [page.html.split("<code>")[1].split("<")[0] for page in (first, done)]
    assert numbers[0] == numbers[1]
    assert "vorige stem" not in done.text
    assert counted(resident) == {"AED": 1, "Bankjes": 2}


def test_the_back_button_shows_the_choice_and_sends_no_older_one(visitor):
    resident = visitor("points")
    paper = resident.enter(resident.staged.codes[0])
    checked = resident.send(paper, "seen", **marks(resident, AED=2))
    again = resident.get("~/stemmen/biljet")
    assert dict(again.form("seen").fields)[f"mark-{resident.ids('AED')[0]}"] == "2"
    resident.send(again, "seen", **marks(resident, AED=3))
    old = resident.send(checked, "seen")
    assert old.status == 409
    assert "3 punten" in old.text


@pytest.mark.parametrize(
    ("kind", "weight", "word"),
    [("points", 4, "4 punten"), ("score", 0, "slecht"), ("ranking", 2, "plaats 2")],
)
def test_whoever_looks_up_a_tracker_reads_what_the_ballot_gave(
    visitor, monkeypatch, kind, weight, word
):
    answer = trackers.TrackerAnswer("found", "TL4UZB-TSWQGT-ETEKMH", (("AED", weight),))
    monkeypatch.setattr(trackers, "find_choice", lambda *_: answer)
    resident = visitor(kind)
    page = resident.send(resident.get("~/controleren"), "number", number=answer.tracker)
    assert f"AED : {word}" in page.text
