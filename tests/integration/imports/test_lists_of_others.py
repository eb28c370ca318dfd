"""Lists in other coordinators' words, imported into a real network: the people in it are whom they meant.

Which column is what is given here; guessing it is tested elsewhere.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coordinator.bootstrap import open_database
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, Unit
from coordinator.services.imports.importing import preview_import, run_import
from tests.integration.cli.cli import CommandLine

FORMS = Path(__file__).parents[2] / "data" / "forms"
CASES = Path(__file__).parents[2] / "data" / "cases"
TODAY = date(2026, 11, 25)
ROLES = {"donors": Role.DONOR, "recipients": Role.RECIPIENT, "drivers": Role.DRIVER}
_ADDRESS = ("street", "town", "state", "zip")

Truth = Mapping[str, Any]
Importer = Callable[[str], list[dict[str, Any]]]


def truth() -> Mapping[str, Truth]:
    told: Mapping[str, Truth] = json.loads((FORMS / "truth.json").read_text(encoding="utf-8"))
    return told


def mapping_of(meant: Truth) -> FieldMapping:
    """Return the columns as the truth names them, each read as its heading says."""
    found: dict[str, list[ColumnUse]] = {}
    known = {field.topic for field in FIELDS[ROLES[meant["kind"]]]}
    for index, (key, heading) in enumerate(zip(meant["columns"], meant["headings"], strict=True)):
        topic = "ounces" if key == "milliliters" else key
        if topic in known:
            use = ColumnUse(
                index,
                unit=Unit.MILLILITRES if key == "milliliters" else None,
                yes_means_no=key == "dairy" and "free" in heading.casefold(),
            )
            found.setdefault(topic, []).append(use)
    return {key: tuple(uses) for key, uses in found.items()}


def brought_in(network: Path, template: Path, file: Path, meant: Truth) -> list[dict[str, Any]]:
    """Import *file* into a network of its own; return what ``--json`` prints of its people."""
    shutil.copyfile(template, network)
    database = open_database(network)
    preview = preview_import(database, file, TODAY, kind=ROLES[meant["kind"]], mapping=mapping_of(meant))
    run_import(database, preview, today=TODAY, backup_folder=network.parent)
    database.dispose()
    document: list[dict[str, Any]] = CommandLine(network, str(TODAY)).read(meant["kind"])
    return document


def told_of(person: Mapping[str, Any]) -> dict[str, Any]:
    lot = (person.get("lots") or [{}])[0]
    return {
        **{key: person.get(key) for key in ("name", "phone", "email", "baby_born", "dairy", *_ADDRESS)},
        **{key: lot.get(key) for key in ("ounces", "expressed_from", "expressed_to")},
    }


def test_the_people_of_every_list_are_whom_it_means(tmp_path: Path, migrated_file: Path) -> None:
    fields: Counter[str] = Counter()
    wrong = []
    for name, meant in truth().items():
        people = brought_in(tmp_path / f"{name}.db", migrated_file, FORMS / name, meant)
        unread = (
            {*_ADDRESS} if "address" in meant["columns"] and "address" not in mapping_of(meant) else set()
        )
        for person, wanted in zip(people, meant["people"], strict=True):
            told = told_of(person)
            fields.update(wanted.keys() - unread)
            wrong += [
                (name, wanted["name"], key, value, told[key], person["questions"])
                for key, value in wanted.items()
                if key not in unread and told[key] != value
            ]

    assert fields.total() > 1000
    assert wrong == []


@pytest.fixture
def imported(tmp_path: Path, migrated_file: Path) -> Importer:
    """Import a case as a user would, and return what ``--json`` prints of its donors."""

    def bring_in(name: str) -> list[dict[str, Any]]:
        network = Path(shutil.copy(migrated_file, tmp_path / "network.db"))
        milkrun = CommandLine(network, str(TODAY))
        milkrun.do("import", CASES / name, "--kind", "donor")
        document: list[dict[str, Any]] = milkrun.read("donors")
        return document

    return bring_in


def test_the_second_address_is_kept_and_a_phone_among_them_is_the_phone(imported: Importer) -> None:
    ann, bea, cora, dina = imported("28_two_emails.csv")

    assert (ann["email"], ann["other_email"]) == ("ann.able@example.org", "ann.work@example.com")
    assert (bea["email"], bea["other_email"]) == ("bea.bird@example.org", "")
    assert (cora["email"], cora["phone"]) == ("cora@example.org", "+16035550133")
    assert dina["email"] == ""
    assert any("dina.dale@example,org" in question for question in dina["questions"])


def test_every_phone_of_a_list_is_read_or_asked(imported: Importer) -> None:
    people = imported("29_phones.csv")

    assert [(person["phone"], person["other_phone"]) for person in people] == [
        ("+16035550101", ""), ("+16035550102", "+16035550199"), ("+16035550103", "+16035550198"),
        ("+523312345678", ""), ("+442079460958", ""), ("", ""), ("+16035550106", ""), ("+16035550107", ""),
        ("+16035550108", ""), ("+16035550109", ""), ("+16035556455", ""), ("+16035550111", ""),
        ("+16035550112", "+16035550113"), ("+16035550114", ""),
    ]  # fmt: skip
    asked = [person["name"] for person in people if any("Phone" in one for one in person["questions"])]
    assert asked == ["Person Aab", "Person Fab", "Person Iab"]


def test_every_day_of_a_list_is_read_or_asked(imported: Importer) -> None:
    people = imported("30_dates.csv")

    told = [person["lots"][0]["expressed_to"] for person in people]
    asked = [any(one.startswith("Newest milk") for one in person["questions"]) for person in people]
    assert told == [
        "2026-08-12", "2026-08-15", *["2026-11-21"] * 5, None, None, *["2026-11-21"] * 6,
        None, None, *["2026-09-03"] * 3, "2026-11-21", "2026-11-21", None, None, "2026-11-20", None,
        None, "2026-11-21", "2026-11-21", "2026-11-21", None, "2026-11-21",
    ]  # fmt: skip
    # Months, a day without its year, a range beyond the form's day, doubts and days that are none.
    assert [number for number, is_asked in enumerate(asked) if is_asked] == [
        7, 8, 10, 15, 20, 21, 22, 23, 25, 26, 30,
    ]  # fmt: skip


def test_a_day_as_a_spreadsheet_counts_it_is_compared_with_the_oldest(imported: Importer) -> None:
    person = imported("30_dates.csv")[16]

    assert any("2026-01-31" in one and "2025-11-22" in one for one in person["questions"])
