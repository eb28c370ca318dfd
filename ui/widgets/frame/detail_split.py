"""List and details side by side, or the details over the list in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.theme import RAIL_BELOW_PX, SPACE_HUGE

_LEAST_PANE_EMS = 24


class DetailSplit(QWidget):
    """Shows *main* always and *detail* while something is chosen.

    Wide, both share a splitter whose sizes are remembered by *name*; below 1200 logical pixels of window
    the detail slides over the right part of *main*, which keeps its width.
    """

    def __init__(
        self,
        main: QWidget,
        detail: QWidget,
        name: str,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.main, self.detail = main, detail
        self._settings, self._key = settings, f"splits/{name}"
        self._is_open = False
        self._share: list[int] = []
        # Parents first, here and where pages are laid out: each new parent styles all that is inside anew.
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(main)
        self._splitter.addWidget(detail)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 2)
        self._splitter.setHandleWidth(3)
        self._splitter.splitterMoved.connect(self._remember)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        self.setFocusProxy(main)
        detail.setAutoFillBackground(True)
        detail.installEventFilter(self)
        detail.hide()
        if settings is not None:
            state = settings.value(self._key)
            if isinstance(state, QByteArray):
                self._splitter.restoreState(state)

    def share(self, main: int, detail: int) -> None:
        """Give both so much of the width when first opened, unless she has moved the border before."""
        if self._settings is None or self._settings.value(self._key) is None:
            self._share = [main, detail]

    @property
    def is_open(self) -> bool:
        """Whether the details are to be seen."""
        return self._is_open

    @property
    def slides_over(self) -> bool:
        """Whether the window is too narrow for both side by side."""
        return self.window().width() < RAIL_BELOW_PX

    def open_detail(self, *, take_focus: bool = False) -> None:
        """Show the details; *take_focus* moves the keyboard there, as Enter on a row does."""
        self._is_open = True
        self._arrange()
        if take_focus:
            self.detail.setFocus()

    def close_detail(self) -> None:
        """Hide the details and give the focus back to the list."""
        had_focus = self.detail.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._is_open = False
        self.detail.hide()
        if had_focus:
            self.main.setFocus()

    def _arrange(self) -> None:
        is_over = self.detail.parent() is self
        if self.slides_over and not is_over:
            self.detail.setParent(self)
        elif not self.slides_over and is_over:
            self._splitter.addWidget(self.detail)
        self._place()
        self.detail.setVisible(self._is_open)
        self.detail.raise_()
        if self._share and self._is_open and not self.slides_over:
            self._splitter.setSizes([self.width() * part // sum(self._share) for part in self._share])
            self._share = []

    def _place(self) -> None:
        least = self.fontMetrics().averageCharWidth() * _LEAST_PANE_EMS * 2
        if self.detail.parent() is self:
            self.detail.setMinimumWidth(0)
            width = min(max(least, self.width() // 2), self.width() - SPACE_HUGE)
            self.detail.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        else:
            self.detail.setMinimumWidth(max(least, self.detail.minimumSizeHint().width()))

    def _remember(self) -> None:
        if self._settings is not None:
            self._settings.setValue(self._key, self._splitter.saveState())

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the details the room they need when what is in them changes."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.detail:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go from beside to over and back."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the labels in a larger font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_splitter"):
            self._place()
