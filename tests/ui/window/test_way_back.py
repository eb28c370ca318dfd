"""A start that is not so simple: no network yet, a damaged one, a mistyped name; and the check."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from coordinator import bootstrap
from coordinator.bootstrap import Database, data_folder, make_network, open_database
from coordinator.db.engine import connect_sqlite
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.records.history import Action
from coordinator.errors import BusyError
from coordinator.services.records import backups
from coordinator.services.settings.values import change_setting
from tests.builders import NOW
from tests.ui.network import dialog_of, idle, opened, started
from tests.ui.window.test_network_window import add_donor
from ui.imports.wizard import ImportWizard
from ui.records.check_dialog import CheckDialog
from ui.records.restore_dialog import RestoreDialog
from ui.window.first_start import FirstStart
from ui.window.lock_dialog import LockDialog
from ui.window.network_window import NetworkWindow
from ui.window.open_window import Start, opening_window
from ui.window.way_back import WayBackDialog

HOUSE = Path(__file__).parents[3]
PATIENCE_MS = 20_000


class Starting:
    """A window that was just started, and what it asks."""

    def __init__(self, qtbot: QtBot, url: str | None) -> None:
        self._qtbot = qtbot
        self.window: NetworkWindow = opening_window(url)
        qtbot.addWidget(self.window)
        found = self.window.findChild(Start)
        assert found is not None
        self.start: Start = found
        self.window.show()
        self.come_to_rest()

    def come_to_rest(self) -> None:
        desk = self.window._desk
        self._qtbot.waitUntil(
            lambda: (self.start.dialog is not None or desk.is_open) and not desk.runner.is_busy,
            timeout=PATIENCE_MS,
        )

    def is_open(self) -> bool:
        return self.window.isEnabled() and "donor" in self.window.status.summary.text()

    def wait_until_open(self) -> None:
        self._qtbot.waitUntil(self.is_open, timeout=PATIENCE_MS)
        idle(self._qtbot, self.window)


@pytest.fixture(autouse=True)
def no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the log and the crash note to the tests of the whole program."""
    monkeypatch.setattr("coordinator.bootstrap.set_up_logging", lambda: ("", None))


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep the codes with which the program would end."""
    codes: list[int] = []
    monkeypatch.setattr(QApplication, "exit", codes.append)
    return codes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a damaged network with a backup from when it was whole."""
    path = tmp_path / "data" / "network.db"
    make_network(path)
    database = open_database(path)
    add_donor(database)
    backups.back_up_now(database)
    database.dispose()
    damage(path)
    return path


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * (4 * 4096)
    path.write_bytes(content)


def test_a_damaged_network_opens_at_its_backup_by_one_key(qtbot: QtBot, path: Path) -> None:
    starting = Starting(qtbot, str(path))
    dialog = starting.start.dialog
    assert isinstance(dialog, WayBackDialog)
    assert "damaged" in dialog.said.text()
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=PATIENCE_MS)
    assert "1 donor" in dialog.about.text()
    assert "it is whole" in dialog.about.text()
    assert dialog.focusWidget() is dialog.restore_button

    qtbot.keyClick(dialog.restore_button, Qt.Key.Key_Space)

    starting.wait_until_open()
    assert starting.window.status.summary.text().startswith("1 donor")
    assert "is kept as damaged-" in starting.window.notice.text
    assert list(path.parent.glob("damaged-*-network.db"))
    starting.window.close()


def test_leaving_the_way_back_ends_the_program_and_changes_nothing(
    qtbot: QtBot, path: Path, exits: list[int]
) -> None:
    before = path.read_bytes()
    starting = Starting(qtbot, str(path))
    dialog = starting.start.dialog
    assert isinstance(dialog, WayBackDialog)

    dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()

    assert exits == [1]
    assert path.read_bytes() == before
    starting.window.close()


def test_a_file_that_was_mended_meanwhile_is_tried_again(qtbot: QtBot, path: Path) -> None:
    good = next((path.parent / "backups").glob("*.db")).read_bytes()
    starting = Starting(qtbot, str(path))
    dialog = starting.start.dialog
    assert isinstance(dialog, WayBackDialog)
    path.write_bytes(good)

    dialog.again_button.click()

    starting.wait_until_open()
    starting.window.close()


