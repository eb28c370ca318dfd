"""A review sheet on paper: every value with where it was read, and boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import BODY, Block, blank, plain, strong
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
from coordinator.domain.policies.review import Answer
from coordinator.domain.policies.review_words import (
    HOW_TO_ANSWER,
    INFORMATION,
    checks_of,
    may_be,
    status_line,
)
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.sources import NO_DATE
from coordinator.sayings import NOTHING, Saying, joined, saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.policies.further import FurtherQuestion
    from coordinator.domain.policies.profiles import PolicyValue
    from coordinator.domain.policies.review import PlanningValue, ReviewSheet
    from coordinator.domain.settings import Paper

_SMALL: Final = 8.0
_HEADING: Final = 12.0
_BLANK: Final = 90.0


def render_review_sheet(sheet: ReviewSheet, paper: Paper) -> bytes:
    """Return *sheet* as a PDF, a value never split between two pages."""
    size, width = SIZES[paper], text_width(paper)
    title = saying("Review of the policy profile “{title}”", title=sheet.policy.title)
    header = _header(sheet, title, width, paper)
    room = room_between(paper, header, _footer(width, 99, 99))
    pages = paginate(list(_blocks(sheet, width)), room)

    def draw(canvas: Canvas) -> None:
        for number, blocks in enumerate(pages, start=1):
            draw_page(canvas, size, Page(header, tuple(blocks), _footer(width, number, len(pages))))
            canvas.showPage()

    return finished(title, size, draw)


def _header(sheet: ReviewSheet, title: Saying, width: float, paper: Paper) -> Block:
    block = Block(width)
    block.text(title, 15, bold=True)
    network = saying("Milk Run")
    if sheet.network_name:
        network = saying("Milk Run · {network}", network=sheet.network_name)
    block.flow([plain(network, size=9), plain(long_date(sheet.made_on, paper), size=9)])
    block.flow(
        [
            blank(saying("Clinician"), _BLANK, stretch=2),
            blank(saying("Reviewed on"), _BLANK, stretch=1),
        ],
        lead=8,
    )
    block.space(5)
    block.rule(1.2)
    block.space(3)
    return block


def _footer(width: float, page: int, pages: int) -> Block:
    block = Block(width)
    block.space(3)
    block.rule(0.5)
    block.space(1)
    foot = plain(f"{page} / {pages}")
    block.place(foot, width - foot.width(), block.height + BODY * 1.05)
    block.text(joined(" ", [HOW_TO_ANSWER, INFORMATION]), _SMALL, room=width - foot.width() - 12)
    return block


def _blocks(sheet: ReviewSheet, width: float) -> Iterator[Block]:
    for rule in RULES:
        yield _value(sheet.policy[rule], width)
    yield _heading(saying("What the program plans and prints by"), width)
    for figure in sheet.planning:
        yield _planning(figure, width)
    if sheet.policy.further:
        yield _heading(saying("Asked besides, on the phone; no milk is judged by it"), width)
    for question in sheet.policy.further:
        yield _question(question, width)


def _heading(words: Saying, width: float) -> Block:
    block = Block(width)
    block.space(8)
    block.text(words, _HEADING, bold=True)
    block.rule(0.8)
    block.space(3)
    return block


def _value(value: PolicyValue, width: float) -> Block:
    block = Block(width)
    block.flow([strong(RULES[value.rule].title), plain(value.words)])
    _small(block, joined(" · ", _standing(value)))
    _small(block, joined("; ", value.seen_in))
    _address(block, value.page.address, value.page.dated, value.seen_in)
    if value.remark:
        _small(block, value.remark)
    if value.differs:
        _small(block, saying("Others say otherwise: {what}", what=value.differs))
    _answers(block, may_be(value))
    return block


def _standing(value: PolicyValue) -> Iterator[Saying]:
    """Yield how well a value is known, what kind of source it has, and what milk is that does not meet it."""
    yield status_line(value.status, value.page.copies)
    if value.page.kind is not None and value.value is not None:
        yield value.page.kind.words
    yield from checks_of(value)
    if value.value is not None:
        yield saying("milk that does not meet it: {otherwise}", otherwise=value.otherwise.words)


def _planning(figure: PlanningValue, width: float) -> Block:
    block = Block(width)
    block.flow([strong(figure.title), plain(figure.words), plain(figure.unit)])
    _small(block, status_line(figure.status))
    _small(block, joined("; ", figure.seen_in))
    _address(block, figure.address, figure.dated, figure.seen_in)
    _answers(block, NOTHING)
    return block


def _question(question: FurtherQuestion, width: float) -> Block:
    block = Block(width)
    block.text(question.text)
    status = status_line(question.status)
    _small(block, saying("asked of {whom} · {status}", whom=question.asked_of.words, status=status))
    _small(block, joined("; ", question.seen_in))
    _address(block, question.page.address, question.page.dated, question.seen_in)
    for line in filter(None, (question.remark, question.differs)):
        _small(block, line)
    block.space(3)
    block.rule(0.3, 0.6)
    block.space(2)
    return block


def _answers(block: Block, what: Saying) -> None:
    """Add the three boxes, with room to write on."""
    block.flow(
        [
            plain(Answer.AGREE.words, tick=True),
            *([plain(Answer.CHANGE.words, tick=True), blank(NOTHING, _BLANK, what)] if what else []),
            plain(Answer.ASK.words, tick=True),
            blank(NOTHING, _BLANK, stretch=1),
        ],
        lead=5,
    )
    block.space(3)
    block.rule(0.3, 0.6)
    block.space(2)


def _address(block: Block, address: str, dated: str, seen_in: Sequence[str]) -> None:
    """Add the page's address where the words of the source do not have it, and the date the page bears."""
    is_said = any(address in place for place in seen_in)
    is_dated = bool(dated) and not dated.startswith(NO_DATE)
    if address and not is_said:
        _small(block, saying("{address} ({dated})", address=address, dated=dated) if is_dated else address)


def _small(block: Block, text: Saying | str) -> None:
    block.text(text, _SMALL)
