"""A run of six stops written up from its sheet by keyboard alone, every key counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

import pytest
from pytestqt.qtbot import QtBot

from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.pickups.plans import Condition, PickupKind, PickupState
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.services.paper import sheets
from coordinator.services.pickups import left_behind, planning
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.e2e.conftest import Program
from tests.e2e.counting import counting
from tests.e2e.driver import Keyboard
from tests.e2e.story import said
from tests.networks import opened_network
from tests.pickup_builders import SETUP, a_driver, a_held_lot, put_at
from ui.pickups.settle_dialog import SettleDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def written_up(program: Program) -> Program:
    """Give the window on a network whose run of three donors and three families was printed and driven."""
    database = opened_network(program.path)
    with database.writing(SETUP) as session:
        driver = a_driver(session)
        put_at(session, driver.household_id, 43.0)
        holds = []
        for at, (donor, family) in enumerate((("Zoë", "Inès"), ("Mia", "Linh"), ("Ada", "Noor"))):
            giver, taker = a_donor(session, f"{donor} Ahlberg"), a_recipient(session, f"{family} Roy")
            put_at(session, giver.household_id, 43.2 + at / 10)
            put_at(session, taker.household_id, 43.6 + at / 10)
            holds.append(a_held_lot(session, a_stored_lot(session, giver), taker, 40, bags=10).code)
        code = driver.code
    run = planning.plan_pickup(
        database, PickupKind.RUN, TODAY, holds, driver_code=code, starts_at=time(9), today=TODAY
    )
    planning.record_driver_yes(database, run, TODAY)
    sheets.print_pickup_sheet(database, run, TODAY)
    with database.writing(Action("household.changed", "Moved Zoë Ahlberg"), TODAY) as session:
        home = session.get_one(HouseholdRow, by_code(session, DonorRow, "D-0001").household_id)
        home.street, home.last_contact_on = "9 New Street", TODAY
    database.dispose()
    program.start(1093, 540)
    return program


def test_six_stops_are_written_up_in_few_keys(qtbot: QtBot, written_up: Program) -> None:
    hands = Keyboard(qtbot)
    with counting(hands) as effort:
        hands.press("Ctrl+K")
        hands.write("p-0001-1")
        hands.press("Return")
        hands.wait_for(lambda: dialog(written_up) is not None)
        written_up.come_to_rest()
        form = dialog(written_up)
        assert form is not None
        assert "P-0001-1 was printed before this changed: Moved Zoë Ahlberg." in form.old_sheet.text()
        order = [one.hold.code for one in form.forms]

        hands.press("PgDown")  # as planned
        hands.press("F2")  # nobody home
        hands.press("PgDown")
        hands.press("Return")  # the bags are counted with the ounces
        hands.write("7x4")
        hands.press("Return")
        hands.write("I")  # ice crystals
        hands.press("Return")
        hands.write("Noor")
        hands.press("PgDown")
        hands.write("48210")
        hands.press("Return")
        hands.write("48250")
        hands.press("Ctrl+Return")
        written_up.come_to_rest()
        if dialog(written_up) is not None:  # far more driven than planned is asked once
            hands.press("Ctrl+Return")
        hands.wait_for(lambda: "Settled P-0001" in said(written_up))
        written_up.come_to_rest()

    check_what_is_written_down(written_up, order)
    assert effort.clicks == 0
    assert effort.keys <= 12, effort
    assert effort.letters <= 26, effort

    hands.press("Ctrl+Z")
    written_up.come_to_rest()
    database = opened_network(written_up.path)
    assert planning.pickup(database, "P-0001", TODAY).state is PickupState.PLANNED
    database.dispose()


def test_the_times_of_every_stop_are_typed_in_its_order(qtbot: QtBot, written_up: Program) -> None:
    hands = Keyboard(qtbot)
    with counting(hands) as effort:
        hands.press("Ctrl+K")
        hands.write("p-0001-1")
        hands.press("Return")
        hands.wait_for(lambda: dialog(written_up) is not None)
        written_up.come_to_rest()
        form = dialog(written_up)
        assert form is not None
        hands.press("F4")  # from the first hold to the first line above it
        lines = form.times
        hands.wait_for(lambda: lines[0].isAncestorOf(form.focusWidget() or form))
        for stop, line in enumerate(lines):
            for field, minute in ((line.arrived, 5), (line.freezer, 20)):
                while not field.isAncestorOf(form.focusWidget() or form):
                    hands.press("Tab" if stop else "Return")
                hands.write(f"{9 + stop}{minute:02}")
        hands.press("Ctrl+Return")
        hands.wait_for(lambda: "Settled P-0001" in said(written_up))
        written_up.come_to_rest()

    database = opened_network(written_up.path)
    stops = planning.pickup(database, "P-0001", TODAY).stops
    database.dispose()
    assert [stop.arrived_at for stop in stops] == [time(9 + at, 5) for at in range(6)]
    assert [stop.freezer_at for stop in stops] == [time(9 + at, 20) for at in range(6)]
    assert effort.clicks == 0


def check_what_is_written_down(program: Program, order: Sequence[str]) -> None:
    first, missed, partial = order
    database = opened_network(program.path)
    run = planning.pickup(database, "P-0001", TODAY)
    came = {one.hold_code: one for one in run.deliveries}
    waits = {one.hold_code: one.volume for one in left_behind.left_behind(database, TODAY)}
    database.dispose()
    assert run.state is PickupState.SETTLED
    assert run.odometer is not None
    assert (came[first].delivered, came[first].bags) == (Volume.from_oz(40), 10)
    assert came[missed].nobody_home
    assert not came[missed].delivered
    part = came[partial]
    assert (part.bags, part.condition, part.received_by) == (7, Condition.ICE_CRYSTALS, "Noor")
    assert part.delivered + part.left_behind == Volume.from_oz(40)
    assert abs(part.delivered.microlitres - Volume.from_oz(28).microlitres) < 5
    assert set(waits) == {missed, partial}  # each is a task on Today


def dialog(program: Program) -> SettleDialog | None:
    """Return the write-up that is open."""
    found = program.window.findChildren(SettleDialog)
    return next((one for one in found if one.isVisible()), None)
