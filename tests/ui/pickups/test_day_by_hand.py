"""The planned day changed by hand in the window: by keys, by menu, by mouse, and back again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.pickups.day.answer import DayRule
from coordinator.domain.pickups.plans import StopKind
from coordinator.services.pickups import planning
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY
from ui.pickups.day_dialog import DayDialog
from ui.pickups.day_stops import StopGrid, StopHandle, mime_of
from ui.pickups.page import PickupsPage
from ui.pickups.stops_tab import StopsTab
from ui.widgets.label import Label

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, page_that_waits: PickupsPage) -> DayDialog:
    page_that_waits.week.plan_button.click()
    dialog = page_that_waits.steps.dialog
    assert isinstance(dialog, DayDialog)
    assert len(dialog.runs) == 2
    qtbot.waitUntil(dialog.runs[0].tick.hasFocus)
    return dialog


def order(dialog: DayDialog) -> list[list[tuple[StopKind, str]]]:
    return [[(stop.kind, stop.home.code) for stop in part.run.stops] for part in dialog.runs]


def words_in(dialog: DayDialog) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisible())


def entry(menu: QMenu, words: str) -> None:
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()


def submenu(menu: QMenu, words: str) -> QMenu:
    found = next(one for one in menu.actions() if one.text().startswith(words)).menu()
    assert isinstance(found, QMenu)
    return found


def longest(dialog: DayDialog) -> int:
    return max(range(len(dialog.runs)), key=lambda number: len(dialog.runs[number].stops))


def movable_down(dialog: DayDialog) -> StopHandle:
    """Return a stop that may change places with the next one: two of a kind."""
    stops = dialog.runs[longest(dialog)].run.stops
    at = next(n for n in range(len(stops) - 1) if stops[n].kind is stops[n + 1].kind)
    return dialog.runs[longest(dialog)].stops[at]


def drop(grid: StopGrid, run: int, stop: int, y: float) -> None:
    data = mime_of(run, stop)
    event = QDropEvent(
        QPointF(10, y),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    grid.dropEvent(event)


def test_a_stop_moves_down_by_key_keeps_the_keyboard_and_goes_back(qtbot: QtBot, dialog: DayDialog) -> None:
    before = order(dialog)
    handle = movable_down(dialog)
    run, stop = handle.run, handle.stop
    handle.setFocus()

    qtbot.keyClick(handle, Qt.Key.Key_Down, ALT)

    now = order(dialog)
    assert now[run][stop : stop + 2] == [before[run][stop + 1], before[run][stop]]
    qtbot.waitUntil(dialog.runs[run].stops[stop + 1].hasFocus)
    assert dialog.state.text().startswith("Moved:")
    qtbot.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    assert order(dialog) == before
    assert dialog.redo.isVisible()
    assert not dialog.undo.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Y, CTRL)
    assert order(dialog) == now


def test_a_drop_before_its_pick_up_is_refused_and_the_day_stays(qtbot: QtBot, dialog: DayDialog) -> None:
    before = order(dialog)
    part = dialog.runs[0]
    drop_at = next(n for n, stop in enumerate(part.run.stops) if stop.kind is StopKind.DROP)

    drop(part.grid, 0, drop_at, 0)

    assert "before it is picked up" in dialog.problem.text()
    assert order(dialog) == before
    assert not dialog.undo.isVisible()


def test_a_stop_goes_to_another_volunteer_by_menu_with_the_other_half_of_its_milk(dialog: DayDialog) -> None:
    here = longest(dialog)
    holds = dialog.runs[here].run.stops[0].holds
    menu = submenu(dialog.runs[here].stops[0].menu_of(), "Move to")

    menu.actions()[0].trigger()

    part = next(one for one in dialog.runs if holds[0] in one.run.holds)
    assert set(holds) <= set(part.run.added)
    assert sum(code in stop.holds for stop in part.run.stops for code in holds) == 2 * len(holds)


def test_a_volunteer_who_is_away_drives_only_with_that_said(dialog: DayDialog) -> None:
    targets = dialog.hand.targets()
    assert [one.run for one in targets[:2]] == [0, 1]
    assert all(one.run < 0 for one in targets[2:])
    menu = submenu(dialog.runs[0].stops[0].menu_of(), "Move to")
    menu.actions()[-1].trigger()
    code = targets[-1].driver
    part = next(one for one in dialog.runs if one.run.driver == code)
    assert part.tick.isChecked()
    if "away" in targets[-1].words:
        assert "is away that day" in words_in(dialog)


def test_a_stop_dropped_on_another_run_by_mouse_moves_there(dialog: DayDialog) -> None:
    holds = dialog.runs[0].run.stops[0].holds
    target = dialog.runs[1].run.driver

    drop(dialog.runs[1].grid, 0, 0, dialog.runs[1].grid.height())

    part = next(one for one in dialog.runs if one.run.driver == target)
    assert set(holds) <= set(part.run.added)


def test_what_is_left_out_waits_in_words_and_comes_back(qtbot: QtBot, dialog: DayDialog) -> None:
    handle = dialog.runs[0].stops[0]
    (hold, *_) = dialog.runs[0].run.stops[0].holds
    qtbot.keyClick(handle, Qt.Key.Key_Delete)

    assert hold not in [code for part in dialog.runs for code in part.run.holds]
    assert "It was left out by hand." in words_in(dialog)
    named = f"Back on a run: {hold}"
    next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == named).click()
    assert hold in [code for part in dialog.runs for code in part.run.holds]


def test_a_time_typed_by_hand_holds_and_is_made(
    qtbot: QtBot, dialog: DayDialog, region_that_waits: Database
) -> None:
    last = len(dialog.runs[0].stops) - 1
    later = dialog.runs[0].run.stops[last].arrive + 30
    entry(dialog.runs[0].stops[last].menu_of(), "Not before")
    asked = dialog.time_dialog
    assert asked is not None
    asked.field.line.setText(f"{later // 60}:{later % 60:02}")
    qtbot.keyClick(asked.field.line, Qt.Key.Key_Return)

    run = dialog.runs[0].run
    assert run.stops[last].arrive == later
    assert "not before" in words_in(dialog)
    dialog.runs[1].tick.setChecked(False)
    dialog.make.click()
    (made,) = planning.pickups_between(region_that_waits, SATURDAY, SATURDAY, TODAY)
    stops = planning.pickup(region_that_waits, made.code, TODAY).stops
    assert [stop.code for stop in stops] == [stop.home.code for stop in run.stops]
    arrive = stops[last].arrive
    assert arrive is not None
    assert arrive.hour * 60 + arrive.minute >= later


def test_a_run_leaves_when_it_is_told(qtbot: QtBot, dialog: DayDialog) -> None:
    dialog.runs[0].time_button.click()
    asked = dialog.time_dialog
    assert asked is not None
    asked.field.line.setText("1 pm")
    asked.set_button.click()
    assert dialog.runs[0].run.starts_at == 13 * 60
    dialog.undo.click()
    assert dialog.runs[0].run.starts_at != 13 * 60


def test_up_and_down_go_from_stop_to_stop_and_the_strip_follows(qtbot: QtBot, dialog: DayDialog) -> None:
    first = dialog.runs[1].stops[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.runs[1].stops[1].hasFocus)
    assert (dialog.strip._chosen, dialog.strip._stop) == (1, 1)


def test_a_broken_rule_asks_why_before_the_run_is_made_and_the_pickup_shows_it(
    qtbot: QtBot, dialog: DayDialog, page_that_waits: PickupsPage, region_that_waits: Database
) -> None:
    dialog.hand.set_time(0, -1, 17 * 60 + 30)
    dialog.runs[1].tick.setChecked(False)
    assert dialog.runs[0].run.in_the_way
    assert "Look at:" in words_in(dialog)

    dialog.make.click()

    assert "write why for each rule that is broken" in dialog.problem.text()
    qtbot.waitUntil(dialog.runs[0].notes[0].line.hasFocus)
    for number in range(len(dialog.runs[0].notes)):
        line = dialog.runs[0].notes[number].line
        qtbot.keyClicks(line, "Both said late is fine")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not dialog.runs[0].run.in_the_way
    dialog.make.click()

    (made,) = planning.pickups_between(region_that_waits, SATURDAY, SATURDAY, TODAY)
    assert {one.note for one in planning.pickup(region_that_waits, made.code, TODAY).overruled} == {
        "Both said late is fine"
    }
    QApplication.processEvents()
    tab = page_that_waits.detail.findChild(StopsTab)
    assert tab is not None
    assert "Why: Both said late is fine (noted" in tab.overruled.text()


def test_what_is_locked_stays_when_the_day_is_planned_again_and_that_is_taken_back(
    qtbot: QtBot, dialog: DayDialog
) -> None:
    here = longest(dialog)
    dialog.runs[1 - here].lock_button.click()
    assert dialog.runs[1 - here].lock_button.text() == "Locked"
    handle = movable_down(dialog)
    run, stop = handle.run, handle.stop
    handle.setFocus()
    qtbot.keyClick(handle, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(dialog.runs[run].stops[stop + 1].hasFocus)
    qtbot.keyClick(dialog.runs[run].stops[stop + 1], Qt.Key.Key_L)
    locked = dialog.runs[run].run.stops[stop + 1]
    assert locked.is_locked
    whole, driver = dialog.runs[1 - here].run, dialog.runs[run].run.driver
    dialog.runs[1 - here].tick.setChecked(False)

    qtbot.keyClick(dialog, Qt.Key.Key_F5)

    kept = next(part for part in dialog.runs if part.run.driver == whole.driver)
    assert kept.run.stops == whole.stops
    assert not kept.tick.isChecked()
    again = next(part for part in dialog.runs if part.run.driver == driver)
    assert (locked.kind, locked.arrive) in [(one.kind, one.arrive) for one in again.run.stops]
    assert dialog.undo.isVisible()
    dialog.undo.click()
    assert locked in dialog.runs[run].run.stops


def pull(qtbot: QtBot, dialog: DayDialog, start: QPoint, end: QPoint) -> None:
    strip = dialog.strip
    with qtbot.assertNotEmitted(strip.run_wanted):  # else the list would scroll under the hand
        qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=start)
    for at in ((start + end) / 2, end):
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            strip.mapToGlobal(QPointF(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(strip, move)
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=end)


def spot(dialog: DayDialog, run: int, stop: int) -> QPoint:
    one = dialog.runs[run].run.stops[stop]
    return dialog.strip._box(one.arrive, one.leave, run, 4).center().toPoint()


def test_a_stop_is_pulled_on_the_strip_to_another_time_another_place_and_another_line(
    qtbot: QtBot, dialog: DayDialog
) -> None:
    dialog.resize(1000, 640)
    QApplication.processEvents()
    last = len(dialog.runs[0].stops) - 1
    before = dialog.runs[0].run.stops[last].arrive
    start = spot(dialog, 0, last)
    pull(qtbot, dialog, start, start + QPoint(60, 0))
    told = dialog.runs[0].run.stops[last].not_before
    assert told is not None
    assert told > before
    assert told % 5 == 0
    dialog.undo.click()

    handle = movable_down(dialog)
    run, stop = handle.run, handle.stop
    codes = [one.home.code for one in dialog.runs[run].run.stops]
    beyond = spot(dialog, run, stop + 1) + QPoint(20, 0)
    pull(qtbot, dialog, spot(dialog, run, stop), beyond)
    assert [one.home.code for one in dialog.runs[run].run.stops][stop] == codes[stop + 1]
    dialog.undo.click()

    holds = dialog.runs[0].run.stops[0].holds
    target = dialog.runs[1].run.driver
    pull(qtbot, dialog, spot(dialog, 0, 0), QPoint(spot(dialog, 0, 0).x(), spot(dialog, 1, 0).y()))
    part = next(one for one in dialog.runs if one.run.driver == target)
    assert set(holds) <= set(part.run.added)


def test_the_strip_says_what_is_broken_beside_the_pointer(dialog: DayDialog) -> None:
    dialog.hand.set_time(0, -1, 17 * 60 + 30)
    QApplication.processEvents()
    late = next(one for one in dialog.runs[0].run.in_the_way if one.rule is DayRule.HOURS)
    stop = next(n for n, one in enumerate(dialog.runs[0].run.stops) if one.home.code == late.code)
    assert f"arrives at {late.code} at" in dialog.strip.words_at(QPointF(spot(dialog, 0, stop)))


def test_the_map_is_linked_with_the_list_and_the_strip(qtbot: QtBot, dialog: DayDialog) -> None:
    assert not dialog.body.map.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_M, CTRL)
    canvas = dialog.body.map.canvas
    assert canvas is not None
    assert {pin.code for pin in canvas.look.layers.pins} == {
        code for part in dialog.runs for code in (part.run.driver, *(s.home.code for s in part.run.stops))
    }
    dialog.runs[1].stops[2].setFocus()
    code = dialog.runs[1].run.stops[2].home.code
    qtbot.waitUntil(lambda: canvas.look.layers.chosen == {code})
    route = canvas.look.layers.route
    assert route is not None
    assert [one for one in route.numbers if one] == [str(n + 1) for n in range(len(dialog.runs[1].stops))]

    canvas.pin_chosen.emit(dialog.runs[0].run.stops[1].home.code)

    qtbot.waitUntil(dialog.runs[0].stops[1].hasFocus)
    assert (dialog.strip._chosen, dialog.strip._stop) == (0, 1)
    canvas.line_chosen.emit("1")
    qtbot.waitUntil(dialog.runs[1].tick.hasFocus)


def test_what_waits_nearby_is_suggested_and_leads_to_its_donor(dialog: DayDialog) -> None:
    part = next(one for one in dialog.runs if one.suggested)
    assert "Nearby: " in words_in(dialog)
    wanted: list[str] = []
    dialog._desk.family_wanted.connect(wanted.append)
    button = next(one for one in part.suggested if one.text().startswith("Go to D-"))
    button.click()
    assert wanted == [button.text().removeprefix("Go to ")]
    assert not dialog.isVisible()
