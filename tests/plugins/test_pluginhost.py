import sys

import pytest

from pb_engine import pluginhost
from tests.plugins.made import method, problem


def test_a_named_plugin_is_loaded_and_its_offers_are_found_by_name(install):
    plugins = pluginhost.load([install("one", method("rule_one"))])

    assert list(plugins.voting_methods) == ["rule_one"]
    assert plugins.loaded == (pluginhost.Loaded("one", "made-one", "1.2"),)
    assert pluginhost.pick(plugins.voting_methods, "rule_one", "voting method").card.version == "1"


def test_offers_stand_in_order_of_name_whatever_the_order_of_loading(install):
    names = [install("one", method("b_rule")), install("two", method("a_rule"))]

    for order in (names, names[::-1]):
        assert list(pluginhost.load(order).voting_methods) == ["a_rule", "b_rule"]


def test_a_name_that_is_given_twice_is_loaded_once(install):
    name = install("one", method("rule_one"))

    assert len(pluginhost.load([name, name]).loaded) == 1


def test_nothing_is_loaded_when_nothing_is_named():
    plugins = pluginhost.load([])

    assert plugins.loaded == ()
    assert not plugins.voting_methods
    assert not plugins.listeners


def test_the_code_of_a_plugin_that_is_not_named_never_runs(install):
    install("quiet", "raise SystemExit('this code ran')")
    named = install("named", method("rule"))

    pluginhost.load([named])

    assert "made_quiet" not in sys.modules


def test_an_installed_plugin_is_listed_without_running_it(install):
    install("quiet", "raise SystemExit('this code ran')")

    assert pluginhost.Loaded("quiet", "made-quiet", "1.2") in list(pluginhost.available())
    assert "made_quiet" not in sys.modules


def test_the_list_of_what_is_installed_is_sorted(install):
    install("zzz", "")
    install("aaa", "")

    names = [plugin.name for plugin in pluginhost.available()]
    assert names == sorted(names)


def test_a_name_that_nobody_installed_is_refused():
    assert "'no_such_plugin'" in problem("no_such_plugin")
    assert "not installed" in problem("no_such_plugin")


def test_two_distributions_with_one_name_are_refused(install):
    install("one", method("rule_one"), as_name="same")
    install("two", method("rule_two"), as_name="same")

    assert "made-one" in problem("same")
    assert "made-two" in problem("same")


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('broken inside')",
        "import a_module_that_nobody_has",
        "def broken(:",
        "raise SystemExit('broken inside')",
    ],
)
def test_a_plugin_whose_import_fails_is_refused_by_name(install, code):
    assert "'broken' of made-broken does not load" in problem(install("broken", code))


def test_an_entry_point_that_points_at_nothing_is_refused(install):
    assert "does not load" in problem(install("gone", "", entry=":nothing_here"))


def test_the_built_in_checks_surveys_and_notifiers_load_as_a_strangers_would():
    names = ["voting_code", "self_declared", "trust_core", "mail_file", "smtp"]

    plugins = pluginhost.load(names)

    assert sorted(plugins.identity_checks) == ["self_declared", "voting_code"]
    assert sorted(plugins.trust_surveys) == ["trust_core"]
    assert sorted(plugins.notifiers) == ["mail_file", "smtp"]
    assert {plugin.distribution for plugin in plugins.loaded} == {"pb-engine"}
