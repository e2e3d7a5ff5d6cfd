"""Stories of residents: shown only as they agreed, gone at once when they take it back."""

import contextlib
import dataclasses
import sqlite3
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from pb_engine.services import stories
from pb_engine.services.documents.end_report import end_report
from pb_engine.services.documents.letters import magazine_page
from pb_engine.services.documents.material import material_of
from pb_engine.services.pictures import picture_bytes
from pb_engine.services.retention import Kept, run_retention
from tests.builders import at
from tests.web.desk_visitor import AUDITOR, COMMISSION, DeskVisitor, a_file, desk_of
from tests.web.visitor import Visitor

TOLD = {
    "title": "Samen de tuin in",
    "happened": "Iedere zaterdag werken twaalf buren in de tuin.",
    "quote": "Ik ken nu mijn hele straat.",
    "agreed_on": "1-2-2027",
    "until": "1-2-2028",
    "alternative": "Een vrouw met een schep",
}


def a_photo():
    to = BytesIO()
    Image.new("RGB", (60, 40), "#884422").save(to, "JPEG")
    return a_file(to.getvalue(), "foto.jpg")


@pytest.fixture
def both(staged):
    """The desk and a visitor of one round."""
    made = staged("ideas")
    return desk_of(made, COMMISSION), Visitor(made)


def write(desk, **values):
    page = desk.get("~/verhalen")
    return desk.send(page, page.form("happened"), **{**TOLD, **values})


def photo_of(visitor):
    page = visitor.get("~/verhalen")
    source = next(part.split('"')[0] for part in page.html.split('src="')[1:] if "/foto" in part)
    return visitor.get(source)


def test_a_story_is_shown_with_name_and_photograph_only_as_far_as_somebody_agreed(both):
    desk, visitor = both
    assert "Lees wat bewoners vertellen" not in visitor.get("~/").text
    write(desk, title="Blijft binnen")
    page = visitor.get("~/verhalen")
    assert "Blijft binnen" not in page.text
    assert "Er zijn nog geen verhalen." in page.text
    write(desk, public="ja", title="Zonder naam")
    more = {"public": "ja", "with_name": "ja", "name": "Zeynep", "with_photo": "ja"}
    assert "Het verhaal is opgeschreven." in write(desk, **more, photo=a_photo()).text
    page = visitor.get("~/verhalen")
    assert page.text.count("Ik ken nu mijn hele straat.") == 2
    assert page.text.count("Zeynep") == 1
    assert page.html.count('alt="Een vrouw met een schep"') == 1
    assert photo_of(visitor).headers["content-type"] == "image/jpeg"
    assert page.headers["cache-control"] == "no-store"
    assert "Lees wat bewoners vertellen" in visitor.get("~/").text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "Zeynep"}, "Hier is geen toestemming voor. Laat dit leeg."),
        ({"photo": "a photograph"}, "Hier is geen toestemming voor. Laat dit leeg."),
        ({"title": " "}, "U heeft hier nog niets ingevuld."),
        ({"quote": "x" * 301}, "Deze tekst is te lang."),
        ({"agreed_on": "31-2-2027"}, "Dit is geen dag."),
        ({"agreed_on": "1-2-2031"}, "Dit is geen dag."),
        ({"until": ""}, "Kies een dag vanaf vandaag, binnen 5 jaar."),
        ({"until": "1-1-2099"}, "Kies een dag vanaf vandaag, binnen 5 jaar."),
        ({"with_photo": "ja", "photo": "a file"}, "Dit bestand is geen JPEG, PNG of WebP."),
    ],
)
def test_what_is_not_agreed_to_or_not_right_is_not_kept(both, values, sentence):
    desk, _ = both
    if "photo" in values:
        real = a_photo() if values["photo"] == "a photograph" else a_file(b"GIF89a")
        values = {**values, "photo": real}
    page = write(desk, public="ja", **values)
    assert page.status == 422
    assert sentence in page.text
    assert stories.stories_page(desk.engine, desk.slug, hidden=True).cards == ()


