"""Drive times on screen: where each figure comes from, what a server changes, odometers, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.driving.odometers import FactorOrigin, Odometer
from coordinator.domain.pickups.plans import PickupKind, PickupState
from coordinator.domain.settings import RoadServer
from coordinator.services.driving import drive_times, water
from coordinator.services.pickups import planning
from coordinator.services.settings.values import change_setting, settings
from tests import road_servers, web_server
from tests.builders import TODAY
from tests.fakes import ImmediateRunner
from tests.pickup_builders import SATURDAY, Region, a_region
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.web_server import DEAD, WebServer, running
from ui.desk import Desk
from ui.matching.page import MatchingPage
from ui.pickups.odometer_form import read_odometer
from ui.pickups.page import PickupsPage
from ui.pickups.settle_dialog import SettleDialog
from ui.settings.dialog import SettingsDialog
from ui.tasks import Runner
from ui.units import Display

DRIVE, ROAD = 5, 9
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def nothing_told() -> Iterator[None]:
    drive_times.ROADS.forget()
    yield
    drive_times.ROADS.forget()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with running(road_servers.osrm) as found:
        yield found


@pytest.fixture
def region(database: Database) -> Region:
    return a_region(database)


class Counted(ImmediateRunner):
    """An immediate runner that can be told to wait with what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []
        self.waits = False

    def _start(self, task: Callable[[], None]) -> None:
        if self.waits:
            self.waiting.append(task)
        else:
            task()

    def go_on(self) -> None:
        tasks, self.waiting = self.waiting, []
        for task in tasks:
            task()


def a_desk(database: Database, online: Runner | None = None) -> Desk:
    return Desk(database, ImmediateRunner(), Display(), None, lambda: TODAY, online)


def a_match_page(qtbot: QtBot, desk: Desk, family: str) -> MatchingPage:
    page = MatchingPage(desk)
    qtbot.addWidget(page)
    page.resize(1340, 760)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.show_family(family)
    return page


def drives(page: MatchingPage) -> list[str]:
    return [
        f"{page.model.index(row, DRIVE).data()} {page.model.index(row, ROAD).data()}"
        for row in range(page.model.rowCount())
    ]


def tooltip(page: MatchingPage, row: int) -> str:
    return str(page.model.index(row, DRIVE).data(Qt.ItemDataRole.ToolTipRole))


def ask_for_roads(database: Database, url: str) -> None:
    change_setting(database, "road_server", "osrm")
    change_setting(database, "road_server_url", url)


def a_run(database: Database, region: Region) -> str:
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds[:2],
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )
    planning.record_driver_yes(database, code, TODAY)
    return code


def a_settle_dialog(qtbot: QtBot, database: Database, region: Region) -> SettleDialog:
    pickup = planning.pickup(database, a_run(database, region), TODAY)
    dialog = SettleDialog(a_desk(database), pickup)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def a_settings_dialog(qtbot: QtBot, database: Database) -> SettingsDialog:
    dialog = SettingsDialog(a_desk(database))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def type_into(qtbot: QtBot, dialog: SettingsDialog, name: str, text: str) -> None:
    editor = dialog.fields[name].editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, text)
    dialog.fields[name].leave()


def test_an_estimate_says_that_it_is_one(qtbot: QtBot, database: Database, region: Region) -> None:
    page = a_match_page(qtbot, a_desk(database), region.recipients[0])

    assert all(words.endswith(" estimate") for words in drives(page))
    assert tooltip(page, 0).endswith("an estimate from the straight line")
    assert "an estimate from the straight line" in page.why.about.text()


def test_estimates_stand_first_and_the_servers_figures_take_their_place_and_keep_the_selection(
    qtbot: QtBot, database: Database, region: Region, server: WebServer
) -> None:
    ask_for_roads(database, server.url)
    online = Counted()
    online.waits = True
    page = a_match_page(qtbot, a_desk(database, online), region.recipients[0])
    page.donors.table.choose(region.donors[1])
    assert all(words.endswith(" estimate") for words in drives(page))
    assert server.asked == []

    online.go_on()

    assert all(words.endswith("min by road") for words in drives(page))
    assert "127.0.0.1" in tooltip(page, 0)
    assert "by road" in page.why.about.text()
    assert "127.0.0.1" in page.why.about.text()
    assert page.donors.table.chosen_key == region.donors[1]
    assert len(server.asked) == 1
    page.refresh()
    assert len(server.asked) == 1


