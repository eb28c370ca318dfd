"""What the window says when something did not work."""

from __future__ import annotations

import logging
import zlib

from coordinator.error_trail import trail
from coordinator.errors import UserError
from ui.translation import translate

logger = logging.getLogger(__name__)


def explain(error: BaseException) -> str:
    """Return one sentence about *error* for the coordinator.

    A :class:`UserError` is a sentence already. Anything else is our mistake: it goes to the log as the
    kinds of error and the lines of code they passed, without their texts, which may carry names, and is
    told calmly with a number that leads to the log entry.
    """
    if isinstance(error, UserError):
        return str(error)
    lines = trail(error)
    number = f"{zlib.crc32(lines.encode()):08X}"
    logger.error("Unexpected, number %s: %s", number, lines)
    return translate(
        "errors",
        "This did not work, and the mistake is the program’s, not yours. What was saved before is kept. "
        "The log has the details under {number}.",
    ).format(number=number)
