"""Reads map tiles from the coordinator's own file: MBTiles (SQLite) or PMTiles.

Such a file may be damaged, or made to harm. So it is opened for reading only and nothing is written beside
it; what is read has a limit in bytes and in time before it is read; and the pictures are not opened here.

Source:
    MBTiles 1.3, github.com/mapbox/mbtiles-spec; PMTiles 3, github.com/protomaps/PMTiles (read by the
    package ``pmtiles``, whose own reader unpacks directories of any size and is therefore not used whole).
"""

from __future__ import annotations

import html
import json
import re
import sqlite3
import time
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from coordinator.domain.maps.tiles import CLOSEST_ZOOM, Box, Tile, TileLimits
from coordinator.domain.maps.view import mercator
from coordinator.errors import UserError

if TYPE_CHECKING:
    from pmtiles.tile import Entry

MOST_TILE_BYTES = 2_000_000
_MOST_DIRECTORY_BYTES = 2_000_000
"""A directory of 65,536 entries, the largest usual, takes half a megabyte unpacked."""
_PATIENCE_S = 3.0
_WORLD_DEG = (-180.0, -85.05, 180.0, 85.05)

DAMAGED = "This map file is damaged or not complete. Get it again, or choose another one."
VECTOR = (
    "This map file holds lines and names, not pictures (“vector” tiles), which cannot be drawn here. "
    "Choose one with raster tiles: PNG, JPEG or WebP."
)
NO_MAP = "This is no map file that can be read here. Choose an MBTiles or a PMTiles file with raster tiles."
EMPTY = "This map file holds no map. Choose another one."
GONE = "The map file cannot be read any more. See whether it is still where it was, or choose another one."


class MapFileError(UserError):
    """A map file cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class TileFileInfo:
    """What a map file says about itself: ``kind`` of its pictures, limits, corners in degrees, origin."""

    kind: str
    limits: TileLimits
    corners_deg: Box
    attribution: str


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
        MapFileError: If it is missing, something else, damaged, empty, or has no raster tiles.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        raise MapFileError(
            "There is no such file, or it may not be read. Choose one that is there."
        ) from None
    if start.startswith(b"SQLite format 3"):
        return MBTiles(path)
    if start.startswith(b"PMTiles"):
        return PMTiles(path)
    raise MapFileError(NO_MAP)


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
        corners = _corners(self._said("bounds").split(","))
        zooms = [_number(self._said("minzoom")), _number(self._said("maxzoom"))]
        if None in zooms:
            zooms = list(self._ask("select min(zoom_level), max(zoom_level) from tiles") or zooms)
        credit = plain_text(self._said("attribution"))
        return TileFileInfo(kind, _limits(zooms[0], zooms[1], corners), corners, credit)

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
                "This PMTiles file is of an old kind. Convert it to version 3, or choose another one."
            ) from None
        except (MagicNumberNotFound, ValueError, IndexError):
            raise MapFileError(DAMAGED) from None

    def _look(self) -> TileFileInfo:
        from pmtiles.tile import TileType  # noqa: PLC0415 - as above

        header = self._header
        if header["tile_type"] in (TileType.MVT, TileType.MLT):
            raise MapFileError(VECTOR)
        corners = _corners(
            [header[f"{edge}_e7"] / 1e7 for edge in ("min_lon", "min_lat", "max_lon", "max_lat")]
        )
        kind = checked_kind(self._first_tile())
        credit = plain_text(str(self._metadata().get("attribution") or ""))
        return TileFileInfo(kind, _limits(header["min_zoom"], header["max_zoom"], corners), corners, credit)

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


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,2}", text.strip(), re.ASCII) else None


def _corners(values: list[Any]) -> Box:
    """Return west, south, east, north in degrees; the whole world where the file says nothing usable."""
    try:
        west, south, east, north = (float(value) for value in values)
    except ValueError:
        return _WORLD_DEG
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return _WORLD_DEG
    return west, south, east, north


def _limits(low: object, high: object, corners: Box) -> TileLimits:
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high):
        raise MapFileError(DAMAGED)
    if low > CLOSEST_ZOOM:
        raise MapFileError(DAMAGED)
    west, south, east, north = corners
    (left, top), (right, bottom) = mercator(np.array((north, south)), np.array((west, east))).tolist()
    return TileLimits(low, min(high, CLOSEST_ZOOM), (left, top, right, bottom))
