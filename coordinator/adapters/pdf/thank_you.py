"""The card of thanks on one page: large words in a frame, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import Block
from coordinator.adapters.pdf.paper import MARGIN, SIZES, draw_shrunk, finished

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.agreements.thank_you import Card
    from coordinator.domain.settings import Paper

_TITLE: Final = 30.0
_WORDS: Final = 15.0
_INSIDE: Final = 54.0
"""Points between the frame and the words."""
_HIGH: Final = 0.62
"""Of the page's height is the card; what is below can be cut off."""


def render_card(card: Card, paper: Paper) -> bytes:
    """Return *card* as a PDF of one page; words that are too many are set smaller, never cut."""

    def draw(canvas: Canvas) -> None:
        draw_card(canvas, card, paper)
        canvas.showPage()

    return finished(card.title, SIZES[paper], draw)


def draw_card(canvas: Canvas, card: Card, paper: Paper) -> None:
    """Draw *card* on the canvas' current page."""
    size = SIZES[paper]
    wide, high = size[0] - 2 * MARGIN, size[1] * _HIGH
    block = _words(card, wide - 2 * _INSIDE)
    top = size[1] - MARGIN
    canvas.setLineWidth(1.2)
    canvas.roundRect(MARGIN, top - high, wide, high, 14)
    room = high - 2 * _INSIDE
    canvas.saveState()
    canvas.translate(_INSIDE, 0)
    if block.height > room:
        draw_shrunk(canvas, block, top - _INSIDE, room / block.height)
    else:
        block.draw(canvas, MARGIN, top - _INSIDE - (room - block.height) / 2)
    canvas.restoreState()


def _words(card: Card, width: float) -> Block:
    block = Block(width)
    block.text(card.title, _TITLE, bold=True)
    block.space(18)
    block.text(card.to, _WORDS)
    block.space(8)
    for line in card.lines:
        block.text(line, _WORDS)
        block.space(6)
    block.space(14)
    block.text(card.sender, _WORDS)
    return block