def test_consent_that_is_taken_back_removes_the_part_at_once_and_leaves_nothing(both):
    desk, visitor = both
    write(desk, public="ja", with_name="ja", name="Zeynep", with_photo="ja", photo=a_photo())
    (card,) = stories.stories_page(desk.engine, desk.slug).cards
    there = f"~/verhalen/{card.story.id}/intrekken"
    photo = photo_of(visitor)
    assert desk.post(there, {"part": "alles"}).status == 409
    desk.post(there, {"part": "name"})
    assert "Zeynep" not in visitor.get("~/verhalen").text
    desk.post(there, {"part": "photo"})
    assert visitor.get(f"~/verhalen/{card.story.id}/foto").status == 404
    assert photo.status == 200
    assert "De toestemming is ingetrokken." in desk.post(there, {"part": "all"}).text
    assert "Samen de tuin in" not in visitor.get("~/verhalen").text
    assert desk.post(there, {"part": "all"}).status == 404
    assert b"Zeynep" not in whole_store(desk.engine)
    assert b"hele straat" not in whole_store(desk.engine)


def whole_store(engine):
    folder = engine.settings.data_folder
    with contextlib.closing(sqlite3.connect(folder / "site.sqlite3")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = [*folder.glob("site.sqlite3*")]
    assert kept
    return b"".join(one.read_bytes() for one in kept)


def test_the_day_after_the_consent_ends_nobody_sees_a_story_and_the_terms_remove_it(both):
    desk, _ = both
    write(desk, public="ja", until="1-4-2027", with_photo="ja", photo=a_photo())
    (card,) = stories.stories_page(desk.engine, desk.slug).cards
    last = at(desk.engine, desk.engine.clock().replace(year=2027, month=4, day=1, hour=12))
    assert stories.stories_page(last, desk.slug).cards
    later = at(desk.engine, last.clock() + timedelta(days=1))
    assert stories.stories_page(later, desk.slug).cards == ()
    assert stories.story_photo(later, desk.slug, card.story.id) is None
    assert run_retention(last, "test", really=True) == ()
    (gone,) = run_retention(later, "test", really=True)
    assert (gone.kept, gone.rows) == (Kept.STORIES, 1)
    assert stories.stories_page(later, desk.slug, hidden=True).cards == ()
    assert stories.story_photo(later, desk.slug, card.story.id, hidden=True) is None


def test_the_photograph_of_a_story_has_no_other_address_and_no_other_round_takes_it_back(both):
    desk, visitor = both
    write(desk, with_photo="ja", photo=a_photo())
    (card,) = stories.stories_page(desk.engine, desk.slug, hidden=True).cards
    assert visitor.get(f"~/verhalen/{card.story.id}/foto").status == 404
    assert picture_bytes(desk.engine, desk.slug, card.photo.id, small=False) is None
    assert desk.get(f"~/verhalen/{card.story.id}/foto").status == 200
    assert not stories.take_back(desk.engine, "andere-2027", card.story.id, "all", "test")
    auditor = DeskVisitor(desk.engine)
    auditor.hire("noor", AUDITOR)
    auditor.log_in("noor")
    assert auditor.post(f"~/verhalen/{card.story.id}/intrekken", {"part": "all"}).status == 403
    assert auditor.get("~/verhalen").status == 200


def test_the_end_report_and_the_magazine_quote_only_who_agreed(staged):
    made = staged("published")
    told = stories.NewStory(
        **{name: TOLD[name] for name in ("title", "happened", "quote")},
        name="Zeynep",
        agreed_on=made.engine.today(),
        public=True,
        with_name=True,
        with_photo=False,
        until=made.engine.today() + timedelta(days=300),
    )
    stories.add_story(made.engine, made.slug, told, "kim")
    hidden = dataclasses.replace(told, public=False, quote="Dit blijft onder ons.")
    stories.add_story(made.engine, made.slug, hidden, "kim")
    material = material_of(made.engine, made.slug)
    for document in (end_report(material), magazine_page(material)):
        assert "“Ik ken nu mijn hele straat.” – Zeynep" in str(document)
        assert "onder ons" not in str(document)
