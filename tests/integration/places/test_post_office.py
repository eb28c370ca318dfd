"""The post office's names are gathered once a machine, and answer wherever they had to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import zipcodes

from coordinator.adapters.gazetteer import post_office
from coordinator.adapters.gazetteer.post_office import PostOffice
from coordinator.adapters.gazetteer.town_file import TownFile
from coordinator.adapters.gazetteer.towns import Gazetteer
from coordinator.domain.places.positions import Address, Precision


@pytest.fixture
def main() -> Iterator[TownFile]:
    with resources.as_file(resources.files("resources") / "gazetteer.sqlite") as path:
        file = TownFile(path)
        yield file
        file.close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "xdg_cache_home" / "milkrun"


@pytest.fixture
def few_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather three states instead of all: what is done with them is the same."""
    gather = post_office._rows
    monkeypatch.setattr(post_office, "_rows", lambda _: gather(("MA", "ME", "VI")))


def nothing_to_gather(*_: object) -> None:
    pytest.fail("gathered although it was there")


@pytest.mark.nothing_gathered
def test_they_are_gathered_once_a_machine(
    main: TownFile, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = PostOffice(main)
    assert first.names_if_there() is None
    assert [town.name for town in first.names().named("cape elizabeth", state="ME")] == ["Cape Elizabeth"]
    first.close()
    monkeypatch.setattr(post_office, "_rows", nothing_to_gather)

    second = PostOffice(main)

    names = second.names_if_there()
    assert names is not None
    assert names is second.names()
    assert [town.name for town in names.named("wells", state="ME")] == ["Wells"]
    assert [file.name for file in cache.iterdir()] == ["post-office-names-3.0.0-2.sqlite"]
    second.close()


@pytest.mark.nothing_gathered
def test_what_people_write_for_a_zip_is_the_same_before_and_after_gathering(
    main: TownFile, few_states: None
) -> None:
    office = PostOffice(main)
    codes = ("02136", "03909", "00802", "99999")

    before = [office.called(code) for code in codes]
    assert office.names_if_there() is None
    office.names()

    assert [office.called(code) for code in codes] == before
    assert {"boston", "hyde park"} <= before[0]
    assert before[-1] == frozenset()
    office.close()


@pytest.mark.nothing_gathered
def test_where_nothing_can_be_written_they_stand_in_memory(
    main: TownFile, cache: Path, few_states: None
) -> None:
    cache.parent.write_text("a file where the folder should be")

    office = PostOffice(main)

    assert [town.name for town in office.names().named("york", state="ME")] == ["York"]
    assert office.names_if_there() is office.names()
    office.close()


@pytest.mark.nothing_gathered
def test_a_spoilt_file_is_gathered_anew_and_names_of_an_older_package_make_room(
    main: TownFile, cache: Path
) -> None:
    cache.mkdir(parents=True)
    path = cache / "post-office-names-3.0.0-2.sqlite"
    (cache / "post-office-names-2.9.9-1.sqlite").write_bytes(b"old")
    (cache / "tiles").write_bytes(b"somebody else's")
    office = PostOffice(main)

    for spoilt in (b"", b"no database at all" * 500, b"SQLite format 3\x00" + bytes(5000)):
        path.write_bytes(spoilt)
        assert office.names_if_there() is None, spoilt[:20]

    assert office.names().named("york", state="ME")
    assert path.stat().st_size > 1_000_000
    assert sorted(file.name for file in cache.iterdir()) == [path.name, "tiles"]
    office.close()


@pytest.mark.nothing_gathered
def test_threads_that_ask_at_once_gather_once(
    main: TownFile, few_states: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered: list[object] = []
    gather = post_office._rows

    def counted(states: Iterable[str]) -> Iterator[dict[str, Any]]:
        gathered.append(1)
        return gather(states)

    monkeypatch.setattr(post_office, "_rows", counted)
    office = PostOffice(main)

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: office.names(), range(8)))

    assert (len(found), gathered) == (1, [1])
    office.close()


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "town", ["York", "Wells", "Cape Elizabeth", "Cumberland", "Windham", "Standish", "Lyman"]
)
def test_the_towns_geonames_lacks_are_found_and_not_in_our_file(
    gazetteer: Gazetteer, main: TownFile, town: str
) -> None:
    place = gazetteer.locate(Address(town=town, state="ME"))

    assert place is not None
    assert (place.label, place.position.precision) == (f"{town} ME", Precision.TOWN)
    assert main.named(town.casefold(), state="ME") == []


def test_hollis_is_in_neither_source(gazetteer: Gazetteer) -> None:
    assert gazetteer.locate(Address(town="Hollis", state="ME")) is None
    assert gazetteer.locate(Address(town="Hollis Center", state="ME")) is not None


def test_every_zip_the_post_office_has_a_point_for_has_a_place(gazetteer: Gazetteer) -> None:
    look_up: Any = zipcodes
    codes = [
        row["zip_code"] for row in look_up.list_all() if float(row["lat"] or 0) or float(row["long"] or 0)
    ]

    missing = [code for code in codes if gazetteer.zip_place(code) is None]

    assert len(codes) > 40_000
    assert missing == []
