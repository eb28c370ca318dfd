"""Every column that the log keeps has words, or it was decided that nobody is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

import coordinator.db.every_table  # noqa: F401 - all tables are looked at
from coordinator.db.audit import UNAUDITED
from coordinator.db.base import Base
from coordinator.domain.records.row_words import words_of_choice
from coordinator.domain.records.told_columns import TOLD
from coordinator.domain.records.told_history import undone_by, who

SILENT = {table.__tablename__ for table in UNAUDITED}


def audited() -> Iterator[sa.Table]:
    for table in Base.metadata.sorted_tables:
        if table.name not in SILENT:
            yield table


def test_each_column_of_each_audited_table_has_words_or_is_silent_and_no_other_has() -> None:
    faults = []
    for table in audited():
        told, columns = TOLD[table.name], {column.name for column in table.columns}
        decided = {*told.labels, *told.silent}
        faults += [f"{table.name}.{name} is undecided" for name in columns - decided]
        faults += [f"{table.name}.{name} is no column" for name in decided - columns - {"code"}]
        faults += [f"{table.name}.{name} is both" for name in told.labels.keys() & told.silent]
        faults += [f"{table.name}.{name} is no column" for name in {*told.called_by, *told.unasked} - columns]

    assert faults == []
    assert TOLD.keys() == {table.name for table in audited()}


def test_each_choice_that_is_told_has_words() -> None:
    told = 0
    for table in audited():
        for column in table.columns:
            if isinstance(column.type, sa.Enum) and column.name in TOLD[table.name].labels:
                assert column.type.enum_class is not None
                told += sum(bool(words_of_choice(one)) for one in column.type.enum_class)

    assert told > 100


def test_what_a_thing_is_called_is_no_name_of_a_table() -> None:
    names = {table.name for table in audited() if "_" in table.name}
    columns = {column.name for table in audited() for column in table.columns if "_" in column.name}
    said = {str(words) for told in TOLD.values() for words in (told.thing, *told.labels.values())}

    assert said.isdisjoint(names | columns)


def test_what_was_undone_and_done_again_stands() -> None:
    assert undone_by([(5, 4)]) == {4: 5}
    assert undone_by([(5, 4), (6, 5)]) == {5: 6}
    assert undone_by([(5, 4), (6, 5), (7, 6)]) == {6: 7, 4: 5}
    assert undone_by([(5, 4), (6, 5), (7, 4)]) == {5: 6, 4: 7}


def test_who_did_it_is_said_as_far_as_it_is_known() -> None:
    said = [
        str(who(origin, "window 1")) for origin in ("window 1", "window 2", "command line", "sample-region")
    ]

    assert said == ["you (this window)", "an earlier window", "by command", "the sample region"]
