"""What stands on the screen when a network cannot be opened: what is wrong, and every way on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from coordinator.domain.records.backups import RestorePreview
from coordinator.errors import (
    BusyError,
    DamagedFileError,
    NoNetworkError,
    NotANetworkError,
    UnreadableTextError,
    UserError,
)
from coordinator.services.records.way_back import WayBack
from ui.desk import Desk
from ui.records.restore_dialog import RestoreDialog
from ui.theme import set_role


class WayBackDialog(RestoreDialog):
    """The backups under the sentence of what is wrong; the newest whole one is chosen already.

    ``try_again`` and ``empty_wanted`` are the other ways on; closing it ends the program.
    """

    try_again = Signal()
    empty_wanted = Signal()

    def __init__(
        self, desk: Desk, way_back: WayBack, problem: UserError, parent: QWidget | None = None
    ) -> None:
        self._problem = problem
        super().__init__(desk, way_back, parent)
        self.setWindowTitle(self.tr("The network could not be opened"))

    def introduction(self) -> str:
        """Return what is wrong, in words for somebody at a window."""
        if isinstance(self._problem, NoNetworkError):
            return self.tr(
                "The network is not where it was: {path}. Restore a backup, or start empty."
            ).format(path=self._problem.path)
        if isinstance(self._problem, BusyError):
            return self.tr("Another program is busy with this network. Close it, then try again.")
        return str(self._problem)

    def _lay_out(self) -> None:
        super()._lay_out()
        set_role(self.said, "strong")
        self.again_button = self._add_way(self.tr("Try again"), self.tr("Try to open the network again"))
        self.again_button.clicked.connect(self._on_again)
        self.empty_button = self._add_way(self.tr("Start empty"), self.tr("Make an empty network here"))
        self.empty_button.clicked.connect(self._on_empty)
        self.empty_button.setVisible(isinstance(self._problem, NoNetworkError))
        if not self._leads_back():
            self.restore_button.setDefault(False)
            self.again_button.setDefault(True)
            self.again_button.setFocus()
        quit_button = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        quit_button.setText(self.tr("Quit"))
        quit_button.setIcon(QIcon())

    def _show_preview(self, path: Path, preview: RestorePreview) -> None:
        super()._show_preview(path, preview)
        if self._leads_back() and self.restore_button.isEnabled():
            self.restore_button.setFocus()  # the way back is one key away

    def _leads_back(self) -> bool:
        """Say whether a backup mends what is wrong; a busy file, or a program that is too old, only waits."""
        return isinstance(
            self._problem, DamagedFileError | UnreadableTextError | NotANetworkError | NoNetworkError
        )

    def _add_way(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words, autoDefault=False)
        button.setAccessibleName(name)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def _on_again(self) -> None:
        self.accept()
        self.try_again.emit()

    def _on_empty(self) -> None:
        self.accept()
        self.empty_wanted.emit()
