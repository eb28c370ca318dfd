"""What was left behind at a stop is remembered for its family until it is planned again or let go."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.pickups.plans import Correction, LeftWith, Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.agreements.planning_again import plan_again
from coordinator.services.families import households
from coordinator.services.families.recipients import recipient
from coordinator.services.milk.splitting import split_lot
from coordinator.services.pickups import planning
from coordinator.services.pickups.left_behind import left_behind, let_go
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.integration.db.old_files import DATA
from tests.pickup_builders import SATURDAY, a_region

SUNDAY = SATURDAY + timedelta(days=1)
CASES = DATA / "cases"
DONOR = LeftWith.DONOR


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def settled(database: Database, outcomes: Sequence[Outcome]) -> str:
    """Settle a run of the region's four holds of 40 oz each; H-0001 is of L-0001 for R-0001.

    What is left behind never left the donor.
    """
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    stayed = [replace(one, where=LeftWith.DONOR) for one in outcomes]
    planning.settle(database, code, stayed, SATURDAY)
    return code


def waits(database: Database) -> dict[str, float]:
    return {one.hold_code: round(one.volume.oz, 1) for one in left_behind(database, SUNDAY)}


def test_what_stayed_behind_is_remembered_for_its_family(database: Database) -> None:
    settled(database, [Outcome("H-0001", left_behind=oz(10)), Outcome("H-0003", nobody_home=True)])

    first, second = left_behind(database, SUNDAY)

    assert first == LeftBehind(
        "H-0001",
        "L-0001",
        "D-0001",
        "Zoë Ahlberg",
        "R-0001",
        "Inès Roy",
        "P-0001",
        SATURDAY,
        oz(10),
        oz(10),
    )
    assert (second.hold_code, second.volume, second.nobody_home) == ("H-0003", oz(40), True)
    assert recipient(database, "R-0001", SUNDAY).left_behind == (first, second)
    assert recipient(database, "R-0002", SUNDAY).left_behind == ()
    assert today_page(database, SUNDAY).left_behind == (first, second)


def test_milk_that_came_or_was_lost_does_not_wait(database: Database) -> None:
    settled(database, [Outcome("H-0001", lost=oz(10))])

    assert waits(database) == {}


def test_planned_again_it_waits_no_more(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True), Outcome("H-0003", left_behind=oz(8))])

    again = plan_again(database, "H-0001", SUNDAY)

    held = next(hold for hold in holds.holds(database, SUNDAY) if hold.code == again)
    assert (held.lot_code, held.recipient_code, held.volume) == ("L-0001", "R-0001", oz(40))
    assert (held.donor_yes_on, held.family_yes_on) == (None, None), "they said yes to another day"
    assert waits(database) == {"H-0003": 8}
    with pytest.raises(UserError, match="Nothing that H-0001 left behind waits any more"):
        plan_again(database, "H-0001", SUNDAY)


def test_held_again_on_the_match_page_is_planned_again_too(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])

    held = holds.hold_milk(database, "R-0001", "L-0001", oz(30), SUNDAY)
    assert waits(database) == {"H-0001": 10}
    holds.release_hold(database, held)
    assert waits(database) == {"H-0001": 40}
    holds.hold_milk(database, "R-0002", "L-0001", oz(30), SUNDAY)
    assert waits(database) == {"H-0001": 40}, "that is another family's"


def test_a_hold_that_was_there_before_is_no_planning_again(database: Database) -> None:
    """Also where it was made between the day of the run and the day somebody settled it."""
    region = a_region(database)
    code = planning.plan_pickup(database, PickupKind.RUN, TODAY, region.holds[:1], today=TODAY)
    holds.hold_milk(database, "R-0001", "L-0001", oz(15), SUNDAY)

    planning.settle(database, code, [Outcome("H-0001", nobody_home=True)], SUNDAY)

    assert waits(database) == {"H-0001": 40}


def test_what_is_left_behind_a_second_time_waits_once(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])
    again = plan_again(database, "H-0001", SUNDAY)
    for side in Side:
        holds.record_yes(database, again, side, SUNDAY)
    code = planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, SUNDAY, [again], today=SUNDAY)

    planning.settle(database, code, [Outcome(again, left_behind=oz(25))], SUNDAY)

    assert waits(database) == {again: 25}


def test_milk_of_a_part_split_off_since_is_planned_again(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])
    part = split_lot(database, "L-0001", date(2026, 10, 15), SUNDAY)

    holds.hold_milk(database, "R-0001", part, oz(1), SUNDAY)

    assert waits(database) == {"H-0001": 39}


def test_let_go_with_a_reason_it_waits_no_more_and_undo_brings_it_back(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])

    with pytest.raises(UserError, match="Type why it is let go"):
        let_go(database, "H-0001", "  ", SUNDAY)
    let_go(database, "h-0001", " she has enough now ", SUNDAY)

    assert waits(database) == {}
    assert history.history(database)[0].label == "Let go what H-0001 left behind"
    with pytest.raises(UserError, match="Nothing that H-0001 left behind waits any more"):
        let_go(database, "H-0001", "again", SUNDAY)
    history.undo(database)
    assert waits(database) == {"H-0001": 40}


def test_a_correction_is_followed(database: Database) -> None:
    code = settled(database, [])
    assert waits(database) == {}

    planning.settle_again(database, code, [Correction("H-0001", delivered=oz(32), where=DONOR)], SUNDAY)
    assert waits(database) == {"H-0001": 8}
    holds.hold_milk(database, "R-0001", "L-0001", oz(8), SUNDAY)
    assert waits(database) == {}
    planning.settle_again(database, code, [Correction("H-0001", delivered=oz(30), where=DONOR)], SUNDAY)
    assert waits(database) == {"H-0001": 2}
    let_go(database, "H-0001", "too little to drive for", SUNDAY)
    assert waits(database) == {}
    planning.settle_again(database, code, [Correction("H-0001", delivered=oz(20), where=DONOR)], SUNDAY)
    assert waits(database) == {"H-0001": 12}, "another amount stayed behind than what was let go"


def test_what_went_to_others_since_is_told_and_not_promised(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])
    holds.hold_milk(database, "R-0002", "L-0001", oz(50), SUNDAY)
    (one,) = left_behind(database, SUNDAY)
    assert (one.volume, round(one.free.oz, 3)) == (oz(40), 10)

    held = plan_again(database, "H-0001", SUNDAY)

    assert next(hold.volume for hold in holds.holds(database, SUNDAY) if hold.code == held) == one.free
    assert waits(database) == {"H-0001": 30}
    with pytest.raises(UserError, match="Nothing of L-0001 is free any more; hold other milk"):
        plan_again(database, "H-0001", SUNDAY)


def test_nothing_reminds_of_a_family_to_read_about_first(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])
    households.change_profile(database, "D-0001", "read_before_ringing", "lost her baby in June")

    page = today_page(database, SUNDAY)

    assert page.left_behind == ()
    assert "D-0001" in [one.code for one in page.read_first]
    assert [one.hold_code for one in recipient(database, "R-0001", SUNDAY).left_behind] == ["H-0001"]


def test_undoing_the_settlement_forgets_it(database: Database) -> None:
    settled(database, [Outcome("H-0001", nobody_home=True)])

    history.undo(database)
    assert waits(database) == {}
    history.redo(database)
    assert waits(database) == {"H-0001": 40}
    assert check_network(database).faults == ()


def test_a_stop_of_real_lists_is_settled_corrected_and_planned_again(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "network.db", today="2026-11-25")
    for kind, name in (("donor", "donors"), ("recipient", "families"), ("driver", "drivers")):
        shutil.copy(CASES / f"35_{name}.csv", tmp_path)
        assert milkrun("import", "--kind", kind, tmp_path / f"35_{name}.csv").code == 0
    for family, lot in (("R-0001", "L-0001"), ("R-0002", "L-0002")):
        hold = milkrun.do("hold", family, lot, "--oz", "60").split(":")[0]
        for side in ("donor", "family"):
            milkrun.do("yes", hold, side)
    milkrun.do("pickup", "new", "H-0001", "H-0002", "--driver", "V-0001", "--on", "2026-11-25")
    milkrun.do("pickup", "settle", "P-0001", "H-0001=nobody", "H-0002=60")

    def left() -> list[tuple[str, str, float]]:
        found = milkrun.read("today")["left_behind"]
        return [(one["recipient"], one["hold"], one["ounces"]) for one in found]

    assert left() == [("R-0001", "H-0001", 60)]
    assert milkrun.do(
        "pickup", "settle", "P-0001", "H-0001=50", "--again", "--with-donor", "H-0001"
    ).splitlines()[-1] == ("P-0001 is corrected.")
    assert left() == [("R-0001", "H-0001", 10)]
    assert "H-0001  10 oz  of L-0001 for R-0001" in milkrun.do("today")
    families = {one["code"]: one["left_behind"] for one in milkrun.read("recipients")}
    assert ([one["ounces"] for one in families["R-0001"]], families["R-0002"]) == ([10], [])
    milkrun.do("hold", "R-0001", "L-0001", "--oz", "10")
    assert left() == []
