"""``milkrun WORDS``: everything a coordinator does, without a window."""

from coordinator.cli.start import main

__all__ = ["main"]
