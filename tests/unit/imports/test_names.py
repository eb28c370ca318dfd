"""Names of people: which first names may be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.imports.names import are_alike, in_spoken_order, nicknames_of, read_name


def alike(one: str, other: str) -> bool:
    return are_alike(read_name(one), read_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Able", "ANN ABLE"),
        ("Ann Able", "Able, Ann"),
        ("Ann Able", "Able Ann"),
        ("Ann Able", "Mrs. Ann M. Able"),
        ("Ann Able", "Ann Baker"),
        ("Ann Able", "Ann"),
        ("Zoë Ito", "zoe ito"),
        ("Jennifer Doe", "Jen Doe"),
        ("Jenny Doe", "Jen Doe"),
        ("Robert Ray", "Bob Ray"),
        ("Mary-Kate O'Brien", "Mary Kate OBrien"),
        ("Mary Kate O’Brien", "Mary O'Brien"),
        ("J. Doe", "Jane Doe"),
        ("M. Jane Doe", "Jane Doe"),
        ("Tom Able Jr.", "Tom Able"),
        ("de la Cruz, María José", "Maria Jose de la Cruz"),
        ("Ann & Tom Able", "Able, Ann & Tom"),
    ],
)
def test_a_name_written_otherwise_is_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Able", "Tom Able"),
        ("Eric Roy", "Erica Roy"),
        ("Daniel Roy", "Danielle Roy"),
        ("Christian Roy", "Christina Roy"),
        ("Michael Smith", "Michaela Smith"),
        ("Ann Able", "Ann & Tom Able"),
        ("Ann Able", "Ann and Tom Able"),
        ("J. Doe", "Jane Poe"),
        ("J. Doe", "Ann Doe"),
        ("Tom Able Jr.", "Tom Able Sr."),
        ("Tom Able II", "Tom Able III"),
        ("Able", "Ann Able"),
        ("", "Ann Able"),
        ("", ""),
        ("-", "…"),
        ("Family 1", "Family1"),
    ],
)
def test_another_first_name_is_not_alike_whatever_else_they_share(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_short_names_go_both_ways() -> None:
    for name in ("ann", "bob", "kate", "jen", "liz", "robert", "katherine", "chris", "al"):
        assert all(name in nicknames_of(other) for other in nicknames_of(name))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_a_name_fail_and_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert not read_name(one).whole or alike(one, one)


def test_a_name_that_begins_with_the_surname_is_turned_and_no_other() -> None:
    told = (
        "Doe, Jane",
        "de la Cruz, Ana María",
        "DeSouza, Erin",
        "Jane Doe, RN",
        "Tom Able, Jr.",
        "Jo Doe",
    )

    assert [in_spoken_order(name) for name in told] == [
        "Jane Doe",
        "Ana María de la Cruz",
        "Erin DeSouza",
        "Jane Doe, RN",
        "Tom Able, Jr.",
        "Jo Doe",
    ]
    assert in_spoken_order("Able, Ann & Tom") == "Able, Ann & Tom"
    assert in_spoken_order("Able, Ann, Tom") == "Able, Ann, Tom"
    assert in_spoken_order("Ann, ") == "Ann, "
