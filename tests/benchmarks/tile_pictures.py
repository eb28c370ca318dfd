"""Tiles as heavy as those of real maps: about 20 kB of fine lines and areas."""

from __future__ import annotations

from functools import cache

import numpy as np

from coordinator.domain.maps.tiles import Tile
from tests.tile_builders import png_of


def some_picture(tile: Tile) -> bytes:
    """Return one of 16 pictures."""
    return _picture((tile.column % 4) * 4 + tile.row % 4)


@cache
def _picture(seed: int) -> bytes:
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:256, 0:256]
    waves = sum(np.sin((x * a + y * b) / 9 + c) for a, b, c in random.uniform(-1, 1, (6, 3)))
    steps = np.round(np.asarray(waves) * 3).astype(np.int64)
    noise = random.integers(0, 30, (256, 256)) == 0
    colours = random.integers(120, 255, (64, 3), dtype=np.uint8)
    pixels = colours[steps % 64]
    pixels[noise] = (90, 90, 90)
    return png_of(pixels.tobytes(), 256)
