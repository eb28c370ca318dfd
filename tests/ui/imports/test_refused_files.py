"""Where a file is chosen, the network that is open is refused in a sentence and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.services.settings.values import settings
from tests.locks import path_of
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from tests.ui.widgets.test_file_dialogs import (
    choose_a_map_file,
    choose_the_folder_for_backups,
    export_a_list,
    import_files,
)
from tests.ui.widgets.test_pdf_preview import a_pdf
from ui.imports.wizard import ImportWizard
from ui.pickups.print_dialog import Paper, PrintDialog
from ui.settings.dialog import SettingsDialog

# Qt's offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def network(database: Database) -> Path:
    """Give the file of an open network."""
    return path_of(database)


def test_the_network_is_no_spreadsheet_to_import(
    qtbot: QtBot, database: Database, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, network)
    window = opened(qtbot, database, started(tmp_path))
    before = network.stat().st_ino

    import_files(qtbot, window)
    idle(qtbot, window)

    wizard = dialog_of(window, ImportWizard)
    assert wizard.files.problem.text().startswith("network.db: This file belongs to the network that is open")
    assert wizard.files.readable == []
    assert network.stat().st_ino == before


def test_a_list_is_not_exported_over_the_network(
    qtbot: QtBot, database: Database, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "list.xlsx"
    link.hardlink_to(network)
    answer_with(monkeypatch, link)
    window = opened(qtbot, database, started(tmp_path))

    export_a_list(qtbot, window)
    idle(qtbot, window)

    assert "belongs to the network that is open" in window.notice.text
    assert link.samefile(network)


def test_a_sheet_is_not_saved_over_the_network(
    qtbot: QtBot, database: Database, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, network)
    window = opened(qtbot, database, started(tmp_path))
    before, noted = network.stat().st_ino, list[str]()

    def note() -> bytes:
        noted.append("printed")
        return b""

    dialog = PrintDialog(window._desk, Paper("P-0001-1", a_pdf(1), note), window)
    dialog.open()

    dialog.save_button.click()
    idle(qtbot, window)

    assert "belongs to the network that is open" in dialog.problem.text()
    assert noted == []
    assert network.stat().st_ino == before
    dialog.reject()


def test_the_network_is_no_map_file(
    qtbot: QtBot, database: Database, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, network)
    window = opened(qtbot, database, started(tmp_path))

    choose_a_map_file(qtbot, window)
    idle(qtbot, window)

    field = dialog_of(window, SettingsDialog).fields["tiles_file"]
    assert "belongs to the network that is open" in field.message.text()
    assert settings(database).tiles_file == ""


def test_the_networks_own_folder_is_a_place_for_backups(
    qtbot: QtBot, database: Database, network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, network.parent)
    window = opened(qtbot, database, started(tmp_path))

    choose_the_folder_for_backups(qtbot, window)
    idle(qtbot, window)

    assert settings(database).backup_folder == str(network.parent)