def test_a_family_chosen_meanwhile_is_asked_about_instead_of_the_one_before(
    qtbot: QtBot, database: Database, region: Region, server: WebServer
) -> None:
    ask_for_roads(database, server.url)
    online = Counted()
    online.waits = True
    page = a_match_page(qtbot, a_desk(database, online), region.recipients[0])

    page.show_family(region.recipients[1])
    online.go_on()

    assert len(server.asked) == 1
    assert all(words.endswith("by road") for words in drives(page))


def test_a_server_that_answers_wrongly_is_named_once_and_the_estimates_stay(
    qtbot: QtBot, database: Database, region: Region, server: WebServer
) -> None:
    server.answer = web_server.html
    ask_for_roads(database, server.url)
    desk = a_desk(database)
    said: list[str] = []
    desk.complained.connect(said.append)

    page = a_match_page(qtbot, desk, region.recipients[0])
    page.refresh()
    page.show_family(region.recipients[1])

    assert all(words.endswith(" estimate") for words in drives(page))
    assert len(said) == 1
    assert said[0].startswith("127.0.0.1 answered")
    assert said[0].endswith("Drive times are estimates.")


def test_a_dead_server_is_named_on_the_pickups_page_too(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    code = a_run(database, region)
    ask_for_roads(database, DEAD)
    desk = a_desk(database)
    page = PickupsPage(desk)
    qtbot.addWidget(page)

    with qtbot.waitSignal(desk.complained) as said:
        page.show_family(code)

    assert said.args == ["127.0.0.1 could not be reached. Drive times are estimates."]


def test_the_road_of_a_run_and_its_source_are_on_its_page(
    qtbot: QtBot, database: Database, region: Region, server: WebServer
) -> None:
    code = a_run(database, region)
    page = PickupsPage(a_desk(database))
    qtbot.addWidget(page)
    page.show_family(code)
    model = page.detail.stops.stops.stops
    assert "an estimate" in str(model.index(0, 0).data())
    ask_for_roads(database, server.url)

    page.detail.refresh()

    assert " by road, says 127.0.0.1" in str(model.index(0, 0).data())
    assert page.detail.pickup is not None
    assert len(page.detail.pickup.way) > len(page.detail.pickup.stops)


def test_a_line_over_water_is_marked_in_the_table_the_reasons_and_the_stops(
    qtbot: QtBot, database: Database, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(water, "_measured", {})
    monkeypatch.setattr(water, "_measure", lambda: lambda _, ends: np.full(len(ends), 5.0))
    page = a_match_page(qtbot, a_desk(database), region.recipients[0])
    run = PickupsPage(a_desk(database))
    qtbot.addWidget(run)
    run.show_family(a_run(database, region))

    assert all(words.endswith(" check the road") for words in drives(page))
    assert "crosses water: check the road" in page.why.about.text()
    assert "crosses water: check the road" in str(run.detail.stops.stops.stops.index(0, 0).data())


def test_the_odometer_is_typed_while_settling_and_shown_with_what_was_planned(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    dialog = a_settle_dialog(qtbot, database, region)
    assert dialog.odometer is not None
    dialog.odometer.start.line.setText("48,210")
    dialog.odometer.end.line.setText("48270.5")

    dialog.save()
    dialog.save()  # before its day it asks once

    code = dialog._pickup.code
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert planning.pickup(database, code, TODAY).odometer == Odometer(48_210, 48_270.5)
    page = PickupsPage(a_desk(database))
    qtbot.addWidget(page)
    page.show_family(code)
    assert page.detail.notice.text().startswith("Settled. Driven 61 mi, about ")


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("48210", "", "needs both figures"),
        ("48270", "48210", "ends below where it started"),
        ("far", "48210", "not an odometer"),
    ],
)
def test_an_odometer_that_cannot_be_keeps_what_was_typed(
    qtbot: QtBot, database: Database, region: Region, start: str, end: str, sentence: str
) -> None:
    dialog = a_settle_dialog(qtbot, database, region)
    assert dialog.odometer is not None
    dialog.odometer.start.line.setText(start)
    dialog.odometer.end.line.setText(end)

    dialog.save()
    dialog.save()  # before its day it asks once

    assert sentence in dialog.problem.text()
    assert dialog.isVisible()
    assert dialog.odometer.start.typed().replace(",", "") == start
    assert planning.pickup(database, dialog._pickup.code, TODAY).state is PickupState.PLANNED


def test_an_odometer_far_from_the_plan_is_taken_the_second_time(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    dialog = a_settle_dialog(qtbot, database, region)
    assert dialog.odometer is not None
    dialog.odometer.start.line.setText("1000")
    dialog.odometer.end.line.setText("9000")
    dialog.save()
    assert "press Settle once more" in dialog.problem.text()

    dialog.odometer.end.line.setText("9001")
    dialog.save()
    assert dialog.isVisible()
    dialog.save()

    assert planning.pickup(database, dialog._pickup.code, TODAY).odometer == Odometer(1000, 9001)


def test_a_family_that_collects_is_asked_for_no_odometer(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    code = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, [region.holds[0]], today=TODAY
    )
    dialog = SettleDialog(a_desk(database), planning.pickup(database, code, TODAY))
    qtbot.addWidget(dialog)

    assert dialog.odometer is None


def test_kilometres_on_an_odometer_are_kept_as_miles() -> None:
    display = Display()

    assert read_odometer("77590 km", display) == pytest.approx(48_212.2, abs=0.1)
    assert read_odometer("48,210.4", display) == 48_210.4
    assert read_odometer("48 210", display) == 48_210
    assert read_odometer("minus 3", display) is None
    display.switch_distance()
    assert read_odometer("160.9344", display) == pytest.approx(100)
    assert read_odometer("100 mi", display) == 100


def test_the_settings_say_which_road_factor_is_in_force_and_go_back_to_it(
    qtbot: QtBot, database: Database
) -> None:
    dialog = a_settings_dialog(qtbot, database)
    assert dialog.roads.in_force.text() == "1.3 as shipped; 0 of 10 odometer entries to learn from"
    assert not dialog.roads.back_button.isEnabled()

    type_into(qtbot, dialog, "road_factor", "1.45")
    assert dialog.roads.in_force.text().startswith("1.45, your own")
    assert drive_times.factor_in_force(database).origin is FactorOrigin.OWN

    qtbot.mouseClick(dialog.roads.back_button, Qt.MouseButton.LeftButton)
    assert drive_times.factor_in_force(database).origin is FactorOrigin.SHIPPED
    assert dialog.fields["road_factor"].typed() == ""


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("road_factor", "7", "A road factor is a number from 1 to 3; leave it empty to go back."),
        ("road_factor", "far", "This is not a number yet. Try 1.3."),
        (
            "road_server_url",
            "router",
            "The address of a server looks like https://maps.example.org.",
        ),
    ],
)
def test_what_does_not_fit_stays_with_the_reason(
    qtbot: QtBot, database: Database, name: str, typed: str, sentence: str
) -> None:
    dialog = a_settings_dialog(qtbot, database)

    type_into(qtbot, dialog, name, typed)

    assert dialog.fields[name].message.text() == sentence
    assert dialog.fields[name].typed() == typed


def test_the_settings_say_what_is_sent_to_whom(qtbot: QtBot, database: Database) -> None:
    dialog = a_settings_dialog(qtbot, database)
    assert dialog.roads.sent.text().startswith("Off: nothing is sent to anybody.")

    type_into(qtbot, dialog, "road_server_url", "https://router.example.org/")
    dialog.fields["road_server"].editor.setCurrentIndex(1)  # type: ignore[attr-defined] # a choice's box
    dialog.fields["road_server"].leave()

    assert settings(database).road_server is RoadServer.OSRM
    assert settings(database).road_server_url == "https://router.example.org"
    assert "On: router.example.org is asked" in dialog.roads.sent.text()
    assert "no names, no street addresses" in dialog.roads.sent.text()


@pytest.mark.usefixtures("dressed")
def test_the_new_fields_have_names_and_no_label_is_cut(
    qtbot: QtBot, database: Database, region: Region
) -> None:
    for dialog in (a_settings_dialog(qtbot, database), a_settle_dialog(qtbot, database, region)):
        assert nameless_controls(dialog) == []
        assert cut_labels(dialog) == []
