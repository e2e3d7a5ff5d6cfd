"""The seven hooks: six that offer, one that listens."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from pb_engine.api.events import PublicEvent
from pb_engine.api.export import Exporter
from pb_engine.api.identity import IdentityCheck
from pb_engine.api.notify import Notifier
from pb_engine.api.results import ResultView
from pb_engine.api.survey import TrustSurvey
from pb_engine.api.voting import VotingMethod

PROJECT = "pb_engine"
ENTRY_POINT_GROUP = "pb_engine.plugins"

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of a plugin module as the implementation of a hook."""

_spec = pluggy.HookspecMarker(PROJECT)


class PbSpecs:
    """Every hook of the engine; this class is the whole list.

    An offering hook is called once, when the engine starts.  Two plugins that offer the same
    name stop the engine from starting; installing a plugin never changes a running round.
    Wrappers (``wrapper=True``, ``hookwrapper=True``) are refused: they could alter what
    another plugin offers.
    """

    # A specification is never called: pluggy reads its name and parameters only.

    @_spec
    def pb_register_voting_methods(self) -> Iterable[VotingMethod]:
        """Offer voting methods to rounds.  Called once, when the engine starts.

        A round names its method in ``[voting_method]`` and freezes name, version and settings
        when voting opens.

        :return: one object per method.

        .. code-block:: python

            @hookimpl
            def pb_register_voting_methods():
                return [MostVotes()]
        """
        raise NotImplementedError

    @_spec
    def pb_register_identity_checks(self) -> Iterable[IdentityCheck]:
        """Offer identity checks to rounds.  Called once, when the engine starts.

        A round lists the checks it accepts in ``[[identity_checks]]``; the visitor chooses.

        :return: one object per check.

        .. code-block:: python

            @hookimpl
            def pb_register_identity_checks():
                return [LibraryCard()]
        """
        raise NotImplementedError

    @_spec
    def pb_register_trust_surveys(self) -> Iterable[TrustSurvey]:
        """Offer surveys to rounds.  Called once, when the engine starts.

        A round lists its surveys in ``[[surveys]]``.  Answers go to the study store, with the
        day and without voter, ballot or receipt.  A survey never gates or delays a vote.

        :return: one object per survey.

        .. code-block:: python

            @hookimpl
            def pb_register_trust_surveys():
                return [FiveQuestions()]
        """
        raise NotImplementedError

    @_spec
    def pb_register_notifiers(self) -> Iterable[Notifier]:
        """Offer ways to send messages.  Called once, when the engine starts.

        The deployment names one notifier in ``PB_NOTIFIER``.

        :return: one object per way.

        .. code-block:: python

            @hookimpl
            def pb_register_notifiers():
                return [TextMessages()]
        """
        raise NotImplementedError

    @_spec
    def pb_register_exporters(self) -> Iterable[Exporter]:
        """Offer file formats for published and anonymised files.  Called once, at start.

        :return: one object per format.

        .. code-block:: python

            @hookimpl
            def pb_register_exporters():
                return [Spreadsheet()]
        """
        raise NotImplementedError

    @_spec
    def pb_register_result_views(self) -> Iterable[ResultView]:
        """Offer figures for the results page.  Called once, when the engine starts.

        A round lists its views in ``result_views``.

        :return: one object per view.

        .. code-block:: python

            @hookimpl
            def pb_register_result_views():
                return [MoneyPerArea()]
        """
        raise NotImplementedError

    @_spec
    def pb_on_event(self, event: PublicEvent) -> None:
        """Hear an event.  Called after the commit, by the outbox, at least once per event.

        Each listener is isolated: an exception is logged and tried again later, and touches no
        other listener and no resident.  Ballots are not events.

        .. code-block:: python

            @hookimpl
            def pb_on_event(event):
                if event.name == "results_published":
                    print("Uitslag!", event.round)
        """
        raise NotImplementedError
