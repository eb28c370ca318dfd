"""The page on top of a day's sets: a row for each run, and below it whom it passes, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, clock, long_date
from coordinator.adapters.pdf.paper import Page, paginate, room_between, text_width
from coordinator.adapters.pdf.rows import Column, RowLook, add_row
from coordinator.domain.pickups.plans import StopKind
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from datetime import time

    from coordinator.domain.paper.day_page import DayLine, DayPage, DayStopLine

_COLUMNS = (
    Column(0.205),
    Column(0.275),
    Column(0.17),
    Column(0.085, is_number=True),
    Column(0.085, is_number=True),
    Column(0.18, is_number=True),
)
_TITLES = (
    saying("When"),
    saying("Who carries"),
    saying("Phone"),
    saying("Stops"),
    saying("Bags"),
    saying("Milk"),
)
_LOOK = RowLook(BODY, bold=True, air=3.0)


def day_pages(page: DayPage) -> list[Page]:
    """Return the pages of *page*: one, unless the day has more runs than fit; a run is never split."""
    width = text_width(page.paper)
    header = _header(page, width)
    blocks = [_titles(width), *(_line(page, line, width) for line in page.lines)]
    if page.not_printed:
        blocks.append(_left_out_title(width))
        blocks += [_left_out(why, width) for why in page.not_printed]
    cut = paginate(blocks, room_between(page.paper, header, _footer(width, (99, 99))))
    return [
        Page(header, tuple(found), _footer(width, (number, len(cut))))
        for number, found in enumerate(cut, start=1)
    ]


def _header(page: DayPage, width: float) -> Block:
    block = Block(width)
    block.flow([strong(saying("The day"), size=17), strong(long_date(page.on, page.paper), size=17)])
    network = saying("Milk Run")
    if page.network_name:
        network = saying("Milk Run · {network}", network=page.network_name)
    block.flow([plain(network, size=9), plain(saying("for the coordinator"), size=9)])
    block.space(3)
    block.rule(1.4)
    block.space(4)
    return block


def _titles(width: float) -> Block:
    block = Block(width)
    add_row(block, _COLUMNS, tuple(map(str, _TITLES)), RowLook(BODY, air=2.0))
    block.rule(0.8)
    return block


def _line(page: DayPage, line: DayLine, width: float) -> Block:
    block = Block(width)
    cells = (
        _when(page, line),
        str(line.carriers),
        line.phone,
        str(len(line.stops)),
        "?" if line.bags is None else str(line.bags),
        amount(line.volume, page.unit, is_about=line.is_about),
    )
    add_row(block, _COLUMNS, cells, _LOOK)
    way = [plain(_stop(stop)) for stop in line.stops]
    block.flow(
        [strong(line.sheet_number), plain(line.kind.words), *way],
        x=_LOOK.pad,
        room=width - 2 * _LOOK.pad,
        gap=10,
    )
    block.space(4)
    block.rule(0.4, 0.6)
    return block


def _when(page: DayPage, line: DayLine) -> str:
    def told(at: time) -> str:
        return clock(at, hours_24=page.clock_24h)

    if line.leave_at is None:
        return str(saying("time not set"))
    if line.back_at is None:
        return told(line.leave_at)
    return str(saying("{start} – {end}", start=told(line.leave_at), end=told(line.back_at)))


def _stop(stop: DayStopLine) -> Saying:
    number, name, town = stop.number, stop.first_name, stop.town
    if stop.kind is StopKind.PICK_UP:
        return saying("{number} from {name}, {town}", number=number, name=name, town=town)
    if stop.kind is StopKind.DROP:
        return saying("{number} to {name}, {town}", number=number, name=name, town=town)
    return saying("{number} meets {name}, {town}", number=number, name=name, town=town)


def _left_out_title(width: float) -> Block:
    block = Block(width)
    block.space(10)
    block.flow([strong(saying("Not printed"), size=12)])
    return block


def _left_out(why: Saying, width: float) -> Block:
    block = Block(width)
    block.text(why, BODY)
    block.space(2)
    return block


def _footer(width: float, page: tuple[int, int]) -> Block:
    block = Block(width)
    block.space(4)
    block.rule(0.5)
    block.space(2)
    number = plain(f"{page[0]} / {page[1]}")
    block.place(number, width - number.width(), block.height + BODY * 1.05)
    block.text(
        saying("Stays with the coordinator. Shred it when the day is written up."),
        9,
        room=width - number.width() - 12,
    )
    return block
