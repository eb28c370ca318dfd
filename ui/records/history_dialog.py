"""Everything that was done, in names and with each value, and a way to undo one of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.records.row_words import Area
from coordinator.domain.records.told_history import ToldAction, Undoable, who
from coordinator.services.records import family_history, history
from coordinator.services.records.undoable import undoable
from ui import undoing
from ui.desk import Desk
from ui.theme import SPACE, SPACE_LARGE, change_role
from ui.who_did import note_words, show_moment
from ui.widgets.frame.pressing import closes_by_enter
from ui.widgets.label import Label
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.row_model import RowTableModel
from ui.widgets.tables.row_table import RowTable
from ui.widgets.tables.search_field import SearchField


class HistoryDialog(QDialog):
    """The newest actions, newest first. A refusal to undo says what was changed since."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_open = True
        self.setWindowTitle(self.tr("History"))
        columns = _columns(desk.database.origin)
        self.model: RowTableModel[ToldAction] = RowTableModel(
            columns, lambda one: one.id, lambda one: one.words
        )
        self.table = RowTable(self.model, "history", desk.settings)
        self.table.setAccessibleName(self.tr("What was done"))
        self.table.row_chosen.connect(self._on_chosen)
        self.search = SearchField(self.tr("Search the history"))
        self.search.searched.connect(self._filter)
        self.area = QComboBox()
        self.area.setAccessibleName(self.tr("What the changes are about"))
        self.area.addItem(self.tr("Everything"), None)
        for area in Area:
            self.area.addItem(str(area.words), area.value)
        self.area.activated.connect(self._filter)
        self.details = text_label("")
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setAccessibleName(self.tr("What the chosen action changed"))
        self.said = Label(wordWrap=True)
        self.said.hide()
        self.both_button = QPushButton()
        self.both_button.clicked.connect(self._undo_both)
        self.both_button.hide()
        self._undo_them: Callable[[], None] = self._undo
        self._families = QMenu(self)
        self._can: dict[int, Undoable] = {}
        self._lay_out()
        self._read()

    def _read(self) -> None:
        database, unit = self._desk.database, self._desk.display.volume_unit
        self._desk.read(lambda: family_history.told_history(database, unit), self._show)

    def _show(self, told: Sequence[ToldAction]) -> None:
        if not self._is_open:
            return
        self._can = {}
        self.model.set_rows(told)
        if self.table.chosen_key is None and told:
            self.table.choose(told[0].id)
            self.table.setFocus()
        self._on_chosen(None)

    def _filter(self) -> None:
        area = self.area.currentData()
        passes = [] if area is None else [lambda one: any(about.value == area for about in one.areas)]
        self.model.set_filter(self.search.text(), passes)

    def _show_state(self) -> None:
        """Say what the chosen action changed and what became of it; press what can be pressed."""
        chosen = self._chosen()
        can = None if chosen is None else self._can.get(chosen.id)
        self.details.setText("" if chosen is None else self._told(chosen, can))
        of_itself = chosen is not None and chosen.undone is None and bool(chosen.entry.changes)
        self.undo_button.setEnabled(of_itself and not (chosen and chosen.is_erased))
        again = chosen is not None and chosen.entry.undoes_id is not None
        self.undo_button.setText(self.tr("Do again") if again else self.tr("Undo this"))

    def _told(self, chosen: ToldAction, can: Undoable | None) -> str:
        lines = [str(line) for line in chosen.details]
        if chosen.left_out > 0:
            lines.append(self.tr("And {count} rows more.").format(count=chosen.left_out))
        if can is not None and (note := note_words(chosen, can)):
            lines.append(note)
        return "\n".join((chosen.entry.shown, *(lines or [self.tr("It changed no value that is told.")])))

    def _on_chosen(self, _: object) -> None:
        self.both_button.hide()
        self._families.clear()
        self.families_button.setEnabled(False)
        self._show_state()
        chosen = self._chosen()
        if chosen is None:
            return
        database, number = self._desk.database, chosen.id
        self._desk.read(
            lambda: (undoable(database, [number]), family_history.about_families(database, number)),
            partial(self._on_known, number),
        )

    def _on_known(self, number: int, known: tuple[Mapping[int, Undoable], Sequence[tuple[str, str]]]) -> None:
        if not self._is_open or self.table.chosen_key != number:
            return
        can, families = known
        self._can |= can
        self._families.clear()
        for code, name in families:
            action = self._families.addAction(self.tr("{name} ({code})").format(name=name, code=code))
            action.triggered.connect(partial(self._go_to, code))
        self.families_button.setEnabled(bool(families))
        self._show_state()

    def _go_to(self, code: str) -> None:
        """Close, and show the history of one family on its page."""
        self.accept()
        self._desk.family_history_wanted.emit(code)

    def _chosen(self) -> ToldAction | None:
        key = self.table.chosen_key
        return next((one for one in self.model.all_rows() if one.id == key), None)

    def _undo(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        audit_id = chosen.id
        self.undo_button.setEnabled(False)
        undoing.reverse(
            self._desk,
            lambda database: history.undo_action(database, audit_id),
            self._on_undone,
            self._offer,
            self._on_refused,
        )

    def _offer(self, reason: str, button: str, action: Callable[[], None]) -> None:
        """Say what stands in the way, with a button that undoes that as well."""
        self._say(reason, "problem")
        self._show_state()
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
        self._read()

    def _on_refused(self, reason: str) -> None:
        self._say(reason, "problem")
        self._show_state()

    def _say(self, text: str, role: str) -> None:
        if not self._is_open:
            return
        self.both_button.hide()
        change_role(self.said, role)
        self.said.setText(text)
        self.said.show()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closes_by_enter(buttons)
        self.undo_button = buttons.addButton(self.tr("Undo this"), QDialogButtonBox.ButtonRole.ActionRole)
        self.undo_button.setAccessibleName(self.tr("Undo the chosen action"))
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self._undo)
        self.families_button = buttons.addButton(
            self.tr("Its families"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.families_button.setAccessibleName(self.tr("Show the history of a family it is about"))
        self.families_button.setEnabled(False)
        self.families_button.setMenu(self._families)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        said = QHBoxLayout()
        said.addWidget(self.said, stretch=1)
        said.addWidget(self.both_button)
        top = QHBoxLayout()
        top.addWidget(self.search, stretch=1)
        top.addWidget(self.area)
        layout.addLayout(top)
        layout.addLayout(said)
        layout.addWidget(self.table, stretch=3)
        layout.addWidget(scrolling(self.details, self, wraps=True), stretch=1)
        layout.addWidget(buttons)
        self.resize(min(1040, self.fontMetrics().averageCharWidth() * 116), 500)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; answers under way are dropped."""
        self._is_open = False
        super().done(result)


def _columns(here: str) -> tuple[Column[ToldAction], ...]:
    return (
        Column(
            QT_TRANSLATE_NOOP("Columns", "When"), lambda e: show_moment(e.entry.at), lambda e: e.id, width=17
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "What"), lambda e: e.entry.shown, width=48, tooltip=lambda e: e.label
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Who"), lambda e: str(who(e.entry.origin, here)), width=18),
    )
