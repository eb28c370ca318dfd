"""The letters of a recall on paper: each on one page of its own, set smaller where there is much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import Block, Item, blank, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, day_span, long_date
from coordinator.adapters.pdf.paper import MARGIN, SIZES, draw_shrunk, finished, text_width
from coordinator.adapters.pdf.rows import Column, RowLook, add_row
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.records.recall_letters import PRACTICE, kept_in_words
from coordinator.domain.volume import total
from coordinator.sayings import joined, plural, saying

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.records.recall_letters import LetterMilk, LetterPart, RecallLetter
    from coordinator.domain.records.recall_script import CallScript
    from coordinator.domain.settings import Paper
    from coordinator.domain.volume import VolumeUnit

_TITLE: Final = 17.0
_TEXT: Final = 12.0
_HEADING: Final = 13.5
_SMALL: Final = 8.5
_CELL: Final = 9.5
_BLANK: Final = 64.0
_PAD: Final = 5.0
_WRITE: Final = 26.0
_MOST_LINES: Final = 14
"""Lines of milk on one page; what comes after is one line more."""
_CAME = (
    Column(0.12),
    Column(0.17),
    Column(0.25),
    Column(0.11, is_number=True),
    Column(0.09, is_number=True),
    Column(0.26),
)
_STAYED = (Column(0.15), Column(0.31), Column(0.14, is_number=True), Column(0.4))
_TINT = (0.93, 0.93, 0.93)


def render_recall_letters(
    letters: Sequence[RecallLetter], paper: Paper, unit: VolumeUnit, today: date
) -> bytes:
    """Return *letters* as a PDF, a page for each."""
    width = text_width(paper)

    def draw(canvas: Canvas) -> None:
        for letter in letters:
            _draw(canvas, _body(letter, width, paper, unit, today), _foot(letter, width), paper)
            canvas.showPage()

    return finished(saying("Letters of a recall"), SIZES[paper], draw)


def render_call_scripts(scripts: Sequence[CallScript], recall: str, paper: Paper, today: date) -> bytes:
    """Return *scripts* as a PDF, a page for each, with room to write beside."""
    width = text_width(paper)

    def draw(canvas: Canvas) -> None:
        for script in scripts:
            block = Block(width)
            block.flow([strong(script.name, size=_TITLE), plain(national_phone(script.phone), size=_TITLE)])
            block.flow(_small(recall, script.who, long_date(today, paper)))
            block.space(4)
            block.rule(1.2)
            for part in script.parts:
                _add_part(block, part)
            block.space(10)
            block.flow(
                [blank(saying("Rung at"), _BLANK, stretch=1), blank(saying("Notes"), _BLANK, stretch=3)]
            )
            foot = Block(width)
            foot.rule(0.5)
            foot.text(script.source.line, _SMALL)
            foot.text(script.source.review, _SMALL)
            _draw(canvas, block, foot, paper)
            canvas.showPage()

    return finished(saying("Telephone script of a recall"), SIZES[paper], draw)


def _draw(canvas: Canvas, block: Block, foot: Block, paper: Paper) -> None:
    """Draw one page; what is too tall is set smaller, never cut."""
    top = SIZES[paper][1] - MARGIN
    room = top - MARGIN - foot.height - 6
    if block.height > room:
        draw_shrunk(canvas, block, top, room / block.height)
    else:
        block.draw(canvas, MARGIN, top)
    foot.draw(canvas, MARGIN, MARGIN + foot.height)


def _small(*words: str) -> list[Item]:
    return [plain(one, size=_SMALL + 1) for one in words if one]


def _body(letter: RecallLetter, width: float, paper: Paper, unit: VolumeUnit, today: date) -> Block:
    block = Block(width)
    if letter.is_drill:
        block.text(PRACTICE, _TITLE, bold=True)
    block.text(letter.title, _TITLE, bold=True)
    block.flow(_small(letter.sender.network, long_date(today, paper), letter.recall, letter.who))
    block.space(4)
    block.rule(1.2)
    block.space(6)
    block.text(saying("To {name}", name=letter.to), _TEXT, bold=True)
    block.space(6)
    for line in letter.opening:
        block.text(line, _TEXT)
        block.space(3)
    if letter.milk:
        _add_milk(block, letter.milk, unit)
    for part in letter.parts:
        _add_part(block, part)
    if letter.fill_in:
        block.space(10)
        block.flow([blank(one, _BLANK, unit.value, stretch=1) for one in letter.fill_in], lead=8)
    block.space(12)
    block.text(letter.sender.ring, _TEXT, bold=True)
    if letter.language:
        block.space(2)
        block.text(letter.language, _TEXT)
    return block


def _add_milk(block: Block, milk: Sequence[LetterMilk], unit: VolumeUnit) -> None:
    """Add a line for each part of the milk; of what went to nobody there is no day and no count of bags."""
    came = milk[0].came_on is not None
    columns = _CAME if came else _STAYED
    block.space(6)
    head = [saying("Lot"), saying("Pumped"), saying("Amount"), saying("Kept and carried")]
    if came:
        head[1:1] = [saying("Came on")]
        head[-1:-1] = [saying("Bags")]
    add_row(
        block, columns, [str(one) for one in head], RowLook(_CELL, bold=True, air=2, pad=_PAD, tint=_TINT)
    )
    for one in milk[:_MOST_LINES]:
        cells = [
            one.lot,
            day_span(one.pumped.first, one.pumped.last) or str(saying("days not told")),
            amount(one.volume, unit),
            str(kept_in_words(one.kept)),
        ]
        if came:
            cells[1:1] = [day_span(one.came_on, one.came_on)]
            cells[-1:-1] = ["–" if one.bags is None else str(one.bags)]
        add_row(block, columns, cells, RowLook(_CELL, air=2, pad=_PAD))
    if rest := milk[_MOST_LINES:]:
        block.text(
            plural(
                "and {n} line more: {amount}",
                "and {n} lines more: {amount}",
                len(rest),
                amount=amount(total([one.volume for one in rest]), unit),
            ),
            _CELL,
            x=_PAD,
        )
    block.rule(0.5)


def _add_part(block: Block, part: LetterPart) -> None:
    block.space(9)
    block.text(part.heading, _HEADING, bold=True)
    block.space(2)
    for line in part.lines:
        block.text(joined(" ", ("–", line)), _TEXT)
        if part.is_asked:
            block.space(_WRITE)
            block.rule(0.5, gray=0.4)
        block.space(3)


def _foot(letter: RecallLetter, width: float) -> Block:
    block = Block(width)
    block.rule(0.5)
    block.space(1)
    block.text(letter.source.line, _SMALL)
    block.text(letter.source.review, _SMALL)
    return block
