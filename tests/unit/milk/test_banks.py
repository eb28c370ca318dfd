"""The bank table: what it says of milk, and that a figure without its source is refused."""

from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.banks import load_banks, read_banks
from coordinator.adapters.policies.policy_file import PolicyError
from coordinator.domain.milk.bank_table import Bank, Evidence
from coordinator.domain.milk.banks import BankLine, BankSays, banks_for, first_day, offered_by
from coordinator.domain.milk.lots import Freezer, HeatTreated, Lot
from coordinator.domain.volume import Volume, VolumeUnit
from tests.builders import TODAY, a_lot

BORN = date(2026, 6, 1)
ONE_BANK = """
[[bank]]
id = "one"
name = "One"

[[minimum]]
bank = "one"
value = 100
unit = "oz"
of = "total"
seen_in = "somewhere"
status = "copy"
checked = 2026-11-24

[[milk_age]]
bank = "one"
value = 6
unit = "months"
bound = "up to"
seen_in = "somewhere"
status = "copy"
checked = 2026-11-24
"""


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def milk(ounces: float = 600, **changes: Any) -> Lot:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {"volume": oz(ounces), "free": oz(ounces), "freezer": Freezer.CHEST}
    return a_lot(**(fields | changes))


def said(name: str, *lots: Lot, born: date | None = BORN, is_bereaved: bool = False) -> BankLine:
    offered = offered_by(lots, born, is_bereaved=is_bereaved)
    lines = banks_for(load_banks().banks, offered, TODAY, VolumeUnit.OZ)
    return next(line for line in lines if line.bank.name == name)


def texts(line: BankLine) -> list[str]:
    return [reason.text for reason in line.reasons]


def test_every_figure_of_the_table_says_where_and_when_it_was_seen() -> None:
    table = load_banks()
    parts: list[Evidence] = [note.evidence for note in table.notes]
    for bank in table.banks:
        parts += [one.evidence for one in bank.minimums]
        parts += [one.evidence for one in bank.milk_ages]
        parts += [one.evidence for one in bank.heat]
        parts += [one.evidence for one in bank.notes]
        parts += [one.evidence for one in bank.heads]
        parts += [one.evidence for one in (bank.baby, bank.waives_minimum) if one]

    assert len(table.banks) == 10
    assert len(parts) > 30
    for evidence in parts:
        assert evidence.seen_in
        assert evidence.status in {"primary", "copy", "unverified"}
        assert evidence.checked == date(2026, 11, 28)
        if evidence.status == "primary":
            page = evidence.page
            assert all((page.authority, page.title, page.address, page.dated)), evidence


def test_the_table_has_the_phones_that_were_read_and_says_where() -> None:
    banks = {bank.id: bank for bank in load_banks().banks}

    assert {key: bank.phone for key, bank in banks.items() if bank.phone} == {
        "mmbne": "+16175276263",
        "mammb": "+14122814400",
        "mn": "+17635468051",
        "the-milk-bank": "+13175361670",
        "scc": "+18773756645",
        "national": "+18665226455",
        "ny": "+12129566455",
        "bc-womens": "+16048752424",
    }
    assert all(bank.read_phone is not None for bank in banks.values() if bank.phone)
    assert replace(banks["mmbne"], phone="+12075550100").read_phone is None


def test_the_table_has_the_figures_of_the_domain() -> None:
    banks = {bank.name: bank for bank in load_banks().banks}

    least = {name: [round(one.volume.oz) for one in bank.minimums] for name, bank in banks.items()}
    assert least == {
        "MMBNE": [150, 175, 50],
        "MAMMB": [50, 150],
        "MN Milk Bank": [],
        "The Milk Bank": [100],
        "Mothers’ Milk Bank California": [100],
        "National Milk Bank": [500],
        "International MB": [600],
        "Tiny Treasures Milk Bank": [100],
        "NY Milk Bank": [100, 150],
        "BC Women’s": [75, 150],
    }
    months = {name: [one.months for one in bank.milk_ages] for name, bank in banks.items()}
    assert months == {
        "MMBNE": [3, 6],
        "MAMMB": [8],
        "MN Milk Bank": [7, 6, 8],
        "The Milk Bank": [6, 9],
        "Mothers’ Milk Bank California": [5],
        "National Milk Bank": [6],
        "International MB": [],
        "Tiny Treasures Milk Bank": [10],
        "NY Milk Bank": [],
        "BC Women’s": [6, 12],
    }
    assert [name for name, bank in banks.items() if bank.waives_minimum] == ["MAMMB", "NY Milk Bank"]
    assert [name for name, bank in banks.items() if bank.baby] == ["MMBNE"]


