"""Breaking text into lines, and drawing a line in as many fonts as it needs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from coordinator.adapters.pdf import fonts

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

# Chinese and kana break between any two characters; everything else at its plain spaces, never at a hard one.
_PIECES = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^ \u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[ ]+"
)


@lru_cache(maxsize=5_000)
def wrap(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return *text* in lines at most *room* points wide, at least one; a word too long is cut by letters.

    The lines are in reading order; ``draw_text`` turns what runs from right to left.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(fonts.tidy(text), size, room, bold=bold):
        longer = line + piece
        if not line or fonts.width(longer.rstrip(" "), size, bold=bold) <= room:
            line = longer if line else piece.lstrip(" ")
        else:
            lines.append(line.rstrip(" "))
            line = piece.lstrip(" ")
    return (*lines, line.rstrip(" "))


def _pieces(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(text):
        if fonts.width(piece, size, bold=bold) <= room:
            found.append(piece)
        else:
            found.extend(_cut(piece, size, room, bold=bold))
    return found


def _cut(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than the line into parts that are not, after a hyphen where it has one."""
    parts = [""]
    for letter in word:
        if parts[-1] and fonts.width(parts[-1] + letter, size, bold=bold) > room:
            at = parts[-1].rfind("-") + 1 or len(parts[-1])
            parts[-1:] = [parts[-1][:at], parts[-1][at:]]
        parts[-1] += letter
    return parts


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, size: float, *, bold: bool = False, outline: bool = False
) -> None:
    """Draw one line of *text* from (x, y) on its baseline to the right, filled or as its *outline* only."""
    for run in fonts.runs(text, bold=bold):
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text, mode=1 if outline else None)
        x += run.width_at_one_point * size
