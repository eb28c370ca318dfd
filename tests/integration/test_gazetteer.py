from __future__ import annotations

import csv
import io
import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import openpyxl
import pytest

from coordinator.adapters.gazetteer import Gazetteer
from coordinator.adapters.geocoder import OfflineGeocoder
from coordinator.domain.places import Address, Place, Position, Precision, distance_miles

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


@pytest.mark.parametrize(
    ("query", "label", "precision"),
    [
        ("299 Elm Ln, Rollinsford NH 03869", "ZIP 03869", "ZIP"),
        ("299 Elm Ln, Rollinsford NH", "Rollinsford NH", "town"),
        ("Boothbay Harbor, Maine", "Boothbay Harbor ME", "town"),
        ("04005", "ZIP 04005", "ZIP"),
        ("dover new hampshire", "Dover NH", "town"),
    ],
)
def test_geopys_interface_answers_without_a_network(
    gazetteer: Gazetteer, query: str, label: str, precision: str
) -> None:
    # The fixture no_network of conftest refuses every other machine.
    location = OfflineGeocoder(gazetteer).geocode(query, timeout=1)

    assert location is not None
    assert location.address == label
    assert location.raw["label"] == label
    assert location.raw["precision"] == precision
    assert location.raw["radius_mi"] > 0
    assert 42 < location.latitude < 48


def test_a_list_is_given_where_a_list_was_asked_for(gazetteer: Gazetteer) -> None:
    geocoder = OfflineGeocoder(gazetteer)

    assert [one.address for one in geocoder.geocode("04005", exactly_one=False) or ()] == ["ZIP 04005"]
    assert geocoder.geocode("nowhere at all") is None


def test_geopys_loggers_keep_addresses_to_themselves(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("geopy").critical("299 Elm Ln")
        logging.getLogger("geopy.extra.rate_limiter").setLevel(logging.NOTSET)
        logging.getLogger("geopy.extra.rate_limiter").error("299 Elm Ln")

    assert not caplog.records


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


def test_the_file_is_small_and_says_where_it_is_from() -> None:
    with resources.as_file(resources.files("resources") / "gazetteer.sqlite") as path:
        assert path.stat().st_size < 8_000_000
        connection = sqlite3.connect(path)
        names = {row[0] for row in connection.execute("select name || licence from source")}
        zeros = connection.execute("select count(*) from zip where latitude_deg = 0 and longitude_deg = 0")
        assert zeros.fetchone() == (0,)
        connection.close()
    assert any("Census" in name for name in names)
    assert any("GeoNames" in name and "CC BY 4.0" in name for name in names)
