"""What random work on the books found, as short as it could be made."""

from __future__ import annotations

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.services import audit
from tests.builders import a_household
from tests.integration.test_undo import dump
from tests.pickup_builders import SETUP


def test_families_made_and_merged_in_one_action_go_and_come_back(database: Database) -> None:
    """A row that points to a later one of its own table was put back before that one was there."""
    before = dump(database)
    with database.writing(SETUP) as session:
        homes = [a_household(session, name).id for name in ("Ada Lind", "Ada M. Lind", "A. Lind", "Lind")]
        for home, into in (*zip(homes[:2], homes[2:], strict=True),):
            session.get_one(HouseholdRow, home).merged_into_id = into
    after = dump(database)

    for _ in range(2):
        audit.undo(database)
        assert dump(database) == before
        audit.redo(database)
        assert dump(database) == after
