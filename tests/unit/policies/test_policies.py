from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from coordinator.adapters.policies.intake import load_intake_policy, read_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy, read_matching_policy
from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile
from coordinator.domain.milk.needs import lasts_until, need_a_day
from coordinator.domain.policies.sources import Status
from coordinator.domain.volume import Volume
from tests.unit.milk.full_days import full_days

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
        (0, Volume.from_ml(60)),
        (1, Volume.from_ml(150)),
        (2, Volume.from_ml(150)),
        (61, Volume.from_oz(25)),
        (182, Volume.from_oz(25)),
        (212, Volume.from_oz(25)),
        (213, Volume.from_ml(707)),
        (243, Volume.from_ml(684)),
        (274, Volume.from_ml(661)),
        (304, Volume.from_ml(639)),
        (335, Volume.from_ml(615)),
        (365, Volume.from_ml(593)),
        (700, Volume.from_ml(593)),
    ],
)
def test_intake_follows_the_bands_by_age(age_days: int, expected: Volume) -> None:
    assert load_intake_policy().band_for(age_days).expected == expected


@pytest.mark.parametrize(
    ("age_days", "ml"), [(3, 244.6), (7, 391.5), (14, 506.4), (21, 569.6), (31, 625.7), (60, 704.0)]
)
def test_from_day_four_to_two_months_intake_follows_the_reviews_curve_by_the_day(
    age_days: int, ml: float
) -> None:
    """51 - 1.4 x days + 180 x ln(days), Rios-Leyvraz and Yao 2023; its mean at one month is 624 mL."""
    band = load_intake_policy().band_for(age_days)

    assert band.expected.ml == pytest.approx(ml, abs=0.1)
    assert band.low < band.expected < band.high
    assert band.label == f"{age_days} days"
    assert "Rios-Leyvraz" in band.seen_in


@pytest.mark.parametrize(
    ("born", "own", "need"),
    [
        (date(2026, 7, 1), 4, 21.0),
        (date(2026, 4, 20), 0, 23.9),
        (date(2025, 9, 20), 0, 20.1),
        (date(2026, 11, 26), 0, 5.1),
    ],
)
def test_the_need_of_a_day_is_intake_by_age_less_what_she_makes(born: date, own: float, need: float) -> None:
    found = need_a_day(load_intake_policy(), born, 1, Volume.from_oz(own), date(2026, 11, 28))

    assert round(found.expected.oz, 1) == need


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
    bands = [band for band in load_intake_policy().bands if band.from_days >= 61]

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


ONE_CURVE = """
[[curve]]
from_days = 3
until_days = 5
label = "{} days"
start = 51
a_day = -1.4
log_of_days = 180
low_share = 0.5
high_share = 1.5
unit = "mL/day"
seen_in = "somewhere"
status = "copy"
checked = 2026-11-28
"""


def test_a_curve_is_a_band_for_each_of_its_days() -> None:
    bands = read_intake_policy(ONE_BAND + ONE_CURVE).bands

    assert [(band.from_days, band.label) for band in bands] == [(0, ""), (3, "3 days"), (4, "4 days")]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("from_days = 3", "from_days = 0", "no number"),
        ("start = 51", 'start = "high"', "no number"),
        ("log_of_days = 180", "", "log_of_days is missing"),
        ("low_share = 0.5", "low_share = 1.2", "low <= expected"),
        ('status = "copy"', 'status = "sure"', "status"),
    ],
)
def test_a_wrong_curve_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(PolicyError, match=problem):
        read_intake_policy(ONE_BAND + ONE_CURVE.replace(old, new))


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
        assert table.data["status"] in set(Status)
        assert isinstance(table.data["checked"], date)
