"""Every hook, from a plugin that is installed to what the engine holds."""

from datetime import UTC, datetime

import pytest

from pb_engine import pluginhost
from pb_engine.api import PublicEvent

EVENT = PublicEvent("results_published", 7, None, datetime(2027, 4, 1, tzinfo=UTC))
HEAD = """
from marshmallow import Schema
from pb_engine.api import Card, LocalText, hookimpl

TEXT = LocalText("tekst", "text")

class NoSettings(Schema):
    pass

class Base:
    card = Card("mine", "1", TEXT, TEXT)
    settings_schema = NoSettings
"""


def offering(hook, members):
    body = "\n".join(f"    {member} = lambda self, *given: None" for member in members)
    return f"{HEAD}\nclass Mine(Base):\n{body}\n\n@hookimpl\ndef {hook}():\n    return [Mine()]\n"


def loaded(install, hook, members):
    return pluginhost.load([install("one", offering(hook, members))])


def test_hook_pb_register_voting_methods(install):
    members = ["formats", "tally", "explain"]

    assert "mine" in loaded(install, "pb_register_voting_methods", members).voting_methods


def test_hook_pb_register_identity_checks(install):
    members = ["assurance", "vouches_for", "begin", "complete"]

    assert "mine" in loaded(install, "pb_register_identity_checks", members).identity_checks


def test_hook_pb_register_trust_surveys(install):
    members = ["moments", "questionnaire", "score"]

    assert "mine" in loaded(install, "pb_register_trust_surveys", members).trust_surveys


def test_hook_pb_register_notifiers(install):
    assert "mine" in loaded(install, "pb_register_notifiers", ["send"]).notifiers


def test_hook_pb_register_exporters(install):
    members = ["audiences", "media_type", "suffix", "write"]

    assert "mine" in loaded(install, "pb_register_exporters", members).exporters


def test_hook_pb_register_result_views(install):
    assert "mine" in loaded(install, "pb_register_result_views", ["figures"]).result_views


def listening(body, parameters="event"):
    return (
        "from pb_engine.api import hookimpl\nheard = []\n"
        f"@hookimpl\ndef pb_on_event({parameters}):\n    {body}\n"
    )


def test_hook_pb_on_event(install):
    name = install("ears", listening("heard.append(event)"))

    (listener,) = pluginhost.load([name]).listeners
    listener.tell(EVENT)

    import made_ears

    assert listener.name == "ears"
    assert made_ears.heard == [EVENT]


def test_a_listener_that_does_not_need_the_event_is_told_too(install):
    name = install("ears", listening("heard.append('something')", parameters=""))

    (listener,) = pluginhost.load([name]).listeners
    listener.tell(EVENT)

    import made_ears

    assert made_ears.heard == ["something"]


def test_listeners_are_kept_apart_so_that_one_that_raises_stops_no_other(install):
    names = [
        install("zzz", listening("heard.append(event)")),
        install("broken", listening("raise RuntimeError('not now')")),
        install("aaa", listening("heard.append(event)")),
    ]

    aaa, broken, zzz = pluginhost.load(names).listeners
    with pytest.raises(RuntimeError):
        broken.tell(EVENT)
    aaa.tell(EVENT)
    zzz.tell(EVENT)

    import made_aaa
    import made_zzz

    assert [listener.name for listener in (aaa, broken, zzz)] == ["aaa", "broken", "zzz"]
    assert made_aaa.heard == made_zzz.heard == [EVENT]


def test_loading_tells_nobody_anything(install):
    pluginhost.load([install("ears", listening("heard.append(event)"))])

    import made_ears

    assert made_ears.heard == []
