"""The lines between those who may be matched, and their miles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import Anchor, MatchLine, Polyline, Primitive, Role, Text
from coordinator.domain.maps.labels import Box, Measure, Room, text_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coordinator.domain.maps.view import View


def match_lines(
    view: View, lines: Sequence[MatchLine], room: Room, measure: Measure
) -> tuple[list[Primitive], list[Primitive]]:
    """Return strokes and words; no line's words lie over another line, where they would be read as its."""
    strokes: list[Primitive] = []
    words: list[Primitive] = []
    lines = sorted(lines, key=lambda line: line.chosen)  # the chosen one is painted over the others
    all_ends = [view.project([line.start, line.end]) for line in lines]
    for nth, (line, ends) in enumerate(zip(lines, all_ends, strict=True)):
        others = all_ends[:nth] + all_ends[nth + 1 :]
        label = room.place(_line_labels(line, ends), suits=partial(_crosses_none, others))
        gap = text_box(label, measure) if label else None
        strokes += [Polyline(piece, *_look(line)) for piece in _pieces(ends, gap)]
        words += [label] if label else []
    return strokes, words


def line_at(view: View, lines: Sequence[MatchLine], x: float, y: float, within_px: float) -> MatchLine | None:
    """Return the line with a key nearest to a point of the view; None where none is *within_px* of it."""
    named = [line for line in lines if line.key]
    point = np.array([x, y])
    apart = [_distance(view.project([line.start, line.end]), point) for line in named]
    nearest = min(range(len(named)), key=apart.__getitem__, default=None)
    if nearest is None or apart[nearest] > within_px + named[nearest].width_px / 2:
        return None
    return named[nearest]


def _distance(ends: NDArray[np.float64], point: NDArray[np.float64]) -> float:
    step, away = ends[1] - ends[0], point - ends[0]
    long = float(step @ step)
    share = min(max(float(away @ step) / long, 0.0), 1.0) if long else 0.0
    return float(np.linalg.norm(away - share * step))


def _look(line: MatchLine) -> tuple[Role, float, bool]:
    """Return the role, the width and whether a line is dashed."""
    if line.role is not None:
        return line.role, line.width_px + (_CHOSEN_PX if line.chosen else 0.0), line.dashed
    return (Role.MATCH, 2.2, False) if line.chosen else (Role.OTHER_MATCH, 1.0, False)


def _crosses_none(lines: Sequence[NDArray[np.float64]], box: Box) -> bool:
    return all(len(_pieces(ends, box)) == 1 for ends in lines)


def _line_labels(line: MatchLine, ends: NDArray[np.float64]) -> list[Text]:
    """Return where a line's words may stand: on or beside it, as near its middle as can be."""
    if not line.label:
        return []
    spots = [(ends[0] + (ends[1] - ends[0]) * part).tolist() for part in _ALONG]
    return [
        Text(x + dx, y + dy, line.label, Role.MATCH, 12, anchor, bold=True)
        for dx, dy, anchor in _BESIDE
        for x, y in spots
    ]


_CHOSEN_PX = 2.0
"""So much wider is a line of its own role when it is chosen."""
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_BESIDE = (
    (0, 4, Anchor.MIDDLE),
    (8, 4, Anchor.START),
    (-8, 4, Anchor.END),
    (0, -8, Anchor.MIDDLE),
    (0, 18, Anchor.MIDDLE),
)


def _pieces(ends: NDArray[np.float64], gap: Box | None) -> list[NDArray[np.float64]]:
    """Return the line from end to end without what lies in *gap*, so that it does not strike its words out.

    Source:
        Liang & Barsky, "A new concept and method for line clipping", ACM Trans. Graphics 3 (1984) 1-22.
    """
    if gap is None:
        return [ends]
    step = ends[1] - ends[0]
    enters, leaves = 0.0, 1.0
    for axis in (0, 1):
        low, high = gap[axis] - ends[0][axis], gap[axis + 2] - ends[0][axis]
        if abs(step[axis]) < 1e-9:
            if low > 0 or high < 0:
                return [ends]
            continue
        near, far = sorted((low / step[axis], high / step[axis]))
        enters, leaves = max(enters, near), min(leaves, far)
    if enters >= leaves:
        return [ends]
    return [np.stack((ends[0], ends[0] + step * enters)), np.stack((ends[0] + step * leaves, ends[1]))]
