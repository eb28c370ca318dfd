"""Lots split on both databases: every ounce and every hold stays accounted for."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.audit import Action
from coordinator.domain.milk import Lot
from coordinator.domain.volume import Volume
from coordinator.services.agreements import hold_milk, release_hold
from coordinator.services.audit import undo
from coordinator.services.milk import list_lots
from coordinator.services.splitting import MoreThanFreeError, split_lot
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import a_held_lot

ON = date(2026, 10, 1)


def lots(database: Database) -> dict[str, Lot]:
    return {row.lot.code: row.lot for row in list_lots(database, TODAY)}


@pytest.fixture
def network(database: Database) -> Database:
    """One lot of 100 oz, of which two holds take 10 oz each, one of them only newer bags."""
    with database.writing(Action("test", "Set up")) as session:
        lot = a_stored_lot(session, a_donor(session))
        family = a_recipient(session)
        a_held_lot(session, lot, family, 10)
        a_held_lot(session, lot, family, 10).only_from = date(2026, 10, 20)
    return database


def test_the_two_parts_add_up_and_holds_of_newer_bags_go_with_the_later(network: Database) -> None:
    before = lots(network)["L-0001"]

    later = split_lot(network, "L-0001", ON, TODAY)

    found = lots(network)
    first, second = found["L-0001"], found[later]
    assert first.volume + second.volume == before.volume
    assert (first.held, second.held) == (Volume.from_oz(10), Volume.from_oz(10))
    assert first.free + second.free == before.free
    assert (first.bags or 0) + (second.bags or 0) == 25
    assert (first.expressed_to, second.expressed_from) == (date(2026, 9, 30), ON)
    assert first.is_estimate
    assert second.is_estimate


def test_what_was_counted_is_no_estimate(network: Database) -> None:
    later = split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(30), bags=7)

    assert lots(network)[later].free == Volume.from_oz(30)
    assert not lots(network)[later].is_estimate


def test_more_than_is_free_is_refused_and_nothing_changes(network: Database) -> None:
    before = lots(network)

    with pytest.raises(MoreThanFreeError):
        split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(81))

    assert lots(network) == before


def test_one_undo_makes_it_one_lot_again(network: Database) -> None:
    before = lots(network)["L-0001"]
    split_lot(network, "L-0001", ON, TODAY)

    undo(network)

    after = lots(network)
    assert list(after) == ["L-0001"]
    assert (after["L-0001"].volume, after["L-0001"].held) == (before.volume, before.held)
    assert after["L-0001"].expressed_to == before.expressed_to


def test_bags_of_a_released_hold_stay_where_its_ounces_are(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    from_november = date(2026, 11, 1)
    hold_milk(database, "R-0001", "L-0001", Volume.from_oz(10), TODAY, bags=4, only_from=from_november)
    release_hold(database, "H-0001")

    later = split_lot(database, "L-0001", from_november, TODAY)

    assert (round(lots(database)[later].volume.oz), lots(database)[later].bags) == (14, 4)


def test_counted_ounces_bring_their_bags_along(network: Database) -> None:
    later = split_lot(network, "L-0001", ON, TODAY, volume=Volume.from_oz(40))

    assert lots(network)[later].free_bags
