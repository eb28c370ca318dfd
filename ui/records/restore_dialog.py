"""Going back to a backup: look into a copy first, then decide. Also when the network cannot be opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.records.backups import Backup, BackupReason, RestorePreview
from coordinator.errors import WrongKeyError
from coordinator.services.records.backups import Restored, backup_from_file
from coordinator.services.records.way_back import WayBack
from ui.counted import donors_words, families_words, lots_words
from ui.desk import Desk
from ui.errors import explain
from ui.records.backup_secret import BackupSecret
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.who_did import show_moment
from ui.widgets import file_dialogs
from ui.widgets.label import Label
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable


class RestoreDialog(QDialog):
    """The backups, what the chosen one holds, and the way back; ``restored(sentence)``."""

    restored = Signal(str)

    def __init__(self, desk: Desk, way_back: WayBack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._way_back = way_back
        self._is_open = True
        self._is_going_back = False
        self._preview: RestorePreview | None = None
        self.setWindowTitle(self.tr("Restore a backup"))
        self.model: RowTableModel[RestorePreview] = RowTableModel(_columns(), _key)
        self.table = RowTable(self.model, "backups", desk.settings)
        self.table.setAccessibleName(self.tr("Backups"))
        self.table.row_chosen.connect(self._on_chosen)
        self.about = Label(wordWrap=True)
        self.about.setText(self.tr("Reading the backups…"))
        self.problem = Label(wordWrap=True)
        set_role(self.problem, "problem")
        self.problem.hide()
        self.secret = BackupSecret()
        self.secret.given.connect(self._try_secret)
        self.restore_button = QPushButton(self.tr("Restore"))
        self.file_button = QPushButton(self.tr("From a file…"), autoDefault=False)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        today = desk.today()
        desk.runner.run(lambda: way_back.backups(today), self._show, self._on_failed)

    def introduction(self) -> str:
        """Return what stands above the list."""
        return self.tr(
            "Restoring goes back to the network as it was then. What is here now is kept as a backup "
            "of its own, so that you can come back to it."
        )

    def _show(self, found: Sequence[RestorePreview]) -> None:
        if not self._is_open:
            return
        self.model.set_rows(found)
        if not found:
            self.about.setText(
                self.tr("There is no backup here. If you keep one on a stick, choose it with “From a file…”.")
            )
            self.file_button.setFocus()
            return
        first = next((one for one in found if _is_sound(one)), found[0])
        self.table.choose(_key(first))
        self.table.setFocus()

    def _on_chosen(self, key: object) -> None:
        self._look_into(next(one.backup for one in self.model.all_rows() if _key(one) == key))

    def _look_into(self, backup: Backup) -> None:
        self._preview = None
        self.restore_button.setEnabled(False)
        self.problem.hide()
        self.secret.go()
        self.about.setText(self.tr("Looking into it…"))
        today = self._desk.today()
        self._desk.runner.run(
            lambda: self._way_back.look_into(backup, today),
            partial(self._show_preview, backup.path),
            partial(self._on_look_failed, backup.path),
        )

    def _show_preview(self, path: Path, preview: RestorePreview) -> None:
        if not self._is_open or str(path) != self.table.chosen_key:
            return
        self._preview = preview
        if any(one.is_unread and _key(one) == str(path) for one in self.model.all_rows()):
            self._replace(preview)
        check = preview.check
        last = show_moment(preview.last_change_at) if preview.last_change_at else self.tr("none")
        self.about.setText(
            self.tr("It holds {donors}, {families} and {lots}. Last change: {last}. {checked}").format(
                donors=donors_words(check.donors),
                families=families_words(check.recipients),
                lots=lots_words(check.lots),
                last=last,
                checked=_checked_words(preview),
            )
        )
        self.restore_button.setEnabled(not check.is_unfit)

    def _choose_file(self) -> None:
        folder = self._way_back.path.parent
        kinds = self.tr("Networks (*.db);;All files (*)")
        path = file_dialogs.choose_file(self, self.tr("A backup from elsewhere"), folder, kinds)
        if path is None:
            return
        today = self._desk.today()
        self._desk.runner.run(
            lambda: self._way_back.look_into(backup_from_file(path), today), self._add, self._on_failed
        )

    def _add(self, preview: RestorePreview) -> None:
        if self._is_open:
            others = [one for one in self.model.all_rows() if _key(one) != _key(preview)]
            self.model.set_rows([preview, *others])
            self.table.choose(_key(preview))

    def _replace(self, preview: RestorePreview) -> None:
        rows = [preview if _key(one) == _key(preview) else one for one in self.model.all_rows()]
        self.model.set_rows(rows)

    def _restore(self) -> None:
        if self._preview is None:
            return
        backup = self._preview.backup
        self.problem.hide()
        self.about.setText(self.tr("Going back…"))
        self._set_going_back(is_so=True)
        # The runner does one thing after the other, so no page is reading while the file is exchanged.
        self._desk.runner.run(
            lambda: self._way_back.go_back(backup), partial(self._on_restored, backup), self._on_not_restored
        )

    def _set_going_back(self, *, is_so: bool) -> None:
        """Keep the dialog open, and everything in it still, while the file is exchanged."""
        self._is_going_back = is_so
        for widget in (self.table, self.buttons):
            widget.setEnabled(not is_so)

    def _on_not_restored(self, error: Exception) -> None:
        """Say why; what was chosen can be tried again."""
        self._set_going_back(is_so=False)
        if self._preview is not None:
            self._show_preview(self._preview.backup.path, self._preview)
        self.problem.setText(explain(error))
        self.problem.show()

    def _on_restored(self, backup: Backup, done: Restored) -> None:
        said = [self.tr("This is the network of {when} again.").format(when=show_moment(backup.made_at))]
        if done.kept is not None:
            kept = self.tr("What was here until now is kept as the backup of {when}.")
            said.append(kept.format(when=show_moment(done.kept.made_at)))
        if done.aside is not None:
            said.append(self.tr("The file that was here is kept as {name}.").format(name=done.aside.name))
        self._set_going_back(is_so=False)
        self.accept()
        self.restored.emit(" ".join(said))

    def _on_look_failed(self, path: Path, error: Exception) -> None:
        if str(path) != self.table.chosen_key:
            return
        if isinstance(error, WrongKeyError) and self._is_open:
            self.about.clear()
            self.secret.ask(
                self.tr(
                    "This backup opens with another passphrase, or it is damaged. "
                    "Type the passphrase it was locked with."
                )
            )
            return
        self._on_failed(error)

    def _try_secret(self, secret: str) -> None:
        backup = next(one.backup for one in self.model.all_rows() if _key(one) == self.table.chosen_key)
        self.problem.hide()
        self.secret.set_busy(is_busy=True)
        self._desk.runner.run(
            lambda: self._way_back.opened_with(backup, secret),
            partial(self._on_secret, backup),
            self._on_secret_wrong,
        )

    def _on_secret(self, backup: Backup, way_back: WayBack) -> None:
        self._way_back = way_back
        self.secret.set_busy(is_busy=False)
        if self._is_open:
            self._look_into(backup)

    def _on_secret_wrong(self, error: Exception) -> None:
        self.secret.set_busy(is_busy=False)
        self._on_failed(error)
        self.secret.secret.setFocus()

    def _on_failed(self, error: Exception) -> None:
        if not self._is_open:
            return
        self.problem.setText(explain(error))
        self.problem.show()
        self.about.clear()

    def _lay_out(self) -> None:
        self.said = Label(self.introduction(), wordWrap=True)
        set_role(self.said, "quiet")
        set_role(self.restore_button, "main")
        self.restore_button.setAccessibleName(self.tr("Go back to the chosen backup"))
        self.restore_button.setDefault(True)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        self.file_button.setAccessibleName(self.tr("Choose a backup from elsewhere"))
        self.file_button.clicked.connect(self._choose_file)
        self.buttons.addButton(self.restore_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.file_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        for widget in (self.said, self.table, self.about, self.secret, self.problem, self.buttons):
            layout.addWidget(widget)
        self.resize(820, 480)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close, unless the file is being exchanged; what is still being read is dropped."""
        if not self._is_going_back:
            self._is_open = False
            super().done(result)


