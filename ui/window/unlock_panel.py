"""What asks for the passphrase of a locked network, or for the words of its recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from ui.errors import explain
from ui.tasks import Runner
from ui.theme import SPACE, set_role
from ui.widgets.wrapped_label import WrappedLabel


class UnlockPanel(QWidget):
    """One field; ``opened(answer)`` has what *try_secret* answered, ``refused`` says that it was wrong.

    ``quit_wanted`` is the other button. A wrong passphrase is said under the field, with what was typed still
    there; nothing is tried by itself.
    """

    opened = Signal(object)
    refused = Signal()
    quit_wanted = Signal()

    def __init__(
        self, runner: Runner, try_secret: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """Make the panel; *try_secret* runs on *runner* and raises a ``UserError`` if the secret is wrong."""
        super().__init__(parent)
        self._runner, self._try_secret = runner, try_secret
        self._is_busy = False
        self.said = WrappedLabel(self.tr("This network is locked. Type its passphrase."))
        self.secret = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("Passphrase, or the recovery words"))
        self.lost = WrappedLabel(
            self.tr("Passphrase lost? Type the twelve words of the recovery sheet instead, in their order.")
        )
        set_role(self.lost, "quiet")
        self.wrong = WrappedLabel("")
        set_role(self.wrong, "problem")
        self.wrong.hide()
        self.shown = QCheckBox(self.tr("Show what is typed"))
        self.shown.toggled.connect(self._show_typed)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self.open_button = buttons.button(QDialogButtonBox.StandardButton.Open)
        self.open_button.setText(self.tr("Open"))
        self.quit_button = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.quit_button.setText(self.tr("Quit"))
        for button in (self.open_button, self.quit_button):
            button.setIcon(QIcon())
        self.open_button.setEnabled(False)
        self.open_button.setDefault(True)
        set_role(self.open_button, "main")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.said, self.secret, self.shown, self.wrong, self.lost, buttons):
            layout.addWidget(widget)
        self.setFocusProxy(self.secret)
        self.secret.textChanged.connect(self._show_state)
        self.secret.returnPressed.connect(self._try)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.quit_wanted)

    def clear(self) -> None:
        """Keep nothing of what was typed or said."""
        self.secret.clear()
        self.secret.setReadOnly(False)
        self._is_busy = False
        self.shown.setChecked(False)
        self.wrong.hide()
        self._show_state()

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(mode)

    def _show_state(self) -> None:
        self.open_button.setEnabled(bool(self.secret.text().strip()) and not self._is_busy)

    def _try(self) -> None:
        secret = self.secret.text()
        if not secret.strip() or self._is_busy:
            return
        self._set_busy(is_busy=True)
        self._runner.run(lambda: self._try_secret(secret), self._on_opened, self._on_wrong)

    def _on_opened(self, answer: object) -> None:
        self.clear()
        self.opened.emit(answer)

    def _on_wrong(self, error: Exception) -> None:
        self._set_busy(is_busy=False)
        self.wrong.setText(explain(error))
        self.wrong.show()
        self.secret.setFocus()
        self.secret.selectAll()
        self.refused.emit()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.secret.setReadOnly(is_busy)
        self._show_state()
