"""CSV, TSV and TXT as people export them: which encoding, which delimiter, which rows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from coordinator.adapters.spreadsheets.raw_sheet import RawSheet, UnreadableFileError, within_limits
from coordinator.domain.imports.table import SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.sayings import saying

_DELIMITERS = ",;\t|"
_NOT_TEXT = saying("This file is not a spreadsheet. Choose a CSV or XLSX file.")


def read(content: bytes) -> RawSheet:
    """Return every record of a delimited text file, numbered as a spreadsheet program numbers its rows."""
    text, encoding = _decode(content)
    text, delimiter = _without_separator_line(text)
    if sum(char < " " and char not in "\t\r\n\f\v" for char in text) * 100 > len(text):
        raise UnreadableFileError(_NOT_TEXT)
    delimiter = delimiter or _delimiter(text)
    try:
        rows = list(within_limits(_records(text, delimiter)))
    except csv.Error as error:
        raise UnreadableFileError(
            saying(
                "A cell of this file holds more text than a form answer can. Check the file for a missing "
                "quote."
            )
        ) from error
    return RawSheet(rows, encoding=encoding, delimiter=delimiter)


def _records(text: str, delimiter: str) -> Iterator[SourceRow]:
    # splitlines() would also break at characters that belong to a cell, such as U+2028.
    lines = (line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    for number, record in enumerate(reader, start=1):
        yield SourceRow(number, tuple(Cell(text) for text in record))


def _decode(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding: a byte-order mark decides, then UTF-8, UTF-16, cp1252."""
    try:
        if content.startswith(b"\xef\xbb\xbf"):
            return content.decode("utf-8-sig"), "UTF-8"
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), "UTF-16"
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_NOT_TEXT) from error
    unmarked = _utf16_without_mark(content)
    for encoding, name in ((unmarked, "UTF-16"), ("utf-8", "UTF-8"), ("cp1252", "cp1252")):
        try:
            if encoding:
                return content.decode(encoding), name
        except UnicodeDecodeError:
            continue
    best = from_bytes(content).best()
    if best is None:
        raise UnreadableFileError(_NOT_TEXT)
    return str(best), best.encoding


def _utf16_without_mark(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark: every other byte of Western text is then NUL."""
    sample = content[:2000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if len(content) % 2 == 0 and max(odd, even) * 5 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _without_separator_line(text: str) -> tuple[str, str]:
    """Take off the ``sep=;`` line that Excel writes and obeys."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if len(told) == 5 and told.startswith("sep=") and told[4] in _DELIMITERS:
        return rest, told[4]
    return text, ""


def _delimiter(text: str) -> str:
    """Return the delimiter under which the first records agree best on a number of columns."""
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text[:200_000], delimiter))


def _agreement(text: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for row in _records(text, delimiter):
            widths[len(row.cells)] += len(row.cells) > 1
            if row.number >= 60:
                break
    except csv.Error:
        return 0
    width, rows = max(widths.items(), key=lambda item: item[0] * item[1], default=(0, 0))
    return (width - 1) * rows
