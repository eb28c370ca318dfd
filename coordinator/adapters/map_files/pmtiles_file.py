"""Reads tiles from a PMTiles file.

The package ``pmtiles`` knows the form; its own reader unpacks directories of any size, and every one of them
anew for each tile, so directories are read, measured and kept here.

Source:
    PMTiles 3, github.com/protomaps/PMTiles.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from coordinator.adapters.map_files.tile_file_checks import (
    DAMAGED,
    EMPTY,
    GONE,
    MOST_TILE_BYTES,
    VECTOR,
    MapFileError,
    TileFileInfo,
    checked_corners,
    checked_kind,
    checked_limits,
    plain_text,
)
from coordinator.domain.maps.tiles import Tile
from coordinator.sayings import saying

if TYPE_CHECKING:
    from pmtiles.tile import Entry

_MOST_DIRECTORY_BYTES = 2_000_000
"""A directory of 65,536 entries, the largest usual, takes half a megabyte unpacked."""


class PMTiles:
    """Tiles in one file of the PMTiles form, version 3."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        try:
            self._file = path.open("rb")
            self._size = path.stat().st_size
        except OSError:
            raise MapFileError(GONE) from None
        self._directory = lru_cache(maxsize=64)(self._read_directory)
        try:
            self._header = self._read_header()
            self.info = self._look()
        except BaseException:
            self.close()
            raise

    def read(self, tile: Tile) -> bytes | None:
        """Return the picture of *tile*. Raises ``MapFileError`` if the file went away or is damaged."""
        from pmtiles.tile import find_tile, zxy_to_tileid  # noqa: PLC0415 - only for such a file

        number = zxy_to_tileid(tile.zoom, tile.column, tile.row)
        entries = self._directory(self._header["root_offset"], self._header["root_length"])
        for _ in range(4):  # as deep as the form allows
            entry = find_tile(entries, number)
            if entry is None:
                return None
            if entry.run_length:
                return self._tile_bytes(entry)
            entries = self._directory(self._header["leaf_directory_offset"] + entry.offset, entry.length)
        raise MapFileError(DAMAGED)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()

    def _read_header(self) -> Any:  # noqa: ANN401 - a typed dict of the package, imported late
        from pmtiles.tile import (  # noqa: PLC0415 - as above
            MagicNumberNotFound,
            SpecVersionUnsupported,
            deserialize_header,
        )

        try:
            return deserialize_header(self._bytes(0, 127, 127))
        except SpecVersionUnsupported:
            raise MapFileError(
                saying("This PMTiles file is of an old kind. Convert it to version 3, or choose another one.")
            ) from None
        except (MagicNumberNotFound, ValueError, IndexError):
            raise MapFileError(DAMAGED) from None

    def _look(self) -> TileFileInfo:
        from pmtiles.tile import TileType  # noqa: PLC0415 - as above

        header = self._header
        if header["tile_type"] in (TileType.MVT, TileType.MLT):
            raise MapFileError(VECTOR)
        corners = checked_corners(
            [header[f"{edge}_e7"] / 1e7 for edge in ("min_lon", "min_lat", "max_lon", "max_lat")]
        )
        kind = checked_kind(self._first_tile())
        credit = plain_text(str(self._metadata().get("attribution") or ""))
        return TileFileInfo(
            kind, checked_limits(header["min_zoom"], header["max_zoom"], corners), corners, credit
        )

    def _first_tile(self) -> bytes:
        entries = self._directory(self._header["root_offset"], self._header["root_length"])
        for _ in range(4):
            if not entries:
                raise MapFileError(EMPTY)
            if entries[0].run_length:
                return self._tile_bytes(entries[0])
            leaf = self._header["leaf_directory_offset"] + entries[0].offset
            entries = self._directory(leaf, entries[0].length)
        raise MapFileError(DAMAGED)

    def _metadata(self) -> dict[str, Any]:
        try:
            packed = self._bytes(
                self._header["metadata_offset"], self._header["metadata_length"], _MOST_DIRECTORY_BYTES
            )
            said = json.loads(_unpacked(packed) if packed[:2] == b"\x1f\x8b" else packed)
        except (MapFileError, ValueError, RecursionError):
            return {}  # without its remarks the tiles are still tiles
        return said if isinstance(said, dict) else {}

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        from pmtiles.tile import deserialize_directory  # noqa: PLC0415 - as above

        packed = self._bytes(offset, length, _MOST_DIRECTORY_BYTES)
        _unpacked(packed)  # refuses what would fill the memory; the package would not
        try:
            return deserialize_directory(packed)
        except (EOFError, ValueError, OSError, zlib.error, IndexError):
            raise MapFileError(DAMAGED) from None

    def _tile_bytes(self, entry: Entry) -> bytes:
        return self._bytes(self._header["tile_data_offset"] + entry.offset, entry.length, MOST_TILE_BYTES)

    def _bytes(self, offset: int, length: int, most: int) -> bytes:
        if length > most or offset < 0 or offset + length > self._size:
            raise MapFileError(DAMAGED)
        with self._lock:
            try:
                self._file.seek(offset)
                found = self._file.read(length)
            except (OSError, ValueError):  # ValueError: closed meanwhile
                raise MapFileError(GONE) from None
        if len(found) != length:
            raise MapFileError(DAMAGED)
        return found


def _unpacked(packed: bytes) -> bytes:
    """Return gzip's contents, refused above the limit for directories."""
    machine = zlib.decompressobj(wbits=31)
    try:
        contents = machine.decompress(packed, _MOST_DIRECTORY_BYTES)
    except zlib.error:
        raise MapFileError(DAMAGED) from None
    if machine.unconsumed_tail or not machine.eof:
        raise MapFileError(DAMAGED)
    return contents
