"""The QR code of a sheet number, as one path on the canvas."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import segno

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET_MODULES = 4
"""Blank modules around the code: ISO/IEC 18004 asks for four."""


def draw_qr(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Draw *text* as a QR code in the square with lower left corner (x, y), quiet zone included."""
    matrix = _modules(text)
    module = size / (len(matrix) + 2 * QUIET_MODULES)
    path = canvas.beginPath()
    for row, cells in enumerate(matrix):
        top = y + size - (QUIET_MODULES + row + 1) * module
        column = 0
        for dark, group in groupby(cells):
            length = len(list(group))
            if dark:
                path.rect(x + (QUIET_MODULES + column) * module, top, length * module, module)
            column += length
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=32)
def _modules(text: str) -> tuple[bytes, ...]:
    """Return rows of 0 and 1; kept, as each page of a sheet has the same code."""
    return tuple(bytes(row) for row in segno.make_qr(text, error="m").matrix)
