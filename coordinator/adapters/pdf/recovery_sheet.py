"""The recovery sheet: twelve words, large, on one page that says what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import Block
from coordinator.adapters.pdf.paper import MARGIN, SIZES, finished, text_width
from coordinator.sayings import saying

if TYPE_CHECKING:
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.settings import Paper

_TITLE: Final = 22.0
_TEXT: Final = 12.0
_WORD: Final = 18.0
_LINE: Final = 34.0
_COLUMNS: Final = 2


def render_recovery_sheet(words: str, network: str, on: date, paper: Paper) -> bytes:
    """Return the sheet as a PDF of one page.

    Args:
        words: The recovery words.
        network: The name of the network's file, to know the sheet by.
        on: When it was made.
        paper: The size of the page.
    """

    def draw(canvas: Canvas) -> None:
        top = SIZES[paper][1] - MARGIN
        head = _head(network, on, text_width(paper))
        head.draw(canvas, MARGIN, top)
        below = _draw_words(canvas, words.split(), top - head.height - _LINE, text_width(paper))
        _foot(text_width(paper)).draw(canvas, MARGIN, below - _LINE)
        canvas.showPage()

    return finished(str(saying("Recovery sheet")), SIZES[paper], draw)


def _head(network: str, on: date, width: float) -> Block:
    block = Block(width)
    block.text(saying("Recovery sheet"), _TITLE, bold=True)
    block.space(8)
    block.text(
        saying("Opens the network {network}. Made on {on}.", network=network, on=on.isoformat()), _TEXT
    )
    block.space(8)
    block.text(
        saying(
            "If the passphrase is lost, type these twelve words in this order where Milk Run asks for it. "
            "Whoever has this sheet and the file can read everything in it: keep it away from the computer."
        ),
        _TEXT,
    )
    return block


def _draw_words(canvas: Canvas, words: list[str], top: float, width: float) -> float:
    """Draw the words numbered, down one column and then the next; return where they end."""
    rows = -(-len(words) // _COLUMNS)
    for number, word in enumerate(words):
        column, row = divmod(number, rows)
        x, y = MARGIN + column * width / _COLUMNS, top - row * _LINE
        canvas.setFont("Helvetica", _TEXT)
        canvas.drawRightString(x + 24, y, f"{number + 1}")
        canvas.setFont("Courier-Bold", _WORD)
        canvas.drawString(x + 36, y, word)
    return top - rows * _LINE


def _foot(width: float) -> Block:
    block = Block(width)
    block.text(
        saying("A newer sheet makes this one worthless: then tear it up. Nobody else has a copy."), _TEXT
    )
    return block
