"""The plan on one page: always one, set smaller where there is much, and what has no room is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import BODY, Block, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import amount, bags, long_date, month_day
from coordinator.adapters.pdf.header import CONFIDENTIAL
from coordinator.adapters.pdf.paper import MARGIN, SIZES, draw_shrunk, finished
from coordinator.adapters.pdf.plan_bars import CERTAIN_TINT, HOPED_TINT, add_legend, bar, marker
from coordinator.adapters.pdf.rows import Column, RowLook, add_beside, add_in_columns, add_row, column_width
from coordinator.domain.driving.minutes import format_minutes, to_fives
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, Saying, plural, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.plan_pages import BabyLines, CallLine, MilkLine, PlanPage

_LEAST: Final = 0.62
"""Set smaller, nobody reads it at arm's length."""
_STILL_EASY: Final = 0.85
"""From here down the reasons for the weights make way."""
_WIDE: Final = 0.7
"""From here down a line has room for two columns."""
_STEP: Final = 0.96
_TEXT: Final = 9.0
_SMALL: Final = 7.5
_HEADING: Final = 11.0
_GAP: Final = 14.0
_LEFT_AT_LEAST, _CALLS_AT_LEAST, _BABIES_AT_LEAST = 6, 5, 1
_BAR_SHARE: Final = 0.2

_TRIED: Final = ((True, 1, 1.0, _STILL_EASY), (False, 1, 1.0, _WIDE), (False, 2, _WIDE, _LEAST))
"""With reasons or without, columns, the largest and the smallest factor."""

