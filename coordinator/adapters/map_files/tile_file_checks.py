"""What a map file of the coordinator's own may hold, whatever its form, and what is said when it does not."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from coordinator.domain.maps.tiles import CLOSEST_ZOOM, Box, TileLimits
from coordinator.domain.maps.view import mercator
from coordinator.errors import UserError
from coordinator.sayings import saying

MOST_TILE_BYTES = 2_000_000
_WORLD_DEG = (-180.0, -85.05, 180.0, 85.05)

DAMAGED = saying("This map file is damaged or not complete. Get it again, or choose another one.")
VECTOR = saying(
    "This map file holds lines and names, not pictures (“vector” tiles), which cannot be drawn here. "
    "Choose one with raster tiles: PNG, JPEG or WebP."
)
NO_MAP = saying(
    "This is no map file that can be read here. Choose an MBTiles or a PMTiles file with raster tiles."
)
EMPTY = saying("This map file holds no map. Choose another one.")
GONE = saying(
    "The map file cannot be read any more. See whether it is still where it was, or choose another one."
)


class MapFileError(UserError):
    """A map file cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class TileFileInfo:
    """What a map file says about itself: ``kind`` of its pictures, limits, corners in degrees, origin."""

    kind: str
    limits: TileLimits
    corners_deg: Box
    attribution: str


def picture_kind(data: bytes) -> str:
    """Return ``PNG``, ``JPEG`` or ``WebP`` by the first bytes, "" for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WebP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def checked_kind(data: bytes) -> str:
    """Return what kind of picture *data* is; raises ``MapFileError`` if it is none."""
    kind = picture_kind(data)
    if kind:
        return kind
    is_packed = data[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda")
    raise MapFileError(VECTOR if is_packed or data[:1] == b"\x1a" else DAMAGED)


def plain_text(markup: str, longest: int = 160) -> str:
    """Return an attribution, which is usually HTML, as one line of plain text."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", markup[:4000]))
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def checked_corners(values: list[Any]) -> Box:
    """Return west, south, east, north in degrees; the whole world where the file says nothing usable."""
    try:
        west, south, east, north = (float(value) for value in values)
    except ValueError:
        return _WORLD_DEG
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return _WORLD_DEG
    return west, south, east, north


def checked_limits(low: object, high: object, corners: Box) -> TileLimits:
    """Return how far a file reaches; raises ``MapFileError`` if its zooms are none."""
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high):
        raise MapFileError(DAMAGED)
    if low > CLOSEST_ZOOM:
        raise MapFileError(DAMAGED)
    west, south, east, north = corners
    (left, top), (right, bottom) = mercator(np.array((north, south)), np.array((west, east))).tolist()
    return TileLimits(low, min(high, CLOSEST_ZOOM), (left, top, right, bottom))
