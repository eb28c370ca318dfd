"""Dialogs that grow with their words, so that nothing lies over anything else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog


def keep_whole(dialog: QDialog) -> None:
    """Never let *dialog* be lower than its layout is at its width.

    A window's least height knows nothing of lines that wrap: words that come later push what is below
    them over each other.
    """
    dialog.installEventFilter(_Grower(dialog))


class _Grower(QObject):
    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Set the least height when the layout or the width changed."""
        if watched is self._dialog and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            layout = self._dialog.layout()
            if layout is not None and layout.hasHeightForWidth():
                self._dialog.setMinimumHeight(layout.totalMinimumHeightForWidth(self._dialog.width()))
        return super().eventFilter(watched, event)
