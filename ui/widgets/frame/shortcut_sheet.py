"""Every key of the window on one sheet, made from the actions themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import SPACE_HUGE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.label import Label


class ShortcutSheet(QDialog):
    """Lists *groups* of actions that have a key, and some keys that are no actions.

    Args:
        groups: Actions by the menu they stand in.
        others: Pairs of keys and what they do, by group.
    """

    def __init__(
        self,
        groups: Mapping[str, Sequence[QAction]],
        others: Mapping[str, Sequence[tuple[str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.lines: list[tuple[str, str]] = []
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setHorizontalSpacing(SPACE_HUGE)
        self._grid.setVerticalSpacing(SPACE_SMALL)
        for title, actions in groups.items():
            keyed = [(keys_of(action), action.text().replace("&", "")) for action in actions]
            self._add_group(title, [line for line in keyed if line[0]])
        for title, lines in others.items():
            self._add_group(title, lines)
        area = QScrollArea(widgetResizable=True)
        area.setWidget(body)
        area.setAccessibleName(self.tr("Keys"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.addWidget(area)
        layout.addWidget(buttons)
        self.resize(body.sizeHint().width() + 4 * SPACE_HUGE, 480)

    def _add_group(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        if not lines:
            return
        heading = Label(title)
        set_role(heading, "strong")
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        for keys, does in lines:
            row = self._grid.rowCount()
            self._grid.addWidget(Label(keys), row, 0)
            self._grid.addWidget(Label(does), row, 1)
            self.lines.append((keys, does))


def keys_of(action: QAction) -> str:
    """Return the key of *action* as the system writes it, or ""."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
