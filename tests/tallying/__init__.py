"""Tests of pb_engine.tallying."""

from hypothesis import settings

# A busy machine is slow now and then; how long an example takes is not what these tests ask.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
