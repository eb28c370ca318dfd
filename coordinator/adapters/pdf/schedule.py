"""The week schedule: one page for the kitchen door."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import landscape

from coordinator.adapters.pdf.blocks import BODY, LEADING, Block, Item, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import clock, day_name, long_date, month_day
from coordinator.adapters.pdf.header import CONFIDENTIAL
from coordinator.adapters.pdf.paper import MARGIN, SIZES, draw_shrunk, finished
from coordinator.adapters.pdf.text import wrap
from coordinator.domain.volume import format_number, total
from coordinator.sayings import NOTHING, saying

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.sheets import ScheduleRow, WeekSchedule

_COLUMNS = (
    (saying("When"), 0.18, False),
    (saying("Who carries"), 0.15, False),
    (saying("From"), 0.205, False),
    (saying("To"), 0.205, False),
    (saying("Bags"), 0.06, True),
    (NOTHING, 0.065, True),
    (saying("Phone"), 0.135, False),
)
"""Title, share of the width, whether figures stand to the right; the sixth is titled by its unit."""

_PAD = 5.0
_READABLE = 0.8
"""Smaller than this, the page is turned upright if that makes it larger."""


def render_week_schedule(schedule: WeekSchedule) -> bytes:
    """Return *schedule* as a PDF of exactly one page; a full week is set smaller, never spilled."""
    wide = landscape(SIZES[schedule.paper])
    block, factor = _fitting(schedule, wide)
    size = wide
    if factor < _READABLE:
        upright = SIZES[schedule.paper]
        other, other_factor = _fitting(schedule, upright)
        if other_factor > factor:
            block, factor, size = other, other_factor, upright
    footer = _footer(schedule, size[0] - 2 * MARGIN)

    def draw(canvas: Canvas) -> None:
        draw_shrunk(canvas, block, size[1] - MARGIN, factor)
        footer.draw(canvas, MARGIN, MARGIN + footer.height)
        canvas.showPage()

    title = saying("Week of {day}", day=long_date(schedule.week_start, schedule.paper))
    return finished(title, size, draw)


def _fitting(schedule: WeekSchedule, size: tuple[float, float]) -> tuple[Block, float]:
    """Return the week as large as fits a page of *size*: smaller type makes longer lines, so less wraps."""
    width = size[0] - 2 * MARGIN
    height = size[1] - 2 * MARGIN - _footer(schedule, width).height
    factor = 1.0
    while True:
        block = _week(schedule, width / factor)
        if block.height * factor <= height:
            return block, factor
        factor *= 0.95


def _week(schedule: WeekSchedule, width: float) -> Block:
    block = Block(width)
    last = schedule.week_start + timedelta(days=6)
    first_day, last_day = (long_date(day, schedule.paper) for day in (schedule.week_start, last))
    title = saying("Week of {first_day} to {last_day}", first_day=first_day, last_day=last_day)
    block.text(title, 17, bold=True)
    block.flow(
        [
            plain(saying("Milk Run · {network}", network=schedule.network_name)),
            plain(saying("Questions? ring"), schedule.coordinator_name),
            strong(schedule.coordinator_phone),
        ],
        gap=10,
    )
    block.space(6)
    _row(block, [(str(title or schedule.unit.value),) for title, _, _ in _COLUMNS], BODY, bold=True)
    block.rule(1.2)
    day = None
    for row in sorted(schedule.rows, key=lambda row: (row.on, row.at or time.max)):
        if day not in {None, row.on}:
            block.rule(0.9)
        _row(block, _cells(schedule, row), BODY + 0.5, bold=False)
        block.rule(0.4, 0.6)
        day = row.on
    if not schedule.rows:
        block.space(6)
        block.text(saying("Nothing is planned for this week yet."), 12)
    return block


def _cells(schedule: WeekSchedule, row: ScheduleRow) -> list[tuple[str, ...]]:
    """Return the cells; the parts of one keep their own direction of writing."""
    at = clock(row.at, hours_24=schedule.clock_24h) if row.at else ""
    return [
        (f"{day_name(row.on)} {month_day(row.on)}", at),
        (row.carrier,),
        (row.from_first_name, row.from_town),
        (row.to_first_name, row.to_town),
        ("" if row.bags is None else str(row.bags),),
        (format_number(row.volume, schedule.unit),),
        (row.phone,),
    ]


def _row(block: Block, cells: list[tuple[str, ...]], size: float, *, bold: bool) -> None:
    """Add a row as tall as its tallest cell; figures stand to the right."""
    top, tallest, left = block.height + 3, 0.0, 0.0
    for (_, share, is_number), parts in zip(_COLUMNS, cells, strict=True):
        room = share * block.width - _PAD * 2
        block.height = top
        for item in _cell_lines(parts, size, room, bold=bold):
            x = left + _PAD + (room - item.width() if is_number else 0)
            block.place(item, x, block.height + size * 1.05)
            block.height += size * LEADING
        tallest = max(tallest, block.height)
        left += share * block.width
    block.height = tallest + 3


def _cell_lines(parts: tuple[str, ...], size: float, room: float, *, bold: bool) -> list[Item]:
    """Return *parts* side by side when they fit, else under each other, each wrapped."""
    make = strong if bold else plain
    shown = [part for part in parts if part]
    separated = [word for part in shown for word in ("·", part)][1:]
    together = make(*separated, size=size)
    if together.width() <= room:
        return [together]
    return [make(line, size=size) for part in shown for line in wrap(part, size, room, bold=bold)]


def _footer(schedule: WeekSchedule, width: float) -> Block:
    block = Block(width)
    block.space(4)
    bags = sum(row.bags or 0 for row in schedule.rows)
    milk = format_number(total([row.volume for row in schedule.rows]), schedule.unit)
    moved = saying(
        "{handovers} handovers, {bags} bags, {amount} {unit}",
        handovers=len(schedule.rows),
        bags=bags,
        amount=milk,
        unit=schedule.unit.value,
    )
    block.flow([strong(CONFIDENTIAL), plain(moved)], gap=20)
    return block
