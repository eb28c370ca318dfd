"""Town, state and ZIP compared: what is one place, what is asked, and what contradicts the rest."""

from __future__ import annotations

import pytest

from coordinator.adapters.gazetteer.placing import placer
from coordinator.domain.imports.place_answers import answered_address
from coordinator.domain.places.placing import Unplaced
from coordinator.domain.places.positions import Address


@pytest.fixture(scope="module", autouse=True)
def _names_gathered() -> None:
    placer().placing(Address(town="York", state="ME", zip_code="04401"))


# What was typed (town, state, ZIP), and why it is one place.
FITTING = (
    ("Madbury", "NH", "03823", "the ZIP of that very town"),
    ("Lee", "NH", "03861", "likewise"),
    ("Barrington", "NH", "03825", "likewise"),
    ("New Durham", "NH", "03855", "likewise"),
    ("York", "ME", "03909", "a town that only the post office has"),
    ("Durham", "NH", "03820", "the next town"),
    ("Rollinsford", "NH", "03820", "the next town"),
    ("Greenland", "NH", "03801", "a village with the ZIP of the city"),
    ("Boston", "MA", "02136", "Hyde Park is Boston"),
    ("Hyde Park", "MA", "02136", "and Hyde Park is Hyde Park"),
    ("Jamaica Plain", "", "02130", "a part of a city, no state told"),
    ("Los Angeles", "CA", "91331", "a city 40 miles across"),
    ("New York", "NY", "11201", "Brooklyn"),
    ("Nowhereville", "NH", "03820", "a hamlet in no list"),
    ("Bald Hill", "", "04090", "a hamlet in no list that is a town elsewhere"),
    ("", "NH", "03820", "no town"),
    ("", "", "03820", "a ZIP alone"),
    ("Texhoma", "TX", "73960", "a ZIP that reaches over the state line"),
    ("Toronto", "ON", "M1B 1A1", "Scarborough is Toronto"),
    ("S. Berwick", "Maine", "03908", "short for South Berwick"),
    ("Mt Vernon", "N.Y.", "10550", "short for Mount Vernon"),
    ("Rome", "Italy", "00184", "a code that no ZIP is"),
    ("Paris", "France", "75001", "another country's codes are no ZIPs"),
)


def test_what_fits_together_is_one_place_and_nothing_is_asked() -> None:
    wrong = []
    for town, state, zip_code, why in FITTING:
        placing = placer().placing(Address("", town, state, zip_code))
        if placing.place is None or placing.doubt is not None or not placing.is_zip_known:
            wrong.append((town, state, zip_code, why, placing))

    assert wrong == []


# What was typed, what is asked, and whether the place is uncertain until then.
CONTRADICTING = (
    (
        "Keene",
        "NH",
        "03801",
        "Town says Keene NH, ZIP 03801 is Portsmouth NH, 75 miles away: which?",
        True,
    ),
    ("Keene", "", "03801", "Town says Keene NH, ZIP 03801 is Portsmouth NH, 75 miles away: which?", True),
    ("Kittery", "ME", "03820", "Town says Kittery ME, ZIP 03820 is Dover NH, 10 miles away: which?", True),
    ("Kittery", "", "03820", "Town says Kittery ME, ZIP 03820 is Dover NH, 10 miles away: which?", True),
    (
        "Portland",
        "ME",
        "97201",
        "Town says Portland ME, ZIP 97201 is Portland OR, 2,544 miles away: which?",
        True,
    ),
    ("Dover", "DE", "03820", "Town says Dover DE, ZIP 03820 is Dover NH, 368 miles away: which?", True),
    ("", "DE", "03820", "State says DE, ZIP 03820 is Dover NH: which?", True),
    ("Nashua", "", "02134", "Town says Nashua NH, ZIP 02134 is Allston MA, 33 miles away: which?", True),
    (
        "Keene or Portsmouth",
        "NH",
        "",
        "Town says Keene NH or Portsmouth NH, 78 miles apart: which?",
        True,
    ),
    (
        "Vancouver",
        "BC",
        "M5V 2T6",
        "Town says Vancouver BC, ZIP M5V 2T6 is Downtown Toronto ON, 2,094 miles away: which?",
        True,
    ),
    # Neighbours over a state line, and a state that only the other two speak against: placed, and asked.
    (
        "Portsmouth",
        "NH",
        "03904",
        "Town says Portsmouth NH, ZIP 03904 is Kittery ME, 3 miles away: which?",
        False,
    ),
    ("Kittery", "NH", "03904", "State says NH, ZIP 03904 is Kittery ME: which?", False),
    (
        "Rochester",
        "NH",
        "03820",
        "Town says Rochester NH, ZIP 03820 is Dover NH, 9 miles away: which?",
        False,
    ),
)


def test_what_contradicts_is_asked_with_both_places_and_far_ones_are_uncertain() -> None:
    told = []
    for town, state, zip_code, _, _ in CONTRADICTING:
        placing = placer().placing(Address("", town, state, zip_code))
        said = str(placing.doubt.said) if placing.doubt else ""
        told.append((town, state, zip_code, said, placing.place is None))

    assert told == list(CONTRADICTING)


