from __future__ import annotations

import csv
import io
import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib import resources
from pathlib import Path

import openpyxl
import pytest

from coordinator.adapters.computer import logs
from coordinator.adapters.gazetteer.towns import Gazetteer
from coordinator.domain.places.positions import Address, Place, Position, Precision, distance_miles

ANYWHERE = Precision.BY_HAND


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer()
    yield opened
    opened.close()


def found(place: Place | None) -> Place:
    assert place is not None
    return place


def miles_off(place: Place, latitude: float, longitude: float) -> float:
    return distance_miles(place.position, Position(latitude, longitude, ANYWHERE))


def test_a_zip_comes_before_the_town(gazetteer: Gazetteer) -> None:
    place = found(gazetteer.locate(Address("1 Elm St", "Portland", "ME", "04005")))

    assert place.label == "ZIP 04005"
    assert place.position.precision is Precision.ZIP
    assert miles_off(place, 43.49, -70.46) < 3
    assert 1 <= place.radius_miles <= 25


@pytest.mark.parametrize("typed", ["4005", "04005-1234", " 04005 "])
def test_eaten_zeros_and_zip_plus_four_are_understood(gazetteer: Gazetteer, typed: str) -> None:
    assert found(gazetteer.locate(Address(zip_code=typed))).label == "ZIP 04005"


def test_a_zip_without_an_area_falls_back_to_the_post_offices_point(gazetteer: Gazetteer) -> None:
    place = found(gazetteer.zip_place("04402"))  # boxes in Bangor

    assert miles_off(place, 44.80, -68.78) < 5


