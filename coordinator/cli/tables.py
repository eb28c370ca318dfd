"""Lines for people: columns that stand below each other, whatever alphabet the names are in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], right: str = "") -> Iterator[str]:
    """Yield a header and one line per row, aligned; the columns whose headers stand in *right* to the right.

    ``None`` is shown as nothing. *right* is headers separated by commas.
    """
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headers, *texts, strict=True)]
    to_the_right = {header in right.split(",") and index for index, header in enumerate(headers)}
    for line in (headers, *texts):
        cells = (
            " " * (width - _width(cell)) + cell
            if index in to_the_right
            else cell + " " * (width - _width(cell))
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Return how many places *text* takes on a screen: wide letters two, accents of their own none."""
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(c) else wide.get(unicodedata.east_asian_width(c), 1) for c in text)
