"""Lines for people: columns that stand below each other, whatever alphabet the names are in."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from coordinator.domain.volume import Volume, VolumeUnit, format_number
from coordinator.sayings import Saying
from coordinator.terminal import visible

_PLACES = {"W": 2, "F": 2}
_NO_PLACE = {"Mn", "Me", "Cf"}  # accents of their own, and what joins letters


def table(
    headers: Sequence[Saying | str], rows: Sequence[Sequence[object]], right: Collection[Saying | str] = ()
) -> list[str]:
    """Return a header and one line per row, aligned; columns whose headers stand in *right* to the right."""
    return aligned([headers, *rows], [header in right for header in headers])


def aligned(rows: Sequence[Sequence[object]], to_the_right: Sequence[bool] = ()) -> list[str]:
    """Return one line per row, aligned; ``None`` shows as nothing."""
    texts = [["" if cell is None else visible(" ".join(str(cell).split())) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    sides = to_the_right or [False] * len(widths)
    return ["  ".join(map(_padded, line, widths, sides)).rstrip() for line in texts]


def figure(volume: Volume, unit: VolumeUnit) -> str:
    """Return a figure without its unit, for terminals, whose fonts may lack the narrow space."""
    return format_number(volume, unit)


def amount(volume: Volume, unit: VolumeUnit) -> str:
    """Return a figure with its unit."""
    return f"{figure(volume, unit)} {unit.value}"


def plain_spaces(text: str) -> str:
    """Return *text* with spaces a terminal may break at, for fonts that lack the others."""
    return text.replace("\u00a0", " ")


def _padded(text: str, width: int, to_the_right: bool) -> str:  # noqa: FBT001 - for map
    filler = " " * (width - _width(text))
    return filler + text if to_the_right else text + filler


def _width(text: str) -> int:
    """Return how many places *text* takes on a screen: wide letters two, accents of their own none."""
    return sum(
        0 if unicodedata.category(c) in _NO_PLACE else _PLACES.get(unicodedata.east_asian_width(c), 1)
        for c in text
    )
