"""Pages of the parts of a set: one head for all, blocks below, a foot with the number of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, Item, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import long_date
from coordinator.adapters.pdf.paper import Page, paginate, room_between, text_width
from coordinator.adapters.pdf.qr import draw_qr
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.parts import Letterhead

QR = 48.0
SMALL = 8.0


def part_pages(
    head: Letterhead, title: Saying, who: str, blocks: Sequence[Block], foot: Saying
) -> list[Page]:
    """Return *blocks* on as many pages as they need, each with title, date, whose it is and the QR code."""
    width = text_width(head.paper)
    header = _header(head, title, who, width)
    room = room_between(head.paper, header, _footer(head, foot, width, (99, 99)))
    cut = paginate(blocks, room)
    return [
        Page(header, tuple(found), _footer(head, foot, width, (number, len(cut))))
        for number, found in enumerate(cut, start=1)
    ]


def _header(head: Letterhead, title: Saying, who: str, width: float) -> Block:
    block = Block(width)
    room = width - QR - 10
    block.flow([strong(title, size=17), plain(head.sheet_number, size=11)], room=room)
    items = [strong(long_date(head.on, head.paper), size=13)]
    if who:
        items.append(strong(who, size=15))
    block.flow(items, room=room, gap=16)
    block.flow(list(ring_items(head)), room=room, gap=10)
    block.height = max(block.height, QR)

    def paint(canvas: Canvas, left: float, top: float) -> None:
        draw_qr(canvas, head.sheet_number, left + width - QR, top - QR + 4, QR)

    block.mark(paint)
    block.space(3)
    block.rule(1.2)
    block.space(6)
    return block


def ring_items(head: Letterhead) -> list[Item]:
    """Return which network it is and whom to ring, as far as it is told."""
    network = (
        saying("Milk Run · {network}", network=head.network_name) if head.network_name else saying("Milk Run")
    )
    items = [plain(network, size=9)]
    if head.coordinator_name or head.coordinator_phone:
        who = tuple(filter(None, (head.coordinator_name, head.coordinator_phone)))
        items.append(plain(saying("Questions? ring"), *who, size=9))
    return items


def _footer(head: Letterhead, foot: Saying, width: float, page: tuple[int, int]) -> Block:
    block = Block(width)
    block.space(4)
    block.rule(0.5)
    block.space(2)
    number = plain(head.sheet_number, "·", f"{page[0]} / {page[1]}")
    block.place(number, width - number.width(), block.height + BODY * 1.05)
    block.text(foot, 9, room=width - number.width() - 12)
    return block
