"""Rows as text for a spreadsheet, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterable

_STARTS_FORMULA = tuple("=+-@\t\r\0")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,\s]*")


def neutralised(text: str) -> str:
    """Return *text* as one cell: a leading formula sign gets an apostrophe, line breaks become spaces.

    Source:
        OWASP ASVS 5.0, 1.2.10 (CSV and formula injection). Plain numbers with a sign stay numbers.
    """
    if text.startswith(_STARTS_FORMULA) and not _PLAIN_NUMBER.fullmatch(text):
        text = f"'{text}"
    return " ".join(re.split(r"[\t\r\n]+", text))


def as_tsv(rows: Iterable[Iterable[str]]) -> str:
    """Return *rows* as tab-separated lines."""
    return "\n".join("\t".join(neutralised(cell) for cell in cells) for cells in rows)
