import pytest

from pb_engine import pluginhost
from tests.plugins.made import method, problem


def test_a_misspelt_hook_is_refused_and_the_hooks_are_listed(install):
    sentence = problem(
        install(
            "typo",
            """
            from pb_engine.api import hookimpl

            @hookimpl
            def pb_register_voting_method():
                return []
            """,
        )
    )

    assert "'typo'" in sentence
    assert "pb_register_voting_method," in sentence
    assert "pb_register_voting_methods" in sentence


def test_a_misspelt_hook_cannot_hide_as_optional(install):
    code = """
    from pb_engine.api import hookimpl

    @hookimpl(optionalhook=True)
    def pb_register_voting_method():
        return []
    """

    assert "does not exist" in problem(install("typo", code))


@pytest.mark.parametrize("marker", ["wrapper", "hookwrapper"])
def test_a_wrapper_is_refused(install, marker):
    code = f"""
    from pb_engine.api import hookimpl

    @hookimpl({marker}=True)
    def pb_register_voting_methods():
        return (yield)
    """

    assert "wraps the hook pb_register_voting_methods" in problem(install("wraps", code))


@pytest.mark.parametrize("parameters", ["event=None", "*, event", "*event", "**event"])
def test_parameters_that_would_not_be_passed_are_refused(install, parameters):
    code = f"""
    from pb_engine.api import hookimpl

    @hookimpl
    def pb_on_event({parameters}):
        pass
    """

    assert "pb_on_event with the parameter" in problem(install("spare", code))


def test_a_parameter_that_the_hook_does_not_have_is_refused(install):
    code = """
    from pb_engine.api import hookimpl

    @hookimpl
    def pb_on_event(event, ballot):
        pass
    """

    assert "ballot" in problem(install("curious", code))


def test_a_coroutine_is_refused_because_nothing_would_run_it(install):
    code = """
    from pb_engine.api import hookimpl

    @hookimpl
    async def pb_on_event(event):
        pass
    """

    assert "coroutine" in problem(install("later", code))


def test_a_class_instead_of_a_module_is_refused(install):
    code = """
    from pb_engine.api import hookimpl

    class Plugin:
        @hookimpl
        def pb_register_voting_methods(self):
            return []
    """

    assert "'one' is a class" in problem(install("one", code, entry=":Plugin"))


def test_an_object_with_hooks_is_as_good_as_a_module(install):
    code = method(
        "rule_one",
        """
class Plugin:
    @hookimpl
    def pb_register_voting_methods(self):
        return [Rule()]

plugin = Plugin()
""",
    )

    assert "rule_one" in pluginhost.load([install("one", code, entry=":plugin")]).voting_methods
