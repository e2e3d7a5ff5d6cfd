"""Tests of statistical disclosure control."""
