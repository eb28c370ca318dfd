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
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.records.passphrases import strength
from coordinator.services.paper.recovery import save_recovery_sheet
from coordinator.services.records import backups, locking
from coordinator.services.records.rekeying import Progress
from ui.desk import Desk
from ui.errors import explain
from ui.tasks import Job
from ui.theme import SPACE, SPACE_LARGE, change_role, set_role
from ui.widgets import file_dialogs
from ui.widgets.frame.kept_whole import keep_whole
from ui.widgets.label import Label
from ui.widgets.wrapped_label import WrappedLabel
from ui.window.keyring_box import KeyringBox
from ui.window.lock_words import about_locked, about_open, about_sheet
from ui.window.stopping import unless_swapped


class LockDialog(QDialog):
    """What can be done with the lock, as it stands; ``lock_changed`` says that it stands otherwise.

    Nothing typed here is kept: the fields are emptied when the dialog closes. Only the passphrase that has
    just been set is known until then, for the recovery sheet that is offered at once.
    """

    lock_changed = Signal()

    def __init__(
        self, desk: Desk, path: Path, parent: QWidget | None = None, *, is_first: bool = False
    ) -> None:
        """Make the dialog; *is_first* for a network that was just begun: it is left when all is done."""
        super().__init__(parent)
        self._desk, self._path, self._is_first = desk, path, is_first
        self._fresh = ""
        self._job: Job | None = None
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
        self.cancel_button = QPushButton(self.tr("Stop"), autoDefault=False)
        self.cancel_button.hide()
        self.lock_button = QPushButton()
        self.sheet_button = QPushButton(self.tr("Recovery sheet…"))
        self.revoke_button = QPushButton(self.tr("Revoke the sheet"))
        self.revoke_button.setToolTip(self.tr("The words of the recovery sheet open nothing any more"))
        self.off_button = QPushButton(self.tr("Take the lock off"))
        self.keyring = KeyringBox(path)
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
        self._fresh = ""
        super().done(result)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        return field

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.now, self.first, self.again

    @property
    def _actions(self) -> tuple[QPushButton, ...]:
        return self.lock_button, self.sheet_button, self.revoke_button, self.off_button

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        for field in self._fields:
            self.form.addRow(field.accessibleName(), field)
        self.form.addRow("", self.strength)
        self.form.addRow("", self.shown)
        self.form.addRow("", self.keyring)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText(self.tr("Close"))
        self.close_button.setIcon(QIcon())
        self.close_button.setAutoDefault(False)
        for button in self._actions:
            button.setAutoDefault(False)
        buttons.addButton(self.lock_button, QDialogButtonBox.ButtonRole.ActionRole)
        others = QHBoxLayout()
        for button in (self.sheet_button, self.revoke_button, self.off_button):
            others.addWidget(button)
        others.addStretch()
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.addWidget(self.about)
        layout.addLayout(self.form)
        work = QHBoxLayout()
        work.addWidget(self.bar, stretch=1)
        work.addWidget(self.cancel_button)
        layout.addWidget(self.said)
        layout.addLayout(work)
        layout.addLayout(others)
        layout.addStretch()
        layout.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)
        buttons.rejected.connect(self.reject)

    def _connect(self) -> None:
        for field in self._fields:
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self.lock_button.click)
        self.shown.toggled.connect(self._show_typed)
        self.lock_button.clicked.connect(self._on_lock)
        self.sheet_button.clicked.connect(self._on_sheet)
        self.revoke_button.clicked.connect(self._on_revoke)
        self.off_button.clicked.connect(self._on_off)
        self.keyring.asked.connect(self._on_keyring)
        self.cancel_button.clicked.connect(self._on_cancel)
        self._desk.runner.job_progressed.connect(self._on_progress)

    def _show_state(self) -> None:
        """Show what fits the lock as it stands now."""
        is_locked, is_fresh = self._desk.database.key is not None, bool(self._fresh)
        has_sheet = is_locked and locking.has_recovery_sheet(self._path)
        self.setWindowTitle(self.tr("The lock") if is_locked else self.tr("Lock the network"))
        locked_words = about_sheet() if is_fresh else about_locked(has_sheet=has_sheet)
        self.about.setText(locked_words if is_locked else about_open())
        self.form.setRowVisible(self.now, is_locked and not is_fresh)
        for field in (self.first, self.again, self.shown):
            self.form.setRowVisible(field, not is_fresh)
        self.form.setRowVisible(self.keyring, is_locked and not is_fresh)
        self.keyring.look(is_locked=is_locked)
        self.lock_button.setVisible(not is_fresh)
        self.sheet_button.setVisible(is_locked)
        change_role(self.sheet_button, "main" if is_fresh else "")
        for button in (self.sheet_button, self.close_button):
            button.setAutoDefault(is_fresh)  # Enter in a field is for the main button, and here is no field
        self.revoke_button.setVisible(has_sheet and not is_fresh)
        self.off_button.setVisible(is_locked and not is_fresh)
        self.lock_button.setText(self.tr("Change") if is_locked else self.tr("Lock"))
        is_offer = is_fresh or (self._is_first and not is_locked)
        self.close_button.setText(self.tr("Not now") if is_offer else self.tr("Close"))
        for field in self._fields:
            field.clear()
        self._on_typed()
        self.adjustSize()
        (self.sheet_button if is_fresh else self.now if is_locked else self.first).setFocus()

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
        self.sheet_button.setEnabled(has_now or bool(self._fresh))
        self.revoke_button.setEnabled(has_now)
        self.keyring.setEnabled(has_now or self.keyring.isChecked())
        self.off_button.setEnabled(has_now)

    def _show_typed(self, shown: bool) -> None:
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _on_lock(self) -> None:
        database, path, now, new = self._desk.database, self._path, self.now.text(), self.first.text()
        if database.key is None:

            def lock(report: Progress) -> object:
                folder = backups.chosen_folder(database)
                return locking.lock_open(database, new, folder=folder, progress=unless_swapped(report)).left

            def locked(left: object) -> None:
                self._fresh = new
                self._on_changed(self.tr("Locked."), left)

            self._run_long(lock, locked, self.tr("Locking the network"))
            return
        self._run(
            lambda: locking.change_passphrase(path, now, new, folder=backups.chosen_folder(database)),
            partial(
                self._on_changed, self.tr("From now on the new passphrase opens it, and the old one no more.")
            ),
        )

    def _on_sheet(self) -> None:
        database, path, now = self._desk.database, self._path, self._fresh or self.now.text()
        target = file_dialogs.choose_target(
            self,
            self.tr("Recovery sheet"),
            Path.home() / "milkrun-recovery.pdf",
            self.tr("PDF (*.pdf)"),
            names_nobody=True,
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
        self._run(save, partial(self._on_sheet_saved, said.format(path=target.path)))

    def _on_sheet_saved(self, said: str, _answer: object) -> None:
        self._fresh = ""
        self._on_changed(said, None)
        if self._is_first:
            self._desk.said.emit(said)
            self.accept()

    def _on_revoke(self) -> None:
        database, path, now = self._desk.database, self._path, self.now.text()
        said = self.tr("The words of the recovery sheet open nothing any more.")
        self._run(
            lambda: locking.revoke_recovery(path, now, folder=backups.chosen_folder(database)),
            partial(self._on_changed, said),
        )

    def _on_keyring(self, is_wanted: bool) -> None:
        database, now, box = self._desk.database, self.now.text(), self.keyring
        self._run(
            lambda: box.change(now, backups.chosen_folder(database), is_wanted=is_wanted),
            partial(self._on_changed, box.said(is_wanted=is_wanted)),
        )

    def _on_off(self) -> None:
        database, now = self._desk.database, self.now.text()

        def take_off(report: Progress) -> object:
            folder = backups.chosen_folder(database)
            return locking.take_lock_off_open(database, now, folder=folder, progress=unless_swapped(report))

        said = self.tr("Not locked any more.")
        self._run_long(take_off, partial(self._on_changed, said), self.tr("Taking the lock off"))

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._begin_work()
        self._desk.runner.run(work, done, self._on_failed)

    def _run_long(
        self, work: Callable[[Progress], object], done: Callable[[object], None], what: str
    ) -> None:
        """Run *work*, which can be stopped until the network itself is another one."""
        was_locked = self._desk.database.key is not None

        def stopped() -> None:
            if (self._desk.database.key is not None) != was_locked:  # too late: the backups were at it
                done(None)
                return
            self._come_to_rest()
            self._say(self.tr("Stopped. Nothing was changed."), "quiet")
            self._on_typed()

        self._begin_work()
        self.cancel_button.show()
        self._job = self._desk.runner.run_long(work, done, self._on_failed, what=what, cancelled=stopped)

    def _begin_work(self) -> None:
        self.said.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        for widget in (*self._fields, *self._actions, self.keyring, self.close_button):
            widget.setEnabled(False)

    def _on_progress(self, job: Job, done: int, total: int) -> None:
        if job is not self._job or done == 0:
            return
        self.cancel_button.hide()
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.cancel_button.setEnabled(False)

    def _come_to_rest(self) -> None:
        self._job = None
        self.bar.hide()
        self.cancel_button.hide()
        self.cancel_button.setEnabled(True)
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
