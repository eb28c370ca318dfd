"""Blocks: parts of a page that know their height before they are drawn, so that none is split or cut.

A block is filled from the top down: ``text`` and ``flow`` put something under what is already there. x counts
from the block's left edge; everything stays between 0 and ``width``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.adapters.pdf import fonts
from coordinator.adapters.pdf.text import draw_text, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.sayings import Saying

BODY = 10.5
LEADING = 1.32
"""Line height in font sizes; Noto Sans reaches 1.07 above and 0.29 below, Vietnamese capitals use it."""

TICK_GAP = 4.0
BLANK_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Item:
    """Something to read, tick or write on, that stays on one line when it fits on one.

    ``parts`` are drawn one after the other, each with its own direction of writing; those in ``bold`` (by
    index) are bold. ``blank`` points to write on follow, then the text ``after``; ``stretch`` is the blank's
    share of what is left of the line, ``colon`` sets a colon in its middle for a time.
    """

    parts: tuple[str, ...] = ()
    bold: frozenset[int] = frozenset()
    tick: bool = False
    blank: float = 0.0
    after: str = ""
    stretch: int = 0
    colon: bool = False
    size: float = BODY

    @property
    def tick_width(self) -> float:
        """Width of the box and its gap, or 0."""
        return self.size * 0.9 + TICK_GAP if self.tick else 0.0

    def text_width(self) -> float:
        """Width of the parts with a space between them."""
        widths = [fonts.width(part, self.size, bold=i in self.bold) for i, part in enumerate(self.parts)]
        return sum(widths) + self.size * 0.3 * max(len(widths) - 1, 0)

    def width(self) -> float:
        """Width of the whole item with its blank at its smallest."""
        blank = self.blank + BLANK_GAP if self.blank else 0.0
        after = fonts.width(self.after, self.size) + BLANK_GAP if self.after else 0.0
        return self.tick_width + self.text_width() + blank + after


def plain(*parts: Saying | str, tick: bool = False, size: float = BODY) -> Item:
    """Return words in the regular weight."""
    return Item(_tidied(parts), tick=tick, size=size)


def strong(*parts: Saying | str, tick: bool = False, size: float = BODY) -> Item:
    """Return words in bold."""
    return Item(_tidied(parts), frozenset(range(len(parts))), tick=tick, size=size)


def _tidied(parts: Iterable[Saying | str]) -> tuple[str, ...]:
    return tuple(fonts.tidy(str(part)) for part in parts)


def blank(label: Saying | str, points: float, after: Saying | str = "", *, stretch: int = 0) -> Item:
    """Return a line to write on, between its label and what is counted."""
    return Item((str(label),) if label else (), blank=points, after=str(after), stretch=stretch)


class Block:
    """A part of a page, ``width`` points wide, that grows downwards as it is filled."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._marks: list[Callable[[Canvas, float, float], None]] = []

    def space(self, points: float) -> None:
        """Leave *points* empty."""
        self.height += points

    def mark(self, paint: Callable[[Canvas, float, float], None]) -> None:
        """Have *paint* called with canvas, left and top of the block; it adds no height."""
        self._marks.append(paint)

    def rule(self, thickness: float = 0.5, gray: float = 0.0) -> None:
        """Draw a line across the block here."""
        y = self.height

        def paint(canvas: Canvas, left: float, top: float) -> None:
            canvas.setStrokeGray(gray)
            canvas.setLineWidth(thickness)
            canvas.line(left, top - y, left + self.width, top - y)

        self.mark(paint)
        self.height += thickness

    def line(self, x: float, text: str, size: float, *, bold: bool = False, baseline: float) -> None:
        """Draw one line that is known to fit, *baseline* points below the block's top."""

        def paint(canvas: Canvas, left: float, top: float) -> None:
            canvas.setFillGray(0)
            draw_text(canvas, left + x, top - baseline, text, size, bold=bold)

        self.mark(paint)

    def text(
        self, text: Saying | str, size: float = BODY, *, bold: bool = False, x: float = 0.0, room: float = 0.0
    ) -> None:
        """Add *text*, wrapped to *room* points (to the right edge when 0)."""
        for line in wrap(str(text), size, room or self.width - x, bold=bold):
            self.line(x, line, size, bold=bold, baseline=self.height + size * 1.05)
            self.height += size * LEADING

    def flow(
        self,
        items: Iterable[Item],
        *,
        x: float = 0.0,
        room: float = 0.0,
        gap: float = 12.0,
        lead: float = 0.0,
        hang: float = 0.0,
    ) -> None:
        """Add *items* side by side, on as many lines as they need.

        Args:
            items: What to place; an item wider than the line is wrapped inside it.
            x: Left edge in the block.
            room: Width of the lines; to the right edge when 0.
            gap: Points between two items.
            lead: Extra points between lines, where people write by hand.
            hang: How far the second line and those after it are set in.
        """
        room = room or self.width - x
        for index, line in enumerate(_lines(items, room, gap, hang)):
            indent = hang if index else 0.0
            self._item_line(line, x + indent, room - indent, gap, lead)

    def grid(self, items: Sequence[Item], *, gap: float = 12.0) -> None:
        """Add *items* in columns of one width, read line by line; side by side when they are too wide."""
        columns = columns_of(items, self.width, gap)
        if columns < 2:
            self.flow(items, gap=gap)
            return
        for start in range(0, len(items), columns):
            self.in_columns(items[start : start + columns], columns)

    def in_columns(self, items: Sequence[Item], columns: int) -> None:
        """Add *items* as one line of a grid of so many *columns*."""
        size = items[0].size
        for column, item in enumerate(items):
            self.place(item, column * self.width / columns, self.height + size * 1.05)
        self.height += size * LEADING

    def _item_line(self, line: list[Item], x: float, room: float, gap: float, lead: float) -> None:
        size = max(item.size for item in line)
        if len(line) == 1 and line[0].width() > room:
            self._wrapped_item(line[0], x, room)
            return
        spare = room - sum(item.width() for item in line) - gap * (len(line) - 1)
        stretching = sum(item.stretch for item in line)
        baseline = self.height + lead + size * 1.05
        at = x
        for item in line:
            extra = spare * item.stretch / stretching if item.stretch else 0.0
            self.place(item, at, baseline, extra)
            at += item.width() + extra + gap
        self.height += lead + size * LEADING

    def _wrapped_item(self, item: Item, x: float, room: float) -> None:
        if item.tick:
            self.place(Item(tick=True, size=item.size), x, self.height + item.size * 1.05, 0.0)
        self.text(
            " ".join(item.parts),
            item.size,
            bold=bool(item.bold),
            x=x + item.tick_width,
            room=room - item.tick_width,
        )

    def place(self, item: Item, x: float, baseline: float, extra: float = 0.0) -> None:
        """Draw *item* at *x*, *baseline* points below the block's top; it adds no height."""

        def paint(canvas: Canvas, left: float, top: float) -> None:
            _draw_item(canvas, item, left + x, top - baseline, extra)

        self.mark(paint)

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw the block with its upper left corner at (left, top)."""
        for paint in self._marks:
            paint(canvas, left, top)


def columns_of(items: Sequence[Item], width: float, gap: float = 12.0) -> int:
    """Return how many columns of one width *items* can be set in; 0 for none."""
    widest = max((item.width() for item in items), default=0.0) + gap
    return int((width + gap) // widest) if items else 0


def _lines(items: Iterable[Item], room: float, gap: float, hang: float) -> list[list[Item]]:
    lines: list[list[Item]] = []
    used = 0.0
    for item in items:
        if not lines:
            lines.append([])
        elif used + item.width() > room:
            lines.append([])
            used = hang
        lines[-1].append(item)
        used += item.width() + gap
    return lines


def _draw_item(canvas: Canvas, item: Item, x: float, y: float, extra: float) -> None:
    canvas.setFillGray(0)
    canvas.setStrokeGray(0)
    if item.tick:
        side = item.size * 0.9
        canvas.setLineWidth(0.9)
        canvas.rect(x, y - side * 0.12, side, side)
        x += item.tick_width
    for index, part in enumerate(item.parts):
        bold = index in item.bold
        draw_text(canvas, x, y, part, item.size, bold=bold)
        x += fonts.width(part, item.size, bold=bold) + item.size * 0.3
    if item.blank:
        start = x - item.size * 0.3 + BLANK_GAP if item.parts else x + BLANK_GAP
        end = start + item.blank + extra
        canvas.setLineWidth(0.6)
        canvas.line(start, y - 2, end, y - 2)
        if item.colon:
            draw_text(canvas, (start + end) / 2 - item.size * 0.13, y, ":", item.size, bold=True)
        x = end + BLANK_GAP
    if item.after:
        draw_text(canvas, x, y, item.after, item.size)
