"""Labels on a sheet of them, and the page that shows how far a printer shifts them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm

from coordinator.adapters.pdf.blocks import LEADING, Block, plain, strong
from coordinator.adapters.pdf.dates_and_amounts import day_span
from coordinator.adapters.pdf.paper import SIZES, finished
from coordinator.adapters.pdf.qr import draw_qr
from coordinator.sayings import saying

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.label_sheets import LabelSheet, Shift
    from coordinator.domain.paper.labels import BagLabel, LabelJob

_PAD: Final = 1.6 * mm
"""Blank inside a label's edge: die cuts wander."""
_QR_SHARE: Final = 0.36
"""Of a label's width is the QR code at most."""
_LARGE: Final = 110.0
"""Points: a label higher than this has larger words."""
_WRITE: Final = 11.0
"""Points above the line to write on."""
_STEP: Final = 0.95


def render_labels(job: LabelJob) -> bytes:
    """Return the labels as a PDF, to be printed at 100 %: what is too long is set smaller, never cut."""
    size = SIZES[job.paper]
    first = job.sheet.first(job.start)
    every = chain.from_iterable([f"label{at}"] * run.count for at, run in enumerate(job.runs))

    def draw(canvas: Canvas) -> None:
        for at, run in enumerate(job.runs):
            canvas.beginForm(f"label{at}", 0, 0, job.sheet.width_mm * mm, job.sheet.height_mm * mm)
            _draw_label(canvas, run.label, job.sheet)
            canvas.endForm()
        for number, form in enumerate(every, start=first):
            position = number % job.sheet.labels
            if position == 0 and number > first:
                canvas.showPage()
            x, y = _corner(job.sheet, position, job.shift, size)
            canvas.saveState()
            canvas.translate(x, y)
            canvas.doForm(form)
            canvas.restoreState()
        canvas.showPage()

    return finished(job.title, size, draw)


def _corner(sheet: LabelSheet, position: int, shift: Shift, size: tuple[float, float]) -> tuple[float, float]:
    """Return the lower left corner of a label on the page, in points."""
    right, down = sheet.corner_mm(position)
    return (right + shift.right_mm) * mm, size[1] - (down + sheet.height_mm + shift.down_mm) * mm


def _draw_label(canvas: Canvas, label: BagLabel, sheet: LabelSheet) -> None:
    width, height = sheet.width_mm * mm, sheet.height_mm * mm
    code = min(height - 2 * _PAD, width * _QR_SHARE)
    left, room, high = _PAD + code + 3, width - 2 * _PAD - code - 3, height - 2 * _PAD
    draw_qr(canvas, label.lot_code, _PAD, (height - code) / 2, code)
    block, factor = _fitting(label, room, high, 1.45 if height > _LARGE else 1.0)
    canvas.saveState()
    canvas.translate(left, height - _PAD - (high - block.height * factor) / 2)
    canvas.scale(factor, factor)
    block.draw(canvas, 0, 0)
    canvas.restoreState()


def _fitting(label: BagLabel, room: float, high: float, factor: float) -> tuple[Block, float]:
    """Return the words as large as fits *room* by *high*: smaller type makes longer lines, so less wraps."""
    while True:
        block = _words(label, room / factor)
        if block.height * factor <= high:
            return block, factor
        factor *= _STEP


def _words(label: BagLabel, width: float) -> Block:
    block = Block(width)
    head = [strong(label.lot_code, size=13)]
    if label.donor_code:
        head.append(plain(label.donor_code, size=8))
    block.flow(head, gap=6)
    if label.for_first_name:
        block.flow([plain(saying("for"), size=9), strong(label.for_first_name, size=11)], gap=4)
    days = day_span(label.expressed_from, label.expressed_to)
    if days:
        block.text(days, 8)
    if label.warning:
        _warning(block, str(label.warning))
    if label.network_name:
        block.text(label.network_name, 6.5)
    block.space(_WRITE)
    block.rule(0.6)
    block.space(1)
    return block


