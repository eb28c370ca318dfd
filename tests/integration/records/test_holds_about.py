"""What is held about one family: all of it, in words, and nobody else's name, address or health."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from coordinator.bootstrap import open_database
from coordinator.db.base import Base
from coordinator.db.database import Database
from coordinator.domain.families.forgetting import RULES, Row
from coordinator.domain.records.held import (
    ALWAYS_HIDDEN,
    HIDDEN,
    IS_THERE,
    LABELS,
    SILENT,
    TITLES,
    WITHHELD,
    shown_columns,
)
from coordinator.errors import UserError
from coordinator.services.families.households import change_profile
from coordinator.services.paper.held import save_held
from coordinator.services.records.holds_about import _label
from tests.builders import NOW, TODAY
from tests.made_once import MadeOnce
from tests.pickup_builders import SATURDAY
from tests.secret_family import secrets_made_once

TABLES = {table.name: table for table in Base.metadata.sorted_tables}


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_every_table_and_column_of_a_family_is_shown_or_says_why_not() -> None:
    told = {table for tables in TITLES for table in tables.split(",")}
    assert told | SILENT.keys() == {name for name, rule in RULES.items() if rule.row is not Row.OF_NO_FAMILY}
    assert told & SILENT.keys() == set()
    for table in told:
        columns = tuple(TABLES[table].columns.keys())
        assert (HIDDEN.get(table, frozenset()) | WITHHELD.get(table, frozenset())) <= set(columns)
        for name in shown_columns(table, columns):
            assert str(_label(table, name)), f"{table}.{name} has no name"
    used = {column.name for table in told for column in TABLES[table].columns}
    assert LABELS.keys() <= used | ALWAYS_HIDDEN


def test_all_that_is_held_is_written_and_nothing_of_another_family(
    tmp_path: Path, migrated_file: Path, made_once: MadeOnce
) -> None:
    made, secrets = secrets_made_once(migrated_file, made_once)
    database = open_database(shutil.copy(made, tmp_path / "network.db"), clock=lambda: NOW)
    others = {"D-0002": "Mia Quist", "R-0001": "Inès Roy", "R-0002": "Linh Tran", "V-0001": "Ana Berg"}
    change_profile(database, "D-0001", "notes", "a friend of Mia Quist; shy dog")
    written = save_held(database, "D-0001", tmp_path, SATURDAY)
    database.dispose()
    assert [one.name for one in written] == ["D-0001.pdf", "D-0001.json"]
    told, paper = json.loads(written[1].read_text("utf-8")), text_of(written[0])
    assert written[0].stat().st_mode & 0o077 == 0
    assert [code for code, name in others.items() if name in paper or name in json.dumps(told)] == []
    assert "a friend of …; shy dog" in paper
    texts = json.dumps(told)
    typed_anew = {"household.notes", "household.phone", "household.other_phone"}  # and how phones are written
    for place, words in secrets.written.items():
        table, column = place.split(".")
        hidden = ALWAYS_HIDDEN | HIDDEN.get(table, frozenset()) | WITHHELD.get(table, frozenset())
        is_shown = column not in hidden and table not in SILENT and place not in typed_anew
        assert (words[-1] in texts) == is_shown, f"{place} is {'not shown' if is_shown else 'shown'}"
    assert str(IS_THERE) in texts
    assert "be forgotten" in paper


def test_a_file_of_another_kind_is_refused_in_a_sentence(sqlite_database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.pdf or \.json"):
        save_held(sqlite_database, "D-0001", tmp_path / "held.txt", TODAY)
    assert list(tmp_path.glob("held*")) == []
