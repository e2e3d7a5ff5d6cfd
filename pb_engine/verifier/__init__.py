"""Checks a published record or bundle offline: everything in it that anybody can check."""

from pb_engine.verifier.bundles import check_bundle
from pb_engine.verifier.finding import Finding
from pb_engine.verifier.questions import Asked
from pb_engine.verifier.records import check_record

__all__ = ["Asked", "Finding", "check_bundle", "check_record"]