def _warning(block: Block, words: str) -> None:
    """Frame what clashes: it is read before the bag is opened, also in grey."""
    top = block.height + 0.5
    block.space(1.5)
    block.text(words, 8.5, bold=True, x=3, room=block.width - 6)
    bottom = block.height
    block.space(1.5)

    def frame(canvas: Canvas, left: float, y: float) -> None:
        canvas.setStrokeGray(0)
        canvas.setLineWidth(0.9)
        canvas.rect(left + 0.5, y - bottom - 0.5, block.width - 1, bottom - top + 0.5)

    block.mark(frame)


_INSTRUCTIONS = (
    saying("Print this page on plain paper at 100 % (“actual size”, not “fit to page”)."),
    saying("The thick line below must be 100 mm long. If it is not, the printer still scales the page."),
    saying("Hold it behind a sheet of labels against the light: the frames should lie on the labels."),
    saying(
        "Where the right and the upper edge of label 1 cross the two scales, read how far right and how far "
        "down they are, in millimetres; left and up are minus. Type both where labels are printed: they are "
        "remembered."
    ),
)


def render_calibration(sheet: LabelSheet) -> bytes:
    """Return a page with the frame of each label, two scales to read a shift off, and a line of 100 mm."""
    size = SIZES[sheet.paper]

    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.4)
        canvas.setStrokeGray(0.2)
        for position in range(sheet.labels):
            right, down = sheet.corner_mm(position)
            x, y = right * mm, size[1] - (down + sheet.height_mm) * mm
            canvas.rect(x, y, sheet.width_mm * mm, sheet.height_mm * mm)
            number = Block(30)
            number.text(str(position + 1), 9)
            number.draw(canvas, x + 14, y + sheet.height_mm * mm - 14)
        _scales(canvas, sheet, size)
        _explain(canvas, sheet, size)
        canvas.showPage()

    return finished(saying("Calibration of {sheet}", sheet=sheet.title), size, draw)


def _scales(canvas: Canvas, sheet: LabelSheet, size: tuple[float, float]) -> None:
    """Draw a scale in millimetres across the right edge and across the upper edge of the first label.

    Not across its left one: so near to the edge of the paper many printers leave it blank.
    """
    x, y = (sheet.left_mm + sheet.width_mm) * mm, size[1] - sheet.top_mm * mm
    across, along = y - sheet.height_mm * mm / 2, x - sheet.width_mm * mm / 2
    canvas.setStrokeGray(0)
    for step in range(-5, 6):
        long = 3.4 if step in (-5, 0, 5) else 1.8
        canvas.setLineWidth(0.7 if step == 0 else 0.35)
        canvas.line(x + step * mm, across - long * mm, x + step * mm, across + long * mm)
        canvas.line(along - long * mm, y - step * mm, along + long * mm, y - step * mm)
    canvas.setLineWidth(0.35)
    canvas.line(x - 5 * mm, across, x + 5 * mm, across)
    canvas.line(along, y - 5 * mm, along, y + 5 * mm)
    signs = Block(60)
    signs.text("+5", 6)
    signs.draw(canvas, x + 5.6 * mm, across + 4)
    signs.draw(canvas, along + 4 * mm, y - 4 * mm)


def _explain(canvas: Canvas, sheet: LabelSheet, size: tuple[float, float]) -> None:
    wide = 118 * mm
    block = Block(wide - 20)
    block.text(saying("Calibration of {sheet}", sheet=sheet.title), 13, bold=True)
    for words in _INSTRUCTIONS:
        block.space(3)
        block.text(words, 9.5)
    block.space(9.5 * LEADING)
    left, top = (size[0] - wide) / 2, (size[1] + block.height + 20) / 2
    canvas.setFillGray(1)
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.8)
    canvas.rect(left, top - block.height - 20, wide, block.height + 20, fill=1)
    block.draw(canvas, left + 10, top - 8)
    start, base = (size[0] - 100 * mm) / 2, top - block.height - 6
    canvas.setLineWidth(2)
    canvas.line(start, base, start + 100 * mm, base)
    canvas.setLineWidth(0.6)
    for end in (start, start + 100 * mm):
        canvas.line(end, base - 5, end, base + 5)
