"""Whatever was done is undone to exactly what was before, done again, and undone again; on both databases."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import Executable

from coordinator.db import audit as audit_log
from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.base import Base, by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.undo import CannotUndoError
from coordinator.domain.agreements.holds import Side
from coordinator.domain.facts.dated_facts import CallOutcome, Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.households import Role
from coordinator.domain.milk.lots import Freezer, HeatTreated, Lot
from coordinator.domain.pickups.plans import Condition, Outcome, PickupKind
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.records.history import SAMPLE_ORIGIN, Action, UndoState
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.families import households
from coordinator.services.families.merging import merge_households, take_apart
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.typed_in import add_family
from coordinator.services.matching import ranking
from coordinator.services.milk import lots, splitting
from coordinator.services.pickups import planning
from coordinator.services.pickups.settling import settle
from coordinator.services.policies import profiles
from coordinator.services.records import history
from coordinator.services.sample.samples import NETWORK_NAME, open_sample_region
from coordinator.services.screening import decisions, facts
from coordinator.services.settings import values as settings
from coordinator.services.suitability import overruling, verdicts
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, Region, a_region
from tests.seacoast import LISTS

CHANGE = Action("test.changed", "Changed a test")

Dump = dict[str, list[dict[str, Any]]]
Work = Callable[[Database, Region], object]


def dump(database: Database) -> Dump:
    """Return every value there is but the log's own, the counters and the versions."""
    left_out = {"audit", "audit_change", "audit_value", "code_counter"}
    found: Dump = {}
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in left_out:
                columns = [column for column in table.columns if column.name != "version"]
                rows = session.execute(sa.select(*columns).order_by(*table.primary_key.columns))
                found[table.name] = [dict(row) for row in rows.mappings()]
    return found


def a_lot_of_it_all(database: Database, _region: Region) -> None:
    """Touch a column of every type, from a value to another, to none and from none."""
    with database.writing(CHANGE) as session:
        donor, family = by_code(session, DonorRow, "D-0001"), by_code(session, RecipientRow, "R-0001")
        donor.state, donor.baby_born, donor.gestation_weeks = DonorState.PAUSED, None, 38
        family.health, family.own_supply_low, family.stock = None, None, Volume(29_573_529_562)
        family.has_car, family.meets_halfway, family.reach_miles = False, True, None
        family.clinician_agreed_on, family.must_avoid = date(2026, 2, 28), None
        household = session.get_one(HouseholdRow, family.household_id)
        household.latitude_deg, household.notes = 43.123456789012345, "“quoted” \\ 🍼 ünïcode\nsecond line"


def twice_in_one(database: Database, _region: Region) -> None:
    """Change one row twice and another there and back, with a flush between."""
    with database.writing(CHANGE) as session:
        donor, family = by_code(session, DonorRow, "D-0001"), by_code(session, RecipientRow, "R-0001")
        donor.wishes, family.reason = "first", "for a moment"
        session.flush()
        donor.wishes, family.reason = "second", ""


def made_and_removed_in_one(database: Database, _region: Region) -> None:
    """Make a row and remove it; make another in its place, with its number on SQLite."""
    with database.writing(CHANGE) as session:
        household_id = by_code(session, DonorRow, "D-0001").household_id
        for text in ("for a moment", "to stay"):
            row = QuestionRow(household_id=household_id, topic="own", text=text)
            session.add(row)
            session.flush()
            if text == "for a moment":
                session.delete(row)
                session.flush()


def removed_and_made_in_one(database: Database, _region: Region) -> None:
    """Remove the newest row and make another, which gets its number on SQLite."""
    with database.writing(CHANGE) as session:
        newest = session.scalars(sa.select(FactRow).order_by(FactRow.id.desc())).first()
        assert newest is not None
        donor_id = newest.donor_id
        session.delete(newest)
        session.flush()
        session.add(FactRow(donor_id=donor_id, kind=FactKind.ILLNESS, presence=Presence.YES, raw="a cold"))