PLACED = (
    ("S. Berwick", "ME", "South Berwick ME"),
    ("So. Berwick", "ME", "South Berwick ME"),
    ("No. Conway", "N.H.", "North Conway NH"),
    ("N Hampton", "NH", "North Hampton NH"),
    ("St Johnsbury", "VT", "St Johnsbury VT"),
    ("Mt. Vernon", "NY", "Mount Vernon NY"),
    ("Ft. Kent", "Me.", "Fort Kent ME"),
    ("W Lebanon", "NH", "West Lebanon NH"),
    ("Old Orchard Bch", "ME", "Old Orchard Beach ME"),
    ("Town of Lee", "NH", "Lee NH"),
    ("Berwick Maine", "", "Berwick ME"),
    ("Dover,NH", "", "Dover NH"),
    ("Portsmouth NH 03801", "", "ZIP 03801"),
    ("Charlotte Amalie", "USVI", "Charlotte Amalie VI"),
    ("San Juan", "Puerto Rico", "San Juan PR"),
    ("Hagåtña", "Guam", "Hagatna GU"),
    ("St. John's", "Newfoundland", "St. John's NL"),
    ("Stanstead", "P.Q.", "Stanstead QC"),
    ("Montréal", "Québec", "Montréal QC"),
    ("Washington, D.C.", "", "Washington DC"),
    ("Nassau", "Bahamas", "Nassau, Bahamas"),
    ("Boston", "UK", "Boston, United Kingdom"),
    ("Rollinsford/Dover", "NH", "Rollinsford NH"),  # neighbours
)
NOWHERE = (
    ("APO", "AE", "09012", Unplaced.MILITARY),
    ("FPO", "AP", "96350", Unplaced.MILITARY),
    ("PSC 3 Box 12", "", "34002", Unplaced.MILITARY),
    ("Peking", "China", "", Unplaced.UNKNOWN),
    ("Nowhere", "ME", "", Unplaced.UNKNOWN),
    ("Dover", "", "", Unplaced.SEVERAL),
    ("Maine", "", "", Unplaced.STATE_ONLY),  # a town in New York, too
    ("New York", "", "", Unplaced.STATE_ONLY),
    ("", "ME", "", Unplaced.STATE_ONLY),
    ("", "", "", Unplaced.BLANK),
)


def test_short_and_joined_names_are_placed() -> None:
    found = [
        (town, state, place.label if (place := placer().placing(Address("", town, state)).place) else None)
        for town, state, _ in PLACED
    ]

    assert found == list(PLACED)


def test_what_has_no_place_says_why() -> None:
    found = [
        (town, state, code, placer().placing(Address("", town, state, code)).why)
        for town, state, code, _ in NOWHERE
    ]

    assert found == list(NOWHERE)


def test_a_zip_that_is_in_no_list_is_said_and_the_town_places() -> None:
    placing = placer().placing(Address("", "Dover", "NH", "03999"))

    assert not placing.is_zip_known
    assert placing.place is not None
    assert placing.place.label == "Dover NH"


# The address that is asked about, what is answered, and the address after it; none if that is no answer.
ANSWERED = (
    ("Keene", "NH", "03801", "town", ("Keene", "NH", "")),
    ("Keene", "NH", "03801", "the ZIP is right", ("Portsmouth", "NH", "03801")),
    ("Keene", "NH", "03801", "keene", ("Keene", "NH", "")),
    ("Keene", "NH", "03801", "Portsmouth, NH", ("Portsmouth", "NH", "03801")),
    ("Keene", "NH", "03801", "03801", ("Portsmouth", "NH", "03801")),
    ("Keene", "NH", "03801", "03431", ("Keene", "NH", "03431")),
    ("Keene", "NH", "03801", "Dover NH 03820", ("Dover", "NH", "03820")),
    ("Kittery", "ME", "03820", "Kittery", ("Kittery", "ME", "")),
    ("Dover", "DE", "03820", "Dover", None),  # both are called so
    ("Dover", "DE", "03820", "Dover NH", ("Dover", "NH", "03820")),
    ("Dover", "NH", "03820", "Kittery", ("Kittery", "ME", "")),
    ("Dover", "NH", "03820", "Cleveland", None),
    ("Peking", "China", "", "Beijing, China", ("Beijing, China", "", "")),
    ("", "", "", "Dover, NH", ("Dover", "NH", "")),
    ("Dover", "", "", "NH", ("Dover", "NH", "")),
    ("Dover", "DE", "03820", "New Hampshire", ("Dover", "NH", "03820")),
    ("", "", "", "call me later 5", None),
)


def test_an_answer_settles_which_place_is_right() -> None:
    wrong = []
    for town, state, zip_code, words, expected in ANSWERED:
        right = answered_address(words, Address("1 Elm St", town, state, zip_code), placer())
        found = (right.town, right.state, right.zip_code) if right else None
        if found != expected:
            wrong.append((town, words, found, expected))

    assert wrong == []
