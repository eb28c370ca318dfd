"""The two tints of a plan, certain and hoped for, told apart in black and white too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator.adapters.pdf.blocks import Block, plain
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from coordinator.domain.paper.plan_pages import BabyLines

CERTAIN_TINT: Final = (0.78, 0.89, 0.86)
"""Grey 0.85 where there is no colour."""
HOPED_TINT: Final = (1.0, 0.965, 0.86)
"""Nearly white where there is no colour."""
_CERTAIN: Final = (0.06, 0.46, 0.43)
_HOPED: Final = (0.57, 0.38, 0.04)
_HATCH: Final = 2.6


def bar(
    x: float, y: float, width: float, height: float, baby: BabyLines
) -> Callable[[Canvas, float, float], None]:
    """Return what paints how much of what *baby* lacks is certain (filled) and hoped for (hatched)."""
    whole = max(baby.lacks_oz, baby.ounces) or 1.0
    certain, hoped = width * baby.certain_oz / whole, width * (baby.ounces - baby.certain_oz) / whole

    def paint(canvas: Canvas, left: float, top: float) -> None:
        foot = top - y - height
        filled(canvas, left + x, foot, certain, height)
        hatched(canvas, left + x + certain, foot, hoped, height)
        canvas.setStrokeGray(0.35)
        canvas.setLineWidth(0.5)
        canvas.rect(left + x, foot, width, height, stroke=1, fill=0)

    return paint


def filled(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Fill a box with what stands for certain."""
    canvas.setFillColorRGB(*_CERTAIN)
    canvas.rect(x, y, width, height, stroke=0, fill=1)


def hatched(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Hatch a box with what stands for hoped."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setFillColorRGB(*HOPED_TINT)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*_HOPED)
    canvas.setLineWidth(0.6)
    at = x - height
    while at < x + width:
        canvas.line(at, y, at + height, y + height)
        at += _HATCH
    canvas.restoreState()


def marker(x: float, y: float, size: float, *, is_certain: bool) -> Callable[[Canvas, float, float], None]:
    """Return what paints the sign of a line in its first words' height."""
    return _box(x, y, size, size, filled if is_certain else hatched)


def add_legend(block: Block, size: float) -> None:
    """Say which look means what."""
    side = size * 0.9
    words = (saying("certain now"), saying("if these answers are as hoped"), saying("lacking still"))
    x, y = 3.0, block.height + size * 0.2
    for paint, word in zip((filled, hatched, None), words, strict=True):
        block.mark(_box(x, y, 2 * side, side, paint))
        item = plain(word, size=size)
        block.place(item, x + side * 2 + 4, block.height + size * 1.05)
        x += side * 2 + 4 + item.width() + 14
    block.space(size * 1.4)


def _box(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: Callable[[Canvas, float, float, float, float], None] | None,
) -> Callable[[Canvas, float, float], None]:
    def paint(canvas: Canvas, left: float, top: float) -> None:
        foot = top - y - height
        if fill is not None:
            fill(canvas, left + x, foot, width, height)
        canvas.setStrokeGray(0.35)
        canvas.setLineWidth(0.5)
        canvas.rect(left + x, foot, width, height, stroke=1, fill=0)

    return paint