def set_before_it_is_read(database: Database, _region: Region) -> None:
    """Write to attributes that are not loaded: the row is there, its values are not."""
    with database.writing(CHANGE) as session:
        donor = by_code(session, DonorRow, "D-0001")
        session.expire(donor)
        donor.wishes, donor.state = "written blind", DonorState.PAUSED


def a_run_of_all(database: Database, region: Region) -> str:
    return planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds,
        driver_code=region.driver,
        starts_at=time(9, 30),
        today=TODAY,
    )


def settled(database: Database, region: Region) -> None:
    kept = Outcome(region.holds[0], left_behind=Volume.from_oz(5), condition=Condition.FROZEN, note="a note")
    settle(database, a_run_of_all(database, region), [kept], SATURDAY)


def set_aside_and_back(database: Database, _region: Region) -> None:
    ranking.set_aside(database, "R-0001", "D-0002", "too far")
    ranking.bring_back(database, "R-0001", "D-0002")


def tamper(database: Database, *statements: Executable) -> None:
    """Write to the log as somebody with another tool would, who first takes its guards away."""
    with database.engine.begin() as connection:
        for table in ("audit", "audit_change"):
            for change in ("update", "delete"):
                where = "" if database.is_sqlite else f" ON {table}"
                connection.execute(sa.text(f"DROP TRIGGER {table}_{change}_refused{where}"))
        for statement in statements:
            connection.execute(statement)


