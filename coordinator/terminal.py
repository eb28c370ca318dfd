"""The one door to the terminal: what others wrote is shown there, and never obeyed.

A terminal takes escape sequences as orders (colours, titles, the clipboard), and marks of direction turn
round what follows. Names, notes, file names and answers of servers may hold both.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from coordinator.sayings import Saying

from coordinator.sayings import saying

NO_SCREEN: Final = saying(
    "There is no screen here to open a window on; “milkrun --help” lists what can be done without one."
)

# C0 (a line break too: what is one line stays one), DEL, C1, Unicode's own line breaks, the marks of
# direction and their older kin, halves of characters. Letters that run from right to left are none of these.
_ORDERS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")


def visible(text: str) -> str:
    """Return *text* with each character a terminal would obey written out, as ``<U+001B>``."""
    return _ORDERS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


def escaped_json(document: str) -> str:
    """Return a JSON *document* that says the same, with those characters as JSON's own escapes."""
    lines = document.split("\n")  # line breaks stand between strings, never in one
    return "\n".join(_ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", line) for line in lines)


def say(line: Saying | str = "") -> None:
    """Write one line for the reader."""
    _write(sys.stdout, visible(str(line)))


def say_document(document: str) -> None:
    """Write a JSON document for programs."""
    _write(sys.stdout, escaped_json(document))


def complain(line: Saying | str) -> None:
    """Write one line beside the answer, on standard error."""
    _write(sys.stderr, visible(str(line)))


def keep_the_door() -> None:
    """Let no library write past the door: what it warns programmers of may quote a file.

    Who starts Python with ``-W`` asks for these words, and sees them here.
    """
    warnings.showwarning = _show_warning
    logging.getLogger().addHandler(logging.NullHandler())  # else Python writes what has no handler itself


def _show_warning(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    if sys.warnoptions:
        complain(f"{category.__name__}: {message}")


def _write(stream: TextIO, text: str) -> None:
    stream.write(f"{text}\n")
