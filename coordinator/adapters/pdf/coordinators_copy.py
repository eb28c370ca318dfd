"""The coordinator's copy: which milk goes from whom to whom, in full; it does not leave her house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.adapters.pdf.blocks import BODY, Block
from coordinator.adapters.pdf.dates_and_amounts import amount
from coordinator.adapters.pdf.paper import Page, text_width
from coordinator.adapters.pdf.part_pages import part_pages
from coordinator.adapters.pdf.rows import Column, RowLook, add_row
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.paper.parts import CopyLine, Letterhead

_COLUMNS = (
    Column(0.1),
    Column(0.1),
    Column(0.27),
    Column(0.27),
    Column(0.09, is_number=True),
    Column(0.17, is_number=True),
)
_TITLES = (saying("Hold"), saying("Lot"), saying("From"), saying("To"), saying("Bags"), saying("Milk"))
_LOOK = RowLook(BODY, air=3.0)


def copy_pages(head: Letterhead, lines: Sequence[CopyLine]) -> list[Page]:
    """Return the pages of the copy; a line is never split."""
    width = text_width(head.paper)
    titles = Block(width)
    add_row(titles, _COLUMNS, tuple(map(str, _TITLES)), RowLook(BODY, bold=True, air=3.0))
    titles.rule(1.0)
    blocks = [titles, *(_line(head, line, width) for line in lines)]
    foot = saying("Stays with the coordinator. Shred it when the run is written up.")
    return part_pages(head, saying("Coordinator’s copy"), "", blocks, foot)


def _line(head: Letterhead, line: CopyLine, width: float) -> Block:
    block = Block(width)
    cells = (
        line.hold_code,
        line.lot_code,
        f"{line.donor_code} {line.donor_name}",
        f"{line.family_code} {line.family_name}",
        "?" if line.bags is None else str(line.bags),
        amount(line.volume, head.unit, is_about=line.is_about),
    )
    add_row(block, _COLUMNS, cells, _LOOK)
    block.rule(0.4, 0.6)
    return block
