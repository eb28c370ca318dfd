"""Rows of a table in a block: cells side by side, each wrapped in its column, figures to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import LEADING, Block, plain, strong
from coordinator.adapters.pdf.text import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the width, and whether it holds figures."""

    share: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row is set: its size, its weight, ``air`` above and below, ``pad`` beside each cell, in points.

    ``tint`` is its ground: red, green and blue from 0 to 1; empty for none.
    """

    size: float
    bold: bool = False
    air: float = 1.0
    pad: float = 3.0
    tint: tuple[float, ...] = ()


def add_row(block: Block, columns: Sequence[Column], cells: Sequence[str], look: RowLook) -> None:
    """Add a row to *block*, as tall as its tallest cell; a cell for each of *columns*."""
    lines = [
        wrap(text, look.size, column.share * block.width - 2 * look.pad, bold=look.bold)
        for column, text in zip(columns, cells, strict=True)
    ]
    height = 2 * look.air + max(map(len, lines)) * look.size * LEADING
    if look.tint:
        block.mark(_tinted(block.width, block.height, height, look.tint))
    left, make = 0.0, strong if look.bold else plain
    for column, words in zip(columns, lines, strict=True):
        room = column.share * block.width - 2 * look.pad
        for at, line in enumerate(words):
            item = make(line, size=look.size)
            x = left + look.pad + (room - item.width() if column.is_number else 0.0)
            block.place(item, x, block.height + look.air + (at * LEADING + 1.05) * look.size)
        left += column.share * block.width
    block.space(height)


def add_in_columns(block: Block, parts: Sequence[Block], columns: int, gap: float) -> None:
    """Add *parts*, each as wide as a column, one under the other in *columns* of about one height."""
    stacks = [Block(column_width(block, columns, gap)) for _ in range(columns)]
    each, at = sum(part.height for part in parts) / columns, 0
    for part in parts:
        if stacks[at].height + part.height / 2 > each and at < columns - 1:
            at += 1
        add_beside(stacks[at], (part,), 0.0)
    add_beside(block, stacks, gap)


def column_width(block: Block, columns: int, gap: float) -> float:
    """Return how wide a column of *block* is."""
    return (block.width - gap * (columns - 1)) / columns


def add_beside(block: Block, parts: Sequence[Block], gap: float) -> None:
    """Add *parts* side by side to *block*, as tall as the tallest, *gap* points between two."""
    x = 0.0
    for part in parts:
        block.mark(_inset(part, x, block.height))
        x += part.width + gap
    block.space(max((part.height for part in parts), default=0.0))


def _tinted(
    width: float, y: float, height: float, tint: tuple[float, ...]
) -> Callable[[Canvas, float, float], None]:
    def paint(canvas: Canvas, left: float, top: float) -> None:
        canvas.setFillColorRGB(*tint)
        canvas.rect(left, top - y - height, width, height, stroke=0, fill=1)

    return paint


def _inset(part: Block, x: float, y: float) -> Callable[[Canvas, float, float], None]:
    def paint(canvas: Canvas, left: float, top: float) -> None:
        part.draw(canvas, left + x, top - y)

    return paint
