"""What stands at the top and at the foot of every page of a pickup sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, Item, plain, strong
from coordinator.adapters.pdf.qr import draw_qr
from coordinator.adapters.pdf.words import clock, long_date

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.sheets import Handling, HandlingRule, PickupSheet

QR_SIZE = 54.0
SMALL = 8.0


def sheet_header(sheet: PickupSheet, width: float) -> Block:
    """Return title, number, date, carrier and QR code: enough to put a lost page back where it belongs."""
    block = Block(width)
    room = width - QR_SIZE - 8
    block.flow([strong("Pickup sheet", sheet.sheet_number, size=17)], room=room)
    block.flow(_who_and_when(sheet), room=room, gap=16)
    network = f"Milk Run · {sheet.network_name}" if sheet.network_name else "Milk Run"
    block.flow([plain(network, size=9), plain(sheet.kind.value, size=9)], room=room)
    block.height = max(block.height, QR_SIZE - 4)

    def paint_code(canvas: Canvas, left: float, top: float) -> None:
        draw_qr(canvas, sheet.sheet_number, left + width - QR_SIZE, top - QR_SIZE + 4, QR_SIZE)

    block.mark(paint_code)
    block.space(3)
    block.rule(1.4)
    block.space(4)
    return block


def _who_and_when(sheet: PickupSheet) -> list[Item]:
    items = [strong(long_date(sheet.on, sheet.paper), size=13), strong(sheet.carrier_first_name, size=13)]
    if sheet.leave_by is not None:
        items.append(strong(f"leave by {clock(sheet.leave_by, hours_24=sheet.clock_24h)}", size=13))
    return items


def sheet_footer(sheet: PickupSheet, width: float, page: int, pages: int) -> Block:
    """Return the handling lines, what to do with the paper, and which page this is."""
    block = Block(width)
    block.space(4)
    block.rule(0.5)
    block.space(1)
    block.text(" ".join(filter(None, (*handling_lines(sheet.handling), sheet.policy_line))), SMALL)
    block.space(2)
    block.line(0, "Confidential. Return or shred.", BODY, bold=True, baseline=block.height + BODY)
    foot = plain(sheet.sheet_number, "·", f"{page} / {pages}")
    block.flow([foot], x=width - foot.width() - 0.01)
    return block


def handling_lines(handling: Handling) -> tuple[str, ...]:
    """Return the rules for the road as sentences, each with its authority, then what they are worth."""
    cooler, thawed = handling.cooler_with_ice_packs, handling.thawed_in_refrigerator
    return (
        f"In a cooler with frozen ice packs: up to {cooler.value} {cooler.unit} ({_says(cooler)}).",
        f"Thawed in a refrigerator: up to {thawed.value} {thawed.unit} ({_says(thawed)}).",
        handling.review,
    )


def _says(rule: HandlingRule) -> str:
    """Return who says so, and that nobody has compared it with their own page."""
    return rule.authority if rule.status == "primary" else f"{rule.authority}, unchecked"
