"""What is held about a family, on paper: a part for each kind of thing, in words a parent can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import BODY, Block, plain
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
from coordinator.sayings import joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.records.held import Held, HeldLine, HeldRecord, HeldSection
    from coordinator.domain.settings import Paper
    from coordinator.sayings import Saying

_BODY: Final = 9.0
_HEADING: Final = 12.0
_A_LINE_EACH: Final = frozenset({"household", "donor", "recipient", "driver"})
"""Tables whose fields stand one below the other: there is one row of each."""


def render_held(held: Held, paper: Paper) -> bytes:
    """Return *held* as a PDF; no entry is split between two pages."""
    size, width = SIZES[paper], text_width(paper)
    header = _header(held, width, paper)
    pages = paginate(list(_blocks(held, width)), room_between(paper, header, _footer(held, width, 99, 99)))

    def draw(canvas: Canvas) -> None:
        for number, blocks in enumerate(pages, start=1):
            draw_page(canvas, size, Page(header, tuple(blocks), _footer(held, width, number, len(pages))))
            canvas.showPage()

    return finished(str(_title(held)), size, draw)


def _title(held: Held) -> Saying:
    return saying("What we hold about {name}", name=held.name)


def _header(held: Held, width: float, paper: Paper) -> Block:
    block = Block(width)
    block.text(saying("What we hold about {name}", name=held.name), 15, bold=True)
    block.flow([plain(", ".join(held.codes), size=9), plain(long_date(held.on, paper), size=9)])
    block.space(4)
    block.rule(1.2)
    block.space(3)
    return block


def _footer(held: Held, width: float, page: int, pages: int) -> Block:
    block = Block(width)
    block.space(3)
    block.rule(0.5)
    block.space(1)
    foot = plain(f"{page} / {pages}")
    block.place(foot, width - foot.width(), block.height + BODY * 1.05)
    block.text(
        saying("For {name} only: keep it where nobody else reads it.", name=held.name),
        7,
        room=width - foot.width() - 12,
    )
    return block


def _blocks(held: Held, width: float) -> Iterator[Block]:
    for section in held.sections:
        yield from _section(section, width)
    for at, words in enumerate(held.closing):
        block = Block(width)
        if at == 0:
            _heading(block, saying("Where it is kept, and how to be forgotten"))
        block.text(words, _BODY)
        block.space(2)
        yield block


def _section(section: HeldSection, width: float) -> Iterator[Block]:
    """Yield the entries of a part; the heading stays with the first of them."""
    for at, record in enumerate(section.records):
        for place, words in enumerate(_paragraphs(record)):
            block = Block(width)
            if at == 0 and place == 0:
                _heading(block, section.title)
            block.text(words, _BODY)
            block.space(2)
            yield block


def _heading(block: Block, words: Saying) -> None:
    block.space(8)
    block.text(words, _HEADING, bold=True)
    block.space(3)


def _paragraphs(record: HeldRecord) -> Iterator[Saying | str]:
    if record.table in _A_LINE_EACH:
        yield from (_line(one) for one in record.lines)
    else:
        yield joined(" ", ("–", joined("; ", [_line(one) for one in record.lines])))


def _line(one: HeldLine) -> Saying | str:
    return saying("{label}: {value}", label=one.label, value=one.value) if one.label else one.value
