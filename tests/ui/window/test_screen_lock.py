"""Locking the window while the program runs: nothing is shown, the key is gone, what was typed is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile, copytree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from coordinator.adapters.computer.key_slots import SlotKind
from coordinator.bootstrap import Database, open_database
from coordinator.domain.families.households import Role
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.keys import held
from coordinator.errors import LockError, RestartError
from coordinator.services.families.households import change_profile, family_index
from coordinator.services.imports import typed_in
from coordinator.services.records import backups, locking, shutting
from coordinator.services.settings.values import change_setting, settings
from tests.builders import TODAY
from tests.made_once import MadeOnce
from tests.networks import changed_copy
from tests.ui.network import dialog_of, idle, opened, started
from ui.families.add_dialog import AddDialog
from ui.idle_minutes import CHOICES, USUAL, keep_minutes, kept_minutes
from ui.settings.dialog import SettingsDialog
from ui.tasks import Runner
from ui.widgets import file_dialogs
from ui.window.lock_dialog import LockDialog
from ui.window.network_window import NetworkWindow
from ui.window.screen_lock import ScreenLock

PASSPHRASE = "four grey geese on the marsh"  # noqa: S105 - of a test
PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def locked_folder(migrated_file: Path, made_once: MadeOnce) -> Path:
    """Give a folder with a locked network of one donor."""

    def make(folder: Path) -> None:
        folder.mkdir()
        add = {"name": "Ada Lind", "town": "Dover"}
        changed_copy(
            migrated_file,
            folder / "network.db",
            lambda database: typed_in.add_family(database, Role.DONOR, add, TODAY),
        )
        locking.lock_network(folder / "network.db", PASSPHRASE)

    return made_once.path("locked", make)


@pytest.fixture
def path(locked_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the locked network."""
    return copytree(locked_folder, tmp_path / "data") / "network.db"


@pytest.fixture
def window(qtbot: QtBot, path: Path, tmp_path: Path) -> Iterator[NetworkWindow]:
    """Give a window on it."""
    window = opened(
        qtbot,
        open_database(path, key=locking.key_for(path, PASSPHRASE), alone=True),
        started(tmp_path),
    )
    yield window
    window.close()


def lock_by_key(qtbot: QtBot, window: NetworkWindow, front: QWidget | None = None) -> ScreenLock:
    """Press Ctrl+L in the window *front* and wait until the key is gone."""
    handle = (front or window).windowHandle()
    qtbot.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    return locked(qtbot, window)


def locked(qtbot: QtBot, window: NetworkWindow) -> ScreenLock:
    lock = window.screen_lock
    assert lock.is_on
    qtbot.waitUntil(lambda: window._desk.database.is_shut, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not lock._own.is_busy, timeout=PATIENCE_MS)
    return lock


def open_again(qtbot: QtBot, window: NetworkWindow, secret: str = PASSPHRASE) -> None:
    field = window.screen_lock.screen.panel.secret
    qtbot.keyClicks(field, secret)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.screen_lock.is_on, timeout=PATIENCE_MS)
    idle(qtbot, window)


def _name(database: Database) -> str:
    return next(entry.hit.name for entry in family_index(database) if entry.hit.code == "D-0001")


def shown_words(window: NetworkWindow) -> set[str]:
    """Return every text that is on screen, in whatever window, and their titles."""
    shown = [one for one in QApplication.allWidgets() if one.isVisible()]
    words = {one.windowTitle() for one in shown if one.isWindow()}
    words |= {one.text() for one in shown if isinstance(one, QLabel | QLineEdit)}
    words |= {one.placeholderText() for one in shown if isinstance(one, QLineEdit)}
    return words - {""}


