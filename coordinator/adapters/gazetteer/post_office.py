"""The names the post office uses for towns and ZIPs, gathered on this machine from the ``zipcodes`` package.

GeoNames lacks York, Wells and Cape Elizabeth; the post office has them. The package's table is not ours to
copy into the program, and asking it costs half a second and 40 MB, so what it says is written once into a
file of the user's cache folder. A new version of the package makes a new file. Where none can be written,
the same tables stand in memory.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import platformdirs

from coordinator.adapters.gazetteer.town_file import Town, TownFile, fill_towns
from coordinator.domain.places.positions import town_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FORMAT = 2
"""Raise it when the tables change: files of another format are made anew."""
_RANK_OF_A_ZIP = 1000
"""Inhabitants are not known here; so many a ZIP give a town its place among the others."""
_ZIP_SCHEMA = """
create table zip (code text primary key, town text not null, state text not null,
                  latitude_deg real, longitude_deg real) without rowid;
create table called (code text not null, key text not null, primary key (code, key)) without rowid;
"""
_BEYOND_THE_STATES = ("AA", "AE", "AP", "FM", "MH", "MP", "PW")
"""The forces abroad and Pacific islands, where the post office delivers too; the state table has them not."""
Point = Sequence[float]


class PostOffice:
    """The post office's names, opened or gathered when first needed; usable from any thread.

    Args:
        main: The shipped file: its ZIP points are better than the post office's, and its towns are left out.
    """

    def __init__(self, main: TownFile) -> None:
        self._main = main
        self._lock = threading.Lock()
        self._names: TownFile | None = None

    def names(self) -> TownFile:
        """Return the names; gathers them first if need be (about two seconds, once a machine)."""
        with self._lock:
            if self._names is None:
                self._names = self._opened() or TownFile(self._gathered())
            return self._names

    def names_if_there(self) -> TownFile | None:
        """Return the names if that takes no time: they were gathered before."""
        if self._names is not None or not self._lock.acquire(blocking=False):
            return self._names  # whoever holds the lock is gathering
        try:
            self._names = self._opened()
            return self._names
        finally:
            self._lock.release()

    def called(self, zip_code: str) -> frozenset[str]:
        """Return every name people write for a ZIP, as keys; waits for no gathering."""
        names = self.names_if_there()
        if names is not None:
            return frozenset(row[0] for row in names.ask("select key from called where code = ?", zip_code))
        import zipcodes  # noqa: PLC0415 - a third of a second, a sixth of gathering all names

        look_up: Any = zipcodes
        return frozenset(key for _, key in _called(look_up.filter_by(zip_code=zip_code)))

    def close(self) -> None:
        """Let go of the file."""
        if self._names is not None:
            self._names.close()

    def _opened(self) -> TownFile | None:
        path = _cached_path()
        if not path.is_file():
            return None
        names = TownFile(path)
        try:
            if names.ask("pragma user_version")[0][0] == FORMAT:
                return names
        except sqlite3.DatabaseError:
            pass  # cut short or written over: gathered anew
        names.close()
        return None

    def _gathered(self) -> Path | sqlite3.Connection:
        """Return the file made from the package, or the tables in memory where no file can be written."""
        content = sqlite3.connect(":memory:", check_same_thread=False)
        self._fill(content)
        path = _cached_path()
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.closing(sqlite3.connect(beside)) as file:
                content.backup(file)
            beside.replace(path)
        except (OSError, sqlite3.Error):
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return content
        content.close()
        _remove_older(path)
        return path

    def _fill(self, connection: sqlite3.Connection) -> None:
        states = {row[0] for row in self._main.ask("select code from state")}
        census = {
            code: point
            for code, *point in self._main.ask("select code, latitude_deg, longitude_deg from zip")
        }
        known = set(self._main.ask("select distinct key, state from town"))
        rows = list(_rows(sorted({*states, *_BEYOND_THE_STATES})))
        points = {row["zip_code"]: census.get(row["zip_code"]) or _point(row) for row in rows}
        with connection:
            connection.executescript(_ZIP_SCHEMA)
            connection.executemany(
                "insert or replace into zip values (?, ?, ?, ?, ?)",
                [
                    (row["zip_code"], row["city"], row["state"], *(_point(row) or (None, None)))
                    for row in rows
                ],
            )
            connection.executemany("insert or ignore into called values (?, ?)", _called(rows))
            fill_towns(connection, _towns(rows, points, known))
            connection.execute(f"pragma user_version = {FORMAT}")


def _rows(states: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the package's rows state by state, so that other threads get their turn in between."""
    import zipcodes  # noqa: PLC0415 - half a second and 40 MB that most runs do not need

    look_up: Any = zipcodes
    for state in states:
        yield from look_up.filter_by(state=state)


def _called(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each ZIP with every name people write for it, also those the post office would rather not see."""
    for row in rows:
        for name in (row["city"], *row["acceptable_cities"], *row["unacceptable_cities"]):
            yield row["zip_code"], town_key(name)


def _point(row: Mapping[str, Any]) -> Point | None:
    """Return the post office's own point; one at 0,0 is missing."""
    point = float(row["lat"] or 0), float(row["long"] or 0)
    return None if point == (0.0, 0.0) else point


def _towns(
    rows: Iterable[dict[str, Any]], points: Mapping[str, Point | None], known: set[tuple[str, str]]
) -> Iterator[Town]:
    """Yield each name once a state, at the middle of its ZIPs: its own, else those it is accepted for."""
    own: dict[tuple[str, str], list[Point]] = defaultdict(list)
    accepted: dict[tuple[str, str], list[Point]] = defaultdict(list)
    spelt: dict[tuple[str, str], str] = {}
    for row in rows:
        point = points[row["zip_code"]]
        if point is None or row["zip_code_type"] == "MILITARY":
            continue
        for name, found in ((row["city"], own), *((name, accepted) for name in row["acceptable_cities"])):
            town = town_key(name), row["state"]
            found[town].append(point)
            spelt.setdefault(town, name)
    for town, places in (accepted | own).items():
        if town not in known and town[0]:
            rank = _RANK_OF_A_ZIP * len(places) if town in own else 0
            yield Town(*town, rank, spelt[town], "US", *_middle(places))


def _middle(points: list[Point]) -> tuple[float, float]:
    latitudes, longitudes = zip(*points, strict=True)
    return round(sum(latitudes) / len(points), 5), round(sum(longitudes) / len(points), 5)


def _cached_path() -> Path:
    folder = platformdirs.user_cache_path("milkrun", appauthor=False)
    return folder / f"post-office-names-{_package_version()}-{FORMAT}.sqlite"


@cache
def _package_version() -> str:
    try:
        return metadata.version("zipcodes")
    except metadata.PackageNotFoundError:  # a bundle may carry the package without its papers
        return "bundled"


def _remove_older(path: Path) -> None:
    for other in path.parent.glob("post-office-names-*.sqlite"):
        if other != path:
            with contextlib.suppress(OSError):
                other.unlink()
