"""Times of day and tallies, as they are typed."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.volume import Volume, VolumeUnit
from ui.pickups.fields import Tally, read_tally, read_time
from ui.units import Display


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("930", time(9, 30)),
        ("1415", time(14, 15)),
        ("9.30", time(9, 30)),
        ("2 pm", time(14)),
        ("2:15p", time(14, 15)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("24:00", None),
        ("9:75", None),
        ("13 pm", None),
        ("noonish", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, at: time | None) -> None:
    assert read_time(text) == at


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_time_is_read_back_from_how_it_is_shown(at: time) -> None:
    assert read_time(f"{at.hour}:{at.minute:02}") == at


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("40", Tally(Volume.from_oz(40))),
        ("10 x 4", Tally(Volume.from_oz(40), 10)),
        ("8×5 + 2*3.5", Tally(Volume.from_oz(47), 10)),
        ("8 bags of 4 oz", Tally(Volume.from_oz(32), 8)),
        ("8 x 4 + 3", Tally(Volume.from_oz(35))),
        ("10 x 100 mL", Tally(Volume.from_ml(1000), 10)),
        ("some", None),
        ("4 x", None),
        ("", None),
    ],
)
def test_bags_times_size_is_added_up_and_counted(text: str, tally: Tally | None) -> None:
    assert read_tally(text, Display()) == tally


def test_a_bare_size_is_in_the_unit_in_force() -> None:
    assert read_tally("3 x 100", Display(VolumeUnit.ML)) == Tally(Volume.from_ml(300), 3)


def test_a_thousand_four_ounce_bags_are_four_thousand_ounces() -> None:
    tally = read_tally("1000 x 4", Display())
    assert tally is not None
    assert tally.volume.oz == pytest.approx(4000, abs=1e-3)
