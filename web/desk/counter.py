"""The counter: find somebody, help them to their own vote, and forget them again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]

from pb_engine.errors import EngineError
from pb_engine.services import counter, desk
from web.access import role
from web.base import engine
from web.desk import acting
from web.desk.login import my_name
from web.desk.showing import done, show
from web.forms.counter import (
    CodePaperForm,
    HelpForm,
    OrganisationForm,
    ProxyForm,
    RightForm,
    SearchForm,
)
from web.forms.desk import DeskForm, read

_COUNTER = ("participation_team", "desk_officer")


def add(app: Flask) -> None:
    """Register these pages.  What is searched for never stands in an address."""
    rules = (
        ("/<slug>/balie", "counter", overview, "GET"),
        ("/<slug>/balie/zoeken", "counter_search", search, "POST"),
        ("/<slug>/balie/kiezen", "counter_choose", choose, "POST"),
        ("/<slug>/balie/klaar", "counter_finish", finish, "POST"),
        ("/<slug>/balie/bewoner", "counter_person", person, "GET"),
        ("/<slug>/balie/code", "counter_code", code, "POST"),
        ("/<slug>/balie/scherm", "counter_here", here, "POST"),
        ("/<slug>/balie/papier", "counter_paper", paper, "POST"),
        ("/<slug>/balie/papier-met-code", "counter_paper_code", paper_code, "POST"),
        ("/<slug>/balie/voorstel", "counter_propose", propose, "POST"),
        ("/<slug>/balie/besluit/<int:number>/<answer>", "counter_decide", decide, "POST"),
        ("/<slug>/balie/machtiging", "counter_proxy", proxy, "POST"),
        ("/<slug>/balie/organisatie", "counter_organisation", organisation, "POST"),
    )
    for path, endpoint, view, method in rules:
        app.add_url_rule(path, endpoint, view, methods=[method])


@role(*_COUNTER)
def overview(slug: str) -> ResponseReturnValue:
    """Show the search, the changes that wait, and what needs no register."""
    return _overview(slug)


def _overview(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    return show(
        "counter.html.j2",
        page=page,
        round=page.round,
        waiting=counter.waiting_changes(engine(), slug),
        me=my_name(),
        problem=problem,
        typed=request.form,
        **more,
    )


@role(*_COUNTER)
def search(slug: str) -> ResponseReturnValue:
    """Find residents by name or address."""
    values, mistakes = read(SearchForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    wanted = {name: values[name] for name in ("name", "address")}
    try:
        found = counter.find_people(engine(), slug, my_name(), **wanted)
    except EngineError as problem:
        return _overview(slug, problem)
    return _overview(slug, found=found)


@role(*_COUNTER)
def choose(slug: str) -> ResponseReturnValue:
    """Begin to act for one resident."""
    try:
        one = counter.at_counter(engine(), slug, request.form.get("resident", "")[:64])
    except EngineError as problem:
        return _overview(slug, problem)
    acting.begin(slug, one)
    return done(gettext("U helpt nu deze bewoner."), "counter_person", slug=slug)


@role(*_COUNTER)
def finish(slug: str) -> ResponseReturnValue:
    """Stop acting for somebody."""
    acting.end()
    return done(gettext("Klaar. U helpt nu niemand meer."), "counter", slug=slug)


@role(*_COUNTER)
def person(slug: str) -> ResponseReturnValue:
    """Show the one resident that is being helped."""
    return _person(slug)


def _person(slug: str, problem: EngineError | None = None, **more: Any) -> ResponseReturnValue:
    resident = acting.resident(slug)
    if resident is None:
        sentence = gettext("Zoek de bewoner opnieuw. Na vijf minuten stopt het helpen vanzelf.")
        return done(sentence, "counter", slug=slug)
    page = desk.desk_round(engine(), slug)
    return show(
        "counter_person.html.j2",
        page=page,
        round=page.round,
        one=counter.at_counter(engine(), slug, resident),
        votes_here=counter.votes_here(page.round),
        problem=problem,
        typed=request.form,
        **more,
    )


def _helped(slug: str, form: DeskForm) -> tuple[str, dict[str, Any], ResponseReturnValue | None]:
    """Return who is being helped, what was filled in, and the page to show instead, if any."""
    resident = acting.resident(slug)
    values, mistakes = read(form, request.form)
    if resident is None or mistakes:
        return "", values, _person(slug, mistakes=mistakes)
    return resident, values, None


@role(*_COUNTER)
def code(slug: str) -> ResponseReturnValue:
    """Give a fresh code and show it, once."""
    resident, values, instead = _helped(slug, HelpForm())
    if instead is not None:
        return instead
    try:
        made = counter.give_code(engine(), slug, resident, values["reason"], my_name())
    except EngineError as problem:
        return _person(slug, problem)
    return _shown_once(slug, made)


@role(*_COUNTER)
def here(slug: str) -> ResponseReturnValue:
    """Give a short code for the voting screen at the counter."""
    resident, values, instead = _helped(slug, HelpForm())
    if instead is not None:
        return instead
    try:
        made = counter.let_vote_here(engine(), slug, resident, values["reason"], my_name())
    except EngineError as problem:
        return _person(slug, problem)
    return _shown_once(slug, made.code, until=made.expires)


@role(*_COUNTER)
def paper(slug: str) -> ResponseReturnValue:
    """Mark that the resident gets a ballot on paper."""
    resident, values, instead = _helped(slug, HelpForm())
    if instead is not None:
        return instead
    try:
        counter.hand_out_paper(engine(), slug, resident, values["reason"], my_name())
    except EngineError as problem:
        return _person(slug, problem)
    return done(_handed_out(), "counter_person", slug=slug)


@role(*_COUNTER)
def paper_code(slug: str) -> ResponseReturnValue:
    """Mark that whoever brought a letter gets a ballot on paper."""
    values, mistakes = read(CodePaperForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    typed, reason = values["paper_code"], values["paper_reason"]
    try:
        counter.hand_out_paper_for_code(engine(), slug, typed, reason, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return done(_handed_out(), "counter", slug=slug)


@role(*_COUNTER)
def propose(slug: str) -> ResponseReturnValue:
    """Propose something that a second officer has to agree with."""
    resident, values, instead = _helped(slug, RightForm())
    if instead is not None:
        return instead
    kind, why = values["kind"], values["change_reason"]
    try:
        counter.propose_on_right(engine(), slug, resident, kind, why, my_name())
    except EngineError as problem:
        return _person(slug, problem)
    sentence = gettext("Het voorstel staat klaar. Een andere medewerker moet het goedkeuren.")
    return done(sentence, "counter_person", slug=slug)


@role(*_COUNTER)
def decide(slug: str, number: int, answer: str) -> ResponseReturnValue:
    """Agree with a proposal of somebody else, or refuse it."""
    agree = answer == "akkoord"
    try:
        decided = counter.decide_on_right(engine(), slug, number, agree=agree, by=my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    if decided.code:
        return _shown_once(slug, decided.code)
    told = gettext("Het is gedaan.") if agree else gettext("U heeft het voorstel afgewezen.")
    return done(told, "counter", slug=slug)


@role(*_COUNTER)
def proxy(slug: str) -> ResponseReturnValue:
    """Write down that the resident who is helped votes for somebody else as well."""
    holder, values, instead = _helped(slug, ProxyForm())
    if instead is not None:
        return instead
    name, address = values["giver_name"], values["giver_address"]
    try:
        found = counter.find_people(engine(), slug, my_name(), name=name, address=address)
        if len(found.people) != 1:
            told = gettext("Vul naam en adres zo in dat er één bewoner bij past.")
            return _person(slug, mistakes={"giver_name": told})
        giver, reason = found.people[0].resident, values["proxy_reason"]
        counter.give_proxy(engine(), slug, giver, holder, reason, my_name())
    except EngineError as problem:
        return _person(slug, problem)
    sentence = gettext("De machtiging staat genoteerd. Zoek nu de andere bewoner om te helpen.")
    return done(sentence, "counter_person", slug=slug)


@role("participation_team")
def organisation(slug: str) -> ResponseReturnValue:
    """Give an organisation its code, once."""
    values, mistakes = read(OrganisationForm(), request.form)
    if mistakes:
        return _overview(slug, mistakes=mistakes)
    number, reason = values["organisation"], values["organisation_reason"]
    try:
        made = counter.give_organisation_code(engine(), slug, number, reason, my_name())
    except EngineError as problem:
        return _overview(slug, problem)
    return _shown_once(slug, made)


def _shown_once(slug: str, made: str, until: datetime | None = None) -> ResponseReturnValue:
    page = desk.desk_round(engine(), slug)
    return show("counter_code.html.j2", page=page, round=page.round, code=made, until=until)


def _handed_out() -> str:
    return str(gettext("Geef nu één stembiljet. Met een code stemmen kan deze bewoner niet meer."))
