"""Thirty lists in other coordinators' words: whose each is, and what its columns are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guesses import ListGuess, Sureness
from coordinator.domain.imports.columns.guessing import guess_list

FORMS = Path(__file__).parents[2] / "data" / "forms"
TRUTH: dict[str, dict[str, Any]] = json.loads((FORMS / "truth.json").read_text(encoding="utf-8"))
KINDS = {"donors": Role.DONOR, "recipients": Role.RECIPIENT, "drivers": Role.DRIVER}


@cache
def guessed(name: str) -> ListGuess:
    return guess_list(read_table(FORMS / name))


def wanted(name: str) -> list[str]:
    """Return the field of each column; an amount in millilitres is read as ounces."""
    return ["ounces" if key == "milliliters" else key or "" for key in TRUTH[name]["columns"]]


@pytest.mark.parametrize("name", TRUTH)
def test_whose_list_it_is_is_told(name: str) -> None:
    assert guessed(name).kind is KINDS[TRUTH[name]["kind"]]


def test_nearly_every_column_is_right_and_almost_none_is_wrong() -> None:
    pairs = [
        (guess.topic, topic)
        for name in TRUTH
        for guess, topic in zip(guessed(name).columns, wanted(name), strict=True)
    ]
    right = sum(found == topic for found, topic in pairs)
    wrong = sum(bool(found) and found != topic for found, topic in pairs)

    assert right >= 0.98 * len(pairs)
    assert wrong <= 0.005 * len(pairs)


def test_what_is_called_sure_is_right() -> None:
    sure = [
        (name, guess.topic, topic)
        for name in TRUTH
        for guess, topic in zip(guessed(name).columns, wanted(name), strict=True)
        if guess.sureness is Sureness.SURE
    ]

    assert [one for one in sure if one[1] != one[2]] == []
