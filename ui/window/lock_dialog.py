"""Locking the network with a passphrase, changing that, the recovery sheet, and taking the lock off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.records.passphrases import strength
from coordinator.services.paper.recovery import save_recovery_sheet
from coordinator.services.records import backups, locking
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets import file_dialogs
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.label import Label
from ui.widgets.wrapped_label import WrappedLabel


class LockDialog(QDialog):
    """What can be done with the lock, as it stands; ``lock_changed`` says that it stands otherwise.

    Nothing typed here is kept: the fields are emptied when the dialog closes.
    """

    lock_changed = Signal()

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self.about = WrappedLabel("")
        self.now = self._field(self.tr("Passphrase now"))
        self.first = self._field(self.tr("New passphrase"))
        self.again = self._field(self.tr("Once more"))
        self.strength = Label("")
        self.shown = QCheckBox(self.tr("Show what is typed"))
        self.said = WrappedLabel("")
        self.said.hide()
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setAccessibleName(self.tr("The network and its backups are being written"))
        self.bar.hide()
        self.lock_button, self.sheet_button, self.off_button = QPushButton(), QPushButton(), QPushButton()
        self.sheet_button.setText(self.tr("Recovery sheet…"))
        self.off_button.setText(self.tr("Take the lock off"))
        set_role(self.lock_button, "main")
        self._lay_out()
        keep_whole(self)
        self._connect()
        self._show_state()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Empty the fields before the dialog goes; not while something is written."""
        if self.bar.isVisible():
            return
        for field in self._fields:
            field.clear()
        super().done(result)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        return field

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.now, self.first, self.again

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        for field in self._fields:
            self.form.addRow(field.accessibleName(), field)
        self.form.addRow("", self.strength)
        self.form.addRow("", self.shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText(self.tr("Close"))
        self.close_button.setIcon(QIcon())
        self.close_button.setAutoDefault(False)
        for button in (self.lock_button, self.sheet_button, self.off_button):
            button.setAutoDefault(False)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.addWidget(self.about)
        layout.addLayout(self.form)
        for widget in (self.said, self.bar, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        buttons.rejected.connect(self.reject)

    def _connect(self) -> None:
        for field in self._fields:
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self.lock_button.click)
        self.shown.toggled.connect(self._show_typed)
        self.lock_button.clicked.connect(self._on_lock)
        self.sheet_button.clicked.connect(self._on_sheet)
        self.off_button.clicked.connect(self._on_off)

    def _show_state(self) -> None:
        """Show what fits the lock as it stands now."""
        is_locked = self._desk.database.key is not None
        self.setWindowTitle(self.tr("The lock") if is_locked else self.tr("Lock the network"))
        self.about.setText(self._about_locked() if is_locked else self._about_open())
        self.form.setRowVisible(self.now, is_locked)
        self.sheet_button.setVisible(is_locked)
        self.off_button.setVisible(is_locked)
        self.lock_button.setText(self.tr("Change") if is_locked else self.tr("Lock"))
        for field in self._fields:
            field.clear()
        self._on_typed()
        (self.now if is_locked else self.first).setFocus()

    def _about_open(self) -> str:
        return self.tr(
            "Whoever can use this account on this computer can read this network. With a passphrase it opens "
            "for nobody without it, and neither do its backups: a lost passphrase is lost, unless there is a "
            "recovery sheet. PDFs and tables that are saved are not locked."
        )

    def _about_locked(self) -> str:
        return self.tr(
            "This network and its backups open with the passphrase. A new recovery sheet makes the words of "
            "an older one worthless. PDFs and tables that are saved are not locked."
        )

    def _on_typed(self) -> None:
        first, again = self.first.text(), self.again.text()
        found = strength(first)
        is_other = bool(again) and first != again
        self.strength.setText(
            self.tr("The two are not the same.") if is_other else str(found.words) if first else ""
        )
        self.form.setRowVisible(self.strength, bool(self.strength.text()))
        change_role(self.strength, "done" if found.is_enough and not is_other else "ask")
        has_now = bool(self.now.text().strip()) or self._desk.database.key is None
        self.lock_button.setEnabled(has_now and found.is_enough and first == again)
        self.sheet_button.setEnabled(has_now)
        self.off_button.setEnabled(has_now)

    def _show_typed(self, shown: bool) -> None:
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_lock(self) -> None:
        database, path, now, new = self._desk.database, self._path, self.now.text(), self.first.text()
        if database.key is None:
            self._run(
                lambda: locking.lock_open(database, new, folder=backups.chosen_folder(database)).left,
                partial(
                    self._on_changed,
                    self.tr(
                        "Locked. Make a recovery sheet now: type the passphrase, then “Recovery sheet…”."
                    ),
                ),
            )
            return
        self._run(
            lambda: locking.change_passphrase(path, now, new, folder=backups.chosen_folder(database)),
            partial(
                self._on_changed, self.tr("From now on the new passphrase opens it, and the old one no more.")
            ),
        )

    def _on_sheet(self) -> None:
        database, path, now = self._desk.database, self._path, self.now.text()
        target = file_dialogs.choose_target(
            self, self.tr("Recovery sheet"), Path.home() / "milkrun-recovery.pdf", self.tr("PDF (*.pdf)")
        )
        if target is None:
            return

        def save() -> None:
            locking.new_recovery_words(
                path,
                now,
                folder=backups.chosen_folder(database),
                keep=lambda words: save_recovery_sheet(path, words, target.path),
            )

        said = self.tr("Saved: {path}. Print it, keep it away from the computer, then delete the file.")
        self._run(save, partial(self._on_changed, said.format(path=target.path)))

    def _on_off(self) -> None:
        database, now = self._desk.database, self.now.text()
        self._run(
            lambda: locking.take_lock_off_open(database, now, folder=backups.chosen_folder(database)),
            partial(self._on_changed, self.tr("Not locked any more.")),
        )

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self.said.hide()
        self.bar.show()
        for widget in (
            *self._fields,
            self.lock_button,
            self.sheet_button,
            self.off_button,
            self.close_button,
        ):
            widget.setEnabled(False)
        self._desk.runner.run(work, done, self._on_failed)

    def _come_to_rest(self) -> None:
        self.bar.hide()
        for widget in (*self._fields, self.close_button):
            widget.setEnabled(True)

    def _on_changed(self, said: str, left: object) -> None:
        self._come_to_rest()
        if isinstance(left, tuple) and left:
            more = self.tr("{count} backups could not be read and stayed as they were.").format(
                count=len(left)
            )
            said = f"{said} {more}"
        self._say(said, "done")
        self._show_state()
        self.lock_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._come_to_rest()
        self._say(explain(error), "problem")
        self._on_typed()

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        change_role(self.said, role)
        self.said.show()
