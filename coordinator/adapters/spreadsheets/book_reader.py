"""Reads one workbook in a process of its own: bytes on standard input, JSON on standard output.

The library that reads old and new kinds alike allots what a file claims to hold, and a file that lies ends
the process that believes it. It is started by its path and needs nothing of the program.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

LOCKED, UNREADABLE, TOO_MUCH = 3, 4, 5
"""Exit codes: a password is asked for, it is no workbook, it holds too much."""

_MOST_CELLS = 1_000_000
_MOST_BYTES = 300_000_000


def main() -> int:
    """Read standard input; return the exit code."""
    _limit_memory()
    try:
        with calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read())) as book:
            sheets = [_sheet(book, found) for found in book.sheets_metadata]
    except calamine.PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_MUCH
    except Exception:  # noqa: BLE001 - whatever it is, the parent says it in a sentence
        return UNREADABLE
    json.dump(sheets, sys.stdout)
    return 0


def _sheet(book: calamine.CalamineWorkbook, found: calamine.SheetMetadata) -> dict[str, Any]:
    is_hidden = found.visible is not calamine.SheetVisibleEnum.Visible
    is_list = found.typ is calamine.SheetTypeEnum.WorkSheet
    rows = [] if is_hidden or not is_list else list(_rows(book.get_sheet_by_name(found.name)))
    return {"name": found.name, "is_hidden": is_hidden, "is_list": is_list, "rows": rows}


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Yield the filled rows, numbered from 1, with the blank cells left of the first column."""
    top, left = sheet.start or (0, 0)
    count = 0
    for number, values in enumerate(sheet.iter_rows(), start=top + 1):
        while values and values[-1] == "":
            values.pop()
        count += len(values)
        if count > _MOST_CELLS:
            raise MemoryError
        if values:
            yield number, [""] * left + [_plain(value) for value in values]


def _plain(value: object) -> object:
    """Return a value as JSON has it: days and moments as a list of their kind and ISO 8601."""
    if isinstance(value, datetime | date):
        return ["day", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["time", str(value)]
    return value


def _limit_memory() -> None:
    """Take no more memory than a list needs, where the system lets a process say so."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


if __name__ == "__main__":
    sys.exit(main())
