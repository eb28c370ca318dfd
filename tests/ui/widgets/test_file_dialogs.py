"""No dialog of the program opens a file of the folder it shows: the network's locks outlive them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFileSystemModel,
    QLineEdit,
    QListView,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from tests.locks import locks_on, only_where_locks_are_told, path_of, write_in_another_process
from tests.ui.file_answers import answer_with, when_asked
from tests.ui.network import dialog_of, idle, opened, started
from tests.ui.widgets.test_pdf_preview import a_pdf
from ui.imports.wizard import ImportWizard
from ui.pickups.print_dialog import Paper, PrintDialog
from ui.settings.dialog import SettingsDialog
from ui.widgets import file_dialogs
from ui.widgets.paper.pdf_print import NoPrinterError, print_pdf
from ui.window.network_window import NetworkWindow

# Qt's offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SHOWN = ("list.xlsx", "map.mbtiles", "P-0001-1.pdf", "stick")
"""What stands beside the network, so that every dialog has something to list."""


@pytest.fixture
def network(database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file of an open network in the folder where every dialog begins."""
    file = path_of(database)
    for name in SHOWN[:-1]:
        file.with_name(name).write_bytes(b"whatever")
    file.with_name(SHOWN[-1]).mkdir()
    monkeypatch.setenv("HOME", str(file.parent))
    monkeypatch.setenv("USERPROFILE", str(file.parent))
    return file


def listed(asked: QDialog) -> list[str]:
    """Return what the dialog's own list of files holds by now."""
    (model,) = asked.findChildren(QFileSystemModel)
    root = model.index(model.rootPath())
    return [str(model.index(row, 0, root).data()) for row in range(model.rowCount(root))]


def look_around(qtbot: QtBot, network: Path, asked: QFileDialog) -> None:
    """Go to the network's folder, wait for its list, and type the beginning of the network's name."""
    asked.setDirectory(str(network.parent))
    qtbot.waitUntil(lambda: bool(set(SHOWN) & set(listed(asked))))
    line = asked.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.clear()
    qtbot.keyClicks(line, "net")
    if not asked.testOption(QFileDialog.Option.ShowDirsOnly):
        asked.setNameFilter("All files (*)")
        qtbot.waitUntil(lambda: "network.db" in listed(asked))


def import_files(qtbot: QtBot, window: NetworkWindow) -> None:
    window.dialogs.open_import()
    idle(qtbot, window)
    dialog_of(window, ImportWizard).files.choose_button.click()


def export_a_list(qtbot: QtBot, window: NetworkWindow) -> None:
    window.dialogs.export(["Name"], [["Ada"]])


def choose_the_folder_for_backups(qtbot: QtBot, window: NetworkWindow) -> None:
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog_of(window, SettingsDialog).folder_button.click()


def choose_a_map_file(qtbot: QtBot, window: NetworkWindow) -> None:
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog_of(window, SettingsDialog).tiles.file_button.click()


def a_paper(window: NetworkWindow) -> PrintDialog:
    dialog = PrintDialog(window._desk, Paper("P-0001-1", a_pdf(1)), window)
    dialog.open()
    return dialog


def save_a_sheet(qtbot: QtBot, window: NetworkWindow) -> None:
    a_paper(window).save_button.click()


PLACES = [import_files, export_a_list, choose_the_folder_for_backups, choose_a_map_file, save_a_sheet]


@only_where_locks_are_told
def test_qts_own_dialog_costs_the_locks_and_another_program_then_deletes_the_log(
    qtbot: QtBot, network: Path
) -> None:
    assert locks_on(network) > 0
    plain = QFileDialog(None, "Plain", str(network.parent))
    qtbot.addWidget(plain)

    plain.show()
    qtbot.waitUntil(lambda: "network.db" in listed(plain))

    assert locks_on(network) == 0
    write_in_another_process(network)
    assert not network.with_name("network.db-wal").exists()


