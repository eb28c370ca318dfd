"""The pickup sheet: what a tired volunteer holds at arm's length in a car."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, Item, blank, columns_of, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, clock
from coordinator.adapters.pdf.header import sheet_footer, sheet_header
from coordinator.adapters.pdf.map import BELOW, LOWEST, route_block
from coordinator.adapters.pdf.paper import (
    SIZES,
    Page,
    draw_page,
    finished,
    paginate,
    room_between,
    text_width,
)
from coordinator.adapters.pdf.stops import HAND, INDENT, stop_block
from coordinator.domain.pickups.plans import PickupKind
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.sheets import CoolerTag, PickupSheet, SheetStop
    from coordinator.domain.pickups.lunch import Lunch

IN_ONE_LINE = 3
"""More phones than this are set in columns."""
IN_BLOCKS = 60
"""More phones than this may go on over a page."""


def render_pickup_sheet(sheet: PickupSheet) -> bytes:
    """Return *sheet* as a PDF; the same sheet gives the same bytes, on any day and any machine.

    Header and footer stand on every page, a stop is never split, nothing leaves the 12 mm margins. A
    character no bundled font has prints as a replacement sign (see ``fonts.missing_glyphs``).
    """
    return render_pickup_sheets((sheet,))


def render_pickup_sheets(sheets: Sequence[PickupSheet]) -> bytes:
    """Return several sheets as one PDF, each on a new sheet of paper also when printed on both sides.

    Raises:
        ValueError: If *sheets* is empty.
    """
    if not sheets:
        raise ValueError("no sheet to print")
    pages_of = [sheet_pages(sheet) for sheet in sheets]
    title = saying("Pickup sheet {numbers}", numbers=joined(", ", (one.sheet_number for one in sheets)))

    def draw(canvas: Canvas) -> None:
        for index, (sheet, pages) in enumerate(zip(sheets, pages_of, strict=True)):
            _draw_pages(canvas, SIZES[sheet.paper], pages)
            if len(pages) % 2 and index < len(sheets) - 1:
                canvas.showPage()  # the back of the last page stays empty

    return finished(title, SIZES[sheets[0].paper], draw)


def _draw_pages(canvas: Canvas, size: tuple[float, float], pages: list[Page]) -> None:
    for page in pages:
        canvas.setPageSize(size)
        draw_page(canvas, size, page)
        canvas.showPage()


def sheet_pages(sheet: PickupSheet) -> list[Page]:
    """Return the pages of *sheet*, whole stops on each."""
    width = text_width(sheet.paper)
    header = sheet_header(sheet, width)
    room = room_between(sheet.paper, header, sheet_footer(sheet, width, 99, 99))
    stops = list(_way(sheet, width))
    top = [bring_block(sheet, width), *phones_blocks(sheet, width)]
    rest = [*stops, totals_block(sheet, width)]
    strip = route_block(sheet, width, _room_for_map(top, rest, room))
    cut = paginate([*top, *([strip] if strip else []), *rest], room)
    return [
        Page(header, tuple(blocks), sheet_footer(sheet, width, number, len(cut)))
        for number, blocks in enumerate(cut, start=1)
    ]


def _way(sheet: PickupSheet, width: float) -> Iterator[Block]:
    """Yield the stops with lunch between them; where nobody knows between which, before them."""
    if sheet.lunch is not None and not sheet.lunch.after:
        yield lunch_block(sheet, sheet.lunch, width)
    for stop in sheet.stops:
        yield stop_block(sheet, stop, width)
        if sheet.lunch is not None and sheet.lunch.after == stop.number:
            yield lunch_block(sheet, sheet.lunch, width)


def lunch_block(sheet: PickupSheet, lunch: Lunch, width: float) -> Block:
    """Return the line between two stops at which the driver eats."""
    block = Block(width)
    block.space(4)
    at = clock(lunch.at, hours_24=sheet.clock_24h)
    words = saying("{time} lunch, {minutes} min", time=at, minutes=lunch.minutes)
    block.flow([strong(words, size=12)], x=INDENT)
    block.space(4)
    block.rule(0.5, 0.45)
    return block


def _room_for_map(top: Sequence[Block], rest: Sequence[Block], room: float) -> float:
    """Return the points that are left on the first page by what fits beside the lowest map."""
    left = room - sum(block.height for block in top)
    for block in rest:
        if left - block.height < LOWEST + BELOW:
            break
        left -= block.height
    return left


def bring_block(sheet: PickupSheet, width: float) -> Block:
    """Return what to put in the car, and whom to ring when nobody opens."""
    block = Block(width)
    is_meeting = sheet.kind is PickupKind.MEET
    nobody = saying("Nobody there? ring") if is_meeting else saying("Nobody home? ring")
    ring = strong(*filter(None, (str(nobody), sheet.coordinator_name, sheet.coordinator_phone)), size=11)
    commas = [plain(f"{thing},") for thing in sheet.bring[:-1]] + [plain(thing) for thing in sheet.bring[-1:]]
    bring = [strong(saying("Bring:")), *commas] if sheet.bring else []
    if bring and sum(item.width() + 3 for item in bring) + ring.width() + 12 <= width:
        block.place(ring, width - ring.width(), block.height + BODY * 1.05)
        block.flow(bring, gap=3)
    else:
        block.flow(bring, gap=3)
        block.flow([ring])
    _pack(block, sheet)
    return block


def _pack(block: Block, sheet: PickupSheet) -> None:
    """Add what goes into which cooler, by the numbers of the stops it is for; one cooler needs no plan."""
    if len(sheet.coolers) > 1:
        plan = [
            plain(
                saying(
                    "cooler {number} ({quarts} qt): {stops}",
                    number=tag.number,
                    quarts=tag.quarts,
                    stops=_for_stops(tag),
                )
            )
            for tag in sheet.coolers
        ]
        block.flow([strong(saying("Pack:")), *plan], gap=8)
    if sheet.no_room:
        much = amount(sheet.no_room, sheet.unit)
        block.flow(
            [strong(saying("{amount} find no room loose: pack like bricks, or bring more.", amount=much))]
        )


def _for_stops(tag: CoolerTag) -> Saying | str:
    """Return ``4 Heather, 6 Camila``, each once; or that it stays empty."""
    whom = [(load.stop_number, load.first_name) for load in tag.loads]
    named = [f"{number} {name}" if number else name for number, name in dict.fromkeys(whom)]
    return joined(", ", named) if named else saying("empty")


def phones_blocks(sheet: PickupSheet, width: float) -> list[Block]:
    """Return every stop's phone, to ring round before setting out; a family rings its one donor.

    One block, unless there are so many stops that they would fill a page: then one for each line.
    """
    block = Block(width)
    phones = [_phone(stop) for stop in sheet.stops]
    if sheet.kind is not PickupKind.RUN:
        block.flow(
            [strong(saying("Running late? ring")), *(plain(*item.parts[1:]) for item in phones)], gap=3
        )
    elif len(phones) > IN_BLOCKS:
        return _phone_lines([strong(saying("Phones")), *phones], width)
    elif len(phones) > IN_ONE_LINE:
        block.grid([strong(saying("Phones")), *phones])
    else:
        block.flow([strong(saying("Phones:")), *phones], gap=11)
    block.space(4)
    return [block]


def _phone_lines(items: Sequence[Item], width: float) -> list[Block]:
    columns, lines = max(columns_of(items, width), 1), []
    for start in range(0, len(items), columns):
        line = Block(width)
        line.in_columns(items[start : start + columns], columns)
        lines.append(line)
    lines[-1].space(4)
    return lines


def _phone(stop: SheetStop) -> Item:
    parts = (f"{stop.number}", stop.first_name, stop.phone or str(saying("no phone")))
    item = plain(*parts)
    return Item(item.parts, frozenset({0}), size=item.size)


def totals_block(sheet: PickupSheet, width: float) -> Block:
    """Return what was carried in all; for a volunteer also the odometer and how many coolers came back."""
    block = Block(width)
    carried = saying(
        "{amount} in {bags}",
        amount=amount(sheet.volume, sheet.unit, is_about=sheet.is_about),
        bags=bags(sheet.bags),
    )
    total = strong(saying("Total"), carried, size=12)
    if sheet.ask_before:
        lots = joined(", ", sheet.ask_before)
        said = saying("{lots}: an answer is still open: ask before handing over.", lots=lots)
        block.flow([strong(saying("For the coordinator:"), said)])
    if sheet.kind is not PickupKind.RUN:
        block.flow([total], lead=HAND + 3)
        return block
    odometer = [blank(saying("odometer start"), 70), blank(saying("end"), 70, sheet.distance_unit.value)]
    coolers = blank(saying("coolers back"), 36)
    block.flow(chain([total], odometer, [coolers]), lead=HAND + 3)
    return block
