"""NUL, other control characters and half characters: no database is given them, whoever writes."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.db import books
from coordinator.db.base import Base, UtcDateTime, VolumeColumn, by_code
from coordinator.db.database import WITHOUT_AUDIT, Database
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.domain.text import storable
from coordinator.domain.volume import Volume
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.milk import lots
from coordinator.services.records import history
from coordinator.services.settings.values import change_setting
from coordinator.services.settings.values import settings as settings_of
from tests.builders import NOW, TODAY, a_donor, a_household, a_recipient, a_stored_lot

SETUP = Action("test", "Set\x00 up \udc80")
DIRTY, CLEAN = "a\x00\x1b\ud83d", "a\ufffd"


def text_columns(table: sa.Table) -> list[sa.Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
    ]


def a_value(column: sa.Column[Any], made: dict[str, dict[str, Any]]) -> object:
    """Return something *column* may hold; any text is one that cannot be stored."""
    for key in column.foreign_keys:
        return made.get(key.column.table.name, {}).get(key.column.name)  # nothing of its own table yet
    if isinstance(column.type, sa.Enum):
        enumeration = column.type.enum_class
        assert enumeration is not None
        return next(iter(enumeration))
    if isinstance(column.type, VolumeColumn):
        return Volume(1000)
    if isinstance(column.type, UtcDateTime):
        return NOW
    kinds = {str: DIRTY, int: 1, float: 1.0, bool: False, date: TODAY, time: time(9), bytes: b"%PDF-"}
    return kinds[column.type.python_type]


def rows_of_every_table() -> list[tuple[sa.Table, type[Base]]]:
    entities = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    return [(table, entities[table]) for table in Base.metadata.sorted_tables]


def switch_off_triggers(database: Database) -> None:
    with database.engine.begin() as connection:
        if database.is_sqlite:
            names = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            statements = [f"DROP TRIGGER {name}" for name in names]
        else:
            statements = [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in Base.metadata.tables]
        for statement in statements:
            connection.execute(sa.text(statement))


def test_every_text_of_every_table_comes_back_clean(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rows of every table, and nothing that makes sense.
    monkeypatch.setattr(books, "broken", lambda *_: ())
    switch_off_triggers(database)
    made: dict[str, dict[str, Any]] = {}
    with database.writing(SETUP) as session:
        for table, entity in rows_of_every_table():
            mapper = sa.inspect(entity)
            keys = {mapper.get_property_by_column(column).key: column for column in table.columns}
            given_to_init = {key for key in keys if key not in {"id", "version"}}
            row = entity(**{key: a_value(keys[key], made) for key in given_to_init})
            session.add(row)
            session.flush()
            made[table.name] = {column.name: getattr(row, key) for key, column in keys.items()}

    with database.reading() as session:
        for table, _ in rows_of_every_table():
            for column in text_columns(table):
                stored = session.scalars(sa.select(column)).all()
                assert CLEAN in stored, f"{table.name}.{column.name}"
                assert all(text is None or text == storable(text) for text in stored)


def test_statements_that_pass_by_the_rows_are_clean_too(database: Database) -> None:
    table = Base.metadata.tables["household"]
    with database.writing(SETUP) as session:
        code = a_household(session).id
        change = sa.update(table).values(name=DIRTY).where(table.c.id == code)
        session.execute(change, execution_options={WITHOUT_AUDIT: True})

    with database.reading() as session:
        assert session.scalar(sa.select(table.c.name)) == CLEAN
        assert session.scalar(sa.select(table.c.id).where(table.c.name == DIRTY)) == code
        assert (
            session.scalar(sa.text("SELECT name FROM household WHERE name = :name"), {"name": DIRTY}) == CLEAN
        )


def test_a_code_with_a_nul_in_it_is_looked_up_and_not_a_crash(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_recipient(session)

    with database.reading() as session:
        assert by_code(session, RecipientRow, "R-0001\x00").code == "R-0001"


def test_what_was_typed_is_undone_and_done_again_as_it_was_stored(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session))

    lots.change_lot(database, "L-0001", "note", "top\x00 shelf\udc80", today=TODAY)
    change_setting(database, "network_name", "Sea\x00coast\x85Milk")

    assert lots.list_lots(database, TODAY)[0].lot.note == "top shelf\ufffd"
    assert settings_of(database).network_name == "Seacoast\nMilk"
    history.undo(database)
    history.undo(database)
    assert lots.list_lots(database, TODAY)[0].lot.note == ""
    with database.reading() as session:
        assert history.history(database)[-1].label == "Set up \ufffd"
        assert session.scalar(sa.text("SELECT count(*) FROM audit")) == 5


def test_a_form_with_a_nul_in_it_comes_in_twice_and_changes_once(database: Database, tmp_path: Path) -> None:
    form = tmp_path / "list.csv"
    form.write_bytes(
        b"Name,Email,Phone,ZIP,Notes\nAda\x00 Roy,ada@example.org,207 555 0100,03909,side\x1b door\n"
    )
    form.write_bytes(
        form.read_bytes() + b"Bea Roy,bea@example.org,207 555 0101,03909," + b"back door " * 40 + b"\n"
    )

    assert read_table(form).rows[0].cells[0].text == "Ada Roy"
    for _ in range(2):
        preview = preview_import(database, form, TODAY, kind=Role.DONOR)
        run_import(database, preview, today=TODAY)
    assert preview.counts.unchanged == 2
    with database.reading() as session:
        assert session.scalars(sa.select(HouseholdRow.name).order_by(HouseholdRow.id)).all() == [
            "Ada Roy",
            "Bea Roy",
        ]


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "C"))))
def test_any_text_can_be_stored_after_it_was_made_storable(text: str) -> None:
    clean = storable(text)

    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\x00" not in clean
    assert storable(clean) == clean
