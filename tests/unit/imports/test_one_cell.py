"""Addresses told in one cell, and town, state and ZIP told in one breath, taken apart."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.gazetteer.placing import placer
from coordinator.domain.imports.one_cell import read_one_cell, split_address
from coordinator.domain.imports.place_parts import split_place
from coordinator.domain.places.positions import Address
from coordinator.domain.places.states import CODES, state_code, states_of_zip

# What was typed, and street, town, state and ZIP.
CELLS = (
    ("12 Main St, Dover, NH 03820", ("12 Main St", "Dover", "NH", "03820")),
    ("2 Oak St Apt 3 Dover NH 03820", ("2 Oak St Apt 3", "Dover", "NH", "03820")),
    ("PO Box 12, S. Berwick ME 03908", ("PO Box 12", "S. Berwick", "ME", "03908")),
    ("PO Box 12, Kittery ME", ("PO Box 12", "Kittery", "ME", "")),
    ("12 Main St\nApt 2\nPortsmouth NH 03801-1234", ("12 Main St, Apt 2", "Portsmouth", "NH", "03801")),
    ("12 Main St South Berwick ME", ("12 Main St", "South Berwick", "ME", "")),
    ("12 Main St Albans VT", ("12 Main", "St Albans", "VT", "")),
    ("1 North Main St North Conway NH", ("1 North Main St", "North Conway", "NH", "")),
    ("45 US Highway 1 Bypass Kittery, ME", ("45 US Highway 1 Bypass", "Kittery", "ME", "")),
    ("45 Route 1 York ME 03909", ("45 Route 1", "York", "ME", "03909")),
    ("RR 2 Box 14 Wells Maine", ("RR 2 Box 14", "Wells", "ME", "")),
    ("Apt 5, 12 Main Street\nNew London NH", ("Apt 5, 12 Main Street", "New London", "NH", "")),
    ("12 MAIN ST, DOVER, NH 03820", ("12 MAIN ST", "Dover", "NH", "03820")),
    ("12 Main St.; Dover; NH; 03820", ("12 Main St.", "Dover", "NH", "03820")),
    ("12 Main St Dover, NH 3820", ("12 Main St", "Dover", "NH", "03820")),
    ("12 Main St Dover 03820", ("12 Main St", "Dover", "", "03820")),
    ("21 Elm St, Unit 4, Boston, MA, 02118, USA", ("21 Elm St, Unit 4", "Boston", "MA", "02118")),
    ("12 Broadway New York NY 10004", ("12 Broadway", "New York", "NY", "10004")),
    ("12 Main St, Washington DC 20001", ("12 Main St", "Washington", "DC", "20001")),
    ("4 Maine St Brunswick ME 04011", ("4 Maine St", "Brunswick", "ME", "04011")),
    ("77 Massachusetts Ave Cambridge MA", ("77 Massachusetts Ave", "Cambridge", "MA", "")),
    ("3 Lake St, Old Orchard Bch, ME 04064", ("3 Lake St", "Old Orchard Bch", "ME", "04064")),
    ("12 Main St, Cape Neddickk, ME 03902", ("12 Main St", "Cape Neddickk", "ME", "03902")),
    ("12 Main St (blue house) Dover NH", ("12 Main St (blue house)", "Dover", "NH", "")),
    ("456 Oak, Portsmouth, NH (ring twice)", ("456 Oak (ring twice)", "Portsmouth", "NH", "")),
    ("14 Old Mill Lane, c/o Smith, Lee, NH", ("14 Old Mill Lane, c/o Smith", "Lee", "NH", "")),
    ("Corner of Main and Elm, Dover", ("Corner of Main and Elm", "Dover", "", "")),
    ("PSC 3 Box 12 APO AE 09012", ("PSC 3 Box 12", "APO", "AE", "09012")),
    ("Dover NH", ("", "Dover", "NH", "")),
    ("03820", ("", "", "", "03820")),
    ("123 rue Saint-Denis, Montréal QC H2X 1Y4", ("123 rue Saint-Denis", "Montréal", "QC", "H2X 1Y4")),
    (
        "Unit 5 - 123 King St W, Toronto, ON M5V 2T6, Canada",
        ("Unit 5 - 123 King St W", "Toronto", "ON", "M5V 2T6"),
    ),
    ("Calle Luna 5, San Juan PR 00901", ("Calle Luna 5", "San Juan", "PR", "00901")),
    ("10 Rue de la Paix, Lyon, France", ("10 Rue de la Paix", "Lyon", "France", "")),
)
# What stays whole, and is asked.
WHOLE = (
    "Downtown, near the mall",
    "12 Main St",
    "4 Maine St",
    "123 Virginia Ave",
    "Av. Juárez 12, Col. Centro, 06000 Ciudad de México, México",
    "ask my sister",
    "(" + "a" * 30000,
    "1 " * 20000 + "Dover NH",
)


def test_a_cell_with_the_whole_address_is_taken_apart() -> None:
    found = [(text, _parts(split_address(text, placer()))) for text, _ in CELLS]

    assert found == list(CELLS)


def _parts(address: Address) -> tuple[str, str, str, str]:
    return address.street, address.town, address.state, address.zip_code


@pytest.mark.parametrize("text", WHOLE)
def test_what_is_not_understood_stays_as_the_street(text: str) -> None:
    found = read_one_cell(text, placer())

    assert (found.whole, found.is_understood) == (Address(text), False)


@pytest.mark.parametrize(
    ("text", "lead", "phone", "email"),
    [
        ("Jane Doe, 12 Main St, Dover NH 03820, 603-555-0101", "Jane Doe", "+16035550101", ""),
        ("Jane Doe\n12 Main St\nDover, NH 03820\n(603) 555-0101", "Jane Doe", "+16035550101", ""),
        ("Jane Doe 12 Main St Dover NH 03820", "Jane Doe", "", ""),
        ("12 Main St, Dover NH 03820; jane@example.org", "", "", "jane@example.org"),
        ("Cell: 603.555.0101, 12 Main St, Dover NH 03820", "", "+16035550101", ""),
        ("12 Main St, Dover NH 03820 6035550101", "", "+16035550101", ""),
    ],
)
def test_a_name_and_a_phone_in_the_cell_are_no_part_of_the_street(
    text: str, lead: str, phone: str, email: str
) -> None:
    found = read_one_cell(text, placer())

    assert (found.lead, found.phone, found.email) == (lead, phone, email)
    assert _parts(found.address) == ("12 Main St", "Dover", "NH", "03820")


IN_ONE_BREATH = (
    ("Portsmouth NH 03801", ("Portsmouth", "NH", "03801")),
    ("Berwick Maine", ("Berwick", "ME", "")),
    ("Dover,NH", ("Dover", "NH", "")),
    ("dover nh", ("Dover", "NH", "")),
    ("Portsmouth (NH)", ("Portsmouth", "NH", "")),
    ("Berwick ME 3901", ("Berwick", "ME", "03901")),
    ("NH 03820", ("", "NH", "03820")),
    ("Dover 03820-1234", ("Dover", "", "03820")),
    ("Toronto ON Canada", ("Toronto", "ON", "")),
    ("Charleston West Virginia", ("Charleston", "WV", "")),
    ("Fort Washington Maryland", ("Fort Washington", "MD", "")),
    ("Mexico, Maine", ("Mexico", "ME", "")),
    # Towns that only end like a state.
    ("Port Washington", ("Port Washington", "", "")),
    ("New York", ("New York", "", "")),
    ("St. Albans", ("St. Albans", "", "")),
    ("Come on in", ("Come on in", "", "")),
    ("Nassau, Bahamas", ("Nassau, Bahamas", "", "")),
)


def test_town_state_and_zip_told_in_one_breath_are_taken_apart() -> None:
    found = [(text, _parts(split_place(text, placer()))[1:]) for text, _ in IN_ONE_BREATH]

    assert found == list(IN_ONE_BREATH)


_WORD = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=9)
_STREET = st.builds(
    "{} {} {}".format, st.integers(1, 9999), _WORD, st.sampled_from(("St", "Rd", "Ave", "Hill", "#4"))
)
_TOWN = st.sampled_from(("Dover", "South Berwick", "Kittery", "St Albans", "Nowhereville", "Lyon"))
_STATE = st.sampled_from(("NH", "Maine", "me", "N.H.", "VT", ""))
_ZIP = st.sampled_from(("03820", "03908-1234", "H2X 1Y4", ""))
_BETWEEN = st.sampled_from((" ", ", ", "\n", "; "))


@given(st.lists(_STREET | _WORD | _TOWN | _STATE | _ZIP, max_size=6), _BETWEEN)
def test_no_word_is_lost_when_an_address_is_taken_apart(parts: list[str], between: str) -> None:
    text = between.join(parts)

    kept = _words(split_address(text, placer()).line)

    missing = [word for word in _words(text) if word not in kept and not _is_said_otherwise(word, kept)]
    assert missing == []


def _words(text: str) -> list[str]:
    # A letter that is spelt in two ways is one: it is kept in its composed form.
    return re.findall(r"[\w#]+", unicodedata.normalize("NFC", text).casefold().replace(".", ""))


def _is_said_otherwise(word: str, kept: list[str]) -> bool:
    """Whether it is a state's name, kept as its code, or what stands behind a ZIP's hyphen."""
    return state_code(word).casefold() in kept or word == "1234"


def test_a_zip_tells_its_state() -> None:
    told = {code: states_of_zip(code)[:1] for code in ("03820", "06390", "96910", "00802", "09012", "73301")}

    assert told == {
        "03820": ("NH",),
        "06390": ("NY",),
        "96910": ("GU",),
        "00802": ("VI",),
        "09012": ("AE",),
        "73301": ("TX",),
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("N.H.", "NH"), ("Me.", "ME"), ("n h", "NH"), ("Mass.", "MA"), ("D.C.", "DC"), ("P.Q.", "QC"),
        ("Québec", "QC"), ("PEI", "PE"), ("Newfoundland", "NL"), ("U.S. Virgin Islands", "VI"),
        ("Nuevo Hampshire", "NH"), ("Nouveau-Brunswick", "NB"), ("Texas", "TX"), ("", ""), ("Bahamas", ""),
    ],
)  # fmt: skip
def test_a_state_is_known_by_any_of_its_names(typed: str, code: str) -> None:
    assert state_code(typed) == code
    assert not code or code in CODES
