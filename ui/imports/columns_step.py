"""The wizard's second step: whose list it is, and which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, columns_of
from coordinator.domain.imports.preview import ImportPreview
from coordinator.domain.imports.sheet import ColumnDates
from coordinator.domain.imports.table import Table
from ui.imports.row_words import kind_words
from ui.theme import SPACE, SPACE_LARGE, set_role
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import ChoiceField
from ui.widgets.label import Label

_EXAMPLE_LETTERS = 48


class ColumnsStep(QWidget):
    """A line per column of the file; ``changed`` once columns and fields fit together again."""

    changed = Signal()
    kind_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [(None, self.tr("choose…")), *((role, kind_words(role)) for role in Role)]
        self.kind = ChoiceField(options)
        self.kind.set_name(self.tr("This is a list of"))
        self.kind.edited.connect(self._on_kind)
        self.note = Label(wordWrap=True)
        set_role(self.note, "quiet")
        self.choices: list[ChoiceField] = []
        self._notes: list[QLabel] = []
        self._shown: FieldMapping = {}
        self._built_for: tuple[tuple[str, ...], Role] | None = None
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()

    @property
    def has_conflict(self) -> bool:
        """Whether two columns are read as the same thing."""
        return bool(self._twice())

    def _columns(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, choice in enumerate(self.choices):
            if choice.value is not None:
                found.setdefault(choice.value, []).append(index)
        return found

    def mapping(self) -> dict[str, int | tuple[ColumnUse, ...]]:
        """Return the field each column is read as: field key -> column, or all of those shown as one."""
        return {
            key: columns[0] if len(columns) == 1 else self._shown[key]
            for key, columns in self._columns().items()
            if len(columns) == 1 or key not in self._twice()
        }

    def show_unknown(self) -> None:
        """Ask whose list it is: the headers do not say."""
        self.kind.set_value(None)
        self.note.setText(self.tr("The headers do not say whose list this is. Please choose."))
        self._built_for = None
        self.choices, self._notes = [], []
        self.area.setWidget(QWidget())

    def show_preview(self, preview: ImportPreview) -> None:
        """Show how *preview* reads the file; lines stay unless file or kind is another."""
        self.kind.set_value(preview.kind)
        self.note.setText(self._how(preview))
        shape = (preview.table.headers, preview.kind)
        if shape != self._built_for:
            self._built_for = shape
            self._build(preview.table, preview.kind)
        self._shown = preview.mapping
        self._show_mapping(preview.mapping)
        self._show_dates(preview.table.headers, preview.dates)

    def _how(self, preview: ImportPreview) -> str:
        how = (
            self.tr("The columns are matched as you did it last time.")
            if preview.is_mapping_remembered
            else self.tr("The columns are matched by their headers. Change what is wrong.")
        )
        if preview.imported_before_on is None:
            return how
        before = self.tr("This very file was imported on {day}.")
        return f"{how} {before.format(day=show_date(preview.imported_before_on))}"

    def _build(self, table: Table, kind: Role) -> None:
        body = QWidget()
        set_role(body, "scrolled")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, SPACE, 0)
        grid.setHorizontalSpacing(SPACE_LARGE)
        grid.setVerticalSpacing(SPACE)
        for column, share in enumerate((4, 3, 3)):
            grid.setColumnStretch(column, share)
        options = [
            (None, self.tr("not read, kept in the journal")),
            *((field.topic, str(field.label)) for field in FIELDS[kind]),
        ]
        self.choices, self._notes = [], []
        for column, words in enumerate((self.tr("Column"), self.tr("For example"), self.tr("Read as"))):
            title = Label(words)
            set_role(title, "small")
            grid.addWidget(title, 0, column)
        for index, header in enumerate(table.headers):
            self._add_line(grid, index, header or self.tr("(no header)"), _example(table, index), options)
        grid.setRowStretch(len(table.headers) + 1, 1)
        self.area.setWidget(body)

    def _add_line(
        self, grid: QGridLayout, index: int, header: str, example: str, options: Sequence[tuple[object, str]]
    ) -> None:
        words = Label(header, wordWrap=True)
        sample = Label(example, wordWrap=True)
        set_role(sample, "quiet")
        choice = ChoiceField(options)
        choice.set_name(self.tr("“{header}” is read as").format(header=header))
        choice.edited.connect(partial(self._on_choice, choice))
        note = Label(wordWrap=True)
        set_role(note, "quiet")
        note.hide()
        right = QVBoxLayout()
        right.addWidget(choice)
        right.addWidget(note)
        grid.addWidget(words, index + 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(sample, index + 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(right, index + 1, 2)
        self.choices.append(choice)
        self._notes.append(note)

    def _show_mapping(self, mapping: FieldMapping) -> None:
        by_column = columns_of(mapping)
        for index, choice in enumerate(self.choices):
            choice.set_value(by_column.get(index))

    def _show_dates(self, headers: Sequence[str], dates: Sequence[ColumnDates]) -> None:
        by_header = {column.header: _date_words(column) for column in dates}
        for header, note in zip(headers, self._notes, strict=True):
            note.setText(by_header.get(header, ""))
            note.setVisible(header in by_header)

    def _on_kind(self, kind: Role | None) -> None:
        self.kind.set_value(kind)
        if kind is not None:
            self.kind_changed.emit(kind)

    def _on_choice(self, choice: ChoiceField, key: str | None) -> None:
        choice.set_value(key)
        twice = self._twice()
        for other in self.choices:
            other.set_value(other.value)
            if other.value in twice:
                other.reject(self.tr("Two columns are read as this; one must give way."))
        self.changed.emit()

    def _twice(self) -> set[str]:
        """Return the fields that several columns are read as, but for what the list asks more than once."""
        asked = {key: sorted(use.index for use in uses) for key, uses in self._shown.items()}
        return {key for key, at in self._columns().items() if len(at) > 1 and at != asked.get(key)}

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(Label(self.tr("This is a list of")))
        top.addWidget(self.kind)
        top.addWidget(self.note, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(top)
        layout.addWidget(self.area, stretch=1)
        self.setFocusProxy(self.kind)


def _example(table: Table, index: int) -> str:
    """Return the first two different cells of a column, or one where two are too long."""
    texts = list(dict.fromkeys(cell.text.strip() for cell in table.column(index) if not cell.is_blank))
    two = " · ".join(texts[:2])
    return two if len(two) <= _EXAMPLE_LETTERS else shorten(texts[0], _EXAMPLE_LETTERS, placeholder="…")


def _date_words(column: ColumnDates) -> str:
    order = (
        translate("ColumnsStep", "month/day")
        if column.order == "month first"
        else translate("ColumnsStep", "day/month")
    )
    if column.is_mixed:
        said = translate("ColumnsStep", "Dates in both orders: unclear ones read as {order} and asked about")
    elif column.is_proven:
        said = translate("ColumnsStep", "Dates read as {order}")
    else:
        said = translate("ColumnsStep", "Dates taken as {order}; none proves it")
    return said.format(order=order)
