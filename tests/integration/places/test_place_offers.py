"""Places offered while somebody types, and the town a point lies near."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.gazetteer.place_offers import PlaceOffers
from coordinator.adapters.gazetteer.town_file import Town
from coordinator.adapters.gazetteer.towns import Gazetteer
from coordinator.domain.places.positions import Address, Position, Precision, town_key

SEACOAST = Position(43.2, -70.8, Precision.TOWN)


@cache
def offers_without_the_post_office() -> PlaceOffers:
    """Return what is offered before the post office's names were gathered; hypothesis keeps no fixture."""
    return PlaceOffers(Gazetteer())


@cache
def towns() -> list[Town]:
    rows = offers_without_the_post_office()._files.main.ask("select * from town")
    return [Town(*row) for row in rows]


@pytest.fixture(scope="module")
def offers() -> Iterator[PlaceOffers]:
    gazetteer = Gazetteer()
    offers = PlaceOffers(gazetteer)
    offers.prepare()
    yield offers
    gazetteer.close()


def lines(offers: PlaceOffers, text: str, near: Position | None = None) -> list[str]:
    return [hit.line for hit in offers.suggest(text, near=near)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kitt", "Kittery ME"),
        ("KITTERY", "Kittery ME"),
        ("york", "York ME"),
        ("york, me", "York ME"),
        ("york mai", "York ME"),
        ("cape el", "Cape Elizabeth ME"),
        ("dover", "Dover NH"),
        ("portl", "Portland ME"),
        ("portland or", "Portland OR"),
        ("st albans", "Saint Albans VT"),
        ("new york", "New York City NY"),
        ("quebec", "Québec QC"),
        ("leeds uk", "Leeds, United Kingdom"),
        ("lyon fr", "Lyon, France"),
        ("03904", "03904 Kittery ME"),
        ("04402", "04402 Bangor ME"),
        ("m5v", "M5V Downtown Toronto ON"),
        ("M5V 2T6", "M5V Downtown Toronto ON"),
    ],
)
def test_what_she_means_is_offered_first(offers: PlaceOffers, typed: str, first: str) -> None:
    assert lines(offers, typed, SEACOAST)[0] == first


def test_the_networks_own_region_goes_before_larger_towns_elsewhere(offers: PlaceOffers) -> None:
    assert lines(offers, "dover")[0] == "Dover DE"
    assert lines(offers, "dover", SEACOAST)[0] == "Dover NH"
    assert "Dover DE" in lines(offers, "dover", SEACOAST)


def test_a_later_word_of_a_name_is_found_too(offers: PlaceOffers) -> None:
    assert "Cape Elizabeth ME" in lines(offers, "elizabeth", SEACOAST)


def test_a_short_form_gives_way_to_the_name(offers: PlaceOffers) -> None:
    assert "Cape Eliz ME" not in lines(offers, "cape eliz")
    assert "Cape Elizabeth ME" in lines(offers, "cape eliz")


def test_no_two_offers_look_the_same(offers: PlaceOffers) -> None:
    for text in ("saint", "spring", "san", "new"):
        assert len(set(lines(offers, text))) == len(lines(offers, text)) == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Kitery", "Kittery ME"),
        ("Kitery ME", "Kittery ME"),
        ("Rolinsford", "Rollinsford NH"),
        ("Kennebunkprot", "Kennebunkport ME"),
        ("Cape Elisabeth", "Cape Elizabeth ME"),
    ],
)
def test_a_misspelt_town_is_offered_as_a_guess_and_never_placed(
    offers: PlaceOffers, typed: str, meant: str
) -> None:
    first = offers.suggest(typed, near=SEACOAST)[0]

    assert (first.line, first.is_exact) == (meant, False)
    assert offers._gazetteer.locate(Address(town=typed)) is None
    assert offers._gazetteer.locate(Address(town=typed.removesuffix(" ME"), state=first.state)) is None


@pytest.mark.parametrize("typed", ["", " ", "k", "03", "0390456", "zzzz", "?", "\x00", '"', "NOT", "near*"])
def test_what_is_too_short_or_nothing_offers_nothing_or_little(offers: PlaceOffers, typed: str) -> None:
    assert all(hit.is_exact or len(typed) >= 4 for hit in offers.suggest(typed))


@pytest.mark.nothing_gathered
@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert len(offers_without_the_post_office().suggest(text, 5, SEACOAST)) <= 5


@pytest.mark.nothing_gathered
@given(st.data())
def test_every_town_is_offered_by_its_whole_name_and_state(data: st.DataObject) -> None:
    town = data.draw(st.sampled_from(towns()))
    near = Position(town.latitude_deg, town.longitude_deg, Precision.TOWN)

    found = offers_without_the_post_office().suggest(f"{town.name}, {town.state}", near=near)

    assert (town.key, town.state) in {(town_key(hit.town), hit.state) for hit in found}


@pytest.mark.nothing_gathered
@given(st.data())
def test_the_town_nearest_to_a_towns_own_point_is_that_town(data: st.DataObject) -> None:
    town = data.draw(st.sampled_from(towns()))

    hit = offers_without_the_post_office().nearest(
        Position(town.latitude_deg, town.longitude_deg, Precision.BY_HAND)
    )

    assert hit is not None
    here = hit.place.position
    assert math.dist(town[-2:], (here.latitude_deg, here.longitude_deg)) < 1e-9


@pytest.mark.nothing_gathered
@given(st.floats(24, 60), st.floats(-130, -60))
def test_the_nearest_town_is_the_one_a_look_at_all_of_them_finds(latitude: float, longitude: float) -> None:
    position = Position(latitude, longitude, Precision.BY_HAND)
    points = np.radians([town[-2:] for town in towns()])
    north, east = math.radians(latitude), math.radians(longitude)
    cosines = np.sin(north) * np.sin(points[:, 0]) + np.cos(north) * np.cos(points[:, 0]) * np.cos(
        points[:, 1] - east
    )

    found = offers_without_the_post_office()._files.main.nearest_town(position)

    if found is None:
        assert math.degrees(math.acos(min(1.0, cosines.max()))) > 6.3
    else:
        assert found[1] == pytest.approx(3958.8 * math.acos(min(1.0, cosines.max())), abs=0.01)


@pytest.mark.parametrize(
    ("latitude", "longitude", "line"),
    [
        (43.236, -70.820, "03869 Rollinsford NH"),
        (43.166, -70.679, "03909 York ME"),
        (51.5, -0.12, "London, United Kingdom"),
        (46.094, -64.797, "Moncton NB"),
        (-16.45, 179.4, "Labasa, Fiji"),
        (-16.8, -179.7, "Labasa, Fiji"),
    ],
)
def test_a_point_lies_near_a_town(offers: PlaceOffers, latitude: float, longitude: float, line: str) -> None:
    hit = offers.nearest(Position(latitude, longitude, Precision.BY_HAND))

    assert hit is not None
    assert hit.line == line


def test_far_out_at_sea_is_near_nothing(offers: PlaceOffers) -> None:
    assert offers.nearest(Position(0, -150, Precision.BY_HAND)) is None


@pytest.mark.nothing_gathered
def test_before_the_names_are_gathered_the_rest_is_offered_without_waiting() -> None:
    offers = PlaceOffers(Gazetteer())

    assert not offers.is_ready
    assert lines(offers, "kittery")[0] == "Kittery ME"
    assert [hit.zip_code for hit in offers.suggest("03904")] == ["03904"]
    assert not offers.is_ready
