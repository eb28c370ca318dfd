"""The place of a page, or of the details beside a list, before and after it is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class PageSlot(QWidget):
    """Stands where a page will be; ``fill`` makes it, so that a window opens without all its pages.

    *make* is given the slot as parent: a page put under another parent later is styled anew, each widget.
    """

    def __init__(self, make: Callable[[QWidget], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.page: QWidget | None = None

    def fill(self) -> QWidget:
        """Make the page and take it in."""
        page = self.page = self._make(self)
        self._layout.addWidget(page)
        has_focus = self.hasFocus()
        self.setFocusProxy(page)
        if has_focus:
            page.setFocus()
        return page
