"""Cooler tags, three to a page to cut apart: what is inside, for which stop, and when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import Block, Item, blank, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, long_date
from coordinator.adapters.pdf.paper import MARGIN, SIZES, Page, text_width
from coordinator.adapters.pdf.part_pages import ring_items
from coordinator.sayings import plural, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.parts import Letterhead
    from coordinator.domain.paper.sheets import CoolerTag, TagLoad

_A_PAGE = 3
_PAD = 10.0
_STEP = 0.95


def tag_pages(head: Letterhead, tags: Sequence[CoolerTag]) -> list[Page]:
    """Return the pages of tags; what is too much for one is set smaller, never cut."""
    width, nothing = text_width(head.paper), Block(text_width(head.paper))
    high = (SIZES[head.paper][1] - 2 * MARGIN) / _A_PAGE - 0.1
    framed = [_framed(head, tag, width, high) for tag in tags]
    return [
        Page(nothing, tuple(framed[start : start + _A_PAGE]), nothing)
        for start in range(0, len(framed), _A_PAGE)
    ]


def _framed(head: Letterhead, tag: CoolerTag, width: float, high: float) -> Block:
    room, factor = high - 2 * _PAD - 8, 1.0
    while (inner := _tag(head, tag, (width - 2 * _PAD) / factor)).height * factor > room:
        factor *= _STEP

    def paint(canvas: Canvas, left: float, top: float) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(1.2)
        canvas.roundRect(left, top - high + 8, width, high - 8, 8)
        canvas.saveState()
        canvas.translate(left + _PAD, top - _PAD)
        canvas.scale(factor, factor)
        inner.draw(canvas, 0, 0)
        canvas.restoreState()

    block = Block(width)
    block.mark(paint)
    block.height = high
    return block


def _tag(head: Letterhead, tag: CoolerTag, width: float) -> Block:
    block = Block(width)
    title = saying("Cooler {number} of {count}", number=tag.number, count=tag.of)
    size = saying("{quarts} qt", quarts=tag.quarts)
    block.flow([strong(title, size=20), plain(size, size=14)], gap=12)
    block.flow(
        [
            strong(long_date(head.on, head.paper), size=12),
            strong(tag.carrier_first_name, size=12),
            plain(head.sheet_number, size=11),
            plain(plural("{n} ice pack", "{n} ice packs", tag.ice_packs), tick=True, size=11),
        ],
        gap=14,
    )
    block.space(3)
    block.rule(0.7)
    block.space(3)
    for load in tag.loads:
        block.flow(_load(head, load), gap=9)
    if not tag.loads:
        block.text(saying("Empty when it leaves: for bags that do not fit elsewhere."), 11)
    times = (saying("closed"), saying("opened"))
    block.flow(
        [
            *(Item((str(words),), blank=50, colon=True) for words in times),
            blank(saying("notes"), 80, stretch=1),
        ],
        lead=7,
    )
    block.space(2)
    block.flow([strong(saying("Human milk, frozen: keep shut and cold."), size=9), *ring_items(head)], gap=10)
    return block


def _load(head: Letterhead, load: TagLoad) -> list[Item]:
    where = saying("stop {number}", number=load.stop_number) if load.stop_number else saying("to its home")
    much = [plain(amount(load.volume, head.unit, is_about=load.is_about), size=12)]
    if load.is_all:
        much.insert(0, plain(bags(load.bags), size=12))
    else:
        much.append(plain(saying("a part of it"), size=12))
    return [
        strong(where, size=12, tick=True),
        strong(load.first_name, size=13),
        strong(load.lot_code, size=12),
        *much,
    ]
