"""What was wished of plans stays with the milk and the family it is about, whatever becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.planning.network import Wishes
from coordinator.domain.volume import Volume
from coordinator.services.families.households import remove_family
from coordinator.services.families.merging import merge_households
from coordinator.services.milk.splitting import split_lot
from coordinator.services.planning.wishes import forbid, pin, wishes_kept
from coordinator.services.records.history import history, undo, undo_action
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import SETUP

FIRST, SECOND, THIRD = ("L-0001", "R-0001"), ("L-0001", "R-0002"), ("L-0001", "R-0003")


@pytest.fixture
def network(database: Database) -> Database:
    with database.writing(SETUP) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg"))
        for name in ("Inès Roy", "Linh Tran", "Uma Out"):
            a_recipient(session, name)
    return database


def test_milk_kept_from_a_family_is_kept_from_the_family_it_became_part_of(network: Database) -> None:
    forbid(network, [SECOND])
    pin(network, THIRD, 8)

    merge_households(network, "R-0001", "R-0002", TODAY)
    assert wishes_kept(network).forbidden == {FIRST}
    merge_households(network, "R-0001", "R-0003", TODAY)
    assert wishes_kept(network) == Wishes(forbidden=frozenset({FIRST}))

    undo(network)
    undo(network)
    assert wishes_kept(network) == Wishes(pins={THIRD: 8}, forbidden=frozenset({SECOND}))


def test_another_wish_forgets_none_about_a_family_that_is_brought_back(network: Database) -> None:
    forbid(network, [SECOND])
    remove_family(network, "R-0002", TODAY)
    removed = history(network)[0].id
    assert wishes_kept(network).forbidden == frozenset()

    forbid(network, [THIRD])
    undo_action(network, removed)

    assert wishes_kept(network).forbidden == {SECOND, THIRD}


def test_milk_kept_from_a_family_is_kept_from_it_in_both_parts_of_a_lot_that_is_split(
    network: Database,
) -> None:
    forbid(network, [FIRST])
    pin(network, SECOND, 30)
    pin(network, THIRD, 65)

    part = split_lot(network, "L-0001", date(2026, 10, 1), TODAY, volume=Volume.from_oz(80))

    wishes = wishes_kept(network)
    assert wishes.forbidden == {FIRST, (part, "R-0001")}
    assert wishes.pins == {(part, "R-0002"): 30, (part, "R-0003"): 50, THIRD: 15}
    undo(network)
    assert wishes_kept(network) == Wishes(pins={SECOND: 30, THIRD: 65}, forbidden=frozenset({FIRST}))
