"""The engine of a participatory budget round: importable without any web framework."""

__version__ = "0.1.0"
