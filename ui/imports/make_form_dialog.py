"""Making a form of our own: to paste into Google or Microsoft Forms, to fill in as a workbook, to print."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.families.households import Role
from coordinator.domain.families.own_form import own_form
from coordinator.services.paper import forms
from coordinator.services.settings.values import settings
from ui.desk import Desk
from ui.errors import explain
from ui.imports.row_words import kind_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.widgets import file_dialogs
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.frame.pressing import closes_by_enter
from ui.widgets.label import Label


class MakeFormDialog(QDialog):
    """Whose form, and three ways to use it; it stays open, since one form is often used in several.

    ``saved(path)`` tells of each file that was written.
    """

    saved = Signal(object)

    def __init__(self, desk: Desk, role: Role | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self.setWindowTitle(self.tr("Make a form"))
        self.kind = ChoiceField([(one, kind_words(one)) for one in Role])
        self.kind.set_name(self.tr("A form for"))
        self.kind.set_value(role or Role.DONOR)
        self.kind.edited.connect(self._on_kind)
        self.copy_questions = self._button(self.tr("Copy the questions"), self._copy_questions)
        self.copy_script = self._button(self.tr("Copy the script for Google"), self._copy_script)
        self.save_workbook = self._button(self.tr("Save the workbook…"), self._save_workbook)
        self.save_page = self._button(self.tr("Save the page…"), self._save_page)
        self.health = Label(wordWrap=True)
        set_role(self.health, "small")
        self.said = Label(wordWrap=True)
        self.said.hide()
        self._layout = QVBoxLayout(self)
        self._lay_out()
        keep_whole(self)
        self._show_health()

    @property
    def role(self) -> Role:
        """Whose form it is."""
        role: Role = self.kind.value
        return role

    def _copy_questions(self) -> None:
        QGuiApplication.clipboard().setText(forms.questions(self.role))
        self._say(
            self.tr("Copied. Make a new form there and paste them one by one; keep the words as they are.")
        )

    def _copy_script(self) -> None:
        QGuiApplication.clipboard().setText(forms.google_script(self.role))
        self._say(
            self.tr(
                "Copied. Open script.google.com, make a new project, paste it in place of what is there, "
                "and click Run. Look through the form it makes, then publish it."
            )
        )

    def _save_workbook(self) -> None:
        role = self.role
        self._save(
            forms.workbook_name(role),
            self.tr("Save the workbook"),
            self.tr("Workbook (*.xlsx)"),
            lambda: forms.workbook(role),
        )

    def _save_page(self) -> None:
        role, database = self.role, self._desk.database
        self._save(
            forms.page_name(role),
            self.tr("Save the page"),
            self.tr("PDF files (*.pdf)"),
            lambda: forms.page(role, settings(database).paper),
        )

    def _save(self, name: str, title: str, kind: str, make: Callable[[], bytes]) -> None:
        """Ask where to, then make the file and write it beside the window."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = file_dialogs.choose_target(self, title, Path(folder) / name, kind, names_nobody=True)
        if chosen is None:
            return
        path = chosen.path
        self._desk.runner.run(
            lambda: forms.save(path, make()), lambda _: self._on_saved(path), self._on_failed
        )

    def _on_saved(self, path: Path) -> None:
        self.saved.emit(path)
        self._say(self.tr("Saved as {name}.").format(name=path.name))

    def _on_failed(self, error: Exception) -> None:
        self._say(explain(error), "problem")

    def _on_kind(self, role: Role) -> None:
        self.kind.set_value(role)
        self.said.hide()
        self._show_health()

    def _show_health(self) -> None:
        note = own_form(self.role).note
        self.health.setText(str(note or ""))
        self.health.setVisible(note is not None)

    def _say(self, text: str, role: str = "done") -> None:
        if self._is_open:
            change_role(self.said, role)
            self.said.setText(text)
            self.said.show()

    def _button(self, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(partial(_without_state, slot))
        return button

    def _lay_out(self) -> None:
        self._layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        self._layout.setSpacing(SPACE_SMALL)
        top = QFormLayout()
        top.addRow(Label(self.tr("A form for")), self.kind)
        self._layout.addLayout(top)
        about = self.tr("Milk Run knows the words of its own forms: no column of the answers is asked about.")
        self._add_line(about)
        self._add_way(
            self.tr("On the web"),
            self.tr(
                "Paste the questions into a new form at Google or Microsoft. For Google a script can make it."
            ),
            (self.copy_questions, self.copy_script),
        )
        self._add_way(
            self.tr("In a workbook"),
            self.tr("A row for each person, with drop-downs. Open it here once it is filled in."),
            (self.save_workbook,),
        )
        self._add_way(
            self.tr("On paper"),
            self.tr("One page to print and fill in by hand. Type the answers into the workbook."),
            (self.save_page,),
        )
        self._layout.addSpacing(SPACE)
        self._layout.addWidget(self.health)
        self._layout.addWidget(self.said)
        self._layout.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closes_by_enter(buttons)
        buttons.rejected.connect(self.reject)
        self._layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)

    def _add_way(self, heading: str, about: str, buttons: tuple[QPushButton, ...]) -> None:
        title = Label(heading)
        set_role(title, "strong")
        self._layout.addSpacing(SPACE)
        self._layout.addWidget(title)
        self._add_line(about)
        row = QWidget()
        flow = FlowLayout(row)
        for button in buttons:
            flow.addWidget(button)
        self._layout.addWidget(row)

    def _add_line(self, text: str) -> None:
        line = Label(text, wordWrap=True)
        set_role(line, "quiet")
        self._layout.addWidget(line)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; what is being written is told in the notice line."""
        self._is_open = False
        super().done(result)


def _without_state(slot: Callable[[], None], *_: object) -> None:
    slot()
