import pytest
from marshmallow import Schema, fields, post_load

from pb_engine import pluginhost
from pb_engine.errors import InvalidPluginSettings, PluginProblem
from pb_engine.plugins.smtp import pb_register_notifiers
from tests.plugins.made import OFFER, method, problem


def test_a_class_instead_of_an_object_is_refused(install):
    hook = OFFER.replace("Rule()", "Rule")

    assert "offers the class Rule" in problem(install("one", method("rule_one", hook)))


def test_two_offers_with_one_name_are_refused_and_both_plugins_are_named(install):
    sentence = problem(install("one", method("rule")), install("two", method("rule")))

    assert "'rule' is offered by both 'one' and 'two'" in sentence


def test_one_plugin_that_offers_a_name_twice_is_refused(install):
    hook = OFFER.replace("[Rule()]", "[Rule(), Rule()]")

    assert "offered by both 'one' and 'one'" in problem(install("one", method("rule", hook)))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("raise RuntimeError('broken inside')", "RuntimeError: broken inside"),
        ("yield Rule(); raise RuntimeError('broken late')", "RuntimeError: broken late"),
        ("return None", "TypeError"),
        ("return 7", "TypeError"),
    ],
)
def test_a_hook_that_fails_is_refused_with_its_reason(install, body, kind):
    hook = f"""
@hookimpl
def pb_register_voting_methods():
    {body}
"""

    sentence = problem(install("one", method("rule", hook)))
    assert "'one' fails in pb_register_voting_methods" in sentence
    assert kind in sentence


def test_an_object_without_the_members_of_its_kind_is_refused_and_they_are_named(install):
    hook = OFFER.replace("    return", "    del Rule.tally, Rule.formats\n    return")

    assert "it has no formats, tally" in problem(install("one", method("rule", hook)))


@pytest.mark.parametrize("offered", ["None", "'text'", "7"])
def test_something_that_is_no_offer_at_all_is_refused(install, offered):
    hook = OFFER.replace("Rule()", offered)

    assert "which is no VotingMethod" in problem(install("one", method("rule", hook)))


@pytest.mark.parametrize(
    "change",
    ["Rule.card = 'name'", "Rule.settings_schema = Schema()", "Rule.settings_schema = dict"],
)
def test_a_card_or_schema_that_is_none_is_refused(install, change):
    hook = f"{change}\n{OFFER}"

    assert "without a card or a settings schema" in problem(install("one", method("rule", hook)))


def test_a_card_that_raises_is_refused_and_not_called_missing(install):
    hook = f"Rule.card = property(lambda self: 1 // 0)\n{OFFER}"

    assert "whose card fails: ZeroDivisionError" in problem(install("one", method("rule", hook)))


def test_a_name_that_a_round_could_not_store_is_refused(install):
    assert "is not a plugin name" in problem(install("one", method("Rule One")))


def test_picking_a_name_that_is_not_loaded_says_what_is(install):
    plugins = pluginhost.load([install("one", method("rule_one"))])

    with pytest.raises(PluginProblem, match=r"'rule_two' \(loaded: rule_one\)"):
        pluginhost.pick(plugins.voting_methods, "rule_two", "voting method")
    with pytest.raises(PluginProblem, match=r"\(loaded: none\)"):
        pluginhost.pick(plugins.exporters, "pabulib", "exporter")


def test_settings_are_completed_with_defaults():
    (smtp,) = pb_register_notifiers()

    assert pluginhost.load_settings(smtp, {"port": 25})["starttls"] is True


@pytest.mark.parametrize(
    ("given", "named"), [({"port": "many"}, "port"), ({"prot": 25}, "prot"), ({"host": 7}, "host")]
)
def test_wrong_settings_are_refused_by_name_and_the_known_ones_are_listed(given, named):
    (smtp,) = pb_register_notifiers()

    with pytest.raises(InvalidPluginSettings) as refused:
        pluginhost.load_settings(smtp, given)

    assert f"'smtp': {named}" in refused.value.sentence
    assert "ca_file, host, password_env, port" in refused.value.sentence


def test_a_schema_that_raises_is_a_refusal_too():
    class Broken(Schema):
        size = fields.Integer(load_default=0)

        @post_load
        def _divide(self, loaded, **_):
            return {"size": 1 // loaded["size"]}

    class Offer:
        card = pb_register_notifiers()[0].card
        settings_schema = Broken

    with pytest.raises(InvalidPluginSettings, match="ZeroDivisionError"):
        pluginhost.load_settings(Offer(), {})
