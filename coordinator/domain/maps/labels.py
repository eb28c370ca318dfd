"""Finds room on a map for words, so that none lies over a pin or another word."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Anchor, Role, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

Measure = Callable[[str, float], float]
"""Returns the width of a text in pixels at a size in pixels."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

ASCENT, DESCENT = 0.95, 0.25
"""Above and below the baseline, as parts of the size; a little more than the fonts we use have."""


def estimated_width(text: str, size_px: float) -> float:
    """Return a generous guess for where no font is at hand: Latin letters average half their size."""
    return 0.58 * size_px * len(text)


def text_box(text: Text, measure: Measure = estimated_width) -> Box:
    """Return the pixels *text* covers."""
    width = measure(text.text, text.size_px) * (1.08 if text.bold else 1)
    left = text.x - width * {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[text.anchor]
    return left, text.y - ASCENT * text.size_px, left + width, text.y + DESCENT * text.size_px


def overlaps(a: Box, b: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class Room:
    """What is still free of a picture *width* by *height*; asked and filled label by label.

    Boxes are kept by the squares they touch, so that thousands of pins do not make a label slow to place.
    """

    def __init__(self, width: float, height: float, measure: Measure) -> None:
        self._page: Box = (2.0, 2.0, width - 2.0, height - 2.0)
        self._measure = measure
        self._taken: dict[tuple[int, int], list[Box]] = {}
        shape = (max(int(height // _MARK_PX), 0) + 2, max(int(width // _MARK_PX), 0) + 2)
        self._marked = np.zeros(shape, dtype=np.bool_)

    def take(self, box: Box) -> None:
        """Keep later labels off *box*."""
        for square in _squares(box):
            self._taken.setdefault(square, []).append(box)

    def take_around(self, x: float, y: float, size_px: float) -> None:
        """Keep later labels off a symbol."""
        half = size_px / 2 + 1
        self.take((x - half, y - half, x + half, y + half))

    def take_points(self, points: NDArray[np.float64], size_px: float) -> None:
        """Keep later labels off many symbols of one size, all at once; to a few pixels."""
        reach = math.ceil((size_px / 2 + 1) / _MARK_PX)
        steps = range(-reach, reach + 1)
        columns, rows = np.floor(points / _MARK_PX).astype(np.int64).T
        for down, across in product(steps, repeat=2):
            row, column = rows + down, columns + across
            height, width = self._marked.shape
            inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
            self._marked[row[inside], column[inside]] = True

    def take_text(self, text: Text) -> None:
        """Keep later labels off a text that stands where it stands."""
        self.take(text_box(text, self._measure))

    def box_of(self, text: Text) -> Box:
        """Return the pixels *text* covers."""
        return text_box(text, self._measure)

    def is_free(self, box: Box) -> bool:
        """Tell whether *box* lies on the page and over nothing."""
        left, top, right, bottom = self._page
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        first, last = (int(edge // _MARK_PX) for edge in (box[0], box[2]))
        upper, lower = (int(edge // _MARK_PX) for edge in (box[1], box[3]))
        if self._marked[upper : lower + 1, first : last + 1].any():
            return False
        return not any(
            overlaps(box, other) for square in _squares(box) for other in self._taken.get(square, ())
        )

    def place(self, candidates: Iterable[Text], suits: Callable[[Box], bool] = lambda _: True) -> Text | None:
        """Return the first of *candidates* that has room and *suits*, and take it; ``None`` if none does."""
        for text in candidates:
            box = text_box(text, self._measure)
            if self.is_free(box) and suits(box):
                self.take(box)
                return text
        return None


_SQUARE_PX = 40
_MARK_PX = 4.0
"""How finely the places of many symbols are kept."""


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(edge // _SQUARE_PX) for edge in box)
    return product(range(left, right + 1), range(top, bottom + 1))


def town_candidates(name: str, x: float, y: float, size_px: float) -> list[Text]:
    """Return where a town's name may stand around its dot, best first: right, left, above, below.

    Then the same a little further off, where a pin lies on the dot.
    """
    middle = y + 0.35 * size_px
    spots = [
        spot
        for gap in (5.0, 16.0)
        for spot in (
            (x + gap, middle, Anchor.START),
            (x - gap, middle, Anchor.END),
            (x, y - gap - DESCENT * size_px, Anchor.MIDDLE),
            (x, y + gap + ASCENT * size_px, Anchor.MIDDLE),
        )
    ]
    return [Text(left, baseline, name, Role.TOWN, size_px, anchor) for left, baseline, anchor in spots]
