"""The family's receipt: what came, until when the oldest of it may be used, and how it is thawed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block, Item, blank, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, day_span, long_date
from coordinator.adapters.pdf.paper import Page, text_width
from coordinator.adapters.pdf.part_pages import part_pages
from coordinator.sayings import joined, saying

if TYPE_CHECKING:
    from coordinator.domain.paper.parts import Letterhead, Receipt, ReceiptLot

_HAND = 9.0
_SOURCE = 7.5


def receipt_pages(head: Letterhead, receipt: Receipt) -> list[Page]:
    """Return the pages of a receipt; a lot is never split, nor are the rules."""
    width = text_width(head.paper)
    blocks = [
        _from(receipt, width),
        *(_lot(head, lot, width) for lot in receipt.lots),
        _signed(width),
        _rules(receipt, width),
        _review(receipt, width),
    ]
    foot = saying("Keep this receipt: with the code of a lot you can be told if anything is found out later.")
    return part_pages(head, saying("Receipt"), receipt.family_first_name, blocks, foot)


def _from(receipt: Receipt, width: float) -> Block:
    block = Block(width)
    if receipt.carrier_first_name:
        carrier = strong(receipt.carrier_first_name, size=12)
        block.flow([plain(saying("brought by"), size=11), carrier], gap=6)
        block.space(4)
    return block


def _lot(head: Letterhead, lot: ReceiptLot, width: float) -> Block:
    block = Block(width)
    block.space(4)
    block.flow(
        [
            strong(lot.lot_code, size=13, tick=True),
            plain(bags(lot.bags), size=12),
            plain(amount(lot.volume, head.unit, is_about=lot.is_about), size=12),
            plain(saying("expressed {days}", days=day_span(lot.expressed_from, lot.expressed_to)), size=12)
            if lot.expressed_from or lot.expressed_to
            else plain(saying("days of expression not told: look at the bags"), size=12),
        ],
        gap=10,
    )
    indent = Item(tick=True, size=13).tick_width
    if lot.use_by is None:
        words = saying("How long it may be used is not known here: ask before you use it.")
        block.text(words, 12, bold=True, x=indent)
    else:
        day = long_date(lot.use_by, head.paper)
        block.text(saying("Use the oldest bag by {day}", day=day), 12, bold=True, x=indent)
    into = Item((str(saying("into freezer")),), blank=50, colon=True)
    counted = blank(saying("counted"), 50, saying("bags"))
    states = (saying("hard frozen"), saying("ice crystals"), saying("thawed"))
    block.flow([counted, into, *(plain(words, tick=True) for words in states)], x=indent, lead=_HAND, gap=10)
    block.space(5)
    block.rule(0.4, 0.5)
    return block


def _signed(width: float) -> Block:
    block = Block(width)
    block.flow(
        [blank(saying("received by"), 130, stretch=2), blank(saying("Date"), 70, stretch=1)], lead=_HAND + 4
    )
    block.space(8)
    return block


def _rules(receipt: Receipt, width: float) -> Block:
    """Return all rules, each with its source below: they are read together, so they stay on one page."""
    block = Block(width)
    block.text(saying("Keeping and thawing"), 13, bold=True)
    block.space(2)
    for line in receipt.handling:
        block.text(line.said, BODY + 0.5)
        block.text(line.source, _SOURCE, x=10)
        block.space(4)
    return block


def _review(receipt: Receipt, width: float) -> Block:
    block = Block(width)
    block.space(2)
    by = saying("By the policy “{policy}”.", policy=receipt.policy_title)
    block.text(joined(" ", (by, receipt.review)), _SOURCE + 0.5)
    return block
