"""What the window says when something did not work."""

from __future__ import annotations

import logging
import traceback
import zlib
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from coordinator.errors import UserError

logger = logging.getLogger(__name__)


def explain(error: BaseException) -> str:
    """Return one sentence about *error* for the coordinator.

    A :class:`UserError` is a sentence already. Anything else is our mistake: it goes to the log as the
    kinds of error and the lines of code they passed, without their texts, which may carry names, and is
    told calmly with a number that leads to the log entry.
    """
    if isinstance(error, UserError):
        return str(error)
    trail = _trail(error)
    number = f"{zlib.crc32(trail.encode()):08X}"
    logger.error("Unexpected, number %s\n%s", number, trail)
    return QCoreApplication.translate(
        "errors",
        "This did not work, and the mistake is the program’s, not yours. What was saved before is kept. "
        "The log has the details under {number}.",
    ).format(number=number)


def _trail(error: BaseException) -> str:
    lines: list[str] = []
    step: BaseException | None = error
    while step is not None:
        lines.append(type(step).__qualname__)
        frames = traceback.extract_tb(step.__traceback__)
        lines += [f"  {frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames]
        step = step.__cause__ or step.__context__
    return "\n".join(lines)
