from tests.plugins.example import example_distribution
from tests.plugins.installed import install

__all__ = ["example_distribution", "install"]

# A distribution of its own: its tests run where it is installed.
collect_ignore = ["example_dist"]
