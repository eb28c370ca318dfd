"""The history in names: read when it is shown; what is stored keeps codes."""

from __future__ import annotations

import sqlalchemy as sa

from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.agreements.holds import hold_milk, release_hold
from coordinator.services.families import households
from coordinator.services.imports.typed_in import add_family
from coordinator.services.records import history
from coordinator.services.records.in_names import entries_in_names, state_in_names
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot


def two_families(database: Database) -> None:
    """Zoë (D-0001) has a lot, Inès (R-0001) asks."""
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ueda"), 100)
        a_recipient(session, "Inès Roy")


def shown(database: Database) -> str:
    """Return what was done last, as the history shows it."""
    return entries_in_names(database, history.history(database, limit=1))[0].shown


def test_each_line_names_whose_it_is_and_the_log_does_not(database: Database) -> None:
    two_families(database)
    households.change_profile(database, "D-0001", "notes", "a word")
    assert shown(database) == "Changed private notes of Zoë Ueda"
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(40), TODAY)
    assert shown(database) == f"Held 40 oz of L-0001 of Zoë Ueda for Inès Roy ({hold})"
    release_hold(database, hold)
    assert shown(database) == f"Released {hold} (Zoë Ueda for Inès Roy)"

    with database.reading() as session:
        labels = " ".join(session.scalars(sa.select(AuditRow.label)))
    assert "Zoë" not in labels
    assert "Inès" not in labels


def test_two_of_one_name_are_told_apart_by_code(database: Database) -> None:
    first, second = (add_family(database, Role.DONOR, {"name": "Ada Okafor"}, TODAY) for _ in range(2))

    assert first != second
    assert shown(database) == f"Added Ada Okafor ({second})"


def test_who_was_removed_keeps_the_code(database: Database) -> None:
    two_families(database)
    households.remove_family(database, "R-0001", TODAY)

    assert shown(database) == "Removed R-0001"
    state = state_in_names(database, history.undo_state(database))
    assert state.undo is not None
    assert state.undo.shown == "Removed R-0001"


def test_nothing_to_undo_is_nothing_in_names(database: Database) -> None:
    state = state_in_names(database, history.undo_state(database))

    assert (state.undo, state.redo) == (None, None)