def first_fact(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(sa.select(FactRow.id).order_by(FactRow.id)).first() or 0


def merged_and_apart(database: Database, _region: Region) -> None:
    merge_households(database, "D-0001", "D-0002", TODAY)
    with database.reading() as session:
        merge_id = session.execute(sa.text("SELECT max(id) FROM merge")).scalar_one()
    take_apart(database, merge_id)


def a_new_lot() -> Lot:
    return Lot(
        code="",
        donor_code="D-0001",
        volume=Volume.from_oz(80),
        bags=20,
        expressed_from=date(2026, 10, 1),
        expressed_to=date(2026, 11, 1),
        freezer=Freezer.DEEP_MANUAL,
        heat_treated=HeatTreated.NO,
        is_estimate=True,
    )


def released_and_removed(database: Database, region: Region) -> None:
    for hold in region.holds[:2]:
        holds.release_hold(database, hold)
    households.remove_family(database, "D-0001", TODAY)


def a_lot_split(database: Database, _region: Region) -> None:
    splitting.split_lot(database, lots.add_lot(database, a_new_lot()), date(2026, 10, 15), TODAY)


def an_own_profile(database: Database, _region: Region) -> None:
    key = profiles.copy_profile(database, "community_sharing", "Seacoast", TODAY)
    profiles.change_value(database, key, "washout", 21, "our clinician's habit", "Dr. Fox", TODAY)
    profiles.confirm_value(database, key, "washout", "Dr. Fox", TODAY)
    profiles.restore_value(database, key, "washout")
    profiles.use_profile(database, key)
    profiles.remove_profile(database, key, TODAY)


def a_medicine_decided(database: Database, _region: Region) -> None:
    told = Fact(FactKind.MEDICINE, Presence.YES, "sertraline")
    facts.record_fact(database, "D-0001", told, TODAY)
    made = MedicineDecision("sertraline", Decided.NO_OBJECTION, "Dr. Fox", TODAY, "looked it up")
    decisions.decide_medicine(database, "D-0001", made, TODAY)


def overruled(database: Database, region: Region) -> None:
    facts.record_fact(database, "D-0001", Fact(FactKind.NICOTINE, Presence.YES), TODAY)
    family = region.recipients[0]
    judged = verdicts.judge_lots(database, "D-0001", family, TODAY)[0]
    told = next(one for one in judged.verdict.reasons if one.kind is VerdictKind.NOT_A_FIT)
    decided = Overruling(
        told.rule, family, OverruledBy.PARENT, "Inès Roy", TODAY, told.text, "D-0001", judged.lot.code
    )
    overruling.take_back(database, overruling.record_overruling(database, decided, TODAY))


ACTIONS: dict[str, Work] = {
    "every type of value": a_lot_of_it_all,
    "two flushes": twice_in_one,
    "made and removed": made_and_removed_in_one,
    "removed and made": removed_and_made_in_one,
    "set before read": set_before_it_is_read,
    "a fact": lambda db, _r: facts.record_fact(db, "D-0001", Fact(FactKind.ILLNESS, Presence.YES), TODAY),
    "a fact removed": lambda db, _r: facts.remove_fact(db, "D-0001", first_fact(db)),
    "a question": lambda db, _r: facts.add_question(db, "R-0001", "Which freezer?"),
    "an address": lambda db, _r: households.change_profile(db, "D-0001", "zip_code", "04005"),
    "a position": lambda db, _r: households.set_position(db, "D-0001", 43.5, -70.5),
    "removed": released_and_removed,
    "a setting": lambda db, _r: settings.change_setting(db, "hold_days", "9"),
    "a family": lambda db, _r: add_family(db, Role.RECIPIENT, {"name": "Noa Berg"}, TODAY),
    "a lot": lambda db, _r: lots.add_lot(db, a_new_lot()),
    "a lot split": a_lot_split,
    "a profile of their own": an_own_profile,
    "a medicine decided": a_medicine_decided,
    "overruled": overruled,
    "a hold": lambda db, r: holds.hold_milk(
        db, r.recipients[0], r.lots[0], Volume.from_oz(10), TODAY, only_from=date(2026, 10, 1)
    ),
    "a release": lambda db, r: holds.release_hold(db, r.holds[0]),
    "a yes taken back": lambda db, r: holds.take_back_yes(db, r.holds[0], Side.FAMILY),
    "set aside and back": set_aside_and_back,
    "a run": a_run_of_all,
    "settled": settled,
    "merged": lambda db, _r: merge_households(db, "D-0001", "D-0002", TODAY),
    "merged and apart": merged_and_apart,
}


def actions_done(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(AuditRow)) or 0


@pytest.mark.parametrize("kind", ACTIONS)
def test_what_was_done_is_undone_to_the_last_value_and_done_again(database: Database, kind: str) -> None:
    region = a_region(database)
    before, done = dump(database), actions_done(database)

    ACTIONS[kind](database, region)

    after, steps = dump(database), actions_done(database) - done
    assert steps >= 1
    assert after != before or kind in {"set aside and back", "merged and apart"}
    for _ in range(2):
        for _ in range(steps):
            history.undo(database)
        assert dump(database) == before
        for _ in range(steps):
            history.redo(database)
        assert dump(database) == after
    assert history.chain_is_whole(database)


def test_an_import_of_three_lists_is_undone_to_an_empty_network_and_done_again(database: Database) -> None:
    before = dump(database)
    dumps = []
    for path in LISTS:
        run_import(database, preview_import(database, path, TODAY), today=TODAY)
        dumps.append(dump(database))

    for expected in (dumps[1], dumps[0], before):
        history.undo(database)
        assert dump(database) == expected
    for expected in dumps:
        history.redo(database)
        assert dump(database) == expected

    assert history.chain_is_whole(database)


def test_after_undoing_removals_new_rows_still_get_numbers_of_their_own(database: Database) -> None:
    a_region(database)
    facts.remove_fact(database, "D-0001", first_fact(database))
    history.undo(database)
    kept = first_fact(database)

    new = facts.record_fact(database, "D-0001", Fact(FactKind.ILLNESS, Presence.NO), TODAY)

    with database.reading() as session:
        numbers = list(session.scalars(sa.select(FactRow.id)))
    assert new not in {kept, 0}
    assert len(numbers) == len(set(numbers))


def test_undoing_is_refused_with_the_codes_of_what_was_changed_since(database: Database) -> None:
    a_region(database)
    fact_id = facts.record_fact(database, "D-0002", Fact(FactKind.ILLNESS, Presence.YES), TODAY)
    households.change_profile(database, "R-0001", "notes", "a private word more")
    done = history.history(database)
    facts.record_fact(database, "D-0002", Fact(FactKind.ILLNESS, Presence.NO, id=fact_id), TODAY)
    households.change_profile(database, "R-0001", "notes", "another")

    for entry, code in ((done[1], "D-0002"), (done[0], "R-0001")):
        now = dump(database)
        with pytest.raises(CannotUndoError, match="changed since") as refused:
            history.undo_action(database, entry.id)
        assert refused.value.since == [code]
        assert dump(database) == now


def test_only_what_this_program_did_is_on_its_undo(database: Database) -> None:
    a_region(database)
    mine = Database(database.engine, path=database.path, clock=database.clock, origin="window a")
    theirs = Database(database.engine, path=database.path, clock=database.clock, origin="window b")

    assert history.undo_state(mine).undo is None
    with pytest.raises(UserError, match="nothing to undo"):
        history.undo(mine)
    with pytest.raises(UserError, match="nothing to do again"):
        history.redo(mine)
    facts.add_question(mine, "D-0001", "Which freezer?")
    facts.add_question(theirs, "D-0002", "Since when?")

    assert str(history.undo(mine)) == "Added a question for D-0001"
    state = history.undo_state(mine)
    assert state.undo is None
    assert state.redo is not None
    assert state.redo.label == "Added a question for D-0001"
    undo = history.undo_state(theirs).undo
    assert undo is not None
    assert undo.label == "Added a question for D-0002"


def test_the_sample_region_is_no_step_of_hers(database: Database) -> None:
    open_sample_region(database, TODAY)
    assert history.undo_state(database) == UndoState()
    with pytest.raises(UserError, match="nothing to undo"):
        history.undo(database)

    settings.change_setting(database, "network_name", "Seacoast")
    state = history.undo_state(database)
    assert state.undo is not None
    assert state.undo.label == "Changed the setting “network name”"
    history.undo(database)
    assert settings.settings(database).network_name == NETWORK_NAME
    assert history.undo_state(database).undo is None


def test_the_history_tells_of_the_sample_and_undoes_it_there(database: Database) -> None:
    open_sample_region(database, TODAY)
    set_by_sample, *_ = history.history(database)
    assert set_by_sample.origin == SAMPLE_ORIGIN

    history.undo_action(database, set_by_sample.id)

    assert settings.settings(database).network_name == ""


def test_undoing_what_another_did_can_itself_be_undone(database: Database) -> None:
    a_region(database)
    mine = Database(database.engine, path=database.path, clock=database.clock, origin="window a")
    facts.add_question(database, "D-0001", "Which freezer?")
    with_question = dump(database)

    history.undo_action(mine, history.history(database)[0].id)
    without_question = dump(database)
    assert without_question != with_question
    history.undo(mine)

    assert dump(database) == with_question
    history.redo(mine)
    assert dump(database) == without_question


def test_something_new_ends_what_could_be_done_again(database: Database) -> None:
    a_region(database)
    facts.add_question(database, "D-0001", "Which freezer?")
    history.undo(database)
    facts.add_question(database, "D-0002", "Since when?")

    assert history.undo_state(database).redo is None


def test_a_released_hold_does_not_come_back_once_its_milk_is_promised_elsewhere(database: Database) -> None:
    region = a_region(database)
    holds.release_hold(database, region.holds[0])
    release = history.history(database)[0]
    holds.hold_milk(database, region.recipients[1], region.lots[0], Volume.from_oz(55), TODAY)
    before = dump(database)

    with pytest.raises(CannotUndoError) as refused:
        history.undo_action(database, release.id)

    assert refused.value.since == [region.lots[0]]
    assert dump(database) == before


@pytest.mark.parametrize(
    ("entity", "values"),
    [
        (AuditRow, {"label": "Added nothing"}),
        (AuditRow, {"origin": "nobody"}),
        (AuditChangeRow, {"row_id": 77}),
        (AuditChangeRow, {"table": "lot"}),
        (AuditChangeRow, {"digest": "0" * 64}),
        (AuditValueRow, {"after": None}),
        (AuditValueRow, {"before": "{}"}),
    ],
)
def test_a_row_of_the_log_that_was_tampered_with_is_found(
    database: Database, entity: type[Base], values: dict[str, object]
) -> None:
    a_region(database)
    facts.add_question(database, "D-0001", "Which freezer?")
    facts.add_question(database, "D-0002", "Since when?")
    assert history.chain_is_whole(database)

    with database.reading() as session:
        change = session.scalars(sa.select(AuditChangeRow.id).where(AuditChangeRow.audit_id == 2)).first()
    where = {AuditRow: AuditRow.id == 2, AuditChangeRow: AuditChangeRow.id == change}
    tamper(
        database,
        sa.update(entity).where(where.get(entity, AuditValueRow.change_id == change)).values(values),
    )

    with database.reading() as session:
        assert audit_log.first_broken_link(session) == 2


def test_a_missing_line_of_the_log_is_found(database: Database) -> None:
    a_region(database)
    for text in ("first", "second"):
        facts.add_question(database, "D-0001", text)
    gone = sa.select(AuditChangeRow.id).where(AuditChangeRow.audit_id == 2)
    tamper(
        database,
        sa.delete(AuditValueRow).where(AuditValueRow.change_id.in_(gone)),
        sa.delete(AuditChangeRow).where(AuditChangeRow.audit_id == 2),
        sa.delete(AuditRow).where(AuditRow.id == 2),
    )

    assert not history.chain_is_whole(database)


def test_erasing_values_keeps_the_chain_whole_and_makes_that_undo_refuse(database: Database) -> None:
    a_region(database)
    households.change_profile(database, "D-0001", "notes", "to be forgotten")
    with database.engine.begin() as connection:
        connection.execute(sa.delete(AuditValueRow))
    before = dump(database)

    with pytest.raises(CannotUndoError, match="cannot be undone any more"):
        history.undo(database)

    assert history.chain_is_whole(database)
    assert dump(database) == before


def test_the_log_itself_names_nobody(database: Database) -> None:
    region = a_region(database)
    for work in ACTIONS.values():
        try:
            work(database, region)
        except UserError:
            continue
    with database.reading() as session:
        names = [name for row in session.scalars(sa.select(HouseholdRow)) for name in row.name.split()]
        labels = list(session.scalars(sa.select(AuditRow.label)))

    assert len(labels) > 15
    told = " ".join(labels).casefold()
    assert not [
        word for word in [*names, "Elm", "Rollinsford", "private", "illness"] if word.casefold() in told
    ]


def test_the_history_counts_the_rows_of_each_action_newest_first(database: Database) -> None:
    a_region(database)
    facts.note_call(database, "D-0001", CallOutcome.RING_ON, TODAY, TODAY + timedelta(days=2))
    households.change_profile(database, "R-0001", "health", BabyHealth.HOSPITAL)

    newest, call, setup = history.history(database, limit=3)

    assert (newest.label, newest.changes) == ("Changed where the baby is of R-0001", 1)
    assert call.changes == 3  # her household, the question of her checklist, and the call itself
    assert setup.changes > 20
    assert [entry.id for entry in history.history(database, limit=1)] == [newest.id]


def test_a_released_hold_of_newer_bags_does_not_come_back_once_these_are_promised(
    database: Database,
) -> None:
    region = a_region(database)
    for hold in region.holds[:2]:
        holds.release_hold(database, hold)
    october = date(2026, 10, 12)
    for family in region.recipients:
        hold = holds.hold_milk(database, family, region.lots[0], Volume.from_oz(30), TODAY, only_from=october)
        if family == region.recipients[0]:
            holds.release_hold(database, hold)
            release = history.history(database)[0]

    with pytest.raises(CannotUndoError):
        history.undo_action(database, release.id)
