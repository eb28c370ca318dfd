from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from coordinator.adapters.intake import load_intake_policy, read_intake_policy
from coordinator.adapters.policies import load_matching_policy, read_matching_policy
from coordinator.adapters.policy_file import PolicyError, PolicyFile
from coordinator.domain.needs import full_days, lasts_until, need_a_day
from coordinator.domain.volume import Volume

POLICY_FILES = sorted(Path(str(resources.files("resources") / "policies")).glob("*.toml"))

ONE_BAND = """
[[band]]
from_days = 0
low = 19
expected = 25
high = 30
unit = "oz/day"
seen_in = "somewhere"
status = "copy"
checked = 2026-11-22
"""


def test_3000_oz_at_an_own_supply_of_4_last_115_142_and_200_days() -> None:
    born, today = date(2026, 8, 1), date(2026, 11, 21)
    need = need_a_day(load_intake_policy(), born, 1, Volume.from_oz(4), today)

    days = [full_days(Volume.from_oz(3000), amount) for amount in (need.high, need.expected, need.low)]

    assert days == [115, 142, 200]


@pytest.mark.parametrize(
    ("age_days", "expected"),
    [
        (0, Volume.from_ml(50)),
        (4, Volume.from_ml(550)),
        (6, Volume.from_oz(15)),
        (20, Volume.from_oz(20)),
        (29, Volume.from_oz(20)),
        (30, Volume.from_oz(25)),
        (182, Volume.from_oz(25)),
        (365, Volume.from_ml(461)),
    ],
)
def test_intake_follows_the_bands_by_age(age_days: int, expected: Volume) -> None:
    assert load_intake_policy().band_for(age_days).expected == expected


def test_milk_lasts_until_the_last_day_it_covers_fully() -> None:
    policy, born, today = load_intake_policy(), date(2026, 8, 1), date(2026, 11, 21)

    def last(ounces: int) -> date | None:
        return lasts_until(policy, born, 1, Volume.from_oz(4), Volume.from_oz(ounces), today)

    assert [last(20), last(21), last(62), last(63)] == [
        date(2026, 11, 20),
        date(2026, 11, 21),
        date(2026, 11, 22),
        date(2026, 11, 23),
    ]


def test_intake_falls_month_by_month_after_seven_months() -> None:
    bands = [band for band in load_intake_policy().bands if band.from_days >= 30]

    for amounts in ([b.low for b in bands], [b.expected for b in bands], [b.high for b in bands]):
        assert amounts == sorted(amounts, reverse=True)


def test_matching_goes_by_the_shipped_values() -> None:
    policy = load_matching_policy()

    assert (policy.born_early_weeks, policy.term_corrected_weeks, policy.hold_days) == (36, 40, 7)
    assert policy.default_reach_miles is None


@pytest.mark.parametrize("key", ["unit", "seen_in", "status", "checked"])
def test_a_value_without_its_source_is_refused_by_name(key: str) -> None:
    text = "\n".join(line for line in ONE_BAND.splitlines() if not line.startswith(key))

    with pytest.raises(PolicyError, match=rf"intake.toml, line 2: band 1\.{key} is missing"):
        read_intake_policy(text)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('status = "copy"', 'status = "sure"', "status"),
        ("low = 19", "low = 26", "low <= expected"),
        ("low = 19", 'low = "a lot"', "no number"),
        ("low = 19", "", "low is missing"),
        ('unit = "oz/day"', 'unit = "cups"', "unit"),
        ("from_days = 0", "from_days = 3", "begin at 0"),
        ("checked = 2026-11-22", 'checked = "lately"', "must be a date"),
        ('seen_in = "somewhere"', 'seen_in = "somewhere"\nderived = "the middle"', "unverified"),
        ("[[band]]", "[[band", "cannot be read"),
        ("[[band]]", "[other]", "band is missing"),
    ],
)
def test_a_wrong_intake_file_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(PolicyError, match=problem):
        read_intake_policy(ONE_BAND.replace(old, new))


def test_a_matching_file_without_a_value_names_it() -> None:
    with pytest.raises(PolicyError, match=r"matching\.toml: default_reach is missing"):
        read_matching_policy("")


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.name)
def test_every_value_of_every_policy_file_says_its_unit_where_and_when_it_was_seen(path: Path) -> None:
    file = PolicyFile(path.name, path.read_text("utf-8"))
    tables = [file.table(key) for key, found in file.data.items() if isinstance(found, dict)]
    listed = [one for key, found in file.data.items() if isinstance(found, list) for one in file.tables(key)]

    assert tables + listed
    # What stands outside a table has no evidence, so it may only be a text about the file.
    assert [key for key, found in file.data.items() if not isinstance(found, dict | list | str)] == []
    for table in tables + listed:
        assert table.data["unit"]
        assert all(table.sources)
        assert table.data["status"] in {"primary", "copy", "unverified"}
        assert isinstance(table.data["checked"], date)
