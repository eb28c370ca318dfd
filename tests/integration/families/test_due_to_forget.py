"""Whom to think of forgetting: after the months of the setting, and never one who is still needed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.families.due_to_forget import due_to_forget
from coordinator.services.families.forgetting import forget_family
from coordinator.services.pickups import planning
from coordinator.services.settings.values import change_setting
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, a_region

LATER = date(2027, 12, 24)


def test_who_had_milk_long_ago_is_proposed_and_nobody_goes_by_itself(sqlite_database: Database) -> None:
    region = a_region(sqlite_database)
    code = planning.plan_pickup(
        sqlite_database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    change_setting(sqlite_database, "forget_after_months", "12")
    assert due_to_forget(sqlite_database, LATER).families == (), "their milk is on the road"
    came = [Outcome(hold, Volume.from_oz(40)) for hold in region.holds]
    planning.settle(sqlite_database, code, came, SATURDAY)
    assert due_to_forget(sqlite_database, SATURDAY + timedelta(days=364)).families == ()
    due = due_to_forget(sqlite_database, LATER)
    assert [one.code for one in due.families] == ["D-0001", "D-0002", "R-0001", "R-0002", "V-0001"]
    assert str(due.families[0].reason) == "last milk on Nov 28, 2026"
    forget_family(sqlite_database, "D-0001", LATER)
    assert "D-0001" not in {one.code for one in due_to_forget(sqlite_database, LATER).families}


def test_it_is_off_until_she_sets_it_and_takes_months_alone(sqlite_database: Database) -> None:
    a_region(sqlite_database)
    assert due_to_forget(sqlite_database, LATER).months == 0
    with pytest.raises(UserError, match="whole number of months"):
        change_setting(sqlite_database, "forget_after_months", "a year")
    change_setting(sqlite_database, "forget_after_months", "")
    assert due_to_forget(sqlite_database, LATER).months == 0
