"""Reads tiles from an MBTiles file.

Source:
    MBTiles 1.3, github.com/mapbox/mbtiles-spec.
"""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path
from threading import Lock
from typing import Any

from coordinator.adapters.map_files.tile_file_checks import (
    DAMAGED,
    EMPTY,
    MOST_TILE_BYTES,
    NO_MAP,
    MapFileError,
    TileFileInfo,
    checked_corners,
    checked_kind,
    checked_limits,
    plain_text,
)
from coordinator.domain.maps.tiles import Tile

_PATIENCE_S = 3.0


class MBTiles:
    """Tiles in a SQLite file, whose rows are counted from the south."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._deadline = 0.0
        # Immutable: without it SQLite would lay a -wal and a -shm file beside one that has a log.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error:
            raise MapFileError(DAMAGED) from None
        try:
            self._guard()
            self.info = self._look()
        except BaseException:
            self.close()
            raise

    def read(self, tile: Tile) -> bytes | None:
        """Return the picture of *tile*. Raises ``MapFileError`` if the file went away or is damaged."""
        row = 2**tile.zoom - 1 - tile.row
        found = self._ask(
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?",
            tile.zoom,
            tile.column,
            row,
        )
        return found[0] if found and isinstance(found[0], bytes) else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _guard(self) -> None:
        """Trust nothing in the file: what it calls a table may be a view that never ends."""
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_TILE_BYTES)
        self._connection.set_progress_handler(lambda: time.monotonic() > self._deadline, 20_000)
        self._ask("pragma trusted_schema = off")

    def _look(self) -> TileFileInfo:
        if self._ask("select 1 from sqlite_master where name = 'tiles'") is None:
            raise MapFileError(NO_MAP)
        sample = self._ask("select tile_data from tiles limit 1")
        if sample is None or not isinstance(sample[0], bytes):
            raise MapFileError(EMPTY)
        kind = checked_kind(sample[0])
        corners = checked_corners(self._said("bounds").split(","))
        zooms = [_number(self._said("minzoom")), _number(self._said("maxzoom"))]
        if None in zooms:
            zooms = list(self._ask("select min(zoom_level), max(zoom_level) from tiles") or zooms)
        credit = plain_text(self._said("attribution"))
        return TileFileInfo(kind, checked_limits(zooms[0], zooms[1], corners), corners, credit)

    def _said(self, name: str) -> str:
        try:
            row = self._ask("select value from metadata where name = ? limit 1", name)
        except MapFileError:
            return ""  # without the table of remarks the tiles are still tiles
        return str(row[0])[:1000] if row and row[0] is not None else ""

    def _ask(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._lock:
            self._deadline = time.monotonic() + _PATIENCE_S
            try:
                row: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
            except (sqlite3.Error, OverflowError, UnicodeDecodeError):
                raise MapFileError(DAMAGED) from None
            return row


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,2}", text.strip(), re.ASCII) else None
