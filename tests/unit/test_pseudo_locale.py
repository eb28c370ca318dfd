"""The language nobody speaks shows what is not marked."""

import pytest

from coordinator.sayings import plural
from tests.pseudo_locale import left_in_english, pseudo, pseudo_language

__all__ = ["pseudo_language"]


def test_a_source_is_longer_accented_and_keeps_its_fields() -> None:
    assert pseudo("Only {free:.1f} oz {{x}}") == "«ẋ Ónlý {free:.1f} óz {{x}} ẋẋẋẋẋẋẋ»"
    assert pseudo("Day") == "«ẋ Dáý ẋ»"


@pytest.mark.usefixtures("pseudo_language")
def test_what_is_marked_leaves_nothing_in_english() -> None:
    removed = pseudo("Removed {code} on {day}.")

    assert left_in_english(removed.format(code="D-0007", day="Saturday, Oct 9, 2026")) == []
    assert left_in_english(removed.format(code="a donor", day="")) == ["donor"]
    assert left_in_english(str(plural("{n} unknown bag", "{n} unknown bags", 2))) == ["unknown", "bags"]


def test_data_is_taken_out_whole() -> None:
    assert left_in_english("Ada Lovelace gave milk", ["Ada", "Ada Lovelace", "mil"]) == ["gave", "milk"]
