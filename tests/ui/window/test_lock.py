"""Locking in the window, and opening a locked network: at the keys, and nothing typed is left behind."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile, copytree

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.adapters.computer.key_slots import SlotKind
from coordinator.bootstrap import Database, open_database
from coordinator.db.network_file import is_locked
from coordinator.services.records import backups, locking
from coordinator.services.records.rekeying import Progress
from tests.faults.locked_scenes import cheap_slots
from tests.integration.records.test_keyring_slot import MemoryKeyring
from tests.ui.network import dialog_of, idle, opened, started
from tests.ui.window.test_way_back import PATIENCE_MS, Starting
from ui.records.restore_dialog import RestoreDialog
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
    assert not dialog.now.isVisible(), "the sheet is offered without the passphrase once more"
    assert dialog.sheet_button.isEnabled()
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
    monkeypatch.setattr(file_dialogs, "choose_target", lambda *_, **__: Target(sheet, ""))
    qtbot.keyClicks(dialog.now, OTHER)
    dialog.sheet_button.click()
    come_to_rest(qtbot, dialog)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0

    qtbot.keyClicks(dialog.now, OTHER)
    dialog.revoke_button.click()
    come_to_rest(qtbot, dialog)
    assert locking.ways_to_open(path) == {SlotKind.PASSPHRASE}
    assert not dialog.revoke_button.isVisible()
    assert "no recovery sheet" in dialog.about.text()

    qtbot.keyClicks(dialog.now, OTHER)
    dialog.off_button.click()
    come_to_rest(qtbot, dialog)
    assert not is_locked(path)
    assert dialog.windowTitle() == "Lock the network"
    dialog.close()
    assert window.status.lock_button.text() == "Not locked"
    window.close()


def test_a_network_just_begun_gets_its_passphrase_and_its_sheet_at_once_then_goes_on(
    qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(qtbot, open_database(path, alone=True), started(tmp_path))
    went_on: list[bool] = []
    window.dialogs.offer_passphrase(lambda: went_on.append(True))
    dialog = dialog_of(window, LockDialog)
    assert dialog.close_button.text() == "Not now"
    for field in (dialog.first, dialog.again):
        qtbot.keyClicks(field, PASSPHRASE)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    come_to_rest(qtbot, dialog)
    assert dialog.sheet_button.hasFocus()
    assert went_on == []

    sheet = tmp_path / "sheet.pdf"
    monkeypatch.setattr(file_dialogs, "choose_target", lambda *_, **__: Target(sheet, ""))
    qtbot.keyClick(dialog.sheet_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: went_on == [True], timeout=PATIENCE_MS)
    assert sheet.exists()
    assert locking.has_recovery_sheet(path)
    assert str(sheet) in window.notice.text
    window.dialogs.offer_passphrase(lambda: went_on.append(True))
    assert went_on == [True, True], "it has one: it is not asked again"
    window.close()


@pytest.mark.parametrize("when", [0, 1])
def test_locking_can_be_stopped_until_the_network_itself_is_locked(
    qtbot: QtBot, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    database = open_database(path, alone=True)
    backups.back_up_now(database)
    monkeypatch.setattr("coordinator.db.copies._LOOK_EVERY", 100)
    window = opened(qtbot, database, started(tmp_path))
    dialog = lock_dialog(qtbot, window)
    dialog.first.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    real = locking.lock_open

    def lock_open(at: Database, new: str, *, folder: Path | None, progress: Progress) -> locking.Locked:
        def told(done: int, total: int) -> None:
            assert total == 2
            if done == when:
                assert dialog._job is not None
                dialog._job.cancel()
            progress(done, total)

        return real(at, new, folder=folder, progress=told)

    monkeypatch.setattr(locking, "lock_open", lock_open)
    dialog.lock_button.click()
    assert dialog.cancel_button.isVisible()
    come_to_rest(qtbot, dialog)
    assert dialog.said.text() == ("Stopped. Nothing was changed." if when == 0 else "Locked.")
    assert is_locked(path) is (database.key is not None) is (when == 1)
    assert all(is_locked(backup.path) is (when == 1) for backup in backups.backups_of(path))
    assert sorted(one.suffix for one in path.parent.iterdir() if "restoring" in one.name) == []
    dialog.close()
    window._desk.changed.emit()
    idle(qtbot, window)
    window.close()


def test_a_backup_with_another_passphrase_is_asked_for_it_and_comes_back_with_the_networks_own(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    with cheap_slots():
        locking.lock_network(path, OTHER)
        database = open_database(path, key=locking.key_for(path, OTHER))
        made = backups.back_up_now(database)
        database.dispose()
        copytree(made.path.parent, tmp_path / "stick")
        locking.take_lock_off(path, OTHER)
        locking.lock_network(path, PASSPHRASE)
        for one in (tmp_path / "stick").iterdir():
            copyfile(one, made.path.parent / one.name)
        key = locking.key_for(path, PASSPHRASE)
    window = opened(qtbot, open_database(path, key=key, alone=True), started(tmp_path))
    window.dialogs.open_restore()
    dialog = dialog_of(window, RestoreDialog)
    idle(qtbot, window)
    assert dialog.secret.isVisible()
    assert dialog.model.data(dialog.model.index(0, 4)) == "not opened"
    assert not dialog.restore_button.isEnabled()
    qtbot.keyClicks(dialog.secret.secret, "not this one")
    qtbot.keyClick(dialog.secret.secret, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert "does not open" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.secret.secret.clear()
    qtbot.keyClicks(dialog.secret.secret, OTHER)
    qtbot.keyClick(dialog.secret.secret, Qt.Key.Key_Return)
    idle(qtbot, window)
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=PATIENCE_MS)
    assert not dialog.secret.isVisible()
    assert dialog.secret.secret.text() == ""
    assert dialog.model.data(dialog.model.index(0, 4)) == "whole"
    dialog.restore_button.click()
    idle(qtbot, window)
    assert "again" in window.notice.text
    assert is_locked(path)
    assert locking.key_for(path, PASSPHRASE) == key
    window.close()


def test_the_keyring_opens_it_at_the_next_start_and_without_one_that_is_said(
    qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    with cheap_slots():
        key = locking.lock_network(path, PASSPHRASE).key
    window = opened(qtbot, open_database(path, key=key, alone=True), started(tmp_path))
    dialog = lock_dialog(qtbot, window)
    assert not dialog.keyring.isEnabled(), "first the passphrase"
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call] # its own
        qtbot.keyClicks(dialog.now, PASSPHRASE)
        dialog.keyring.click()
        come_to_rest(qtbot, dialog)
        assert "no keyring" in dialog.said.text()
        assert not dialog.keyring.isChecked()
        keyring.set_keyring(MemoryKeyring())
        dialog.keyring.click()
        come_to_rest(qtbot, dialog)
        assert dialog.keyring.isChecked()
        dialog.close()
        window.close()

        starting = Starting(qtbot, str(path))
        starting.wait_until_open()
        assert starting.start.dialog is None, "nothing was asked"
        starting.window.screen_lock.lock()
        assert starting.window.screen_lock.screen.isVisible(), "locked by hand it asks all the same"
        starting.window.close()
    finally:
        keyring.set_keyring(before)
