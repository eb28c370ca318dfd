"""Checking the network: is the file whole, does everything agree with the history, do the lots add up?"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from coordinator.domain.records.checks import Check, fault_words
from coordinator.services.records.checks import check_network
from ui.counted import actions_words, donors_words, families_words, lots_words
from ui.desk import Desk
from ui.errors import explain
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.frame.pressing import closes_by_enter
from ui.widgets.label import Label


class CheckDialog(QDialog):
    """What the whole check finds, and the way to the backups; ``restore_wanted``. It changes nothing."""

    restore_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self.setWindowTitle(self.tr("Check the network"))
        self.said = Label(self.tr("Checking every page, every row and every lot…"), wordWrap=True)
        set_role(self.said, "strong")
        self.about = Label(wordWrap=True)
        set_role(self.about, "quiet")
        self.faults = QPlainTextEdit(readOnly=True)
        self.faults.setAccessibleName(self.tr("What the check found"))
        self.faults.hide()
        self._lay_out()
        database = desk.database
        desk.runner.run(lambda: check_network(database), self._show, self._on_failed)

    def _show(self, found: Check) -> None:
        if not self._is_open:
            return
        self.about.setText(
            self.tr("{donors}, {families}, {lots}, {actions}.").format(
                donors=donors_words(found.donors),
                families=families_words(found.recipients),
                lots=lots_words(found.lots),
                actions=actions_words(found.actions),
            )
        )
        if not found.faults:
            self.said.setText(self.tr("Nothing is wrong: the file, the history, every row and every lot."))
            return
        self.said.setText(_advice(found))
        self.faults.setPlainText("\n".join(str(fault_words(fault)) for fault in found.faults))
        self.faults.show()
        self.restore_button.setVisible(found.is_damaged)

    def _on_failed(self, error: Exception) -> None:
        if self._is_open:
            self.said.setText(explain(error))
            self.restore_button.show()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closes_by_enter(buttons)
        buttons.rejected.connect(self.reject)
        self.restore_button = buttons.addButton(
            self.tr("Restore a backup…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.restore_button.setAccessibleName(self.tr("Go back to a backup"))
        self.restore_button.clicked.connect(self._on_restore)
        self.restore_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        for widget in (self.said, self.about, self.faults):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(buttons)
        self.resize(620, 320)

    def _on_restore(self) -> None:
        self.accept()
        self.restore_wanted.emit()

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; an answer under way is dropped."""
        self._is_open = False
        super().done(result)


def _advice(found: Check) -> str:
    """Return what to do about what was found."""
    if not found.is_damaged:
        return translate(
            "CheckDialog",
            "The file is whole, but some amounts do not add up. Look at each, and write down what is so.",
        )
    return translate(
        "CheckDialog",
        "Something in the file is not as it was saved. Restore a backup, or type again what is named.",
    )