def reason_words(reason: BackupReason) -> str:
    """Return why a backup was made."""
    return {
        BackupReason.BY_HAND: translate("RestoreDialog", "By hand"),
        BackupReason.CLOSE: translate("RestoreDialog", "When the program was closed"),
        BackupReason.LOCK: translate("RestoreDialog", "When the program was locked"),
        BackupReason.IMPORT: translate("RestoreDialog", "Before an import"),
        BackupReason.UPGRADE: translate("RestoreDialog", "Before an upgrade"),
        BackupReason.RESTORE: translate("RestoreDialog", "Before going back"),
        BackupReason.HALF_HOUR: translate("RestoreDialog", "Every half hour"),
        BackupReason.RESCUE: translate("RestoreDialog", "When the file was exchanged"),
    }[reason]


def _key(preview: RestorePreview) -> str:
    return str(preview.backup.path)


def _is_sound(preview: RestorePreview) -> bool:
    return not (preview.check.is_damaged or preview.backup.was_faulty or preview.is_unread)


def _checked_words(preview: RestorePreview) -> str:
    """Return what the whole check of a backup found."""
    if preview.check.is_unfit:
        return translate("RestoreDialog", "The check finds it damaged: choose another one.")
    if preview.check.is_damaged:
        return translate(
            "RestoreDialog", "The check finds faults in {count} places; the rest is whole."
        ).format(count=len(preview.check.faults))
    return translate("RestoreDialog", "Checked: it is whole.")


def _whole_or_not(one: RestorePreview) -> str:
    if one.is_unread:
        return translate("RestoreDialog", "not opened")
    return translate("RestoreDialog", "whole") if _is_sound(one) else translate("RestoreDialog", "has faults")


def _columns() -> tuple[Column[RestorePreview], ...]:
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "Made"),
            lambda one: show_moment(one.backup.made_at),
            lambda one: one.backup.made_at.timestamp(),
            width=20,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Why"), lambda one: reason_words(one.backup.reason), width=28),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Donors"),
            lambda one: str(one.check.donors),
            lambda one: one.check.donors,
            is_number=True,
            width=9,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Families"),
            lambda one: str(one.check.recipients),
            lambda one: one.check.recipients,
            is_number=True,
            width=9,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Checked"),
            _whole_or_not,
            width=12,
        ),
    )


__all__ = ["RestoreDialog", "reason_words"]
