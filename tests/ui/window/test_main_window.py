"""The frame: pages by key, the rail, undo by name, the finder, the status line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.domain.places.positions import DistanceUnit
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.demo import a_window
from ui import theme
from ui.tasks import Runner
from ui.units import Display
from ui.widgets.frame.detail_split import DetailSplit
from ui.widgets.frame.navigation import RAIL_PX
from ui.widgets.tables.list_pane import ListPane
from ui.window.main_window import MainWindow, first_height, first_width

LAPTOP = (1093, 540)
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, size: tuple[int, int] = LAPTOP, settings: QSettings | None = None) -> MainWindow:
    window = a_window(Display(), settings)
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def split_of(window: MainWindow) -> DetailSplit:
    split = window.pages.widget(1)
    assert isinstance(split, DetailSplit)
    return split


def list_of(window: MainWindow) -> ListPane:
    pane = split_of(window).main
    assert isinstance(pane, ListPane)
    return pane


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_twelve_rows_are_to_be_seen_on_the_old_laptop(
    qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    window = opened(qtbot)
    table = list_of(window).table

    assert (window.width(), window.height()) == LAPTOP
    assert table.viewport().height() // table.rowHeight(0) >= 12


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("size", [LAPTOP, (1366, 768)])
def test_no_word_of_the_window_is_cut(
    qtbot: QtBot, qapp: QApplication, scale: float, size: tuple[int, int]
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    window = opened(qtbot, size)
    split_of(window).open_detail()

    assert cut_labels(window) == []
    assert (window.width(), window.height()) == size


def test_every_control_of_the_window_has_a_name(qtbot: QtBot) -> None:
    window = opened(qtbot)
    split_of(window).open_detail()
    window.notice.tell("Held 40 oz.", "Undo", lambda: None)

    assert focusable_controls(window) >= 20
    assert nameless_controls(window) == []


def test_pages_come_by_ctrl_and_their_number(qtbot: QtBot) -> None:
    window = opened(qtbot)

    qtbot.keyClick(window, Qt.Key.Key_4, CTRL)

    assert window.pages.currentIndex() == 3


@pytest.mark.usefixtures("dressed")
def test_a_narrow_window_has_a_rail_and_a_wide_one_words_beside_icons(qtbot: QtBot) -> None:
    window = opened(qtbot)
    narrow = window.navigation.width()

    window.resize(1400, 700)

    assert RAIL_PX <= narrow < RAIL_PX + 16
    qtbot.waitUntil(lambda: window.navigation.width() > narrow)


@pytest.mark.usefixtures("dressed")
def test_the_details_slide_over_the_list_when_narrow_and_stand_beside_it_when_wide(qtbot: QtBot) -> None:
    window = opened(qtbot)
    split, pane = split_of(window), list_of(window)
    alone = pane.width()
    split.open_detail()
    assert pane.width() == alone
    assert split.detail.geometry().right() == split.rect().right()

    window.resize(1500, 700)

    qtbot.waitUntil(lambda: split.detail.parent() is not split)
    assert split.detail.isVisible()
    assert pane.width() + split.detail.width() <= split.width()


def test_enter_opens_the_details_and_esc_closes_them_back_to_the_row(qtbot: QtBot) -> None:
    window = opened(qtbot)
    split, table = split_of(window), list_of(window).table
    table.choose("D-0002")
    table.setFocus()

    qtbot.keyClick(table, Qt.Key.Key_Return)
    inside = QApplication.focusWidget()
    assert inside is not None
    assert split.detail.isAncestorOf(inside)
    qtbot.keyClick(inside, Qt.Key.Key_Escape)

    assert not split.detail.isVisible()
    assert table.hasFocus()


def test_undo_says_what_it_would_undo_and_is_off_when_there_is_nothing(qtbot: QtBot) -> None:
    window = opened(qtbot)
    assert window.undo.text() == "Undo: Changed phone of D-0007"

    with qtbot.waitSignal(window.undo_wanted):
        qtbot.keyClick(list_of(window).table, Qt.Key.Key_Z, CTRL)
    window.name_undo("", "Changed phone of D-0007")

    assert not window.undo.isEnabled()
    assert window.redo.text() == "Redo: Changed phone of D-0007"


def test_ctrl_z_in_a_field_does_not_reach_the_last_action(qtbot: QtBot) -> None:
    window, undone = opened(qtbot), list[bool]()
    window.undo_wanted.connect(lambda: undone.append(True))
    search = list_of(window).search
    search.setFocus()
    qtbot.keyClicks(search, "ada")

    qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)

    assert undone == []
    assert search.text() == ""


def test_ctrl_z_in_a_field_nobody_typed_in_undoes_the_last_action(qtbot: QtBot) -> None:
    window, undone = opened(qtbot), list[bool]()
    window.undo_wanted.connect(lambda: undone.append(True))
    window.name_undo("Changed phone of Zoë Ueda", "")

    for field in (window.finder, list_of(window).search):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)

    assert undone == [True, True]


def test_one_ctrl_z_too_many_in_a_field_undoes_no_action(qtbot: QtBot) -> None:
    window, undone = opened(qtbot), list[bool]()
    window.undo_wanted.connect(lambda: undone.append(True))
    window.name_undo("Changed phone of Zoë Ueda", "")
    search = list_of(window).search
    search.setFocus()
    qtbot.keyClicks(search, "a")

    for _ in range(3):
        qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)

    assert (search.text(), undone) == ("", [])


def test_ctrl_k_finds_somebody_and_enter_takes_the_best(qtbot: QtBot) -> None:
    window, chosen = opened(qtbot), list[str]()
    window.finder.chosen.connect(chosen.append)

    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.finder.hasFocus()
    qtbot.keyClicks(window.finder, "hana")
    qtbot.waitUntil(lambda: window.finder.hits.count() > 1)
    qtbot.keyClick(window.finder, Qt.Key.Key_Down)
    qtbot.keyClick(window.finder, Qt.Key.Key_Return)

    assert chosen == ["D-0007"]
    assert window.finder.text() == ""


def test_finding_nobody_says_so_and_chooses_nobody(qtbot: QtBot) -> None:
    window, chosen = opened(qtbot), list[str]()
    window.finder.chosen.connect(chosen.append)
    window.focus_finder()
    qtbot.keyClicks(window.finder, "qqq")

    qtbot.keyClick(window.finder, Qt.Key.Key_Return)

    assert "Nobody found" in window.finder.hits.item(0).text()
    assert chosen == []


def test_units_are_switched_in_the_status_line(qtbot: QtBot) -> None:
    display = Display()
    window = a_window(display)
    qtbot.addWidget(window)

    window.status.volume_button.click()
    window.status.distance_button.click()

    assert window.status.volume_button.text() == "mL"
    assert display.distance_unit is DistanceUnit.KM


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot) -> None:
    window, runner, ended, go_on = opened(qtbot), Runner(), list[str](), Event()
    window.status.watch(runner)

    def work(report: Callable[[int, int], None]) -> None:
        while True:
            report(40, 40)
            go_on.wait(0.01)

    runner.run_long(
        work,
        lambda _: ended.append("done"),
        lambda _: ended.append("failed"),
        what="Reading donors.csv",
        cancelled=lambda: ended.append("cancelled"),
    )
    qtbot.waitUntil(lambda: window.status.working.text() == "Reading donors.csv: 40 of 40")
    window.status.cancel_button.click()
    qtbot.waitUntil(lambda: bool(ended))

    assert ended == ["cancelled"]
    assert not window.status.bar.isVisible()
    runner.close()


def test_a_notice_says_what_happened_and_offers_what_to_do(qtbot: QtBot) -> None:
    window, done = opened(qtbot), list[str]()
    window.notice.tell("Held 40 oz for R-0003.", "Undo", lambda: done.append("undone"))
    assert window.notice.isVisible()

    window.notice.findChildren(QPushButton)[0].click()

    assert done == ["undone"]
    assert not window.notice.isVisible()


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("size", [(1366, 768), (1093, 540)])
@pytest.mark.parametrize("said", ["Held 40 oz.", "Imported 40 rows of donors. " * 12])
def test_a_notice_lies_in_the_status_line_and_moves_nothing(
    qtbot: QtBot, size: tuple[int, int], said: str
) -> None:
    window = opened(qtbot, size)
    window.status.say_summary("40 donors")
    window.status.say_undo("Held 40 oz of Ada Okafor for Tess Bouchard")
    QApplication.processEvents()
    before, line = window.pages.geometry(), window.status.geometry()

    window.notice.tell(said, "Undo", lambda: None)
    QApplication.processEvents()

    assert (window.pages.geometry(), window.status.geometry()) == (before, line)
    assert (window.width(), window.height()) == size
    bottom_of_pages = window.pages.mapToGlobal(window.pages.rect().bottomLeft()).y()
    assert window.notice.mapToGlobal(QPoint(0, 0)).y() > bottom_of_pages
    assert window.notice.width() > window.width() // 2
    assert cut_labels(window.status) == []
    assert window.status.undo_button.isVisible()
    assert window.status.undo_button.accessibleName() == "Undo: Held 40 oz of Ada Okafor for Tess Bouchard"

    window.notice.hide()
    QApplication.processEvents()
    assert (window.pages.geometry(), window.status.geometry()) == (before, line)
    assert window.status.undo_button.text().startswith("Held 40 oz")


@pytest.mark.usefixtures("dressed")
def test_a_notice_with_no_room_is_whole_behind_more_and_for_screen_readers(qtbot: QtBot) -> None:
    window, long = opened(qtbot, (1093, 540)), "Imported 40 rows of donors. " * 12
    window.notice.warn("Held 40 oz.")
    assert not window.notice.more.isVisible()

    window.notice.warn(long)
    QApplication.processEvents()

    assert window.notice.text == window.notice.accessibleName() == long
    assert window.notice.more.isVisible()
    window.notice.more.click()
    shown = [one for one in QApplication.topLevelWidgets() if one.inherits("QWhatsThat")]
    assert [one.isVisible() for one in shown] == [True]
    shown[0].close()


def test_what_an_import_did_stays_until_something_else_is_done(qtbot: QtBot) -> None:
    window = opened(qtbot)
    window.notice.tell("Something before.")

    window.notice.keep("Imported 40 rows of donors.", "Undo", lambda: None, 7)

    assert not window.notice._timer.isActive()
    window.notice.on_last_action(7)
    assert window.notice.isVisible()
    window.notice.on_last_action(8)
    assert not window.notice.isVisible()


def test_the_sheet_of_keys_lists_every_action_that_has_one(qtbot: QtBot) -> None:
    window = opened(qtbot)
    window.name_key("Table", "Enter", "Open the row")

    sheet = window.show_keys()

    assert {("Ctrl+K", "Find a family"), ("Ctrl+2", "Donors"), ("Enter", "Open the row")} <= set(sheet.lines)
    sheet.close()


@pytest.mark.parametrize(("room", "height"), [(1040, 760), (768, 744), (614, 590)])
def test_the_last_line_of_a_new_window_is_on_the_screen(room: int, height: int) -> None:
    assert first_height(room, title=24) == height


@pytest.mark.parametrize(("room", "width"), [(1920, 1280), (1366, 1280), (1093, 1093)])
def test_the_edge_of_a_new_window_is_on_the_screen(room: int, width: int) -> None:
    assert first_width(room) == width


def test_a_window_from_a_screen_that_is_gone_comes_back_onto_one(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = opened(qtbot, (700, 500), settings)
    window.move(5000, 4000)
    with qtbot.waitSignal(window.closing):
        window.close()

    again = a_window(Display(), settings)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()

    assert again.screen().availableGeometry().contains(again.geometry())


def test_a_window_at_the_top_of_the_screen_opens_there_again(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = opened(qtbot, (700, 500), settings)
    window.move(0, 0)
    qtbot.waitUntil(lambda: (window.pos().x(), window.pos().y()) == (0, 0))
    before = window.geometry()
    with qtbot.waitSignal(window.closing):
        window.close()

    for _ in range(2):
        again = opened_again(qtbot, settings)
        assert again.geometry() == before
        again.close()


def test_a_window_too_high_for_the_screen_is_fitted_into_it(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = opened(qtbot, (700, 500), settings)
    room = window.screen().availableGeometry()
    window.setGeometry(40, 60, 700, room.height())
    with qtbot.waitSignal(window.closing):
        window.close()

    again = opened_again(qtbot, settings)

    qtbot.waitUntil(lambda: room.contains(again.frameGeometry()))


def opened_again(qtbot: QtBot, settings: QSettings) -> MainWindow:
    window = a_window(Display(), settings)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_painted):
        window.show()
    return window


def test_the_window_opens_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    window = opened(qtbot, (777, 555), settings)
    with qtbot.waitSignal(window.closing):
        window.close()

    again = a_window(Display(), settings)
    qtbot.addWidget(again)

    assert (again.width(), again.height()) == (777, 555)
