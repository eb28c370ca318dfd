"""Milk sharing itself: runs without a window, imports no Qt."""

import logging

__version__ = "0.1.0"

# Without a log file nothing is logged: no code stands beside the one sentence on stderr.
logging.getLogger(__name__).addHandler(logging.NullHandler())
