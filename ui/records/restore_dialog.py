"""Going back to a backup: look into a copy first, then decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coordinator.domain.backups import Backup, BackupReason, RestorePreview
from coordinator.services import backups
from ui.desk import Desk
from ui.errors import explain
from ui.records.history_dialog import show_moment
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.widgets.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.label import Label
from ui.widgets.row_model import RowTableModel
from ui.widgets.row_table import RowTable


class RestoreDialog(QDialog):
    """The backups, what the chosen one holds, and the way back; ``restored(sentence)``."""

    restored = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self._preview: RestorePreview | None = None
        self.setWindowTitle(self.tr("Restore a backup"))
        self.model: RowTableModel[Backup] = RowTableModel(_columns(), lambda backup: str(backup.path))
        self.table = RowTable(self.model, "backups", desk.settings)
        self.table.setAccessibleName(self.tr("Backups"))
        self.table.row_chosen.connect(self._look_into)
        self.about = Label(wordWrap=True)
        self.about.setText(self.tr("Choose a backup to see what it holds."))
        self.problem = Label(wordWrap=True)
        set_role(self.problem, "problem")
        self.problem.hide()
        self._lay_out()
        desk.runner.run(self._list, self._show, self._on_failed)

    def _list(self) -> list[Backup]:
        database = self._desk.database
        return backups.backups(database, folder=backups.chosen_folder(database))

    def _show(self, found: Sequence[Backup]) -> None:
        if not self._is_open:
            return
        self.model.set_rows(found)
        if found:
            self.table.choose(str(found[0].path))
            self.table.setFocus()
        else:
            self.about.setText(self.tr("There is no backup yet. One is made whenever the program is closed."))

    def _look_into(self, key: object) -> None:
        backup = next(backup for backup in self.model.all_rows() if str(backup.path) == key)
        self._preview = None
        self.restore_button.setEnabled(False)
        self.problem.hide()
        self.about.setText(self.tr("Looking into it…"))
        database = self._desk.database
        self._desk.runner.run(
            lambda: backups.preview_restore(database, backup), self._show_preview, self._on_failed
        )

    def _show_preview(self, preview: RestorePreview) -> None:
        if not self._is_open or str(preview.backup.path) != self.table.chosen_key:
            return
        self._preview = preview
        last = show_moment(preview.last_change_at) if preview.last_change_at else self.tr("none")
        self.about.setText(
            self.tr(
                "It holds {donors} donors, {recipients} families and {lots} lots. Last change: {last}."
            ).format(donors=preview.donors, recipients=preview.recipients, lots=preview.lots, last=last)
        )
        self.restore_button.setEnabled(True)

    def _restore(self) -> None:
        if self._preview is None:
            return
        database, backup = self._desk.database, self._preview.backup
        self.restore_button.setEnabled(False)
        self.about.setText(self.tr("Going back…"))
        # The runner does one thing after the other, so no page is reading while the file is exchanged.
        self._desk.runner.run(
            lambda: backups.restore(database, backup, folder=backups.chosen_folder(database)),
            lambda kept: self._on_restored(backup, kept),
            self._on_failed,
        )

    def _on_restored(self, backup: Backup, kept: Backup | None) -> None:
        said = self.tr("This is the network of {when} again.").format(when=show_moment(backup.made_at))
        if kept is not None:
            said += " " + self.tr("What was here until now is kept as the backup of {when}.").format(
                when=show_moment(kept.made_at)
            )
        if self._is_open:
            self.accept()
        self.restored.emit(said)
        self._desk.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not self._is_open:
            return
        self.problem.setText(explain(error))
        self.problem.show()
        self.about.clear()

    def _lay_out(self) -> None:
        said = Label(
            self.tr(
                "Restoring goes back to the network as it was then. What is here now is kept as a backup "
                "of its own, so that you can come back to it."
            ),
            wordWrap=True,
        )
        set_role(said, "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.restore_button = buttons.addButton(self.tr("Restore"), QDialogButtonBox.ButtonRole.ActionRole)
        self.restore_button.setAccessibleName(self.tr("Go back to the chosen backup"))
        self.restore_button.setAutoDefault(False)
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        for widget in (said, self.table, self.about, self.problem, buttons):
            layout.addWidget(widget)
        self.resize(760, 460)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; answers under way are dropped."""
        self._is_open = False
        super().done(result)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RestoreDialog", text)


def reason_words(reason: BackupReason) -> str:
    """Return why a backup was made."""
    return {
        BackupReason.BY_HAND: _tr("By hand"),
        BackupReason.CLOSE: _tr("When the program was closed"),
        BackupReason.IMPORT: _tr("Before an import"),
        BackupReason.UPGRADE: _tr("Before an upgrade"),
        BackupReason.RESTORE: _tr("Before going back"),
    }[reason]


def _columns() -> tuple[Column[Backup], ...]:
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "Made"),
            lambda b: show_moment(b.made_at),
            lambda b: b.made_at.timestamp(),
            width=22,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Why"), lambda b: reason_words(b.reason), width=32),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Size"),
            lambda b: QLocale.system().formattedDataSize(b.size_bytes),
            lambda b: b.size_bytes,
            is_number=True,
            width=12,
        ),
    )


__all__ = ["RestoreDialog", "reason_words"]
