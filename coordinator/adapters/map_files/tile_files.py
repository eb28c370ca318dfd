"""Reads map tiles from the coordinator's own file: MBTiles (SQLite) or PMTiles.

Such a file may be damaged, or made to harm. So it is opened for reading only and nothing is written beside
it; what is read has a limit in bytes and in time before it is read; and the pictures are not opened here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from coordinator import open_networks
from coordinator.adapters.map_files.mbtiles_file import MBTiles
from coordinator.adapters.map_files.pmtiles_file import PMTiles
from coordinator.adapters.map_files.tile_file_checks import NO_MAP, MapFileError, TileFileInfo
from coordinator.domain.maps.tiles import Tile
from coordinator.sayings import saying


class TileFile(Protocol):
    """An open map file; may be read from any thread, one at a time."""

    @property
    def info(self) -> TileFileInfo:
        """What the file says about itself."""

    def read(self, tile: Tile) -> bytes | None:
        """Return the picture of *tile* as it is stored, ``None`` if the file has none for it."""

    def close(self) -> None:
        """Let go of the file."""


def open_tile_file(path: Path) -> TileFile:
    """Open and check a map file; it takes one picture out to see what kind it is.

    Raises:
        NetworkFileError: If it is a file of an open network.
        MapFileError: If it is missing, something else, damaged, empty, or has no raster tiles.
    """
    open_networks.refuse(path)
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        raise MapFileError(
            saying("There is no such file, or it may not be read. Choose one that is there.")
        ) from None
    if start.startswith(b"SQLite format 3"):
        return MBTiles(path)
    if start.startswith(b"PMTiles"):
        return PMTiles(path)
    raise MapFileError(NO_MAP)
