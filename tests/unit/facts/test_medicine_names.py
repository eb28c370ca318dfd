"""A decision about a medicine holds whatever its dose, spelling or brand, and never for another one."""

from __future__ import annotations

import pytest

from coordinator.domain.facts.medicine_names import medicine_key


@pytest.mark.parametrize(
    "name",
    [
        "Zoloft 50 mg",
        "sertraline",
        "Sertraline 100mg daily",
        "sertralin",
        "zolofft",
        "Setraline 25 mg once a day",
        "Zoloft (25 mg)",
        "sertraline tablets, 50 mg at night",
    ],
)
def test_doses_brands_and_slips_are_the_same_medicine(name: str) -> None:
    assert medicine_key(name) == "sertraline"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tylenol", "Tylenol PM"),
        ("Tylenol", "Tylenol 3"),
        ("Claritin", "Claritin-D"),
        ("prednisone", "prednisolone"),
        ("Celexa", "Celebrex"),
        ("hydroxyzine", "hydralazine"),
        ("sertraline", "sertraline and buspirone"),
        ("bupropion", "bupropion/naltrexone"),
        ("amlodipine", "amiodarone"),
        ("cetirizine", "levocetirizine"),
        ("trimethoprim", "Bactrim"),
        ("cabergoline", "bromocriptine"),
        ("Subutex", "Suboxone"),
        ("an antibiotic", "amoxicillin"),
        ("omega-3", "vitamin D"),
        ("ibuprofen", "ibuprofen gel"),
    ],
)
def test_two_medicines_are_never_made_one(one: str, other: str) -> None:
    assert medicine_key(one) != medicine_key(other)


def test_what_is_only_a_dose_stands_for_itself() -> None:
    assert medicine_key("2 pills a day") == "2 pills a day"
    assert medicine_key("pills") == "pills"


@pytest.mark.parametrize("name", ["vit D3", "Vitamin D 2000 IU", "vitamin D drops"])
def test_a_vitamin_is_itself_by_every_listed_name(name: str) -> None:
    assert medicine_key(name) == medicine_key("vitamin D")
