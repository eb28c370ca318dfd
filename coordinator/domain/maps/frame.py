"""What stays where it is while the map is pulled: scale bar, origin of the data, legend."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from coordinator.domain.maps.drawing import (
    SHAPES,
    Anchor,
    Basemap,
    Plate,
    Primitive,
    Role,
    ScaleBar,
    Symbol,
    Text,
)
from coordinator.domain.maps.labels import Measure, Room
from coordinator.domain.maps.pins import PIN_PX
from coordinator.domain.places.positions import KM_PER_MILE, DistanceUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.maps.view import View

LEGEND_PX = 12.0
ORIGIN_PX, FOOT_PX = 9.0, 18.0
"""Size of the words that say where the data are from, and the strip kept for them."""


def frame_marks(view: View, basemap: Basemap, unit: DistanceUnit, measure: Measure) -> list[Primitive]:
    """Return the scale bar and, beneath it, where the map's data come from, on as many lines as it needs."""
    per_pixel = view.miles_per_pixel() * (KM_PER_MILE if unit is DistanceUnit.KM else 1)
    amount = _round_amount(per_pixel * min(130.0, view.width / 3))
    origin = _lines_within(str(basemap.attribution), view.width - 12, measure)
    first = view.height - 6 - ORIGIN_PX * 1.2 * (len(origin) - 1)
    texts = [
        Text(view.width - 6, first + ORIGIN_PX * 1.2 * nth, line, Role.ATTRIBUTION, ORIGIN_PX, Anchor.END)
        for nth, line in enumerate(origin)
    ]
    wide = max((measure(line, ORIGIN_PX) for line in origin), default=0.0)
    top = first - ORIGIN_PX - 2
    plate = Plate(view.width - wide - 11, top, wide + 11, view.height - top)
    bar = ScaleBar(12.0, first - FOOT_PX, amount / per_pixel, f"{amount:,g} {unit}")
    return [bar, plate, *texts] if texts else [bar]


def _lines_within(text: str, width: float, measure: Measure) -> list[str]:
    """Return *text* whole when it fits, else a line for each part between the dots, or as many words as fit.

    Whoever made the map is named on it whole, however narrow it is.
    """
    if not text or measure(text, ORIGIN_PX) <= width:
        return [text] if text else []
    if " · " in text:
        return [line for part in text.split(" · ") for line in _lines_within(part, width, measure)]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer, ORIGIN_PX) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _round_amount(most: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, … (or .5, .2, …) not above *most*."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= most)


def legend_marks(entries: Sequence[tuple[Role, str]], measure: Measure) -> list[Primitive]:
    """Return a mark and a word for each entry, from the upper left corner down, on a plate."""
    if not entries:
        return []
    wide = max(measure(text, LEGEND_PX) for _, text in entries) * 1.02
    plate = Plate(6.0, 6.0, wide + 13 + 20, 18.0 * len(entries) + 6)
    rows = [(18.0, 18.0 + 18.0 * nth, role, text) for nth, (role, text) in enumerate(entries)]
    marks: list[Primitive] = [Symbol(x, y, SHAPES[role], role, PIN_PX) for x, y, role, _ in rows]
    words = [Text(x + 13, y + 4, text, role, LEGEND_PX, halo=False) for x, y, role, text in rows]
    return [plate, *marks, *words]


def keep_free(room: Room, frame: Sequence[Primitive], measure: Measure) -> None:
    """Keep names off the scale bar, the legend and the origin of the data."""
    for item in frame:
        if isinstance(item, Text):
            room.take_text(item)
        elif isinstance(item, Symbol):
            room.take_around(item.x, item.y, item.size_px)
        elif isinstance(item, Plate):
            room.take((item.left, item.top, item.left + item.width, item.top + item.height))
        elif isinstance(item, ScaleBar):
            width = max(item.length_px, measure(item.text, 11))
            room.take((item.x - 2, item.y - 20, item.x + width + 2, item.y + 4))
