"""The printed set of a pickup, or of a whole day, as one PDF, each part on a new sheet of paper."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from coordinator.adapters.pdf.coordinators_copy import copy_pages
from coordinator.adapters.pdf.day_page import day_pages
from coordinator.adapters.pdf.paper import SIZES, draw_page, finished
from coordinator.adapters.pdf.receipts import receipt_pages
from coordinator.adapters.pdf.sheet import sheet_pages
from coordinator.adapters.pdf.slips import slip_pages
from coordinator.adapters.pdf.tags import tag_pages
from coordinator.adapters.pdf.thank_you import draw_card
from coordinator.domain.paper.privacy import IN_A_SET, Part
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.adapters.pdf.paper import Page
    from coordinator.domain.paper.day_page import PrintedDay
    from coordinator.domain.paper.parts import PrintedSet

    Drawn = Sequence[Callable[[Canvas], None]]


def render_set(printed: PrintedSet) -> bytes:
    """Return the set as a PDF; for paper printed on both sides an odd page is followed by an empty one.

    Raises:
        ValueError: If there is nothing to print.
    """
    size = SIZES[printed.head.paper]
    parts = list(_all_parts(printed))
    if not parts:
        raise ValueError("no part to print")

    def draw(canvas: Canvas) -> None:
        _draw(canvas, parts, size, both_sides=printed.both_sides)

    return finished(saying("Set {number}", number=printed.head.sheet_number), size, draw)


def render_day(printed: PrintedDay, watch: Callable[[int], None]) -> bytes:
    """Return a day as one PDF: the coordinator's page, then each run's set on sheets of its own.

    Args:
        printed: The day; every set has a part to print.
        watch: Told how many runs are drawn, before each; what it raises ends the drawing.
    """
    size = SIZES[printed.page.paper]
    both_sides = any(made.both_sides for made in printed.sets)

    def draw(canvas: Canvas) -> None:
        on_top = [_painter(page, size) for page in day_pages(printed.page)]
        _draw(canvas, [on_top], size, both_sides=both_sides, goes_on=bool(printed.sets))
        for at, made in enumerate(printed.sets, start=1):
            watch(at - 1)
            goes_on = at < len(printed.sets)
            _draw(canvas, list(_all_parts(made)), size, both_sides=both_sides, goes_on=goes_on)

    return finished(saying("The day {day}", day=printed.page.on.isoformat()), size, draw)


def _draw(
    canvas: Canvas,
    parts: Sequence[Drawn],
    size: tuple[float, float],
    *,
    both_sides: bool,
    goes_on: bool = False,
) -> None:
    """Draw *parts*, each on a new sheet; ``goes_on`` where more than these follow."""
    for at, pages in enumerate(parts):
        for paint in pages:
            canvas.setPageSize(size)
            paint(canvas)
            canvas.showPage()
        if both_sides and len(pages) % 2 and (goes_on or at < len(parts) - 1):
            canvas.showPage()


def _all_parts(printed: PrintedSet) -> Iterator[Drawn]:
    return chain.from_iterable(_parts(printed, part) for part in IN_A_SET if printed.has(part))


def _parts(printed: PrintedSet, part: Part) -> Iterator[Drawn]:
    """Yield what begins on a sheet of its own: each slip and each receipt goes to another family."""
    head, size = printed.head, SIZES[printed.head.paper]

    def painted(pages: Sequence[Page]) -> Drawn:
        return [_painter(page, size) for page in pages]

    match part:
        case Part.RUN_SHEET:
            yield painted(sheet_pages(printed.sheet))
        case Part.TAGS:
            yield painted(tag_pages(head, printed.sheet.coolers))
        case Part.SLIPS:
            yield from (painted(slip_pages(head, slip)) for slip in printed.slips)
        case Part.RECEIPTS:
            yield from (painted(receipt_pages(head, receipt)) for receipt in printed.receipts)
        case Part.CARDS:
            yield from ([_card_painter(printed, at)] for at in range(len(printed.cards)))
        case Part.COPY:
            yield painted(copy_pages(head, printed.copy))


def _painter(page: Page, size: tuple[float, float]) -> Callable[[Canvas], None]:
    return lambda canvas: draw_page(canvas, size, page)


def _card_painter(printed: PrintedSet, at: int) -> Callable[[Canvas], None]:
    return lambda canvas: draw_card(canvas, printed.cards[at], printed.head.paper)
