"""First start, settings, history, backups, licences, export: what each does and what it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.adapters.spreadsheets.spreadsheet_files import read_table
from coordinator.bootstrap import Database
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Role
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.settings import Paper
from coordinator.services.families import donors, households
from coordinator.services.imports import typed_in
from coordinator.services.records import backups
from coordinator.services.sample import samples
from coordinator.services.settings.values import change_setting, settings
from tests.builders import TODAY
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from ui import theme
from ui.imports.wizard import ImportWizard
from ui.records.history_dialog import HistoryDialog
from ui.records.restore_dialog import RestoreDialog
from ui.settings.dialog import SettingsDialog
from ui.window.first_start import FirstStart
from ui.window.first_week import FirstWeek
from ui.window.licences import LicencesDialog, libraries
from ui.window.lock_dialog import LockDialog
from ui.window.network_window import NetworkWindow

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, window: NetworkWindow, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)
    idle(qtbot, window)


def add_ada(database: Database) -> str:
    return typed_in.add_family(database, Role.DONOR, {"name": "Ada Okafor", "town": "Dover"}, TODAY)


def type_into(qtbot: QtBot, dialog: SettingsDialog, name: str, text: str) -> None:
    editor = dialog.fields[name].editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)


# First start.


def test_an_empty_network_offers_the_sample_region(qtbot: QtBot, database: Database) -> None:
    window = opened(qtbot, database)

    click(qtbot, window, dialog_of(window, FirstStart).sample_button)

    assert window.dialogs.current is None
    assert window.status.summary.text().startswith("40 donors · 60 families · ")
    assert window.network.text() == "Milk Run — Seacoast sample region"
    assert window.status.undo_button.isHidden()
    assert not window.undo.isEnabled()


def test_starting_empty_is_asked_once_and_not_again(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    memory = QSettings(str(tmp_path / "new.ini"), QSettings.Format.IniFormat)
    window = opened(qtbot, database, memory)
    click(qtbot, window, dialog_of(window, FirstStart).empty_button)
    dialog_of(window, LockDialog).reject()

    again = opened(qtbot, database, memory)

    assert again.dialogs.current is None


def test_a_network_with_somebody_in_it_offers_nothing(qtbot: QtBot, database: Database) -> None:
    add_ada(database)

    assert opened(qtbot, database).dialogs.current is None


def test_the_first_start_leads_to_her_own_spreadsheets(qtbot: QtBot, database: Database) -> None:
    window = opened(qtbot, database)

    click(qtbot, window, dialog_of(window, FirstStart).import_button)
    dialog_of(window, LockDialog).reject()

    dialog_of(window, ImportWizard)


# Settings.


def test_a_setting_is_kept_when_its_field_is_left(qtbot: QtBot, database: Database, tmp_path: Path) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog = dialog_of(window, SettingsDialog)

    type_into(qtbot, dialog, "network_name", "Seacoast")
    type_into(qtbot, dialog, "coordinator_phone", "603 555 0100")
    idle(qtbot, window)

    assert settings(database).network_name == "Seacoast"
    assert settings(database).coordinator_phone == "+16035550100"
    assert window.network.text() == "Milk Run — Seacoast"


def test_a_value_that_does_not_fit_stays_with_the_reason_beside_it(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog = dialog_of(window, SettingsDialog)

    type_into(qtbot, dialog, "hold_days", "90")
    idle(qtbot, window)

    field = dialog.fields["hold_days"]
    assert field.message.text() == "A hold lasts a whole number of days, from 1 to 60."
    assert field.typed() == "90"
    assert settings(database).hold_days == 7


def test_what_is_being_typed_is_kept_when_the_settings_are_closed(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog = dialog_of(window, SettingsDialog)
    dialog.fields["paper"].set_value(Paper.LETTER)
    dialog.fields["coordinator_name"].editor.setFocus()
    qtbot.keyClicks(dialog.fields["coordinator_name"].editor, "Ana B.")

    dialog.reject()
    idle(qtbot, window)

    assert settings(database).coordinator_name == "Ana B."


def test_backups_by_hand_and_on_close_go_where_the_settings_say(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    answer_with(monkeypatch, stick)
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_settings()
    idle(qtbot, window)
    click(qtbot, window, dialog_of(window, SettingsDialog).folder_button)
    dialog_of(window, SettingsDialog).reject()

    next(a for a in window.findChildren(type(window.undo)) if a.text() == "Back up now").trigger()
    idle(qtbot, window)
    assert str(stick) in window.notice.text
    assert window.status.backup.text().startswith("Backed up ")
    window.close()

    reasons = {backup.reason for backup in backups.backups(database, folder=stick)}
    assert reasons == {BackupReason.BY_HAND, BackupReason.CLOSE}


def test_a_stick_that_was_pulled_out_does_not_cost_the_backup_on_close(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    change_setting(database, "backup_folder", str(gone))
    gone.rmdir()
    gone.write_text("a file where the folder was")
    window = opened(qtbot, database, started(tmp_path))

    window.close()

    assert [backup.reason for backup in backups.backups(database)] == [BackupReason.CLOSE]


def test_a_folder_that_is_not_there_is_refused_beside_its_field(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_settings()
    idle(qtbot, window)
    dialog = dialog_of(window, SettingsDialog)

    type_into(qtbot, dialog, "backup_folder", str(tmp_path / "nowhere"))
    idle(qtbot, window)

    assert dialog.fields["backup_folder"].message.text().startswith("There is no such folder.")
    assert settings(database).backup_folder == ""


# History.


def test_the_history_undoes_the_action_that_is_chosen(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    first, second = add_ada(database), add_ada(database)
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_history()
    idle(qtbot, window)
    dialog = dialog_of(window, HistoryDialog)
    dialog.table.choose(next(e.id for e in dialog.model.all_rows() if first in e.label))

    click(qtbot, window, dialog.undo_button)

    assert dialog.said.text() == f"Undone: Added Ada Okafor ({first})"  # there are two of that name
    assert [entry.hit.code for entry in households.family_index(database)] == [second]
    assert not dialog.undo_button.isEnabled()


def test_a_refused_undo_names_what_came_later_and_both_are_undone(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    code = add_ada(database)
    households.change_profile(database, code, "donor_state", DonorState.PAUSED)
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_history()
    idle(qtbot, window)
    dialog = dialog_of(window, HistoryDialog)
    dialog.table.choose(next(e.id for e in dialog.model.all_rows() if e.kind == "family.added"))
    assert dialog.both_button.isHidden()

    click(qtbot, window, dialog.undo_button)

    assert dialog.said.text() == (
        "“Added Ada Okafor” cannot be undone alone: “Changed state of Ada Okafor” came after it and stands "
        "in the way (changed since: Ada Okafor). Undo both, or neither."
    )
    assert len(households.family_index(database)) == 1
    assert dialog.both_button.text() == "Undo both"
    dialog.grab().save(str(tmp_path / "history.png"))
    click(qtbot, window, dialog.both_button)
    assert dialog.said.text() == "Undone: Changed state of Ada Okafor, then Added Ada Okafor"
    assert dialog.both_button.isHidden()
    assert households.family_index(database) == ()


def test_an_offer_to_undo_both_goes_when_another_action_is_chosen(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    code = add_ada(database)
    households.change_profile(database, code, "donor_state", DonorState.PAUSED)
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_history()
    idle(qtbot, window)
    dialog = dialog_of(window, HistoryDialog)
    entries = {entry.kind: entry.id for entry in dialog.model.all_rows()}
    dialog.table.choose(entries["family.added"])
    click(qtbot, window, dialog.undo_button)

    dialog.table.choose(entries["profile.changed"])

    assert dialog.both_button.isHidden()


def test_what_somebody_else_did_meanwhile_is_named_and_undone_together(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    code = add_ada(window._desk.database)
    elsewhere = Database.open(database.path or "", origin="command line")
    households.change_profile(elsewhere, code, "donor_state", DonorState.PAUSED)
    elsewhere.dispose()

    window.undo_wanted.emit()
    idle(qtbot, window)

    assert "came after it and stands in the way" in window.notice.text
    click(qtbot, window, window.notice._button)
    assert window.notice.text == "Undone: Changed state of Ada Okafor, then Added Ada Okafor"
    assert households.family_index(database) == ()


# Backups.


def test_a_backup_is_looked_into_and_restored_and_the_present_is_kept(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    add_ada(database)
    backups.back_up_now(database)
    add_ada(database)
    window = opened(qtbot, database, started(tmp_path))
    assert window.status.summary.text().startswith("2 donors")
    window.dialogs.open_restore()
    idle(qtbot, window)
    dialog = dialog_of(window, RestoreDialog)
    assert dialog.about.text().startswith("It holds 1 donor, 0 families and")

    click(qtbot, window, dialog.restore_button)

    assert window.dialogs.current is None
    assert window.status.summary.text().startswith("1 donor")
    assert "is kept as the backup of" in window.notice.text
    reasons = [backup.reason for backup in backups.backups(database)]
    assert sorted(reasons) == [BackupReason.BY_HAND, BackupReason.RESTORE]


def test_a_damaged_backup_cannot_be_restored_and_says_so(
    qtbot: QtBot, database: Database, tmp_path: Path
) -> None:
    add_ada(database)
    made = backups.back_up_now(database)
    made.path.write_bytes(b"no longer a network")
    window = opened(qtbot, database, started(tmp_path))

    window.dialogs.open_restore()
    idle(qtbot, window)

    dialog = dialog_of(window, RestoreDialog)
    assert "not a Milk Run network" in dialog.problem.text()
    assert not dialog.restore_button.isEnabled()


# Export and licences.


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_shown_is_exported_without_live_formulas(
    qtbot: QtBot, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    typed_in.add_family(database, Role.DONOR, {"name": "=1+1 Okafor"}, TODAY)
    target = tmp_path / "donors"
    kind = "Table as text (*.csv)" if ending == "csv" else "Workbook (*.xlsx)"
    answer_with(monkeypatch, target, kind=kind)
    window = opened(qtbot, database, started(tmp_path))
    window.show_page(1)
    idle(qtbot, window)

    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    idle(qtbot, window)

    table = read_table(target.with_suffix(f".{ending}"))
    assert table.headers[0] == "Name"
    assert table.rows[0].cells[0].text == "'=1+1 Okafor"
    assert "The file is not protected" in window.notice.text


def test_the_licences_name_every_library_and_every_notice(qtbot: QtBot, database: Database) -> None:
    names = {name.casefold() for name, _, _ in libraries()}
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)

    assert {"pyside6_essentials", "sqlalchemy", "reportlab", "openpyxl"} <= names
    assert all(licence for _, _, licence in libraries())
    titles = [title for title, _ in dialog.texts]
    assert {"fonts/LICENSE-OFL-1.1.txt", "fonts/LICENSE-Apache-2.0.txt", "gazetteer.LICENCES.md"} <= set(
        titles
    )
    dialog.list.setCurrentRow(titles.index("gazetteer.LICENCES.md"))
    assert "GeoNames" in dialog.text.toPlainText()
    assert "clinician’s review" in dialog.texts[0][1]


# First week.


@pytest.mark.parametrize(
    ("where", "page"), [("today", "today"), ("matching", "matching"), ("pickups", "pickups")]
)
def test_the_first_week_leads_to_the_page_of_each_step(
    qtbot: QtBot, database: Database, tmp_path: Path, where: str, page: str
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.show_page(1)
    action = next(found for found in window.findChildren(QAction) if found.text() == "First week…")
    action.trigger()

    click(qtbot, window, dialog_of(window, FirstWeek).buttons[where])

    assert window.dialogs.current is None
    assert window.pages.currentWidget() is window._slots[page]


@pytest.mark.parametrize(("where", "kind"), [("import", ImportWizard), ("settings", SettingsDialog)])
def test_the_first_week_opens_what_a_step_needs(
    qtbot: QtBot, database: Database, tmp_path: Path, where: str, kind: type[QDialog]
) -> None:
    window = opened(qtbot, database, started(tmp_path))
    window.dialogs.open_first_week()

    click(qtbot, window, dialog_of(window, FirstWeek).buttons[where])

    assert isinstance(dialog_of(window, QDialog), kind)
    dialog_of(window, QDialog).close()


# Looks.


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("name", ["settings", "history", "restore", "licences", "first_week"])
def test_no_word_of_a_dialog_is_cut_and_every_control_has_a_name(
    qtbot: QtBot, qapp: QApplication, database: Database, tmp_path: Path, scale: float, name: str
) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT, font_scale=scale)
    add_ada(database)
    backups.back_up_now(database)
    window = opened(qtbot, database, started(tmp_path))

    getattr(window.dialogs, f"open_{name}")()
    idle(qtbot, window)

    dialog = dialog_of(window, QDialog)
    assert cut_labels(dialog) == []
    assert focusable_controls(dialog) >= 2
    assert nameless_controls(dialog) == []
    assert dialog.height() <= 540


def test_the_sample_region_is_of_the_day_it_is_opened(database: Database) -> None:
    samples.open_sample_region(database, TODAY + timedelta(days=100))

    newest = max(d.newest for d in donors.list_donors(database, TODAY) if d.newest)
    assert timedelta(days=98) <= newest - TODAY <= timedelta(days=100)
