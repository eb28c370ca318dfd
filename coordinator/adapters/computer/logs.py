"""The log file: what went wrong, in codes. It may be sent to whoever helps, so it names nobody.

Log calls carry ids only; the formatter is the second fence: of an error it writes the trail, never the text,
it blanks whatever looks like an e-mail address or a phone number, and an entry stays one line.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import re
from copy import copy
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final, TextIO

from coordinator.error_trail import trail
from coordinator.terminal import visible

if TYPE_CHECKING:
    from pathlib import Path

LOG_NAME: Final = "milkrun.log"
CRASH_NAME: Final = "crash.txt"
_SIZE_BYTES: Final = 1_000_000
_KEPT_FILES: Final = 3

_TIME_CHARACTERS: Final = len("2026-11-21 10:30:00,123")
_LONGEST: Final = 20_000  # characters of one message or traceback

# 64 is the longest name before the @ (RFC 5321); without a limit a long line would take minutes.
_EMAIL: Final = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(
    r"(?<![\w.:-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)\s?|\d{2,4}[\s.-]?)?\d{3}[\s.-]?\d{4}(?![\w:-])"
    r"|\+\d[\d\s().-]{6,}\d"
)


def redacted(text: str) -> str:
    """Return *text*, cut at a length nobody reads, without e-mail addresses and phone numbers."""
    short = text[:_LONGEST]
    return _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", short) if "@" in short else short)


class _Redacting(logging.Formatter):
    """Formats as ever, then blanks what may be personal. The time in front is ours and stays."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, with the trail of its error."""
        line = visible(super().format(_without_texts(record))[: _TIME_CHARACTERS + _LONGEST])
        return line[:_TIME_CHARACTERS] + redacted(line[_TIME_CHARACTERS:])


def _without_texts(record: logging.LogRecord) -> logging.LogRecord:
    """Return a copy of *record* for us alone, with the trails of its errors instead of them.

    What another handler made of the error before is dropped with it.
    """
    ours = copy(record)
    ours.msg = _told(record.msg)
    if isinstance(record.args, tuple):
        ours.args = tuple(map(_told, record.args))
    elif record.args:
        ours.args = {name: _told(value) for name, value in record.args.items()}
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        ours.msg, ours.args = f"{ours.getMessage()}: {trail(error)}", None
    ours.exc_info = ours.exc_text = ours.stack_info = None
    return ours


def _told(value: object) -> object:
    return trail(value) if isinstance(value, BaseException) else value


def set_up(folder: Path, *, level: int = logging.INFO) -> logging.Handler:
    """Log into *folder* from now on, at most 3 MB, readable by its owner alone; return the handler.

    A folder that cannot be written costs the log, never the start: then nothing is kept.
    """
    _silence_talkative_libraries()
    root = logging.getLogger()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = _PrivateFile(folder / LOG_NAME)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(level)
    return handler


def note_crashes(folder: Path) -> TextIO | None:
    """Let a crash of the interpreter itself leave a note in *folder*; keep what is returned open."""
    try:
        note = _open_private(str(folder / CRASH_NAME), "w")
    except OSError:
        return None
    faulthandler.enable(note)
    return note


def last_crash(folder: Path) -> str:
    """Return the note of the crash before, empty without one. Ask before :func:`note_crashes`."""
    try:
        return (folder / CRASH_NAME).read_text(encoding="utf-8")
    except OSError:
        return ""


class _PrivateFile(RotatingFileHandler):
    """A rotating file with mode 0600 from its first byte."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_SIZE_BYTES, backupCount=_KEPT_FILES - 1, encoding="utf-8", delay=False
        )

    def _open(self) -> TextIO:  # type: ignore[override] # the base promises a TextIOWrapper
        return _open_private(self.baseFilename, self.mode)


def _open_private(path: str, mode: str) -> TextIO:
    """Open a text file that only its owner may read."""
    opened: TextIO = open(  # type: ignore[assignment] # noqa: SIM115 - Path.open takes no opener
        path, mode, encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)
    )
    return opened


def _silence_talkative_libraries() -> None:
    """Keep out what logs whole addresses, even when a call fails, or every font it meets."""
    for name in ("fontTools", "PIL", "pdfminer"):
        logging.getLogger(name).setLevel(logging.ERROR)
    for name in ("geopy", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    logging.getLogger("geopy").propagate = False
