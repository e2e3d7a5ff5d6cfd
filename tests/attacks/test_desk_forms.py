"""An official who sends more than a form asks, or the numbers of another round."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Integer, MetaData, create_engine

from pb_engine.services import activities, news
from pb_engine.services.comments import NewComment, write_comment
from pb_engine.services.round_drafts import copy_as_draft
from tests.builders import a_round, a_round_in, both, some_codes
from tests.leftovers import dumped
from tests.residents import settle
from tests.talking import RULES, a_talking_round
from tests.web.desk_visitor import COMMISSION, ROLES, DeskVisitor
from tests.web.test_desk_access import PARTS

WORD, NUMBER = "meegesmokkeld", "424243434"
LINK = re.compile(r'href="(/beheer/[^"#]*)"')
ELSEWHERE = ("/uitloggen", "/wachtwoord", "/account", "/bevestigen", "/static", "/tweede-stap")
OTHER, FOREIGN = "andere-2027", "Vreemdeling"
PART = re.compile(r"<(?:int:|any\([^)]*\):)?(\w+)>")
IDEA = re.compile(r"i\d+-[0-9a-f]+")
LAST = ("/belang", "/stap/", "/weghalen", "/weggooien", "/afnemen", "/medewerkers/")
"""Steps after which other forms are gone."""
SENTENCE = "Een zin van een ambtenaar."
GUESSES = {
    "day": "2027-04-01",
    "people": "12",
    "number": "2",
    "batch": "1",
    "email": "piet@example.org",
    "name": "Piet",
    "address": "7523AB 11",
}


def columns_of(engine):
    """Every name of a column in any store, with what a smuggler would send for it."""
    found = {}
    places = engine.settings
    for url in (places.site_db, places.register_db, places.box_db, places.study_db):
        opened = create_engine(url)
        tables = MetaData()
        tables.reflect(opened)
        for table in tables.sorted_tables:
            for column in table.columns:
                found[column.name] = NUMBER if isinstance(column.type, Integer) else WORD
        opened.dispose()
    return {**found, "by": WORD, "roles": WORD, "official": WORD, "decided_by": WORD}


def pages_of(desk, start="/"):
    """Every page of the desk that a link leads to."""
    seen, waiting = set(), [f"/beheer{start}"]
    while waiting:
        path = waiting.pop(0)
        plain = urlsplit(path).path
        if plain in seen or any(part in plain for part in ELSEWHERE):
            continue
        seen.add(plain)
        page = desk.get(path.removeprefix("/beheer"))
        if "html" in page.headers.get("content-type", "html"):
            waiting += [unescape(link) for link in LINK.findall(page.html)]
            yield page


def forms_of(desk):
    """Every form on those pages: its address, the fields that it shows, and what it would send."""
    found = {}
    for page in pages_of(desk):
        for form in page.forms:
            action = urlsplit(form.action or page.path).path
            if form.method == "post" and not any(part in action for part in ELSEWHERE):
                kind = (IDEA.sub("*", action), names(form))
                found.setdefault(kind, (action, set(kind[1]), filled(form)))
    return sorted(found.values(), key=lambda one: (any(p in one[0] for p in LAST), one[0]))


def names(form):
    return tuple(sorted({name for name, _ in form.fields} | set(form.choices)))


def filled(form):
    """Fill a form in as an official would: what stands there, the first choice, or a guess."""
    draft = "/rondes/concept/" in form.action
    fields = {name: value or (not draft and guess(name)) or "" for name, value in form.fields}
    for name, values in form.choices.items():
        if fields.get(name) in {None, SENTENCE}:
            fields[name] = next((one for one in values if one), "")
    return {**fields, **dict(form.buttons[:1])}


def guess(name):
    if re.fullmatch(r"(what|many|each|year|cost)_\d", name):
        return ""
    return GUESSES.get(name, SENTENCE)


def a_busy_round(folder, phase="review"):
    made = a_talking_round(folder, phase)
    settle(made)
    if phase == "review":
        write_comment(made.engine, made.slug, made.ideas["AED"], NewComment("Noor", "Mooi idee."))
    return made


def officer(staged, name, *roles):
    desk = DeskVisitor(staged.engine)
    desk.hire(name, *roles)
    desk.log_in(name)
    return desk


@pytest.mark.parametrize(("phase", "forms", "taken"), [("review", 38, 20), ("voting", 35, 12)])
def test_no_form_of_the_desk_takes_a_field_that_it_does_not_show(tmp_path, phase, forms, taken):
    # Every column of every store, sent along with every form that a page of the desk shows.
    staged = a_busy_round(tmp_path, phase)
    desk = officer(staged, "kim", *ROLES)
    desk.hire("noor", COMMISSION)
    copy_as_draft(staged.engine, staged.slug, "kim")
    columns = columns_of(staged.engine)
    assert {"roles", "state", "phase", "by", "version", "active"} <= set(columns)
    answers = []
    for action, shown, fields in forms_of(desk):
        smuggled = {name: value for name, value in columns.items() if name not in shown}
        sent = {**smuggled, **fields}
        sent.pop("csrf_token")
        answers.append(desk.post(action.removeprefix("/beheer"), sent, follow=False).status)
        assert answers[-1] < 500, action
    assert len(answers) >= forms
    assert answers.count(303) >= taken, "a form that was refused proves nothing"
    kept = dumped(staged.engine)
    for mark in (WORD, NUMBER):
        at = kept.find(mark)
        assert at < 0, kept[max(0, at - 200) : at + 50]


@pytest.fixture(scope="module")
def two_rounds(tmp_path_factory):
    """Two rounds of one site, and what has a number in the second one."""
    here = a_busy_round(tmp_path_factory.mktemp("two"))
    there = a_round_in(here.engine, "review", round_=a_round(slug=OTHER, conversation=RULES))
    people = settle(there, names=("A", "B", "C", "D", "E", FOREIGN))
    comment = write_comment(
        here.engine, OTHER, there.ideas["AED"], NewComment("Noor", f"Een reactie: {FOREIGN}.")
    )
    told = activities.NewActivity(date(2027, 4, 2), "meeting", "Huis", 12, FOREIGN)
    activity = activities.add_activity(here.engine, OTHER, told, "sam")
    item = news.add_news(here.engine, OTHER, both(FOREIGN), both(FOREIGN), "sam")
    (code,) = some_codes(there, 1)
    numbers = {
        "idea_id": there.ideas["Bankjes"],
        "comment_id": comment.id,
        "activity": activity.id,
        "item": item.id,
        "resident": people[FOREIGN],
        "code": code,
    }
    return here, numbers


def rows_of_the_other(staged, numbers):
    marks = (OTHER, FOREIGN, *(one for name, one in numbers.items() if name != "code"))
    return sorted(
        row for row in dumped(staged.engine).splitlines() if any(mark in row for mark in marks)
    )


def addresses(desk, slug, numbers):
    """Every address of a round with numbers of another one in it."""
    values = {**PARTS, **numbers, "slug": slug, "to": "weghalen"}
    for rule in desk.app.url_map.iter_rules():
        if "<slug>" in rule.rule:
            path = PART.sub(lambda part: values.get(part[1], "1"), rule.rule)
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule, method, path


def test_who_has_a_role_in_one_round_reaches_nothing_of_another_under_its_address(two_rounds):
    staged, numbers = two_rounds
    desk = officer(staged, "olga", *(f"{role}:{staged.slug}" for role in ROLES))
    before = rows_of_the_other(staged, numbers)
    for rule, method, path in addresses(desk, OTHER, numbers):
        page = call(desk, method, path)
        assert page.status == 403, (rule.endpoint, method)
    assert rows_of_the_other(staged, numbers) == before


def test_who_has_a_role_in_one_round_does_nothing_with_the_numbers_of_another(two_rounds):
    # Insecure direct object reference: own address, numbers of somebody else, also in the form.
    staged, numbers = two_rounds
    desk = officer(staged, "ria", *(f"{role}:{staged.slug}" for role in ROLES))
    before, named = rows_of_the_other(staged, numbers), 0
    body = {**numbers, "into": numbers["idea_id"], "idea": numbers["idea_id"], "reason": "omdat"}
    body |= {"judge": numbers["idea_id"], "seen_version": "1", "what": "hide", "seen": "ja"}
    for rule, method, path in addresses(desk, staged.slug, numbers):
        if rule.endpoint == "step":
            continue  # moves the round of this official; no number of the other one is in it
        page = call(desk, method, path) if method == "GET" else desk.post(path, body, follow=False)
        assert page.status < 500, (rule.endpoint, method)
        assert FOREIGN not in page.text, (rule.endpoint, method)
        if rule.arguments & numbers.keys():
            named += 1
            assert page.status in {403, 404, 405, 409, 422}, (rule.endpoint, method, page.status)
    assert named > 20
    assert rows_of_the_other(staged, numbers) == before


def call(desk, method, path):
    return desk.get(path, False) if method == "GET" else desk.post(path, {}, follow=False)
