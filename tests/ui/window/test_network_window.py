"""The window of one network: what it shows, what it hears of, and how it closes."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database, open_database
from coordinator.domain.families.households import Role
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import Action
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import AlreadyOpenError
from coordinator.services.families import households
from coordinator.services.imports import typed_in
from coordinator.services.records import backups, history
from coordinator.services.settings.values import settings
from tests import seacoast
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.network import dialog_of, idle, opened, started
from ui import app, theme
from ui.imports.wizard import ImportWizard
from ui.widgets.tables.list_pane import ListPane
from ui.window.network_window import NetworkWindow

SHOWN = (
    ("today", ""),
    ("donors", "D-0001"),
    ("recipients", "R-0001"),
    ("matching", "R-0001"),
    ("pickups", ""),
    ("drivers", ""),
    ("promises", ""),
    ("plan", ""),
    ("ledger", ""),
    ("coolers", ""),
    ("week", ""),
)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def add_donor(database: Database, name: str = "Ada Okafor", phone: str = "(603) 555-0133") -> str:
    typed = {"name": name, "town": "Dover", "state": "NH", "phone": phone, "email": "ada@example.org"}
    return typed_in.add_family(database, Role.DONOR, typed, TODAY)


def page_of(window: NetworkWindow) -> QWidget:
    page = window.pages.currentWidget()
    assert page is not None
    return page


def names_on_page(window: NetworkWindow) -> list[str]:
    pane = page_of(window).findChild(ListPane)
    assert isinstance(pane, ListPane)
    return [pane.model.index(row, 0).data() for row in range(pane.model.rowCount())]


def action(window: NetworkWindow, text: str) -> QAction:
    return next(found for found in window.findChildren(QAction) if found.text() == text)


def test_the_window_sees_what_the_command_line_wrote(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.show_page(1)
    idle(qtbot, window)
    assert names_on_page(window) == []
    elsewhere = open_database(database.path, origin="command line")
    add_donor(elsewhere)
    elsewhere.dispose()

    window.look_again()

    qtbot.waitUntil(lambda: names_on_page(window) == ["Ada Okafor"])
    idle(qtbot, window)
    assert window.status.summary.text().startswith("1 donor")


def test_undo_and_redo_say_by_name_what_they_would_do(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    code = add_donor(database)
    window = opened(qtbot, database, started(tmp_path))
    assert window.undo.text() == "Undo: Added Ada Okafor"

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)
    assert window.notice.text == "Undone: Added Ada Okafor"
    assert households.family_index(database) == ()
    assert window.redo.text() == f"Redo: Added {code}"

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    idle(qtbot, window)
    assert [entry.hit.code for entry in households.family_index(database)] == [code]


def test_undoing_a_family_that_is_open_closes_quietly(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    code = add_donor(database)
    window = opened(qtbot, database, started(tmp_path))
    window.show_family(code)
    idle(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)

    assert window.notice.text == "Undone: Added Ada Okafor"


def test_undoing_the_family_that_is_being_matched_shows_nobody(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    code = typed_in.add_family(database, Role.RECIPIENT, {"name": "Zoe Ueda"}, TODAY)
    window = opened(qtbot, database, started(tmp_path))
    window.show_on_page("matching", code)
    idle(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    idle(qtbot, window)

    assert window.notice.text == "Undone: Added Zoe Ueda"


@pytest.mark.parametrize("typed", ["0133", "okaf", "dover", "ada@example", "d-0001"])
def test_a_family_is_found_by_what_she_has_at_hand(
    qtbot: QtBot, database: Database, tmp_path: Path, typed: str
) -> None:
    code = add_donor(database)
    typed_in.add_family(database, Role.RECIPIENT, {"name": "Zoe Ueda", "phone": "(207) 555-0109"}, TODAY)
    window = opened(qtbot, database, started(tmp_path))

    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.finder, typed)
    qtbot.keyClick(window.finder, Qt.Key.Key_Return)
    idle(qtbot, window)

    assert window.pages.currentIndex() == 1
    shown = [label.text() for label in page_of(window).findChildren(QLabel) if label.isVisible()]
    assert code in shown


def test_the_volunteers_are_the_sixth_page(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    typed_in.add_family(database, Role.DRIVER, {"name": "Noor Xiong"}, TODAY)
    window = opened(qtbot, database, started(tmp_path))

    qtbot.keyClick(window, Qt.Key.Key_6, CTRL)
    idle(qtbot, window)

    assert names_on_page(window) == ["Noor Xiong"]


def test_a_crash_last_time_is_told_with_a_way_to_the_log(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))

    window.keeping.tell_of_start("", tmp_path)

    assert window.notice.text.startswith("The program closed unexpectedly last time.")
    buttons = [button.text() for button in window.notice.findChildren(QPushButton) if button.isVisible()]
    assert buttons == ["Open the log folder"]


def test_the_unit_switched_on_the_status_line_is_kept(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))

    qtbot.mouseClick(window.status.volume_button, LEFT)
    idle(qtbot, window)

    assert settings(database).volume_unit is VolumeUnit.ML
    assert window.status.summary.text().endswith("0\u00a0mL free")


# What minds windows on a screen is not there offscreen.
@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_brings_the_first_window_to_the_front(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    assert database.path is not None
    first = open_database(database.path, alone=True)
    window = opened(qtbot, first, started(tmp_path))
    window.showMinimized()

    with pytest.raises(AlreadyOpenError):
        open_database(database.path, alone=True)
    window.look_again()
    idle(qtbot, window)

    assert not window.isMinimized()
    window.close()


def test_closing_waits_for_the_work_then_backs_up_and_lets_go(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    add_donor(database)
    window = opened(qtbot, database, started(tmp_path))
    gone, ended = Event(), Event()
    database.when_disposed(gone.set)
    go = Event()

    def work() -> None:
        go.wait(10)
        add_donor(database, "Last Minute")
        ended.set()

    window._desk.write(work)
    go.set()
    window.close()

    assert ended.is_set()
    assert gone.is_set()
    (kept,) = backups.backups(database)
    assert kept.reason is BackupReason.CLOSE
    assert backups.preview_restore(database, kept).check.donors == 2


# Qt 6.12 deprecates the only way 6.11 has to make such an event.
@pytest.mark.filterwarnings("ignore:Function. 'QDragEnterEvent:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Function. 'QDropEvent:DeprecationWarning")
def test_spreadsheets_dropped_on_the_window_open_the_wizard(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path)) for path in seacoast.LISTS])
    keys = (Qt.DropAction.CopyAction, files, LEFT, Qt.KeyboardModifier.NoModifier)

    entered = QDragEnterEvent(QPoint(300, 300), *keys)
    QApplication.sendEvent(window, entered)
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), *keys))
    idle(qtbot, window)

    assert entered.isAccepted()
    assert dialog_of(window, ImportWizard).files.readable == list(seacoast.LISTS)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_no_word_of_the_frame_is_cut_on_the_old_laptop(
    qtbot: QtBot, qapp: QApplication, database: Database, tmp_path: Path, scale: float, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme, font_scale=scale)
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy")
        a_stored_lot(session, a_donor(session, "Ada Lind"))
    window = opened(qtbot, database, started(tmp_path))

    for page, code in SHOWN:
        window.show_on_page(page, code)
        idle(qtbot, window)
        qtbot.waitUntil(lambda: cut_labels(window) == [])  # lines made anew are laid out with the next event
        assert nameless_controls(window) == [], page
    assert (window.width(), window.height()) == (1093, 540)


def test_without_a_screen_it_says_so_and_opens_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    assert app.main([]) == 1
    assert capsys.readouterr().err.startswith("There is no screen here")


def test_every_other_system_has_a_screen() -> None:
    assert app.has_screen("darwin", {})
    assert app.has_screen("win32", {})
    assert app.has_screen("linux", {"WAYLAND_DISPLAY": "wayland-0"})
    assert not app.has_screen("linux", {"DISPLAY": ""})


def test_what_was_undone_stays_in_the_history(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    code = add_donor(database)
    window = opened(qtbot, database, started(tmp_path))

    action(window, "Undo: Added Ada Okafor").trigger()
    idle(qtbot, window)

    assert [entry.label for entry in history.history(database)] == [f"Undid: Added {code}", f"Added {code}"]