_FIGURES = (
    Column(0.46),
    Column(0.16, is_number=True),
    Column(0.21, is_number=True),
    Column(0.17, is_number=True),
)
_CALLS = (
    Column(0.06),
    Column(0.22),
    Column(0.12, is_number=True),
    Column(0.46),
    Column(0.14, is_number=True),
)
_MILK = (
    Column(0.035),
    Column(0.11),
    Column(0.21),
    Column(0.105),
    Column(0.12, is_number=True),
    Column(0.13, is_number=True),
    Column(0.14, is_number=True),
    Column(0.15),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How much of a page is shown, and in how many columns."""

    reasons: bool
    columns: int
    left: int
    calls: int
    babies: int


def render_plan_page(page: PlanPage) -> bytes:
    """Return *page* as a PDF of exactly one page; what has no room is counted, never cut without a word."""
    size = SIZES[page.paper]
    width = size[0] - 2 * MARGIN
    footer = _footer(page, width)
    block, factor = _fitting(page, width, size[1] - 2 * MARGIN - footer.height)

    def draw(canvas: Canvas) -> None:
        draw_shrunk(canvas, block, size[1] - MARGIN, factor)
        footer.draw(canvas, MARGIN, MARGIN + footer.height)
        canvas.showPage()

    return finished(_title(page), size, draw)


def _fitting(page: PlanPage, width: float, height: float) -> tuple[Block, float]:
    """Return the page as large as it fits: all, then without reasons, in two columns, with fewer lines."""
    for reasons, columns, most, least in _TRIED:
        factor = most
        while factor >= least:
            block = _body(page, width / factor, _without(page, 0, columns, reasons=reasons))
            if block.height * factor <= height:
                return block, factor
            factor *= _STEP
    few, many = 0, len(page.left) + len(page.calls) + len(page.babies)
    while few < many:
        half = (few + many) // 2
        if _body(page, width / _LEAST, _without(page, half, 2)).height * _LEAST <= height:
            many = half
        else:
            few = half + 1
    block = _body(page, width / _LEAST, _without(page, few, 2))
    return block, min(_LEAST, height / block.height)


def _without(page: PlanPage, lines: int, columns: int, *, reasons: bool = False) -> _Shown:
    """Return what is shown without so many *lines*: of those not served first, of the proposals last."""
    kept: list[int] = []
    for count, at_least in (
        (len(page.left), _LEFT_AT_LEAST),
        (len(page.calls), _CALLS_AT_LEAST),
        (len(page.babies), _BABIES_AT_LEAST),
    ):
        spared = min(lines, max(count - at_least, 0))
        kept.append(count - spared)
        lines -= spared
    return _Shown(reasons, columns, *kept)


def _title(page: PlanPage) -> Saying:
    return saying("Plan for the network, proposed on {day}", day=long_date(page.on, page.paper))


def _body(page: PlanPage, width: float, shown: _Shown) -> Block:
    block = Block(width)
    block.text(_title(page), 15, bold=True)
    network = saying("Milk Run")
    if page.network_name:
        network = saying("Milk Run · {network}", network=page.network_name)
    block.flow([plain(network, size=_TEXT), strong(_PROPOSAL, size=_TEXT)])
    block.space(3)
    block.rule(1.2)
    block.space(4)
    add_beside(block, (_asked(page, (width - _GAP) * 0.44), _figures(page, (width - _GAP) * 0.56)), _GAP)
    _calls(block, page, shown)
    _proposals(block, page, shown)
    _left(block, page, shown)
    _weights(block, page, shown)
    return block


_PROPOSAL: Final = saying("A proposal of that day: nothing on it is promised to anybody yet.")


def _asked(page: PlanPage, width: float) -> Block:
    block = Block(width)
    block.text(saying("What was asked"), _HEADING, bold=True)
    for line in (*page.asked, page.proof):
        block.text(line, _TEXT)
    return block


def _figures(page: PlanPage, width: float) -> Block:
    block = Block(width)
    titles = (NOTHING, saying("before"), saying("certain now"), saying("as hoped"))
    add_row(block, _FIGURES, [str(title) for title in titles], RowLook(_TEXT, bold=True))
    block.rule(0.8)
    for line in page.figures:
        cells = (str(line.title), line.before, line.certain, line.after)
        add_row(block, _FIGURES, cells, RowLook(_TEXT, air=1.5))
        block.rule(0.3, 0.6)
    return block


def _heading(block: Block, words: Saying) -> None:
    block.space(7)
    block.text(words, _HEADING, bold=True)
    block.rule(0.8)
    block.space(1)


def _calls(block: Block, page: PlanPage, shown: _Shown) -> None:
    _heading(block, saying("To ring: what each call opens, for whom, and how many answers are open"))
    if not page.calls:
        block.text(saying("No call is in this plan."), _TEXT)
    width = column_width(block, shown.columns, _GAP)
    parts = [_call(page, call, width) for call in page.calls[: shown.calls]]
    add_in_columns(block, parts, shown.columns, _GAP)
    if more := page.calls[shown.calls :]:
        told = plural(
            "and {n} more call, opening {amount}",
            "and {n} more calls, opening {amount}",
            len(more),
            amount=_much(sum(call.opens_oz for call in more), page),
        )
        block.text(told, _TEXT, bold=True)


def _call(page: PlanPage, call: CallLine, width: float) -> Block:
    block = Block(width)
    cells = (
        str(call.number),
        call.who,
        _much(call.opens_oz, page),
        str(saying("for {names}", names=call.babies)),
        str(saying("{n} open", n=call.open_answers)),
    )
    add_row(block, _CALLS, cells, RowLook(_TEXT))
    return block


def _proposals(block: Block, page: PlanPage, shown: _Shown) -> None:
    _heading(block, saying("Proposed, by baby: about how far one way, and after which calls"))
    add_legend(block, _TEXT)
    if not page.babies:
        block.text(saying("Nothing can be proposed for these weeks."), _TEXT)
    width = column_width(block, shown.columns, _GAP)
    parts = [_baby(page, baby, width) for baby in page.babies[: shown.babies]]
    add_in_columns(block, parts, shown.columns, _GAP)
    if more := page.babies[shown.babies :]:
        block.space(2)
        told = plural(
            "and {n} more baby, {amount}",
            "and {n} more babies, {amount}",
            len(more),
            amount=_much(sum(baby.ounces for baby in more), page),
        )
        block.text(told, _TEXT, bold=True)


def _baby(page: PlanPage, baby: BabyLines, width: float) -> Block:
    block = Block(width)
    block.space(3)
    much = saying(
        "{amount} of {lacks} lacking; {days:,.0f} baby-days not covered, then {left:,.0f}",
        amount=_much(baby.ounces, page),
        lacks=_much(baby.lacks_oz, page),
        days=baby.days,
        left=baby.days_left,
    )
    wide = width * _BAR_SHARE
    block.mark(bar(width - wide - 3, block.height + 1.5, wide, _TEXT, baby))
    block.flow([strong(baby.who, size=_TEXT), plain(much, size=_TEXT)], x=3, room=width - wide - 10, gap=8)
    for milk in baby.milk:
        look = RowLook(_TEXT, tint=CERTAIN_TINT if milk.is_certain else HOPED_TINT)
        top = block.height + look.air + 2
        add_row(block, _MILK, list(_milk_cells(page, milk)), look)
        block.mark(marker(3, top, _TEXT * 0.8, is_certain=milk.is_certain))
    return block


def _milk_cells(page: PlanPage, milk: MilkLine) -> Iterator[str]:
    yield ""
    yield str(saying("certain")) if milk.is_certain else str(saying("hoped"))
    yield milk.donor
    yield milk.lot
    yield _much(milk.ounces, page)
    yield bags(milk.bags)
    yield format_minutes(to_fives(milk.minutes), exact=True)
    numbers = tuple(map(str, milk.calls))
    notes = [
        plural("call {numbers}", "calls {numbers}", len(numbers), numbers=numbers) if numbers else NOTHING,
        saying("only bags dated {day} or later", day=month_day(milk.only_from))
        if milk.only_from
        else NOTHING,
    ]
    yield "; ".join(str(note) for note in notes if note)


def _left(block: Block, page: PlanPage, shown: _Shown) -> None:
    if not page.left:
        return
    _heading(block, saying("Not served in full, and how many donors cannot give yet or at all"))
    columns = 3 if shown.columns > 1 else 2
    width = column_width(block, columns, _GAP)
    parts = []
    for line in page.left[: shown.left]:
        part = Block(width)
        days = plural("{n} baby-day", "{n} baby-days", round(line.days))
        words = [strong(line.who, size=_SMALL), plain(days, size=_SMALL), plain(line.why, size=_SMALL)]
        part.flow(words, gap=4, hang=8)
        parts.append(part)
    add_in_columns(block, parts, columns, _GAP)
    if more := page.left[shown.left :]:
        told = plural(
            "and {n} more family, {days:,.0f} baby-days not covered",
            "and {n} more families, {days:,.0f} baby-days not covered",
            len(more),
            days=sum(line.days for line in more),
        )
        block.text(told, _SMALL, bold=True)


def _weights(block: Block, page: PlanPage, shown: _Shown) -> None:
    _heading(block, saying("What was weighed against what"))
    width = column_width(block, 2, _GAP)
    parts = []
    for weight in page.weights:
        part = Block(width)
        value = f"{weight.value:g}"
        told = saying("{title}: {value} {unit}", title=weight.title, value=value, unit=weight.unit)
        told = saying("{told} ({reason})", told=told, reason=weight.reason) if shown.reasons else told
        part.text(told, _SMALL)
        parts.append(part)
    add_in_columns(block, parts, 2, _GAP)


def _much(ounces: float, page: PlanPage) -> str:
    return amount(Volume.from_oz(round(ounces, 6)), page.unit)


def _footer(page: PlanPage, width: float) -> Block:
    block = Block(width)
    block.space(3)
    block.rule(0.5)
    block.space(1)
    proposed = plain(saying("A proposal of {day}", day=long_date(page.on, page.paper)))
    block.place(proposed, width - proposed.width(), block.height + BODY * 1.05)
    block.text(CONFIDENTIAL, BODY, bold=True, room=width - proposed.width() - 12)
    return block
