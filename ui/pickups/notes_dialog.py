"""Notes from the sheets: what was written on paper, one after the other until each is dealt with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.pickups.sheet_told import SheetNote
from coordinator.services.pickups.sheet_told import deal_with, notes_waiting
from coordinator.services.records import history
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label


class NotesDialog(QDialog):
    """A line each, the latest sheet first. D is "Dealt with", Enter shows the pickup, Ctrl+Z undoes."""

    def __init__(self, desk: Desk, show_pickup: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._show_pickup = desk, show_pickup
        self._notes: Sequence[SheetNote] = ()
        self._dealt = 0
        self.setWindowTitle(self.tr("Notes from the sheets"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Notes from the sheets"))
        self.list.setWordWrap(True)
        self.list.setSpacing(SPACE_SMALL)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.nothing = text_label(
            self.tr("No note waits. What a write-up notes stands here until it is dealt with."),
            "quiet",
        )
        self.dealt_button = QPushButton(self.tr("Dealt with (D)"))
        self.open_button = QPushButton(self.tr("Show the pickup"))
        self.close_button = QPushButton(self.tr("Close"))
        set_role(self.dealt_button, "main")
        buttons = QHBoxLayout()
        for button in (self.dealt_button, self.open_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.close_button.setAutoDefault(False)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE_LARGE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, stretch=1)
        layout.addLayout(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 42, em * 24)
        self.dealt_button.clicked.connect(self.deal)
        self.open_button.clicked.connect(self.show_chosen)
        self.close_button.clicked.connect(self.reject)
        self.list.itemActivated.connect(lambda _: self.show_chosen())
        QShortcut(QKeySequence("D"), self, self.deal)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.bring_back)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read what waits again."""
        database, today = self._desk.database, self._desk.today()
        self._desk.read(partial(notes_waiting, database, today), self._show)

    def deal(self) -> None:
        """Note that the chosen note is dealt with, and go on to the next."""
        note = self._chosen()
        if note is None:
            return
        self._desk.write(
            partial(deal_with, self._desk.database, note.code, self._desk.today()),
            self._count,
            said=self.tr("Dealt with the note of {code}. Ctrl+Z brings it back.").format(code=note.code),
        )

    def bring_back(self) -> None:
        """Undo the last note that was dealt with here; nothing else."""
        if self._dealt:
            self._dealt -= 1
            self._desk.write(partial(history.undo, self._desk.database))

    def _count(self, _: object) -> None:
        self._dealt += 1

    def show_chosen(self) -> None:
        """Close, and show the pickup of the chosen note."""
        if (note := self._chosen()) is not None:
            self.accept()
            self._show_pickup(note.pickup_code)

    def _chosen(self) -> SheetNote | None:
        row = self.list.currentRow()
        return self._notes[row] if 0 <= row < len(self._notes) else None

    def _show(self, found: Sequence[SheetNote]) -> None:
        row = max(self.list.currentRow(), 0)
        self._notes = found
        self.list.clear()
        for note in found:
            QListWidgetItem(self._words(note), self.list)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.dealt_button.setEnabled(bool(found))
        self.open_button.setEnabled(bool(found))
        self.list.setCurrentRow(min(row, len(found) - 1))
        QTimer.singleShot(0, self, self.list.setFocus if found else self.close_button.setFocus)

    def _words(self, note: SheetNote) -> str:
        head = " · ".join((" → ".join(note.whom), note.code, show_date(note.on)))
        return "\n".join(part for part in (head, note.text, str(note.asks)) if part)
