"""What stands at the top and at the foot of every page of a pickup sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, Item, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import clock, long_date
from coordinator.adapters.pdf.qr import draw_qr
from coordinator.sayings import Saying, as_written, joined, saying

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.sheets import Handling, HandlingRule, PickupSheet

QR_SIZE = 54.0
SMALL = 8.0
CONFIDENTIAL = saying("Confidential. Return or shred.")


def sheet_header(sheet: PickupSheet, width: float) -> Block:
    """Return title, number, date, carrier and QR code: enough to put a lost page back where it belongs."""
    block = Block(width)
    room = width - QR_SIZE - 8
    block.flow([strong(saying("Pickup sheet"), sheet.sheet_number, size=17)], room=room)
    block.flow(_who_and_when(sheet), room=room, gap=16)
    network = saying("Milk Run")
    if sheet.network_name:
        network = saying("Milk Run · {network}", network=sheet.network_name)
    block.flow([plain(network, size=9), plain(sheet.kind.words, size=9)], room=room)
    block.height = max(block.height, QR_SIZE - 4)

    def paint_code(canvas: Canvas, left: float, top: float) -> None:
        draw_qr(canvas, sheet.sheet_number, left + width - QR_SIZE, top - QR_SIZE + 4, QR_SIZE)

    block.mark(paint_code)
    block.space(3)
    block.rule(1.4)
    block.space(4)
    return block


def _who_and_when(sheet: PickupSheet) -> list[Item]:
    carriers: Saying | str = sheet.carrier_first_name
    if sheet.second_first_name:
        carriers = saying("{names} drive", names=sheet.carriers)
    items = [strong(long_date(sheet.on, sheet.paper), size=13), strong(carriers, size=13)]
    if sheet.leave_by is not None:
        at = clock(sheet.leave_by, hours_24=sheet.clock_24h)
        items.append(strong(saying("leave by {time}", time=at), size=13))
    return items


def sheet_footer(sheet: PickupSheet, width: float, page: int, pages: int) -> Block:
    """Return the handling lines, what to do with the paper, and which page this is."""
    block = Block(width)
    block.space(4)
    block.rule(0.5)
    block.space(1)
    block.text(joined(" ", filter(None, (*handling_lines(sheet.handling), sheet.policy_line))), SMALL)
    block.space(2)
    foot = plain(sheet.sheet_number, "·", f"{page} / {pages}")
    block.place(foot, width - foot.width(), block.height + BODY * 1.05)
    block.text(CONFIDENTIAL, BODY, bold=True, room=width - foot.width() - 12)
    return block


def handling_lines(handling: Handling) -> tuple[Saying | str, ...]:
    """Return the rules for the road as sentences, each with its authority, then what they are worth."""
    cooler, thawed = handling.cooler_with_ice_packs, handling.thawed_in_refrigerator
    return (
        saying(
            "In a cooler with frozen ice packs: up to {figure} {unit} ({authority}).",
            figure=cooler.value,
            unit=cooler.unit,
            authority=_says(cooler),
        ),
        saying(
            "Thawed in a refrigerator: up to {figure} {unit} ({authority}).",
            figure=thawed.value,
            unit=thawed.unit,
            authority=_says(thawed),
        ),
        handling.review,
    )


def _says(rule: HandlingRule) -> Saying:
    """Return who says so, and that nobody has compared it with their own page."""
    if rule.status == "primary":
        return as_written(rule.authority)
    return saying("{authority}, unchecked", authority=rule.authority)
