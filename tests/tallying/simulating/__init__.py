"""Ballots that nobody cast."""
