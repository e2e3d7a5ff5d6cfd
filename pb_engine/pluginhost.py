"""Loads the plugins that a deployment names, and nothing else.

Installed is not loaded: the code of a plugin that is not named is never imported.  Refused at
load: unknown names, misspelt hooks, wrappers, default arguments, classes instead of modules, two
offers with one name, and objects that do not have the members of their kind.
"""

from __future__ import annotations

import importlib.metadata
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

import pluggy
from marshmallow import Schema, ValidationError

from pb_engine.api import (
    ENTRY_POINT_GROUP,
    Card,
    Exporter,
    IdentityCheck,
    Notifier,
    Offer,
    PbSpecs,
    PublicEvent,
    ResultView,
    TrustSurvey,
    VotingMethod,
)
from pb_engine.api.hookspecs import PROJECT
from pb_engine.errors import InvalidPluginSettings, PluginProblem

Kind = TypeVar("Kind", bound=Offer)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded plugin: its entry-point name and the distribution it came from."""

    name: str
    distribution: str
    version: str


@dataclass(frozen=True, slots=True)
class Listener:
    """A plugin that listens to events, called one by one so that none can stop another."""

    name: str
    tell: Callable[[PublicEvent], None]


@dataclass(frozen=True, slots=True)
class Plugins:
    """Everything that the named plugins offer, by name."""

    loaded: tuple[Loaded, ...]
    voting_methods: Mapping[str, VotingMethod]
    identity_checks: Mapping[str, IdentityCheck]
    trust_surveys: Mapping[str, TrustSurvey]
    notifiers: Mapping[str, Notifier]
    exporters: Mapping[str, Exporter]
    result_views: Mapping[str, ResultView]
    listeners: tuple[Listener, ...] = ()


def pick(offers: Mapping[str, Kind], name: str, kind: str) -> Kind:
    """Return the offer called ``name``.

    :raises PluginProblem: nothing that is loaded offers it; the sentence lists what is.
    """
    try:
        return offers[name]
    except KeyError:
        known = ", ".join(sorted(offers)) or "none"
        raise PluginProblem(
            f"no loaded plugin offers the {kind} {name!r} (loaded: {known}); name its plugin in "
            "PB_PLUGINS",
            name=name,
            kind=kind,
        ) from None


def load_settings(offer: Offer, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check settings against the schema of an offer and fill in the defaults.

    :raises InvalidPluginSettings: naming the setting and what is allowed.
    """
    try:
        loaded: Mapping[str, Any] = offer.settings_schema().load(dict(given))
    except ValidationError as problem:
        known = ", ".join(sorted(offer.settings_schema().fields)) or "none"
        raise InvalidPluginSettings(
            f"settings of {offer.card.name!r}: {_in_words(problem.messages)} "
            f"(known settings: {known})",
            name=offer.card.name,
        ) from problem
    except Exception as problem:  # a stranger's schema may raise anything
        raise InvalidPluginSettings(
            f"settings of {offer.card.name!r} cannot be read: {type(problem).__name__}: {problem}",
            name=offer.card.name,
        ) from problem
    return loaded


def _in_words(messages: object, path: str = "") -> str:
    if isinstance(messages, dict):
        parts = (_in_words(v, f"{path}.{k}" if path else str(k)) for k, v in messages.items())
        return "; ".join(parts)
    lines = messages if isinstance(messages, list) else [messages]
    return f"{path}: {' '.join(str(line).rstrip('.') for line in lines)}"


def available() -> Iterator[Loaded]:
    """Yield every installed plugin, loaded or not, sorted by name."""
    for point in sorted(_installed(), key=lambda point: point.name):
        yield _described(point)


def _installed() -> tuple[importlib.metadata.EntryPoint, ...]:
    return tuple(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP))


def load(names: Iterable[str]) -> Plugins:
    """Load the named plugins and collect their offers.

    :raises PluginProblem: see the head of this module; the sentence names plugin and reason.
    """
    host = pluggy.PluginManager(PROJECT)
    host.add_hookspecs(PbSpecs)
    installed = _installed()
    loaded = tuple(_load_one(host, name, installed) for name in dict.fromkeys(names))
    _check_implementations(host)
    # A Protocol is what the checks ask for here; mypy allows concrete classes only.
    return Plugins(
        loaded=loaded,
        voting_methods=_collect(host, "pb_register_voting_methods", VotingMethod),  # type: ignore[type-abstract]
        identity_checks=_collect(host, "pb_register_identity_checks", IdentityCheck),  # type: ignore[type-abstract]
        trust_surveys=_collect(host, "pb_register_trust_surveys", TrustSurvey),  # type: ignore[type-abstract]
        notifiers=_collect(host, "pb_register_notifiers", Notifier),  # type: ignore[type-abstract]
        exporters=_collect(host, "pb_register_exporters", Exporter),  # type: ignore[type-abstract]
        result_views=_collect(host, "pb_register_result_views", ResultView),  # type: ignore[type-abstract]
        listeners=_listeners(host),
    )