def test_a_network_that_is_gone_offers_its_backups_and_an_empty_one(qtbot: QtBot, path: Path) -> None:
    path.unlink()
    starting = Starting(qtbot, str(path))
    dialog = starting.start.dialog
    assert isinstance(dialog, WayBackDialog)
    assert dialog.empty_button.isVisibleTo(dialog)
    assert not path.exists()

    dialog.empty_button.click()

    starting.wait_until_open()
    dialog_of(starting.window, LockDialog).reject()
    assert starting.window.status.summary.text().startswith("0 donors")
    starting.window.close()


def test_a_mistyped_name_is_told_ends_with_1_and_makes_nothing(
    qtbot: QtBot, tmp_path: Path, exits: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    starting = Starting(qtbot, str(tmp_path / "netwrok.db"))
    box = starting.start.dialog
    assert isinstance(box, QMessageBox)
    assert box.text().startswith("There is no network at")
    assert box.textFormat() is Qt.TextFormat.PlainText

    box.button(QMessageBox.StandardButton.Ok).click()

    assert exits == [1]
    assert "There is no network at" in capsys.readouterr().err
    assert not (tmp_path / "netwrok.db").exists()
    starting.window.close()


@pytest.mark.parametrize("way", ["empty", "sample", "import"])
def test_the_first_start_makes_a_network_only_once_she_has_chosen(qtbot: QtBot, way: str) -> None:
    starting = Starting(qtbot, None)
    dialog = starting.start.dialog
    assert isinstance(dialog, FirstStart)
    assert not (data_folder() / "network.db").exists()

    getattr(dialog, f"{way}_button").click()

    starting.wait_until_open()
    assert (data_folder() / "network.db").exists()
    donors = {"empty": "0 donors", "sample": "40 donors", "import": "0 donors"}[way]
    qtbot.waitUntil(lambda: starting.window.status.summary.text().startswith(donors), timeout=PATIENCE_MS)
    offered = starting.window.dialogs.current
    assert isinstance(offered, LockDialog) is (way != "sample"), "the sample region needs no passphrase"
    if offered is not None:
        assert offered.isVisible()
        offered.reject()
        assert starting.window.status.lock_button.text() == "Not locked"
    assert isinstance(starting.window.dialogs.current, ImportWizard) is (way == "import")
    starting.window.close()


def test_faults_that_do_not_bar_the_way_are_told_at_the_start(qtbot: QtBot, path: Path) -> None:
    backup = next((path.parent / "backups").glob("*.db"))
    path.write_bytes(backup.read_bytes())
    with closing(connect_sqlite(path)) as connection:
        connection.execute("drop trigger audit_update_refused")
        connection.execute("update audit set label = 'Forged'")
    starting = Starting(qtbot, str(path))
    starting.wait_until_open()

    assert "not as it was saved" in starting.window.notice.text
    starting.window.notice._button.click()

    check = dialog_of(starting.window, CheckDialog)
    idle(qtbot, starting.window)
    assert "The history does not follow from itself at action 1." in check.faults.toPlainText()
    check.restore_button.click()
    assert isinstance(starting.window.dialogs.current, RestoreDialog)
    starting.window.close()


def test_a_whole_network_is_said_to_be_whole(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    add_donor(database)
    window = opened(qtbot, database, started(tmp_path))

    window.dialogs.open_check()
    idle(qtbot, window)

    check = dialog_of(window, CheckDialog)
    assert check.said.text().startswith("Nothing is wrong")
    assert check.about.text().startswith("1 donor")
    assert not check.faults.isVisible()
    window.close()


def write(database: Database) -> None:
    with database.writing(Action("test.wrote", "Wrote something")) as session:
        session.add(HouseholdRow(name="Ada", name_on_paper="Ada"))


def test_a_backup_is_made_every_half_hour_in_which_something_changed(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    moment = [NOW]
    database.clock = lambda: moment[0]
    window = opened(qtbot, database, started(tmp_path))

    def reasons() -> list[BackupReason]:
        return [one.reason for one in backups.backups(database)]

    moment[0] += timedelta(hours=1)
    window.keeping.back_up_if_due()
    idle(qtbot, window)
    assert reasons() == []

    write(database)
    window.look_again()
    qtbot.waitUntil(lambda: reasons() == [BackupReason.HALF_HOUR], timeout=PATIENCE_MS)
    idle(qtbot, window)

    moment[0] += timedelta(minutes=20)
    write(database)
    window.look_again()
    idle(qtbot, window)
    window.keeping.back_up_if_due()
    idle(qtbot, window)
    assert len(reasons()) == 1

    moment[0] += timedelta(minutes=10)
    window.keeping.back_up_if_due()
    qtbot.waitUntil(lambda: len(reasons()) == 2, timeout=PATIENCE_MS)
    window.close()


def test_the_backup_folders_trouble_is_its_own_at_once_and_on_the_status_line(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    change_setting(database, "backup_folder", str(stick))
    stick.rmdir()
    stick.write_bytes(b"not a folder any more")

    window = opened(qtbot, database, started(tmp_path))

    assert "the backup folder" in window.notice.text
    assert "The network itself is fine" in window.notice.text
    assert window.status.backup_button.text() == "No backup"
    assert not window.status.backup.isVisible()

    stick.unlink()
    stick.mkdir()
    window.keeping.back_up_by_hand()
    idle(qtbot, window)
    assert not window.status.backup_button.isVisible()
    assert "Backed up and checked" in window.notice.text
    window.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end a program by")
def test_a_signal_ends_a_window_that_is_asking_something(path: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-m", "ui", "--database", path],
        cwd=HOUSE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
    )
    log = Path(os.environ["XDG_STATE_HOME"]) / "milkrun" / "log" / "milkrun.log"
    while not (log.exists() and "not opened" in log.read_text("utf-8")):
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(0.1)

    window.send_signal(signal.SIGTERM)
    _, complaints = window.communicate(timeout=30)

    assert window.returncode in {0, 1}
    assert b"Traceback" not in complaints


@pytest.mark.parametrize("address", ["mysql://h/x", "postgresql://u@h:bad/x"])
def test_an_address_that_is_none_is_told_and_ends_with_1(
    qtbot: QtBot, exits: list[int], capsys: pytest.CaptureFixture[str], address: str
) -> None:
    starting = Starting(qtbot, address)
    box = starting.start.dialog
    assert isinstance(box, QMessageBox)
    assert "this address is neither" in box.text()

    box.button(QMessageBox.StandardButton.Ok).click()

    assert exits == [1]
    assert "this address is neither" in capsys.readouterr().err
    starting.window.close()


def test_a_busy_network_is_tried_again_by_the_first_key_and_not_taken_back(
    qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(next((path.parent / "backups").glob("*.db")).read_bytes())
    honest = bootstrap.open_database

    def busy_once(*words: object, **more: object) -> object:
        monkeypatch.setattr(bootstrap, "open_database", honest)
        raise BusyError

    monkeypatch.setattr(bootstrap, "open_database", busy_once)
    starting = Starting(qtbot, str(path))
    dialog = starting.start.dialog
    assert isinstance(dialog, WayBackDialog)
    assert dialog.said.text() == "Another program is busy with this network. Close it, then try again."
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=PATIENCE_MS)
    assert not dialog.restore_button.hasFocus()
    assert not dialog.restore_button.isDefault()

    dialog.again_button.click()

    starting.wait_until_open()
    starting.window.close()


def test_a_restore_cannot_be_left_half_way_and_can_be_tried_again(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    add_donor(database)
    backups.back_up_now(database)
    add_donor(database, "Bo Okafor", "(603) 555-0134")
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_restore()
    idle(qtbot, window)
    dialog = dialog_of(window, RestoreDialog)
    elsewhere = open_database(database.path)
    database.busy_ms = 100

    with elsewhere.reading() as session:
        session.connection()
        session.execute(text("SELECT count(*) FROM donor"))
        dialog.restore_button.click()
        dialog.reject()
        assert dialog.isVisible()
        idle(qtbot, window)
    elsewhere.dispose()
    assert "busy" in dialog.problem.text()
    assert dialog.restore_button.isEnabled()

    dialog.restore_button.click()
    dialog.reject()
    idle(qtbot, window)

    assert "This is the network of" in window.notice.text
    qtbot.waitUntil(lambda: window.status.summary.text().startswith("1 donor"), timeout=PATIENCE_MS)
    window.close()
