"""What every offer must hold to, whatever its kind."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, ClassVar, Protocol

from marshmallow import validate

from pb_engine.api import Card, LocalText, Offer, Settings
from pb_engine.api.setting import how_asked


class OfferContract:
    """Shared by the contracts: name plate, settings, parameters, and no memory.

    A subclass sets ``settings`` to what a round or a deployment would write down.
    """

    kind: ClassVar[Any] = Offer
    settings: Mapping[str, Any] = {}

    def offer(self) -> Offer:
        """Return the object under test."""
        raise NotImplementedError

    def loaded(self) -> Settings:
        """Return ``settings`` as the engine hands them over."""
        return load(self.offer(), self.settings)

    def test_it_shows_a_card(self) -> None:
        """Name, version, label and summary are there, in Dutch and in English."""
        card = self.offer().card
        assert isinstance(card, Card), f"card is a {type(card).__name__}"
        assert card.version.strip(), "the version is empty"
        assert_spoken(card.label, "the label")
        assert_spoken(card.summary, "the summary")

    def test_it_is_an_object_of_its_kind(self) -> None:
        """Every member is there and every method takes the parameters that the protocol lists."""
        offer = self.offer()
        assert not inspect.isclass(offer), "the hook must return an object, not a class"
        for name, expected in _methods(self.kind):
            given = inspect.signature(getattr(offer, name)).parameters
            assert list(given) == expected, f"{name} takes {list(given)}, not {expected}"
            spare = [p.name for p in given.values() if p.default is not p.empty]
            assert not spare, f"{name} has default values for {spare}; settings hold those"
        for name in _properties(self.kind):
            assert hasattr(offer, name), f"it has no {name}"

    def test_it_loads_without_settings(self) -> None:
        """Every setting has a default, so that a round can name the offer and nothing else."""
        load(self.offer(), {})

    def test_its_settings_survive_json(self) -> None:
        """What was loaded is the same after writing it down and reading it back."""
        schema = self.offer().settings_schema()
        for given in ({}, self.settings):
            loaded = schema.load(dict(given))
            again = schema.load(json.loads(json.dumps(schema.dump(loaded))))
            assert again == loaded, f"{given} came back as {again}, not {loaded}"

    def test_it_refuses_a_setting_that_it_does_not_know(self) -> None:
        """A typing error in a settings file is found at once."""
        unknown = self.offer().settings_schema().validate({"a_setting_nobody_has": 1})
        assert "a_setting_nobody_has" in unknown, "an unknown setting was accepted"

    def test_the_desk_asks_in_words(self) -> None:
        """A setting that officials may fill in has words, and a word for every value of a list."""
        for name, field in self.offer().settings_schema().fields.items():
            told = how_asked(field)
            if told is None:
                continue
            assert_spoken(told.label, f"the label of {name}")
            lists = [one for one in field.validators if isinstance(one, validate.OneOf)]
            for value in (str(choice) for one in lists for choice in one.choices):
                assert value in told.choices, f"{name} has no words for {value!r}"
                assert_spoken(told.choices[value], f"{name}: {value}")


def load(offer: Offer, given: Mapping[str, Any]) -> Settings:
    """Load settings through the schema of an offer, as the engine does."""
    loaded: Settings = offer.settings_schema().load(deepcopy(dict(given)))
    return loaded


def memory_of(offer: object) -> dict[str, Any]:
    """Return a copy of everything the object holds, to compare before and after."""
    return deepcopy(getattr(offer, "__dict__", {}))


def assert_spoken(text: LocalText, what: str) -> None:
    """Fail when a text misses one of its languages, or holds markup."""
    assert isinstance(text, LocalText), f"{what} is a {type(text).__name__}"
    for locale in ("nl", "en"):
        spoken = text.text(locale)
        assert spoken.strip(), f"{what} is empty in {locale}"
        assert "<" not in spoken, f"{what} holds markup in {locale}: {spoken!r}"


def _methods(kind: Any) -> Iterator[tuple[str, list[str]]]:
    for name, member in _members(kind):
        if inspect.isfunction(member):
            yield name, list(inspect.signature(member).parameters)[1:]


def _properties(kind: Any) -> list[str]:
    return [name for name, member in _members(kind) if isinstance(member, property)]


def _members(kind: Any) -> list[tuple[str, Any]]:
    """Return the public members of a protocol and of the protocols under it."""
    return [
        (name, member)
        for base in kind.__mro__
        if base not in {object, Protocol} and base.__module__.startswith("pb_engine")
        for name, member in vars(base).items()
        if not name.startswith("_")
    ]