def _load_one(
    host: pluggy.PluginManager, name: str, installed: Iterable[importlib.metadata.EntryPoint]
) -> Loaded:
    points = [point for point in installed if point.name == name]
    if not points:
        raise PluginProblem(f"plugin {name!r} is named in PB_PLUGINS but not installed", name=name)
    if len({point.value for point in points}) > 1:
        owners = ", ".join(f"{_described(p).distribution} ({p.value})" for p in points)
        raise PluginProblem(f"plugin {name!r} is offered twice: {owners}", name=name)
    try:
        plugin = points[0].load()
        if not inspect.isclass(plugin):
            host.register(plugin, name=name)
    except (Exception, SystemExit) as problem:  # a stranger's import may raise anything
        raise PluginProblem(
            f"plugin {name!r} of {_described(points[0]).distribution} does not load: "
            f"{type(problem).__name__}: {problem}",
            name=name,
        ) from problem
    if inspect.isclass(plugin):
        raise PluginProblem(f"plugin {name!r} is a class; register a module", name=name)
    return _described(points[0])


def _described(point: importlib.metadata.EntryPoint) -> Loaded:
    distribution, version = _named(point.dist) if point.dist else ("unknown", "unknown")
    return Loaded(name=point.name, distribution=distribution, version=version)


@lru_cache(maxsize=64)
def _named(dist: importlib.metadata.Distribution) -> tuple[str, str]:
    # All points of one search share their distribution, and its file is long.
    told = dist.metadata
    return told["Name"], told["Version"]


def _check_implementations(host: pluggy.PluginManager) -> None:
    for name, plugin in host.list_name_plugin():
        for caller in host.get_hookcallers(plugin) or ():
            for impl in caller.get_hookimpls():
                if impl.plugin is plugin and (problem := _problem_of(impl, caller)):
                    raise PluginProblem(f"plugin {name!r} {problem}", name=name)


def _problem_of(impl: pluggy.HookImpl, caller: pluggy.HookCaller) -> str | None:
    if not caller.has_spec():
        known = ", ".join(sorted(name for name in vars(PbSpecs) if name.startswith("pb_")))
        return f"implements {caller.name}, a hook that does not exist (known hooks: {known})"
    if impl.wrapper or impl.hookwrapper:
        return (
            f"wraps the hook {caller.name}; wrappers are refused because they could alter what "
            "another plugin offers"
        )
    if inspect.iscoroutinefunction(impl.function):
        return f"implements {caller.name} as a coroutine, which nothing would ever run"
    # Versions of pluggy differ in whether they pass an argument that has a default.
    for parameter in inspect.signature(impl.function).parameters.values():
        if parameter.default is not parameter.empty or parameter.name not in impl.argnames:
            return f"implements {caller.name} with the parameter {str(parameter)!r}: {_PLAIN}"
    return None


_PLAIN = "take the parameters of the hook, by position, without default values"


def _listeners(host: pluggy.PluginManager) -> tuple[Listener, ...]:
    impls = host.hook.pb_on_event.get_hookimpls()
    return tuple(
        Listener(impl.plugin_name, _tell(impl))
        for impl in sorted(impls, key=lambda impl: impl.plugin_name)
    )


def _tell(impl: pluggy.HookImpl) -> Callable[[PublicEvent], None]:
    if impl.argnames:
        return cast("Callable[[PublicEvent], None]", impl.function)
    nothing_asked = cast("Callable[[], None]", impl.function)
    return lambda _event: nothing_asked()


def _collect(host: pluggy.PluginManager, hook: str, kind: type[Kind]) -> dict[str, Kind]:
    offers: dict[str, tuple[Kind, str]] = {}
    for impl in getattr(host.hook, hook).get_hookimpls():
        for offer in _offers_of(impl, hook):
            _check_offer(offer, kind, impl.plugin_name)
            name = offer.card.name
            if name in offers:
                raise PluginProblem(
                    f"{name!r} is offered by both {offers[name][1]!r} and {impl.plugin_name!r}",
                    name=name,
                )
            offers[name] = (offer, impl.plugin_name)
    return {name: offers[name][0] for name in sorted(offers)}


def _offers_of(impl: pluggy.HookImpl, hook: str) -> list[Any]:
    try:
        return list(cast("Callable[[], Iterable[Any]]", impl.function)())
    except Exception as problem:  # a stranger's code may raise anything
        raise PluginProblem(
            f"plugin {impl.plugin_name!r} fails in {hook}: {type(problem).__name__}: {problem}",
            name=impl.plugin_name,
        ) from problem


def _check_offer(offer: Any, kind: type[Any], plugin: str) -> None:
    if inspect.isclass(offer):
        raise PluginProblem(
            f"plugin {plugin!r} offers the class {offer.__name__}, not an object", name=plugin
        )
    # Looked up without running a property: what a stranger's property raises is not missing.
    wanted = sorted(name for name in dir(kind) if not name.startswith("_"))
    missing = [name for name in wanted if not _has(offer, name)]
    if missing:
        raise PluginProblem(
            f"plugin {plugin!r} offers {type(offer).__name__}, which is no {kind.__name__}: it "
            f"has no {', '.join(missing)}",
            name=plugin,
        )
    try:
        card, schema = offer.card, offer.settings_schema
    except Exception as problem:  # a stranger's code may raise anything
        raise PluginProblem(
            f"plugin {plugin!r} offers {type(offer).__name__}, whose card fails: "
            f"{type(problem).__name__}: {problem}",
            name=plugin,
        ) from problem
    if not isinstance(card, Card) or not inspect.isclass(schema) or not issubclass(schema, Schema):
        raise PluginProblem(
            f"plugin {plugin!r} offers {type(offer).__name__} without a card or a settings schema",
            name=plugin,
        )


def _has(offer: object, name: str) -> bool:
    nothing = object()
    return inspect.getattr_static(offer, name, nothing) is not nothing
