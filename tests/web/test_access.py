"""Every endpoint says who may call it, or the application does not start."""

import pytest
from flask import Flask

from tests.builders import an_engine
from web.access import ANYONE, Access, access_of, anyone, declare, guard, require_declared, role
from web.resident.app import create_resident_app


def test_every_endpoint_of_the_residents_site_declares_its_access(tmp_path):
    app = create_resident_app(an_engine(tmp_path))
    kinds = {rule.endpoint: access_of(app, rule.endpoint).kind for rule in app.url_map.iter_rules()}
    assert set(kinds.values()) == {"anyone", "voter"}
    assert {name for name, kind in kinds.items() if kind == "voter"} == {"ballot", "look_over"}


def test_an_application_with_a_silent_endpoint_refuses_to_start():
    app = Flask("silent", static_folder=None)
    app.add_url_rule("/", "open", anyone(lambda: "x"))
    app.add_url_rule("/secret", "secret", lambda: "x")
    with pytest.raises(RuntimeError, match="secret"):
        require_declared(app)
    declare(app, "secret", Access("official"))
    require_declared(app)


def test_a_guard_sees_what_the_view_declares_before_the_view_runs():
    app, seen, ran = Flask("guarded", static_folder=None), [], []

    @role("auditor", "researcher")
    def secret():
        ran.append(True)
        return "x"

    app.add_url_rule("/secret", view_func=secret)
    app.add_url_rule("/open", "open", anyone(lambda: "x"))
    guard(app, lambda access: seen.append(access) or ("no", 403))
    client = app.test_client()
    assert client.get("/secret").status_code == 403
    assert client.get("/open").status_code == 200
    assert client.get("/nowhere").status_code == 404
    assert seen == [Access("official", frozenset({"auditor", "researcher"}))]
    assert ran == []


def test_declaring_for_a_library_wins_over_silence():
    app = Flask("library")
    declare(app, "static", ANYONE)
    require_declared(app)
    assert access_of(app, "static") == ANYONE
