"""A practice recall: the clock runs, and nothing of it is in the network."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.db.engine import connect_to_read
from coordinator.domain.pickups.plans import Outcome
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.records.recall_work import ContactOutcome, PartyKind, ToldBack
from coordinator.errors import UserError
from coordinator.services.paper.recall_papers import recall_letters
from coordinator.services.recall.drill import begin_drill
from coordinator.services.recall.work import (
    close_recall,
    hold_back,
    note_contact,
    note_told,
    open_recall,
    recalls,
)
from coordinator.services.records import history
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, a_region
from tests.settled_run import BEGAN, a_settled_run, begun, oz


def dumped(path: Path) -> list[tuple[object, ...]]:
    """Return every rule and row of a network's file."""
    with closing(connect_to_read(path, immutable=True)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [
            (name, *row)
            for name in tables
            for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")  # noqa: S608 - ours
        ]
    return [*made, *rows]


def test_a_whole_drill_leaves_the_network_as_it_was_byte_for_byte(sqlite_database: Database) -> None:
    database, today = sqlite_database, SATURDAY
    a_settled_run(database, Outcome("H-0001", oz(25)), Outcome("H-0002", oz(40)))
    assert database.path is not None
    path = database.path
    database.let_go()
    before, content, there = dumped(path), path.read_bytes(), set(path.parent.iterdir())
    now = BEGAN
    database.clock = lambda: now
    drill = begin_drill(database, today)
    families = [one.who for one in drill.work().families]
    assert families
    hold_back(drill.database, drill.recall, today)
    for who in families:
        now += timedelta(minutes=95)
        note_contact(drill.database, drill.recall, who, ContactOutcome.REACHED, drill.database.clock())
    for one in [party for party in drill.work().parties if party.open]:
        gone = ToldBack.DISCARDED if one.kind is PartyKind.DONOR else ToldBack.SET_ASIDE
        note_told(drill.database, drill.recall, one.who, gone, None, today, today=today)
    close_recall(drill.database, drill.recall, now, today)
    history.undo(drill.database)
    assert drill.took == timedelta(minutes=95) * len(families)
    assert "all reached in" in str(drill.result())
    drill.end()
    database.let_go()
    assert set(path.parent.iterdir()) == there
    assert dumped(path) == before
    assert path.read_bytes() == content


def test_a_drill_is_marked_as_one_wherever_it_is_seen(settled: Database) -> None:
    database = settled
    drill = begin_drill(database, SATURDAY)
    assert drill.work().is_drill
    assert all(one.is_drill for one in recall_letters(drill.database, drill.recall, SATURDAY))
    drill.end()
    assert not begun(database).is_drill
    assert not any(one.is_drill for one in recall_letters(database, "Q-0001", SATURDAY))


def test_a_drill_tells_how_far_it_is_and_sees_no_real_recall(settled: Database) -> None:
    database = settled
    open_recall(database, "L-0001", ANY_DAY, "a real one", BEGAN, SATURDAY)
    drill = begin_drill(database, SATURDAY)
    assert [one.code for one in recalls(drill.database, SATURDAY)] == [drill.recall]
    assert str(drill.result()) == "Practice: 0 of 2 families reached."
    note_contact(
        drill.database, drill.recall, "R-0001", ContactOutcome.REACHED, drill.work().began_at, today=SATURDAY
    )
    assert str(drill.result()) == "Practice: 1 of 2 families reached."
    drill.end()
    (real,) = recalls(database, SATURDAY)
    assert [one.contacts for one in real.parties if one.contacts] == []


def test_two_drills_do_not_see_each_other(settled: Database) -> None:
    database = settled
    one, other = begin_drill(database, SATURDAY), begin_drill(database, SATURDAY)
    at = one.work().began_at
    note_contact(one.database, one.recall, "R-0001", ContactOutcome.REACHED, at, today=SATURDAY)
    assert not any(party.reached for party in other.work().parties)
    one.end()
    assert other.work().families
    other.end()


def test_nothing_to_practise_with_is_said(sqlite_database: Database) -> None:
    database = sqlite_database
    region = a_region(database)
    assert region.holds
    with pytest.raises(UserError, match="nothing to practise with"):
        begin_drill(database, TODAY)
