"""The plan of a real network: what goes into it, and that it is kept to what is known."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from coordinator.adapters.solvers.highs import Highs
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.planning.allocating import answer_of, task_of
from coordinator.domain.planning.calls import call_program, homes_asked
from coordinator.domain.planning.making import best_plan
from coordinator.domain.planning.network import PlanBaby, Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.policies.decisions import PRENATAL, Decides, NetworkDecision
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.sayings import saying
from coordinator.services.agreements.holds import holds
from coordinator.services.milk.lots import list_lots
from coordinator.services.planning.accepting import GoneFromPlanError, accept
from coordinator.services.planning.gathering import Asked, Gathered, gather, plan_policy
from coordinator.services.planning.plans import make_plan, plan_of
from coordinator.services.policies.deciding import decide
from coordinator.services.records.history import undo
from tests.networks import opened_network

TODAY = date(2026, 11, 21)
ASKED = Asked(weeks=4, calls=5, minutes=75)


@pytest.fixture
def region(tmp_path: Path, seacoast_file: Path) -> Iterator[Database]:
    """Give the sample region, open."""
    database = opened_network(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))
    yield database
    database.dispose()


def gathered(database: Database, asked: Asked = ASKED) -> Gathered:
    return gather(database, asked, plan_policy(), TODAY)


def baby(found: Gathered, code: str) -> PlanBaby:
    return next(one for one in found.network.babies if one.code == code)


def answer_all_families(database: Database) -> None:
    """Note that every baby is at home and well, that nothing is at home, and what the board decided."""
    with database.writing(Action("test", saying("Answers"))) as session:
        for row in session.scalars(sa.select(RecipientRow)):
            row.health, row.stock, row.stock_on = BabyHealth.HOME, Volume(), TODAY
    decide(database, NetworkDecision(Decides.PANEL, PRENATAL, "Rae Finch", TODAY, "as the board said"), TODAY)


def test_a_family_whose_milk_at_home_is_not_known_is_asked_before_milk_goes(region: Database) -> None:
    found = gathered(region)

    family = baby(found, "R-0004")
    pairs = [pair for pair in found.network.pairs if pair.baby == "R-0004"]
    assert pairs
    assert all(family.home in pair.homes for pair in pairs)
    assert "What milk is at home now?" in [str(ask) for ask in found.network.homes[family.home].blocking]


def test_milk_counts_as_certain_once_everything_was_answered(region: Database) -> None:
    answer_all_families(region)

    plan = make_plan(region, Asked(4, 0, 75), TODAY)

    assert plan.proposals
    assert plan.calls == ()
    assert plan.gap == 0
    assert all(one.is_certain for one in plan.proposals)


def test_forgetting_an_answer_never_makes_a_pair_certain(region: Database) -> None:
    answer_all_families(region)
    before = {pair.key for pair in gathered(region).network.pairs if pair.is_certain}
    random = Random(7)
    for _ in range(4):
        with region.writing(Action("test", saying("Forgotten"))) as session:
            facts = session.scalars(sa.select(FactRow).order_by(FactRow.id)).all()
            for fact in random.sample(facts, 12):
                session.delete(fact)
            for family in random.sample(session.scalars(sa.select(RecipientRow)).all(), 3):
                family.health = None
        after = {pair.key for pair in gathered(region).network.pairs if pair.is_certain}
        assert after <= before
        before = after


def test_nobody_of_a_household_to_read_about_first_is_planned_for_or_rung(region: Database) -> None:
    with region.writing(Action("test", saying("A note"))) as session:
        family = session.scalars(sa.select(RecipientRow).where(RecipientRow.code == "R-0016")).one()
        session.get_one(HouseholdRow, family.household_id).read_before_ringing = "A loss in spring."

    plan = make_plan(region, Asked(4, 20, 75), TODAY)

    assert "R-0016" not in {one.recipient for one in plan.proposals}
    assert "R-0016" not in {call.household for call in plan.calls}
    why = next(str(one.why) for one in plan.unserved if one.recipient == "R-0016")
    assert why == "read the note first"


def test_a_freezer_and_the_minutes_are_kept_to(region: Database) -> None:
    found = gathered(region, Asked(4, 5, 40))

    assert baby(found, "R-0016").room_oz < 7 * 250 + 1
    assert all(pair.minutes <= 40 for pair in found.network.pairs)
    assert baby(found, "R-0005").room_oz == float("inf")


def test_every_baby_that_is_not_served_in_full_says_why(region: Database) -> None:
    plan = make_plan(region, ASKED, TODAY)

    assert len(plan.unserved) > 50
    assert all(str(one.why) for one in plan.unserved)
    referred = next(str(one.why) for one in plan.unserved if one.recipient == "R-0040")
    assert referred == "referred: a milk bank, not this network"


def test_what_is_held_is_kept_counted_as_coming_and_undone(region: Database) -> None:
    before = make_plan(region, ASKED, TODAY)
    taken = before.proposals[0]
    was = {lot.code: lot.free_oz for lot in gathered(region).network.lots}

    (accepted,) = accept(region, [taken.id], TODAY).held
    code = accepted.hold

    (hold,) = holds(region, TODAY)
    assert (hold.code, hold.bags, hold.only_from) == (code, taken.bags, taken.only_from)
    free = {lot.code: lot.free_oz for lot in gathered(region).network.lots}
    assert free.get(taken.lot, 0) == pytest.approx(was[taken.lot] - taken.ounces, abs=0.01)
    undo(region)
    assert holds(region, TODAY) == []
    assert _ids(make_plan(region, ASKED, TODAY)) == _ids(before)


def _ids(plan: Plan) -> set[str]:
    return {one.id for one in plan.proposals}


@pytest.mark.parametrize("calls", [5, 15])
def test_the_calls_are_within_a_hundredth_of_the_proven_best(region: Database, calls: int) -> None:
    found, policy = gathered(region), plan_policy()
    wishes = Wishes(calls=calls)
    plan = best_plan(found.network, wishes, policy, Highs())
    written, rung = call_program(
        task_of(found.network, wishes, policy, homes_asked(found.network)), calls, is_whole=True
    )

    proven = Highs().solve(written.program)

    assert plan.gap == 0
    assert rung
    assert proven.gap == 0
    amounts = {(one.lot, one.recipient): one.ounces for one in plan.proposals}
    ours = written.program.value(answer_of(written, amounts))
    nothing = sum(written.program.cost[column] for column in written.nothing.values())
    assert (nothing - ours) >= 0.99 * (nothing - proven.progress.best)


def test_a_plan_of_what_was_gathered_is_the_plan_of_the_network(region: Database) -> None:
    policy = plan_policy()

    assert _ids(plan_of(gathered(region), ASKED, policy)) == _ids(make_plan(region, ASKED, TODAY))


def test_what_is_accepted_balances_and_overfills_no_freezer(region: Database) -> None:
    answer_all_families(region)
    asked = Asked(4, 0, 75)
    before = gathered(region, asked)
    taken = plan_of(before, asked, plan_policy()).proposals[:6]

    for one in taken:
        accept(region, [one.id], TODAY)

    after = gathered(region, asked)
    lots = {one.lot.code: one.lot for one in list_lots(region, TODAY)}
    for code in {one.lot for one in taken}:
        lot = lots[code]
        assert lot.volume == lot.free + lot.held + lot.delivered + lot.lost
        assert lot.held.oz == pytest.approx(sum(one.ounces for one in taken if one.lot == code), abs=0.01)
    rooms = {one.code: one.room_oz for one in after.network.babies}
    for code in {one.recipient for one in taken} & rooms.keys():
        there = sum(one.ounces for one in taken if one.recipient == code)
        assert rooms[code] == pytest.approx(baby(before, code).room_oz - there, abs=0.01)
        assert rooms[code] >= 0


def lose_a_baby(database: Database, code: str) -> None:
    """Note that the family *code* lost its baby, as the donor it is too by now."""
    with database.writing(Action("test", saying("Lost"))) as session:
        family = session.scalars(sa.select(RecipientRow).where(RecipientRow.code == code)).one()
        session.add(DonorRow(code="D-9001", household_id=family.household_id, bereaved=True))


def test_nothing_is_planned_or_held_for_a_family_that_lost_its_baby(region: Database) -> None:
    answer_all_families(region)
    found = gathered(region)
    pair = next(pair for pair in found.network.pairs if not pair.homes)
    code, home = pair.baby, baby(found, pair.baby).home
    lose_a_baby(region, code)

    found = gathered(region)

    assert baby(found, code).hindered
    assert code not in {pair.baby for pair in found.network.pairs}
    assert not found.network.homes[home].may_be_rung
    with pytest.raises(GoneFromPlanError):
        accept(region, [f"{pair.lot}:{code}:1"], TODAY)
    assert holds(region, TODAY) == []


def test_a_donor_about_whom_to_read_first_is_not_taken_up_from_an_older_plan(region: Database) -> None:
    answer_all_families(region)
    pair = next(pair for pair in gathered(region).network.pairs if not pair.homes)
    with region.writing(Action("test", saying("Lost"))) as session:
        session.scalars(sa.select(DonorRow).where(DonorRow.code == pair.donor)).one().bereaved = True

    with pytest.raises(GoneFromPlanError):
        accept(region, [f"{pair.lot}:{pair.baby}:1"], TODAY)
