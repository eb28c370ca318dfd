"""The window."""

import logging

# Before the log is open nothing is written elsewhere: Python would write errors whole to standard error.
logging.getLogger(__name__).addHandler(logging.NullHandler())
