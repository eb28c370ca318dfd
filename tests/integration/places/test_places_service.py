"""What the window asks about places: what is unknown, what a point is near, where the network is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.domain.places.positions import Position, Precision
from coordinator.services.places import suggestions


@pytest.fixture(autouse=True)
def prepared() -> None:
    suggestions.prepare_places()


@pytest.mark.parametrize(
    ("town", "state"),
    [
        ("Kittery", "ME"),
        ("kittery", "maine"),
        ("York", "ME"),
        ("Cape Eliz", "ME"),
        ("Leeds", "UK"),
        ("Lyon, France", ""),
        ("Portland", ""),
        ("Kittery", "Atlantis"),  # the state is what is wrong
        ("", "ME"),
        (" ", ""),
    ],
)
def test_a_town_that_is_in_a_list_needs_no_word(town: str, state: str) -> None:
    assert suggestions.unknown_town(town, state) is None


@pytest.mark.parametrize(
    ("town", "state", "typed", "nearest"),
    [
        ("Kitery", "ME", "Kitery", "Kittery ME"),
        ("Kitery", "", "Kitery", "Kittery ME"),
        ("Rollinsford", "ME", "Rollinsford ME", "Rollinsford NH"),
        ("Xyzzyville", "ME", "Xyzzyville", None),
    ],
)
def test_a_town_in_no_list_is_named_with_the_one_that_may_be_meant(
    town: str, state: str, typed: str, nearest: str | None
) -> None:
    unknown = suggestions.unknown_town(town, state)

    assert unknown is not None
    assert unknown.typed == typed
    assert (unknown.nearest.line if unknown.nearest else None) == nearest


@pytest.mark.parametrize(
    ("code", "is_known"),
    [
        ("03904", True),
        ("03904-1234", True),
        ("04402", True),  # boxes
        ("09001", True),  # the forces abroad, without a point
        ("M5V 2T6", True),
        ("", True),
        ("00000", False),
        ("M5D 2T6", False),
        ("none", False),
    ],
)
def test_a_zip_is_known_or_not(code: str, *, is_known: bool) -> None:
    assert suggestions.is_zip_known(code) is is_known


def test_a_point_is_near_a_town_or_at_sea() -> None:
    assert suggestions.near_words(Position(43.236, -70.82, Precision.BY_HAND)) == "Rollinsford NH"
    assert suggestions.near_words(Position(0, -150, Precision.BY_HAND)) == ""


def test_a_networks_region_is_the_middle_of_its_families(
    sqlite_database: Database, seacoast_file: Path, tmp_path: Path
) -> None:
    assert suggestions.own_region(sqlite_database) is None
    seacoast = Database.open(Path(shutil.copy(seacoast_file, tmp_path / "seacoast.db")))

    region = suggestions.own_region(seacoast)

    seacoast.dispose()
    assert region is not None
    assert suggestions.near_words(region).endswith((" ME", " NH"))
