"""A map to be read on paper: every pin carries its code, because nobody can point at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from coordinator.domain.maps.drawing import (
    Anchor,
    Basemap,
    Layers,
    Polyline,
    Primitive,
    Role,
    Symbol,
    Symbols,
    Text,
)
from coordinator.domain.maps.frame import keep_free
from coordinator.domain.maps.labels import ASCENT, Measure, Room
from coordinator.domain.maps.routes import keep_off_line
from coordinator.domain.maps.scene import compose_base, compose_frame, compose_overlay
from coordinator.domain.maps.towns import town_marks

if TYPE_CHECKING:
    from coordinator.domain.maps.view import View
    from coordinator.domain.places.positions import DistanceUnit

CODE_PX = 11.0
MARKED_GAP_PX = 6.0
"""A marked one is larger, and is kept free to a few pixels more."""
CITY = 40_000
"""A town of so many people is named before the codes are: a map without it is not recognised."""


@dataclass(frozen=True, slots=True)
class CodedMap:
    """What to paint; the codes that found no room beside their pins; those of pins outside the picture."""

    primitives: tuple[Primitive, ...]
    left_out: tuple[str, ...]
    beyond: tuple[str, ...]


def compose_coded(
    view: View, basemap: Basemap, layers: Layers, unit: DistanceUnit, measure: Measure
) -> CodedMap:
    """Return the whole picture with each household's code beside its mark, towns where room is left.

    The marked ones (``emphasised``) get their code first. A code that has no room is returned, not printed
    over another.
    """
    cities = int(np.count_nonzero(basemap.town_population >= CITY))
    each = replace(layers, clustered=False)
    over = compose_overlay(view, _with_towns(basemap, slice(0)), each, unit, measure)
    frame = compose_frame(view, basemap, layers, unit, measure)
    room = _room_left(view, over, frame, measure)
    across_lines = _room_left(view, over, frame, measure, lines=False)
    towns = list(town_marks(view, _with_towns(basemap, slice(cities)), room))
    pins = [mark for item in over if isinstance(item, Symbols) for mark in item.each()]
    marks = sorted(pins, key=lambda mark: not mark.emphasised)
    labels = {mark.code: _placed(mark, room, across_lines) for mark in marks if mark.code}
    towns += town_marks(view, _with_towns(basemap, slice(cities, None)), room)
    shown = [text for text in labels.values() if text]
    in_view = view.shows([pin.position for pin in layers.pins])
    unnamed = [
        (pin.code, is_shown)
        for pin, is_shown in zip(layers.pins, in_view, strict=True)
        if labels.get(pin.code) is None
    ]
    return CodedMap(
        (*compose_base(view, basemap), *towns, *over, *shown, *frame),
        tuple(code for code, is_shown in unnamed if is_shown),
        tuple(code for code, is_shown in unnamed if not is_shown),
    )


def _with_towns(basemap: Basemap, kept: slice) -> Basemap:
    return replace(
        basemap,
        town_names=basemap.town_names[kept],
        town_points=basemap.town_points[kept],
        town_population=basemap.town_population[kept],
    )


def _placed(mark: Symbol, room: Room, across_lines: Room) -> Text | None:
    """Return where a mark's code stands; the marked one's, where all lines meet, across a line if need be."""
    text = room.place(_beside(mark))
    if text is None and mark.emphasised:
        text = across_lines.place(_beside(mark))
        if text is not None:
            room.take_text(text)
    return text


def _room_left(
    view: View, over: list[Primitive], frame: list[Primitive], measure: Measure, *, lines: bool = True
) -> Room:
    room = Room(view.width, view.height, measure)
    keep_free(room, [*over, *frame], measure)
    for item in over:
        if isinstance(item, Symbols):
            room.take_points(item.points, item.size_px)
        if lines and isinstance(item, Polyline) and item.role in {Role.MATCH, Role.ROUTE}:
            keep_off_line(room, item, view)
    return room


def _beside(mark: Symbol) -> list[Text]:
    """Return where a mark's code may stand, best first: right, left, above, below, then the corners."""
    gap = mark.size_px / 2 + (MARKED_GAP_PX if mark.emphasised else 2.5)
    middle, above, below = mark.y + 0.35 * CODE_PX, mark.y - gap, mark.y + gap + ASCENT * CODE_PX
    spots = (
        (mark.x + gap, middle, Anchor.START),
        (mark.x - gap, middle, Anchor.END),
        (mark.x, above, Anchor.MIDDLE),
        (mark.x, below, Anchor.MIDDLE),
        (mark.x + gap * 0.7, above, Anchor.START),
        (mark.x + gap * 0.7, below, Anchor.START),
        (mark.x - gap * 0.7, above, Anchor.END),
        (mark.x - gap * 0.7, below, Anchor.END),
    )
    return [Text(x, y, mark.code, mark.role, CODE_PX, anchor, bold=mark.emphasised) for x, y, anchor in spots]
