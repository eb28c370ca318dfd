"""The donor's hand-over slip: what she gave, and lines to fill in and sign; it stays with her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import Block, Item, blank, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, month_day, window
from coordinator.adapters.pdf.paper import Page, text_width
from coordinator.adapters.pdf.part_pages import part_pages
from coordinator.sayings import saying

if TYPE_CHECKING:
    from coordinator.domain.paper.parts import HandOverSlip, Letterhead, SlipLot

_HAND = 9.0
"""Extra room above a line people write on."""


def slip_pages(head: Letterhead, slip: HandOverSlip) -> list[Page]:
    """Return the pages of a slip; a line of a lot is never split."""
    width = text_width(head.paper)
    blocks = [_when(head, slip, width), *(_lot(head, lot, width) for lot in slip.lots), _signed(width)]
    foot = saying("Keep this slip: the code of a lot tells which of your milk went, and when.")
    return part_pages(head, saying("Hand-over slip"), slip.donor_first_name, blocks, foot)


def _when(head: Letterhead, slip: HandOverSlip, width: float) -> Block:
    block = Block(width)
    at = window(slip.window_from, slip.window_to, hours_24=head.clock_24h) or str(saying("time not set"))
    items = [strong(at, size=13)]
    if slip.carrier_first_name:
        items += [plain(saying("collected by"), size=11), strong(slip.carrier_first_name, size=13)]
    block.flow(items, gap=8)
    block.space(6)
    return block


def _lot(head: Letterhead, lot: SlipLot, width: float) -> Block:
    block = Block(width)
    block.space(4)
    items: list[Item] = [
        strong(lot.lot_code, size=13, tick=True),
        plain(bags(lot.bags), size=12),
        plain(amount(lot.volume, head.unit, is_about=lot.is_about), size=12),
    ]
    if lot.only_from is not None:
        items.append(strong(saying("only bags dated {day} or later", day=month_day(lot.only_from)), size=12))
    block.flow(items, gap=10)
    counted = [blank(saying("counted"), 60, saying("bags")), blank("", 60, head.unit.value)]
    states = [saying("hard frozen"), saying("ice crystals"), saying("thawed")]
    block.flow([*counted, *(plain(words, tick=True) for words in states)], lead=_HAND)
    block.space(5)
    block.rule(0.4, 0.5)
    return block


def _signed(width: float) -> Block:
    block = Block(width)
    block.space(6)
    out = Item((str(saying("out of freezer")),), blank=50, colon=True)
    block.flow([out, blank(saying("notes"), 120, stretch=1)], lead=_HAND)
    block.flow(
        [
            blank(saying("handed over by"), 110, stretch=1),
            blank(saying("collected by"), 110, stretch=1),
        ],
        lead=_HAND + 4,
    )
    return block
