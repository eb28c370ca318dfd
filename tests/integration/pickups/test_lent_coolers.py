"""Coolers lent about: who has them counts for the day, one undo takes a move back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import PickupKind
from coordinator.errors import UserError
from coordinator.services.families.drivers import driver
from coordinator.services.pickups import planning
from coordinator.services.pickups.coolers import (
    add_cooler,
    bring_back,
    coolers_out,
    give_cooler,
    list_coolers,
    put_away,
)
from coordinator.services.pickups.day_asking import asked_of_day
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, a_region


def here(database: Database, code: str) -> tuple[int, ...]:
    """Return the coolers a volunteer has at home, as the day is planned with them."""
    with database.reading() as session:
        found = {one.code: one.coolers_qt for one in asked_of_day(session, SATURDAY, TODAY).drivers}
    assert found[code] == driver(database, code).coolers_qt
    return found[code]


def test_a_cooler_counts_where_it_is(database: Database) -> None:
    region = a_region(database)
    ana, family = region.driver, region.recipients[0]
    hers = add_cooler(database, " blue,  with wheels ", 28, TODAY, owner=ana)
    ours = add_cooler(database, "grey", 48, TODAY)
    assert here(database, ana) == (28, 28)  # she told of it

    lent = TODAY - timedelta(weeks=3)
    give_cooler(database, hers, family, lent, TODAY)
    assert here(database, ana) == (28,)
    give_cooler(database, ours, ana, TODAY, TODAY)
    assert here(database, ana) == (28, 48)
    undo(database)
    assert here(database, ana) == (28,)
    with database.reading() as session:
        (out,) = coolers_out(session)
    assert (out.name, out.at and out.at.code, out.days_out(TODAY)) == ("blue, with wheels", family, 21)

    bring_back(database, hers, TODAY, TODAY)
    assert here(database, ana) == (28, 28)
    undo(database)
    assert [(one.number, one.is_out) for one in list_coolers(database)] == [(hers, True), (ours, False)]


def test_a_volunteer_whose_coolers_are_all_lent_away_is_said_to_have_none(database: Database) -> None:
    region = a_region(database)
    for name in ("blue", "red"):
        number = add_cooler(database, name, 28, TODAY, owner=region.driver)
        give_cooler(database, number, region.recipients[0], TODAY, TODAY)
    run = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[0]], today=TODAY, driver_code=region.driver
    )
    broken = planning.pickup(database, run, TODAY).broken
    assert any("all coolers of the volunteer are lent away" in one for one in broken)


def test_what_cannot_be_meant_is_refused_and_changes_nothing(database: Database) -> None:
    region = a_region(database)
    for name, quarts in (("", 28), ("blue", 0), ("blue", 1000)):
        with pytest.raises(UserError):
            add_cooler(database, name, quarts, TODAY)
    number = add_cooler(database, "blue", 28, TODAY, since=TODAY)
    for to, on in (("", TODAY), (region.driver, TODAY + timedelta(days=1)), (region.driver, SATURDAY)):
        with pytest.raises(UserError):
            give_cooler(database, number, to, on, TODAY)
    with pytest.raises(UserError, match="since"):
        give_cooler(database, number, region.driver, TODAY - timedelta(days=1), TODAY)
    with pytest.raises(UserError):
        give_cooler(database, 99, region.driver, TODAY, TODAY)
    put_away(database, number, TODAY)
    assert list_coolers(database) == ()
    undo(database)
    assert [one.number for one in list_coolers(database)] == [number]
