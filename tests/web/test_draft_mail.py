"""The link of a draft by mail: it leads back to the draft, and leaves no address behind."""

import pytest

from pb_engine.errors import InvalidIdea
from pb_engine.services.draft_mail import MOST_A_DAY, mail_draft
from pb_engine.services.idea_drafts import new_draft_code
from tests.talking import a_talking_round, links, post
from tests.web.visitor import Visitor

NEW = "~/ideeen/nieuw"


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return a_talking_round(tmp_path_factory.mktemp("draft-mail"))


@pytest.fixture
def visitor(staged):
    visitor = Visitor(staged)
    visitor.kept = visitor.send(visitor.get(NEW), "title", step="keep", title="Half <idee>")
    return visitor


def letters_to(staged, email):
    return [one for one in post(staged) if one["To"] == email]


def test_the_letter_leads_back_to_the_draft_and_the_address_is_forgotten(visitor, staged):
    done = visitor.send(visitor.kept, "email", email=" Noor@Example.org ")
    assert "Wij sturen u een e-mail met de link." in done.text
    (letter,) = letters_to(staged, "noor@example.org")
    assert "Half" not in letter.as_string()
    (path,) = links(letter, "/verder")
    other = Visitor(staged)
    page = other.send(other.get(path), "code")
    assert ("title", "Half <idee>") in page.form("title").fields
    with staged.engine.stores.site.read() as work:
        assert work.messages.due(9, staged.engine.clock()) == ()
        (log,) = work.log.entries(after=0, limit=1)
        assert "noor" not in str(log)


def test_what_is_no_address_is_said_at_the_field_and_the_code_stays_there(visitor):
    page = visitor.send(visitor.kept, "email", email="noor@\nBcc: x@example.org")
    assert page.status == 422
    assert "Dit is geen e-mailadres" in page.text
    assert "Bewaar deze code" in page.text


def test_one_address_and_one_draft_get_few_letters_a_day_and_nobody_sees_it(visitor, staged):
    for _ in range(MOST_A_DAY + 2):
        page = visitor.send(visitor.kept, "email", email="vaak@example.org")
        assert "Wij sturen u een e-mail" in page.text
    assert len(letters_to(staged, "vaak@example.org")) == MOST_A_DAY
    visitor.send(visitor.kept, "email", email="ander@example.org")
    assert letters_to(staged, "ander@example.org") == []


def test_nothing_is_sent_without_a_draft(staged):
    stranger = Visitor(staged)
    assert stranger.get(f"{NEW}/bewaard/mail").path.endswith("/nieuw")
    with pytest.raises(InvalidIdea):
        mail_draft(staged.engine, staged.slug, new_draft_code(), "noor@example.org", "nl")
