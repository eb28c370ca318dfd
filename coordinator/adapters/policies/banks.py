"""Reads ``resources/banks.toml``, and refuses a figure that does not say where it was seen.

Every ``head``, ``minimum``, ``milk_age``, ``baby``, ``heat``, ``bereaved`` and ``note`` names its ``bank``
and has the evidence every policy value has; see ``policy_file``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar

from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile
from coordinator.domain.families.contacts import read_phone
from coordinator.domain.milk.bank_table import (
    BabyAge,
    Bank,
    BankTable,
    Evidence,
    Head,
    HeadPart,
    Heat,
    HeatRule,
    Least,
    MilkAge,
    Minimum,
    Words,
)
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.volume import Volume, VolumeUnit

if TYPE_CHECKING:
    from coordinator.adapters.policies.policy_file import PolicyTable

FILE = "banks.toml"
EVERY_BANK = "*"

_UNITS = {"oz": VolumeUnit.OZ, "mL": VolumeUnit.ML}
_BOUNDS = ("below", "up to")
_KINDS = ("head", "minimum", "milk_age", "baby", "heat", "bereaved", "note")

Part = TypeVar("Part")


@cache
def load_banks() -> BankTable:
    """Return the shipped table of milk banks.

    Raises:
        PolicyError: If a value, its unit, source, status or date is missing or wrong.
    """
    return read_banks((resources.files("resources") / FILE).read_text(encoding="utf-8"))


def read_banks(text: str) -> BankTable:
    """Return the banks in a TOML *text*, in its order; raises ``PolicyError`` like ``load_banks``."""
    file = PolicyFile(FILE, text)
    heads = file.data.get("bank")
    if not isinstance(heads, list) or not heads:
        raise PolicyError(FILE, "bank", "is missing")
    banks = [_head(number, head) for number, head in enumerate(heads, start=1)]
    ids = [bank.id for bank in banks]
    if len(set(ids)) != len(ids):
        raise PolicyError(FILE, "bank", "has an id twice")
    parts = _Parts(file, frozenset(ids))
    return BankTable(tuple(_whole(bank, parts) for bank in banks), parts.of(EVERY_BANK, "note", _words))


def _whole(bank: Bank, parts: _Parts) -> Bank:
    ages = parts.of(bank.id, "baby", _baby)
    waived = parts.of(bank.id, "bereaved", _words)
    heads = parts.of(bank.id, "head", _read_head)
    return Bank(
        id=bank.id,
        name=bank.name,
        region=bank.region,
        phone=next((one.value for one in heads if one.part is HeadPart.PHONE), ""),
        minimums=parts.of(bank.id, "minimum", _minimum),
        milk_ages=parts.of(bank.id, "milk_age", _milk_age),
        baby=ages[0] if ages else None,
        heat=parts.of(bank.id, "heat", _heat),
        waives_minimum=waived[0] if waived else None,
        notes=parts.of(bank.id, "note", _words),
        heads=heads,
    )


class _Parts:
    """The values of the file by kind, each checked for its evidence."""

    def __init__(self, file: PolicyFile, ids: frozenset[str]) -> None:
        self._tables: dict[str, list[PolicyTable]] = {}
        for kind in _KINDS:
            tables = file.tables(kind) if file.data.get(kind) else []
            for table in tables:
                if table["bank"] not in {*ids, EVERY_BANK}:
                    raise table.error("bank", f"names no bank of the file: {table['bank']!r}")
            self._tables[kind] = tables

    def of(self, bank: str, kind: str, read: Callable[[PolicyTable], Part]) -> tuple[Part, ...]:
        """Return what *read* makes of the values of *kind* of *bank*, heat of every bank's last."""
        own = [table for table in self._tables[kind] if table["bank"] == bank]
        if kind == "heat" and bank != EVERY_BANK:
            own += [table for table in self._tables[kind] if table["bank"] == EVERY_BANK]
        return tuple(read(table) for table in own)


def _head(number: int, head: dict[str, object]) -> Bank:
    key = f"bank {number}"
    for name in ("id", "name"):
        if not isinstance(head.get(name), str) or not head[name]:
            raise PolicyError(FILE, f"{key}.{name}", "is missing")
    if "phone" in head:
        raise PolicyError(FILE, f"{key}.phone", "stands in a [[head]] of its own, with where it was read")
    return Bank(str(head["id"]), str(head["name"]), str(head.get("region", "")))


def _read_head(table: PolicyTable) -> Head:
    if table["of"] not in set(HeadPart):
        raise table.error("of", f"must be one of {', '.join(HeadPart)}")
    part, text = HeadPart(table["of"]), _text(table)
    if part is HeadPart.PHONE and read_phone(text) != text:
        raise table.error("value", "must be a phone as +12075550100")
    return Head(part, text, _evidence(table), str(table.data.get("words", "")))


def _evidence(table: PolicyTable) -> Evidence:
    return Evidence("; ".join(table.sources), table["status"], table["checked"], table.page)


def _whole_number(table: PolicyTable) -> int:
    value = table["value"]
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise table.error("value", "must be a whole number above 0")
    return value


def _minimum(table: PolicyTable) -> Minimum:
    unit = _UNITS.get(table["unit"])
    if unit is None:
        raise table.error("unit", f"must be one of {', '.join(_UNITS)}")
    if table["of"] not in set(Least):
        raise table.error("of", f"must be one of {', '.join(Least)}")
    volume = Volume.of(_whole_number(table), unit)
    return Minimum(volume, Least(table["of"]), _evidence(table), str(table.data.get("words", "")))


def _milk_age(table: PolicyTable) -> MilkAge:
    _in_months(table)
    if table["bound"] not in _BOUNDS:
        raise table.error("bound", f"must be one of {', '.join(_BOUNDS)}")
    freezers = table.data.get("freezers", [])
    unknown = [name for name in freezers if name not in set(Freezer)]
    if unknown:
        raise table.error("freezers", f"has no freezer called {unknown[0]!r}")
    return MilkAge(
        months=_whole_number(table),
        is_below=table["bound"] == "below",
        freezers=tuple(Freezer(name) for name in freezers),
        evidence=_evidence(table),
        words=str(table.data.get("words", "")),
    )


def _baby(table: PolicyTable) -> BabyAge:
    _in_months(table)
    return BabyAge(_whole_number(table), _evidence(table))


def _in_months(table: PolicyTable) -> None:
    if table["unit"] != "months":
        raise table.error("unit", "must be months")


def _heat(table: PolicyTable) -> Heat:
    if table["value"] not in set(HeatRule):
        raise table.error("value", f"must be one of {', '.join(HeatRule)}")
    return Heat(HeatRule(table["value"]), _evidence(table), str(table.data.get("words", "")))


def _words(table: PolicyTable) -> Words:
    return Words(_text(table), _evidence(table))


def _text(table: PolicyTable) -> str:
    text = table["value"]
    if not isinstance(text, str) or not text.strip():
        raise table.error("value", "must be words")
    return text
