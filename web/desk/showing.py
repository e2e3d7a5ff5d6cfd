"""Showing a page of the desk: its menu, what went wrong, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext  # type: ignore[import-untyped]
from flask_security import current_user

from pb_engine.errors import EngineError, InvalidRound
from web import access
from web.desk.login import SHORTEST_PASSWORD, allows, my_name
from web.errors import sentence_of, status_of
from web.forms.filled import Filled
from web.texts import N_

_SITE_MENU = (
    ("home", N_("Overzicht")),
    ("all_ideas", N_("Alle ideeën")),
    ("log", N_("Logboek")),
    ("officials", N_("Medewerkers")),
    ("account", N_("Mijn account")),
)
_ROUND_MENU = (
    ("home", N_("Overzicht")),
    ("round", N_("Ronde")),
    ("ideas", N_("Ideeën")),
    ("talk", N_("Reacties")),
    ("paper", N_("Stembiljet")),
    ("tryout", N_("Uitproberen")),
    ("register", N_("Register")),
    ("codes", N_("Stemcodes")),
    ("counter", N_("Balie")),
    ("letters", N_("Brieven")),
    ("status_texts", N_("Berichten")),
    ("papers", N_("Papier")),
    ("count", N_("Tellen")),
    ("rules", N_("Spelregels")),
    ("news", N_("Nieuws")),
    ("works", N_("Voortgang")),
    ("activities", N_("Activiteiten")),
    ("channels", N_("Bereik")),
    ("stories", N_("Verhalen")),
    ("dashboard", N_("Cijfers")),
    ("ending", N_("Afronden")),
    ("study", N_("Onderzoek")),
    ("exports", N_("Uitvoer")),
)
_PART = {
    "import_round": "home",
    **dict.fromkeys(
        ("start_draft", "start_example", "draft", "draft_settings", "check_draft", "draft_file"),
        "home",
    ),
    **dict.fromkeys(("make_round", "drop_draft", "amend_by_draft"), "home"),
    **dict.fromkeys(("draft_language", "draft_letter"), "home"),
    "copy_round": "round",
    "edit_round": "round",
    "step": "round",
    "rehearsal": "round",
    "keep_rehearsal": "round",
    "tryout_file": "tryout",
    "seed": "round",
    **dict.fromkeys(("set_round_picture", "drop_round_picture"), "round"),
    "trustees": "round",
    "idea": "ideas",
    **dict.fromkeys(
        (
            "judge",
            "assessment",
            "assess",
            "declare_interest",
            "reply",
            "reach",
            "split",
            "split_consent",
        ),
        "ideas",
    ),
    **dict.fromkeys(("council", "note_decision", "settle_decision"), "count"),
    **dict.fromkeys(
        ("correction", "begin_correction", "publish_correction", "drop_correction"), "count"
    ),
    **dict.fromkeys(("take_up", "add_aid", "remove_aid"), "ideas"),
    **dict.fromkeys(("links", "link_ideas", "unlink_ideas"), "ideas"),
    "unreached": "ideas",
    "mail_again": "ideas",
    **dict.fromkeys(("judge_comment", "answer_question", "decide_appeal"), "talk"),
    "merge": "ideas",
    "take_in_register": "register",
    "search_register": "register",
    "propose_change": "register",
    "decide_change": "register",
    "issue": "codes",
    "void": "codes",
    "replace": "codes",
    **dict.fromkeys(
        (
            *("counter_search", "counter_choose", "counter_person", "counter_code", "counter_here"),
            *("counter_paper", "counter_paper_code", "counter_propose", "counter_decide"),
            *("counter_proxy", "counter_organisation"),
        ),
        "counter",
    ),
    "move_batch": "codes",
    "return_code": "codes",
    "letter_text": "letters",
    **dict.fromkeys(("status_text", "write_status_text"), "status_texts"),
    "make_letters": "letters",
    "export": "exports",
    "codebook": "study",
    "add_news": "news",
    "show_news": "news",
    **dict.fromkeys(
        (
            *("newsletters", "newsletter", "write_newsletter", "change_newsletter"),
            *("try_newsletter", "send_newsletter"),
        ),
        "news",
    ),
    **dict.fromkeys(("write_report", "thank", "archive", "document", "document_file"), "ending"),
    **dict.fromkeys(("costs", "set_costs", "charter", "answer_charter"), "dashboard"),
    **dict.fromkeys(("add_activity", "remove_activity"), "activities"),
    **dict.fromkeys(("write_channels", "take_over_channels"), "channels"),
    **dict.fromkeys(("add_story", "take_back_story"), "stories"),
    **dict.fromkeys(
        (
            *("work", "tell_progress", "take_back_update"),
            *("note_payment", "take_back_payment", "set_milestones"),
            *("leftovers", "decide_leftover", "take_back_leftover"),
        ),
        "works",
    ),
    **dict.fromkeys(
        (
            *("paper_batch", "paper_read", "paper_enter", "paper_compare", "paper_decide"),
            *("paper_sample", "paper_check", "paper_open", "paper_surplus", "paper_print"),
            *("paper_finish", "paper_restart", "paper_recount", "paper_accept", "paper_leave"),
            *("paper_draw", "paper_checked", "paper_totals", "paper_count"),
            *("paper_totals_compare", "paper_count_decide"),
        ),
        "papers",
    ),
    **dict.fromkeys(("add_key", "remove_key"), "account"),
    "add_official": "officials",
    **dict.fromkeys(
        ("change_official", "one_official", "give_role", "take_role", "access_table"), "officials"
    ),
}


def add(app: Flask) -> None:
    """Teach the templates of the desk what its layout needs."""
    app.jinja_env.globals.update(
        logged_in=logged_in,
        my_name=my_name,
        may=may,
        menu=menu,
        password_mistakes=password_mistakes,
        shortest_password=SHORTEST_PASSWORD,
        translated=translated,
    )


def show(
    template: str,
    *,
    problem: EngineError | None = None,
    mistakes: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Render a page, with a refusal of the engine as a sentence on it.

    :param mistakes: a sentence per field; the refusal is then not said twice.
    """
    listed = Filled(mistakes or {})
    body = render_template(
        template,
        problem=sentence_of(problem) if problem and not listed else None,
        detail=problem.sentence if isinstance(problem, InvalidRound) else None,
        mistakes=listed,
        typed=Filled(typed or {}),
        **more,
    )
    return make_response(body, status_of(problem) if problem else 422 if listed else 200)