def test_plenty_of_fresh_milk_is_milk_every_bank_may_take() -> None:
    lot = milk(freezer=Freezer.SIDE_BY_SIDE)

    lines = banks_for(load_banks().banks, offered_by([lot], BORN), TODAY, VolumeUnit.OZ)

    assert {line.says for line in lines} == {BankSays.MAY}
    assert {line.volume for line in lines} == {oz(600)}


def test_heat_treated_milk_is_refused_where_a_bank_says_so_and_asked_elsewhere() -> None:
    lines = banks_for(
        load_banks().banks, offered_by([milk(heat_treated=HeatTreated.ALL)], BORN), TODAY, VolumeUnit.OZ
    )

    says = {line.bank.id: line.says for line in lines}
    assert {key for key, one in says.items() if one is BankSays.AGAINST} == {"mn"}
    assert {one for key, one in says.items() if key != "mn"} == {BankSays.ASK}
    mmbne = next(line for line in lines if line.bank.name == "MMBNE")
    assert texts(mmbne) == ["heat-treated milk: ask whether it takes any"]
    assert mmbne.reasons[0].evidence is not None
    assert "246-720-040" in mmbne.reasons[0].evidence.seen_in


def test_whether_milk_was_heated_is_asked_and_never_taken_for_granted() -> None:
    assert said("International MB", milk(heat_treated=None)).says is BankSays.ASK


@pytest.mark.parametrize(
    ("freezer", "oldest", "says"),
    [
        (Freezer.FRIDGE_FREEZER, date(2026, 8, 22), BankSays.MAY),
        (Freezer.FRIDGE_FREEZER, date(2026, 8, 21), BankSays.ASK),
        (Freezer.CHEST, date(2026, 8, 21), BankSays.MAY),
        (Freezer.CHEST, date(2026, 5, 22), BankSays.MAY),
        (Freezer.CHEST, date(2026, 5, 21), BankSays.ASK),
        (Freezer.UPRIGHT_FROST_FREE, date(2026, 5, 22), BankSays.MAY),
        (Freezer.DEEP_MANUAL, date(2026, 5, 21), BankSays.ASK),
        (Freezer.DEEP, date(2026, 5, 22), BankSays.MAY),
    ],
)
def test_new_england_takes_milk_by_the_freezer_it_stood_in(
    freezer: Freezer, oldest: date, says: BankSays
) -> None:
    lot = milk(freezer=freezer, expressed_from=oldest, expressed_to=date(2026, 11, 20))

    assert said("MMBNE", lot).says is says


def test_bags_too_old_are_left_out_and_the_day_from_which_they_suit_is_told() -> None:
    lot = milk(freezer=Freezer.CHEST, expressed_from=date(2026, 3, 1), expressed_to=date(2026, 11, 1))

    assert texts(said("MMBNE", lot)) == [
        "only bags dated May 22, 2026 or later: less than 6 months (a freezer of its own)"
    ]


def test_milk_all_too_old_speaks_against_and_another_lot_still_may() -> None:
    old = milk(code="L-0001", expressed_from=date(2025, 1, 1), expressed_to=date(2025, 6, 1))
    fresh = milk(200, code="L-0002")

    assert said("Mothers’ Milk Bank California", old).says is BankSays.AGAINST
    both = said("Mothers’ Milk Bank California", old, fresh)
    assert (both.says, both.volume) == (BankSays.MAY, oz(200))
    assert [(reason.lots, reason.says) for reason in both.reasons] == [(("L-0001",), BankSays.AGAINST)]


def test_where_two_figures_disagree_both_stand_and_it_is_asked() -> None:
    lot = milk(expressed_from=date(2026, 5, 1), expressed_to=date(2026, 5, 10))

    line = said("MN Milk Bank", lot)

    assert line.says is BankSays.ASK
    limit = "up to 6 months (6 to 8 months; its own pages differ)"
    assert texts(line) == [f"older than it takes: {limit}; another figure of it would do"]


