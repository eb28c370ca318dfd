"""A table with the words about the row chosen below it, where a cell has no room for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from ui.theme import SPACE, SPACE_SMALL
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable


class WordsBelow(QWidget):
    """*words* says what stands below for a row; *buttons* are about the row chosen."""

    def __init__(
        self,
        model: RowTableModel[Any],
        name: str,
        title: str,
        words: Callable[[Any], str],
        buttons: Sequence[QPushButton] = (),
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model, self._words, self._buttons = model, words, tuple(buttons)
        self.nothing = ""
        self.table = RowTable(model, name, settings)
        self.table.setAccessibleName(title)
        self.words = text_label("")
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(SPACE, SPACE_SMALL, SPACE, SPACE_SMALL)
        column.addWidget(self.words)
        line = QHBoxLayout()
        for button in self._buttons:
            line.addWidget(button)
        line.addStretch()
        column.addLayout(line)
        column.addStretch()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(scrolling(below, wraps=True))
        for at in (0, 1):
            split.setStretchFactor(at, 1)
        split.setSizes([200, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.table)
        self.table.row_chosen.connect(lambda _: self._say())

    @property
    def chosen(self) -> Any:  # noqa: ANN401 - the row of any table
        """The row chosen, or None."""
        key = self.table.chosen_key
        at = None if key is None else self.model.position_of(key)
        return None if at is None else self.model.row_at(at)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show *rows*, the first chosen unless one is."""
        self.model.set_rows(rows)
        self.table.begin()
        self._say()

    def _say(self) -> None:
        row = self.chosen
        self.words.setText(self.nothing if row is None else self._words(row))
        for button in self._buttons:
            button.setVisible(row is not None)
