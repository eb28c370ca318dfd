"""A form of our own from the window: a newcomer finds it, copies it, saves it and opens what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.services.families import households
from coordinator.services.paper import forms
from coordinator.services.settings.values import change_setting
from tests.integration.imports.test_own_forms import answers_of
from tests.ui.accessibility import cut_labels, nameless_controls
from tests.ui.file_answers import answer_with
from tests.ui.network import dialog_of, idle, opened, started
from ui.families.list_page import FamilyListPage
from ui.imports.make_form_dialog import MakeFormDialog
from ui.imports.wizard import ImportWizard, Step
from ui.window.network_window import NetworkWindow


@pytest.fixture
def window(qtbot: QtBot, database: Database, tmp_path: Path) -> NetworkWindow:
    """Give the window of an empty network."""
    return opened(qtbot, database, started(tmp_path))


@pytest.fixture
def dialog(window: NetworkWindow) -> MakeFormDialog:
    """Give the dialog over it, with the form for donors."""
    window.dialogs.open_form()
    return dialog_of(window, MakeFormDialog)


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("page", "role"), [("donors", Role.DONOR), ("recipients", Role.RECIPIENT), ("drivers", Role.DRIVER)]
)
def test_an_empty_list_offers_its_form(qtbot: QtBot, window: NetworkWindow, page: str, role: Role) -> None:
    window.show_on_page(page, "")
    idle(qtbot, window)
    (shown,) = (one for one in window.findChildren(FamilyListPage) if one.isVisible())

    click(qtbot, shown.list.empty.other_button)

    assert shown.list.empty.other_button.text() == "Make a form…"
    assert dialog_of(window, MakeFormDialog).role is role


def test_a_list_that_only_finds_nothing_offers_no_form(
    qtbot: QtBot, sample_region: Database, tmp_path: Path
) -> None:
    window = opened(qtbot, sample_region, started(tmp_path))
    window.show_on_page("donors", "")
    idle(qtbot, window)
    (shown,) = (one for one in window.findChildren(FamilyListPage) if one.isVisible())

    shown.list.search.setText("nobody is called that")

    qtbot.waitUntil(shown.list.empty.isVisible)
    assert not shown.list.empty.other_button.isVisible()


def test_the_menu_opens_it(window: NetworkWindow) -> None:
    (action,) = (one for one in window.findChildren(QAction) if one.text() == "Make a form…")
    action.trigger()

    assert dialog_of(window, MakeFormDialog).role is Role.DONOR


def test_the_questions_and_the_script_are_copied(qtbot: QtBot, dialog: MakeFormDialog) -> None:
    click(qtbot, dialog.copy_questions)
    assert QGuiApplication.clipboard().text() == forms.questions(Role.DONOR)

    dialog.kind.box.setCurrentIndex(1)
    dialog.kind.leave()
    click(qtbot, dialog.copy_script)

    assert QGuiApplication.clipboard().text() == forms.google_script(Role.RECIPIENT)
    assert "script.google.com" in dialog.said.text()


def test_the_workbook_is_saved_where_she_says(
    qtbot: QtBot,
    window: NetworkWindow,
    dialog: MakeFormDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "for our donors.xlsx"
    answer_with(monkeypatch, path)

    click(qtbot, dialog.save_workbook)
    idle(qtbot, window)

    assert load_workbook(path).worksheets[0]["B1"].value == "Your full name"
    assert "for our donors.xlsx" in dialog.said.text()
    assert str(path) in window.notice.text


def test_the_page_is_on_the_paper_of_the_settings(
    qtbot: QtBot,
    window: NetworkWindow,
    dialog: MakeFormDialog,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "form.pdf"
    change_setting(database, "paper", "a4")
    answer_with(monkeypatch, path)

    click(qtbot, dialog.save_page)
    idle(qtbot, window)

    assert b"/MediaBox [ 0 0 595" in path.read_bytes()


def test_a_folder_that_takes_no_file_is_said(
    qtbot: QtBot,
    window: NetworkWindow,
    dialog: MakeFormDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer_with(monkeypatch, tmp_path / "no such folder" / "form.xlsx")

    click(qtbot, dialog.save_workbook)
    idle(qtbot, window)

    assert "cannot be written" in dialog.said.text()


@pytest.mark.usefixtures("dressed")
def test_every_control_has_a_name_and_nothing_is_cut(dialog: MakeFormDialog) -> None:
    dialog.copy_script.click()

    assert nameless_controls(dialog) == []
    assert cut_labels(dialog) == []


@pytest.mark.parametrize("role", Role)
def test_what_comes_back_of_it_is_written_after_two_clicks_and_none_on_a_column(
    qtbot: QtBot, window: NetworkWindow, database: Database, tmp_path: Path, role: Role
) -> None:
    answered = a_filled_in(tmp_path / "answers.xlsx", role)
    window.dialogs.open_import([answered])
    wizard = dialog_of(window, ImportWizard)
    for _ in (Step.FILES, Step.ROWS):
        qtbot.waitUntil(wizard.frame.next_button.isEnabled)
        click(qtbot, wizard.frame.next_button)
        idle(qtbot, window)

    qtbot.waitUntil(lambda: len(wizard.reports) == 1, timeout=20_000)
    assert [entry.hit.name for entry in households.family_index(database)] == ["Inès Roy"]


def a_filled_in(path: Path, role: Role) -> Path:
    """Return our workbook with the answers of one person."""
    path.write_bytes(forms.workbook(role))
    book = load_workbook(path)
    book.worksheets[0].append([answer for _, answer in answers_of(role)])
    book.save(path)
    return path
