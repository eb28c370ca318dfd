"""The pages of the window, left: icon and whole word, or a rail with the icon over the word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.icons import set_icon
from ui.theme import SPACE, SPACE_HUGE, set_role

RAIL_PX = 72


class Navigation(QFrame):
    """One button a page; ``page_wanted(index)`` is its click."""

    page_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "navigation")
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.page_wanted)
        self._is_rail = False
        self._widest = 0
        self._buttons: list[QToolButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, SPACE, 0, SPACE)
        self._layout.setSpacing(2)
        self._layout.addStretch()

    def add(self, icon_name: str, word: str, shortcut: str = "") -> int:
        """Add a page called *word*; return its index."""
        button = QToolButton()
        set_role(button, "navigation")
        set_icon(button, icon_name)
        button.setText(word)
        button.setCheckable(True)
        button.setAccessibleName(word)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{word} ({keys})" if keys else word)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        index = len(self._buttons)
        self._buttons.append(button)
        self._group.addButton(button, index)
        self._layout.insertWidget(index, button)
        self._widest = max(self._widest, self._fit_button(button))
        self._set_width()
        return index

    def mark(self, index: int) -> None:
        """Show page *index* as the one in front."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def set_rail(self, *, is_rail: bool) -> None:
        """Show the rail of a narrow window."""
        if is_rail != self._is_rail:
            self._is_rail = is_rail
            self._fit()

    def _fit(self) -> None:
        self._widest = max((self._fit_button(button) for button in self._buttons), default=0)
        self._set_width()

    def _fit_button(self, button: QToolButton) -> int:
        """Give *button* the looks of the rail or of the wide window; return the width it needs."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        under = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        size = self.fontMetrics().height()
        button.setProperty("rail", self._is_rail)
        button.setToolButtonStyle(under if self._is_rail else beside)
        button.setIconSize(QSize(size, size))
        button.style().unpolish(button)
        button.style().polish(button)
        return button.sizeHint().width()

    def _set_width(self) -> None:
        # The rail is 72 px unless a word in a large font needs more: no label is cut.
        widest = self._widest
        self.setFixedWidth(max(RAIL_PX, widest + 1) if self._is_rail else widest + SPACE_HUGE)

    # Overrides of Qt.

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_layout"):
            self._fit()
