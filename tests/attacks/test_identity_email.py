"""T44: a link in a mail survives the programs that scan mail, works once, and not for long."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from pb_engine.domain.rounds import PluginChoice
from pb_engine.errors import CheckRefused
from pb_engine.services import identity
from pb_engine.services.admission import Admitted
from pb_engine.services.mailing import MOST_A_DAY
from pb_engine.store.register import ResidentState
from pb_engine.store.unit import Unit
from tests.builders import CALENDAR, DAY, a_round, a_round_in, an_engine
from tests.enrolled import a_register, enrol
from tests.leftovers import dumped, mails
from tests.web.visitor import Visitor

NOW = CALENDAR.voting.start + DAY
CHECK = "~/stemmen/controle/email_link"
BALLOT = "/proef-2027/stemmen/biljet"
CHECKS = (PluginChoice("voting_code"), PluginChoice("email_link"))


def staged_on(engine):
    a_register(engine, "proef-2027")
    return a_round_in(engine, round_=a_round(identity_checks=CHECKS))


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    return staged_on(an_engine(tmp_path_factory.mktemp("mail")))


_names = (f"kanarie{number}@example.org" for number in range(1000))


@pytest.fixture
def visitor(staged):
    """A browser of somebody with a mail address of their own."""
    visitor = Visitor(staged)
    visitor.email = next(_names)
    visitor.right, visitor.code = enrol(staged.engine, staged.slug, None, email=visitor.email)
    return visitor


def asked(visitor, email):
    return visitor.send(visitor.get(CHECK), "email", email=email)


def link_for(visitor, email=None):
    """Ask for a link and fetch it from the mail."""
    mails(visitor.engine)
    asked(visitor, email or visitor.email)
    ((_, text),) = mails(visitor.engine)
    link = re.search(r"http\S+", text)[0]
    base = visitor.engine.settings.base_url
    assert link.startswith(f"{base}/proef-2027/stemmen/controle/email_link/terug?brief=")
    return link.removeprefix(base)


def test_a_link_leads_to_a_button_and_the_button_to_the_ballot_paper(visitor):
    page = visitor.get(link_for(visitor))
    assert "brief=" not in page.path
    assert "Druk op de knop" in page.text
    assert visitor.send(page, "carry").path == BALLOT


def test_programs_that_open_every_link_use_nothing_up(visitor):
    link = link_for(visitor)
    for _ in range(5):
        scanner = Visitor(visitor.staged)
        assert scanner.get(link).status == 200
        assert scanner.client.head(link, follow_redirects=True).status_code == 200
    assert visitor.send(visitor.get(link), "carry").path == BALLOT


def test_a_link_works_once_and_on_another_device_too(visitor):
    link = link_for(visitor)
    elsewhere, late = Visitor(visitor.staged), Visitor(visitor.staged)
    page, again = elsewhere.get(link), late.get(link)
    assert elsewhere.send(page, "carry").path == BALLOT
    for one in (again, late.get(link)):
        refused = late.send(one, "carry")
        assert refused.status == 403
        assert "werkt niet meer" in refused.text


def test_of_twenty_who_press_the_button_at_once_one_gets_in(engine, at_once):
    staged = staged_on(engine)
    enrol(engine, staged.slug, None, email="race@example.org")
    visitor = Visitor(staged)
    sealed = link_for(visitor, "race@example.org").partition("brief=")[2]

    def press():
        return identity.complete_check(engine, staged.slug, "email_link", sealed, {}, locale="nl")

    kinds = Counter(type(one) for one in at_once(*(press for _ in range(20))))
    assert kinds == {Admitted: 1, CheckRefused: 19}


def test_a_link_expires_after_half_an_hour(visitor):
    link = link_for(visitor)
    page = visitor.get(link)
    visitor.at(NOW + timedelta(minutes=31))
    for one in (page, visitor.get(link)):
        refused = visitor.send(one, "carry")
        assert "half uur" in refused.text
        assert refused.path != BALLOT
    visitor.at(NOW + timedelta(minutes=29))
    assert visitor.send(page, "carry").path == BALLOT


def test_a_link_that_was_changed_or_made_for_another_check_opens_nothing(visitor):
    link = link_for(visitor)
    place = link.index("brief=") + 60
    other = "A" if link[place] != "A" else "B"
    for bad in (f"{link[:place]}{other}{link[place + 1 :]}", f"{link}x", link.split("brief=")[0]):
        page = visitor.get(bad)
        if any(form for form in page.forms if ("step", "on") in form.buttons):
            page = visitor.send(page, "carry")
        assert page.path != BALLOT
    sealed = link.partition("brief=")[2]
    page = visitor.post("~/stemmen/controle/voting_code", {"carry": sealed, "step": "on"})
    assert page.path != BALLOT
    assert visitor.get(f"{link.split('brief=')[0]}brief={'x' * 20_000}").path != BALLOT


def test_nobody_learns_from_the_page_whether_an_address_is_known(visitor):
    known, unknown = (asked(visitor, one) for one in (visitor.email, "vreemd@example.org"))
    assert (known.status, known.path) == (unknown.status, unknown.path)
    assert telling(known, visitor.email) == telling(unknown, "vreemd@example.org")
    assert {to for to, _ in mails(visitor.engine)} == {visitor.email}


def telling(page, email):
    """What a page says, but for what differs by chance."""
    text = re.sub(r'name="(csrf_token|carry)" value="[^"]*"', "", page.html)
    return text.replace(email, "")


def test_both_answers_cost_the_same_statements(visitor, monkeypatch):
    counted = []
    commit = Unit.commit
    monkeypatch.setattr(Unit, "commit", lambda unit: (counted.append(1), commit(unit))[1])
    costs = []
    for email in (visitor.email, "vreemde@example.org"):
        counted.clear()
        asked(visitor, email)
        costs.append(len(counted))
    assert costs[0] == costs[1] > 0


def test_a_mailbox_is_not_flooded(visitor):
    mails(visitor.engine)
    pages = [asked(visitor, visitor.email) for _ in range(MOST_A_DAY + 3)]
    assert len({telling(page, visitor.email) for page in pages}) == 1
    assert len(mails(visitor.engine)) == MOST_A_DAY


def test_a_link_is_the_same_right_as_the_letter_and_not_of_who_left(visitor):
    link = link_for(visitor)
    assert visitor.send(visitor.get(link), "carry").path == BALLOT
    gone = next(_names)
    enrol(visitor.engine, visitor.slug, None, email=gone, state=ResidentState.REMOVED)
    mails(visitor.engine)
    asked(visitor, gone)
    assert mails(visitor.engine) == []


def test_the_address_of_the_link_leaves_no_trace_in_log_store_or_address_bar(
    visitor, everything_logged
):
    link = link_for(visitor)
    first = visitor.get(link, follow=False)
    assert first.status == 303
    assert first.headers["referrer-policy"] == "no-referrer"
    assert first.headers["cache-control"] == "no-store"
    assert "brief" not in first.headers["location"]
    visitor.send(visitor.get(link), "carry")
    sealed = link.partition("brief=")[2]
    held = dumped(visitor.engine)
    for secret in (sealed, sealed[:40]):
        assert secret not in everything_logged.getvalue()
        assert secret not in held
    assert visitor.email not in everything_logged.getvalue()


def test_a_mail_is_written_to_nobody_else(visitor):
    mails(visitor.engine)
    for email in ("a@example.org\nBcc: x@example.org", f"{visitor.email},x@example.org"):
        asked(visitor, email)
    assert mails(visitor.engine) == []
