"""Everything that was done, in names, and a way to undo one of it; the codes are behind each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.records.history import SAMPLE_ORIGIN, AuditEntry, undone_among
from coordinator.services.records import history, in_names
from ui.desk import Desk
from ui.records import undoing
from ui.theme import SPACE, SPACE_LARGE, change_role
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date, show_time
from ui.widgets.label import Label
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
        self.model: RowTableModel[AuditEntry] = RowTableModel(
            columns, lambda entry: entry.id, lambda entry: entry.label
        )
        self.table = RowTable(self.model, "history", desk.settings)
        self.table.setAccessibleName(self.tr("What was done"))
        self.table.row_chosen.connect(self._on_chosen)
        self.search = SearchField(self.tr("Search the history"))
        self.search.searched.connect(self.model.set_filter)
        self.said = Label(wordWrap=True)
        self.said.hide()
        self.both_button = QPushButton(autoDefault=False)
        self.both_button.clicked.connect(self._undo_both)
        self.both_button.hide()
        self._undo_them: Callable[[], None] = self._undo
        self._lay_out()
        self._undone: set[int] = set()
        self._read()

    def _read(self) -> None:
        database = self._desk.database
        self._desk.read(lambda: in_names.entries_in_names(database, history.history(database)), self._show)

    def _show(self, entries: Sequence[AuditEntry]) -> None:
        if not self._is_open:
            return
        self._undone = undone_among(entries)
        self.model.set_rows(entries)
        if self.table.chosen_key is None and entries:
            self.table.choose(entries[0].id)
            self.table.setFocus()
        self._show_state()

    def _show_state(self) -> None:
        chosen = self._chosen()
        can = chosen is not None and chosen.undoes_id is None and chosen.id not in self._undone
        self.undo_button.setEnabled(can and bool(chosen and chosen.changes))

    def _on_chosen(self, _: object) -> None:
        self.both_button.hide()
        self._show_state()

    def _chosen(self) -> AuditEntry | None:
        key = self.table.chosen_key
        return next((entry for entry in self.model.all_rows() if entry.id == key), None)

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
        self.undo_button = buttons.addButton(self.tr("Undo this"), QDialogButtonBox.ButtonRole.ActionRole)
        self.undo_button.setAccessibleName(self.tr("Undo the chosen action"))
        self.undo_button.setAutoDefault(False)
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self._undo)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE_LARGE, SPACE_LARGE, SPACE)
        layout.setSpacing(SPACE)
        said = QHBoxLayout()
        said.addWidget(self.said, stretch=1)
        said.addWidget(self.both_button)
        layout.addWidget(self.search)
        layout.addLayout(said)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self.resize(min(1040, self.fontMetrics().averageCharWidth() * 106), 480)

    # Overrides of Qt.

    def done(self, result: int) -> None:
        """Close; answers under way are dropped."""
        self._is_open = False
        super().done(result)


def show_moment(moment: datetime) -> str:
    """Return *moment* by this computer's clock, in the locale's short form."""
    here = moment.astimezone()
    return f"{show_date(here.date())} {show_time(here.time())}"


def origin_words(origin: str, here: str) -> str:
    """Return where an action came from; *here* is this window's own origin."""
    if origin == here:
        return translate("HistoryDialog", "This window")
    if origin == SAMPLE_ORIGIN:
        return translate("HistoryDialog", "The sample region")
    if origin.startswith("window"):
        return translate("HistoryDialog", "An earlier window")
    return origin[:1].upper() + origin[1:]


def _columns(here: str) -> tuple[Column[AuditEntry], ...]:
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "When"), lambda e: show_moment(e.at), lambda e: e.id, width=15),
        Column(QT_TRANSLATE_NOOP("Columns", "What"), lambda e: e.shown, width=48, tooltip=lambda e: e.label),
        Column(QT_TRANSLATE_NOOP("Columns", "From where"), lambda e: origin_words(e.origin, here), width=16),
    )