def test_ctrl_l_hides_a_form_half_typed_and_everything_else_and_it_is_there_again(
    qtbot: QtBot, window: NetworkWindow, path: Path
) -> None:
    database = window._desk.database
    key, engine = database.key, database.engine
    assert key is not None
    assert any(key)
    change_setting(database, "network_name", "Ahlberg-Quist families")
    window._desk.changed.emit()
    idle(qtbot, window)
    window.dialogs.open_add(Role.DONOR)
    dialog = dialog_of(window, AddDialog)
    name = dialog.form.field("name").line
    qtbot.keyClicks(name, "Zoe Ue")
    name.setCursorPosition(2)
    undo = window.undo.text()
    assert any("Ahlberg" in word for word in shown_words(window))

    lock = lock_by_key(qtbot, window, dialog)

    panel = lock.screen.panel
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]
    assert window.windowTitle() == "Milk Run"
    told = {"Milk Run", "Locked", panel.said.text(), panel.lost.text(), lock.screen.state.text()}
    assert shown_words(window) == told
    assert not window.menuBar().isVisible()
    assert "Ahlberg" not in window.undo.text()
    assert database.key is None
    assert not any(key), "also in what the engines hold"
    assert engine.pool.status().startswith("Pool size: 5  Connections in pool: 0")
    with pytest.raises(LockError):
        settings(database)
    assert "kept" in lock.screen.state.text()

    open_again(qtbot, window)

    assert dialog.isVisible()
    assert dialog.isModal()
    assert window.dialogs.current is dialog
    assert (name.text(), name.cursorPosition()) == ("Zoe Ue", 2)
    assert window.windowTitle() == "Milk Run — Ahlberg-Quist families"
    assert window.undo.text() == undo
    qtbot.waitUntil(name.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClicks(name, "x")
    assert name.text() == "Zoxe Ue", "the keyboard is where it was"
    assert not lock.screen.isVisible()


def test_half_a_word_in_a_field_that_saves_when_left_is_not_saved_by_the_lock(
    qtbot: QtBot, window: NetworkWindow, path: Path
) -> None:
    window.dialogs.open_settings()
    dialog = dialog_of(window, SettingsDialog)
    idle(qtbot, window)
    field = dialog.fields["network_name"]
    field.editor.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    qtbot.keyClicks(field.editor, "Seaco")
    lock_by_key(qtbot, window, dialog)

    others = open_database(path, key=locking.key_for(path, PASSPHRASE))
    assert settings(others).network_name == ""
    change_profile(others, "D-0001", "name", "Renee Ahlberg")
    others.dispose()

    open_again(qtbot, window)
    assert field.typed() == "Seaco"
    assert "Renee Ahlberg" in {entry.hit.name for entry in window._families}, "what others wrote was read"
    qtbot.waitUntil(field.editor.hasFocus, timeout=PATIENCE_MS)
    qtbot.keyClicks(field.editor, "ast")
    qtbot.keyClick(field.editor, Qt.Key.Key_Tab)
    idle(qtbot, window)
    assert settings(window._desk.database).network_name == "Seacoast"


def test_what_was_begun_is_saved_before_the_key_goes_and_told_after(
    qtbot: QtBot, window: NetworkWindow, path: Path
) -> None:
    database, may_go = window._desk.database, threading.Event()
    told: list[str] = []

    def work() -> str:
        assert may_go.wait(20)
        change_profile(database, "D-0001", "name", "Renee Ahlberg")
        return "saved"

    window._desk.write(work, told.append)
    window.screen_lock.lock()
    later: list[str] = []
    window._desk.read(lambda: _name(database), later.append)
    assert not database.is_shut
    assert "Finishing" in window.screen_lock.screen.state.text()
    may_go.set()
    locked(qtbot, window)
    assert told == later == [], "nobody hears of it while it is locked"
    kept = backups.backups_of(path)
    assert [backup.reason for backup in kept] == [BackupReason.LOCK], "should it end from here"

    open_again(qtbot, window)
    qtbot.waitUntil(lambda: bool(later))
    assert (told, later) == (["saved"], ["Renee Ahlberg"])


def test_the_passphrase_opens_it_also_while_something_is_still_at_work(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    database, may_go = window._desk.database, threading.Event()
    window._desk.read(lambda: may_go.wait(20), lambda _: None)
    window.screen_lock.lock()
    qtbot.keyClicks(window.screen_lock.screen.panel.secret, PASSPHRASE)
    qtbot.keyClick(window.screen_lock.screen.panel.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.screen_lock.is_on, timeout=PATIENCE_MS)
    may_go.set()
    idle(qtbot, window)
    assert not database.is_shut
    assert settings(database).paper


def test_a_wrong_passphrase_is_said_recovery_words_open_it_and_it_can_be_left_from_there(
    qtbot: QtBot, window: NetworkWindow, path: Path
) -> None:
    words = locking.new_recovery_words(path, PASSPHRASE)
    assert SlotKind.RECOVERY in locking.ways_to_open(path)
    panel = lock_by_key(qtbot, window).screen.panel
    assert panel.secret.hasFocus()
    assert not panel.open_button.isEnabled()
    qtbot.keyClicks(panel.secret, "not this one")
    qtbot.keyClick(panel.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.wrong.isVisible, timeout=PATIENCE_MS)
    assert "does not open" in panel.wrong.text()
    assert window._desk.database.is_shut
    panel.secret.clear()
    open_again(qtbot, window, words)
    assert panel.secret.text() == ""
    assert not panel.wrong.isVisible()

    lock_by_key(qtbot, window)
    qtbot.keyClick(panel.secret, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_menus_and_the_programs_own_clipboard_are_cleared_and_nothing_is_done_while_locked(
    qtbot: QtBot, window: NetworkWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = QMenu(window)
    menu.addAction("Renee Ahlberg")
    menu.popup(window.rect().center())
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("603-555-0142")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: False)  # without a screen nobody knows
    lock_by_key(qtbot, window)
    assert not menu.isVisible()
    assert clipboard.text() == "603-555-0142", "another program may have put it there"
    open_again(qtbot, window)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    lock_by_key(qtbot, window)
    assert clipboard.text() == ""

    counter = window._desk.runner._numbers.__reduce__()
    window.look_again()
    window.keeping.back_up_if_due()
    assert window._desk.runner._numbers.__reduce__() == counter, "no work is ordered"
    open_again(qtbot, window)


def test_nobody_there_for_the_chosen_minutes_locks_it_and_any_key_or_move_counts(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    now = [1000.0]
    idleness = window.screen_lock.idleness
    idleness._clock = lambda: now[0]
    idleness.begin()
    now[0] += USUAL * 60 - 1
    idleness.look()
    assert not window.screen_lock.is_on
    qtbot.mouseMove(window.windowHandle(), window.rect().center())
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    now[0] += USUAL * 60 - 1
    idleness.look()
    assert not window.screen_lock.is_on
    now[0] += 1
    idleness.look()
    locked(qtbot, window)
    open_again(qtbot, window)

    keep_minutes(window._desk.settings, 0)
    now[0] += 1_000_000
    idleness.look()
    assert not window.screen_lock.is_on
    idleness._system.told(is_so=False)
    assert not window.screen_lock.is_on
    idleness._system.told(is_so=True)
    locked(qtbot, window)
    open_again(qtbot, window)


def test_after_a_sleep_the_first_key_finds_it_locked_and_does_nothing_else(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    now = [1000.0]
    idleness = window.screen_lock.idleness
    idleness._clock = lambda: now[0]
    idleness.begin()
    now[0] += 8 * 3600
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    locked(qtbot, window)
    open_again(qtbot, window)


@pytest.mark.parametrize("kept", ["", "7", "-5", "many"])
def test_idle_minutes_that_were_never_offered_are_the_usual_ones(window: NetworkWindow, kept: str) -> None:
    assert window._desk.settings is not None
    window._desk.settings.setValue("lock/idle_minutes", kept)
    assert kept_minutes(window._desk.settings) == USUAL
    assert USUAL in CHOICES


def test_without_a_passphrase_ctrl_l_offers_to_set_one_and_nothing_locks_by_itself(
    qtbot: QtBot, migrated_file: Path, tmp_path: Path
) -> None:
    path = Path(copyfile(migrated_file, tmp_path / "network.db"))
    window = opened(qtbot, open_database(path, alone=True), started(tmp_path))
    window.screen_lock.idleness.idle.emit()
    assert not window.screen_lock.is_on
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    dialog_of(window, LockDialog).close()
    window.dialogs.open_add(Role.DONOR)
    dialog = dialog_of(window, AddDialog)
    qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert dialog_of(window, AddDialog) is dialog
    assert "no passphrase yet" in window.notice.text
    window.close()


def test_the_locks_own_dialog_is_left_so_that_no_passphrase_stays_half_typed(
    qtbot: QtBot, window: NetworkWindow
) -> None:
    window.dialogs.open_lock()
    dialog = dialog_of(window, LockDialog)
    qtbot.keyClicks(dialog.now, "four grey")
    lock_by_key(qtbot, window, dialog)
    assert window.dialogs.current is None
    open_again(qtbot, window)


def test_a_saved_file_is_said_once_not_to_be_locked(
    qtbot: QtBot, window: NetworkWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "_chosen", lambda _: [tmp_path / "card.pdf"])
    told = []
    for names_nobody in (True, False, False):
        file_dialogs.choose_target(
            window, "Save", tmp_path / "card.pdf", "PDF (*.pdf)", names_nobody=names_nobody
        )
        window._desk.said.emit("Saved the card.")
        told.append(window.notice.text.removeprefix("Saved the card."))
    assert told == ["", " Saved files are not locked: whoever has this one can read it.", ""]
    assert window._desk.settings is not None
    window._desk.settings.sync()
    assert "card" not in (tmp_path / "window.ini").read_text()


def test_another_file_in_its_place_is_not_taken_for_the_network(path: Path, migrated_file: Path) -> None:
    database = open_database(path, key=locking.key_for(path, PASSPHRASE))
    shutting.shut(database)
    shutting.open_again(database, PASSPHRASE)
    shutting.shut(database)
    copyfile(migrated_file, path)
    with pytest.raises(RestartError):
        shutting.open_again(database, PASSPHRASE)
    assert database.is_shut
    database.dispose()


def test_a_key_given_to_a_database_stays_its_givers(path: Path) -> None:
    key = locking.key_for(path, PASSPHRASE)
    kept = held(key)
    database = open_database(path, key=key)
    database.forget_key()
    assert key == kept
    database.use_key(key)
    assert _name(database)
    database.dispose()


def test_a_held_runner_finishes_what_it_has_and_begins_nothing(qtbot: QtBot) -> None:
    runner = Runner()
    said: list[str] = []
    rests: list[bool] = []
    runner.run(lambda: "first", said.append, lambda _: None)
    runner.hold(lambda: rests.append(True))
    runner.run(lambda: "later", said.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(rests))
    assert said == []
    runner.go_on()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["first", "later"]
    runner.hold(lambda: rests.append(True))
    assert len(rests) == 2, "with nothing to do it is at rest at once"
    runner.close()


def test_a_held_runner_stops_what_can_begin_again(qtbot: QtBot) -> None:
    runner = Runner()
    ends: list[str] = []
    begun = threading.Event()

    def work(report: object) -> None:
        begun.set()
        while callable(report):
            report(0, 1)

    runner.run_long(work, lambda _: None, lambda _: None, what="", cancelled=lambda: ends.append("cancelled"))
    assert begun.wait(20)
    runner.hold(lambda: ends.append("rest"), cancel=True)
    qtbot.waitUntil(lambda: bool(ends))
    runner.go_on()
    assert ends == ["rest", "cancelled"]
    runner.close()
