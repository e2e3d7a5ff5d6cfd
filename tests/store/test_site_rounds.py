import dataclasses

import pytest

from pb_engine.domain.phases import Phase
from pb_engine.errors import InvalidRound, UnknownRound
from pb_engine.store.site import Freeze
from pb_engine.tallying import Project
from pb_engine.units import Cents, LocalText, ProjectId, RoundId
from tests.store.examples import LATER, NOW, OTHER, SLUG, a_paper, a_round, add_round, document_of


def test_a_round_comes_back_as_it_was_with_its_phase(site):
    with site.write() as work:
        round_ = add_round(work)
        work.commit()
    with site.read() as work:
        stored = work.rounds.get(SLUG)
    assert stored.round == round_
    assert (stored.phase, stored.since) == (Phase.DRAFT, NOW)


def test_a_slug_is_given_once(site):
    with site.write() as work:
        add_round(work)
        with pytest.raises(InvalidRound, match="exists already"):
            add_round(work)
        work.commit()


def test_an_unknown_round_is_named(site):
    unknown = RoundId("nergens")
    with site.write() as work:
        for ask in (
            lambda: work.rounds.get(unknown),
            lambda: work.rounds.lock(unknown),
            lambda: work.rounds.set_phase(unknown, Phase.IDEAS, NOW),
            lambda: work.rounds.replace(unknown, a_round(unknown), b"{}"),
        ):
            with pytest.raises(UnknownRound, match="nergens"):
                ask()


def test_rounds_are_listed_by_slug(site):
    with site.write() as work:
        add_round(work, SLUG)
        add_round(work, OTHER)
        work.commit()
    with site.read() as work:
        assert [stored.round.slug for stored in work.rounds.all()] == [OTHER, SLUG]


def test_a_phase_is_set_with_its_moment(site):
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        work.rounds.set_phase(SLUG, Phase.IDEAS, LATER)
        work.commit()
    with site.read() as work:
        assert work.rounds.get(SLUG).phase is Phase.IDEAS
        assert work.rounds.get(SLUG).since == LATER
        assert work.rounds.get(OTHER).phase is Phase.DRAFT


def test_replacing_a_configuration_keeps_the_phase(site):
    changed = dataclasses.replace(a_round(), name=LocalText("Anders", "Different"))
    with site.write() as work:
        add_round(work, phase=Phase.IDEAS)
        work.rounds.replace(SLUG, changed, document_of(changed))
        work.commit()
    with site.read() as work:
        assert work.rounds.get(SLUG).round == changed
        assert work.rounds.get(SLUG).phase is Phase.IDEAS


def test_replacing_cannot_change_the_slug(site):
    with site.write() as work:
        add_round(work)
        with pytest.raises(InvalidRound, match="must stay"):
            work.rounds.replace(SLUG, a_round(OTHER), document_of(a_round(OTHER)))


def test_freezes_come_back_byte_for_byte_oldest_first(site):
    freezes = (
        Freeze("ideas", "a" * 64, b'{"z":1,"a":"\xc3\xab"}', "", LATER),
        Freeze("amendment", "b" * 64, b"\x00\xff", "de datum schuift", NOW),
    )
    with site.write() as work:
        add_round(work)
        add_round(work, OTHER)
        for freeze in freezes:
            work.freezes.add(SLUG, freeze)
        work.freezes.add(OTHER, freezes[0])
        work.commit()
    with site.read() as work:
        assert work.freezes.all(SLUG) == freezes
        assert work.freezes.all(OTHER) == freezes[:1]


def test_a_paper_keeps_the_order_of_its_projects(site):
    projects = (
        Project(ProjectId("twee"), Cents(9_000_000_000), "Tweede idee"),
        Project(ProjectId("een"), Cents(250_00), "Eerste idee"),
    )
    with site.write() as work:
        add_round(work)
        assert work.papers.paper(SLUG) is None
        assert work.papers.projects(SLUG) == ()
        work.papers.put(SLUG, projects[:1], a_paper(1))
        work.papers.put(SLUG, projects, a_paper())
        work.commit()
    with site.read() as work:
        assert work.papers.projects(SLUG) == projects
        assert work.papers.paper(SLUG) == a_paper()
