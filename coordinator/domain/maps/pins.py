"""The families' pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.domain.maps.drawing import SHAPES, Symbol
from coordinator.domain.maps.spread import spiral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coordinator.domain.maps.drawing import Pin
    from coordinator.domain.maps.view import View

PIN_PX = 13.0


def pin_symbols(view: View, pins: Sequence[Pin]) -> list[Symbol]:
    """Return the pins in view, the emphasised last; those at one place (one ZIP) are spread to be seen."""
    points = spiral(view.project([pin.position for pin in pins]), PIN_PX)
    symbols = [
        Symbol(
            x,
            y,
            SHAPES[pin.role],
            pin.role,
            size_px=PIN_PX * (1.3 if pin.emphasised else 1),
            code=pin.code,
            emphasised=pin.emphasised,
        )
        for pin, (x, y) in zip(pins, points, strict=True)
        if -PIN_PX < x < view.width + PIN_PX and -PIN_PX < y < view.height + PIN_PX
    ]
    return sorted(symbols, key=lambda symbol: symbol.emphasised)
