"""Who changed what when and why, of one family: in words, in names, with what was there before."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coordinator.db.audit import AuditChangeRow, AuditValueRow
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.undo import CannotUndoError
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.records.row_words import Area
from coordinator.domain.records.told_history import ToldAction
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.agreements.holds import hold_milk, record_yes, release_hold
from coordinator.services.families import households
from coordinator.services.families.merging import merge_households
from coordinator.services.records import history
from coordinator.services.records.family_history import told_history
from coordinator.services.records.undoable import undoable
from coordinator.services.screening import facts
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP


def a_network(database: Database) -> None:
    """Zoë (D-0001) has 300 oz, Inès (R-0001) asks; Mia (D-0002) has nothing to do with them."""
    with database.writing(SETUP) as session:
        zoe = a_donor(session, "Zoë Ueda")
        session.get_one(HouseholdRow, zoe.household_id).phone = "+16035550101"
        a_stored_lot(session, zoe, 300)
        a_recipient(session, "Inès Roy")
        a_donor(session, "Mia Quist")


def told(database: Database, code: str, unit: VolumeUnit = VolumeUnit.OZ) -> list[ToldAction]:
    return told_history(database, unit, code=code)


def details(action: ToldAction) -> list[str]:
    return [str(line) for line in action.details]


def test_a_changed_phone_is_told_with_what_it_was(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    households.change_profile(database, "D-0001", "phone", "603-555-0199")
    newest = told(database, "D-0001")[0]

    assert newest.entry.shown == "Changed phone of Zoë Ueda"
    assert details(newest) == ["Phone: from (603) 555-0101 to (603) 555-0199"]
    assert newest.areas == {Area.FAMILY}
    assert len(told(database, "D-0002")) == len(told(database, "R-0001")) == 1  # the set-up


def test_an_answer_on_the_phone_is_told_with_where_it_is_from(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    fact = Fact(FactKind.SUPPLEMENT, Presence.YES, "fish oil", TODAY, source=FactSource.CALL)
    facts.record_fact(database, "D-0001", fact, TODAY)

    (line,) = details(told(database, "D-0001")[0])
    assert line == "Answer added: supplement, yes, fish oil; from Nov 21, 2026; told on the phone"


def test_an_agreement_is_told_to_both_families_in_the_unit_in_use(database: Database) -> None:
    a_network(database)
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    record_yes(database, hold, Side.DONOR, TODAY)
    record_yes(database, hold, Side.FAMILY, TODAY)

    for code in ("D-0001", "R-0001", "L-0001", hold):
        assert f"Agreed: 84 oz of L-0001 for Inès Roy ({hold})" in details(told(database, code)[0])
    assert f"Agreed: 2,484 mL of L-0001 for Inès Roy ({hold})" in details(
        told(database, "R-0001", VolumeUnit.ML)[0]
    )


def test_what_was_undone_says_by_what_and_pairs_up(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    households.change_profile(database, "R-0001", "notes", "rings at night")
    history.undo(database)
    undoing, changed, _ = told(database, "R-0001")

    assert changed.undone is not None
    assert changed.undone.id == undoing.id
    assert undoing.entry.undoes_id == changed.id
    assert details(undoing) == ["Private notes (never print): taken out, it was “rings at night”"]
    history.redo(database)
    assert told(database, "R-0001")[2].undone is None


def test_a_hold_that_was_undone_is_still_told_of_the_family_and_by_its_code(database: Database) -> None:
    a_network(database)
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    history.undo(database)

    for code in ("D-0001", "R-0001", "L-0001", hold):
        undoing, held = told(database, code)[:2]
        assert undoing.entry.undoes_id == held.id
        assert details(undoing)[0].startswith(f"Hold {hold} removed: 84 oz; of L-0001; for Inès Roy")


def test_a_family_that_was_made_part_of_another_is_told_with_it(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    households.change_profile(database, "D-0002", "notes", "moved in with Zoë")
    merge_households(database, "D-0001", "D-0002", TODAY)

    shown = [one.entry.shown for one in told(database, "D-0001")]
    assert "Changed private notes of D-0002" in shown


def test_erased_values_are_said_to_be_erased(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    households.change_profile(database, "R-0001", "notes", "rings at night")
    with database.writing(SETUP) as session:
        session.execute(sa.delete(AuditValueRow).execution_options(without_audit=True))
        touched = session.scalar(sa.select(sa.func.count()).select_from(AuditChangeRow))

    assert touched
    newest = told(database, "R-0001")[0]
    assert newest.is_erased
    assert details(newest) == []
    assert str(undoable(database, [newest.id])[newest.id].why_not).startswith("Its values were erased")


def test_an_action_of_another_day_is_undone_while_nothing_has_moved(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    before = dump(database)
    households.change_profile(database, "D-0001", "notes", "one")
    own = told(database, "D-0001")[0].id
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    assert undoable(database, [own])[own]

    history.undo_action(database, own)
    after = dump(database)
    assert after["household"] == before["household"]
    assert str(undoable(database, [own])[own].why_not) == "It was taken back on Nov 21, 2026."


def test_what_moved_since_says_what_and_what_it_added_says_what_uses_it(database: Database) -> None:
    a_network(database)
    households.change_profile(database, "D-0001", "notes", "one")
    households.change_profile(database, "D-0001", "notes", "two")
    second, first, *_ = told(database, "D-0001")
    can = undoable(database, [first.id, second.id])
    assert can[second.id]
    assert "Changed private notes of Zoë Ueda" in str(can[first.id].why_not)

    households.change_profile(database, "D-0001", "notes", "one")
    assert undoable(database, [first.id])[first.id]  # it is again as it was left
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    record_yes(database, hold, Side.DONOR, TODAY)
    held = told(database, hold)[-1].id
    assert str(undoable(database, [held])[held].why_not) == "Something came of it since: agreement."


def test_an_undoing_is_undone_by_doing_it_again(sqlite_database: Database) -> None:
    database = sqlite_database
    a_network(database)
    hold = hold_milk(database, "R-0001", "L-0001", Volume.from_oz(84), TODAY)
    held = dump(database)
    release_hold(database, hold)
    history.undo(database)
    undoing = told(database, hold)[0]
    assert undoing.entry.undoes_id is not None
    assert dump(database) == held
    assert undoable(database, [undoing.id])[undoing.id]
    assert history.undo_action(database, undoing.id) == told(database, hold)[2].entry.said
    assert told(database, hold)[0].entry.kind == "redone"


def test_a_later_change_stands_in_the_way_only_of_what_is_one_answer_with_it(
    sqlite_database: Database,
) -> None:
    database = sqlite_database
    a_network(database)
    households.change_profile(database, "D-0001", "phone", "603-555-0199")
    households.change_profile(database, "D-0001", "street", "1 Elm St")
    street, phone, *_ = (one.id for one in told(database, "D-0001"))
    households.change_profile(database, "D-0001", "zip_code", "03820")
    can = undoable(database, [street, phone])
    assert can[phone]
    assert not can[street]  # half of one address would stand beside half of the other

    history.undo_action(database, phone)
    with pytest.raises(CannotUndoError):
        history.undo_action(database, street)