def test_too_little_speaks_against_and_one_figure_met_is_asked() -> None:
    assert said("National Milk Bank", milk(499)).says is BankSays.AGAINST
    assert said("National Milk Bank", milk(500)).says is BankSays.MAY
    line = said("MMBNE", milk(160))
    assert line.says is BankSays.ASK
    assert texts(line) == ["asks for at least 175 oz in all; another figure of it would do"]


def test_milk_pumped_after_her_babys_first_birthday_is_told_apart() -> None:
    born = date(2025, 10, 1)

    assert said("MMBNE", milk(), born=date(2025, 8, 1)).says is BankSays.AGAINST
    line = said("MMBNE", milk(freezer=Freezer.CHEST), born=born)
    assert texts(line) == ["only bags dated before Oct 1, 2026, before her baby’s first birthday"]
    assert said("MMBNE", milk(), born=None).says is BankSays.ASK


def test_after_a_loss_the_banks_that_ask_no_minimum_come_first_and_nothing_is_asked() -> None:
    offered = offered_by([milk(10)], None, is_bereaved=True)

    lines = banks_for(load_banks().banks, offered, TODAY, VolumeUnit.OZ)

    assert [line.bank.name for line in lines[:2]] == ["MAMMB", "NY Milk Bank"]
    assert [(line.says, line.is_gentle, line.reasons) for line in lines[:2]] == [(BankSays.MAY, True, ())] * 2
    assert not any("Ask when" in reason.text for line in lines for reason in line.reasons)


def test_nothing_free_is_nothing_to_ask_a_bank() -> None:
    held = milk(free=Volume())

    assert banks_for(load_banks().banks, offered_by([held], BORN), TODAY, VolumeUnit.OZ) == []


@given(ounces=st.integers(1, 900), more=st.integers(0, 300))
def test_more_milk_never_makes_a_bank_say_less(ounces: int, more: int) -> None:
    order = list(BankSays)
    for bank in load_banks().banks:
        few = said(bank.name, milk(ounces))
        many = said(bank.name, milk(ounces + more))
        assert order.index(many.says) <= order.index(few.says)


@pytest.mark.parametrize("key", ["unit", "seen_in", "status", "checked", "value", "bank", "of"])
def test_a_figure_that_lacks_something_is_refused_by_name(key: str) -> None:
    lines, kept = ONE_BANK.splitlines(), []
    in_minimum = False
    for line in lines:
        in_minimum = line == "[[minimum]]" or (in_minimum and not line.startswith("[["))
        if not (in_minimum and line.startswith(key)):
            kept.append(line)

    with pytest.raises(PolicyError, match=rf"banks\.toml.*minimum 1\.{key} is missing"):
        read_banks("\n".join(kept))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('id = "one"', "", "bank 1.id is missing"),
        ('name = "One"', 'name = "One"\nphone = "ring them"', "phone"),
        ('of = "total"', 'of = "week"', "must be one of first, shipment, total"),
        ("value = 100", "value = -1", "whole number above 0"),
        ("value = 100", 'value = "many"', "whole number above 0"),
        ('bound = "up to"', 'bound = "about"', "must be one of below, up to"),
        ('bound = "up to"', 'bound = "up to"\nfreezers = ["ice box"]', "no freezer called"),
        ('unit = "months"', 'unit = "weeks"', "must be months"),
        ('bank = "one"', 'bank = "two"', "names no bank"),
        ('status = "copy"', 'status = "sure"', "status must be one of"),
        ("[[bank]]", "[[bank", "cannot be read"),
        ("[[bank]]", "[[other]]", "bank is missing"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    with pytest.raises(PolicyError, match=problem):
        read_banks(ONE_BANK.replace(old, new, 1))


def test_the_shipped_file_is_the_one_that_is_read() -> None:
    text = (resources.files("resources") / "banks.toml").read_text("utf-8")

    assert read_banks(text) == load_banks()


def test_the_first_day_that_is_young_enough_is_a_day_later_where_it_must_be_below() -> None:
    age = next(bank for bank in load_banks().banks if bank.id == "mmbne").milk_ages[0]

    assert first_day(age, date(2026, 11, 30)) == date(2026, 8, 31)
    assert first_day(replace(age, is_below=False), date(2026, 5, 31)) == date(2026, 2, 28)


def test_a_bank_without_figures_only_wants_to_be_rung() -> None:
    lines = banks_for([Bank("x", "X")], offered_by([milk()], BORN), TODAY, VolumeUnit.OZ)

    assert [(line.says, line.reasons) for line in lines] == [(BankSays.MAY, ())]
