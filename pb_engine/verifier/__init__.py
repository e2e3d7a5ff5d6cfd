"""Checks a published record offline: everything in it that anybody can check."""

from pb_engine.verifier.findings import Finding, check_record

__all__ = ["Finding", "check_record"]
