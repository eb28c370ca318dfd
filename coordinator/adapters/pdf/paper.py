"""Pages: header and footer on each, blocks between them, none split."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from coordinator.domain.settings import Paper
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coordinator.adapters.pdf.blocks import Block

MARGIN = 12 * 72 / 25.4
"""12 mm in points."""

SIZES = {Paper.LETTER: LETTER, Paper.A4: A4}


@dataclass(frozen=True)
class Page:
    """What stands on one page between header and footer."""

    header: Block
    blocks: tuple[Block, ...]
    footer: Block


def new_canvas(buffer: BytesIO, size: tuple[float, float], title: Saying | str) -> Canvas:
    """Return a canvas whose bytes depend on what is drawn and on nothing else (no date, no random id)."""
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(str(title))
    program = str(saying("Milk Run"))
    canvas.setAuthor(program)
    canvas.setCreator(program)
    return canvas


def text_width(paper: Paper) -> float:
    """Return the width between the margins, in points."""
    return SIZES[paper][0] - 2 * MARGIN


def paginate(blocks: Sequence[Block], room: float) -> list[list[Block]]:
    """Return *blocks* in order, cut into pages of *room* points; a block taller than a page gets its own."""
    pages: list[list[Block]] = [[]]
    left = room
    for block in blocks:
        if block.height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= block.height
    return pages


def room_between(paper: Paper, header: Block, footer: Block) -> float:
    """Return the points between header and footer."""
    return SIZES[paper][1] - 2 * MARGIN - header.height - footer.height


def draw_page(canvas: Canvas, size: tuple[float, float], page: Page) -> None:
    """Draw *page* on the canvas' current page; a block that is too tall is shrunk, never cut."""
    top = size[1] - MARGIN
    page.header.draw(canvas, MARGIN, top)
    top -= page.header.height
    for block in page.blocks:
        room = top - MARGIN - page.footer.height
        if block.height > room + 0.01:
            draw_shrunk(canvas, block, top, room / block.height)
        else:
            block.draw(canvas, MARGIN, top)
        top -= block.height
    page.footer.draw(canvas, MARGIN, MARGIN + page.footer.height)


def draw_shrunk(canvas: Canvas, block: Block, top: float, factor: float) -> None:
    """Draw *block* smaller by *factor*, its upper left corner at the margin and *top*."""
    canvas.saveState()
    canvas.translate(MARGIN, top)
    canvas.scale(factor, factor)
    block.draw(canvas, 0, 0)
    canvas.restoreState()


def finished(title: Saying | str, size: tuple[float, float], draw: Callable[[Canvas], None]) -> bytes:
    """Return the PDF that *draw* paints."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, size, title)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()
