import inspect
import re
from pathlib import Path

import pytest

from pb_engine import api

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "hooks.md").read_text(encoding="utf-8")
HOOKS = sorted(name for name in vars(api.PbSpecs) if name.startswith("pb_"))
KINDS = [
    api.VotingMethod,
    api.IdentityCheck,
    api.TrustSurvey,
    api.Notifier,
    api.Exporter,
    api.ResultView,
]


def section(hook):
    found = re.search(rf"^## {hook}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def written(name, function):
    """Write a signature as the page does: without ``self`` and without quotes."""
    signature = inspect.signature(function)
    parameters = [p for p in signature.parameters.values() if p.name != "self"]
    text = f"{name}{signature.replace(parameters=parameters)}"
    return text.replace("'", "")


def test_there_are_seven_hooks():
    assert len(HOOKS) == 7


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_heading_and_its_exact_signature(hook):
    assert f"```python\n{written(hook, getattr(api.PbSpecs, hook))}\n```" in section(hook)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_member_of_an_offer_is_written_down_exactly(kind):
    for name, member in vars(kind).items():
        if inspect.isfunction(member) and not name.startswith("_"):
            assert f"\n{written(name, member)}\n" in PAGE
        elif isinstance(member, property):
            kind_of_value = inspect.signature(member.fget).return_annotation
            assert f"\n{name}: {kind_of_value}\n" in PAGE


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_has_a_test_of_its_own(hook):
    tests = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert any(f"def test_hook_{hook}(" in text for text in tests)


@pytest.mark.parametrize("name", sorted(api.__all__))
def test_each_public_name_stands_on_the_page(name):
    assert re.search(rf"\b{name}\b", PAGE)