@pytest.mark.parametrize("typed", ["99999", "09012", "ABC", "", "1", "123456"])
def test_what_is_no_zip_or_has_no_point_is_nowhere(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.zip_place(typed) is None


@pytest.mark.parametrize(
    ("town", "state", "label", "latitude", "longitude"),
    [
        ("Rollinsford", "NH", "Rollinsford NH", 43.236, -70.820),
        ("rollinsford", "new hampshire", "Rollinsford NH", 43.236, -70.820),
        ("CAPE ELIZABETH", "me", "Cape Elizabeth ME", 43.58, -70.22),
        ("York", "Maine", "York ME", 43.16, -70.65),
        ("Peaks Island", "ME", "Peaks Island ME", 43.656, -70.194),
        ("Wells", "ME", "Wells ME", 43.32, -70.58),
        ("Portland", "ME", "Portland ME", 43.66, -70.26),
        ("Portland", "OR", "Portland OR", 45.52, -122.68),
        ("Peaks Island", "", "Peaks Island ME", 43.656, -70.194),
    ],
)
def test_towns_and_the_names_of_the_post_office_are_found(
    gazetteer: Gazetteer, town: str, state: str, label: str, latitude: float, longitude: float
) -> None:
    place = found(gazetteer.locate(Address(town=town, state=state)))

    assert place.label == label
    assert place.position.precision is Precision.TOWN
    assert miles_off(place, latitude, longitude) < 4


@pytest.mark.parametrize(
    ("town", "state"), [("Portland", ""), ("Nowhere", "ME"), ("York", "Atlantis"), ("", "ME")]
)
def test_what_could_be_anywhere_is_left_for_a_question(gazetteer: Gazetteer, town: str, state: str) -> None:
    assert gazetteer.locate(Address(town=town, state=state)) is None


@pytest.mark.parametrize("typed", ["M5V 2T6", "m5v2t6", "M5V-2T6", " M5V "])
def test_a_canadian_code_is_placed_by_its_first_three(gazetteer: Gazetteer, typed: str) -> None:
    place = found(gazetteer.locate(Address(town="Nowhere", zip_code=typed)))

    assert (place.label, place.position.precision) == ("FSA M5V", Precision.ZIP)
    assert miles_off(place, 43.64, -79.40) < 3
    assert place.radius_miles == 1


@pytest.mark.parametrize("typed", ["M5D 2T6", "Z1Z 1Z1", "M5V 2", "M5V 2T66"])
def test_what_is_no_canadian_code_is_nowhere(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.locate(Address(zip_code=typed)) is None


@pytest.mark.parametrize(
    ("address", "label"),
    [
        (Address(town="Leeds", state="UK"), "Leeds, United Kingdom"),
        (Address(town="Leeds", state="england"), "Leeds, United Kingdom"),
        (Address(town="Lyon, France"), "Lyon, France"),
        (Address(town="Paris", state="France", zip_code="75001"), "Paris, France"),
        (Address(town="Moncton", state="Canada"), "Moncton NB"),
        (Address(town="Toronto", state="ON"), "Toronto ON"),
        (Address(town="Kittery, Maine"), "Kittery ME"),
        (Address(town="Tbilisi, Georgia"), None),  # the state's name
        (Address(town="Springfield", state="USA"), None),
        (Address(town="Leeds", state="France"), None),
    ],
)
def test_another_country_is_named_and_its_codes_are_no_zip(
    gazetteer: Gazetteer, address: Address, label: str | None
) -> None:
    place = gazetteer.locate(address)

    assert (place.label if place else None) == label


def test_geopys_loggers_stay_quiet_once_the_log_is_set_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Without a handler on its way, Python writes a record to stderr by itself.
    root = logging.getLogger()
    level = root.level
    handler = logs.set_up(tmp_path / "logs")
    logging.getLogger("geopy").error("299 Elm Ln")
    logging.getLogger("geopy.extra.rate_limiter").error("299 Elm Ln")
    root.removeHandler(handler)
    handler.close()
    root.setLevel(level)

    assert "Elm" not in capsys.readouterr().err
    assert "Elm" not in (tmp_path / "logs" / logs.LOG_NAME).read_text("utf-8")


def test_many_threads_get_the_answers_of_one(gazetteer: Gazetteer) -> None:
    zips = [f"{code:05}" for code in range(3801, 3900)] * 5
    alone = [gazetteer.zip_place(code) for code in zips]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(gazetteer.zip_place, zips))

    assert together == alone


def test_every_household_of_the_sample_region_has_a_place(gazetteer: Gazetteer) -> None:
    region = Position(43.5, -70.6, ANYWHERE)

    addresses = sample_addresses()

    assert len(addresses) == 108
    for address in addresses:
        by_zip = found(gazetteer.zip_place(address.zip_code))
        by_town = found(gazetteer.town_place(address.town, address.state))
        assert distance_miles(by_zip.position, region) < 120
        assert distance_miles(by_zip.position, by_town.position) < 15


def sample_addresses() -> list[Address]:
    """Return one address a household: the donors who answered twice count once."""
    folder = resources.files("resources") / "sample" / "seacoast"
    donors = csv.DictReader(io.StringIO((folder / "donor_form_responses.csv").read_text("utf-8-sig")))
    drivers = csv.DictReader(
        io.StringIO((folder / "volunteer_drivers.csv").read_text("cp1252")), delimiter=";"
    )
    book = openpyxl.load_workbook(io.BytesIO((folder / "recipient_requests.xlsx").read_bytes()))
    _, *recipients = book.worksheets[0].iter_rows(min_col=6, max_col=8, values_only=True)
    by_person = {row["Email Address"].casefold(): row for row in donors}
    return [
        *(Address("", row["Town / city"], row["State"], row["ZIP"]) for row in by_person.values()),
        *(Address("", str(town), str(state), str(code)) for town, state, code in recipients),
        *(Address("", row["Town"], row["State"], row["ZIP"]) for row in drivers),
    ]


def test_the_files_are_small_and_say_where_they_are_from() -> None:
    sources = {name: sources_of(name, largest_mb) for name, largest_mb in LARGEST_MB.items()}

    notices = (resources.files("resources") / "gazetteer.LICENCES.md").read_text("utf-8")
    assert all(f"`{name}`" in notices for name in sources)
    assert any("Census" in line for line in sources["gazetteer.sqlite"])
    assert any("GeoNames" in line and "CC BY 4.0" in line for line in sources["gazetteer.sqlite"])
    # Share-alike: nothing else stands in this file, and nothing of it in another.
    assert [
        ("ODbL" in line, "opendatacommons.org" in line) for line in sources["gazetteer_canada.sqlite"]
    ] == [(True, True)]
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in notices


LARGEST_MB = {"gazetteer.sqlite": 8, "gazetteer_world.sqlite": 5, "gazetteer_canada.sqlite": 0.2}


def sources_of(name: str, largest_mb: float) -> set[str]:
    with resources.as_file(resources.files("resources") / name) as path:
        assert path.stat().st_size < largest_mb * 1_000_000
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            for table in {"zip", "town", "fsa"} & {
                row[0] for row in connection.execute("select name from sqlite_master")
            }:
                query = f"select count(*) from {table} where latitude_deg = 0 and longitude_deg = 0"  # noqa: S608 - our names
                assert connection.execute(query).fetchone() == (0,)
            return {row[0] for row in connection.execute("select name || ' ' || licence from source")}
