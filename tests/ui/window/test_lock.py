"""Locking in the window, and opening a locked network: at the keys, and nothing typed is left behind."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import open_database
from coordinator.db.network_file import is_locked
from coordinator.services.records import locking
from tests.ui.network import dialog_of, idle, opened, started
from tests.ui.window.test_way_back import PATIENCE_MS, Starting
from ui.widgets import file_dialogs
from ui.widgets.file_dialogs import Target
from ui.window.lock_dialog import LockDialog
from ui.window.network_window import NetworkWindow
from ui.window.unlock_dialog import UnlockDialog

PASSPHRASE = "four grey geese on the marsh"  # noqa: S105 - of a test
OTHER = "a slow tide under the old bridge"


@pytest.fixture(autouse=True)
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the log and the crash note to the tests of the whole program."""
    monkeypatch.setattr("coordinator.bootstrap.set_up_logging", lambda: ("", None))


@pytest.fixture
def path(migrated_file: Path, tmp_path: Path) -> Path:
    """Give an empty network."""
    path = tmp_path / "data" / "network.db"
    path.parent.mkdir()
    copyfile(migrated_file, path)
    return path


def lock_dialog(qtbot: QtBot, window: NetworkWindow) -> LockDialog:
    window.dialogs.open_lock()
    return dialog_of(window, LockDialog)


def come_to_rest(qtbot: QtBot, dialog: LockDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=PATIENCE_MS)


def test_it_is_locked_by_keys_goes_on_open_and_opens_with_the_passphrase_next_time(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    window = opened(qtbot, open_database(path, alone=True), started(tmp_path))
    assert window.status.lock_button.text() == "Not locked"
    dialog = lock_dialog(qtbot, window)
    for text, said in (("milk2026", "guess"), (PASSPHRASE, "hard to guess")):
        dialog.first.clear()
        qtbot.keyClicks(dialog.first, text)
        assert said in dialog.strength.text()
        assert not dialog.lock_button.isEnabled()
    qtbot.keyClicks(dialog.again, PASSPHRASE)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    come_to_rest(qtbot, dialog)
    assert "Locked." in dialog.said.text()
    assert dialog.first.text() == dialog.again.text() == ""
    assert is_locked(path)
    dialog.close()
    assert not window.status.lock_button.isVisible()
    window._desk.changed.emit()
    idle(qtbot, window)
    window.close()

    starting = Starting(qtbot, str(path))
    assert isinstance(starting.start.dialog, UnlockDialog)
    asked = starting.start.dialog.panel
    assert not starting.window.status.lock_button.isVisible(), "nobody knows yet, or it is not so"
    qtbot.keyClicks(asked.secret, "not this one")
    qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(asked.wrong.isVisible, timeout=PATIENCE_MS)
    assert "does not open" in asked.wrong.text()
    asked.secret.clear()
    qtbot.keyClicks(asked.secret, PASSPHRASE)
    qtbot.keyClick(asked.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(starting.window.isEnabled, timeout=PATIENCE_MS)
    idle(qtbot, starting.window)
    assert asked.secret.text() == ""
    starting.window.close()


def test_the_passphrase_is_changed_a_sheet_saved_and_the_lock_taken_off(
    qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locking.lock_network(path, PASSPHRASE)
    key = locking.key_for(path, PASSPHRASE)
    window = opened(qtbot, open_database(path, key=key, alone=True), started(tmp_path))
    dialog = lock_dialog(qtbot, window)
    assert not dialog.off_button.isEnabled()

    qtbot.keyClicks(dialog.now, "not this one")
    qtbot.mouseClick(dialog.off_button, Qt.MouseButton.LeftButton)
    come_to_rest(qtbot, dialog)
    assert "does not open" in dialog.said.text()
    assert dialog.now.text() == "not this one", "nothing typed is lost"

    for field, text in ((dialog.now, PASSPHRASE), (dialog.first, OTHER), (dialog.again, OTHER)):
        field.clear()
        qtbot.keyClicks(field, text)
    dialog.lock_button.click()
    come_to_rest(qtbot, dialog)
    assert locking.key_for(path, OTHER) == key

    sheet = tmp_path / "sheet.pdf"
    monkeypatch.setattr(file_dialogs, "choose_target", lambda *_: Target(sheet, ""))
    qtbot.keyClicks(dialog.now, OTHER)
    dialog.sheet_button.click()
    come_to_rest(qtbot, dialog)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0

    qtbot.keyClicks(dialog.now, OTHER)
    dialog.off_button.click()
    come_to_rest(qtbot, dialog)
    assert not is_locked(path)
    assert dialog.windowTitle() == "Lock the network"
    dialog.close()
    assert window.status.lock_button.text() == "Not locked"
    window.close()
