"""Every row of the list of sources against what ships: its value, its status, its address and its date.

``tests/data/sources.csv`` was made by reading the authorities' pages on 2026-11-28: a value a row, with what
was shipped then, what the page says, and where. What ships otherwise on purpose is listed here with why.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from coordinator.adapters.policies.banks import load_banks
from coordinator.adapters.policies.policy_file import PolicyFile, PolicyTable
from coordinator.adapters.policies.profiles import PROFILES, load_profile
from coordinator.domain.milk.bank_table import Bank, Evidence, HeadPart, Least, MilkAge
from coordinator.domain.policies.sources import Page, Status

LIST = (Path(__file__).parents[2] / "data" / "sources.csv").read_text("utf-8")
ROWS = list(csv.DictReader(LIST.splitlines()))
Row = dict[str, str]
Key = tuple[str, str]


@dataclass(frozen=True)
class Ships:
    """What ships for a row."""

    words: str
    status: str
    page: Page
    places: str = ""


NOW: dict[Key, str] = {
    # Wrong when the list was made; each stands in CHANGELOG.md.
    ("community_sharing", "alcohol_daily"): "2 oz of spirits, or as much alcohol in another drink, a day",
    ("community_sharing", "medicine_wait"): "unknown",
    ("eats_on_feets", "blood_test_age"): "unknown",
    ("new_york_bank", "blood_test_age"): "1 month before the first donation",
    ("new_york_bank", "nicotine"): "ask",
    ("handling", "ice_crystals"): "freezer",
    ("intake", "band days 2 and 3"): "40 / 150 / 360 mL",
    ("intake", "band 7 months"): "476 / 707 / 848 mL",
    ("intake", "band 8 months"): "446 / 684 / 821 mL",
    ("intake", "band 9 months"): "417 / 661 / 793 mL",
    ("intake", "band 10 months"): "388 / 639 / 767 mL",
    ("intake", "band 11 months"): "358 / 615 / 738 mL",
    ("intake", "band 12 months and later"): "329 / 593 / 712 mL",
    ("banks", "mmbne.milk_age chest"): "below 6 months: 4 freezers",
    ("banks", "mammb.minimum total"): "150 oz over the whole time of giving",
    ("banks", "scc.name"): "Mothers’ Milk Bank California",
    ("banks", "scc.milk_age"): "below 5 months",
    ("banks", "*.heat"): "ask",
    # New in the list.
    ("community_sharing", "illness_wait"): "1 day",
    ("new_york_bank", "illness_wait"): "1 day",
    ("new_york_bank", "refreeze"): "never",
    ("new_york_bank", "questions"): "4 kinds of facts",
    ("new_york_bank", "cannabis"): "not accepted",
    ("washington_bank", "questions"): "6 kinds of facts",
    ("washington_bank", "travel"): "ask",
    ("banks", "the-milk-bank.minimum"): "100 oz before her baby’s second birthday",
    ("banks", "mn.milk_age 6"): "up to 6 months",
    ("banks", "mn.region"): "Minnesota and the Upper Midwest",
    ("banks", "prolacta.name"): "Tiny Treasures Milk Bank",
    # The list proposes another expected amount; the review's curve gives one for every day.
    ("intake", "band day 1"): "16 / 60 / 120 mL",
    ("intake", "band days 4 and 5"): "curve",
    ("intake", "band rest of week 1"): "curve",
    ("intake", "band 1 to 3 weeks"): "curve",
    ("intake", "band 1 to 6 months"): "19 / 25 / 30 oz",
    # Said more fully than the list does.
    ("community_sharing", "supplements"): "prenatal vitamin",
    ("banks", "mn.note jars"): "No glass jars, ice trays or zip bags.",
    ("banks", "mn.note frozen"): "Frozen within 4 days, better within 24 hours.",
    ("banks", "mammb.note chart"): "The chart decides, not the label.",
    ("banks", "scc.note alcohol"): "Nothing pumped within 12 hours of alcohol (2012).",
    ("banks", "prolacta.note DNA"): "A DNA swab and about 80 questions.",
    ("banks", "bc-womens.note"): "Send early.",
    ("banks", "scc.minimum"): "100 oz about, in 2012",
}
PHONES = {
    "mmbne": "+16175276263",
    "mammb": "+14122814400",
    "mn": "+17635468051",
    "the-milk-bank": "+13175361670",
    "scc": "+18773756645",
    "national": "+18665226455",
    "ny": "+12129566455",
    "bc-womens": "+16048752424",
    "international": "",
}
STATUS: dict[Key, tuple[Status, str]] = {
    ("community_sharing", "alcohol_daily"): (Status.PRIMARY, "mended: the unit says spirits"),
    ("community_sharing", "medicine_wait"): (Status.UNVERIFIED, "mended: no time is known, it is asked"),
    ("eats_on_feets", "blood_test_age"): (Status.UNVERIFIED, "mended: what banks do is no rule of this page"),
    ("new_york_bank", "blood_test_age"): (Status.PRIMARY, "mended: before the first donation"),
    ("new_york_bank", "nicotine"): (Status.PRIMARY, "mended: the law asks and bans nothing"),
    ("handling", "ice_crystals"): (Status.PRIMARY, "mended: USDA's own page says it"),
    ("intake", "band days 2 and 3"): (Status.UNVERIFIED, "mended: our arithmetic on a copy"),
    ("intake", "band day 1"): (Status.UNVERIFIED, "our arithmetic on a copy, so no copy itself"),
    ("intake", "band 1 to 6 months"): (
        Status.COPY,
        "its range is a copy; a band is as good as its weakest figure",
    ),
    ("intake", "band rest of week 1"): (
        Status.CHOICE,
        "our arithmetic by the review's formula, no figure of it",
    ),
    ("intake", "band 1 to 3 weeks"): (
        Status.CHOICE,
        "our arithmetic by the review's formula, no figure of it",
    ),
    **{
        ("intake", f"band {name}"): (Status.CHOICE, "mended: our arithmetic between two means that were read")
        for name in ("7 months", "8 months", "9 months", "10 months", "11 months", "12 months and later")
    },
    ("pickups", "cooler_fill_bricked"): (Status.CHOICE, "35 lb was read; 0.55 is our arithmetic"),
    ("banks", "mmbne.milk_age chest"): (Status.PRIMARY, "mended: any freezer of its own"),
    ("banks", "mammb.minimum total"): (Status.PRIMARY, "mended: over the whole time of giving"),
    ("banks", "scc.name"): (Status.PRIMARY, "mended: the bank has another name"),
    ("banks", "scc.milk_age"): (Status.PRIMARY, "mended: less than five months"),
    ("banks", "*.heat"): (Status.PRIMARY, "mended: read of Washington's banks, asked of the others"),
}
CHOICES = {
    ("community_sharing", "questions"),
    *(("matching", key) for key in ("term_corrected", "hold", "stale_stock", "default_reach")),
    *(("pickups", key) for key in ("minutes_at_stop", "cooler_fill_loose", "ice_packs", "lb_per_oz")),
    *(("driving", key) for key in ("water", "odometer", "speed")),
    ("intake", "band days 4 and 5"),
}
"""What the list calls unverified and ours."""
ADDRESS: dict[Key, str] = {
    ("intake", "band days 4 and 5"): "the curve of the review took the place of the copy",
    ("banks", "mn.milk_age 6"): "the address of the list is that of the eight months, which stand beside it",
}


def key_of(row: Row) -> Key:
    return row["file"].removeprefix("policies/").removesuffix(".toml"), row["key"]


def address_of(row: Row) -> str:
    return row["address"].partition(" (")[0]


def ships(row: Row) -> Ships:
    """Return what ships for *row*; raises ``LookupError`` where nothing does."""
    file, key = key_of(row)
    if file == "banks":
        return of_bank(key)
    text = (resources.files("resources") / "policies" / f"{file}.toml").read_text("utf-8")
    read = PolicyFile(f"{file}.toml", text)
    if file == "intake":
        return of_table(intake_table(read, key.removeprefix("band ")), intake_words)
    table = read.table(key)
    if file in PROFILES:
        value = load_profile(file)[key]
        long = (file, key) in NOW and NOW[file, key].startswith(("1 month", "2 oz"))
        words = "unknown" if value.value is None else str(value.words if long else value.short_words)
        return of_table(table, lambda table: profile_words(table, words))
    return of_table(table, plain_words)


def of_table(table: PolicyTable, words: Callable[[PolicyTable], str]) -> Ships:
    return Ships(words(table), table.data["status"], table.page, "; ".join(table.sources))


def profile_words(table: PolicyTable, short: str) -> str:
    value = table["value"]
    if table.key == "questions" and value != "unknown":
        return f"{len(value)} kinds of facts"
    if table.key == "blood_panel":
        return f"{len(value)} entries" if len(value) > 6 else ", ".join(names[0] for names in value)
    if table.key == "herbs" and value != "unknown":
        return ", ".join(value)
    return short


def plain_words(table: PolicyTable) -> str:
    data, unit = table.data, table["unit"]
    if table.key in {"odometer", "speed"}:
        return f"{data['entries']} entries" if table.key == "odometer" else "bands"
    if isinstance(data["value"], str) or table.key in {
        "cooler_fill_loose",
        "cooler_fill_bricked",
        "lb_per_oz",
    }:
        return str(data["value"])
    return {
        "born_early": f"{data['value']} weeks or fewer",
        "term_corrected": f"{data['value']} weeks",
        "ice_packs": f"{data['value']} a cooler",
        "road_factor": f"{data['value']}",
        "water": f"{data['value']:g} mile",
    }.get(table.key, f"{data['value']:g} {unit.split()[0]}")


def intake_table(read: PolicyFile, label: str) -> PolicyTable:
    tables = {table["label"]: table for table in read.tables("band")}
    if label == "1 to 6 months":
        return tables["2 to 6 months, and on to seven"]
    return tables.get(label) or read.tables("curve")[0]


def intake_words(table: PolicyTable) -> str:
    if table.key.startswith("curve"):
        return "curve"
    amounts = " / ".join(f"{table[name]}" for name in ("low", "expected", "high"))
    return f"{amounts} {table['unit'].removesuffix('/day')}"


def of_bank(key: str) -> Ships:
    bank_id, _, part = key.partition(".")
    if bank_id == "*":
        found = (
            load_banks().notes[0].evidence
            if part.startswith("note")
            else load_banks().banks[0].heat[-1].evidence
        )
        return of_evidence(
            "1 year, 96 hours" if part.startswith("note") else load_banks().banks[0].heat[-1].rule, found
        )
    bank = {one.id: one for one in load_banks().banks}[bank_id]
    words, evidence = next(bank_parts(bank, part), ("", None))
    if evidence is None:
        return Ships(words, Status.UNVERIFIED, Page())
    return of_evidence(words, evidence)


def of_evidence(words: str, evidence: Evidence) -> Ships:
    return Ships(words, evidence.status, evidence.page, evidence.seen_in)


def bank_parts(bank: Bank, part: str) -> Iterator[tuple[str, Evidence]]:
    kind, _, which = part.partition(" ")
    for head in bank.heads:
        if head.part is HeadPart.__members__.get(kind.upper()):
            yield head.value, head.evidence
    if kind == "minimum":
        yield from minimums(bank, which)
    if kind == "milk_age":
        yield from ((age_words(age), age.evidence) for age in bank.milk_ages if is_meant(age, which))
    if kind == "baby" and bank.baby:
        yield f"below {bank.baby.months} months", bank.baby.evidence
    if kind == "heat":
        yield from ((one.rule, one.evidence) for one in bank.heat)
    if kind == "bereaved" and bank.waives_minimum:
        yield bank.waives_minimum.text, bank.waives_minimum.evidence
    if kind == "note":
        wanted = {"jars": "jars", "frozen": "Frozen", "chart": "chart", "alcohol": "alcohol", "DNA": "DNA"}
        yield from ((one.text, one.evidence) for one in bank.notes if wanted.get(which, "Send") in one.text)


def minimums(bank: Bank, which: str) -> Iterator[tuple[str, Evidence]]:
    wanted = {"first": Least.FIRST, "shipment": Least.SHIPMENT}.get(which, Least.TOTAL)
    found = [one for one in bank.minimums if one.of is wanted]
    if which in {"total (2)", "high"}:
        found = found[1:]
    for one in found:
        ounces = f"{one.volume.oz:.0f} oz"
        is_range = one.words.startswith("100 to 150")
        said = f"{ounces} {one.words}" if one.words and which != "first" and not is_range else ounces
        yield said, one.evidence


def is_meant(age: MilkAge, which: str) -> bool:
    if which.isdigit():
        return age.months == int(which)
    return {"fridge-freezer": 3, "chest": 6, "side-by-side": 6, "deep": 9}.get(
        which, age.months
    ) == age.months


def age_words(age: MilkAge) -> str:
    limit = f"{'below' if age.is_below else 'up to'} {age.months} months"
    return f"{limit}: {len(age.freezers)} freezers" if len(age.freezers) > 2 else limit


def wanted_words(row: Row) -> str:
    file, key = key_of(row)
    if file == "banks" and key.endswith(".phone"):
        return PHONES[key.partition(".")[0]]
    return NOW.get((file, key), row["shipped"])


def test_every_row_ships_with_its_value() -> None:
    assert len(ROWS) == 217
    found = {key_of(row): (ships(row).words, wanted_words(row)) for row in ROWS}

    assert {key: both for key, both in found.items() if both[0] != both[1]} == {}


def test_every_row_ships_with_its_status() -> None:
    wrong = {}
    for row in ROWS:
        key, status = key_of(row), ships(row).status
        wanted = Status.CHOICE if key in CHOICES else STATUS.get(key, (row["status"], ""))[0]
        if status != wanted:
            wrong[key] = (str(status), str(wanted))

    assert wrong == {}


def test_every_row_ships_with_the_address_that_was_read() -> None:
    found = {key_of(row): (ships(row).page.address, address_of(row)) for row in ROWS if address_of(row)}

    assert {key for key, (ours, listed) in found.items() if ours != listed} == set(ADDRESS)


def test_what_is_primary_ships_with_the_date_of_its_page() -> None:
    primary = [row for row in ROWS if ships(row).status == Status.PRIMARY]
    pages = {key_of(row): (ships(row).page, row["date"]) for row in primary}

    assert len(primary) > 90
    assert [key for key, (page, _) in pages.items() if not page.address or not page.dated] == []
    assert {key for key, (page, dated) in pages.items() if undated(page.dated) != undated(dated)} == set()


def undated(day: str) -> str:
    return "not given" if day.startswith("not given") else day


def test_nothing_is_primary_that_the_list_does_not_call_so_or_that_was_not_mended() -> None:
    """A value is never called better than what was read."""
    better = {
        key_of(row) for row in ROWS if ships(row).status == Status.PRIMARY and row["status"] != "primary"
    }

    assert better == {
        key for key, (status, why) in STATUS.items() if status is Status.PRIMARY and "mended" in why
    }


def test_the_list_of_what_was_wrong_is_mended_and_named_in_the_changelog() -> None:
    wrong = [key_of(row) for row in ROWS if row["status"] == "WRONG"]
    changes = (Path(__file__).parents[3] / "CHANGELOG.md").read_text("utf-8")

    assert len(wrong) == 18
    assert [key for key in wrong if key not in NOW or key not in STATUS] == []
    assert changes.count("It said ") >= 18