@only_where_locks_are_told
def test_qts_own_print_dialog_costs_the_locks_too(qtbot: QtBot, network: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    plain = QPrintDialog(printer)
    qtbot.addWidget(plain)

    plain.show()
    qtbot.waitUntil(lambda: "network.db" in listed(plain))

    assert locks_on(network) == 0


@only_where_locks_are_told
@pytest.mark.parametrize("ask", PLACES)
def test_looking_around_in_the_networks_folder_leaves_its_locks(
    qtbot: QtBot,
    database: Database,
    network: Path,
    tmp_path: Path,
    ask: Callable[[QtBot, NetworkWindow], None],
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    before = locks_on(network)

    for _ in range(2):  # the second dialog begins where the first one was left
        with when_asked(partial(look_around, qtbot, network)):
            ask(qtbot, window)
        idle(qtbot, window)
        if window.dialogs.current is not None:
            window.dialogs.current.reject()

    assert locks_on(network) == before > 0
    write_in_another_process(network)
    assert network.with_name("network.db-wal").exists()


@only_where_locks_are_told
def test_choosing_a_printer_leaves_the_locks_and_offers_no_file(qtbot: QtBot, network: Path) -> None:
    before = locks_on(network)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = file_dialogs.print_dialog(printer, 3, None)
    qtbot.addWidget(dialog)

    dialog.show()
    qtbot.waitUntil(lambda: "network.db" in listed(dialog))
    field = dialog.findChild(QLineEdit, "filename")
    assert field is not None
    assert not field.isVisible()
    field.setText("")
    field.insert(f"{network.parent}/net")
    field.completer().setCompletionPrefix(field.text())
    assert field.completer().completionCount() > 0
    qtbot.waitUntil(lambda: "network.db" in listed(dialog))

    assert locks_on(network) == before > 0
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)


def test_without_a_printer_the_paper_can_be_saved_and_that_is_said(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.widgets.paper.pdf_print.QPrinterInfo.availablePrinterNames", list)
    window = opened(qtbot, database, started(tmp_path))
    dialog = a_paper(window)

    dialog.print_button.click()

    assert dialog.problem.text().startswith("No printer is set up on this computer.")
    assert "save this as PDF" in dialog.problem.text()
    assert dialog.focusWidget() is dialog.save_button
    assert dialog.isVisible()
    with pytest.raises(NoPrinterError):
        print_pdf(dialog, a_pdf(1))
    dialog.reject()


def test_files_and_folders_look_like_what_they_are_called(
    qtbot: QtBot, network: Path, qapp: QCoreApplication
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown = list[tuple[str, str, bool]]()

    def read(asked: QFileDialog) -> None:
        qtbot.waitUntil(lambda: set(SHOWN) <= set(listed(asked)))
        (model,) = asked.findChildren(QFileSystemModel)
        for name in ("stick", "list.xlsx", "network.db"):
            index = model.index(str(network.with_name(name)))
            shown.append((name, model.type(index), model.fileIcon(index).isNull()))

    with when_asked(read):
        file_dialogs.choose_file(window, "Open", network.parent, "All files (*)")

    assert shown == [
        ("stick", "Folder", False),
        ("list.xlsx", "XLSX file", False),
        ("network.db", "DB file", False),
    ]


def test_nothing_is_deleted_or_renamed_from_a_dialog(qtbot: QtBot, network: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    offered = list[bool]()

    def look(asked: QFileDialog) -> None:
        qtbot.waitUntil(lambda: "network.db" in listed(asked))
        for name in ("qt_delete_action", "qt_rename_action"):
            action = asked.findChild(QAction, name)
            assert action is not None
            offered.append(action.isVisible())
        offered.extend(key.isEnabled() for key in asked.findChildren(QShortcut))
        for view in (asked.findChild(QListView, "listView"), asked.findChild(QTreeView, "treeView")):
            assert view is not None
            offered.append(view.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers)

    with when_asked(look):
        file_dialogs.choose_file(window, "Open", network.parent, "All files (*)")

    assert len(offered) > 4
    assert not any(offered)


@pytest.mark.parametrize(
    ("kind", "written"),
    [("Workbook (*.xlsx)", "donors.xlsx"), ("Table as text (*.csv)", "donors.csv")],
)
def test_a_name_without_an_ending_gets_that_of_the_chosen_kind_before_replacing_is_asked(
    qtbot: QtBot, network: Path, kind: str, written: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    named = list[str]()

    def name_it(asked: QFileDialog) -> None:
        assert not asked.testOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.selectNameFilter(kind)
        asked.filterSelected.emit(kind)
        line = asked.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText("donors")
        named.extend(Path(name).name for name in asked.selectedFiles())

    with when_asked(name_it):
        proposed = network.with_name("list.xlsx")
        file_dialogs.choose_target(window, "Export", proposed, "Workbook (*.xlsx);;Table as text (*.csv)")

    assert named == [written]


@pytest.mark.parametrize("keep_locks", [False, True])
def test_a_dialog_of_the_systems_that_would_read_in_our_process_is_never_taken(
    qtbot: QtBot, network: Path, monkeypatch: pytest.MonkeyPatch, *, keep_locks: bool
) -> None:
    ours_only = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    monkeypatch.setattr(file_dialogs, "_THE_SYSTEMS_OWN_KEEP_LOCKS", keep_locks)
    window = QWidget()
    qtbot.addWidget(window)
    answer_with(monkeypatch, network)
    QCoreApplication.setAttribute(ours_only, on=False)

    file_dialogs.choose_file(window, "Open", network.parent, "")

    assert QCoreApplication.testAttribute(ours_only) is not keep_locks
