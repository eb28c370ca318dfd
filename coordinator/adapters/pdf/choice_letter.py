"""The letter before a yes, on paper: what was told, what the authorities say, what is for her to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import BODY, Block, blank, plain
from coordinator.adapters.pdf.dates_and_amounts import long_date
from coordinator.adapters.pdf.paper import (
    SIZES,
    Page,
    draw_page,
    finished,
    paginate,
    room_between,
    text_width,
)
from coordinator.domain.agreements.informed_choice import version_words
from coordinator.sayings import Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.agreements.informed_choice import ChoiceLetter, Part
    from coordinator.domain.settings import Paper

_SMALL: Final = 7.0
_BODY: Final = 9.0
_HEADING: Final = 11.0
_BLANK: Final = 90.0


def render_choice_letter(letter: ChoiceLetter, paper: Paper, today: date) -> bytes:
    """Return *letter* as a PDF with lines to sign on; no line is split between two pages."""
    size, width = SIZES[paper], text_width(paper)
    header = _header(letter, width, today, paper)
    room = room_between(paper, header, _footer(letter, width, 99, 99))
    pages = paginate(list(_blocks(letter, width)), room)

    def draw(canvas: Canvas) -> None:
        for number, blocks in enumerate(pages, start=1):
            draw_page(canvas, size, Page(header, tuple(blocks), _footer(letter, width, number, len(pages))))
            canvas.showPage()

    return finished(letter.title, size, draw)


def _header(letter: ChoiceLetter, width: float, today: date, paper: Paper) -> Block:
    block = Block(width)
    block.text(letter.title, 15, bold=True)
    block.flow([plain(letter.closing, size=9), plain(long_date(today, paper), size=9)])
    block.space(5)
    block.rule(1.2)
    block.space(3)
    return block


def _footer(letter: ChoiceLetter, width: float, page: int, pages: int) -> Block:
    block = Block(width)
    block.space(3)
    block.rule(0.5)
    block.space(1)
    foot = plain(f"{page} / {pages}")
    block.place(foot, width - foot.width(), block.height + BODY * 1.05)
    block.text(version_words(letter.version), _SMALL, room=width - foot.width() - 12)
    return block


def _blocks(letter: ChoiceLetter, width: float) -> Iterator[Block]:
    block = Block(width)
    block.text(letter.opening, _BODY)
    block.space(2)
    yield block
    for part in letter.parts:
        yield from _part(part, width)
    yield _choice(width)


def _part(part: Part, width: float) -> Iterator[Block]:
    """Return the lines of a part; the heading stays with the first of them."""
    for at, line in enumerate(part.lines):
        block = Block(width)
        if at == 0:
            block.space(5)
            block.text(part.heading, _HEADING, bold=True)
            block.space(2)
        block.text(joined(" ", ("–", line)), _BODY)
        if at < len(part.sources):
            block.text(part.sources[at], _SMALL)
            block.space(2)
        yield block


def _choice(width: float) -> Block:
    block = Block(width)
    block.space(8)
    block.rule(0.8)
    block.space(4)
    block.flow([plain(words, tick=True) for words in _ANSWERS])
    block.flow(
        [
            blank(saying("Name"), _BLANK, stretch=2),
            blank(saying("Date"), _BLANK, stretch=1),
        ],
        lead=10,
    )
    return block


_ANSWERS: tuple[Saying, ...] = (
    saying("yes"),
    saying("no"),
    saying("I have a question first"),
)
