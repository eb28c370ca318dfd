"""Our own form on one page of paper, to fill in by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import Block, Item, plain
from coordinator.adapters.pdf.header import CONFIDENTIAL
from coordinator.adapters.pdf.paper import MARGIN, SIZES, draw_shrunk, finished, text_width
from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.typed_fields import Kind
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.families.own_form import Asking, FormPart, OwnForm
    from coordinator.domain.settings import Paper

SIZE: Final = 9.5
_SMALL: Final = 8.0
_ROOMIEST, _TIGHTEST, _STEP = 16.0, 7.0, 0.5
"""Extra points between two lines, where people write by hand."""
_BLANKS: Final = {
    Kind.NAME: 190.0,
    Kind.EMAIL: 170.0,
    Kind.PHONE: 110.0,
    Kind.STATE: 40.0,
    Kind.ZIP: 60.0,
    Kind.WHOLE: 50.0,
    Kind.VOLUME: 50.0,
    Kind.MONTHS: 50.0,
    Kind.NUMBER: 50.0,
    Kind.MILES: 50.0,
}
"""The least room for an answer, by the kind of its field."""
_BLANK: Final = 100.0
_BLANKS_OF_ADDRESS: Final = {"street": 200.0, "town": 140.0}
_DAY_BLANK: Final = 80.0
_OTHER_BLANK: Final = 60.0
_SET_IN: Final = 18.0
_TYPED_IN: Final = saying(
    "For the coordinator: type these answers into the workbook of this form, and open that as a spreadsheet."
)


def render_form(form: OwnForm, paper: Paper) -> bytes:
    """Return *form* as a PDF of one page, with as much room to write as the page has."""
    size, width = SIZES[paper], text_width(paper)
    footer = _footer(width)
    room = size[1] - 2 * MARGIN - footer.height
    body = _body(form, width, room)

    def draw(canvas: Canvas) -> None:
        draw_shrunk(canvas, body, size[1] - MARGIN, min(1.0, room / body.height))
        footer.draw(canvas, MARGIN, MARGIN + footer.height)
        canvas.showPage()

    return finished(form.title, size, draw)


def _body(form: OwnForm, width: float, room: float) -> Block:
    """Return all questions with as much between the lines as fits in *room*."""
    lead = _ROOMIEST
    while lead > _TIGHTEST:
        block = _questions(form, width, lead)
        if block.height <= room:
            return block
        lead -= _STEP
    return _questions(form, width, _TIGHTEST)


def _questions(form: OwnForm, width: float, lead: float) -> Block:
    block = Block(width)
    block.text(form.title, 17, bold=True)
    if form.note:
        block.text(form.note, _SMALL)
    for part in form.parts:
        _add_part(block, part, lead)
    return block


def _add_part(block: Block, part: FormPart, lead: float) -> None:
    if part.title:
        block.space(lead * 0.8)
        block.text(part.title, 11.5, bold=True)
        block.rule(0.8)
    waiting: list[Item] = []
    for asking in part.askings:
        if asking.question.asked in {Asked.SHORT, Asked.DAY}:
            waiting += _to_write_on(asking, _room_for(asking), block.width)
            continue
        block.flow(waiting, gap=10, lead=lead)
        waiting = []
        if asking.question.asked is Asked.AT_LENGTH:
            block.flow(_to_write_on(asking, _BLANK, block.width), gap=10, lead=lead)
            block.flow([_a_line()], lead=lead)
        else:
            block.flow(_choice(asking), gap=10, lead=lead, hang=_SET_IN)
    block.flow(waiting, gap=10, lead=lead)


def _choice(asking: Asking) -> Iterator[Item]:
    """Yield a question, a box for each option, and one for other words."""
    yield _words(asking)
    yield from (plain(option, tick=True, size=SIZE) for option in asking.question.options)
    yield Item((str(saying("other:")),), tick=True, blank=_OTHER_BLANK, stretch=1, size=SIZE)


def _to_write_on(asking: Asking, points: float, width: float) -> Iterator[Item]:
    """Yield the question with room behind it, or below it where its words leave none."""
    words = _words(asking)
    item = replace(words, blank=points, stretch=1)
    yield from (item,) if item.width() <= width else (words, _a_line())


def _words(asking: Asking) -> Item:
    question = asking.question
    parts = (str(question.words), *([str(question.help)] if question.help else []))
    return Item(parts, frozenset({0}), size=SIZE)


def _a_line() -> Item:
    return Item(blank=_BLANK, stretch=1, size=SIZE)


def _room_for(asking: Asking) -> float:
    if asking.question.asked is Asked.DAY:
        return _DAY_BLANK
    usual = _BLANKS.get(asking.field.kind, _BLANK)
    return _BLANKS_OF_ADDRESS.get(asking.field.key, usual)


def _footer(width: float) -> Block:
    block = Block(width)
    block.space(6)
    block.rule(0.5)
    block.space(2)
    block.text(CONFIDENTIAL, _SMALL, bold=True)
    block.text(_TYPED_IN, _SMALL)
    return block
