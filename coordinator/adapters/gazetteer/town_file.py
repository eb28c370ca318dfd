"""One SQLite file of towns: looked up by name, by the beginning of a name, and by where they are.

The shipped files (``resources/_build/build_gazetteer.py``) and the post office's names, gathered on the
user's machine (``post_office``), have the same tables, so that one class reads them all.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from coordinator.domain.places.names import rough_miles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coordinator.domain.places.positions import Position

TOWN_SCHEMA = """
create table town (key text not null, state text not null, population integer not null, name text not null,
                   country text not null, latitude_deg real not null, longitude_deg real not null);
create index town_by_key on town (key, state, population desc);
create virtual table town_word using fts5 (words, content='', detail=none, columnsize=0, prefix='2 3');
create virtual table town_point using rtree (id, south, north, west, east);
"""
"""Rows stand in the order they are offered in, largest first: the number of a row is its rank."""

MILES_PER_DEGREE = 68.7
"""The shortest degree of latitude, at the equator, rounded down."""
_BOXES_DEG = (0.1, 0.4, 1.6, 6.4)
_COLUMNS = "key, state, population, name, country, latitude_deg, longitude_deg"


class Town(NamedTuple):
    """A row of ``town``; ``key`` is its name as ``positions.town_key`` writes it."""

    key: str
    state: str
    population: int
    name: str
    country: str
    latitude_deg: float
    longitude_deg: float


def fill_towns(connection: sqlite3.Connection, towns: Iterable[Town]) -> None:
    """Make the tables and write *towns*, largest first."""
    connection.executescript(TOWN_SCHEMA)
    rows = sorted(towns, key=lambda town: (-town.population, town))
    connection.executemany(f"insert into town ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our names
    words = ((number, town.key) for number, town in enumerate(rows, start=1))
    connection.executemany("insert into town_word (rowid, words) values (?, ?)", words)
    connection.execute("insert into town_word (town_word) values ('optimize')")
    fill_points(connection, "town_point", ((n, *town[-2:]) for n, town in enumerate(rows, start=1)))


def fill_points(
    connection: sqlite3.Connection, table: str, points: Iterable[tuple[int, float, float]]
) -> None:
    """Write number, latitude and longitude into the R*Tree *table*."""
    boxes = ((number, north, north, east, east) for number, north, east in points)
    connection.executemany(f"insert into {table} values (?, ?, ?, ?, ?)", boxes)  # noqa: S608 - our names


class TownFile:
    """Reads one file of towns; usable from any thread."""

    def __init__(self, source: Path | sqlite3.Connection) -> None:
        """Open the file at *source*, never to be written to, or take over a connection in memory."""
        if not isinstance(source, sqlite3.Connection):
            uri = f"{source.absolute().as_uri()}?mode=ro&immutable=1"
            source = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._connection = source
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ask(self, query: str, *values: object) -> list[Any]:
        """Return the rows of *query*."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def named(self, key: str, *, state: str = "", country: str = "") -> list[Town]:
        """Return the towns of that very name, largest first; of one state or country, if given."""
        rows = self.ask(
            f"select {_COLUMNS} from town where key = ? and ? in (state, '') and ? in (country, '') "  # noqa: S608 - our names
            "order by population desc",
            key,
            state,
            country,
        )
        return [Town(*row) for row in rows]

    def beginning(self, query: str, limit: int, regions: Iterable[str] = ()) -> list[Town]:
        """Return towns in whose name each word of *query* begins one; largest first.

        Args:
            query: A :func:`~coordinator.domain.places.positions.town_key`.
            limit: The most to return.
            regions: Codes of the states or, for towns without one, countries to look in; none is all.
        """
        # Keys hold letters, digits and spaces only, so that nothing in them means anything to FTS5.
        match = " AND ".join(f'"{word}"*' for word in query.split())
        codes = tuple(regions)
        within = (
            f"and iif(t.state = '', t.country, t.state) in ({', '.join('?' * len(codes))})" if codes else ""
        )
        rows = self.ask(
            f"select {_COLUMNS} from town_word w join town t on t.rowid = w.rowid "  # noqa: S608 - our names
            f"where town_word match ? {within} order by w.rowid limit ?",
            match,
            *codes,
            limit,
        )
        return [Town(*row) for row in rows]

    def around(self, position: Position, miles: float) -> list[Town]:
        """Return the towns within about *miles*: all that are nearer, and some in the corners beyond."""
        return [Town(*row) for row in self._in_box("town", position, miles / MILES_PER_DEGREE)]

    def nearest_town(self, position: Position) -> tuple[Town, float] | None:
        """Return the town whose point is nearest, and the miles to it; nothing within some 400 miles."""
        row = self.nearest("town", position)
        return (Town(*row[0]), row[1]) if row else None

    def names(self) -> list[str]:
        """Return every name once, as a key."""
        return [row[0] for row in self.ask("select distinct key from town")]

    def nearest(self, table: str, position: Position) -> tuple[Any, float] | None:
        """Return the row of *table* whose point is nearest, and the miles to it."""
        for half_deg in _BOXES_DEG:
            found = [
                (row, rough_miles(position, *row[-2:])) for row in self._in_box(table, position, half_deg)
            ]
            best = min(found, key=lambda one: one[1], default=None)
            # What lies outside the box may be nearer than what lies in its corner.
            if best and best[1] <= half_deg * MILES_PER_DEGREE:
                return best
        return None

    def _in_box(self, table: str, position: Position, half_deg: float) -> list[Any]:
        north, east = position.latitude_deg, position.longitude_deg
        wide = min(180.0, half_deg / max(0.01, _cosine(abs(north) + half_deg)))
        rows: list[Any] = []
        for turn in (0, -360, 360):  # a box over the date line lies on both sides of the map
            if east + wide + turn < -180 or east - wide + turn > 180:
                continue
            box = (north - half_deg, north + half_deg, east - wide + turn, east + wide + turn)
            rows += self.ask(
                f"select t.* from {table}_point p join {table} t on t.rowid = p.id "  # noqa: S608 - our names
                "where p.north >= ? and p.south <= ? and p.east >= ? and p.west <= ?",
                *box,
            )
        return rows


def _cosine(degrees: float) -> float:
    return math.cos(math.radians(min(degrees, 90.0)))
