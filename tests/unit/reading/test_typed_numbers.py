"""Typed numbers: thousands are never read as one, and what is half understood is not guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.cli.reading import odometer, ounces
from coordinator.domain.places.positions import KM_PER_MILE
from coordinator.domain.typed_numbers import typed_number
from coordinator.domain.volume import Volume
from ui.units import Display


@given(st.integers(0, 10**9), st.sampled_from([",", " ", "\u00a0", "\u202f"]))
def test_thousands_set_apart_are_the_same_number(number: int, apart: str) -> None:
    assert typed_number(f"{number:,}".replace(",", apart)) == number
    assert typed_number(str(number)) == number


READ = {"1,5": 1.5, "1.5": 1.5, "0,125": 0.125, ".5": 0.5, "1,234.5": 1234.5, "-3": -3, "1,0000": 1}


@pytest.mark.parametrize("text", READ)
def test_a_decimal_comma_is_read(text: str) -> None:
    assert typed_number(text) == READ[text]


@pytest.mark.parametrize("text", ["", "1.000,5", "1,00,0", "1,000 000", "1e5", "nan", "inf", "12 34", "1..2"])
def test_what_could_be_several_numbers_or_none_is_not_guessed_at(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - it names the text, whatever that is
        typed_number(text)
    assert str(refused.value) == text


@pytest.mark.parametrize(("text", "miles"), [("1,200 mi", 1200), ("40,5 km", 40.5 / KM_PER_MILE), ("25", 25)])
def test_a_way_of_a_thousand_miles_is_not_one_of_one_mile(text: str, miles: float) -> None:
    assert Display().parse_distance(text) == pytest.approx(miles)


def test_the_command_line_reads_numbers_as_the_window_does() -> None:
    assert (odometer("48,210.4"), odometer("48210,4")) == (48210.4, 48210.4)
    assert (ounces("1,5"), ounces("3,000oz")) == (Volume.from_oz("1.5"), Volume.from_oz(3000))
    assert Display().parse_volume("0,125 L") == Volume.from_ml(125)