def done(sentence: str, endpoint: str, **values: Any) -> ResponseReturnValue:
    """Go to a page and say there what was done."""
    flash(sentence)
    return redirect(url_for(endpoint, **values), 303)


def logged_in() -> bool:
    """Tell whether an official is logged in."""
    return bool(current_user.is_authenticated)


def may(endpoint: str) -> bool:
    """Tell whether the official who is logged in may call an endpoint."""
    declared = access.access_of(current_app, endpoint)
    return declared is not None and allows(declared, _round_of(endpoint))


def _round_of(endpoint: str) -> str | None:
    """Return the round of this page, for an endpoint that is about a round."""
    about = any("slug" in rule.arguments for rule in current_app.url_map.iter_rules(endpoint))
    return (request.view_args or {}).get("slug") if about else None


def menu(round_: Any = None) -> list[tuple[str, str, bool]]:
    """Return the pages that this official may see: text, address, and whether it is this one."""
    here = _PART.get(request.endpoint or "", request.endpoint)
    entries = _SITE_MENU if round_ is None else _ROUND_MENU
    return [
        (translated(text), _address(endpoint, round_), endpoint == here)
        for endpoint, text in entries
        if may(endpoint)
    ]


def _address(endpoint: str, round_: Any) -> str:
    of_site = {name for name, _ in _SITE_MENU}
    return url_for(endpoint) if endpoint in of_site else url_for(endpoint, slug=round_.slug)


def translated(sentence: str) -> str:
    """Translate a marked sentence from a table."""
    return str(gettext(sentence))


def password_mistakes(form: Any) -> Filled:
    """Return a sentence per field of the form that changes a password."""
    sentences = {
        "password": gettext("Dit is niet uw wachtwoord van nu, of het is gelijk aan het nieuwe."),
        "new_password": gettext(
            "Dit wachtwoord is te kort. Kies minstens %(number)s tekens.", number=SHORTEST_PASSWORD
        ),
        "new_password_confirm": gettext("De twee nieuwe wachtwoorden zijn niet gelijk."),
    }
    return Filled({name: text for name, text in sentences.items() if form[name].errors})
