"""*History*: who changed what of a family when, in words, newest first, and undoing one of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.records.row_words import Area
from coordinator.domain.text import folded
from ui.desk import Desk
from ui.theme import SPACE, change_role
from ui.undoing import reverse
from ui.who_did import moment_words, note_words
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import Row, Rows, left_aligned, text_label
from ui.widgets.tables.search_field import SearchField

if TYPE_CHECKING:
    from coordinator.domain.records.told_history import ToldAction, Undoable

AT_ONCE = 25
"""So many actions are shown before somebody asks for older ones."""

FEW_LINES = 4
"""An action that changed more begins folded."""


class HistoryTab(QWidget):
    """The actions about one family by day; read when it is seen, and again after every change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._is_stale = False
        self._told: Sequence[ToldAction] = ()
        self._can: dict[int, Undoable] = {}
        self._many = AT_ONCE
        self._unfolded: set[int] = set()
        self._undo_them: Callable[[], None] = self._read
        self.search = SearchField(self.tr("Search this history"))
        self.search.searched.connect(self._begin_list)
        self.area = QComboBox()
        self.area.setAccessibleName(self.tr("What the changes are about"))
        self.area.addItem(self.tr("Everything"), None)
        for area in Area:
            if area is not Area.NETWORK:
                self.area.addItem(str(area.words), area.value)
        self.area.activated.connect(self._begin_list)
        self.said = text_label("")
        self.said.hide()
        self.both_button = QPushButton(autoDefault=False)
        self.both_button.clicked.connect(self._undo_both)
        self.both_button.hide()
        self.rows = Rows(self.tr("Nothing was changed yet."))
        self.none_found = text_label(
            self.tr("No change has these words. Empty the search, or choose “Everything”."), "quiet"
        )
        self.none_found.hide()
        self.older = QPushButton()
        self.older.clicked.connect(self._show_older)
        self._lay_out()
        desk.display.changed.connect(self._read_again)

    def show_code(self, code: str) -> None:
        """Show the history of the family with *code*; it is read once it is seen."""
        if code != self._code:
            self._code = code
            self._unfolded.clear()
            self._many = AT_ONCE
            self.search.clear()
            self.area.setCurrentIndex(0)
            self._told = ()
            self._say("")
            self.rows.hide()
            self.older.hide()
        self._read_again()

    def _read_again(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read everything about the family, and which of what is shown can be undone."""
        if not self._code:
            return
        from coordinator.services.records import family_history  # noqa: PLC0415 - not for a first paint

        self._is_stale = False
        self._can = {}
        code, database, unit = self._code, self._desk.database, self._desk.display.volume_unit
        self._desk.read(
            lambda: family_history.told_history(database, unit, code=code), partial(self._on_read, code)
        )

    def _on_read(self, code: str, told: Sequence[ToldAction]) -> None:
        if code == self._code:
            self._told = told
            self._show()

    def _begin_list(self) -> None:
        self._many = AT_ONCE
        self._show()

    def _show_older(self) -> None:
        self._many += AT_ONCE
        self._show()

    def _found(self) -> list[ToldAction]:
        """Return the actions that are searched for."""
        words = folded(self.search.text()).split()
        area = self.area.currentData()
        return [
            one
            for one in self._told
            if (area is None or any(about.value == area for about in one.areas))
            and all(word in folded(one.words) for word in words)
        ]

    def _show(self) -> None:
        """Show what is searched for, once it is known which of it can be undone."""
        shown = [one.id for one in self._found()[: self._many]]
        unknown = [number for number in shown if number not in self._can]
        if not unknown:
            self._fill()
            return
        from coordinator.services.records.undoable import undoable  # noqa: PLC0415 - not for a first paint

        database = self._desk.database
        self._desk.read(lambda: undoable(database, unknown), partial(self._on_known, self._code))

    def _on_known(self, code: str, can: Mapping[int, Undoable]) -> None:
        if code == self._code:
            self._can |= can
            self._fill()

    def _fill(self) -> None:
        found = self._found()
        shown = [one for one in found[: self._many] if one.id in self._can]
        rows: list[QWidget] = []
        day: date | None = None
        for one in shown:
            of = one.entry.at.astimezone().date()
            if of != day:
                day = of
                rows.append(text_label(show_date(of), "heading"))
            rows.append(self._row(one, self._can[one.id]))
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows) or not self._told)
        self.none_found.setVisible(bool(self._told) and not found)
        more = len(found) - len(shown)
        self.older.setText(self.tr("Show older: {count} more").format(count=more))
        self.older.setAccessibleName(self.older.text())
        self.older.setVisible(more > 0)

    def _row(self, one: ToldAction, can: Undoable) -> Row:
        what = one.entry.shown
        lines = [str(line) for line in one.details]
        hidden = len(lines) - FEW_LINES if one.id not in self._unfolded else 0
        if hidden > 1:
            lines = lines[:FEW_LINES]
        by = moment_words(one, self._desk.database.origin)
        row = Row(what, [by])
        for line in lines:
            row.add(text_label(line))
        if hidden > 1:
            words = self.tr("{count} more lines").format(count=hidden)
            more = row.add_button(words, self.tr("{lines}: {what}").format(lines=words, what=what))
            more.clicked.connect(partial(self._unfold, one.id))
        if note := note_words(one, can):
            row.add(text_label(note, "quiet"))
        if can:
            again = one.entry.undoes_id is not None
            words = self.tr("Do again") if again else self.tr("Undo this")
            name = self.tr("Do again: {what}") if again else self.tr("Undo this: {what}")
            button = row.add_button_beside(words, name.format(what=what))
            button.clicked.connect(partial(self._undo, one.id))
        return row

    def _unfold(self, number: int) -> None:
        self._unfolded.add(number)
        self._fill()

    def _undo(self, number: int) -> None:
        from coordinator.services.records import history  # noqa: PLC0415 - not for a first paint

        reverse(
            self._desk,
            lambda database: history.undo_action(database, number),
            self._on_undone,
            self._offer,
            self._on_refused,
        )

    def _offer(self, reason: str, button: str, action: Callable[[], None]) -> None:
        """Say what stands in the way, with a button that undoes that as well."""
        self._say(reason, "problem")
        self._undo_them = action
        self.both_button.setText(button)
        self.both_button.setAccessibleName(button)
        self.both_button.setAccessibleDescription(reason)
        self.both_button.show()
        self.both_button.setFocus()

    def _undo_both(self) -> None:
        self.both_button.hide()
        self._undo_them()

    def _on_undone(self, label: str) -> None:
        self._say(self.tr("Undone: {what}").format(what=label), "done")

    def _on_refused(self, reason: str) -> None:
        self._say(reason, "problem")

    def _say(self, text: str, role: str = "quiet") -> None:
        self.both_button.hide()
        change_role(self.said, role)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self.search, stretch=1)
        top.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(left_aligned(self.both_button))
        layout.addWidget(self.none_found)
        layout.addWidget(self.rows)
        layout.addWidget(left_aligned(self.older))
        layout.addStretch(1)

    # Overrides of Qt.

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is to be seen."""
        super().showEvent(event)
        if self._is_stale:
            self._read()
