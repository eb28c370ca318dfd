"""A family's own milk is not offered to it, wherever donors are looked at, and no hold is made of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.bootstrap import open_database
from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.records.checks import FaultKind
from coordinator.domain.volume import Volume
from coordinator.errors import BrokenRuleError, UserError
from coordinator.services.agreements import holds
from coordinator.services.families.merging import merge_households
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper.maps import family_map
from coordinator.services.pickups import planning
from coordinator.services.records.checks import check_network
from coordinator.services.suitability.flips import preview_fact
from coordinator.services.suitability.overruling import record_overruling
from coordinator.services.suitability.timeline import families_who_avoid
from coordinator.services.suitability.verdicts import judge_lot
from coordinator.services.today import call_list
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.integration.cli.cli import CommandLine
from tests.integration.db.old_files import DATA
from tests.integration.db.test_rules_of_the_database import INTO_THE_HOME, change, without_rules
from tests.pickup_builders import SETUP, a_held_lot, put_at

CASES = DATA / "cases"
NOVEMBER = date(2026, 11, 25)
OZ = Volume.from_oz(20)


def arrived(database: Database, *names: str) -> None:
    """Write lists as they arrived."""
    for name in names:
        run_import(database, preview_import(database, CASES / name, NOVEMBER), today=NOVEMBER)


@pytest.fixture
def both_roles(database: Database) -> Database:
    """Give Ann Able, who is D-0001 and R-0001, and Bea Bird, D-0002: both have milk."""
    arrived(database, "33_two_roles_donors.csv", "33_two_roles_family.csv")
    return database


def test_her_own_milk_is_not_offered_to_her_and_that_is_said(both_roles: Database) -> None:
    ranking = rank_donors(both_roles, "R-0001", NOVEMBER)

    assert [match.code for match in ranking.matches] == ["D-0002"]
    assert [match.code for match in ranking.not_a_fit] == ["D-0001"]
    assert "1 is the family's own milk" in [one.text for one in ranking.folded]
    assert all(part.verdict.kind is VerdictKind.NOT_A_FIT for part in ranking.not_a_fit[0].parts)


def test_a_hold_of_her_own_milk_is_refused_in_a_sentence(both_roles: Database) -> None:
    with pytest.raises(UserError, match=r"^D-0001 and R-0001 are one family; its own milk is not held\.$"):
        holds.hold_milk(both_roles, "R-0001", "L-0001", OZ, NOVEMBER)

    assert holds.holds(both_roles, NOVEMBER, open_only=False) == []


def test_the_verdict_on_her_own_milk_says_whose_it_is(both_roles: Database) -> None:
    own = judge_lot(both_roles, "L-0001", "R-0001", NOVEMBER)
    other = judge_lot(both_roles, "L-0002", "R-0001", NOVEMBER)

    assert own.verdict.kind is VerdictKind.NOT_A_FIT
    assert [reason.text for reason in own.verdict.reasons] == ["is the family's own milk"]
    assert [(part.first, part.last, part.verdict) for part in own.parts] == [
        (date(2026, 10, 1), date(2026, 11, 15), own.verdict)
    ]
    assert other.verdict.kind is not VerdictKind.NOT_A_FIT


def test_nobody_overrules_that_milk_is_her_own(both_roles: Database) -> None:
    told = Overruling(
        "own_milk", "R-0001", OverruledBy.PARENT, "Ann", NOVEMBER, "is the family's own milk", "D-0001"
    )

    with pytest.raises(UserError):
        record_overruling(both_roles, told, NOVEMBER)


def test_the_map_of_a_family_leaves_its_own_milk_out(both_roles: Database) -> None:
    page = family_map(both_roles, "R-0001", NOVEMBER)

    assert [pin.code for pin in page.layers.pins] == ["R-0001", "D-0002"]
    assert len(page.layers.lines) == 1


def test_nothing_of_her_own_milk_flips_for_her_own_baby(both_roles: Database) -> None:
    fact = Fact(FactKind.MEDICINE, Presence.YES, "methotrexate", date(2026, 10, 1), None, "methotrexate")

    assert preview_fact(both_roles, "D-0001", fact, NOVEMBER).flips == ()
    assert {flip.recipient_code for flip in preview_fact(both_roles, "D-0002", fact, NOVEMBER).flips} == {
        "R-0001"
    }


def test_a_donors_timeline_is_not_looked_at_for_her_own_baby(both_roles: Database) -> None:
    change(both_roles, "UPDATE recipient SET must_avoid = 'dairy'")

    assert families_who_avoid(both_roles, "D-0001") == ()
    assert [one.code for one in families_who_avoid(both_roles, "D-0002")] == ["R-0001"]


def test_her_own_familys_need_does_not_make_her_answers_press(database: Database) -> None:
    with database.writing(SETUP) as session:
        donor, other = a_donor(session, "Ann Able"), a_donor(session, "Bea Bird")
        a_recipient(session, "Ann Able", stock=OZ, stock_on=TODAY).household_id = donor.household_id
        for one in (donor, other):
            a_stored_lot(session, one)
            said = "Medicine: not answered"
            session.add(QuestionRow(household_id=one.household_id, topic="medicine", text=said))

    pressing = {call.code: call.is_urgent for call in call_list(database, TODAY)}

    assert (pressing["D-0001"], pressing["D-0002"]) == (False, True)


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "network.db", today="2026-11-25")
    for kind, name in (("donor", "33_two_roles_donors.csv"), ("recipient", "33_two_roles_family.csv")):
        assert milkrun("import", "--kind", kind, CASES / name).code == 0

    document = milkrun.read("match", "R-0001")
    assert [match["donor"] for match in document["matches"]] == ["D-0002"]
    assert [(one["donor"], one["verdict"], one["reasons"]) for one in document["not_a_fit"]] == [
        ("D-0001", "Not a fit", ["is the family's own milk"])
    ]
    assert "Not a fit: 1 is the family's own milk" in milkrun.do("match", "R-0001").splitlines()
    assert "  is the family's own milk" in milkrun.do("verdict", "L-0001", "R-0001").splitlines()
    sentence = milkrun.refused("hold", "R-0001", "L-0001", "--oz", "20")
    assert sentence == "milkrun: D-0001 and R-0001 are one family; its own milk is not held."


def test_two_families_made_one_are_not_offered_each_others_milk(database: Database) -> None:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg"))
        a_recipient(session, "Inès Roy")
    assert [match.code for match in rank_donors(database, "R-0001", TODAY).matches] == ["D-0001"]

    merge_households(database, "R-0001", "D-0001", TODAY)

    ranking = rank_donors(database, "R-0001", TODAY)
    assert (ranking.matches, [one.text for one in ranking.folded]) == ((), ["1 is the family's own milk"])
    with pytest.raises(UserError, match="are one family"):
        holds.hold_milk(database, "R-0001", "L-0001", OZ, TODAY)


@settings(max_examples=12, deadline=None)
@given(homes=st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True))
def test_own_milk_is_in_no_suggestion_whoever_lives_where(migrated_file: Path, homes: list[int]) -> None:
    """Four donors, a family in some of their homes: it is offered the milk of the others, and all of it."""
    with TemporaryDirectory(prefix="milkrun-own-") as folder:
        database = Database.open(Path(shutil.copy(migrated_file, Path(folder) / "network.db")))
        with database.writing(SETUP) as session:
            givers = [a_donor(session, f"Donor {number}") for number in range(4)]
            for number, giver in enumerate(givers):
                put_at(session, giver.household_id, 43.1 + number / 10)
                a_stored_lot(session, giver)
            takers = {home: a_recipient(session, f"Family {home}") for home in homes}
            for home, row in takers.items():
                row.household_id = givers[home].household_id
            families = {home: row.code for home, row in takers.items()}
        for home, taker in families.items():
            suggested = [match.code for match in rank_donors(database, taker, TODAY).matches]
            assert set(suggested) == {f"D-000{number + 1}" for number in range(4)} - {f"D-000{home + 1}"}
            with pytest.raises(UserError, match="one family"):
                holds.hold_milk(database, taker, f"L-000{home + 1}", OZ, TODAY)
        database.dispose()


@pytest.fixture
def held_of_old(database: Database) -> Database:
    """Give a network of before: H-0001, agreed, keeps milk of D-0001 for R-0001, and these are one family."""
    with database.writing(SETUP) as session:
        donor = a_donor(session, "Zoë Ahlberg")
        a_held_lot(session, a_stored_lot(session, donor), a_recipient(session, "Inès Roy"))
        a_recipient(session, "Linh Tran")
        assert donor.id == 1
    without_rules(database, "recipient", INTO_THE_HOME.format(1))
    return database


def test_the_check_tells_of_own_milk_that_an_older_program_held(held_of_old: Database) -> None:
    found = [fault for fault in check_network(held_of_old).faults if fault.kind is FaultKind.AMOUNT]

    assert [(one.where, one.what) for one in found] == [
        ("H-0001", "it keeps a family's milk for that family itself")
    ]


def test_own_milk_that_was_held_goes_no_further_and_can_be_released(held_of_old: Database) -> None:
    sentence = "^D-0001 and R-0001 are one family; its own milk is not held"
    with pytest.raises(UserError, match=sentence):
        planning.plan_pickup(held_of_old, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    with pytest.raises(UserError, match="no family gets its own milk; release H-0001 first"):
        merge_households(held_of_old, "R-0002", "R-0001", TODAY)
    holds.take_back_yes(held_of_old, "H-0001", Side.DONOR)
    with pytest.raises(UserError, match=sentence):
        holds.record_yes(held_of_old, "H-0001", Side.DONOR, TODAY)
    with pytest.raises(UserError, match=sentence):
        holds.extend_hold(held_of_old, "H-0001", TODAY)

    holds.release_hold(held_of_old, "H-0001")

    assert FaultKind.AMOUNT not in {fault.kind for fault in check_network(held_of_old).faults}


def test_a_file_of_before_with_own_milk_held_opens_with_it(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "network-0006.db", tmp_path / "network.db"))
    older = sa.create_engine(f"sqlite:///{path}")
    with older.begin() as connection:
        rules = connection.execute(
            sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name, _ in rules:
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text("UPDATE donor SET archived_on = NULL"))
        connection.execute(sa.text("UPDATE recipient SET archived_on = NULL"))
        connection.execute(sa.text("UPDATE lot SET archived_on = NULL"))
        connection.execute(sa.text("UPDATE hold SET state = 'agreed'"))
        for _, made_by in rules:
            connection.exec_driver_sql(made_by)
    older.dispose()

    database = open_database(path)

    found = holds.holds(database, TODAY, open_only=False)
    assert [hold.state for hold in found] == [HoldState.AGREED]
    assert "it keeps a family's milk for that family itself" in [
        fault.what for fault in check_network(database).faults
    ]
    with pytest.raises(BrokenRuleError):
        change(database, "UPDATE hold SET state = 'open'", "UPDATE hold SET state = 'agreed'")
    database.dispose()
