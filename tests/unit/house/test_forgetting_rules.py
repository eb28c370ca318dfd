"""Every table and every column says what becomes of it when a family is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

import coordinator.db.every_table  # noqa: F401 - all of them are walked
from coordinator.db.base import Base
from coordinator.domain.families.forgetting import RULES, Column, Row
from coordinator.domain.families.forgetting_plan import SILENT, told_tables
from tests.hostile_network import FREE_TEXTS

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
OF_OTHERS = {("lot_fate", "bank")}
"""A text that is kept: the name of an organisation."""
NEVER_A_NAME = {
    "household": {"state", "zip_code", "languages"},
    "fact": {"recorded_by"},
    "question": {"topic"},
    "medicine_decision": {"medicine"},
    "choice_file": {"name"},
    "family_message_item": {"topic", "hold_code"},
    "looked_up_place": {"server"},
    "network_decision": {"medicine"},
    "policy_decision": {"figure"},
    "page_check": {"address"},
    "import_journal": set[str](),
}
"""Free texts in which no family is looked for: a subject, an address of a page, a paper that is another's."""


def free_texts(table: str) -> set[str]:
    return set(FREE_TEXTS.get(table, "").split())


def test_every_table_says_what_becomes_of_it() -> None:
    assert RULES.keys() == TABLES.keys()


def test_every_column_of_a_row_that_stays_says_what_becomes_of_it() -> None:
    told = {name: set(rule.columns) for name, rule in RULES.items() if rule.row is Row.STAYS}
    assert told == {name: set(TABLES[name].columns.keys()) for name in told}


def test_no_word_about_a_family_is_kept() -> None:
    kept = {
        (name, column)
        for name, rule in RULES.items()
        for column in rule.columns_by(Column.KEPT)
        if column in free_texts(name) or isinstance(TABLES[name].columns[column].type, sa.LargeBinary)
    }
    assert kept == OF_OTHERS


def test_every_text_of_others_is_looked_through_for_the_familys_words() -> None:
    def unread() -> Iterator[str]:
        for name, rule in RULES.items():
            read = {*rule.searched, *rule.contact} | {c for t, c in OF_OTHERS if t == name}
            lists = {"must_avoid", "baby_name", "freezer"} if name == "recipient" else set[str]()
            yield from sorted(
                f"{name}.{column}"
                for column in free_texts(name) - read - NEVER_A_NAME.get(name, set()) - lists
            )

    assert list(unread()) == []


def test_whatever_points_to_a_family_leads_to_it() -> None:
    """A table with a key into a table of the family's rows is the family's, or says that it is not."""
    known = {name for name, rule in RULES.items() if rule.row is not Row.OF_NO_FAMILY}
    for name in known - {"household", "choice_file"}:
        assert RULES[name].through or RULES[name].codes, f"{name} belongs to nobody"
        for column in RULES[name].through:
            assert column == "id" or TABLES[name].columns[column].foreign_keys, (
                f"{name}.{column} points nowhere"
            )
    pointing = {
        (name, key.parent.name)
        for name, table in TABLES.items()
        for key in table.foreign_keys
        if key.column.table.name in {"household", "donor", "recipient", "driver", "lot", "hold"}
    }
    told = {(name, column) for name, rule in RULES.items() for column in rule.through}
    assert pointing - told == {("overruling", "lot_id"), ("cooler", "at_household_id")}


def test_she_is_told_of_everything_that_goes() -> None:
    goes = {
        name
        for name, rule in RULES.items()
        if rule.row is Row.GOES or (rule.row is Row.STAYS and not rule.keeps_all)
    }
    assert goes | {"looked_up_place"} == told_tables() | SILENT
