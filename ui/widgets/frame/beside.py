"""Something beside a list that can be switched on: wide it stands next to it, narrow in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.theme import RAIL_BELOW_PX
from ui.widgets.frame.page_slot import PageSlot


class Beside(QWidget):
    """*main* and, once ``switch`` is pressed, what *make* makes, a splitter between them.

    Below 1200 logical pixels of window it covers *main*. Switch and sizes are remembered by *name*.
    ``switched(on)`` follows the switch.
    """

    switched = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        make: Callable[[QWidget], QWidget],
        name: str,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main = main
        self.slot = PageSlot(make)
        self.slot.hide()
        self.switch = QPushButton()
        self.switch.setCheckable(True)
        self._settings, self._key = settings, f"beside/{name}"
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(3)
        self._splitter.setChildrenCollapsible(False)
        for widget in (main, self.slot):
            self._splitter.addWidget(widget)
        self._splitter.splitterMoved.connect(self._remember)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.switch.toggled.connect(self._show)
        self._recall()

    def set_words(self, words: str, icon: str, shortcut: str, about: str) -> None:
        """Say on the switch what it brings."""
        self.switch.setText(words)
        self.switch.setAccessibleName(about)
        self.switch.setShortcut(QKeySequence(shortcut))
        self.switch.setToolTip(f"{about} ({shortcut})")
        set_icon(self.switch, icon)

    @property
    def is_on(self) -> bool:
        """Whether it is to be seen."""
        return bool(self.switch.isChecked())

    def _show(self, on: bool) -> None:
        if on and self.slot.page is None:
            self.slot.fill()
        self.slot.setVisible(on)
        self._arrange()
        if self._settings is not None:
            self._settings.setValue(f"{self._key}/on", on)
        self.switched.emit(on)

    def _arrange(self) -> None:
        covers = self.is_on and self.window().width() < RAIL_BELOW_PX
        self.main.setVisible(not covers)

    def _recall(self) -> None:
        if self._settings is None:
            return
        state = self._settings.value(f"{self._key}/sizes")
        if isinstance(state, QByteArray):
            self._splitter.restoreState(state)
        if self._settings.value(f"{self._key}/on", defaultValue=False, type=bool):
            self.switch.setChecked(True)

    def _remember(self) -> None:
        if self._settings is not None:
            self._settings.setValue(f"{self._key}/sizes", self._splitter.saveState())

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go from beside to over and back."""
        super().resizeEvent(event)
        self._arrange()
