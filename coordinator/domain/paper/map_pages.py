"""What stands on a printed map; a service fills it, ``adapters/pdf/map_page.py`` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.settings import Paper
from coordinator.sayings import Saying

if TYPE_CHECKING:
    from datetime import date

    from coordinator.domain.maps.drawing import Layers
    from coordinator.domain.places.positions import Position


@dataclass(frozen=True, slots=True)
class MapPage:
    """A map for one page of paper: codes, no names.

    Attributes:
        title: What it shows.
        network_name: Whose it is.
        on: The day it was drawn.
        layers: Pins, lines and legend.
        focus: What the page is filled with; the rest is shown as far as it lies there.
        not_placed: Codes of those whose place is not known.
        notes: Lines under the map.
        unit: Of the scale bar.
        paper: Letter or A4.
    """

    title: Saying
    network_name: str
    on: date
    layers: Layers
    focus: tuple[Position, ...]
    not_placed: tuple[str, ...] = ()
    notes: tuple[Saying, ...] = ()
    unit: DistanceUnit = DistanceUnit.MI
    paper: Paper = Paper.LETTER
