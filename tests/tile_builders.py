"""Tiles, files and servers full of them, good and bad, for the tests."""

from __future__ import annotations

import math
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import MappingProxyType

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from coordinator.domain.maps.tiles import Tile
from tests.web_server import send

SEACOAST_DEG = (-72.0, 42.5, -69.5, 44.5)
BoxDeg = tuple[float, float, float, float]
RED, GREEN, BLUE = (200, 40, 40), (40, 160, 60), (40, 60, 200)
Colour = tuple[int, int, int]


def a_png(colour: Colour = RED, side: int = 256, *, claimed_side: int | None = None) -> bytes:
    """Return a picture of one colour; *claimed_side* is a lie in its header."""
    return png_of(bytes(colour) * side * side, side, claimed_side=claimed_side)


def png_of(pixels: bytes, side: int, *, claimed_side: int | None = None) -> bytes:
    """Return a square picture of *pixels*, three bytes each."""
    header = struct.pack(">IIBBBBB", claimed_side or side, claimed_side or side, 8, 2, 0, 0, 0)
    rows = b"".join(b"\x00" + pixels[start : start + 3 * side] for start in range(0, len(pixels), 3 * side))
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def tiles_of_box(zooms: Iterable[int], box_deg: BoxDeg = SEACOAST_DEG) -> list[Tile]:
    """Return every tile of *zooms* that touches west, south, east, north."""
    found = []
    for zoom in zooms:
        (left, bottom), (right, top) = (_cell(zoom, *box_deg[at : at + 2]) for at in (0, 2))
        found += [
            Tile(zoom, column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)
        ]
    return found


def _cell(zoom: int, longitude: float, latitude: float) -> tuple[int, int]:
    y = 0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
    return int((longitude / 360 + 0.5) * 2**zoom), int(y * 2**zoom)


def an_mbtiles(
    path: Path,
    tiles: Iterable[Tile],
    picture: Callable[[Tile], bytes] = lambda _: a_png(),
    **said: str,
) -> Path:
    """Write an MBTiles file; *said* is added to its remarks."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("create table metadata (name text, value text)")
        file.execute("create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        file.execute("create unique index tile_index on tiles (zoom_level, tile_column, tile_row)")
        file.executemany("insert into metadata values (?, ?)", list(said.items()))
        file.executemany(
            "insert into tiles values (?, ?, ?, ?)",
            ((t.zoom, t.column, 2**t.zoom - 1 - t.row, picture(t)) for t in tiles),
        )
    return path


def a_pmtiles(
    path: Path,
    tiles: Iterable[Tile],
    picture: Callable[[Tile], bytes] = lambda _: a_png(),
    *,
    kind: TileType = TileType.PNG,
    box_deg: BoxDeg = SEACOAST_DEG,
    **said: str,
) -> Path:
    """Write a PMTiles file; *said* are its remarks."""
    with path.open("wb") as file:
        writer = Writer(file)
        for number, tile in sorted((zxy_to_tileid(t.zoom, t.column, t.row), t) for t in tiles):
            writer.write_tile(number, picture(tile))
        names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        corners = {name: round(degrees * 1e7) for name, degrees in zip(names, box_deg, strict=True)}
        writer.finalize({"tile_compression": Compression.NONE, "tile_type": kind, **corners}, dict(said))
    return path


def tile_asked(path: str) -> Tile:
    """Return which tile ``/z/x/y.png`` is."""
    zoom, column, row = path.removesuffix(".png").strip("/").split("/")
    return Tile(int(zoom), int(column), int(row))


def tiles_served(
    picture: Callable[[Tile], bytes] = lambda _: a_png(), headers: Mapping[str, str] = MappingProxyType({})
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer ``/z/x/y.png`` with a picture, as a good server does."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = picture(tile_asked(handler.path))
        handler.send_response(200)
        handler.send_header("Content-Type", "image/png")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def a_huge_picture(handler: BaseHTTPRequestHandler) -> None:
    """Send a small file that would unpack to three gigabytes."""
    send(handler, a_png(side=64, claimed_side=32_000), "image/png")


def without_end(handler: BaseHTTPRequestHandler) -> None:
    """Send until the other side hangs up, without saying how much."""
    handler.send_response(200)
    handler.send_header("Content-Type", "image/png")
    handler.end_headers()
    while True:
        handler.wfile.write(bytes(100_000))
