"""The desk: officials move rounds, judge ideas, hand out codes, count, and read the log."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from pb_engine.engine import Engine
from web import words as site_words
from web.base import finish, make_app
from web.desk import (
    acting,
    activities,
    aids,
    assessing,
    broker,
    channels,
    charter,
    code_tables,
    codes,
    correcting,
    council,
    counter,
    counting,
    dashboard,
    delivery,
    digest,
    draft_settings,
    draft_texts,
    draft_words,
    drafting,
    ending,
    exports,
    ideas,
    invitation,
    leftovers,
    letters,
    linking,
    log,
    log_tables,
    login,
    matrix,
    news,
    newsletters,
    officials,
    paper,
    paper_printing,
    paper_sample,
    paper_totals,
    pictures,
    progress,
    reach,
    register,
    register_words,
    review_list,
    round_picture,
    rounds,
    rules,
    security_keys,
    showing,
    splitting,
    status_texts,
    stories,
    study,
    tables,
    talk,
    translations,
    trustees,
    tryout,
    tryout_tables,
    unreached,
    words,
)
from web.security import not_stored

_PAGES = (
    *(
        rounds,
        drafting,
        draft_settings,
        draft_texts,
        draft_words,
        review_list,
        splitting,
        linking,
        reach,
        ideas,
        assessing,
        pictures,
        talk,
        rules,
        tryout,
        register,
        codes,
        letters,
        status_texts,
        counter,
        counting,
        correcting,
        council,
        exports,
        study,
        translations,
        news,
        newsletters,
        log,
        log_tables,
    ),
    *(
        paper,
        paper_printing,
        paper_sample,
        paper_totals,
        progress,
        delivery,
        leftovers,
        activities,
        charter,
        aids,
        channels,
        stories,
        dashboard,
        round_picture,
        ending,
        broker,
        invitation,
        matrix,
        officials,
        security_keys,
        acting,
        code_tables,
        register_words,
        showing,
        tables,
        trustees,
        tryout_tables,
        unreached,
        digest,
    ),
)
TEMPLATES = Path(__file__).parent / "templates"


def create_desk_app(engine: Engine) -> Flask:
    """Return the application for officials; it is served under ``/beheer``.

    :raises RuntimeError: an endpoint declares no access.
    """
    app, _ = make_app("desk", engine, TEMPLATES, part="desk", path="/beheer")
    login.add(app)
    for part in _PAGES:
        part.add(app)
    app.jinja_env.globals.update(
        change_words=words.RIGHT_CHANGES,
        channel_words=words.CHANNELS,
        code_words=words.CODE_STATES,
        answer_words=words.ANSWERS,
        decision_words=words.DECISIONS,
        effect_words=words.EFFECTS,
        format_words=words.FORMATS,
        freeze_words=site_words.FREEZES,
        idea_states=site_words.IDEA_STATES,
        letter_words=words.LETTERS,
        work_states=site_words.WORK_STATES,
        language_words=letters.languages(),
        phase_words={**site_words.PHASES, **words.DESK_PHASES},
        step_words=words.STEPS,
    )
    app.after_request(not_stored)
    return finish(app, login.enforce)
