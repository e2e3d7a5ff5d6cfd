"""Finding ideas by words: the same on SQLite and on PostgreSQL, whatever somebody types."""

import dataclasses

import pytest
from sqlalchemy import select

from pb_engine.domain.searching import asked_words, beginnings
from pb_engine.store import migrating
from pb_engine.store.connect import open_database
from pb_engine.store.site.idea_search import IDEA_WORDS, INDEX, _gin
from tests.attacks.test_lists import HOSTILE
from tests.store.examples import OTHER, add_round, an_idea

TEXTS = {
    1: ("Bankjes in het park", "Ouderen kunnen onderweg zitten."),
    2: ("Moestuin bij de Rigtersbleek", "Samen groente kweken, ook voor de voedselbank."),
    3: ("Réparatiecafé", "Een keer per maand: fietsen, lampen & radio's."),
    4: ("حديقة للأطفال", "مكان للعب في الحي"),
    5: ("Çocuk bahçesi ve ağaçlar", "Mahallede IŞIK olsun."),
    6: ("Straßenfest", "Ein Fest für alle."),
    7: ("Łąka kwietna", "Kwiaty dla pszczół na placu."),
    8: ("=cmd|' /C calc'!A0", "Rekenles met spreadsheets."),
}
QUESTIONS = {
    "bank": {1, 2},
    "bankjes park": {1},
    "BANKJES PÄRK": {1},
    "tuin": {2},
    "tuin bank": {2},
    "een bankje in het park": {1},
    "cafe": {3},
    "radio": {3},
    "حديقه": set(),
    "حَديقة": {4},
    "cocuk": {5},
    "isik": {5},
    "strasse": {6},
    "fest": {6},
    "laka": {7},
    "pszczol": {7},
    "cmd": {8},
    "onderw": {1},
    "zzz": set(),
    "": set(),
}


@pytest.fixture
def filled(site):
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        for number, (title, told) in TEXTS.items():
            idea = an_idea(number, title=title, description=told, motivation="", place="")
            work.ideas.add(idea, "tag")
        work.commit()
    return site


def found(store, question, **how):
    numbers = {an_idea(number).id: number for number in TEXTS}
    with store.read() as work:
        return {numbers[idea] for idea in work.idea_search.holding(asked_words(question), **how)}


def test_every_question_has_its_answer(filled):
    assert {question: found(filled, question) for question in QUESTIONS} == QUESTIONS


def test_one_of_the_words_is_enough_where_that_is_asked(filled):
    assert found(filled, "bankjes tuin onzin", all_of_them=False) == {1, 2}


def test_nothing_that_is_typed_is_an_error(filled):
    for text in HOSTILE:
        assert found(filled, text) <= set(TEXTS), text


def test_an_idea_that_changes_is_found_by_its_new_words_only(filled):
    changed = an_idea(1, title="Schommel", description="In het plantsoen.", motivation="", place="")
    with filled.write() as work:
        work.ideas.save(changed, seen_version=changed.version)
        work.commit()
    assert found(filled, "bankjes") == set()
    assert found(filled, "schommel plantsoen") == {1}


def test_a_change_that_is_not_kept_changes_no_words(filled):
    with filled.write() as work:
        work.ideas.save(dataclasses.replace(an_idea(1), title="Schommel"), seen_version=1)
    assert found(filled, "schommel") == set()
    assert found(filled, "bankjes") == {1}


def test_nobody_is_found_by_the_name_of_a_submitter(filled):
    name = an_idea(1).submitters[0].name
    assert name
    assert found(filled, name) == set()


def test_ideas_from_before_there_was_a_search_are_found(filled, migrated_url, kind):
    del kind
    with filled.read() as work:
        assert work.idea_search.holding(asked_words("moestuin"))
    database = filled._database
    migrating.downgrade("site", database, "site_0003")
    migrating.upgrade("site", database)
    assert found(filled, "moestuin") == {2}
    assert found(filled, "tuin bank") == {2}


@pytest.mark.postgres
def test_postgresql_looks_in_its_index(postgres_server):
    database = open_database(postgres_server.migrated("site"))
    question = select(IDEA_WORDS.c.idea).where(_gin([beginnings("tuin")], True))
    with database.connection("site", writes=True) as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        written = question.compile(connection.engine, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN {written}").scalars().all()
    database.close()
    assert any(INDEX in line for line in plan), plan
